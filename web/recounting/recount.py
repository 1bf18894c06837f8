"""The recount: one pass over a record, each fact made again by the rules from the facts before it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from campaigns.values import Campaign
from core.errors import DomainError
from pledges.rules.recount import Recount
from web.recounting import shelf
from web.recounting.case import Case, Handler, draft
from web.recounting.changed import Changed
from web.recounting.choice import Choice
from web.recounting.circles import Circles
from web.recounting.crowd import Crowd
from web.recounting.day import Day
from web.recounting.differences import Differences
from web.recounting.effects import Effects
from web.recounting.life import Life
from web.recounting.monitoring import Monitoring
from web.recounting.promises import Promises
from web.recounting.reading import Line, Reader
from web.recounting.returns import Returns
from web.recounting.settling import Settled


def recount(lines: Iterable[str]) -> Differences:
    """Compute every public figure of one campaign again from its record (NDJSON, ``core.facts.Recorded.line``).

    Reads line by line, in flat memory: what must be remembered of each pledge goes to a file where it is much.
    """
    out = Differences()
    reader = Reader(out)
    pass_: _Pass | None = None
    for line in reader.lines(lines):
        pass_ = pass_ or _Pass(draft(line.at), out)
        pass_.take(line)
    if pass_ is None:
        out.add("the record", "it holds no facts")
    else:
        pass_.case.finish()
    out.note(f"{reader.read} facts read, {out.found} differences found.")
    return out


def handlers() -> frozenset[str]:
    """The kinds of fact that the recount understands."""
    return frozenset(_Pass(draft(datetime.max.replace(tzinfo=UTC)), Differences()).handlers)


class _Pass:
    """One campaign's rooms, and which of them understands which kind of fact."""

    def __init__(self, campaign: Campaign, out: Differences) -> None:
        self.case = Case(campaign, out)
        counted = Recount("", shelf.promised(), shelf.came(), shelf.told())
        choice = Choice(self.case)
        promises = Promises(self.case, choice.consents)
        self._life, self._choice = Life(self.case, counted), choice
        day = Day(self.case, counted, choice, promises)
        rooms = (
            self._life,
            choice,
            choice.consents,
            choice.identities,
            Changed(self.case, choice),
            Crowd(self.case, counted),
            day,
            promises,
            Returns(self.case, promises),
            Effects(self.case, promises),
            Settled(self.case, promises),
            Circles(self.case, promises),
            Monitoring(self.case, promises),
        )
        self.handlers: dict[str, Handler] = {kind: handle for room in rooms for kind, handle in room.kinds.items()}

    def take(self, line: Line) -> None:
        before = self.case.campaign
        try:
            self.handlers[line.kind](line)
            self._follow_the_day(before)
        except DomainError as refused:
            self.case.differs(line, f"the rules refuse it: {refused}")
        except KeyError as unknown:
            self.case.differs(line, f"it speaks of {unknown}, of which the record has not told")
        except (ValueError, TypeError, AttributeError, IndexError, ArithmeticError, AssertionError) as wrong:
            self.case.differs(line, f"it does not fit what came before: {wrong}")
        if self.case.campaign is not before:
            self._life.watch()

    def _follow_the_day(self, before: Campaign) -> None:
        if self.case.campaign.windows != before.windows and self.case.campaign.last_day != before.last_day:
            self._choice.move_dates()
