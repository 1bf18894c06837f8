"""Effects of promises, in sentences."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from businesses.effects.values import Kind, Per
from core.errors import Message
from core.wire import Json
from web.views import effects
from web.views.facts_in_words.names import Names


def _stated(body: Json, names: Names) -> Message:
    kind = Kind(body["effect_kind"])
    figure = effects.figure(Decimal(body["value"]), kind, Per(body["per"]), body["currency"], names.locale)
    params: dict[str, object] = {
        "figure": figure,
        "what": Message(effects.KINDS[kind]),
        "by": Message(effects.BY[body["by"]]),
    }
    if body["phase"] == "measured":
        return Message("Measured: {figure}, {what}. Stated by {by}.", params)
    return Message("Projected: {figure}, {what}. Stated by {by}.", params)


SENTENCES: dict[str, Callable[[Json, Names], Message]] = {"EffectStated": _stated}
