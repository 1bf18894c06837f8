"""Pages: thin routes that show what the rooms know, one form per action. Every module here has a ``router``."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from fastapi import FastAPI

from core.settings import Settings


def include(app: FastAPI, settings: Settings, *, first: bool = False) -> None:
    """Add every page. Those of the demo (modules named demo...) exist in demo mode only.

    Addresses are compared one by one: the pages that a crowd asks for (``FIRST``) are added apart, before all else.
    """
    for found in iter_modules(__path__):
        module = import_module(f"{__name__}.{found.name}")
        if not hasattr(module, "router") or getattr(module, "FIRST", False) != first:
            continue
        if settings.demo or not found.name.startswith("demo"):
            app.include_router(module.router, include_in_schema=False)
