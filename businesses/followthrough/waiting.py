"""What of a promise waits for one person: by what they are to it, and until when. Computed every time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from businesses.followthrough.confirming import may_confirm
from businesses.followthrough.lateness import awaited_until, extension_until, standing
from businesses.followthrough.proposing import fulfilled_on
from businesses.followthrough.rechecking import open_recheck
from businesses.followthrough.values import Obligation, Standing


@dataclass(frozen=True)
class Waits:
    """Something to be done: ``code`` is verdict, recheck or extension; without a term ``until`` is None."""

    code: str
    until: datetime | None


def waits_for(o: Obligation, roles: frozenset[str], now: datetime) -> list[Waits]:
    """What somebody with these roles (of the team, and ``affected``) has to do for this promise at ``now``."""
    found = []
    judges = may_confirm(o, roles) is not None
    if judges and _wants_verdict(o, now):
        found.append(Waits("verdict", awaited_until(o)))
    asked = open_recheck(o, now)
    if judges and asked is not None and standing(o, now) == Standing.SETTLED:
        found.append(Waits("recheck", asked.until))
    until = extension_until(o)
    if roles & {"owner", "co_organizer"} and until is not None and now < until:
        found.append(Waits("extension", until))
    return found


def _wants_verdict(o: Obligation, now: datetime) -> bool:
    """Whether the number is reached, the date has passed, or the last verdict is disputed."""
    stands = standing(o, now)
    shown = stands == Standing.IN_PROGRESS and fulfilled_on(o) is not None
    return shown or stands in {Standing.LATE, Standing.DISPUTED}
