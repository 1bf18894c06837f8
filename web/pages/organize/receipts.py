"""What supporters say they spent, for the organizers to look at: each report with its photo and what counts."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from core import formats
from core.errors import NotFound
from core.i18n import N_, translator
from pledges import queries
from pledges.queries import Listed
from pledges.values import SpendReport
from web.pages.edge import Who, stored_photo
from web.pages.organize.team import organizer_in
from web.rendering import locale_of, render
from web.site import SiteDep

router = APIRouter()
SHOWN = 300


@dataclass(frozen=True)
class Line:
    """One report: who knows the code knows who it was, nobody else. ``photo``: its address, empty without one."""

    amount: str
    when: str
    means: str
    photo: str


@router.get("/organize/{slug}/receipts")
def show(slug: str, request: Request, here: SiteDep, who: Who) -> Response:
    with here.db.reading() as session:
        campaign = organizer_in(session, who, slug).campaign
        reports = queries.spend_reports(session, campaign.id)
        listed = {each.pledge.id: each for each in queries.listing(session, campaign.id)} if reports else {}
    locale = locale_of(request)
    lines = [
        Line(
            amount=formats.money(report.amount, locale, exact=True),
            when=formats.moment(report.at, locale, campaign.timezone),
            means=_means(listed.get(report.pledge), locale),
            photo=f"/organize/{slug}/receipts/{report.pledge}/photo" if report.receipt else "",
        )
        for report in reports[:SHOWN]
    ]
    return render(request, "organize/receipts.html", campaign=campaign, lines=lines, count=len(reports), shown=SHOWN)


@router.get("/organize/{slug}/receipts/{pledge_id}/photo")
def photo(slug: str, pledge_id: str, here: SiteDep, who: Who) -> Response:
    with here.db.reading() as session:
        campaign = organizer_in(session, who, slug).campaign
        held: SpendReport | None = queries.spend_report(session, pledge_id)
    if held is None or held.campaign != campaign.id or held.receipt is None:
        raise NotFound("There is no such photo")
    return stored_photo(here, held.receipt.photo)


def _means(listed: Listed | None, locale: str) -> str:
    say = translator(locale).gettext
    came = listed.check_in if listed else None
    if came is None:
        return say(N_("Not checked in: counts for nothing yet"))
    if came.spent is not None:
        return say(N_("Crew noted {noted}: that counts")).format(noted=formats.money(came.spent, locale, exact=True))
    return say(N_("Counts as a report"))
