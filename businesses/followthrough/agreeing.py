"""What the two sides, and the people affected, settle together after a promise was made: never one of them alone."""

from __future__ import annotations

from datetime import datetime

from businesses.followthrough.confirming import is_seated
from businesses.followthrough.substituting import Substitution, proposed
from businesses.followthrough.values import Obligation
from core.errors import Conflict


def sides(o: Obligation) -> tuple[str, ...]:
    """Whose yes it takes: the business's, the organizers', and that of the people affected where they are seated."""
    return ("business", "organizer", "affected") if is_seated(o) else ("business", "organizer")


def propose_substitute(o: Obligation, id_: str, by: str, words: str, reason: str, now: datetime) -> Substitution:
    """Something else in the promise's place. Raises Conflict while another waits for an answer, or it has ended."""
    if o.ended_closed:
        raise Conflict("This promise has ended")
    if o.substitute and o.substitute.is_open:
        raise Conflict("Another thing is proposed already: answer that first")
    return proposed(id_, now, by, words, reason, sides(o))


def answer_substitute(o: Obligation, id_: str, side: str, now: datetime, *, agrees: bool) -> Substitution:
    """One side's answer to what was proposed last. Raises Conflict where another, or nothing, waits for it."""
    if o.substitute is None or o.substitute.id != id_:
        raise Conflict("This is not what is proposed now: read it again")
    return o.substitute.answered(side, now, agrees=agrees)
