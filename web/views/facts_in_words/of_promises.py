"""What became of promises, in sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from core.errors import Message
from core.i18n import N_
from core.wire import Json, money
from web.views.facts_in_words.names import Names

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


REDACTORS = {
    "business": N_("The business"),
    "organizer": N_("An organizer"),
    "monitor": N_("The monitor"),
    "affected": N_("The people whom it affects"),
}
"""By whom something was taken out."""


def _redacted(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"promise": names.promise(body["obligation"]), "who": names.say(REDACTORS[body["by"]])}
    if not body["parts"]:
        return Message("{who} lets only those whom the agreement names open a document on {promise}", params)
    return Message("{who} blackened parts of a photo ({parts}) on {promise}", {**params, "parts": body["parts"]})


def _taken_out(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"promise": names.promise(body["obligation"]), "who": names.say(REDACTORS[body["by"]])}
    return Message("{who} took words out of a note ({parts}) on {promise}", {**params, "parts": body["parts"]})


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
    "ObligationArose": _arose,
    "ObligationRevised": _revised,
    "EvidenceFiled": _evidence,
    "FileRedacted": _redacted,
    "NoteRedacted": _taken_out,
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
