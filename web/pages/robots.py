"""What search engines may read: everything public, nothing that carries a token or needs sign-in."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response

router = APIRouter()

_PRIVATE = ("/admin", "/door/", "/invitations/", "/me", "/organize", "/pledges/", "/shop", "/sign-in", "/tickets/",
            "/unsubscribe", "/votes/", "/demo")  # fmt: skip


@router.get("/robots.txt")
def robots() -> Response:
    return PlainTextResponse("\n".join(["User-agent: *", *(f"Disallow: {path}" for path in _PRIVATE)]) + "\n")
