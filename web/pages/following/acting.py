"""Looking, judging, giving more time: forms for those whom the agreement or the pledge entitles."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person
from businesses import followthrough
from businesses import service as businesses
from businesses.followthrough import Obligation, Standing, Verdict
from core.errors import Forbidden, Invalid, refuse
from core.formats import typed_number
from core.i18n import N_, translator
from core.wire import Json
from web.pages.edge import Act, Acting, Visitor, Who, typed
from web.pages.edge import words as sent
from web.pages.following.reading import Following, promise
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.trips import following, returning
from web.typed import Typed
from web.views import following as views
from web.views import promises as slips
from web.views.facts_in_words.of_promises import VERDICTS

router = APIRouter(prefix="/promises/{promise_id}")
STATES = {"": N_("Not looked at"), "seen": N_("There"), "struck": N_("Not there")}
"""What a visitor can say of one thing on a list."""

HINTS = {
    Verdict.KEPT: N_("On time, and the number is reached"),
    Verdict.KEPT_LATE: N_("The number is reached, after the first date"),
    Verdict.PARTLY_KEPT: N_("Some of it"),
    Verdict.SUBSTITUTED: N_("Something else was done in its place, as both sides agreed"),
    Verdict.BROKEN: N_("Not done"),
    Verdict.DISPUTED: N_("The two sides do not agree"),
    Verdict.UNKNOWN: N_("It cannot be found out"),
}


@dataclass(frozen=True)
class Desk:
    """What a form is about, and who fills it in."""

    held: Following
    promise: Obligation
    person: Person

    @property
    def settled(self) -> bool:
        return followthrough.standing(self.promise, self.held.now) == Standing.SETTLED

    @property
    def closed(self) -> bool:
        """Whether nobody's look is asked for: there is a verdict, and no re-check is open."""
        return self.settled and followthrough.open_recheck(self.promise, self.held.now) is None

    @property
    def list(self) -> tuple[str, ...]:
        """The last list that the business filed: what a visitor can tick or strike."""
        return followthrough.last_list(self.promise)


def desk(session: Session, here: Site, who: Visitor, promise_id: str) -> Desk:
    """Raises NotSignedIn and NotFound."""
    person = who.demand_person()
    held, o = promise(session, here.clock, promise_id)
    return Desk(held, o, person)


