"""Each notable fact in words: a subject, a sentence, a stamp, and what its link is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from campaigns.rules import MATERIAL
from core.errors import Message
from core.facts import Recorded
from core.i18n import N_
from core.money import total
from core.wire import Json, money
from notifications.digest.sources import Promise, Source

RESULT = "TallyFinalized"
"""The fact that supporters are told in a mail of their own, and others in their digests."""
VERDICT, STEP = 5, 1
"""The weights of a verdict and of a mere step on the way: they order subjects, heaviest first."""


@dataclass(frozen=True)
class Told:
    """One piece of news in words, between VERDICT and STEP in weight. Of one ``topic`` only the latest is told."""

    headline: Message
    sentence: Message
    ask: Message
    weight: int
    topic: str = ""
    stamp: Message | None = None
    look: str = ""
    promise: Promise | None = None


def tell(fact: Recorded, source: Source) -> Told | None:
    """A fact in words, or None where it is no news to a follower."""
    if fact.kind in _OF_PROMISES:
        promise = source.promises.get(str(fact.body.get("obligation")))
        told = _OF_PROMISES[fact.kind](fact.body, promise) if promise else None
        return told and replace(told, topic=f"{fact.body['obligation']}{told.topic}", promise=promise)
    return _OF_LIFE[fact.kind](fact.body, source) if fact.kind in _OF_LIFE else None


def _about(promise: Promise) -> dict[str, object]:
    return {"business": promise.business, "matter": promise.matter, "doing": promise.doing}


_SEE = Message("See the promise and what was filed")
_RECORD = Message("See the record")
_CAMPAIGN = Message("See the campaign")

VERDICTS: dict[str, tuple[Message, Message, str]] = {
    "kept": (Message("Kept"), Message("Kept: {doing}"), "kept"),
    "kept_late": (Message("Kept late"), Message("Kept late: {doing}"), "kept"),
    "partly_kept": (Message("Partly kept"), Message("Partly kept: {business}, {matter}"), "part-kept"),
    "substituted": (Message("Substituted"), Message("Substituted: {business}, {matter}"), "part-kept"),
    "broken": (Message("Broken"), Message("Broken: {business}, {matter}"), "broken"),
    "disputed": (Message("Disputed"), Message("Disputed: {business}, {matter}"), "disputed"),
    "unknown": (Message("Unknown"), Message("Unknown: {business}, {matter}"), "unknown"),
}
"""Each verdict as a stamp, as a subject, and how the stamp looks."""


def _verdict(body: Json, promise: Promise) -> Told:
    stamp, headline, look = VERDICTS[body["verdict"]]
    independent = body["seen_by"] == "independent"
    if look == "kept" and not independent:
        stamp, look = Message("Kept, by the parties' own account"), "own"
    sentence = Message("Independent eyes saw it.") if independent else Message("This is the parties' own account.")
    if body["verdict"] == "partly_kept" and body["value"] is not None and body["of"] is not None:
        count: dict[str, object] = {"value": Decimal(body["value"]), "of": Decimal(body["of"])}
        stamp = Message("Partly kept, {value} of {of}", count)
        headline = Message("Partly kept, {value} of {of}: {business}, {matter}", count)
    headline = Message(headline.text, {**headline.params, **_about(promise)})
    return Told(headline, sentence, Message("See photos and record"), VERDICT, stamp=stamp, look=look)


def _late(body: Json, promise: Promise) -> Told:
    due = {"due": date.fromisoformat(body["due_on"])}
    return Told(
        headline=Message("Late: {business}, {matter}", _about(promise)),
        sentence=Message("This was due on {due}. Nothing has been filed that keeps it.", due),
        ask=Message("Ask what is going on"),
        weight=4,
        stamp=Message("Late"),
        look="late",
    )


def _very_late(body: Json, promise: Promise) -> Told:
    due = {"due": date.fromisoformat(body["due_on"])}
    sentence = Message("This was due on {due}, a month and more ago. Nothing has been filed that keeps it.", due)
    return replace(_late(body, promise), sentence=sentence, stamp=Message("Very late"))


def _unknown(body: Json, promise: Promise) -> Told:
    return Told(
        headline=Message("Unknown: {business}, {matter}", _about(promise)),
        sentence=Message("The time for a verdict has passed in silence. Unknown is neither kept nor broken."),
        ask=_SEE,
        weight=4,
        stamp=Message("Unknown"),
        look="unknown",
    )


EVIDENCE: dict[tuple[bool, str], str] = {
    (False, ""): N_("The business has shown what was done. Nobody else has looked yet."),
    (False, "photo"): N_("The business has shown what was done, with a photo. Nobody else has looked yet."),
    (False, "photos"): N_("The business has shown what was done, with {photos} photos. Nobody else has looked yet."),
    (False, "papers"): N_("The business has shown what was done, with {papers} files. Nobody else has looked yet."),
    (True, ""): N_("The business counts {value} so far. Nobody else has looked yet."),
    (True, "photo"): N_("The business counts {value} so far, with a photo. Nobody else has looked yet."),
    (True, "photos"): N_("The business counts {value} so far, with {photos} photos. Nobody else has looked yet."),
    (True, "papers"): N_("The business counts {value} so far, with {papers} files. Nobody else has looked yet."),
}
"""By whether there is a number, and what lies beside it."""


def _papers(body: Json) -> dict[str, object]:
    """How many photos and how many files in all came with what was filed."""
    forms = [file["form"] for file in body.get("files", [])]
    return {"photos": forms.count("photo"), "papers": len(forms)}


def _manner(told: dict[str, object]) -> str:
    photos, papers = told["photos"], told["papers"]
    if not papers:
        return ""
    return "papers" if photos != papers else "photo" if photos == 1 else "photos"


def _evidence(body: Json, promise: Promise) -> Told:
    told: dict[str, object] = {"value": body["value"] and Decimal(body["value"])} | _papers(body)
    sentence = Message(EVIDENCE[body["value"] is not None, _manner(told)], told)
    headline = Message("In progress: {business}, {matter}", _about(promise))
    return Told(headline, sentence, _SEE, STEP, stamp=Message("In progress"), look="progress")


def _check(body: Json, promise: Promise) -> Told:
    sentence = Message("Somebody went to look and counted {value}.", {"value": Decimal(body["value"])})
    headline = Message("Looked at: {business}, {matter}", _about(promise))
    return Told(headline, sentence, _SEE, STEP, stamp=Message("In progress"), look="progress")


def _extension(body: Json, promise: Promise) -> Told:
    dates = {"due": date.fromisoformat(body["due_on"]), "first": date.fromisoformat(body["first_due_on"])}
    headline = Message("More time: {business}, {matter}", _about(promise))
    return Told(headline, Message("Now due on {due}. The first date, {first}, stays visible.", dates), _SEE, 3)


OUTCOMES: dict[str, tuple[Message, Message, str]] = {
    "still_kept": (Message("Still kept"), Message("Still kept: {doing}"), "kept"),
    "lapsed": (Message("Lapsed"), Message("Lapsed: {business}, {matter}"), "broken"),
    "unknown": (Message("Unknown"), Message("Unknown: {business}, {matter}"), "unknown"),
}
"""What a re-check found as a stamp, as a subject, and how the stamp looks."""


def _recheck(body: Json, promise: Promise) -> Told:
    stamp, headline, look = OUTCOMES[body["outcome"]]
    months: dict[str, object] = {"months": body["months"]}
    sentence = Message("Looked at again after {months} months, by independent eyes.", months)
    if body["seen_by"] != "independent":
        sentence = Message("Looked at again after {months} months. This is the parties' own account.", months)
        look = "own" if look == "kept" else look
    headline = Message(headline.text, _about(promise))
    return Told(headline, sentence, _SEE, VERDICT, "recheck", stamp=stamp, look=look)


def _asked_again(body: Json, promise: Promise) -> Told:
    headline = Message("Still kept? {business}, {matter}", _about(promise))
    sentence = Message(
        "After {months} months it is looked at again. Were you there lately?", {"months": body["months"]}
    )
    return Told(headline, sentence, Message("Tell what you saw"), 2, "recheck")


def _unanswered(body: Json, promise: Promise) -> Told:
    headline = Message("Unknown: {business}, {matter}", _about(promise))
    sentence = Message("Nobody said after {months} months whether it is still kept.", {"months": body["months"]})
    return Told(headline, sentence, _SEE, 3, "recheck", stamp=Message("Unknown"), look="unknown")


def _reply(body: Json, promise: Promise) -> Told:
    if body["dispute"]:
        headline = Message("Disputed: {business}, {matter}", _about(promise))
        sentence = Message("The business disputes the verdict. The checker looks again.")
        return Told(headline, sentence, _SEE, 4, stamp=Message("Disputed"), look="disputed")
    headline = Message("{business} replies", _about(promise))
    sentence = Message("The business has replied; its words stand beside the verdict.")
    return Told(headline, sentence, _SEE, 2, topic="reply")


def _circle(body: Json, promise: Promise) -> Told:
    sentence = Message("Both sides are to talk, led by somebody whom they accept. What comes of it is public.")
    return Told(Message("A circle: {business}, {matter}", _about(promise)), sentence, _SEE, 3, "circle")


CIRCLES = {
    "remedy": Message("All sides accept what it came to. That is a promise of its own now."),
    "none": Message("It was held and came to nothing that all accept."),
    "lapsed": Message("It came to nothing within its term."),
}


def _circle_ended(body: Json, promise: Promise) -> Told:
    headline = Message("After the circle: {business}, {matter}", _about(promise))
    return Told(headline, CIRCLES[body["outcome"]], _SEE, 3, "circle")


_OF_PROMISES: dict[str, Callable[[Json, Promise], Told]] = {
    "VerdictGiven": _verdict,
    "PromiseLate": _late,
    "PromiseVeryLate": _very_late,
    "PromiseUnknown": _unknown,
    "EvidenceFiled": _evidence,
    "SpotCheckFiled": _check,
    "ExtensionGranted": _extension,
    "RecheckOpened": _asked_again,
    "RecheckGiven": _recheck,
    "RecheckUnknown": _unanswered,
    "ReplyGiven": _reply,
    "CircleOpened": _circle,
    "CircleEnded": _circle_ended,
}


def _plainly(weight: int, headline: Message, sentence: Message, ask: Message = _CAMPAIGN) -> Told:
    return Told(headline, sentence, ask, weight)


def _bid(body: Json, source: Source) -> Told:
    business = {"business": source.businesses.get(body["business"], "")}
    sentence = Message("{business} has placed a bid. It can still be raised, never lowered.", business)
    return replace(_plainly(STEP, Message("{business} bids", business), sentence), topic=f"bid:{body['bid']}")


def _awarded(body: Json, source: Source) -> Told:
    names = [source.businesses.get(source.bids.get(bid, ""), "") for bid in body["winners"]]
    chosen = {"business": ", ".join(name for name in names if name) or source.title}
    sentence = Message("{business} was chosen. The ranking and its steps are public.", chosen)
    return _plainly(3, Message("Chosen: {business}", chosen), sentence)


def _replaced(body: Json, source: Source) -> Told:
    next_ = {"business": source.businesses.get(source.bids.get(body["by"] or "", ""), "")}
    sentence = Message("The winner has dropped out. Nobody is left to follow.")
    if body.get("waits_for"):
        sentence = Message("The winner has dropped out; the next one waits for the consent of the people it affects.")
    if next_["business"]:
        sentence = Message("The winner has dropped out; {business} follows.", next_)
    return _plainly(3, Message("Another winner: {title}", {"title": source.title}), sentence)


def _pledging(body: Json, source: Source) -> Told:
    sentence = Message("Both sides have signed. You can pledge now; no money is taken.")
    return _plainly(2, Message("Pledges are open: {title}", {"title": source.title}), sentence)


def _terms(body: Json, source: Source) -> Told | None:
    if MATERIAL.isdisjoint(body["changed"]):
        return None
    sentence = Message("What was agreed on for the day has changed. Please look at it again.")
    return _plainly(3, Message("Changed: {title}", {"title": source.title}), sentence)


def _pledged(body: Json) -> dict[str, object]:
    return {"people": body["people"], "amount": money(body["amount"])}


def _tipped(body: Json, source: Source) -> Told:
    sentence = Message("The day takes place. Confirmed: {people} people and {amount}.", _pledged(body))
    return _plainly(3, Message("It is on: {title}", {"title": source.title}), sentence)


def _missed(body: Json, source: Source) -> Told:
    sentence = Message("Confirmed: {people} people and {amount}. That is less than was asked for.", _pledged(body))
    return _plainly(3, Message("Not enough pledges: {title}", {"title": source.title}), sentence)


def _postponed(body: Json, source: Source) -> Told:
    opens = min(datetime.fromisoformat(window["opens_at"]) for window in body["windows"])
    said = {"opens": opens, "reason": body["reason"]}
    sentence = Message("It is now on {opens}. {reason}", said)
    return _plainly(3, Message("A new date: {title}", {"title": source.title}), sentence)


def _result(body: Json, source: Source) -> Told:
    headline = Message("The result: {title}", {"title": source.title})
    return replace(_plainly(3, headline, came_in(body["tally"]), Message("See the formula")), topic="result")


def _corrected(body: Json, source: Source) -> Told:
    headline = Message("Corrected: {title}", {"title": source.title})
    sentence = Message("{result} The first figure stays in the record.", {"result": came_in(body["tally"])})
    return replace(_plainly(3, headline, sentence, _RECORD), topic="result")


def came_in(tally: Json) -> Message:
    """A final tally in a sentence: what came in, and what is owed for it."""
    takings = money((tally["till"] or {}).get("takings"))
    if takings is None:
        return Message("What came in is not public, or not known.")
    owed = [money(part["amount"]) for part in tally["owed"] or []]
    known = [amount for amount in owed if amount is not None]
    if not known or len(known) < len(owed):
        return Message("{takings} came in.", {"takings": takings})
    return Message("{takings} came in, {owed} is owed.", {"takings": takings, "owed": total(known, takings.currency)})


def _cancelled(body: Json, source: Source) -> Told:
    headline = Message("Cancelled: {title}", {"title": source.title})
    return _plainly(3, headline, Message("It does not take place. {reason}", {"reason": body["reason"]}))


def _done(body: Json, source: Source) -> Told:
    sentence = Message("It ends here.")
    if body["outcome"] == "followed_through":
        sentence = Message("Every promise has been followed to its end.")
    return _plainly(2, Message("Ended: {title}", {"title": source.title}), sentence, _RECORD)


def _adopted(body: Json, source: Source) -> Told:
    sentence = Message("Its organizers had fallen silent. Somebody else looks after it from here on.")
    return replace(
        _plainly(2, Message("Taken up: {title}", {"title": source.title}), sentence, _RECORD), topic="adopted"
    )


def _closed(body: Json, source: Source) -> Told:
    values = {"business": source.businesses.get(body["business"], ""), "reason": body["reason"]}
    sentence = Message(
        "{business} has closed: what it had still to do ends apart from broken promises. {reason}", values
    )
    return replace(
        _plainly(3, Message("Closed: {business}", values), sentence, _RECORD), topic=f"shop:{body['business']}"
    )


def _continued(body: Json, source: Source) -> Told:
    values = {"business": source.businesses.get(body["business"], "")}
    sentence = Message("A new owner takes the promises over, as they were given.")
    told = _plainly(3, Message("{business} goes on", values), sentence, _RECORD)
    return replace(told, topic=f"shop:{body['business']}")


def _visited(body: Json, source: Source) -> Told:
    values = {"business": source.businesses.get(body["business"], "")}
    sentence = Message("What was found, what is asked for and by when is public. The business did not reply in a week.")
    if body["reply"]:
        sentence = Message("What was found, what is asked for and by when is public, with the reply of the business.")
    told = _plainly(3, Message("A monitor was at {business}", values), sentence, _RECORD)
    return replace(told, topic=f"report:{body['report']}")


_OF_LIFE: dict[str, Callable[[Json, Source], Told | None]] = {
    "BidPlaced": _bid,
    "BidsAwarded": _awarded,
    "WinnerReplaced": _replaced,
    "PledgingOpened": _pledging,
    "TermsChanged": _terms,
    "CampaignTipped": _tipped,
    "CampaignMissed": _missed,
    "MobPostponed": _postponed,
    RESULT: _result,
    "FigureCorrected": _corrected,
    "CampaignCancelled": _cancelled,
    "CampaignDone": _done,
    "CampaignAdopted": _adopted,
    "ReportPublished": _visited,
    "BusinessClosed": _closed,
    "PromisesAdopted": _continued,
}

NOTABLE = frozenset(_OF_LIFE) | frozenset(_OF_PROMISES)
"""The kinds of facts that are news to a follower."""
