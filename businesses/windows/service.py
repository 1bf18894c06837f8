"""A customer counts: without an account, without a name, and without deciding anything."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Session

from businesses.commitments import Action
from businesses.store import obligations
from businesses.windows import store
from core.clock import Clock
from core.db import new_id
from core.errors import Conflict, require

MOST = Decimal(10) ** 9


def count(session: Session, clock: Clock, obligation_id: str, value: Decimal) -> None:
    """Keep what somebody counted. Raises Conflict where nothing is to be counted, Invalid naming ``value``."""
    o = obligations.by_id(session, obligation_id)
    if not isinstance(o.commitment, Action):
        raise Conflict("This promise is about money: nobody counts that in the shop")
    if o.ended_closed:
        raise Conflict("This promise has ended: the business has closed")
    require(0 <= value < MOST, "value", "a number, 0 or more")
    store.add(session, new_id(), o.id, value, clock.now(session))
