"""After the doors have closed: the till totals are answered, the result is locked, a figure is corrected."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts.rules import Person
from core.errors import require
from pledges import queries
from pledges import service as pledges
from web.pages.edge import Act, words
from web.pages.organize.acts import do, fields_of
from web.trips import counting

router = APIRouter()


@router.post("/organize/{slug}/tills/{till_id}")
def answer_till(slug: str, till_id: str, act: Act) -> Response:
    """Right, or another figure with a reason: then both stay."""

    def work(session: Session, person: Person) -> str:
        if words(act.form, "do") != "dispute":
            pledges.confirm_till(session, act.here.clock, person, till_id)
            return "confirmed"
        fields, currency = fields_of(act), queries.till(session, till_id).figures.takings.currency
        counted = fields.money("correction", currency)
        fields.require(fields.has("correction"), "correction", "say what you counted")
        fields.check()
        made = pledges.confirm_till(session, act.here.clock, person, till_id, counted, words(act.form, "reason"))
        return str(made.state)

    return do(act, slug, f"till-{till_id}", work)


@router.post("/organize/{slug}/finalize")
def finalize(slug: str, act: Act) -> Response:
    def work(session: Session, person: Person) -> str:
        counting.finalize(session, act.here.clock, person, slug, words(act.form, "reason"))
        return "final"

    return do(act, slug, "finalize", work)


@router.post("/organize/{slug}/corrections")
def correct(slug: str, act: Act) -> Response:
    """Another figure after the final tally, with its reason; the first stays visible."""

    def work(session: Session, person: Person) -> str:
        told = {name: words(act.form, name) for name in ("window", "field", "reason")}
        require(told["window"], "window", "choose the hours")
        require(told["field"], "field", "choose the figure")
        value = fields_of(act).plain("value")
        counting.correct(session, act.here.clock, person, slug, {**told, "value": value})
        return "corrected"

    return do(act, slug, "correct", work)