@router.get("/check")
def check_form(promise_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    """What a supporter or monitor saw; whoever may not file is told why."""
    with here.db.reading() as session:
        asked = desk(session, here, who, promise_id)
        by = following.observer(session, asked.person, asked.promise)
    return _check(request, asked, by, Typed())


@router.post("/check")
def check(promise_id: str, request: Request, here: SiteDep, who: Who, act: Act) -> Response:
    """File it; who looked before renews their report. Whom the agreement names goes on to the verdict."""
    with here.db.reading() as session:
        asked = desk(session, here, who, promise_id)

    def work(session: Session) -> str:
        filed = seen(act, asked, locale_of(request))
        following.file_spot_check(session, here.clock, asked.person, promise_id, filed)
        return f"/promises/{promise_id}/verdict" if _judge(session, asked) else f"/promises/{promise_id}#seen"

    try:
        return act.do(work)
    except Invalid as wrong:
        with here.db.reading() as session:
            by = following.observer(session, asked.person, asked.promise)
        return _check(request, asked, by, typed(act.form).refused(_renamed(wrong, asked)), 422)


def seen(act: Acting, asked: Desk, locale: str) -> Json:
    """What was typed, or ticked and struck, as the use-case takes it. Raises Invalid where nothing was."""
    note = sent(act.form, "note")
    if not asked.list:
        return {"value": typed_number(sent(act.form, "value"), locale), "note": note}
    said = {item: sent(act.form, field_of(item)) for item in asked.list}
    found, struck = ([item for item, state in said.items() if state == wanted] for wanted in ("seen", "struck"))
    if not found and not struck:
        refuse(field_of(asked.list[0]), "say of one thing at least whether it is there")
    return {"items": found, "struck": struck, "note": note}


def field_of(item: str) -> str:
    """The name of an item's field: of its words, so that a list filed meanwhile moves no answer to another item."""
    return f"item-{sha256(item.encode()).hexdigest()[:12]}"


def _renamed(wrong: Invalid, asked: Desk) -> Invalid:
    """With a list the number is what was ticked: its errors belong to the list."""
    if not asked.list:
        return wrong
    first = field_of(asked.list[0])
    return Invalid([e if e.field in {"note", first} else type(e)(first, e.message) for e in wrong.errors])


def _check(request: Request, asked: Desk, by: str, form: Typed, status: int = 200) -> Response:
    say = translator(locale_of(request)).gettext
    for item in asked.list:
        form = form if form.value(field_of(item)) else form.with_value(field_of(item), "")
    return page(
        request, "check", asked, form, status,
        by=by, items=[(field_of(item), item) for item in asked.list], states=[(s, say(w)) for s, w in STATES.items()],
        unit=_unit(asked.promise), currency=views.currency_of(asked.promise),
    )  # fmt: skip


def _unit(o: Obligation) -> str:
    return getattr(o.commitment, "unit", "") or getattr(o.commitment, "metric", "")


@router.get("/verdict")
def verdict_form(promise_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    """What the rules make of the evidence, and the form of whom the agreement names."""
    with here.db.reading() as session:
        asked = desk(session, here, who, promise_id)
        demand_judge(session, asked)
    proposal = followthrough.propose(asked.promise)
    form = Typed.start(verdict=proposal.verdict.value if proposal else None)
    return _verdict(request, asked, form)


def _judge(session: Session, asked: Desk) -> str | None:
    """As whom the person may confirm a verdict, if the agreement names them."""
    roles = businesses.roles_of(session, asked.held.campaign, asked.promise, asked.person)
    return followthrough.may_confirm(asked.promise, roles)


def demand_judge(session: Session, asked: Desk) -> None:
    if _judge(session, asked) is None:
        checker = asked.promise.commitment.checker
        raise Forbidden("The agreement names somebody else to confirm this: {checker}", checker=checker)


@router.post("/verdict")
def verdict(promise_id: str, request: Request, here: SiteDep, who: Who, act: Act) -> Response:
    """A person confirms what became of a promise."""

    def work(session: Session) -> str:
        chosen = _chosen(sent(act.form, "verdict"))
        person = who.demand_person()
        returning.give_verdict(session, here.clock, person, promise_id, chosen, sent(act.form, "reason"))
        return f"/promises/{promise_id}#verdicts"

    try:
        return act.do(work)
    except Invalid as wrong:
        with here.db.reading() as session:
            asked = desk(session, here, who, promise_id)
            demand_judge(session, asked)
        return _verdict(request, asked, typed(act.form).refused(wrong), 422)


def _chosen(word: str) -> Verdict:
    if word not in {v.value for v in Verdict}:
        refuse("verdict", "choose one")
    return Verdict(word)


def _verdict(request: Request, asked: Desk, form: Typed, status: int = 200) -> Response:
    say = translator(locale_of(request)).gettext
    options = [(v.value, say(VERDICTS[v.value]).capitalize(), say(HINTS[v])) for v in Verdict]
    before = asked.held.before(asked.promise, locale_of(request))
    return page(request, "verdict", asked, form, status, options=options, before=before)


@router.get("/extension")
def extension_form(promise_id: str, request: Request, here: SiteDep, who: Who) -> Response:
    """More time is asked for: an organizer says yes or no."""
    with here.db.reading() as session:
        asked = desk(session, here, who, promise_id)
        accounts.demand_role(session, asked.held.campaign.team, asked.person, ORGANIZERS)
    return page(request, "extension", asked, Typed(), 200)


@router.post("/extension")
def extension(promise_id: str, request: Request, here: SiteDep, who: Who, act: Act) -> Response:
    """The answer; the first date stays visible either way."""

    def work(session: Session) -> str:
        answer = sent(act.form, "accept")
        if answer not in {"yes", "no"}:
            refuse("accept", "choose one")
        person = who.demand_person()
        businesses.answer_extension(session, here.clock, person, promise_id, accept=answer == "yes")
        return f"/promises/{promise_id}"

    try:
        return act.do(work)
    except Invalid as wrong:
        with here.db.reading() as session:
            asked = desk(session, here, who, promise_id)
        return page(request, "extension", asked, typed(act.form).refused(wrong), 422)


def page(request: Request, name: str, asked: Desk, form: Typed, status: int, **more: Any) -> Response:
    """One of the forms, with the promise that it is about."""
    reader = asked.held.reader(locale_of(request))
    slip = slips.followed([asked.promise], asked.held.now, reader)[0]
    return render(
        request,
        f"following/{name}.html",
        status=status,
        campaign=asked.held.campaign,
        promise=views.watch(asked.promise, slip, asked.held.now, reader),
        closed=asked.closed,
        form=form,
        lang=reader.lang,
        **more,
    )
