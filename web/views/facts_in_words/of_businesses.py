"""Bids, the choice among them, and what became of promises, in sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
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
OUTCOMES = {
    "still_kept": N_("still kept"),
    "lapsed": N_("lapsed"),
    "unknown": N_("unknown"),
}
"""What a re-check found, within a sentence."""
VERDICTS = {
    "kept": N_("kept"),
    "kept_late": N_("kept late"),
    "partly_kept": N_("partly kept"),
    "substituted": N_("substituted"),
    "broken": N_("broken"),
    "disputed": N_("disputed"),
    "unknown": N_("unknown"),
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


def _arose(body: Json, names: Names) -> Message:
    params: dict[str, object] = {
        "business": names.business(body["business"]),
        "promise": names.promise(body["obligation"]),
        "owed": money(body["owed"]),
    }
    if body["owed"] and body.get("allocation"):
        params["works"] = _paid(body["allocation"], names)
        return Message("From now on this is watched: {business}, {promise} Owed: {owed}. It pays for: {works}.", params)
    if body["owed"]:
        return Message("From now on this is watched: {business}, {promise} Owed: {owed}.", params)
    return Message("From now on this is watched: {business}, {promise}", params)


def _paid(allocation: Json, names: Names) -> str:
    """The works of the list that are paid."""
    paid = [work["name"] for work in allocation["measures"] if work["state"] in {"funded", "topped_up"}]
    return ", ".join(paid) or names.say(N_("none of the works"))


def _revised(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"promise": names.promise(body["obligation"]), "owed": money(body["owed"])}
    if body["owed"] and body.get("allocation"):
        params["works"] = _paid(body["allocation"], names)
        return Message("After a correction {owed} is owed: {promise} It pays for: {works}.", params)
    if body["owed"]:
        return Message("After a correction {owed} is owed: {promise}", params)
    return Message("After a correction the target was computed again: {promise}", params)


def _evidence(body: Json, names: Names) -> Message:
    params: dict[str, object] = {
        "business": names.promiser(body["obligation"]),
        "promise": names.promise(body["obligation"]),
        "note": body["note"],
    }
    if files := body.get("files"):
        params["note"] = f"{body['note']} {_with_files(files, names)}"
    if body["value"] is None:
        return Message("{business} says on {promise} {note}", params)
    if body.get("invoiced_on"):
        invoice = {"value": Decimal(body["value"]), "day": date.fromisoformat(body["invoiced_on"])}
        return Message("{business} files an invoice of {day} over {value} on {promise} {note}", {**params, **invoice})
    return Message("{business} counts {value} on {promise} {note}", {**params, "value": Decimal(body["value"])})


def _with_files(files: list[Json], names: Names) -> str:
    """ "(Files: 2; b94d27b9…)": how many, and the beginnings of their checksums."""
    hashes = ", ".join(f"{file['sha256'][:8]}…" for file in files)
    return names.written(Message("(files: {n}; {hashes})", {"n": len(files), "hashes": hashes}))


LOOKED = {
    "monitor": N_("The monitor"),
    "affected": N_("The people whom it affects"),
    "supporter": N_("A supporter"),
}


def _check(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"promise": names.promise(body["obligation"]), "value": Decimal(body["value"])}
    if body.get("struck"):
        params |= {"who": names.say(LOOKED[body["by"]]), "struck": len(body["struck"])}
        return Message("{who} went to look: {value} of the list are there, {struck} are not: {promise}", params)
    if body["by"] == "monitor":
        return Message("The monitor went to look and counted {value}: {promise}", params)
    if body["by"] == "affected":
        return Message("The people whom it affects went to look and counted {value}: {promise}", params)
    return Message("A supporter went to look and counted {value}: {promise}", params)


def _late(body: Json, names: Names) -> Message:
    params: dict[str, object] = {
        "promise": names.promise(body["obligation"]),
        "due": date.fromisoformat(body["due_on"]),
    }
    return Message("Late. It was due on {due}, and nothing that keeps it was filed: {promise}", params)


def _very_late(body: Json, names: Names) -> Message:
    params: dict[str, object] = {
        "promise": names.promise(body["obligation"]),
        "due": date.fromisoformat(body["due_on"]),
    }
    return Message("Very late. It was due on {due}, a month and more ago, and nothing keeps it: {promise}", params)


def _unknown(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"promise": names.promise(body["obligation"])}
    return Message("The time for a verdict passed in silence. Neither kept nor broken, unknown: {promise}", params)


def _asked(body: Json, names: Names) -> Message:
    params: dict[str, object] = {
        "business": names.promiser(body["obligation"]),
        "promise": names.promise(body["obligation"]),
        "due": date.fromisoformat(body["due_on"]),
        "reason": body["reason"],
    }
    return Message("{business} asks for time until {due}: {promise} The reason: {reason}", params)


def _granted(body: Json, names: Names) -> Message:
    params: dict[str, object] = {
        "promise": names.promise(body["obligation"]),
        "due": date.fromisoformat(body["due_on"]),
        "first": date.fromisoformat(body["first_due_on"]),
    }
    return Message("Given more time, until {due}. The first date, {first}, stays visible: {promise}", params)


def _refused(body: Json, names: Names) -> Message:
    params: dict[str, object] = {
        "promise": names.promise(body["obligation"]),
        "due": date.fromisoformat(body["due_on"]),
    }
    return Message("More time is not granted. It stays due on {due}: {promise}", params)


def _question_lapsed(body: Json, names: Names) -> Message:
    params: dict[str, object] = {
        "promise": names.promise(body["obligation"]),
        "due": date.fromisoformat(body["due_on"]),
    }
    text = N_("Nobody answered the question for more time in its term. It stays due on {due}: {promise}")
    return Message(text, params)


def _verdict(body: Json, names: Names) -> Message:
    params: dict[str, object] = {
        "promise": names.promise(body["obligation"]),
        "verdict": names.say(VERDICTS[body["verdict"]]),
        "reason": body["reason"],
    }
    if body["verdict"] == "partly_kept" and body["value"] is not None and body["of"] is not None:
        counted = {"value": Decimal(body["value"]), "of": Decimal(body["of"])}
        return Message("The verdict: {verdict}, {value} of {of}. {promise} The reason: {reason}", {**params, **counted})
    if body["seen_by"] != "independent":
        return Message("The verdict, by the parties’ own account: {verdict}. {promise} The reason: {reason}", params)
    return Message("The verdict: {verdict}. {promise} The reason: {reason}", params)


def _asked_again(body: Json, names: Names) -> Message:
    params: dict[str, object] = {
        "promise": names.promise(body["obligation"]),
        "months": body["months"],
        "until": datetime.fromisoformat(body["until"]),
    }
    return Message("{months} months after its verdict it is asked again, until {until}: {promise}", params)


def _recheck(body: Json, names: Names) -> Message:
    params: dict[str, object] = {
        "promise": names.promise(body["obligation"]),
        "months": body["months"],
        "outcome": names.say(OUTCOMES[body["outcome"]]),
        "reason": body["reason"],
    }
    if body["seen_by"] != "independent":
        text = N_("After {months} months, by the parties’ own account: {outcome}. {promise} The reason: {reason}")
        return Message(text, params)
    return Message("After {months} months: {outcome}. {promise} The reason: {reason}", params)


def _unanswered(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"promise": names.promise(body["obligation"]), "months": body["months"]}
    return Message("After {months} months nobody said whether it is still kept, so it is unknown: {promise}", params)


def _reply(body: Json, names: Names) -> Message:
    params: dict[str, object] = {
        "business": names.promiser(body["obligation"]),
        "promise": names.promise(body["obligation"]),
        "text": body["text"],
    }
    if body["dispute"]:
        return Message("{business} disputes the verdict on {promise} {text}", params)
    return Message("{business} replies on {promise} {text}", params)


def _shown(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"promise": names.promise(body["obligation"]), "note": body["note"]}
    return Message("What somebody saw, read before it was shown: {note} {promise}", params)


def _closed(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"business": names.business(body["business"]), "reason": body["reason"]}
    return Message("{business} has closed or was sold. Its open promises end, apart from broken ones. {reason}", params)


def _adopted(body: Json, names: Names) -> Message:
    return Message("A new owner of {business} takes its promises over.", {"business": names.business(body["business"])})


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
    "ObligationArose": _arose,
    "ObligationRevised": _revised,
    "EvidenceFiled": _evidence,
    "SpotCheckFiled": _check,
    "PromiseLate": _late,
    "PromiseVeryLate": _very_late,
    "PromiseUnknown": _unknown,
    "ExtensionAsked": _asked,
    "ExtensionGranted": _granted,
    "ExtensionRefused": _refused,
    "ExtensionLapsed": _question_lapsed,
    "VerdictGiven": _verdict,
    "RecheckOpened": _asked_again,
    "RecheckGiven": _recheck,
    "RecheckUnknown": _unanswered,
    "ReplyGiven": _reply,
    "CheckShown": _shown,
    "BusinessClosed": _closed,
    "PromisesAdopted": _adopted,
}
