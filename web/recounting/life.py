"""The campaign's own life: each change of state is made again by its rule, at the instant that the record tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from campaigns import codec, facts, rules
from campaigns.values import Campaign, NamedBusiness, State
from pledges.rules.recount import Recount
from web.recounting.case import Case, Handler, with_terms
from web.recounting.reading import Line

OPENED = tuple(state for state in State if state not in {State.DRAFT, State.CANCELLED})
Clockwork = Callable[[Campaign, datetime], rules.Change]


class Life:
    """Opening, terms, go-ahead, the day's clock, and the end."""

    def __init__(self, case: Case, crowd: Recount) -> None:
        self.case = case
        self.crowd = crowd
        self.kinds: dict[str, Handler] = {
            "CampaignOpened": self.opened,
            "TermsChanged": self.terms_changed,
            "BiddingExtended": self.extended,
            "BusinessNamed": self.named,
            "CampaignAgreed": self.agreed,
            "PledgingOpened": partial(self.by_clock, rules.open_pledging, State.PLEDGING),
            "CampaignTipped": partial(self.decided, State.TIPPED),
            "CampaignMissed": partial(self.decided, State.MISSED),
            "ProceedAccepted": self.proceed,
            "MobOpened": partial(self.by_clock, rules.open_mob, State.MOBBING),
            "MobClosed": partial(self.by_clock, rules.close_mob, State.COUNTING),
            "MobPostponed": self.postponed,
            "FollowingBegan": partial(self.by_clock, rules.begin_following, State.FOLLOWING),
            "CampaignAdopted": lambda line: rules.demand(case.campaign, *OPENED),
            "CampaignCancelled": self.cancelled,
        }

    def opened(self, line: Line) -> None:
        self.case.campaign = with_terms(self.case.campaign, line.body["terms"])
        self.crowd.currency = self.case.campaign.currency
        to = State.BIDDING if self.case.campaign.bidding else State.CHOOSING
        self.case.by_rule(line, lambda: rules.open_(self.case.campaign, line.body["team"], line.at), to)

    def terms_changed(self, line: Line) -> None:
        """The new terms are the organizers' to say; what changed, and whether people are asked again, follows."""
        held, new = self.case.campaign, with_terms(self.case.campaign, line.body["terms"])
        names = rules.changed_terms(held, new)
        version = held.terms_version + bool(rules.MATERIAL.intersection(names))
        self.case.compare(line, facts.TermsChanged(version, names, rules.terms(new)).body())
        self.case.campaign = replace(new, terms_version=version)

    def extended(self, line: Line) -> None:
        closes_at = codec.moment(line.body["closes_at"])
        self.case.by_rule(line, lambda: rules.extend_bidding(self.case.campaign, closes_at, line.at), State.BIDDING)

    def named(self, line: Line) -> None:
        business = NamedBusiness(line.body["name"])
        self.case.by_rule(line, lambda: rules.name_business(self.case.campaign, business, line.at), State.CHOOSING)

    def agreed(self, line: Line) -> None:
        if not self.case.arrives(line):
            self.case.differs(line, "not both sides of every winner had accepted its agreement")
            self.case.campaign = rules.enter(self.case.campaign, State.AGREED, line.at)

    def by_clock(self, rule: Clockwork, to: State, line: Line) -> None:
        self.case.not_before(line)
        self.case.by_rule(line, lambda: rule(self.case.campaign, line.at), to)

    def decided(self, to: State, line: Line) -> None:
        """Summed from the pledges as they stood at the instant of the go-ahead, then judged by the rule."""
        if self.case.arrives(line):
            return
        self.case.not_before(line)
        instant = self.case.campaign.go_ahead_at or line.at
        sure = self.crowd.sums_as_of(instant).confirmed
        self.case.by_rule(line, lambda: rules.decide(self.case.campaign, sure.people, sure.amount, line.at), to)
        self.crowd.forget_watched()

    def proceed(self, line: Line) -> None:
        self.case.by_rule(line, lambda: rules.proceed(self.case.campaign, line.body["by"], line.at))

    def postponed(self, line: Line) -> None:
        windows = tuple(codec.window(w) for w in line.body["windows"])
        reason = line.body["reason"]
        self.case.by_rule(line, lambda: rules.postpone(self.case.campaign, windows, reason, line.at))

    def cancelled(self, line: Line) -> None:
        reason = line.body["reason"]
        self.case.by_rule(line, lambda: rules.cancel(self.case.campaign, reason, line.at), State.CANCELLED)

    def watch(self) -> None:
        """Until the go-ahead is decided, remember what changes at its instant or after."""
        if self.case.campaign.decided is None:
            self.crowd.watched_from = self.case.campaign.go_ahead_at
