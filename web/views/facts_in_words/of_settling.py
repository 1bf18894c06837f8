"""What business, organizers and people affected settle together, as sentences of the record."""

from __future__ import annotations

from collections.abc import Callable

from core.errors import Message
from core.i18n import N_
from core.wire import Json
from web.views.facts_in_words.names import Names

SIDES = {
    "business": N_("the business"),
    "organizer": N_("the organizers"),
    "affected": N_("the people whom it affects"),
    "monitor": N_("the monitor"),
}


def _proposed(body: Json, names: Names) -> Message:
    params = {**_about(body, names), "words": body["words"]}
    if not body.get("reason"):
        return Message(N_("Proposed in place of {promise} “{words}” (by {by})."), params)
    text = N_("Proposed in place of {promise} “{words}” (by {by}). Why: {reason}")
    return Message(text, {**params, "reason": body["reason"]})


def _answered(body: Json, names: Names) -> Message:
    if body["agrees"]:
        return Message(N_("Agreed by {by}: another thing in place of {promise}"), _about(body, names))
    return Message(N_("Not agreed by {by}: nothing else comes in place of {promise}"), _about(body, names))


def _about(body: Json, names: Names) -> dict[str, object]:
    return {"promise": names.promise(body["obligation"]), "by": names.say(SIDES[body["by"]])}


SENTENCES: dict[str, Callable[[Json, Names], Message]] = {
    "SubstituteProposed": _proposed,
    "SubstituteAnswered": _answered,
}
