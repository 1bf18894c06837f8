"""The page that a shared link opens."""

from web.pages.campaign.routes import router

__all__ = ["FIRST", "router"]

FIRST = True
"""A thousand people open it in the same minute."""
