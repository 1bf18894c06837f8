"""Stating effects and adding them up: a projection comes before its measurement, and the most independent voice counts.

Source: DOMAIN.md, 20 and 23: projected and measured are told apart, with method and source; what is worse counts, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from businesses.effects.values import Effect, Kind, Per, Phase, Sum
from businesses.facts.following import EffectStated
from core.errors import Conflict
from core.facts import Fact

VOICES = ("monitor", "affected", "organizer", "business")
"""Whose statement counts where several stated the same effect: first those outside both parties."""


def state(held: Sequence[Effect], new: Effect) -> tuple[Effect | None, list[Fact]]:
    """State an effect, in place of what the same voice stated of it before; the same again is nothing new.

    Raises Conflict for a projection of what was measured: that would be hindsight.
    """
    same = [e for e in held if _about(e) == _about(new)]
    measured = any(e.phase == Phase.MEASURED for e in same)
    if new.phase == Phase.PROJECTED and measured:
        raise Conflict("It was measured already: a projection comes before")
    last = next((e for e in reversed(same) if (e.phase, e.by) == (new.phase, new.by)), None)
    if last and (last.value, last.method, last.source) == (new.value, new.method, new.source):
        return None, []
    return new, [_stated(new)]


def _about(effect: Effect) -> tuple[str, Kind, Per, str]:
    return effect.obligation, effect.kind, effect.per, effect.currency


def _stated(e: Effect) -> EffectStated:
    what = (e.id, e.obligation, e.kind.value, e.phase.value, e.per.value)
    return EffectStated(*what, e.value, e.currency, e.method, e.source, e.by)


def counting(effects: Iterable[Effect]) -> list[Effect]:
    """Of each effect and phase the one that counts: of the most independent voice, its newest."""
    best: dict[tuple[object, ...], Effect] = {}
    for effect in effects:
        key = (*_about(effect), effect.phase)
        held = best.get(key)
        if held is None or (_rank(effect), held.at) <= (_rank(held), effect.at):
            best[key] = effect
    return list(best.values())


def _rank(effect: Effect) -> int:
    return VOICES.index(effect.by)


def add_up(effects: Iterable[Effect]) -> list[Sum]:
    """One line for each kind, period and currency: nothing is added that is not of one kind."""
    lines: dict[tuple[Kind, Per, str], list[Effect]] = {}
    for effect in counting(effects):
        lines.setdefault((effect.kind, effect.per, effect.currency), []).append(effect)
    order = list(Kind)
    return [
        _sum(*key, held) for key, held in sorted(lines.items(), key=lambda item: (order.index(item[0][0]), item[0][1:]))
    ]


def _sum(kind: Kind, per: Per, currency: str, held: list[Effect]) -> Sum:
    projected = [e.value for e in held if e.phase == Phase.PROJECTED]
    measured = [e.value for e in held if e.phase == Phase.MEASURED]
    return Sum(
        kind=kind,
        per=per,
        currency=currency,
        projected=sum(projected, Decimal(0)) if projected else None,
        of_projected=len(projected),
        measured=sum(measured, Decimal(0)) if measured else None,
        of_measured=len(measured),
    )
