"""Bids and the choice among them, in sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from core.errors import Message
from core.i18n import N_
from core.wire import Json, money
from web.views.facts_in_words.names import Names

ENTERED = {
    "paper": N_("{business} bids on paper; the organizers entered the signed sheet. Promises in the bid: {promises}."),
    "prepared": N_(
        "{business} bids: the organizers prepared the bid, the business approved it. Promises in the bid: {promises}."
    ),
}


def _placed(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"business": names.business(body["business"]), "promises": len(body["commitments"])}
    if body.get("entered"):
        return Message(ENTERED[body["entered"]], params)
    return Message("{business} bids. Promises in the bid: {promises}.", params)


def _raised(body: Json, names: Names) -> Message:
    return Message("{business} raises its bid.", {"business": names.bidder(body["bid"])})


def _countersigned(body: Json, names: Names) -> Message:
    return Message(
        "{business} countersigns its bid, which was entered from paper.", {"business": names.bidder(body["bid"])}
    )


def _unsigned(body: Json, names: Names) -> Message:
    text = N_("The bid of {business}, entered from paper, was not countersigned in its term: it falls out.")
    return Message(text, {"business": names.bidder(body["bid"])})


def _sealed(body: Json, names: Names) -> Message:
    return Message("A sealed bid came in. Its fingerprint: {hash}", {"hash": body["sha256"][:16]})


def _revealed(body: Json, names: Names) -> Message:
    return Message("The sealed bid of {business} was opened.", {"business": names.business(body["business"])})


def _seen(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"business": names.bidder(body["bid"]), "expected": money(body["expected"])}
    if body["by"] == "monitor" and body["expected"]:
        return Message(
            "The monitor has seen the ordinary day of {business}, which is not published. By it the bid is expected to "
            "bring {expected}.",
            params,
        )
    if body["by"] == "monitor":
        return Message("The monitor has seen the ordinary day of {business}, which is not published.", params)
    if body["expected"]:
        return Message(
            "The organizers have seen the ordinary day of {business}, which is not published. By it the bid is "
            "expected to bring {expected}.",
            params,
        )
    return Message("The organizers have seen the ordinary day of {business}, which is not published.", params)


def _confirmed(body: Json, names: Names) -> Message:
    params: dict[str, object] = {
        "business": names.bidder(body["bid"]),
        "note": body["note"],
        "day": date.fromisoformat(body["seen_on"]),
    }
    if body["by"] == "monitor":
        return Message("The monitor saw at {business} on {day}, before the choice: {note}", params)
    return Message("The organizers saw at {business} on {day}, before the choice: {note}", params)


def _withdrawn(body: Json, names: Names) -> Message:
    return Message("{business} takes its bid back.", {"business": names.bidder(body["bid"])})


def _stands(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"business": names.bidder(body["bid"]), "day": date.fromisoformat(body["until"])}
    return Message("{business} lets its offer stand until {day}, for a next campaign.", params)


def _ended(body: Json, names: Names) -> Message:
    return Message("{business} takes back the offer that it let stand.", {"business": names.bidder(body["bid"])})


def _ranked(body: Json, names: Names) -> Message:
    if not body["order"]:
        return Message("There is no valid bid to rank.")
    return Message("The ranking: {order}. Every step is public.", {"order": names.bidders(body["order"])})


def _ballot(body: Json, names: Names) -> Message:
    return Message("A supporter’s vote for {business} was counted.", {"business": names.bidder(body["bid"])})


def _juror(body: Json, names: Names) -> Message:
    juror: dict[str, object] = {"juror": names.juror(body["juror"]), "ties": body["ties"]}
    if body["ties"]:
        return Message("{juror} declares: {ties}", juror)
    return Message("{juror} has declared nothing of ties.", juror)


def _scored(body: Json, names: Names) -> Message:
    params: dict[str, object] = {
        "juror": names.juror(body["juror"]),
        "business": names.bidder(body["bid"]),
        "criterion": body["criterion"],
        "score": Decimal(body["score"]),
    }
    if said := body.get("comment"):
        params["comment"] = said
        return Message("{juror} gives {business} {score} of 10 for {criterion}: {comment}", params)
    return Message("{juror} gives {business} {score} of 10 for {criterion}.", params)


def _about(body: Json, names: Names) -> dict[str, object]:
    """Whose bid a consent is about, who is affected, and what was said in public, with a space before it."""
    said = "".join(f" {text}" for text in (body.get("comment", ""), body.get("note", "")) if text)
    params: dict[str, object] = {"business": names.bidder(body["bid"]), "group": body["group"], "said": said}
    on = body.get("recorded_on")
    return {**params, "day": date.fromisoformat(on) if on else None}


def _asked_consent(body: Json, names: Names) -> Message:
    return Message("{group} are asked whether they agree to a promise of {business}.", _about(body, names))


def _agree(body: Json, names: Names) -> Message:
    about = _about(body, names)
    if about["day"] is None:
        return Message("{group} agree to a promise of {business}.{said}", about)
    text = N_("{group} agree to a promise of {business} (recorded by the organizers from a meeting on {day}).{said}")
    return Message(text, about)


def _disagree(body: Json, names: Names) -> Message:
    about = _about(body, names)
    if about["day"] is None:
        return Message("{group} do not agree to a promise of {business}: the bid falls out.{said}", about)
    text = N_("{group} do not agree to a promise of {business} (recorded from a meeting on {day}): it falls out.{said}")
    return Message(text, about)


def _take_back(body: Json, names: Names) -> Message:
    return Message("{group} take back their consent to a promise of {business}.{said}", _about(body, names))


def _lapsed(body: Json, names: Names) -> Message:
    text = N_("The consent of {group} to a promise of {business} did not come in its term: the bid falls out.")
    return Message(text, _about(body, names))


SENTENCES: dict[str, Callable[[Json, Names], Message]] = {
    "BidPlaced": _placed,
    "BidRaised": _raised,
    "BidCountersigned": _countersigned,
    "SignatureLapsed": _unsigned,
    "BidSealed": _sealed,
    "BidRevealed": _revealed,
    "BidWithdrawn": _withdrawn,
    "BaselineSeen": _seen,
    "ChangeConfirmed": _confirmed,
    "BidsRanked": _ranked,
    "BallotCounted": _ballot,
    "JurorDeclared": _juror,
    "BidScored": _scored,
    "OfferStands": _stands,
    "OfferEnded": _ended,
    "ConsentAsked": _asked_consent,
    "ConsentGiven": _agree,
    "ConsentRefused": _disagree,
    "ConsentWithdrawn": _take_back,
    "ConsentLapsed": _lapsed,
}
