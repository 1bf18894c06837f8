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


def _opened(body: Json, names: Names) -> Message:
    return Message(N_("A circle about {promise} was opened by {by}"), _about(body, names))


LED = {
    "monitor": N_("All sides accept the monitor to lead the circle about {promise}"),
    "named": N_("All sides accept somebody from outside to lead the circle about {promise}"),
}


def _led(body: Json, names: Names) -> Message:
    return Message(LED[body["leads"]], {"promise": names.promise(body["obligation"])})


def _held(body: Json, names: Names) -> Message:
    return Message(N_("The circle about {promise} was held"), {"promise": names.promise(body["obligation"])})


def _ended(body: Json, names: Names) -> Message:
    params = {"promise": names.promise(body["obligation"]), "words": body["words"]}
    return Message(ENDED[body["outcome"]], params)


ENDED = {
    "remedy": N_("All sides accept what the circle about {promise} came to: “{words}”"),
    "none": N_("The circle about {promise} ended without a remedy"),
    "lapsed": N_("The term of the circle about {promise} has passed: it ended without an outcome"),
}


SENTENCES: dict[str, Callable[[Json, Names], Message]] = {
    "SubstituteProposed": _proposed,
    "SubstituteAnswered": _answered,
    "CircleOpened": _opened,
    "CircleLed": _led,
    "CircleHeld": _held,
    "CircleEnded": _ended,
}
