"""What of the money that is owed was shown to be paid: amounts are added up, invoices are counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from businesses.commitments import Action
from businesses.followthrough.proposing import _claimed
from businesses.followthrough.values import Obligation
from core.errors import require
from core.money import Money


@dataclass(frozen=True)
class Paid:
    """The sum of what was filed beside what is due, by how many invoices and by how many amounts without one."""

    shown: Money
    due: Money
    invoices: int
    bare: int


def paid(o: Obligation) -> Paid | None:
    """What the business has shown of what it owes; None where it owes no money, or the sum is not computable."""
    if isinstance(o.commitment, Action) or o.due is None:
        return None
    amounts = [e for e in o.evidence if e.number is not None]
    invoices = sum(e.invoiced_on is not None for e in amounts)
    return Paid(Money.rounded(_claimed(o) or Decimal(0), o.due.currency), o.due, invoices, len(amounts) - invoices)


def demand_invoice(o: Obligation, value: Decimal | None, invoiced_on: date | None, now: datetime) -> None:
    """Raise Invalid for an invoice on a promise that owes no money, without its amount, or from a day to come."""
    if invoiced_on is None:
        return
    require(not isinstance(o.commitment, Action), "invoiced_on", "only a promise of money has invoices")
    require(value, "value", "write the amount of the invoice")
    require(invoiced_on <= (now + timedelta(days=1)).date(), "invoiced_on", "this day has not come yet")
