"""The result of a day: live, interim, final."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import Member
from businesses import queries as businesses
from businesses.followthrough import Obligation
from businesses.scoring import Entry, converted
from businesses.values import Bid
from campaigns import queries as campaigns
from campaigns.press import queries as press
from campaigns.press.values import Photo
from campaigns.values import Campaign, State
from core import formats, record
from core.errors import Conflict, NotFound
from core.wire import Json
from pledges import queries as pledges
from pledges.queries import Corrected
from web.pages import kept
from web.pages.agreement import pdf
from web.pages.campaign.known import Winning, winners
from web.papers import leaflets
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.trips import counting
from web.views import conversion, outcome, photos, venues
from web.views import result as views
from web.views.materials import material
from web.views.promises import Reader, followed, monitors
from web.views.result import Teller
from web.views.result_poster import poster

router = APIRouter()

COUNTED = (State.MOBBING, State.COUNTING, State.FINAL, State.FOLLOWING, State.DONE)
BRIEFLY = {"Cache-Control": "public, max-age=2"}


@dataclass(frozen=True)
class Day:
    """What the result page is made of. ``tally`` None: there is nothing to count (yet)."""

    campaign: Campaign
    now: datetime
    winners: tuple[Winning, ...]
    members: tuple[Member, ...]
    tally: Json | None
    obligations: tuple[Obligation, ...]
    corrections: tuple[Corrected, ...]
    locked_at: datetime | None
    photos: tuple[Photo, ...]

    @property
    def names(self) -> dict[str, str]:
        return {won.business.id: won.business.name for won in self.winners}


@router.get("/campaigns/{slug}/result")
def result(slug: str, request: Request, here: SiteDep) -> Response:
    """Pledged, attended and spent apart; the till, the gap, the uplift; what is owed, with its formula."""
    with here.db.reading() as session:
        day = _day(session, here, slug)
    if day.tally is None:
        return render(request, "result_none.html", headers=BRIEFLY, campaign=day.campaign, when=_opening(day, request))
    picture = here.url(f"/campaigns/{slug}/pictures/share.png")
    shown = _shown(day, day.tally, locale_of(request))
    return render(request, "result.html", headers=BRIEFLY, picture=picture, **shown)


@router.get("/campaigns/{slug}/result/poster-{size}.pdf")
async def print_result(slug: str, size: Literal["a4", "a3"], request: Request, here: SiteDep) -> Response:
    """The final result as a poster, in the campaign's language. Raises Conflict before there is one."""
    return await kept.printed(request, here.db, lambda: _printed(here, slug, size))


def _printed(here: Site, slug: str, size: Literal["a4", "a3"]) -> Response:
    with here.db.reading() as session:
        day = _day(session, here, slug)
    if day.tally is None or day.tally["state"] != "final":
        raise Conflict("The result is not final yet; then it can be printed")
    bids, page = [won.bid for won in day.winners], here.url(f"/campaigns/{slug}")
    told = material(day.campaign, list(day.names.values()), [held for bid in bids for held in bid.promised], page)
    teller = Teller(day.campaign, day.tally, told.lang)
    words = poster(teller, list(day.names.values()), bids, day.obligations)
    return pdf(leaflets.result(told, words, f"{page}/result", size), f"result-{size}-{slug}.pdf")


def _day(session: Session, here: Site, slug: str) -> Day:
    campaign = campaigns.by_slug(session, slug)
    if campaign.state == State.DRAFT:
        raise NotFound("There is no such campaign")
    counted = campaign.state in COUNTED and (campaign.state != State.DONE or campaign.tally)
    return Day(
        campaign=campaign,
        now=here.clock.now(session),
        winners=winners(session, campaign),
        members=tuple(accounts.members(session, campaign.team)),
        tally=counting.tally(session, campaign) if counted else None,
        obligations=tuple(businesses.obligations(session, [campaign.id])),
        corrections=tuple(pledges.corrections(session, campaign.id)),
        locked_at=_locked_at(session, campaign),
        photos=tuple(press.approved(session, campaign.id)),
    )


def _locked_at(session: Session, campaign: Campaign) -> datetime | None:
    """When the tally became final, by the record."""
    if campaign.tally is None:
        return None
    told = record.of_campaigns(session, [campaign.id], ["TallyFinalized"])
    return told[0].at if told else None


def _opening(day: Day, request: Request) -> str:
    opens = day.campaign.first_opening
    return formats.moment(opens, locale_of(request), day.campaign.timezone) if opens else ""


def _shown(day: Day, tally: Json, locale: str) -> dict[str, Any]:
    campaign, bids = day.campaign, [won.bid for won in day.winners]
    teller = Teller(campaign, tally, locale)
    reader = Reader(locale, campaign.language, campaign.timezone, monitors(day.members))
    commitments = [held for bid in bids for held in bid.promised]
    sources = {bid.offer.baseline.source for bid in bids if bid.offer.baseline}
    return {
        "campaign": campaign,
        "tally": tally,
        "locked": day.locked_at and formats.calendar_date(day.locked_at, locale, campaign.timezone),
        "names": ", ".join(day.names.values()),
        "lang": campaign.language,
        "headline": views.headline(teller, list(day.names.values())),
        "three": outcome.three(tally, locale),
        "ladder": views.ladder(teller, commitments),
        "goal": views.goal(teller),
        "apart": [*views.apart(teller), *venues.lines(tally, day.names, locale)],
        "tills": views.tills(teller, day.names),
        "owed": views.owed(teller, bids),
        "uplift": views.uplift(teller, ", ".join(sorted(sources))),
        "gap": views.gap(teller),
        "between": views.between(teller),
        "anyway": views.anyway(teller),
        "expected": [told for bid in bids if (told := _expected(campaign, bid, reader))],
        "corrections": views.corrections(teller, [_told(each, campaign, locale) for each in day.corrections]),
        "photos": photos.shown(day.photos, campaign.slug),
        "slips": followed(day.obligations, day.now, reader),
    }


def _expected(campaign: Campaign, bid: Bid, reader: Reader) -> str:
    """What the winning bid was expected to bring when it was compared, where a crowd estimate had been stated."""
    estimate = campaign.bidding.estimate if campaign.bidding else None
    found = converted(Entry.of(bid, len(campaign.windows)), estimate) if estimate else None
    return conversion.formula(found, reader.locale) if found and found.amount else ""


def _told(each: Corrected, campaign: Campaign, locale: str) -> tuple[str, str | None, str, str, str]:
    when = formats.calendar_date(each.at, locale, campaign.timezone)
    return each.field, each.before, each.after, each.reason, when
