"""Rules of bidding: what may be offered and how it may be raised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from businesses import commitments
from businesses.commitments import Basis, Commitment, Share
from businesses.values import Bid, Offer
from businesses.words import N_
from campaigns.values import Campaign
from core.errors import refuse, require


def check_offer(campaign: Campaign, offer: Offer) -> None:
    """Raise Invalid where an offer breaks the campaign's published rules."""
    require(offer.anyway.strip(), "anyway", "say whether you would do this anyway; it is published")
    for n, held in enumerate(offer.commitments):
        after = held.due_weeks is not None or held.due_on > campaign.last_day
        words = "the date must lie after the last day, {day}"
        require(after, f"commitments.{n}.due_on", words, day=campaign.last_day.isoformat())
    least = campaign.bidding.minimum_share if campaign.bidding else None
    shares = [(n, c) for n, c in enumerate(offer.commitments) if isinstance(c, Share)]
    if least is not None and shares:
        field = f"commitments.{shares[0][0]}.share"
        require(_highest_share(offer) >= least, field, "the minimum bid is {least} percent", least=least)
    if offer.baseline:
        windows = len(campaign.windows)
        fits = len(offer.baseline.takings) in {1, windows}
        require(fits, "baseline.takings", "give one figure, or one for each of the {windows} windows", windows=windows)
    check_answers(campaign, offer)


def check_answers(campaign: Campaign, offer: Offer) -> None:
    """Every question has its answer, and where one is needed it is that one (DOMAIN.md, Money and bids 5)."""
    questions = campaign.bidding.questions if campaign.bidding else ()
    asked, given = len(questions), len(offer.answers)
    require(given >= asked, f"answers.{given}", "answer this question with yes or no")
    require(given == asked, "answers", "there are {asked} questions to answer", asked=asked)
    for n, (question, answer) in enumerate(zip(questions, offer.answers, strict=True)):
        fits = question.needed in {None, answer.answer}
        require(fits, f"answers.{n}", "only who answers {needed} to this can bid", needed=question.needed)


def _highest_share(offer: Offer) -> Decimal:
    """The most an offer gives of one basis, in percent: shares of unlike bases are not added (DOMAIN.md, 2)."""
    by_basis = dict.fromkeys(Basis, Decimal(0))
    for held in offer.commitments:
        if isinstance(held, Share):
            by_basis[held.basis] += held.effective
    return max(by_basis.values())


def dated(offer: Offer, last_day: date) -> Offer:
    """The offer with the dates that hold when ``last_day`` is the local day of the last window."""
    return replace(offer, commitments=tuple(commitments.dated(held, last_day) for held in offer.commitments))


def raise_bid(bid: Bid, offer: Offer, now: datetime) -> Bid:
    """Replace a bid's commitments by at least equal ones. Raises Invalid naming the first that was lowered."""
    paired = match(bid.offer.commitments, offer.commitments)
    return replace(bid, offer=replace(unsaid_stays(bid.offer, offer), commitments=paired), raised_at=now)


def unsaid_stays(held: Offer, offer: Offer) -> Offer:
    """A raise need not repeat the baseline, the answers and the venue; how a bid was written down stays with it."""
    return replace(
        offer,
        baseline=offer.baseline or held.baseline,
        answers=offer.answers or held.answers,
        venue=offer.venue or held.venue,
        entered=offer.entered or held.entered,
    )


def has_risen(held: Bid | None, bid: Bid) -> bool:
    """Whether a bid is new or promises more than it did: saying the same again is no answer to anybody."""
    return held is None or not held.stands or held.offer.commitments != bid.offer.commitments


def match(held: tuple[Commitment, ...], new: tuple[Commitment, ...]) -> tuple[Commitment, ...]:
    """Pair by id, else by position; none removed, none lowered; new ones may be added. Keeps the held ids."""
    known = {c.id for c in held}
    by_id = {c.id: n for n, c in enumerate(new) if c.id in known}
    result = list(new)
    for position, old in enumerate(held):
        at = by_id.get(old.id, position)
        missing = at >= len(new) or (new[at].id in known and new[at].id != old.id)
        require(not missing, f"commitments.{position}", "a promise made cannot be taken out of the bid")
        offered = _with_list_of(old, new[at])
        field = old.lowered_field(offered)
        if field:
            _refuse(at, field)
        result[at] = replace(offered, id=old.id)
    return tuple(result)


def _with_list_of(held: Commitment, new: Commitment) -> Commitment:
    """A raise need not repeat the list of works, with who priced it and what was fixed for a shortfall."""
    return new if new.measures or not held.measures else replace(new, **vars(held.plan))


REFUSALS = {
    "due_on": N_("a date cannot be moved later"),
    "matched_by": N_("who matches it stays as named; the name can only be written out further"),
    "affected_group": N_("the people whom it affects stay named; the name can only be written out further"),
    "measures": N_("a work on the list stays on it; further ones come at its end"),
    "name": N_("the works stay in their order; further ones come at the end of the list"),
    "price": N_("a price on the list can fall, not rise"),
    "shortfall": N_("the rule for a shortfall is fixed; the business can only come to pay what is missing"),
    "fallback": N_("the fund was named with the bid and stays"),
}


def _refuse(at: int, field: str) -> None:
    if field == "kind":
        refuse(f"commitments.{at}", "what is promised is fixed; only how much may rise")
    refuse(f"commitments.{at}.{field}", REFUSALS.get(field.rpartition(".")[2], N_("a bid can be raised, not lowered")))
