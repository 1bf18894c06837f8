"""Rules of bidding: what may be offered and how it may be raised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from businesses import commitments
from businesses.commitments import Basis, Commitment, Share
from businesses.converting import Usual, expected
from businesses.values import Baseline, Bid, Confirmed, Offer, Seen
from businesses.words import N_
from campaigns.rules import demand, takes_bids
from campaigns.values import Campaign, State
from core import text
from core.errors import Conflict, refuse, require
from core.money import Money


def check_offer(campaign: Campaign, offer: Offer) -> None:
    """Raise Invalid where an offer breaks the campaign's published rules."""
    require(offer.anyway.strip(), "anyway", "say whether you would do this anyway; it is published")
    check_promises(campaign, offer.commitments)
    if offer.baseline:
        windows = len(campaign.windows)
        for name, fewest in (("takings", 1), ("units", 0)):
            fits = len(getattr(offer.baseline, name)) in {fewest, 1, windows}
            field = f"baseline.{name}"
            require(fits, field, "give one figure, or one for each of the {windows} windows", windows=windows)
    check_answers(campaign, offer)


def check_promises(campaign: Campaign, promises: tuple[Commitment, ...]) -> None:
    """Dates after the day, and the minimum bid; they bind whatever both sides agree on later, too."""
    for n, held in enumerate(promises):
        after = held.counts_from_the_day or held.due_on > campaign.last_day
        words = "the date must lie after the last day, {day}"
        require(after, f"commitments.{n}.due_on", words, day=campaign.last_day.isoformat())
    least = campaign.bidding.minimum_share if campaign.bidding else None
    shares = [n for n, held in enumerate(promises) if isinstance(held, Share)]
    if least is not None and shares:
        field = f"commitments.{shares[0]}.share"
        require(_highest_share(promises) >= least, field, "the minimum bid is {least} percent", least=least)


def check_answers(campaign: Campaign, offer: Offer) -> None:
    """Every question has its answer, and where one is needed it is that one (DOMAIN.md, Money and bids 5)."""
    questions = campaign.bidding.questions if campaign.bidding else ()
    asked, given = len(questions), len(offer.answers)
    require(given >= asked, f"answers.{given}", "answer this question with yes or no")
    require(given == asked, "answers", "there are {asked} questions to answer", asked=asked)
    for n, (question, answer) in enumerate(zip(questions, offer.answers, strict=True)):
        fits = question.needed in {None, answer.answer}
        require(fits, f"answers.{n}", "only who answers {needed} to this can bid", needed=question.needed)


def check_recorded(campaign: Campaign, baseline: Baseline | None, now: datetime) -> None:
    """Raise Invalid for an ordinary day that was recorded after the bid."""
    day = baseline.recorded_on if baseline else None
    require(day is None or day <= local_day(campaign, now), "baseline.recorded_on", "it is recorded before the bid")


def local_day(campaign: Campaign, at: datetime) -> date:
    """The day of an instant where the campaign is."""
    return at.astimezone(ZoneInfo(campaign.timezone or "UTC")).date()


def check_kept(held: Baseline | None, new: Baseline | None) -> None:
    """Raise Invalid where a raise changes an ordinary day: it is recorded once, what it lacked may be added.

    Else a share of the extra could be lowered by a higher ordinary day, and a comparison moved by a better margin.
    """
    if held is None or new is None:
        return
    for name in ("takings", "tax_share", "margin", "units"):
        before, after = getattr(held, name), getattr(new, name)
        same = before in (None, (), after)
        require(same, f"baseline.{name}", "an ordinary day is recorded once; what is missing can be added")
    published = new.hidden and not held.hidden
    require(not published, "baseline.visibility", "what was published stays public")


SEES = (State.BIDDING, State.CHOOSING, State.AGREED, State.PLEDGING, State.TIPPED, State.MOBBING, State.COUNTING)


