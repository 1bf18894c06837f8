"""Circles: opened where a promise calls for one, led, held and ended in this order; a remedy makes a new promise."""

from __future__ import annotations

from dataclasses import replace

from businesses import codec, facts
from businesses.circles import rules
from businesses.circles.values import Circle, Ending, Leads
from businesses.commitments import Action
from businesses.followthrough import Obligation, sides
from web.recounting.case import Case, Handler
from web.recounting.promises import Promises
from web.recounting.reading import Line


class Circles:
    """What is public of a circle; who accepted whom, and what was said, never is."""

    def __init__(self, case: Case, promises: Promises) -> None:
        self.case = case
        self.promises = promises
        self.held: dict[str, Circle] = {}
        self.kinds: dict[str, Handler] = {
            "CircleOpened": self.opened,
            "CircleLed": self.led,
            "CircleHeld": self.met,
            "CircleEnded": self.ended,
        }

    def opened(self, line: Line) -> None:
        """By a side or the monitor, while nothing else goes on about a promise that is broken or disputed."""
        b, o = line.body, self._about(line)
        about = [c for c in self.held.values() if c.obligation == o.id]
        leader = rules.leader(sides(o), b["by"], None)
        made = rules.open_(b["circle"], o, about[-1] if about else None, b["by"], leader, line.at)
        self.case.check(b["by"] in {*made.sides, "monitor"}, line, "opened by nobody who could")
        told = facts.CircleOpened(o.id, made.id, made.by, list(made.sides), made.until)
        self.case.compare(line, told.body())
        self._keep(made)

    def led(self, line: Line) -> None:
        held = self._open(line)
        self.case.check(not held.facilitator.is_agreed, line, "it was led already")
        asks, leads = held.facilitator.asks, Leads(line.body["leads"])
        self._keep(replace(held, facilitator=replace(held.facilitator, leads=leads, agreed=asks)))

    def met(self, line: Line) -> None:
        held = self._open(line)
        self.case.check(held.facilitator.is_agreed, line, "nobody led it")
        self._keep(replace(held, held_at=line.at))

    def ended(self, line: Line) -> None:
        b, held = line.body, self.held[line.body["circle"]]
        ending = Ending(b["outcome"])
        self.case.check(held.ending is None, line, "it had ended before")
        late = line.at >= held.until
        self.case.check(late == (ending == Ending.LAPSED), line, f"its term ends at {held.until}")
        self.case.check(held.held_at or ending == Ending.LAPSED, line, "it was not held")
        if ending == Ending.REMEDY:
            self._mended(line, held)
        self._keep(replace(held, ending=ending, ended_at=line.at))

    def _mended(self, line: Line, held: Circle) -> None:
        """All sides have accepted it, and the promise that it makes must follow."""
        b, o = line.body, self._about(line)
        promise = codec.stored(b["commitment"])
        self.case.check(b["agreed"] == list(held.sides), line, "not all sides had agreed")
        self.case.check(promise.due_on > line.at.date(), line, "its date had passed")
        named = isinstance(promise, Action) and (promise.id, promise.metric) == (held.id, b["words"])
        self.case.check(named, line, "the promise is not what all accepted")
        same = (promise.affected_group, promise.topic) == (o.commitment.affected_group, o.commitment.topic)
        self.case.check(same, line, "it affects others than the promise that it mends")
        target = promise.target if isinstance(promise, Action) else None
        made = (o.bid, o.business, b["commitment"], b["words"], target, None, promise.due_on)
        told = (None, list(self.case.campaign.rechecks), o.id)
        self.case.await_(line, [facts.ObligationArose("", *made, *told)])

    def _about(self, line: Line) -> Obligation:
        return self.promises.with_consent(self.promises.held[line.body["obligation"]])

    def _open(self, line: Line) -> Circle:
        held = self.held[line.body["circle"]]
        self.case.check(not rules.has_ended(held, line.at), line, "it had ended")
        return held

    def _keep(self, made: Circle) -> None:
        self.held[made.id] = made
        going = {c.id for c in self.held.values() if c.ending is None}
        self.promises.circles = going
