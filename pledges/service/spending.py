"""A supporter says what they spent, from the page of their code and without an account."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from accounts.rules import Person
from campaigns import service as campaigns
from core import record
from core.clock import Clock
from core.db import lock, new_id
from core.money import Money
from core.tokens import Keys
from pledges.rules import door
from pledges.rules import spending as rules
from pledges.service.promises import own
from pledges.store import files as file_store
from pledges.store import promises as pledges
from pledges.store import spending as store
from pledges.values import Receipt, SpendReport, check_currency


def report_spending(
    session: Session,
    clock: Clock,
    keys: Keys,
    pledge_id: str,
    token: str,
    person: Person | None,
    amount: Money,
    receipt: Receipt | None = None,
) -> SpendReport:
    """One's own spending, in place of what one reported before, while the door is open (until the final tally).

    Raises Invalid naming ``photo`` for a receipt that another code has reported; two of one receipt at once take turns.
    """
    found = own(session, keys, pledge_id, token, person)
    campaign, now = campaigns.lock_by_id(session, clock, found.campaign, shared=True)
    door.demand_open(campaign, now)
    check_currency(amount, campaign.currency, "amount")
    if receipt is not None:
        lock(session, f"receipts:{campaign.id}")
    rules.demand_stands(pledges.locked(session, pledge_id))
    told = SpendReport(new_id(), campaign.id, pledge_id, amount, now, receipt)
    made, facts = rules.report(store.of_pledge(session, pledge_id), told)
    rules.demand_own_receipt(made, store.with_receipts(session, made))
    if facts:
        store.put(session, made)
        record.append(session, campaign.id, facts, now)
    return made


def forget_receipts(session: Session, campaign_ids: Sequence[str]) -> None:
    """Forget the photos of receipts of campaigns that are long over; the amounts stay."""
    file_store.forget_receipts(session, campaign_ids)
