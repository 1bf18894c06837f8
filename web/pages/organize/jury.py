"""The jury's page: each bid beside the criteria, a form for each, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts.rules import Person, Role
from businesses import queries as business_queries
from businesses import service
from businesses.values import Bid, Business, Juror, Score
from campaigns import rules
from campaigns.values import Campaign, Rule, State
from core.errors import Forbidden, Invalid, require
from core.i18n import N_, translator
from web.pages.edge import Act, Acting, Visitor, Who, typed, words
from web.pages.organize.team import part_in
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import jury as views
from web.views.fields import Fields

router = APIRouter()
DONE = {
    "declared": N_("Noted. It is published with the scores."),
    "scored": N_("Saved. You can change it until the term ends; nobody sees it before."),
}


@dataclass(frozen=True)
class Bench:
    """What a juror has before them."""

    campaign: Campaign
    person: Person
    open: bool
    bids: tuple[Bid, ...]
    shops: dict[str, Business]
    juror: Juror | None
    scores: tuple[Score, ...]

    @property
    def has_declared(self) -> bool:
        return self.juror is not None and bool(self.juror.ties)


@router.get("/organize/{slug}/jury")
def show(
    slug: str, request: Request, here: SiteDep, who: Who, done: Annotated[str, Query(max_length=10)] = ""
) -> Response:
    say = translator(locale_of(request)).gettext
    return _page(request, _bench(here, who, slug), notice=say(DONE[done]) if done in DONE else None)


@router.post("/organize/{slug}/jury")
def judge(slug: str, request: Request, act: Act) -> Response:
    """Declare ties, or score one bid."""
    bench = _bench(act.here, act.who, slug)
    bid = words(act.form, "bid")
    form = typed(act.form, f"bid-{bid}-" if bid else "")
    try:
        return _score(act, bench, bid) if bid else _declare(act, bench)
    except Invalid as wrong:
        return _page(request, bench, refused=(bid, form.refused(wrong)))


def _declare(act: Acting, bench: Bench) -> Response:
    def work(session: Session) -> str:
        service.declare_ties(session, act.here.clock, bench.person, bench.campaign.slug, words(act.form, "ties"))
        return f"/organize/{bench.campaign.slug}/jury?done=declared"

    return act.do(work)


def _score(act: Acting, bench: Bench, bid: str) -> Response:
    """Every criterion that was filled in; the others stay missing. Ties come first."""
    require(bench.has_declared, "ties", "declare your ties before you score")
    fields = Fields({name: words(act.form, name) for name in act.form}, locale_of(act.request))
    given = views.read(fields, bench.campaign)

    def work(session: Session) -> str:
        for criterion, score, comment in given:
            service.score(session, act.here.clock, bench.person, bench.campaign.slug, bid, criterion, score, comment)
        return f"/organize/{bench.campaign.slug}/jury?done=scored#bid-{bid}"

    return act.do(work)


def _bench(here: Site, who: Visitor, slug: str) -> Bench:
    with here.db.reading() as session:
        part = part_in(session, who, slug)
        campaign, now = part.campaign, here.clock.now(session)
        if Role.JURY not in part.roles or campaign.bidding is None or campaign.bidding.rule != Rule.JURY:
            raise Forbidden("This page is for the campaign's jury.")
        bids = tuple(b for b in business_queries.visible_bids(session, campaign) if b.stands)
        juror, scores = service.own_scores(session, campaign, part.person)
        shops = business_queries.businesses(session, [b.business for b in bids])
        return Bench(campaign, part.person, _is_open(campaign, now), bids, shops, juror, tuple(scores))


def _is_open(campaign: Campaign, now: datetime) -> bool:
    """Whether scores are taken now: the term binds by itself."""
    if campaign.state != State.CHOOSING or campaign.award is not None or campaign.since is None:
        return False
    return now < campaign.since + rules.CHOICE_TERM


def _page(
    request: Request, bench: Bench, *, refused: tuple[str, Typed] | None = None, notice: str | None = None
) -> Response:
    campaign, locale = bench.campaign, locale_of(request)
    sheets = views.sheets(campaign, bench.bids, bench.shops, bench.scores, locale)
    forms = {sheet.id: sheet.form for sheet in sheets} | dict([refused] if refused else [])
    return render(
        request,
        "organize/jury.html",
        status=422 if refused else 200,
        notice=notice,
        bench=bench,
        campaign=campaign,
        until=campaign.since + rules.CHOICE_TERM if campaign.since else None,
        sheets=sheets,
        forms={"": Typed.start("", ties=bench.juror.ties if bench.juror else ""), **forms},
        form=refused[1] if refused else Typed(),
        labels=views.labels(campaign, locale),
        first=next((sheet.id for sheet in sheets if sheet.missing), ""),
        missing=sum(len(sheet.missing) for sheet in sheets),
    )
