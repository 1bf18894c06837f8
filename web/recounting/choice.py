"""Bids and the choice among them: seals, raises, ballots, ranking, award, agreement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from businesses import codec, consent, scoring, standing
from businesses import rules as bid_rules
from businesses.commitments import Commitment
from businesses.service.bidding import content
from businesses.service.choosing import fallen, stopped_by_consent
from businesses.values import Answer, Baseline, Bid, Confirmed, Offer, Seen, seal
from campaigns import rules
from campaigns.codec import moment
from campaigns.values import Bidding, Mode, State, Winner
from core.errors import DomainError
from core.money import Money
from core.wire import Json, encode, money
from core.zones import zone
from web.recounting.case import Case, Handler
from web.recounting.consents import Consents
from web.recounting.identities import Identities
from web.recounting.reading import Line
from web.trips.choosing import demand_organizers_choice


class Choice:
    """Everything from the first bid to the agreement."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.identities = Identities(case)
        self.bids: dict[str, Bid] = {}
        self.made: dict[str, Offer] = {}
        self.consents = Consents(case, self.bids)
        self.agreed: dict[str, tuple[Commitment, ...]] = {}
        self.sealed: dict[str, tuple[str, datetime, datetime]] = {}
        self.votes: set[tuple[str, str]] = set()
        self.scores: dict[tuple[str, str, str], Decimal] = {}
        self.accepted: dict[str, dict[str, str]] = {}
        self.jurors = 0
        self.offers: set[str] = set()
        self.is_ranked = False
        self.kinds: dict[str, Handler] = {
            "BusinessIntroduced": self.identities.introduce,
            "BidPlaced": self.placed,
            "BidRaised": self.raised,
            "BidSealed": self.seal,
            "BidRevealed": self.revealed,
            "BidWithdrawn": self.withdrawn,
            "BaselineSeen": self.seen,
            "ChangeConfirmed": self.confirmed,
            "BiddingClosed": self.closed,
            "ClosingMoved": self.moved,
            "BallotCounted": self.voted,
            "JurorDeclared": self.declared,
            "BidScored": self.scored,
            "BidCountersigned": self.countersigned,
            "SignatureLapsed": self.unsigned,
            "BidsRanked": self.ranked,
            "BidsAwarded": self.awarded,
            "WinnerReplaced": self.replaced,
            "AgreementAccepted": self.agreement,
            "OfferStands": self.stands,
            "OfferEnded": self.ended,
        }

    def placed(self, line: Line) -> None:
        b = line.body
        held = self.bids.get(b["bid"])
        self._check_open(line)
        self.case.check(b["business"] in self.identities.known, line, "its business was not introduced")
        self.case.check(held is None or not held.stands, line, "it stands already: a bid is raised, not placed again")
        self.case.check(moment(b["placed_at"]) == line.at, line, "placed_at is not when this was recorded")
        bid = Bid(b["bid"], "", b["business"], self._dated(self._offer(b)), line.at, line.at, "")
        bid_rules.check_offer(self.case.campaign, bid.offer)
        bid_rules.check_recorded(self.case.campaign, bid.offer.baseline, line.at)
        self.case.compare(line, content(bid) | {name: b[name] for name in ("bid", "business", "placed_at")})
        self._keep(line, bid)

    def _keep(self, line: Line, bid: Bid) -> None:
        """Remember a bid; in the last minutes it moves the closing."""
        if bid_rules.has_risen(self.bids.get(bid.id), bid):
            self.case.campaign, made = rules.move_closing(self.case.campaign, line.at)
            self.case.await_(line, made)
        self.consents.follow_offer(line, self.bids.get(bid.id), bid)
        self._remember(bid)

    def moved(self, line: Line) -> None:
        if not self.case.arrives(line):
            self.case.differs(line, "no bid came in the last minutes, or the closing had moved as far as it may")
            self.case.campaign = replace(self.case.campaign, moved_to=moment(line.body["closes_at"]))

    def _check_open(self, line: Line) -> None:
        self.case.check(rules.takes_bids(self.case.campaign, line.at), line, "bidding was not open at that instant")

    def _offer(self, body: Json) -> Offer:
        commitments = tuple(codec.stored(c) for c in body["commitments"])
        declared = (body["anyway"], body["done_already"], body["planned"], self._baseline(body["baseline"]))
        answers = tuple(Answer(told["answer"], told["words"]) for told in body.get("answers", []))
        return Offer(commitments, *declared, answers, body.get("venue", ""), body.get("entered", ""))

    def _dated(self, offer: Offer) -> Offer:
        return bid_rules.dated(offer, self.case.campaign.last_day)

    def move_dates(self) -> None:
        """The day was moved: what counts from it moves with it, and a date that it passed gives way."""
        for bid in self.standing():
            made = replace(bid, offer=self.made[bid.id], amended=self.agreed.get(bid.id))
            self.bids[bid.id] = bid_rules.moved(made, self.case.campaign.last_day)

    def _remember(self, bid: Bid, made: Offer | None = None) -> None:
        """Remember a bid, and what was offered as it was offered."""
        self.bids[bid.id] = bid
        self.made[bid.id] = made or bid.offer
        self.agreed.pop(bid.id, None)

    def amend(self, bid: str, promises: tuple[Commitment, ...]) -> None:
        """Both sides agreed on other promises; what was offered, and ranked, stays as it was."""
        self.agreed[bid] = promises
        self.bids[bid] = replace(self.bids[bid], amended=promises)

    def _baseline(self, told: Json | None) -> Baseline | None:
        """Of a baseline for the checker only, nothing but that there is one: zero stands for what nobody is told."""
        if told is None:
            return None
        if told["visibility"] == "checker":
            return Baseline((Money.zero(self.case.campaign.currency),), "", "checker")
        return codec.stored_baseline(told)

    def raised(self, line: Line) -> None:
        self._check_open(line)
        held = self.bids[line.body["bid"]]
        self.case.check(held.stands, line, "it was withdrawn before")
        offer = self._dated(self._offer(line.body))
        bid_rules.check_offer(self.case.campaign, offer)
        bid = bid_rules.raise_bid(held, offer, line.at)
        self.case.compare(line, {"bid": held.id, **content(bid)})
        self._keep(line, bid)

    def seal(self, line: Line) -> None:
        self._check_open(line)
        bidding = self.case.campaign.bidding
        self.case.check(bidding and bidding.mode == Mode.SEALED, line, "bids of this campaign are open")
        bid = line.body["bid"]
        first = self.sealed[bid][1] if bid in self.sealed else line.at
        self.sealed[bid] = (line.body["sha256"], first, line.at)

    def revealed(self, line: Line) -> None:
        b = line.body
        sha256, placed_at, raised_at = self.sealed.pop(b["bid"], ("", line.at, line.at))
        self.case.check(sha256, line, "no hash of it was published before")
        self.case.check(
            seal(b["salt"], b["content"]) == sha256, line, "content and salt do not give the hash published"
        )
        self.case.check(b["business"] in self.identities.known, line, "its business was not introduced")
        self.case.compare(line, {**b, "placed_at": encode(placed_at), "raised_at": encode(raised_at)})
        made = self._offer(b["content"])
        bid = Bid(b["bid"], "", b["business"], self._dated(made), placed_at, raised_at, b["salt"], None, sealed=True)
        bid_rules.check_answers(self.case.campaign, made)
        self._remember(bid, made)

    def seen(self, line: Line) -> None:
        """A look at figures that nobody else sees: the sum that was confirmed is taken as it is told."""
        held, b = self._standing(line), line.body
        sum_ = money(b["expected"])
        try:
            bid_rules.see_baseline(self.case.campaign, held, b["by"], None, line.at)
        except DomainError as refused:
            self.case.differs(line, f"the rules refuse it: {refused}")
        if sum_ is not None:
            self.case.check(rules.takes_bids(self.case.campaign, line.at), line, "the sum came after bidding closed")
            self.case.out.note(f"{line.where}: the expected sum cannot be recomputed: seen by the checker only")
        self.bids[held.id] = replace(held, seen=Seen(b["by"], date.fromisoformat(b["seen_on"]), sum_))

    def confirmed(self, line: Line) -> None:
        held, b = self._standing(line), line.body
        day = date.fromisoformat(b["seen_on"])
        bid_rules.confirm_change(self.case.campaign, held, b["by"], b["note"], day, line.at)
        self.bids[held.id] = replace(held, confirmed=(*held.confirmed, Confirmed(b["by"], day, b["note"])))

    def _standing(self, line: Line) -> Bid:
        """The open bid that a look is about, as a role that may look at it saw it."""
        held = self.bids[line.body["bid"]]
        self.case.check(held.stands, line, "it was withdrawn before")
        self.case.check(line.body["by"] in {"monitor", "organizer"}, line, "seen by nobody who could")
        return held

    def withdrawn(self, line: Line) -> None:
        bid = line.body["bid"]
        if self.sealed.pop(bid, None) is None:
            held = self.bids[bid]
            self.case.check(held.stands, line, "it was withdrawn before")
            self.bids[bid] = replace(held, withdrawn_at=line.at)
        self.case.campaign = rules.forget_runner_up(self.case.campaign, bid)

    def countersigned(self, line: Line) -> None:
        held = self.bids[line.body["bid"]]
        self.case.check(held.stands and held.lacks_signature, line, "no signature was missing under it")
        self.bids[held.id] = replace(held, countersigned_at=line.at)

    def unsigned(self, line: Line) -> None:
        """Entered from paper, and not countersigned when its turn ended."""
        held = self.bids[line.body["bid"]]
        self.case.check(held.stands and held.lacks_signature, line, "no signature was missing under it")
        self.case.check(self.consents.is_due(line, held.id), line, "its term had not passed")
        self.bids[held.id] = replace(held, withdrawn_at=line.at)
        self.case.campaign = rules.forget_runner_up(self.case.campaign, held.id)
        self.consents.look_again()

    def standing(self) -> list[Bid]:
        """The bids that stand, in the order they were placed."""
        return sorted((b for b in self.bids.values() if b.stands), key=lambda b: (b.placed_at, b.id))

    def closed(self, line: Line) -> None:
        self.case.not_before(line)
        self.is_ranked = False
        count = len(self.standing()) + len(self.sealed)
        self.case.by_rule(line, lambda: rules.close_bidding(self.case.campaign, count, line.at), State.CHOOSING)

    def voted(self, line: Line) -> None:
        vote = (line.body["voter"], line.body["bid"])
        self.case.check(vote not in self.votes, line, "this voter's ballot for it was counted before")
        self.votes.add(vote)

    def declared(self, line: Line) -> None:
        self.jurors += 1
        self.case.check(line.body["number"] == self.jurors, line, "jurors are numbered in the order in which they came")
        self.case.check(self.case.campaign.state == State.CHOOSING, line, "a jury is told of when the choice is made")

    def scored(self, line: Line) -> None:
        b = line.body
        score = Decimal(b["score"])
        self.case.check(0 <= score <= 10, line, "a score lies between 0 and 10")
        self.scores[(b["juror"], b["bid"], b["criterion"])] = score

    def ranking(self) -> scoring.Ranking:
        windows = len(self.case.campaign.windows)
        entries = [scoring.Entry.of(bid, windows) for bid in self.standing()]
        scores = tuple((*key, score) for key, score in self.scores.items())
        ballots = scoring.Ballots(tuple(self.votes), scores)
        standing_ = self.standing()
        stopped = fallen(self.case.campaign, standing_) | stopped_by_consent(standing_, self.consents.held)
        return scoring.rank(entries, self.case.campaign.bidding or Bidding(), ballots, stopped)

    def ranked(self, line: Line) -> None:
        for bid in self.sealed:
            self.case.differs(line, f"the sealed bid {bid} was never opened")
        found = self.ranking()
        self.is_ranked = True
        self.consents.awaited_since = line.at
        self.case.compare(line, {"order": list(found.order), "steps": encode(list(found.steps))})

    def awarded(self, line: Line) -> None:
        """The winners by the published rule; with a reason the organizer chose, where the rule leaves that to them."""
        b, found = line.body, self.ranking()
        bidding = self.case.campaign.bidding
        self.case.check(self.is_ranked or bidding is None, line, "the bids were not ranked before")
        most = bidding.winners if bidding else 1
        winners, rest = list(found.order[:most]), list(found.order[most:])
        if b["reason"]:
            self._check_choice(line, found)
            winners, rest = b["winners"], [bid for bid in found.order if bid not in b["winners"]]
        self._check_consent(line, b["winners"])
        chosen, following = ([Winner(bid, self.bids[bid].business) for bid in ids] for ids in (winners, rest))
        campaign, reason = self.case.campaign, b["reason"]
        self.case.by_rule(line, lambda: rules.award(campaign, chosen, following, reason, line.at))

    def _check_consent(self, line: Line, winners: list[str]) -> None:
        complete = all(self.consents.standing(bid) == consent.Standing.COMPLETE for bid in winners)
        self.case.check(complete, line, "people whom it affects had not agreed")

    def _check_choice(self, line: Line, found: scoring.Ranking) -> None:
        try:
            demand_organizers_choice(self.case.campaign, found, line.body["winners"])
        except DomainError as refused:
            self.case.differs(line, f"the rules refuse it: {refused}")

    def replaced(self, line: Line) -> None:
        b = line.body
        fell = self.bids[b["bid"]]
        if b["reason"] == "withdrawn":
            self.case.check(not fell.stands, line, "the winner had not withdrawn")
        if b["reason"] == "consent_withdrawn":
            self.case.check(self.case.arrives(line), line, "nobody had taken a consent back")
        self._check_consent(line, [b["by"]] if b["by"] else [])
        self._drop_refused()
        campaign, hold = self.case.campaign, b["by"] is None and self.consents.waits(fell.id)
        change = partial(rules.replace_winner, campaign, fell.id, b["reason"], line.at, hold=hold)
        self.case.by_rule(line, change, State.CHOOSING)
        if hold:
            self.consents.awaited_since = line.at

    def _drop_refused(self) -> None:
        """Runners-up whose people refused before it came to them follow nobody."""
        for waiting in self.case.campaign.award.runners_up if self.case.campaign.award else ():
            if self.consents.standing(waiting.bid) == consent.Standing.OUT:
                self.case.campaign = rules.forget_runner_up(self.case.campaign, waiting.bid)

    def stands(self, line: Line) -> None:
        """Only a bid that was not chosen goes on standing."""
        campaign, until = self.case.campaign, date.fromisoformat(line.body["until"])
        today = line.at.astimezone(zone(campaign.timezone)).date()
        standing.let_stand(campaign, self.bids[line.body["bid"]], until, today, line.at)
        self.offers.add(line.body["bid"])

    def ended(self, line: Line) -> None:
        self.case.check(line.body["bid"] in self.offers, line, "no such offer stood")
        self.offers.discard(line.body["bid"])

    def agreement(self, line: Line) -> None:
        """Both sides accept the same text: its hash is the same. With the second the winner is agreed."""
        b = line.body
        sides = self.accepted.setdefault(b["bid"], {})
        self.case.check(b["by"] in {"organizer", "business"}, line, "accepted by nobody who could")
        self.case.check(b["by"] not in sides, line, "this side had accepted before")
        same = all(sha256 == b["sha256"] for sha256 in sides.values())
        self.case.check(same, line, "the two sides accepted different texts: their hashes differ")
        if b["by"] == "business":
            self.identities.check_signed(line, self.bids[b["bid"]].business)
        sides[b["by"]] = b["sha256"]
        if len(sides) == 2:
            self._agree(line)

    def _agree(self, line: Line) -> None:
        try:
            self.case.campaign, made = rules.agree(self.case.campaign, line.body["bid"], line.at)
            self.case.await_(line, made)
        except DomainError as refused:
            self.case.differs(line, f"the rules refuse it: {refused}")
