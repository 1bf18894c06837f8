"""Pledges, arrivals and till totals, in sentences. Nobody is named: the record knows no supporter."""

from __future__ import annotations

from collections.abc import Callable

from core.errors import Message
from core.i18n import N_
from core.wire import Json, money
from web.views.facts_in_words.names import Names


def _promise(body: Json, names: Names) -> dict[str, object]:
    return {"people": names.people(body["party"]), "amount": money(body["amount"])}


def _coming(body: Json, names: Names) -> dict[str, object]:
    """The promise with the arrival time; nothing where none was chosen."""
    at = names.arrival(body.get("slot"))
    return {**_promise(body, names), "at": at} if at else {}


def _made(body: Json, names: Names) -> Message:
    coming = _coming(body, names)
    if not body["with_address"] and coming:
        return Message("A pledge without an address, counted apart: {people}, {amount}, coming on {at}.", coming)
    if not body["with_address"]:
        return Message("A pledge without an address, counted apart: {people}, {amount}.", _promise(body, names))
    if coming:
        return Message("A pledge, not confirmed yet: {people}, {amount}, coming on {at}.", coming)
    return Message("A pledge, not confirmed yet: {people}, {amount}.", _promise(body, names))


def _confirmed(body: Json, names: Names) -> Message:
    if body["joined_late"]:
        return Message("Joined late, counted apart: {people}, {amount}.", _promise(body, names))
    return Message("A pledge was confirmed: {people}, {amount}.", _promise(body, names))


def _renewed(body: Json, names: Names) -> Message:
    return Message("A supporter agreed to the changed terms.")


def _replaced(body: Json, names: Names) -> Message:
    return Message("A pledge was replaced by a newer one of the same supporter.")


def _changed(body: Json, names: Names) -> Message:
    if coming := _coming(body, names):
        return Message("A pledge was changed: {people}, {amount}, coming on {at}.", coming)
    return Message("A pledge was changed: {people}, {amount}.", _promise(body, names))


def _withdrawn(body: Json, names: Names) -> Message:
    return Message("A pledge was withdrawn.")


def _unconfirmed(body: Json, names: Names) -> Message:
    return Message("A confirmation at the door was taken back.")


def _came(body: Json, names: Names) -> Message:
    if not body.get("venue"):
        return _counted(body, names)
    params: dict[str, object] = {"came": _counted(body, names), "business": names.business(body["venue"])}
    return Message("{came} At the door of {business}.", params)


def _counted(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"people": names.people(body["party"]), "spent": money(body["spent"])}
    if body["walk_in"]:
        return Message("Came without a code: {people}.", params)
    if body["spent"] is None:
        return Message("Came with a code: {people}.", params)
    return Message("Came with a code: {people}. Spent: {spent}.", params)


def _spent(body: Json, names: Names) -> Message:
    if body["spent"] is None:
        return Message("Something was added to an arrival.")
    return Message("Spending was noted: {spent}.", {"spent": money(body["spent"])})


def _told(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"amount": money(body["amount"])}
    if body["receipt"]:
        return Message("A supporter reports having spent {amount}, with a photo of the receipt.", params)
    return Message("A supporter reports having spent {amount}.", params)


def _undone(body: Json, names: Names) -> Message:
    return Message("An arrival was taken back: it was noted by mistake.")


def _declared(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"business": names.business(body["business"]), "window": names.window(body["window"])}
    if body["figures"] is None:
        return Message("{business} gives its till total for {window}, for the checker only.", params)
    takings = money(body["figures"]["takings"])
    if body.get("entered") == "slip":
        text = N_("Crew entered the till total of {business} for {window} from a photo of the slip: {takings}.")
        return Message(text, {**params, "takings": takings})
    if body.get("entered") == "file":
        text = N_("{business} gives its till total for {window}, summed from its till’s file: {takings}.")
        return Message(text, {**params, "takings": takings})
    return Message("{business} gives its till total for {window}: {takings}.", {**params, "takings": takings})


def _till(body: Json, names: Names) -> dict[str, object]:
    business, window = names.till(body["till"])
    return {"business": business, "window": window, "reason": body.get("reason", "")}


def _proven(body: Json, names: Names) -> Message:
    match body["form"]:
        case "pdf":
            return Message("A document proves the till total of {business} for {window}.", _till(body, names))
        case "file":
            return Message("The till’s own file proves the till total of {business} for {window}.", _till(body, names))
    return Message("A photo proves the till total of {business} for {window}.", _till(body, names))


def _countersigned(body: Json, names: Names) -> Message:
    text = N_("{business} countersigns its till total for {window}, which crew had entered from the slip.")
    return Message(text, _till(body, names))


def _till_confirmed(body: Json, names: Names) -> Message:
    if body.get("by") == "monitor":
        return Message(
            "The monitor has seen and confirms the till total of {business} for {window}.", _till(body, names)
        )
    return Message("An organizer confirms the till total of {business} for {window}.", _till(body, names))


def _disputed(body: Json, names: Names) -> Message:
    params = {**_till(body, names), "counted": money(body["counter_takings"])}
    if body.get("by") == "monitor":
        text = N_("The monitor has seen and disputes the till total of {business} for {window}: {reason}")
        return Message(text, params)
    if body["counter_takings"] is None:
        return Message("An organizer disputes the till total of {business} for {window}: {reason}", params)
    return Message("An organizer counted {counted} for {window}, otherwise than {business}: {reason}", params)


def _resolved(body: Json, names: Names) -> Message:
    if body["chosen"] == "counter":
        return Message("The monitor decides for the organizers’ figure for {window}: {reason}", _till(body, names))
    return Message("The monitor decides for the figure of {business} for {window}: {reason}", _till(body, names))


def _return_pledged(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"business": names.business(body["business"]), "amount": money(body["amount"])}
    return Message("A supporter comes back to {business} and spends {amount}, once the word is kept.", params)


def _return_withdrawn(body: Json, names: Names) -> Message:
    return Message("A supporter takes a return visit back.")


def _returns_opened(body: Json, names: Names) -> Message:
    business, amount = names.business(body["business"]), money(body["amount"])
    params: dict[str, object] = {"business": business, "amount": amount, "visits": body["visits"]}
    return Message(
        "{business} has kept its word: return visits pledged: {visits}, worth {amount}, are asked for.", params
    )


def _return_told(body: Json, names: Names) -> Message:
    return Message("A supporter came back and reports {spent}.", {"spent": money(body["spent"])})


def _return_noted(body: Json, names: Names) -> Message:
    return Message("The business took down that a supporter came back.")


SENTENCES: dict[str, Callable[[Json, Names], Message]] = {
    "PledgeMade": _made,
    "PledgeConfirmed": _confirmed,
    "PledgeRenewed": _renewed,
    "PledgeReplaced": _replaced,
    "PledgeChanged": _changed,
    "PledgeWithdrawn": _withdrawn,
    "PledgeUnconfirmed": _unconfirmed,
    "PersonCheckedIn": _came,
    "SpendNoted": _spent,
    "SpendReported": _told,
    "CheckInUndone": _undone,
    "TillDeclared": _declared,
    "TillProofGiven": _proven,
    "TillCountersigned": _countersigned,
    "TillConfirmed": _till_confirmed,
    "TillDisputed": _disputed,
    "TillResolved": _resolved,
    "ReturnPledged": _return_pledged,
    "ReturnWithdrawn": _return_withdrawn,
    "ReturnsOpened": _returns_opened,
    "ReturnTold": _return_told,
    "ReturnNoted": _return_noted,
}
