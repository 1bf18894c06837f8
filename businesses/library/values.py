"""What a template commitment holds: the sentence, what makes it precise, and how one gets there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from businesses.commitments import MOST_WEEKS, Checker
from businesses.topics import TOPICS, Topic
from core.errors import require

__all__ = ["TOPICS", "HowTo", "Template", "Topic"]


@dataclass(frozen=True, kw_only=True)
class HowTo:
    """The way there. ``cost`` is an order of magnitude and no quote; ``cost_from`` says where it comes from.

    The library fills the first four; organizers write theirs as one ``text`` in Markdown.
    """

    steps: tuple[str, ...] = ()
    cost: str = ""
    cost_from: str = ""
    advice: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Template:
    """A commitment with all but the numbers that only the business knows.

    The library's texts are gettext ids, an organizer's stand as they were written. ``baseline_question`` asks for
    what is so today; ``due_weeks`` is the usual time after the mob.
    """

    id: str
    topic: Topic
    title: str
    verb: str
    metric: str
    unit: str
    more: bool = True
    definition: str
    baseline_question: str
    proof: tuple[str, ...]
    checker: Checker = Checker.MONITOR
    affected_group: str = ""
    due_weeks: int
    how_to: HowTo = HowTo()

    def __post_init__(self) -> None:
        for name in ("title", "verb", "metric", "definition", "baseline_question"):
            require(getattr(self, name).strip(), name, "please fill this in")
        require(self.proof, "proof", "say what is shown: an invoice, a photo, a list")
        named = self.checker != Checker.AFFECTED or self.affected_group
        require(named, "affected_group", "name the people whom it affects: they are to check it")
        fits = 1 <= self.due_weeks <= MOST_WEEKS
        require(fits, "due_weeks", "a whole number of weeks, 1 to 520")

    def said(self, say: Callable[[str], str]) -> Template:
        """The same in the language of ``say``; what is empty stays empty."""

        def told(text: str) -> str:
            return say(text) if text else ""

        texts = ("title", "verb", "metric", "unit", "definition", "baseline_question", "affected_group")
        how_to = HowTo(
            steps=tuple(map(told, self.how_to.steps)),
            cost=told(self.how_to.cost),
            cost_from=told(self.how_to.cost_from),
            advice=tuple(map(told, self.how_to.advice)),
            text=self.how_to.text,
        )
        fields: dict[str, Any] = {name: told(getattr(self, name)) for name in texts}
        return replace(self, **fields, proof=tuple(map(told, self.proof)), how_to=how_to)
