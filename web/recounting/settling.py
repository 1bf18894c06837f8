"""What was settled together: proposed by somebody who may, answered by the sides that were asked."""

from __future__ import annotations

from dataclasses import replace

from businesses import facts
from businesses import followthrough as rules
from businesses.followthrough import Obligation
from web.recounting.case import Case, Handler
from web.recounting.promises import Promises
from web.recounting.reading import Line


class Settled:
    """Other things in the place of promises."""

    def __init__(self, case: Case, promises: Promises) -> None:
        self.case = case
        self.promises = promises
        self.kinds: dict[str, Handler] = {
            "SubstituteProposed": self.proposed,
            "SubstituteAnswered": self.answered,
        }

    def proposed(self, line: Line) -> None:
        b, o = line.body, self._of(line)
        self.case.check(b["by"] in {*rules.sides(o), "monitor"}, line, "proposed by nobody who could")
        made = rules.propose_substitute(o, b["substitute"], b["by"], b["words"], b.get("reason", ""), line.at)
        told = facts.SubstituteProposed(o.id, made.id, made.by, made.words, list(made.asks), made.reason)
        self.case.compare(line, told.body())
        self._hold(replace(o, substitutes=(*o.substitutes, made)))

    def answered(self, line: Line) -> None:
        b, o = line.body, self._of(line)
        answered = rules.answer_substitute(o, b["substitute"], b["by"], line.at, agrees=b["agrees"])
        self._hold(replace(o, substitutes=(*o.substitutes[:-1], answered)))

    def _of(self, line: Line) -> Obligation:
        return self.promises.with_consent(self.promises.held[line.body["obligation"]])

    def _hold(self, o: Obligation) -> None:
        self.promises.held[o.id] = o
