"""The life of a campaign: every change of state is one function here (DESIGN.md, States).

The functions take the campaign and ``now`` and give the changed campaign and the facts; none touches anything outside.
``TRANSITIONS`` is gathered from their decorators; the table in the docs is generated from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from campaigns import facts, gaps
from campaigns.keeping import UNSAID
from campaigns.values import (
    Award,
    Campaign,
    Decided,
    GoAheadKind,
    NamedBusiness,
    State,
    Window,
    Winner,
)
from core.errors import Conflict, require
from core.facts import Fact
from core.money import Money
from core.wire import encode

NO_BID_TERM = timedelta(days=14)
AGREEMENT_TERM = timedelta(days=14)
CHOICE_TERM = timedelta(days=7)
ORGANIZER_CHOICE_TERM = timedelta(days=14)
CONSENT_TERM = timedelta(days=14)
PROCEED_TERM = timedelta(days=7)
TILL_TERM = timedelta(days=7)

Change = tuple[Campaign, list[Fact]]


@dataclass(frozen=True)
class Transition:
    """One row of the table of states."""

    name: str
    sources: tuple[State, ...]
    targets: tuple[State, ...]
    by: str


TRANSITIONS: list[Transition] = []
Func = TypeVar("Func", bound=Callable[..., object])
BEFORE_DECISION = (State.BIDDING, State.CHOOSING, State.AGREED, State.PLEDGING)
BEFORE_FINAL = tuple(s for s in State if s not in {State.FINAL, State.FOLLOWING, State.DONE, State.CANCELLED})


def transition(sources: tuple[State, ...], targets: tuple[State, ...], by: str) -> Callable[[Func], Func]:
    def note(function: Func) -> Func:
        TRANSITIONS.append(Transition(function.__name__, sources, targets, by))
        return function

    return note


def demand(campaign: Campaign, *states: State) -> None:
    """Raise Conflict unless the campaign is in one of ``states``; says which it is in and what would allow it."""
    if campaign.state not in states:
        allowed = ", ".join(states)
        raise Conflict(
            "The campaign is {state}; this is possible while it is {allowed}", state=campaign.state, allowed=allowed
        )


def enter(campaign: Campaign, state: State, now: datetime) -> Campaign:
    return replace(campaign, state=state, since=now, waiting="", wait_until=None)


def wait_for(campaign: Campaign, what: str, until: datetime) -> Campaign:
    """While choosing: for what (``bid``, ``choice``, ``tie``, ``consent``), and until when: then waits.py's exit."""
    return replace(campaign, waiting=what, wait_until=until)


@transition((State.DRAFT,), (State.BIDDING, State.CHOOSING), "open, with the checklist complete")
def open_(campaign: Campaign, team: Sequence[Mapping[str, object]], now: datetime) -> Change:
    """Go public. Raises Conflict outside draft and Invalid naming every gap."""
    demand(campaign, State.DRAFT)
    gaps.demand_none(campaign, now)
    state = State.BIDDING if campaign.bidding else State.CHOOSING
    opened = replace(enter(campaign, state, now), opened_at=now)
    if opened.business:
        opened = wait_for(opened, "bid", now + NO_BID_TERM)
    return opened, [facts.CampaignOpened(terms(opened), [encode(member) for member in team])]


@transition((State.BIDDING,), (State.CHOOSING,), "the closing instant")
def close_bidding(campaign: Campaign, bids: int, now: datetime) -> Change:
    demand(campaign, State.BIDDING)
    return enter(campaign, State.CHOOSING, campaign.bids_close_at or now), [facts.BiddingClosed(bids)]


def move_closing(campaign: Campaign, now: datetime) -> Change:
    """A bid in the last minutes moves the closing, so that nobody wins by being the last to click.

    By ``extend_by`` minutes each time, ``extend_at_most`` in all, never into the day. Sealed bids answer nobody.
    """
    closing, bidding = campaign.bids_close_at, campaign.bidding
    if campaign.state != State.BIDDING or bidding is None or closing is None:
        return campaign, []
    step = timedelta(minutes=bidding.extend_by)
    latest = min(bidding.latest_closing or closing, campaign.first_opening or closing)
    moved = min(closing + step, latest)
    if now < closing - step or moved <= closing:
        return campaign, []
    return replace(campaign, moved_to=moved), [facts.ClosingMoved(moved)]


@transition((State.CHOOSING,), (State.BIDDING,), "no valid bid: a new closing date, once")
def extend_bidding(campaign: Campaign, closes_at: datetime, now: datetime) -> Change:
    demand(campaign, State.CHOOSING)
    _demand_no_award(campaign)
    if campaign.extended or campaign.bidding is None:
        raise Conflict("Bidding can be extended once; name one business, or cancel with a public note")
    bidding = replace(campaign.bidding, closes_at=closes_at)
    anew = replace(campaign, bidding=bidding, moved_to=None, extended=True, fallen=frozenset())
    extended = enter(anew, State.BIDDING, now)
    gaps.demand_none(extended, now)
    return extended, [facts.BiddingExtended(closes_at)]


