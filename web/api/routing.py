"""Where the API stands: its routes are many, and no page's request is compared with them."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.routing import Match
from starlette.types import Scope

PREFIX = "/api/v1"


class ApiRouter(APIRouter):
    """Routes below ``PREFIX``. A request for anything else is told so at once, not by each of them."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if not scope["path"].startswith(PREFIX):
            return Match.NONE, {}
        return super().matches(scope)
