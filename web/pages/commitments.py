"""The library of template commitments, open to everybody. Its address stands before that of single promises."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from web.rendering import locale_of, render
from web.views.bid_form import CHECKERS
from web.views.library import shelves

router = APIRouter()
BRIEFLY = {"Cache-Control": "public, max-age=60"}


@router.get("/promises/library")
def library(request: Request) -> Response:
    """Every template by topic, each with its how-to."""
    return render(request, "library.html", headers=BRIEFLY, shelves=shelves(locale_of(request)), checkers=CHECKERS)