@transition((State.CHOOSING,), (State.CHOOSING,), "no valid bid: one business is named")
def name_business(campaign: Campaign, business: NamedBusiness, now: datetime) -> Change:
    demand(campaign, State.CHOOSING)
    _demand_no_award(campaign)
    named = enter(replace(campaign, business=business, bidding=None, moved_to=None), State.CHOOSING, now)
    named = wait_for(named, "bid", now + NO_BID_TERM)
    return named, [facts.BusinessNamed(business.name)]


@transition((State.CHOOSING,), (State.CHOOSING,), "rule, jury, vote or organizer: the winner is named")
def award(campaign: Campaign, winners: list[Winner], runners_up: list[Winner], reason: str, now: datetime) -> Change:
    """Name the winners. ``runners_up`` follow in this order if one falls out."""
    demand(campaign, State.CHOOSING)
    _demand_no_award(campaign)
    require(winners, "bids", "name at least one bid")
    most = campaign.bidding.winners if campaign.bidding else 1
    require(len(winners) <= most, "bids", "the rule allows {most} winners", most=most)
    require(len({w.bid for w in winners}) == len(winners), "bids", "each bid can win once")
    chosen = Award(tuple(winners), tuple(runners_up), now, reason)
    order = [w.bid for w in (*winners, *runners_up)]
    rule = campaign.bidding.rule if campaign.bidding else "named"
    return replace(campaign, award=chosen), [facts.BidsAwarded([w.bid for w in winners], order, rule, reason)]


REPLACEABLE = (State.CHOOSING, State.AGREED, State.PLEDGING, State.TIPPED)
"""Until the doors open another winner can follow."""


@transition(
    REPLACEABLE,
    (State.CHOOSING, State.AGREED),
    "a winner withdraws or does not accept in time: the runner-up; with none, the other winners alone",
)
def replace_winner(campaign: Campaign, bid: str, reason: str, now: datetime, *, hold: bool = False) -> Change:
    """The runner-up takes the place of ``bid``; with none left the award is void, as if there had been no bid.

    ``hold``: nobody else has won and the next one lacks something: the choice is open again until that is there.
    """
    demand(campaign, *REPLACEABLE)
    held = campaign.award
    if held is None or bid not in {w.bid for w in held.winners}:
        raise Conflict("This bid has not won")
    following = held.runners_up[:1]
    winners = tuple(w for w in held.winners if w.bid != bid) + (() if hold else following)
    left = Award(winners, held.runners_up[1:], now, held.reason, held.agreed - {bid}) if winners else None
    version, fallen = campaign.terms_version + 1, campaign.fallen | {bid}
    changed = replace(campaign, award=left, decided=None, proceed=frozenset(), terms_version=version, fallen=fallen)
    next_ = following[0].bid if following else None
    made: list[Fact] = [facts.WinnerReplaced(bid, None if hold else next_, reason, next_ if hold else None)]
    if left is None or not _all_agreed(left):
        return enter(changed, State.CHOOSING, now), made
    return enter(changed, State.AGREED, now), [*made, facts.CampaignAgreed([w.bid for w in left.winners])]


def _all_agreed(award_: Award) -> bool:
    return award_.agreed >= {w.bid for w in award_.winners}


def forget_runner_up(campaign: Campaign, bid: str) -> Campaign:
    """A bid that was withdrawn follows nobody any more."""
    if campaign.award is None:
        return campaign
    waiting = tuple(w for w in campaign.award.runners_up if w.bid != bid)
    return replace(campaign, award=replace(campaign.award, runners_up=waiting))


@transition((State.CHOOSING,), (State.AGREED,), "both sides have accepted every winner's agreement")
def agree(campaign: Campaign, bid: str, now: datetime) -> Change:
    """Note that both sides accepted ``bid``'s agreement; with the last winner's the campaign is agreed."""
    demand(campaign, State.CHOOSING)
    if campaign.award is None:
        raise Conflict("There is no award yet, so there is nothing to agree on")
    if bid not in {w.bid for w in campaign.winners}:
        raise Conflict("This bid has not won")
    award_ = replace(campaign.award, agreed=campaign.award.agreed | {bid})
    changed = replace(campaign, award=award_)
    if not _all_agreed(award_):
        return changed, []
    return enter(changed, State.AGREED, now), [facts.CampaignAgreed([w.bid for w in award_.winners])]


