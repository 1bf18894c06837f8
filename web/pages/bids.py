"""Bids and their ranking, for everybody; and the supporters' vote on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from businesses import queries as businesses
from businesses import service
from businesses.scoring import Ranking
from businesses.word import Word
from campaigns import queries as campaigns
from campaigns import rules as campaign_rules
from campaigns.values import Campaign, Mode, State
from core.errors import Invalid, NotFound, refuse
from core.i18n import N_, translator
from web.pages.edge import PublicAct, typed, words
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import conversion
from web.views import ranking as views
from web.views import word as records
from web.views.promises import Reader, monitors
from web.views.ranking import Compared

router = APIRouter()
Voted = Annotated[str, Query(max_length=10)]


@router.get("/campaigns/{slug}/bids")
def show(slug: str, request: Request, here: SiteDep, voted: Voted = "") -> Response:
    """All bids with their history; while they are sealed their number only."""
    say = translator(locale_of(request)).gettext
    notice = say(N_("Look into your mail: the vote counts when you confirm it there.")) if voted == "yes" else None
    return _page(request, here, slug, Typed(), notice=notice)


@router.post("/campaigns/{slug}/votes")
def vote(slug: str, request: Request, here: SiteDep, act: PublicAct) -> Response:
    """Approve a bid; it counts once the address is confirmed."""
    bid, email = words(act.form, "bid"), words(act.form, "email")

    def work(session: Session) -> str:
        if not bid:
            refuse("bid", "choose a bid")
        service.vote(session, here.clock, here.keys, slug, bid, email)
        return f"/campaigns/{slug}/bids?voted=yes"

    try:
        return act.do(work, most=30)
    except Invalid as wrong:
        return _page(request, here, slug, typed(act.form).refused(wrong))


@dataclass(frozen=True)
class _Read:
    """What the page is made of."""

    campaign: Campaign
    compared: Compared
    count: int
    sealed: bool
    now: datetime
    words: dict[str, Word]


def _read(request: Request, here: Site, slug: str) -> _Read:
    with here.db.reading() as session:
        campaign = campaigns.by_slug(session, slug)
        if campaign.state == State.DRAFT:
            raise NotFound("There is no such campaign")
        bids = businesses.visible_bids(session, campaign)
        reader = Reader(
            locale_of(request),
            campaign.language,
            campaign.timezone,
            monitors(accounts.members(session, campaign.team)),
        )
        now = here.clock.now(session)
        shops = businesses.businesses(session, [bid.business for bid in bids])
        words_ = businesses.words_of_each(session, shops, now)
        return _Read(
            campaign=campaign,
            compared=Compared(
                campaign=campaign,
                bids=bids,
                shops=shops,
                history=businesses.history(session, [bid.id for bid in bids]),
                ranking=_ranking(session, campaign),
                reader=reader,
                jury=service.public_jury(session, campaign),
                consents=businesses.consents_of(session, bids),
            ),
            count=businesses.count_bids(session, campaign.id),
            sealed=businesses.are_sealed(campaign),
            now=now,
            words={shops[id_].slug: word for id_, word in words_.items()},
        )


def _ranking(session: Session, campaign: Campaign) -> Ranking | None:
    """The rule's order, from closing on; with one named business there is none."""
    if campaign.bidding is None or campaign.state == State.BIDDING:
        return None
    return service.shown_ranking(session, campaign)


def _page(request: Request, here: Site, slug: str, form: Typed, *, notice: str | None = None) -> Response:
    read = _read(request, here, slug)
    campaign, bidding, lines = read.campaign, read.campaign.bidding, views.lines(read.compared)
    return render(
        request,
        "bids.html",
        status=422 if form.errors else 200,
        headers={"Cache-Control": "no-store" if form.errors else "public, max-age=5"},
        notice=notice,
        form=form,
        campaign=campaign,
        count=read.count,
        sealed=read.sealed,
        headline=views.headline(read.compared, read.count, sealed=read.sealed),
        lines=lines,
        words={slug: records.beside_a_bid(word, locale_of(request)) for slug, word in read.words.items()},
        rows=views.rows(read.compared),
        options=[(each.id, each.name) for each in lines if not each.withdrawn],
        steps=views.steps(read.compared),
        ranked=read.compared.ranking is not None and bool(read.compared.ranking.order),
        jurors=read.compared.jurors(),
        rule=views.RULES[bidding.rule] if bidding else "",
        tie_break=views.TIE_BREAKS[bidding.tie_break] if bidding else "",
        stated=conversion.stated(bidding.estimate, read.compared.reader) if bidding and bidding.estimate else "",
        converted=read.compared.estimate is not None,
        unlike=read.compared.unlike,
        votes=_takes_votes(campaign, read.now),
        lang=read.compared.reader.lang,
    )


def _takes_votes(campaign: Campaign, now: datetime) -> bool:
    """Whether the form for votes is shown: the published rule or tie-break is a vote, and there is time for it."""
    bidding = campaign.bidding
    if bidding is None or "vote" not in {bidding.rule.value, bidding.tie_break.value} or campaign.award:
        return False
    if campaign.state == State.BIDDING:
        return bidding.mode == Mode.OPEN
    since = campaign.since or now
    return campaign.state == State.CHOOSING and now < since + campaign_rules.CHOICE_TERM
