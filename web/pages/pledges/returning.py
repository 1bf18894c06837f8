"""The second carrot on the page of one's code: come back once the word is kept, and say so when one did."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts.rules import Person
from core.clock import Clock
from core.errors import Invalid
from core.money import Money
from core.tokens import Keys
from pledges import service as pledges
from pledges.returns import service as returns
from web.pages.edge import Act, Acting, typed, words
from web.pages.pledges.holding import with_token
from web.pages.pledges.tickets import page
from web.rendering import locale_of
from web.views.fields import Fields

router = APIRouter()
Work = Callable[[Session], object]


@router.post("/tickets/{pledge_id}/return")
def pledge(pledge_id: str, act: Act) -> Response:
    """About how much one would spend; the business only sees the sum."""

    def work(session: Session) -> None:
        amount = _money(session, act, pledge_id, "amount", "write about how much, like 20")
        returns.pledge_return(session, *_whose(act, pledge_id), words(act.form, "business"), amount)

    return _do(act, pledge_id, work)


@router.post("/tickets/{pledge_id}/return/visit")
def visit(pledge_id: str, act: Act) -> Response:
    """What one spent when one came back."""

    def work(session: Session) -> None:
        spent = _money(session, act, pledge_id, "spent", "say what you spent, like 14.20")
        returns.tell_return(session, *_whose(act, pledge_id), words(act.form, "business"), spent)

    return _do(act, pledge_id, work)


@router.post("/tickets/{pledge_id}/return/withdraw")
def withdraw(pledge_id: str, act: Act) -> Response:
    """Take it back; nobody is told who it was."""
    return _do(
        act,
        pledge_id,
        lambda session: returns.withdraw_return(session, *_whose(act, pledge_id), words(act.form, "business")),
    )


def _whose(act: Acting, pledge_id: str) -> tuple[Clock, Keys, str, str, Person | None]:
    return act.here.clock, act.here.keys, pledge_id, words(act.form, "token"), act.who.person


def _money(session: Session, act: Acting, pledge_id: str, name: str, lacking: str) -> Money:
    """The typed sum in the campaign's currency. Raises Invalid naming the field."""
    _, keys, _, token, person = _whose(act, pledge_id)
    currency = pledges.own(session, keys, pledge_id, token, person).amount.currency
    fields = Fields({name: words(act.form, name)}, locale_of(act.request))
    amount = fields.money(name, currency)
    fields.require(fields.has(name), name, lacking)
    fields.check()
    assert amount is not None
    return amount


def _do(act: Acting, pledge_id: str, work: Work) -> Response:
    """Back to the business on the ticket; refused, the ticket with what was typed."""
    token, business = words(act.form, "token"), words(act.form, "business")

    def done(session: Session) -> str:
        work(session)
        return f"{with_token(f'/tickets/{pledge_id}', token)}#back-{business}"

    try:
        return act.do(done, about=f"{business}:{words(act.form, 'amount')}{words(act.form, 'spent')}"[:80])
    except Invalid as wrong:
        return page(act.request, act.here, act.who, pledge_id, token, typed(act.form).refused(wrong))