@transition((State.AGREED,), (State.PLEDGING,), "at once, or at pledging.opens_at")
def open_pledging(campaign: Campaign, now: datetime) -> Change:
    demand(campaign, State.AGREED)
    return enter(campaign, State.PLEDGING, now), [facts.PledgingOpened(campaign.terms_version)]


@transition(
    (State.PLEDGING,), (State.TIPPED, State.MISSED), "go_ahead.at, on confirmed pledges; no condition always tips"
)
def decide(campaign: Campaign, people: int, amount: Money, now: datetime) -> Change:
    """Tipped or missed, on the sums of the pledges confirmed by the instant. Source: DOMAIN.md, 8."""
    demand(campaign, State.PLEDGING)
    at = min(now, campaign.go_ahead_at or now)
    decided = replace(campaign, decided=Decided(people, amount, at))
    figures = (people, amount, campaign.go_ahead.kind.value, campaign.go_ahead.target)
    if is_reached(campaign, people, amount):
        return enter(decided, State.TIPPED, now), [facts.CampaignTipped(*figures)]
    return enter(decided, State.MISSED, at), [facts.CampaignMissed(*figures)]


def is_reached(campaign: Campaign, people: int, amount: Money) -> bool:
    """Whether these confirmed pledges meet the go-ahead."""
    target = campaign.go_ahead.target
    match campaign.go_ahead.kind:
        case GoAheadKind.MONEY:
            return target is not None and amount.amount >= target
        case GoAheadKind.HEADCOUNT:
            return target is not None and people >= target
    return True


@transition(
    (State.MISSED,),
    (State.MISSED, State.TIPPED),
    "proceed, accepted by both within 7 days and before the first opening",
)
def proceed(campaign: Campaign, by: str, now: datetime) -> Change:
    """One side (``organizer`` or ``business``) wants the day all the same; with both it happens. No card is charged."""
    demand(campaign, State.MISSED)
    if now >= (proceed_until(campaign) or now):
        raise Conflict("The term for going ahead all the same has passed")
    agreed = replace(campaign, proceed=campaign.proceed | {by})
    made: list[Fact] = [facts.ProceedAccepted(by)] if by not in campaign.proceed else []
    if agreed.proceed < {"organizer", "business"}:
        return agreed, made
    assert campaign.decided
    figures = (campaign.decided.people, campaign.decided.amount, "proceed", None)
    return enter(agreed, State.TIPPED, now), [*made, facts.CampaignTipped(*figures)]


def proceed_until(campaign: Campaign) -> datetime | None:
    """Until when both may still say so: 7 days after the miss, at most to the first opening."""
    if campaign.since is None or campaign.first_opening is None:
        return None
    return min(campaign.since + PROCEED_TERM, campaign.first_opening)


def agreement_until(campaign: Campaign) -> datetime | None:
    """Until when both sides may accept the agreement; None while nobody is chosen."""
    return campaign.award.at + AGREEMENT_TERM if campaign.award else None


def till_until(campaign: Campaign) -> datetime | None:
    """Until when till totals are awaited, after the last window."""
    return campaign.last_closing + TILL_TERM if campaign.last_closing else None


@transition((State.MISSED,), (State.DONE,), "nobody proceeded in time")
def give_up(campaign: Campaign, now: datetime) -> Change:
    demand(campaign, State.MISSED)
    return enter(campaign, State.DONE, now), [facts.CampaignDone("missed")]


@transition((State.TIPPED,), (State.MOBBING,), "the first opening")
def open_mob(campaign: Campaign, now: datetime) -> Change:
    demand(campaign, State.TIPPED)
    return enter(campaign, State.MOBBING, now), [facts.MobOpened()]


@transition((State.MOBBING,), (State.COUNTING,), "the last closing")
def close_mob(campaign: Campaign, now: datetime) -> Change:
    demand(campaign, State.MOBBING)
    return enter(campaign, State.COUNTING, now), [facts.MobClosed()]


@transition((State.COUNTING,), (State.FINAL,), "finalize; by itself 7 days after the last window")
def finalize(campaign: Campaign, tally: dict[str, object], reason: str, now: datetime) -> Change:
    demand(campaign, State.COUNTING)
    locked = replace(campaign, tally=encode(tally))
    return enter(locked, State.FINAL, now), [facts.TallyFinalized(encode(tally), reason)]


@transition((State.FINAL,), (State.FOLLOWING,), "by itself")
def begin_following(campaign: Campaign, now: datetime) -> Change:
    demand(campaign, State.FINAL)
    return enter(campaign, State.FOLLOWING, now), [facts.FollowingBegan()]


