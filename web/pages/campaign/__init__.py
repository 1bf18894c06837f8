"""The page that a shared link opens."""

from web.pages.campaign.routes import router

__all__ = ["LAST", "router"]

LAST = True
"""/campaigns/{slug} would take the fixed addresses beside it."""
