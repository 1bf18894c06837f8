"""Who may open a document that was filed as evidence."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from accounts.rules import Person
from businesses import followthrough as rules
from businesses.followthrough import Document, Obligation, Visibility
from businesses.service.following.checking import roles_of
from businesses.store import documents
from businesses.store import obligations as store
from campaigns import queries as campaign_queries
from core.errors import Forbidden, NotFound, NotSignedIn


def document_for(session: Session, document_id: str, person: Person | None, business: str = "") -> Document:
    """For everybody; one that is for the checker only, for its business and whom the agreement names.

    Raises NotFound, NotSignedIn and Forbidden.
    """
    promise, held = documents.by_id(session, document_id)
    if held.hidden:
        sees_as(session, store.by_id(session, promise), person, business)
    return held


def original_for(session: Session, document_id: str, person: Person | None, business: str = "") -> Document:
    """A redacted photo as it was before, while it is checked: for its business and whom the agreement names.

    Raises NotFound, NotSignedIn and Forbidden.
    """
    promise, held = documents.by_id(session, document_id)
    sees_as(session, store.by_id(session, promise), person, business)
    if not held.original:
        raise NotFound("What it was before is not kept any more")
    return replace(held, sha256=held.original, visibility=Visibility.CHECKER)


def sees_as(session: Session, o: Obligation, person: Person | None, business: str) -> str:
    """As whom somebody may open what is not public: ``business``, or as whom the agreement names.

    Raises NotSignedIn and Forbidden.
    """
    if business and business == o.business:
        return "business"
    if person is None:
        raise NotSignedIn("Only the business and whom the agreement names may open this")
    campaign = campaign_queries.by_id(session, o.campaign)
    named = rules.may_confirm(o, roles_of(session, campaign, o, person))
    if named is None:
        raise Forbidden("Only the business and whom the agreement names may open this")
    return named
