"""The archive of real campaigns: their figures with every gap, guess and contradiction left in."""

from __future__ import annotations

from typing import Annotated

from babel import Locale
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from campaigns.archive import queries, rules
from web.rendering import locale_of, render
from web.site import SiteDep
from web.typed import Typed
from web.views import archive as views

router = APIRouter()
BRIEFLY = {"Cache-Control": "public, max-age=60"}


@router.get("/archive")
def list_(
    request: Request,
    here: SiteDep,
    q: Annotated[str, Query(max_length=200)] = "",
    country: Annotated[str, Query(max_length=2)] = "",
) -> Response:
    """Every archived campaign, oldest first, and what is known of them together."""
    locale = locale_of(request)
    with here.db.reading() as session:
        everything = queries.list_archive(session)
        found = queries.list_archive(session, q, country) if q or country else everything
    summary = rules.summary(everything)
    names = Locale.parse(locale).territories
    return render(
        request,
        "archive/list.html",
        headers=BRIEFLY,
        cards=views.cards(found, locale),
        summary=summary,
        known=views.known(summary, locale),
        outcomes=views.outcomes(summary, locale),
        countries=sorted(((code, names.get(code, code)) for code in summary.countries), key=lambda pair: pair[1]),
        form=Typed.start(q=q, country=country),
        searched=bool(q or country),
    )


@router.get("/archive/{archive_id}")
def one(archive_id: str, request: Request, here: SiteDep) -> Response:
    """One archived campaign: each figure with its mark, its words and its sources."""
    locale = locale_of(request)
    with here.db.reading() as session:
        held = queries.get_archived(session, archive_id)
    return render(
        request,
        "archive/one.html",
        headers=BRIEFLY,
        held=held,
        where=views.where(held, locale),
        when=views.in_words(held.when, locale),
        told=views.told(held, locale),
        became=views.BECAME[held.outcome.became],
        cells=[(name, cell) for name, cell in held.row.__dict__.items() if cell],
    )