@transition((State.FOLLOWING,), (State.DONE,), "the last obligation and re-check ended")
def end(campaign: Campaign, now: datetime) -> Change:
    demand(campaign, State.FOLLOWING)
    return enter(campaign, State.DONE, now), [facts.CampaignDone("followed_through")]


@transition(BEFORE_FINAL, (State.CANCELLED,), "cancel, with a public reason; by itself 14 days after no bid")
def cancel(campaign: Campaign, reason: str, now: datetime) -> Change:
    demand(campaign, *BEFORE_FINAL)
    require(reason, "reason", "say why, in public words")
    return enter(replace(campaign, reason=reason), State.CANCELLED, now), [facts.CampaignCancelled(reason)]


@transition(
    (State.PLEDGING, State.TIPPED, State.MOBBING), (State.PLEDGING, State.TIPPED), "postpone, even the same day"
)
def postpone(campaign: Campaign, windows: tuple[Window, ...], reason: str, now: datetime) -> Change:
    """Move the windows. Codes stay valid; pledges are shown as not reconfirmed; a go-ahead already given stands."""
    demand(campaign, State.PLEDGING, State.TIPPED, State.MOBBING)
    require(reason, "reason", "say why, in public words")
    require(windows and min(w.opens_at for w in windows) > now, "windows", "the new windows must lie ahead")
    moved = replace(campaign, windows=windows, pledging=replace(campaign.pledging, closes_at=None))
    if campaign.state == State.PLEDGING and not _decided_in_time(moved, now):
        moved = replace(moved, go_ahead=replace(moved.go_ahead, at=None))
    moved = replace(moved, terms_version=campaign.terms_version + 1)
    state = State.PLEDGING if campaign.state == State.PLEDGING else State.TIPPED
    return enter(moved, state, now), [facts.MobPostponed(reason, [encode(w) for w in windows])]


def _decided_in_time(campaign: Campaign, now: datetime) -> bool:
    """Whether the go-ahead is still to be decided, at the first opening or before."""
    at, opening = campaign.go_ahead_at, campaign.first_opening
    return at is not None and opening is not None and now < at <= opening


def takes_pledges(campaign: Campaign, now: datetime) -> bool:
    """Whether a pledge made ``now`` is taken: the deadline binds by itself, worker or not (DESIGN.md, rule 4)."""
    closes = campaign.pledging_closes_at
    live = {State.PLEDGING, State.TIPPED, State.MOBBING, State.MISSED}
    return campaign.state in live and closes is not None and now < closes


def takes_bids(campaign: Campaign, now: datetime) -> bool:
    """Bidding before its closing instant, or choosing with one named business, no award yet, within its term."""
    if campaign.state == State.BIDDING:
        return now < (campaign.bids_close_at or now)
    named = campaign.state == State.CHOOSING and campaign.business is not None and campaign.award is None
    return named and (campaign.wait_until is None or now < campaign.wait_until)


def is_late_joiner(campaign: Campaign, now: datetime) -> bool:
    """Whether a pledge made now comes after the go-ahead was decided, or should have been."""
    return campaign.decided is not None or (campaign.go_ahead_at is not None and now >= campaign.go_ahead_at)


TERMS = (
    "title", "story", "place", "timezone", "region", "currency", "language", "windows", "disclosure", "co_hosts",
    "goal", "go_ahead", "pledging", "slots", "bidding", "business", "rechecks",
)  # fmt: skip
"""What an organizer sets, by the campaign's field names."""


def terms(campaign: Campaign) -> dict[str, object]:
    """The public terms: what is bid and pledged for, and a change is compared by; as in older records while unsaid."""
    public = {n: encode(getattr(campaign, n)) for n in TERMS if getattr(campaign, n) != UNSAID.get(n, Ellipsis)}
    return public | ({"business": {"name": campaign.business.name}} if campaign.business else {})


MATERIAL = frozenset({"windows", "goal", "go_ahead", "place", "currency", "business"})
"""Terms whose change asks pledgers to agree again (DOMAIN.md, 10)."""


def changed_terms(before: Campaign, after: Campaign) -> list[str]:
    old, new = terms(before), terms(after)
    return [name for name in TERMS if old.get(name) != new.get(name)]


def _demand_no_award(campaign: Campaign) -> None:
    if campaign.award is not None:
        raise Conflict("A winner has been named already")


def demand_no_bid(campaign: Campaign, now: datetime) -> None:
    """Raise Conflict unless the campaign waits for a bid, because none could be chosen, and its term still runs."""
    demand(campaign, State.CHOOSING)
    _demand_no_award(campaign)
    if campaign.waiting != "bid":
        raise Conflict("There are bids to choose from: the published rule decides")
    if campaign.wait_until and now >= campaign.wait_until:
        raise Conflict("The term for another try has passed; the campaign closes")
