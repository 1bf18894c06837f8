"""How the organizers' list of shops is shown: what is alive first, and how far each talk has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from businesses.prospects import TEXTS, Prospect, Stage
from core import formats
from core.i18n import N_, translator
from core.wire import Json

STAGES = {
    Stage.CLAIMED: N_("Said yes"),
    Stage.INTERESTED: N_("Interested"),
    Stage.VISITED: N_("Visited"),
    Stage.ASKED: N_("Asked"),
    Stage.LISTED: N_("On the list"),
    Stage.DECLINED: N_("Declined"),
}
"""Each stage's words, in the order in which the list is shown."""
_PLACE = {stage: n for n, stage in enumerate(STAGES)}


def in_order(held: Iterable[Prospect]) -> list[Prospect]:
    """Who is nearest to a yes comes first; within a stage by name."""
    return sorted(held, key=lambda p: (_PLACE[p.stage], p.entry.match))


def figures(held: Iterable[Prospect], locale: str) -> list[tuple[str, str]]:
    """How many stand where, empty stages left out."""
    say, counts = translator(locale).gettext, Counter(p.stage for p in held)
    return [(formats.number(counts[stage], locale), say(words)) for stage, words in STAGES.items() if counts[stage]]


def options(locale: str) -> list[tuple[str, str]]:
    """What a person can choose; that a shop said yes is seen from its invitation."""
    say = translator(locale).gettext
    return [(stage.value, say(STAGES[stage])) for stage in Stage if stage != Stage.CLAIMED]


def shown(held: Prospect) -> Json:
    """The form's values."""
    return {name: getattr(held.entry, name) for name in TEXTS} | {"state": held.entry.stage.value}
