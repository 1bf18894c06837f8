"""Who a business is, and the agreement with it, in sentences."""

from __future__ import annotations

from collections.abc import Callable

from core.errors import Message
from core.i18n import N_
from core.wire import Json
from web.views.facts_in_words.names import Names

IDENTITIES = {
    "invited_address": N_("it answered from the address that was invited"),
    "signed_paper": N_("the organizers hold a sheet that it signed"),
    "invitation_link": N_("it came by the link it was given"),
    "own_domain": N_("it answered from an address on the domain of its own site"),
    "register": N_("an organizer compared it with its entry in a register"),
    "visit": N_("two of the team say that they were there"),
}
"""How it is known that a business is who it says: by one of three ways, or only by the link with which it came."""


def _introduced(body: Json, names: Names) -> Message:
    how = names.say(IDENTITIES[body["identity"]])
    params: dict[str, object] = {"business": body["name"], "how": how, "ties": body["disclosure"]}
    if body["disclosure"]:
        return Message("{business} takes part; {how}. It declares: {ties}", params)
    return Message("{business} takes part; {how}.", params)


def _accepted(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"business": names.bidder(body["bid"]), "hash": body["sha256"][:16]}
    if body["by"] == "business":
        return Message("{business} signs the agreement. Its fingerprint: {hash}", params)
    return Message("The organizers sign the agreement with {business}. Its fingerprint: {hash}", params)


def _change_proposed(body: Json, names: Names) -> Message:
    params: dict[str, object] = {
        "business": names.bidder(body["bid"]),
        "number": body["number"],
        "reason": body["reason"],
    }
    if body["by"] == "business":
        return Message("{business} proposes version {number} of its agreement, because: {reason}", params)
    return Message(
        "The organizers propose version {number} of the agreement with {business}, because: {reason}", params
    )


def _changed(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"business": names.bidder(body["bid"]), "number": body["number"]}
    params["hash"] = body["sha256"][:16]
    if body["worse"]:
        text = N_(
            "Version {number} of the agreement with {business} is in force. It promises less in a point, so everybody "
            "who pledged is asked again. Its fingerprint: {hash}"
        )
        return Message(text, params)
    return Message("Version {number} of the agreement with {business} is in force. Its fingerprint: {hash}", params)


def _change_declined(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"business": names.bidder(body["bid"]), "number": body["number"]}
    return Message("Version {number} of the agreement with {business} was not accepted: the one before stands.", params)


def _identified(body: Json, names: Names) -> Message:
    params: dict[str, object] = {
        "business": names.business(body["business"]),
        "place": body["place"],
        "entry": body["entry"],
    }
    return Message(_CONFIRMED[body["method"]], params)


_CONFIRMED = {
    "own_domain": N_("The identity of {business} is confirmed: it answered from an address at {place}."),
    "register": N_("The identity of {business} is confirmed: an organizer compared it with {place}, {entry}."),
    "visit": N_("The identity of {business} is confirmed: two of the team say that they were there."),
}


def _renewed(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"business": names.business(body["business"])}
    if body["handed"]:
        text = N_(
            "{business} got a new key, sent where the organizers said; the old one opens nothing. Its identity is "
            "unconfirmed again."
        )
        return Message(text, params)
    return Message("{business} got a new key, sent to its own address; the old one opens nothing.", params)


SENTENCES: dict[str, Callable[[Json, Names], Message]] = {
    "BusinessIntroduced": _introduced,
    "IdentityConfirmed": _identified,
    "ShopKeyRenewed": _renewed,
    "AgreementAccepted": _accepted,
    "AgreementChangeProposed": _change_proposed,
    "AgreementChanged": _changed,
    "AgreementChangeDeclined": _change_declined,
}
