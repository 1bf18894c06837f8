"""Template commitments from and to their wire form (docs/api.md); errors name the field as the sender wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from businesses import codec
from businesses.commitments import Checker
from businesses.library.values import HowTo, Template, Topic
from core import text
from core.errors import FieldError, Invalid, require
from core.wire import Json, encode

Value = TypeVar("Value")
DIRECTIONS = {"more": True, "fewer": False}
TEXTS = {
    "title": (120, 1),
    "verb": (60, 1),
    "metric": (120, 1),
    "unit": (60, 0),
    "definition": (600, 1),
    "baseline_question": (300, 1),
    "affected_group": (200, 0),
}
"""The most and the least characters of each text: a commitment made from it must fit its own fields."""


def template(body: Json, identity: str) -> Template:
    """Read an organizer's template. Raises Invalid with every refusal at once."""
    errors: list[FieldError] = []

    def keep(read: Callable[[], Value]) -> Value | None:
        try:
            return read()
        except Invalid as wrong:
            errors.extend(wrong.errors)
            return None

    fields: dict[str, Any] = {name: keep(lambda n=name: _text(body, n)) for name in TEXTS}  # type: ignore[misc]  # mypy cannot type a lambda's default
    fields |= {
        "topic": keep(lambda: codec.choice(Topic, body.get("topic") or "", "topic")),
        "more": keep(lambda: _more(body.get("direction") or "more")),
        "proof": keep(lambda: _proof(body.get("proof") or [])),
        "checker": keep(lambda: codec.choice(Checker, body.get("checker") or "monitor", "checker")),
        "due_weeks": keep(lambda: codec.whole_weeks(body.get("due_weeks") or "")),
        "how_to": keep(lambda: HowTo(text=text.clean(str(body.get("how_to") or ""), "how_to", 5000))),
    }
    if errors:
        raise Invalid(errors)
    return Template(id=identity, **fields)


def wire(held: Template) -> Json:
    """The wire form, in the language that the template is in."""
    body: Json = {name: value for name, value in encode(held).items() if name != "more"}
    body["direction"] = "more" if held.more else "fewer"
    return body | {"affected_group": held.affected_group or None}


def stored(body: Json) -> Template:
    """An organizer's template from what ``wire`` made of it."""
    return template(_typed(body), body["id"])


def written(held: Template) -> Json:
    """An organizer's template as it would be sent: its how-to is one text."""
    return _typed(wire(held))


def _typed(body: Json) -> Json:
    return {**body, "how_to": body["how_to"]["text"]}


def _text(body: Json, name: str) -> str:
    most, least = TEXTS[name]
    return text.clean(str(body.get(name) or ""), name, most, least)


def _more(direction: str) -> bool:
    require(direction in DIRECTIONS, "direction", "one of {words}", words=", ".join(DIRECTIONS))
    return DIRECTIONS[direction]


def _proof(sent: list[str] | str) -> tuple[str, ...]:
    """A list, or one text with commas, as the bid's own form takes it."""
    parts = re.split(r"\s*[,;\n]\s*", sent.strip()) if isinstance(sent, str) else sent
    held = tuple(text.clean(part, "proof", 120) for part in parts if part.strip())
    require(held, "proof", "say what is shown: an invoice, a photo, a list")
    require(len(held) <= 20, "proof", "at most {most} kinds of proof", most=20)
    return held