def see_baseline(campaign: Campaign, bid: Bid, by: str, sum_: Money | None, now: datetime) -> Bid:
    """The checker has seen an ordinary day that is kept from the public, and may confirm what the bid comes to.

    The sum may be lower than what the figures give, never higher. Raises Conflict where there is nothing to see,
    where the sum would come after the closing instant, and Invalid for a sum that the figures do not give.
    """
    demand(campaign, *SEES)
    if bid.offer.baseline is None or not bid.offer.baseline.hidden:
        raise Conflict("This bid keeps no ordinary day from the public")
    if sum_ is not None:
        _check_sum(campaign, bid, sum_, now)
    return replace(bid, seen=Seen(by, local_day(campaign, now), sum_))


def _check_sum(campaign: Campaign, bid: Bid, sum_: Money, now: datetime) -> None:
    if not (campaign.bidding and takes_bids(campaign, now)):
        raise Conflict("Bidding has closed: a sum is confirmed before the ranking")
    estimate = campaign.bidding.estimate
    if estimate is None:
        raise Conflict("This campaign states no crowd estimate, so nothing is converted")
    found = expected(bid.offer.commitments, Usual.of(bid.offer.baseline, len(campaign.windows)), estimate)
    most = found.amount if found else None
    require(most is not None, "expected", "the figures do not give a sum")
    fits = most is not None and Money.zero(sum_.currency) < sum_ <= most
    require(fits, "expected", "the figures give {most} at most", most=most)


def confirm_change(campaign: Campaign, bid: Bid, by: str, note: str, on: date, now: datetime) -> Bid:
    """An organizer or the monitor has seen what a business says it has done, before there is an award."""
    demand(campaign, State.BIDDING, State.CHOOSING)
    if campaign.award is not None:
        raise Conflict("A winner has been named already")
    require(on <= local_day(campaign, now), "seen_on", "the day cannot lie ahead")
    require(len(bid.confirmed) < 20, "note", "at most 20 notes on one bid")
    return replace(bid, confirmed=(*bid.confirmed, Confirmed(by, on, text.clean(note, "note", 600, 1))))


def _highest_share(promises: tuple[Commitment, ...]) -> Decimal:
    """The most they give of one basis, in percent: shares of unlike bases are not added (DOMAIN.md, 2)."""
    by_basis = dict.fromkeys(Basis, Decimal(0))
    for held in promises:
        if isinstance(held, Share):
            by_basis[held.basis] += held.effective
    return max(by_basis.values())


def dated(offer: Offer, last_day: date) -> Offer:
    """The offer with the dates that hold when ``last_day`` is the local day of the last window."""
    return replace(offer, commitments=dated_all(offer.commitments, last_day))


def dated_all(promises: tuple[Commitment, ...], last_day: date) -> tuple[Commitment, ...]:
    """Promises with the dates that hold when ``last_day`` is the local day of the last window."""
    return tuple(commitments.dated(held, last_day) for held in promises)


def moved(bid: Bid, last_day: date) -> Bid:
    """A bid as it was made and agreed on, with the dates that hold when the day is another."""
    return replace(bid, offer=dated(bid.offer, last_day), amended=bid.amended and dated_all(bid.amended, last_day))


def raise_bid(bid: Bid, offer: Offer, now: datetime) -> Bid:
    """Replace a bid's commitments by at least equal ones. Raises Invalid naming the first that was lowered."""
    paired = match(bid.offer.commitments, offer.commitments)
    raised = replace(unsaid_stays(bid.offer, offer), commitments=paired)
    return replace(bid, offer=raised, raised_at=now, seen=None)


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
        offered = _with_unsaid_of(old, new[at])
        field = old.lowered_field(offered)
        if field:
            _refuse(at, field)
        result[at] = replace(offered, id=old.id)
    return tuple(result)


def _with_unsaid_of(held: Commitment, new: Commitment) -> Commitment:
    """A raise need not repeat the list of works, with what was fixed beforehand, nor page and topic."""
    listed = new if new.measures or not held.measures else replace(new, **vars(held.plan))
    return replace(listed, watch=listed.watch or held.watch, topic=listed.topic or held.topic)


REFUSALS = {
    "due_on": N_("a date cannot be moved later"),
    "matched_by": N_("who matches it stays as named; the name can only be written out further"),
    "affected_group": N_("the people whom it affects stay named; the name can only be written out further"),
    "watch": N_("the page that a program looks at, and what for, stay as named; a number can only become stricter"),
    "topic": N_("what it is about stays as named"),
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
