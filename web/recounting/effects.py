"""Effects: each stated of a promise that arose, a projection before its measurement, by a voice that may."""

from __future__ import annotations

from decimal import Decimal

from businesses.effects import rules
from businesses.effects.values import Effect, Kind, Per, Phase
from web.recounting.case import Case, Handler
from web.recounting.promises import Promises
from web.recounting.reading import Line


class Effects:
    """All that was stated, oldest first."""

    def __init__(self, case: Case, promises: Promises) -> None:
        self.case = case
        self.promises = promises
        self.held: list[Effect] = []
        self.kinds: dict[str, Handler] = {"EffectStated": self.stated}

    def stated(self, line: Line) -> None:
        b = line.body
        o = self.promises.held[b["obligation"]]
        kind, phase, per = Kind(b["effect_kind"]), Phase(b["phase"]), Per(b["per"])
        told = (kind, phase, per, Decimal(b["value"]), b["method"], b["source"], b["by"])
        effect = Effect(b["effect"], o.id, *told, line.at, b["currency"])
        self.case.check(effect.by in rules.VOICES, line, "nobody with this part may state effects")
        currency = self.case.campaign.currency if kind == Kind.MONEY else ""
        self.case.compare(line, {"currency": currency}, {"currency": effect.currency})
        new, made = rules.state(self.held, effect)
        self.case.check(new, line, "it changes nothing")
        for fact in made:
            self.case.compare(line, fact.body())
        self.held.append(effect)
