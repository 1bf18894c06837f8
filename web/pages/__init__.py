"""Pages: thin routes that show what the rooms know, one form per action. Every module here has a ``router``."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from fastapi import FastAPI

from core.settings import Settings


def include(app: FastAPI, settings: Settings) -> None:
    """Add every page. Those of the demo (modules named demo...) exist in demo mode only."""
    found = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    # Addresses are compared one by one: the page that a crowd asks for comes first.
    for module in sorted(found, key=lambda m: (not getattr(m, "FIRST", False), m.__name__)):
        name = module.__name__.rpartition(".")[2]
        if hasattr(module, "router") and (settings.demo or not name.startswith("demo")):
            app.include_router(module.router, include_in_schema=False)
