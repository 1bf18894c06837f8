"""Pages: thin routes that show what the rooms know, one form per action. Every module here has a ``router``."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from fastapi import FastAPI

from core.settings import Settings


def include(app: FastAPI, settings: Settings) -> None:
    """Add every page. Those of the demo (modules named demo...) exist in demo mode only."""
    for module in sorted(iter_modules(__path__), key=lambda m: m.name):
        routes = import_module(f"{__name__}.{module.name}")
        if hasattr(routes, "router") and (settings.demo or not module.name.startswith("demo")):
            app.include_router(routes.router, include_in_schema=False)
