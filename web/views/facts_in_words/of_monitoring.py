"""What monitors' visits found, as sentences of the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from core.errors import Message
from core.i18n import N_
from core.wire import Json
from web.views.facts_in_words.names import Names


def _published(body: Json, names: Names) -> Message:
    params: dict[str, object] = {
        "business": names.business(body["business"]),
        "day": date.fromisoformat(body["visited_on"]),
        "findings": " ".join(f"{finding['number']}. {finding['words']}" for finding in body["findings"]),
        "reply": body["reply"],
    }
    if body["reply"]:
        return Message(
            N_("What a monitor found at {business} on {day}: {findings} The business replies: {reply}"), params
        )
    return Message(N_("What a monitor found at {business} on {day}: {findings}"), params)


def _answered(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"business": names.business(body["business"]), "reply": body["reply"]}
    return Message(N_("{business} replies to a monitor’s report: {reply}"), params)


SENTENCES: dict[str, Callable[[Json, Names], Message]] = {
    "ReportPublished": _published,
    "ReportAnswered": _answered,
}
