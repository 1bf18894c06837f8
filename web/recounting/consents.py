"""What people affected said, and whether their bids may win, computed again from the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from businesses import consent as rules
from businesses import facts, queries
from businesses.consent import Answer, Consent, Meeting, Standing, Wish
from businesses.service.consenting import fact_of
from businesses.values import Bid
from campaigns import facts as campaign_facts
from campaigns import rules as campaign_rules
from core.wire import Json
from web.recounting.case import Case, Handler
from web.recounting.reading import Line

WISHES = {"ConsentGiven": Wish.AGREE, "ConsentRefused": Wish.REFUSE, "ConsentWithdrawn": Wish.WITHDRAW}


class Consents:
    """The consents by bid and promise, as the record has told them. ``bids`` is the choice's own, read only here."""

    def __init__(self, case: Case, bids: Mapping[str, Bid]) -> None:
        self.case = case
        self.bids = bids
        self.held: dict[str, dict[str, Consent]] = {}
        self.awaited_since: datetime | None = None
        self.kinds: dict[str, Handler] = {
            "ConsentAsked": self.asked,
            "ConsentGiven": self.answered,
            "ConsentRefused": self.answered,
            "ConsentWithdrawn": self.answered,
            "ConsentLapsed": self.lapsed,
        }

    def standing(self, bid: str) -> Standing:
        return queries.assent(self.bids[bid], self.held.get(bid, {}))

    def of(self, bid: str, commitment: str) -> Consent | None:
        return self.held.get(bid, {}).get(commitment)

    def follow_offer(self, line: Line, before: Bid | None, bid: Bid) -> None:
        """A promise that was raised is another one: who had spoken about it must be asked again."""
        old = {held.id: held for held in before.offer.commitments} if before else {}
        for promise in rules.needed(bid.offer.commitments):
            held = self.of(bid.id, promise.id)
            if held is not None and old.get(promise.id) != promise:
                again = rules.ask_again(held, promise, line.at)
                self._keep(again)
                self.case.await_(line, [fact_of(again)])

    def asked(self, line: Line) -> None:
        if self.case.arrives(line):
            return
        held = self.of(line.body["bid"], line.body["commitment"])
        self._keep(rules.ask(held, self._fresh(line)))

    def answered(self, line: Line) -> None:
        """Made again by the rule from what was asked; a meeting's answer may come without a question before it."""
        b, wish = line.body, WISHES[line.kind]
        held = self.of(b["bid"], b["commitment"])
        meeting = Meeting(date.fromisoformat(b["recorded_on"]), b["note"]) if b.get("recorded_on") else None
        if held is None and meeting is None:
            raise ValueError("nobody was asked")
        made = rules.answer(held or self._fresh(line), wish, b["comment"], line.at, seat=b.get("seat", False))
        self._keep(Consent(**{**made.__dict__, "meeting": meeting}))
        self.case.compare(line, fact_of(self.held[b["bid"]][b["commitment"]]).body())
        if wish != Wish.AGREE:
            self._stop(line)

    def _fresh(self, line: Line) -> Consent:
        """The question as it must have been: about a promise of a standing bid that names these people."""
        b = line.body
        bid = self.bids[b["bid"]]
        promise = {held.id: held for held in rules.needed(bid.offer.commitments)}[b["commitment"]]
        self.case.check(bid.stands, line, "the bid was withdrawn before")
        self.case.check(promise.affected_group == b["group"], line, "the promise names other people")
        return Consent(b["consent"], "", bid.id, promise.id, b["group"], Answer.ASKED, line.at)

    def _keep(self, made: Consent) -> None:
        self.held.setdefault(made.bid, {})[made.commitment] = made

    def _stop(self, line: Line) -> None:
        """A runner-up follows nobody; a winner's place goes to the next whose consents are complete."""
        bid, campaign = line.body["bid"], self.case.campaign
        if campaign.award is None:
            return
        if bid not in {w.bid for w in campaign.winners}:
            self.case.campaign = campaign_rules.forget_runner_up(campaign, bid)
        elif campaign.state in campaign_rules.REPLACEABLE:
            self.case.await_(line, [campaign_facts.WinnerReplaced(bid, *self._next(bid))])

    def waits(self, bid: str) -> bool:
        """Whether the choice opens again when ``bid`` falls: nobody else has won, and the next one lacks a consent."""
        award = self.case.campaign.award
        if award is None or {w.bid for w in award.winners} != {bid}:
            return False
        left = [w.bid for w in award.runners_up if self.standing(w.bid) != Standing.OUT]
        return bool(left) and self.standing(left[0]) == Standing.MISSING

    def _next(self, bid: str) -> tuple[str | None, str, str | None]:
        """Who follows ``bid`` after a consent was taken back, why, and for whom is waited instead."""
        award = self.case.campaign.award
        runners = [w.bid for w in award.runners_up] if award else []
        hold = self.waits(bid)
        able = [b for b in runners if self.standing(b) == (Standing.MISSING if hold else Standing.COMPLETE)]
        first = able[0] if able else None
        return (None if hold else first), "consent_withdrawn", (first if hold else None)

    def lapsed(self, line: Line) -> None:
        """By the clock while the campaign waits for it; or when a runner-up's turn comes and it is not there."""
        b = line.body
        held = self.of(b["bid"], b["commitment"]) or self._fresh(line)
        self.case.check(held.state == Answer.ASKED, line, "they had answered")
        self.case.check(self.is_due(line, b["bid"]), line, "its term had not passed")
        made = rules.lapse(held, line.at)
        self._keep(made)
        self.case.compare(line, facts.ConsentLapsed(**_about(b, made)).body())
        self.case.campaign = campaign_rules.forget_runner_up(self.case.campaign, b["bid"])
        self.look_again()

    def look_again(self) -> None:
        """A runner-up lapsed at once, as they did before they got a term of their own: the one after it follows."""
        for n, due in enumerate(self.case.awaited):
            if due.kind == "WinnerReplaced":
                made = campaign_facts.WinnerReplaced(due.body["bid"], *self._next(due.body["bid"]))
                self.case.awaited[n] = replace(due, body=made.body())

    def is_due(self, line: Line, bid: str) -> bool:
        """Whether what a bid waited for may lapse now."""
        award = self.case.campaign.award
        together = any(c.state == Answer.LAPSED and c.at == line.at for c in self.held.get(bid, {}).values())
        if award is not None:
            return together or (bool(award.runners_up) and award.runners_up[0].bid == bid)
        since = self.awaited_since or self.bids[bid].placed_at
        return line.at >= since + campaign_rules.CONSENT_TERM


def _about(told: Json, made: Consent) -> Json:
    return {"consent": told["consent"], "bid": made.bid, "commitment": made.commitment, "group": made.group}
