"""What organizers and the monitor see of bids before the award: figures kept back, and what is done already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person, Role, checker_of
from businesses import queries, words
from businesses import service as businesses
from businesses.converting import Usual, expected
from businesses.rules import SEES
from businesses.values import Bid
from campaigns import queries as campaign_queries
from campaigns.rules import takes_bids
from campaigns.values import Campaign, State
from core.errors import Forbidden, Invalid
from core.i18n import N_, translator
from web.pages.edge import Act, Acting, Visitor, Who, typed
from web.pages.edge import words as sent
from web.pages.organize.acts import Work, fields_of
from web.pages.organize.team import part_in
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.speech import speech
from web.typed import Typed
from web.views import conversion
from web.views.promises import Detail, Reader

router = APIRouter()
Done = Annotated[str, Query(max_length=20)]
DONE = {
    "seen": N_("It is public that you have seen it."),
    "confirmed": N_("It stands beside the bid now."),
}


@dataclass(frozen=True)
class Look:
    """A bid as its checkers see it. ``sum``: what it comes to by figures that only they know."""

    id: str
    name: str
    words: tuple[str, ...]
    details: tuple[Detail, ...]
    hidden: bool
    sum: str
    takes_sum: bool
    seen: Typed
    confirmed: Typed


@router.get("/organize/{slug}/look")
def show(slug: str, request: Request, here: SiteDep, who: Who, done: Done = "") -> Response:
    """Every bid with its ordinary day and what was done before, and the forms to say what one has seen."""
    notice = translator(locale_of(request)).gettext(DONE[done]) if done in DONE else None
    return _page(request, here, who, slug, notice=notice)


@router.post("/organize/{slug}/look/{bid}/seen")
def seen(slug: str, bid: str, act: Act) -> Response:
    """The figures were seen; with a sum the bid can be compared."""

    def work(session: Session, person: Person) -> str:
        fields = fields_of(act)
        sum_ = fields.money("expected", campaign_queries.by_slug(session, slug).currency)
        fields.check()
        businesses.see_baseline(session, act.here.clock, person, slug, bid, sum_)
        return "seen"

    return _do(act, slug, f"seen-{bid}-", work)


@router.post("/organize/{slug}/look/{bid}/confirmed")
def confirmed(slug: str, bid: str, act: Act) -> Response:
    """What is said to be done already was seen."""

    def work(session: Session, person: Person) -> str:
        fields = fields_of(act)
        on = fields.day("seen_on")
        fields.check()
        businesses.confirm_change(session, act.here.clock, person, slug, bid, sent(act.form, "note"), on)
        return "confirmed"

    return _do(act, slug, f"confirmed-{bid}-", work)


def _do(act: Acting, slug: str, prefix: str, work: Work) -> Response:
    person = act.who.demand_person()
    try:
        return act.do(lambda session: f"/organize/{slug}/look?done={work(session, person)}")
    except Invalid as wrong:
        return _page(act.request, act.here, act.who, slug, refused=typed(act.form, prefix).refused(wrong))


def _page(
    request: Request, here: Site, who: Visitor, slug: str, *, notice: str | None = None, refused: Typed | None = None
) -> Response:
    locale = locale_of(request)
    with here.db.reading() as session:
        part, now = part_in(session, who, slug), here.clock.now(session)
        campaign = part.campaign
        if not part.roles.intersection((*ORGANIZERS, Role.MONITOR)):
            raise Forbidden("This page is for organizers and the monitor")
        by = checker_of(accounts.members(session, campaign.team), part.roles)
        bids = [bid for bid in queries.visible_bids(session, campaign) if bid.stands]
        shops = queries.businesses(session, [bid.business for bid in bids])
    reader = Reader(locale, campaign.language, campaign.timezone)
    held = refused or Typed()
    takes_sum = bool(campaign.bidding and campaign.bidding.estimate) and takes_bids(campaign, now)
    looks = [_look(campaign, bid, shops[bid.business].name, by, reader, held, takes_sum=takes_sum) for bid in bids]
    return render(
        request,
        "organize/looking.html",
        status=422 if refused else 200,
        notice=notice,
        campaign=campaign,
        looks=looks,
        form=held,
        lang=campaign.language,
        takes_looks=campaign.state in SEES,
        takes_changes=campaign.state in {State.BIDDING, State.CHOOSING} and campaign.award is None,
        sealed=queries.are_sealed(campaign),
    )


def _look(campaign: Campaign, bid: Bid, name: str, by: str, reader: Reader, refused: Typed, *, takes_sum: bool) -> Look:
    details = [*conversion.changes(bid.offer, bid.confirmed, reader), *conversion.usual(bid.offer, bid.seen, reader)]
    baseline = bid.offer.baseline
    hidden = baseline is not None and baseline.hidden and bool(by)
    if hidden and baseline:
        details.append((reader.say(N_("Only you see")), conversion.ordinary_day(baseline, reader.locale)))
    seen_, confirmed_ = (_form(f"{name}-{bid.id}-", refused) for name in ("seen", "confirmed"))
    return Look(
        id=bid.id,
        name=name,
        words=tuple(words.sentence(held, speech(reader.lang)) for held in bid.offer.commitments),
        details=tuple(details),
        hidden=hidden,
        sum=_sum(campaign, bid, reader) if hidden else "",
        takes_sum=takes_sum,
        seen=seen_,
        confirmed=confirmed_,
    )


def _form(prefix: str, refused: Typed) -> Typed:
    return refused if refused.prefix == prefix else Typed(prefix=prefix)


def _sum(campaign: Campaign, bid: Bid, reader: Reader) -> str:
    """What the bid comes to by the figures that are kept back; empty where nothing is converted."""
    estimate = campaign.bidding.estimate if campaign.bidding else None
    if estimate is None:
        return ""
    found = expected(bid.offer.commitments, Usual.of(bid.offer.baseline, len(campaign.windows)), estimate)
    return conversion.formula(found, reader.locale) if found and found.amount else ""
