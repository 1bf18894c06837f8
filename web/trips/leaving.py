"""Leaving: all that names a person goes, in one transaction; the public sums stay as they are (DOMAIN.md, 25)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import Person
from businesses import service as businesses
from campaigns.press import service as press
from core import audit
from core.clock import Clock
from notifications import service as notifications
from pledges import service as pledges


def erase(session: Session, clock: Clock, person: Person) -> None:
    """Erase a person. The record holds no name and no address, so it loses nothing."""
    pledges.erase_contact(session, person_id=person.id, email=person.email)
    businesses.forget_address(session, person.email)
    press.forget(session, person.id)
    notifications.forget(session, person)
    accounts.erase(session, person)
    audit.note(session, "erased", "person.erase", person.id, clock.now(session))
