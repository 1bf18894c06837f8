"""Following through: what needs pledges' knowledge of who came beside the businesses' promises."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts.rules import Person
from businesses import queries as business_queries
from businesses import service as businesses
from businesses.followthrough import Obligation
from core.clock import Clock
from core.wire import Json
from pledges import queries as pledge_queries


def file_spot_check(session: Session, clock: Clock, person: Person, obligation_id: str, filed: Json) -> Obligation:
    """File what somebody saw; whether they pledged or came is asked of the pledges' room."""
    campaign = business_queries.obligation(session, obligation_id).campaign
    supporter = pledge_queries.is_supporter(session, campaign, person.id)
    return businesses.file_spot_check(session, clock, person, obligation_id, filed, supporter=supporter)
