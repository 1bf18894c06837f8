"""The monitor's desk for till totals that two sides counted differently: both figures, the reasons, and a decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts.rules import Role
from businesses import queries as businesses
from businesses.values import Business
from campaigns import rules
from campaigns.values import Campaign
from core.errors import Forbidden, Invalid
from core.i18n import N_, translator
from pledges import queries, service
from pledges.rules.tills import COUNTED_IN
from pledges.values import Figure, Proof, TillTotal
from web.pages.edge import Act, Visitor, Who, typed, words
from web.pages.organize.team import part_in
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import organizing
from web.views.fields import Fields

router = APIRouter()
NOTICES = {
    "decided": N_("Decided. Your reason is public; both figures stay visible."),
    "answered": N_("Answered. It is public that you have seen it."),
}


@dataclass(frozen=True)
class Bench:
    """The till totals that are up to the monitor: disputed ones, and those whose figures only the monitor sees."""

    campaign: Campaign
    tills: tuple[TillTotal, ...]
    shops: dict[str, Business]
    proofs: tuple[Proof, ...]

    @property
    def open(self) -> bool:
        """Whether a decision still counts: it does until the final tally."""
        return self.campaign.state in COUNTED_IN


@router.get("/organize/{slug}/disputes")
def show(
    slug: str, request: Request, here: SiteDep, who: Who, done: Annotated[str, Query(max_length=10)] = ""
) -> Response:
    said = translator(locale_of(request)).gettext(NOTICES[done]) if done in NOTICES else None
    return _page(request, _bench(here, who, slug), notice=said)


@router.post("/organize/{slug}/disputes/{till_id}")
def decide(slug: str, till_id: str, request: Request, act: Act) -> Response:
    """One figure comes into force, with a public reason."""
    person = act.who.demand_person()

    def work(session: Session) -> str:
        fields = Fields({name: words(act.form, name) for name in act.form}, locale_of(request))
        chosen = fields.choice("figure", Figure, Figure.DECLARED)
        fields.require(fields.raw("figure"), "figure", "choose one of the two figures")
        fields.require(fields.raw("reason"), "reason", "say why; it is published")
        fields.check()
        service.resolve_till(session, act.here.clock, person, till_id, chosen, words(act.form, "reason"))
        return f"/organize/{slug}/disputes?done=decided"

    try:
        return act.do(work)
    except Invalid as wrong:
        form = typed(act.form, f"till-{till_id}-").refused(wrong)
        return _page(request, _bench(act.here, act.who, slug), refused=(till_id, form))


@router.post("/organize/{slug}/disputes/{till_id}/answer")
def answer(slug: str, till_id: str, request: Request, act: Act) -> Response:
    """Figures that only the monitor sees: right, or counted otherwise."""
    person = act.who.demand_person()

    def work(session: Session) -> str:
        fields = Fields({name: words(act.form, name) for name in act.form}, locale_of(request))
        otherwise = words(act.form, "do") == "dispute"
        correction = fields.money("correction", _currency(session, till_id)) if otherwise else None
        fields.require(not otherwise or fields.has("correction"), "correction", "say what you counted")
        fields.check()
        reason = words(act.form, "reason") if otherwise else ""
        service.confirm_till(session, act.here.clock, person, till_id, correction, reason)
        return f"/organize/{slug}/disputes?done=answered"

    try:
        return act.do(work)
    except Invalid as wrong:
        form = typed(act.form, f"till-{till_id}-").refused(wrong)
        return _page(request, _bench(act.here, act.who, slug), refused=(till_id, form))


def _currency(session: Session, till_id: str) -> str:
    return queries.till(session, till_id).declared.currency


def _bench(here: Site, who: Visitor, slug: str) -> Bench:
    with here.db.reading() as session:
        part = part_in(session, who, slug)
        if Role.MONITOR not in part.roles:
            raise Forbidden("This page is for the campaign's monitor.")
        held = queries.till_totals(session, part.campaign.id)
        tills = tuple(till for till in held if till.counter_takings or till.hidden)
        shops = businesses.businesses(session, [till.business for till in tills])
        return Bench(part.campaign, tills, shops, tuple(queries.proofs(session, part.campaign.id)))


def _page(
    request: Request, bench: Bench, *, refused: tuple[str, Typed] | None = None, notice: str | None = None
) -> Response:
    campaign, locale = bench.campaign, locale_of(request)
    forms = {till.id: Typed(prefix=f"till-{till.id}-") for till in bench.tills} | dict([refused] if refused else [])
    return render(
        request,
        "organize/disputes.html",
        status=422 if refused else 200,
        notice=notice,
        campaign=campaign,
        open=bench.open,
        until=rules.till_until(campaign),
        lines=organizing.till_lines(campaign, bench.tills, bench.shops, locale, bench.proofs),
        reasons={till.id: till.reason for till in bench.tills},
        forms=forms,
        form=refused[1] if refused else Typed(),
    )
