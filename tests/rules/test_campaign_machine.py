"""Whatever people and the clock do to a campaign: only listed changes happen, and no wait is without an end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from campaigns import rules, waits
from campaigns.values import Campaign, NamedBusiness, State
from core.errors import DomainError
from tests.factories import (
    NOW,
    eur,
    head_go_ahead,
    make_bidding,
    make_campaign,
    make_window,
    winner,
    with_named_business,
)

ALLOWED = {(t.name, source, target) for t in rules.TRANSITIONS for source in t.sources for target in t.targets}
SOURCES = {t.name: t.sources for t in rules.TRANSITIONS}
TERMINAL = {State.DONE, State.CANCELLED}
BIDS = ("a", "b", "c")
days = st.integers(0, 20).map(lambda n: timedelta(days=n))


ANYTHING: dict[str, Callable[[Campaign, datetime], rules.Change]] = {
    "open_": lambda c, now: rules.open_(c, [], now),
    "agree": lambda c, now: rules.agree(c, "nobody's", now),
    "replace_winner": lambda c, now: rules.replace_winner(c, "nobody's", "withdrawn", now),
    "proceed": lambda c, now: rules.proceed(c, "organizer", now),
    "finalize": lambda c, now: rules.finalize(c, {"state": "final"}, "", now),
    "end": rules.end,
    "cancel": lambda c, now: rules.cancel(c, "the landlord", now),
}


class Life(RuleBasedStateMachine):
    """One campaign, its people, and a clock that only moves forward."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.campaign = make_campaign()
        self.facts: list[str] = []

    @initialize(named=st.booleans(), heads=st.sampled_from([None, "1", "50"]), winners=st.integers(1, 2))
    def draft(self, named: bool, heads: str | None, winners: int) -> None:
        drafted = with_named_business() if named else make_campaign(bidding=make_bidding(winners=winners))
        self.campaign = replace(drafted, go_ahead=head_go_ahead(heads)) if heads else drafted
        self.change("open_", lambda c: rules.open_(c, [], self.now))

    def change(self, name: str, work: Callable[[Campaign], rules.Change]) -> None:
        """Do what a use-case does: refuse without a trace, or change the state as the table lists it."""
        before = self.campaign
        try:
            after, facts = work(before)
        except DomainError:
            return
        assert before.state == after.state or (name, before.state, after.state) in ALLOWED
        assert before.state in SOURCES[name]
        assert after.terms_version >= before.terms_version
        assert before.state == after.state or facts
        self.campaign = after
        self.facts += [fact.kind for fact in facts]

    @rule(bids=st.permutations(BIDS), many=st.integers(1, 3))
    @precondition(lambda self: self.campaign.state == State.CHOOSING)
    def award(self, bids: list[str], many: int) -> None:
        most = self.campaign.bidding.winners if self.campaign.bidding else 1
        ranked = [winner(bid) for bid in bids[:many]]
        self.change("award", lambda c: rules.award(c, ranked[:most], ranked[most:], "", self.now))

    @rule(data=st.data())
    @precondition(lambda self: self.campaign.award and self.campaign.state == State.CHOOSING)
    def agree(self, data: st.DataObject) -> None:
        bid = data.draw(st.sampled_from([w.bid for w in self.campaign.winners]))
        self.change("agree", lambda c: rules.agree(c, bid, self.now))

    @rule(data=st.data(), at_all=st.integers(0, 3))
    @precondition(lambda self: self.campaign.award)
    def withdraw(self, data: st.DataObject, at_all: int) -> None:
        if at_all == 0:
            self._replace(data.draw(st.sampled_from([w.bid for w in self.campaign.winners])))

    def _replace(self, bid: str) -> None:
        self.change("replace_winner", lambda c: rules.replace_winner(c, bid, "withdrawn", self.now))
        if self.campaign.state == State.CHOOSING and self.campaign.award is None and not self.campaign.waiting:
            self.campaign = rules.wait_for(self.campaign, "bid", self.now + rules.NO_BID_TERM)

    @rule(later=days, named=st.booleans())
    @precondition(lambda self: self.campaign.waiting == "bid")
    def try_again(self, later: timedelta, named: bool) -> None:
        if named:
            self.change("name_business", lambda c: rules.name_business(c, NamedBusiness("Cafe"), self.now))
        else:
            self.change("extend_bidding", lambda c: rules.extend_bidding(c, self.now + later, self.now))

    @rule(by=st.sampled_from(["organizer", "business"]))
    @precondition(lambda self: self.campaign.state == State.MISSED)
    def proceed(self, by: str) -> None:
        self.change("proceed", lambda c: rules.proceed(c, by, self.now))

    @rule(later=days)
    @precondition(lambda self: self.campaign.state in {State.PLEDGING, State.TIPPED, State.MOBBING})
    def postpone(self, later: timedelta) -> None:
        opens = self.now + later
        moved = (make_window(opens, opens + timedelta(hours=8)),)
        self.change("postpone", lambda c: rules.postpone(c, moved, "a storm", self.now))

    @rule(name=st.sampled_from(sorted(ANYTHING)))
    def meddle(self, name: str) -> None:
        """Somebody tries what may be out of place: mostly it is refused, and then nothing has changed."""
        if name != "cancel" or len(self.facts) > 6:
            self.change(name, lambda c: ANYTHING[name](c, self.now))

    @rule(later=days)
    def wait(self, later: timedelta) -> None:
        """Time passes, and the clock's work is done in its order, each piece at its own instant."""
        until = self.now + later
        for _ in range(50):
            due = waits.next_wait(self.campaign)
            if due is None or due.at > until:
                break
            self.now = max(self.now, due.at)
            self.clock()
            after = waits.next_wait(self.campaign)
            assert after != due, f"the clock leads nowhere from {self.campaign.state}"
        else:
            raise AssertionError("the clock never comes to rest")
        self.now = until

    def clock(self) -> None:
        """What a worker does for a campaign whose clock has run out."""
        c, now = self.campaign, self.now
        simple = {
            State.AGREED: ("open_pledging", rules.open_pledging),
            State.MISSED: ("give_up", rules.give_up),
            State.TIPPED: ("open_mob", rules.open_mob),
            State.MOBBING: ("close_mob", rules.close_mob),
            State.FINAL: ("begin_following", rules.begin_following),
        }
        match c.state:
            case State.BIDDING:
                self.change("close_bidding", lambda c: rules.close_bidding(c, 0, now))
                self.campaign = rules.wait_for(self.campaign, "bid", now + rules.NO_BID_TERM)
            case State.CHOOSING if c.award:
                for silent in [w.bid for w in c.winners if w.bid not in c.award.agreed]:
                    self._replace(silent)
            case State.CHOOSING:
                self.change("cancel", lambda c: rules.cancel(c, "nobody bid", now))
            case State.PLEDGING:
                self.change("decide", lambda c: rules.decide(c, 10, eur("300"), now))
            case State.COUNTING:
                self.change("finalize", lambda c: rules.finalize(c, {"state": "final"}, "", now))
            case _:
                name, work = simple[c.state]
                self.change(name, lambda c: work(c, now))

    @invariant()
    def every_wait_has_a_clock(self) -> None:
        quiet = {State.DRAFT, State.FOLLOWING, *TERMINAL}
        assert (waits.next_wait(self.campaign) is None) == (self.campaign.state in quiet)

    @invariant()
    def nothing_happens_on_the_day_without_an_agreement(self) -> None:
        if self.campaign.state in {State.PLEDGING, State.TIPPED, State.MISSED, State.MOBBING, State.COUNTING}:
            assert self.campaign.award is not None
            assert self.campaign.award.agreed >= {w.bid for w in self.campaign.winners}

    @invariant()
    def the_tally_is_locked_from_the_final_state_on(self) -> None:
        final = self.campaign.state in {State.FINAL, State.FOLLOWING}
        assert not final or self.campaign.tally is not None

    def teardown(self) -> None:
        """Left alone, every campaign comes to rest: done, cancelled, a draft, or following its promises."""
        self.wait(timedelta(days=400))
        assert self.campaign.state in {State.DRAFT, State.FOLLOWING, *TERMINAL}


Life.TestCase.settings = settings(stateful_step_count=20, max_examples=150)
TestLife = Life.TestCase
