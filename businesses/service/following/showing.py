"""Who may open a document that was filed as evidence."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts.rules import Person
from businesses import followthrough as rules
from businesses.followthrough import Document, Obligation
from businesses.service.following.checking import roles_of
from businesses.store import documents
from businesses.store import obligations as store
from campaigns import queries as campaign_queries
from core.errors import Forbidden, NotSignedIn


def document_for(session: Session, document_id: str, person: Person | None, business: str = "") -> Document:
    """For everybody; one that is for the checker only, for its business and whom the agreement names.

    Raises NotFound, NotSignedIn and Forbidden.
    """
    promise, held = documents.by_id(session, document_id)
    if held.hidden:
        demand_sight(session, store.by_id(session, promise), person, business)
    return held


def demand_sight(session: Session, o: Obligation, person: Person | None, business: str) -> None:
    """Raise NotSignedIn or Forbidden for anybody but the business itself and whom the agreement names."""
    if business and business == o.business:
        return
    if person is None:
        raise NotSignedIn("Only the business and whom the agreement names may open this")
    campaign = campaign_queries.by_id(session, o.campaign)
    if rules.may_confirm(o, roles_of(session, campaign, o, person)) is None:
        raise Forbidden("Only the business and whom the agreement names may open this")
