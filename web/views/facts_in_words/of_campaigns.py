"""The life of a campaign, in sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from core.errors import Message
from core.i18n import N_
from core.money import total
from core.wire import Json, money
from web.views.facts_in_words.names import Names

TERMS = {
    "title": N_("the title"),
    "story": N_("the story"),
    "place": N_("the place"),
    "timezone": N_("the time zone"),
    "region": N_("whose public holidays count"),
    "currency": N_("the currency"),
    "language": N_("the language"),
    "windows": N_("the day and hours"),
    "disclosure": N_("income and ties"),
    "co_hosts": N_("the co-hosts"),
    "goal": N_("the goal"),
    "go_ahead": N_("what is needed for the day to take place"),
    "slots": N_("the arrival times"),
    "pledging": N_("when pledges are taken"),
    "rechecks": N_("when kept promises are asked about again"),
    "bidding": N_("the bidding"),
    "business": N_("the business"),
}
RULES = {
    "highest_share": N_("By the highest comparable share"),
    "jury": N_("By the jury’s scores"),
    "vote": N_("By the supporters’ vote"),
    "organizer": N_("By the organizers’ choice"),
    "named": N_("The business was named beforehand"),
}
FIGURES = {
    "takings": N_("takings"),
    "tax": N_("tax"),
    "cost": N_("cost of goods"),
    "units": N_("units sold"),
    "transactions": N_("receipts"),
    "customers": N_("customers"),
    "baseline": N_("ordinary takings"),
}


def _opened(body: Json, names: Names) -> Message:
    if body["terms"]["bidding"]:
        closes = datetime.fromisoformat(body["terms"]["bidding"]["closes_at"])
        return Message("The campaign is public. Businesses can bid until {closes}.", {"closes": closes})
    business = (body["terms"]["business"] or {}).get("name", "")
    return Message("The campaign is public. {business} is asked for its promise.", {"business": business})


def _closed(body: Json, names: Names) -> Message:
    return Message("Bidding closed. Bids: {bids}.", {"bids": body["bids"]})


def _extended(body: Json, names: Names) -> Message:
    closes = datetime.fromisoformat(body["closes_at"])
    return Message("No valid bid came. Bidding was extended, once, until {closes}.", {"closes": closes})


def _moved(body: Json, names: Names) -> Message:
    closes = datetime.fromisoformat(body["closes_at"])
    return Message("That bid came in the last minutes: bidding now closes on {closes}.", {"closes": closes})


def _named(body: Json, names: Names) -> Message:
    return Message("No valid bid came. The organizers named one business: {business}.", {"business": body["name"]})


def _awarded(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"business": names.bidders(body["winners"]), "rule": names.say(RULES[body["rule"]])}
    if body["reason"]:
        return Message("Chosen: {business}. {rule}. The reason: {reason}", {**params, "reason": body["reason"]})
    return Message("Chosen: {business}. {rule}.", params)


def _replaced(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"gone": names.bidder(body["bid"]), "next": names.bidder(body["by"])}
    if body["by"]:
        return Message("{gone} fell out; the runner-up follows: {next}.", params)
    if waits := body.get("waits_for"):
        text = N_("{gone} fell out. {next} follows once the people whom it affects agree; it has a term of its own.")
        return Message(text, {**params, "next": names.bidder(waits)})
    return Message("{gone} fell out, and nobody is left to follow.", params)


def _agreed(body: Json, names: Names) -> Message:
    return Message("Both sides have accepted the agreement with {business}.", {"business": names.bidders(body["bids"])})


def _pledging(body: Json, names: Names) -> Message:
    return Message("Pledges are taken from here on.")


def _terms(body: Json, names: Names) -> Message:
    changed = ", ".join(names.say(TERMS.get(name, name)) for name in body["changed"])
    return Message("Changed: {terms}. The earlier terms stay in this record.", {"terms": changed})


def _pledged(body: Json, names: Names) -> dict[str, object]:
    return {"people": names.people(body["people"]), "amount": money(body["amount"])}


def _tipped(body: Json, names: Names) -> Message:
    if body["kind_of_target"] == "proceed":
        return Message("Both sides go ahead all the same. Confirmed: {people}, {amount}.", _pledged(body, names))
    return Message("The day takes place. Confirmed: {people}, {amount}.", _pledged(body, names))


def _missed(body: Json, names: Names) -> Message:
    return Message("Not enough was pledged. Confirmed: {people}, {amount}.", _pledged(body, names))


def _proceed(body: Json, names: Names) -> Message:
    if body["by"] == "business":
        return Message("The business wants the day all the same.")
    return Message("The organizers want the day all the same.")


def _opens(body: Json, names: Names) -> Message:
    return Message("The doors are open.")


def _closes(body: Json, names: Names) -> Message:
    return Message("The doors are closed. Now the tills are counted.")


def _postponed(body: Json, names: Names) -> Message:
    opens = min(datetime.fromisoformat(window["opens_at"]) for window in body["windows"])
    params: dict[str, object] = {"opens": opens, "reason": body["reason"]}
    return Message("The day was moved. It begins on {opens}. The reason: {reason}", params)


def _final(body: Json, names: Names) -> Message:
    came_in = _came_in(body["tally"])
    if not body["reason"]:
        return Message("The final result, locked: {came_in}", {"came_in": names.written(came_in)})
    params: dict[str, object] = {"came_in": names.written(came_in), "reason": body["reason"]}
    return Message("The final result, locked: {came_in} The reason: {reason}", params)


def _came_in(tally: Json) -> Message:
    takings = money((tally["till"] or {}).get("takings"))
    if takings is None:
        return Message("The till total is unknown, or for the checker only.")
    owed = [money(line["amount"]) for line in tally["owed"] or []]
    known = [amount for amount in owed if amount is not None]
    if not known or len(known) < len(owed):
        return Message("{takings} came in.", {"takings": takings})
    return Message("{takings} came in, {owed} is owed.", {"takings": takings, "owed": total(known, takings.currency)})


def _corrected(body: Json, names: Names) -> Message:
    params: dict[str, object] = {
        "figure": names.say(FIGURES[body["field"]]),
        "window": names.window(body["window"]),
        "was": body["was"] or names.say(N_("unknown")),
        "value": body["value"],
        "reason": body["reason"],
    }
    if body["value"] is None:
        return Message("Corrected for {window}: {figure}, for the checker only. The reason: {reason}", params)
    return Message("Corrected for {window}: {figure}, {was} becomes {value}. The reason: {reason}", params)


def _following(body: Json, names: Names) -> Message:
    return Message("From here on everybody watches that the word is kept.")


def _taken_up(body: Json, names: Names) -> Message:
    if body["by"] == "monitor":
        return Message("The organizers fell silent: the monitor takes the campaign up.")
    return Message("The organizers fell silent: a supporter takes the campaign up.")


def _done(body: Json, names: Names) -> Message:
    ends = {
        "followed_through": Message("Every promise has been followed to its end."),
        "missed": Message("Nobody went ahead in time: the campaign ends here."),
    }
    return ends.get(body["outcome"], Message("The campaign ends here."))


def _cancelled(body: Json, names: Names) -> Message:
    return Message("The campaign was cancelled. The reason: {reason}", {"reason": body["reason"]})


SENTENCES: dict[str, Callable[[Json, Names], Message]] = {
    "CampaignOpened": _opened,
    "BiddingClosed": _closed,
    "BiddingExtended": _extended,
    "ClosingMoved": _moved,
    "BusinessNamed": _named,
    "BidsAwarded": _awarded,
    "WinnerReplaced": _replaced,
    "CampaignAgreed": _agreed,
    "PledgingOpened": _pledging,
    "TermsChanged": _terms,
    "CampaignTipped": _tipped,
    "CampaignMissed": _missed,
    "ProceedAccepted": _proceed,
    "MobOpened": _opens,
    "MobClosed": _closes,
    "MobPostponed": _postponed,
    "TallyFinalized": _final,
    "FigureCorrected": _corrected,
    "FollowingBegan": _following,
    "CampaignAdopted": _taken_up,
    "CampaignDone": _done,
    "CampaignCancelled": _cancelled,
}
