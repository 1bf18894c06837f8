"""Promises after the day: what arose, what was filed, what was late, and which verdict follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from businesses import codec, facts
from businesses import followthrough as rules
from businesses.commitments import Action, Commitment, Fixed, StepKind
from businesses.followthrough import (
    Check,
    Document,
    Evidence,
    Obligation,
    Outcome,
    Reply,
    Stage,
    Standing,
    Verdict,
    Visibility,
)
from businesses.service.closing import OPEN
from businesses.service.following import MOST_FILES, allocated, resolve
from campaigns import rules as campaign_rules
from campaigns.codec import maybe
from campaigns.values import State
from core.wire import Json, encode, money
from web.recounting.case import Awaited, Case, Handler
from web.recounting.consents import Consents
from web.recounting.differences import HIDDEN
from web.recounting.reading import Line
from web.trips.figures import WinnersDay, hides_formula, result


class Promises:
    """From the obligations to the last verdict."""

    def __init__(self, case: Case, consents: Consents) -> None:
        self.case = case
        self.consents = consents
        self.held: dict[str, Obligation] = {}
        self.circles: set[str] = set()
        """Circles that go on: while one does, the campaign does not end."""
        self.kinds: dict[str, Handler] = {
            "ObligationArose": self.arose,
            "ObligationRevised": self.revised,
            "EvidenceFiled": self.filed,
            "SpotCheckFiled": self.checked,
            "FileRedacted": self.redacted,
            "NoteRedacted": self.taken_out,
            "PageChecked": self.page,
            "PromiseLate": self.late,
            "PromiseVeryLate": self.very_late,
            "PromiseUnknown": self.unknown,
            "ExtensionAsked": self.asked,
            "ExtensionGranted": self.granted,
            "ExtensionRefused": self.refused,
            "ExtensionLapsed": self.lapsed,
            "VerdictGiven": self.judged,
            "RecheckOpened": self.asked_again,
            "RecheckGiven": self.answered,
            "RecheckUnknown": self.unanswered,
            "ReplyGiven": self.replied,
            "CheckShown": self.shown,
            "BusinessClosed": self.closed,
            "PromisesAdopted": self.adopted,
            "CampaignDone": self.done,
        }

    def arise(self, line: Line, days: list[WinnersDay], heads: int) -> None:
        """The final tally makes an obligation of each commitment of each winner."""
        for day in days:
            for held in day.bid.promised:
                target, owed = _resolved(line, held, day, heads)
                fact = facts.ObligationArose(
                    "", day.bid.id, day.bid.business, codec.wire(held), "", None, None, held.due_on
                )
                body = {**fact.body(), "target": target, "owed": owed, "allocation": _bought(held, owed)}
                body["rechecks"] = list(self.case.campaign.rechecks)
                self.case.awaited.append(Awaited(line.where, fact.kind, body))

    def revise(self, line: Line, days: list[WinnersDay], heads: int) -> None:
        """A correction of the tally may change what is owed, and which step of a ladder was reached."""
        for day in days:
            for o in self._of(day):
                target, owed = _resolved(line, o.commitment, day, heads)
                known = HIDDEN not in (target, owed)
                if known and (target, owed) != (encode(o.target), encode(o.owed)):
                    bought = _bought(o.commitment, owed)
                    body = {"obligation": o.id, "target": target, "owed": owed, "allocation": bought}
                    self.case.awaited.append(Awaited(line.where, "ObligationRevised", body))

    def _of(self, day: WinnersDay) -> Iterator[Obligation]:
        return (o for o in self.held.values() if o.business == day.bid.business)

    def arose(self, line: Line) -> None:
        b = line.body
        if not self.case.arrives(line):
            self.case.differs(line, "no winner's bid holds this promise")
        due_on, mends = date.fromisoformat(b["due_on"]), b.get("remedies") or ""
        self.held[b["obligation"]] = Obligation(
            id=b["obligation"], campaign="", business=b["business"], bid=b["bid"],
            commitment=codec.stored(b["commitment"]), words=b["words"], timezone=self.case.campaign.timezone,
            due_on=due_on, first_due_on=due_on, arose_at=line.at, target=maybe(Decimal, b["target"]),
            owed=money(b["owed"]), allocation=codec.allocation(b["allocation"]),
            recheck_months=tuple(b.get("rechecks") or ()), remedies=mends,
            consent_of=self.held[mends].asked_as if mends else "",
        )  # fmt: skip

    def revised(self, line: Line) -> None:
        b = line.body
        held = self.held[b["obligation"]]
        if not self.case.arrives(line):
            self._unforeseen(line, held)
        bought = codec.allocation(b["allocation"])
        target, owed = maybe(Decimal, b["target"]), money(b["owed"])
        self.held[held.id] = replace(held, target=target, owed=owed, allocation=bought)

    def _unforeseen(self, line: Line, held: Obligation) -> None:
        """Only what rests on figures for the checker can change without the record telling why."""
        tills = ((self.case.campaign.tally or {}).get("till") or {}).get("windows", [])
        if any(till["visibility"] == "checker" for till in tills):
            bought = line.body["allocation"] and _bought(held.commitment, line.body["owed"])
            self.case.compare(line, {**line.body, "target": HIDDEN, "owed": HIDDEN, "allocation": bought})
        else:
            self.case.differs(line, "no correction changed it")

    def filed(self, line: Line) -> None:
        b = line.body
        o = self.held[b["obligation"]]
        value, invoiced_on = maybe(Decimal, b["value"]), maybe(date.fromisoformat, b["invoiced_on"])
        rules.demand_invoice(o, value, invoiced_on, line.at)
        told = (tuple(b["items"]), b["url"], self._papers(line), invoiced_on)
        fresh = Evidence(b["evidence"], line.at, b["note"], value, *told)
        evidence = sorted((*o.evidence, fresh), key=lambda e: (e.at, e.id))
        self.held[o.id] = replace(o, evidence=tuple(evidence))

    def _papers(self, line: Line) -> tuple[Document, ...]:
        """Photos and PDFs by the checksums of their contents: whoever opens one can compare."""
        told = line.body["files"]
        self.case.check(len(told) <= MOST_FILES, line, "more files than one filing has")
        named = all(re.fullmatch("[0-9a-f]{64}", each["sha256"]) for each in told)
        self.case.check(named, line, "a file is not named by a SHA-256")
        return tuple(Document(**{**each, "visibility": Visibility(each["visibility"])}) for each in told)

    def redacted(self, line: Line) -> None:
        """A photo got another content, or a document is hidden: by who may, from what stood there last."""
        b = line.body
        o = self.held[b["obligation"]]
        self._check_redactor(line, o)
        held = {file.id: file for filed in o.evidence for file in filed.files}[b["file"]]
        self.case.check(held.sha256 == b["was"], line, "it was another content before")
        blackened = held.is_photo and b["parts"] > 0 and b["sha256"] != b["was"]
        hidden = not b["parts"] and b["sha256"] == b["was"] and b["visibility"] == "checker"
        self.case.check(blackened or hidden, line, "nothing was redacted")
        made = replace(held, sha256=b["sha256"], size=b["size"], visibility=Visibility(b["visibility"]))
        evidence = [
            replace(filed, files=tuple(made if file.id == made.id else file for file in filed.files))
            for filed in o.evidence
        ]
        self.held[o.id] = replace(o, evidence=tuple(evidence))

    def taken_out(self, line: Line) -> None:
        """Words of a note are gone from its line, and blocks stand in their place."""
        o = self.held[line.body["obligation"]]
        self._check_redactor(line, o)
        notes = {filed.id: filed.note for filed in o.evidence}
        self.case.check(rules.BLOCK in notes[line.body["evidence"]], line, "nothing was taken out of the note")

    def _check_redactor(self, line: Line, o: Obligation) -> None:
        by = line.body["by"]
        roles = frozenset({by if by in {"monitor", "affected"} else "owner"})
        named = by == "business" or rules.may_confirm(self.with_consent(o), roles) == by
        self.case.check(named, line, "redacted by somebody who may not")

    def checked(self, line: Line) -> None:
        """One person, one report: the same id renews it."""
        b = line.body
        o = self.held[b["obligation"]]
        seated = rules.is_seated(self.with_consent(o))
        allowed = {"supporter", "monitor", "affected"} if seated else {"supporter", "monitor"}
        self.case.check(b["by"] in allowed, line, "filed by nobody who could")
        rules.demand_struck(o, b["items"], b["struck"])
        counted = not b["struck"] or Decimal(b["value"]) == len(b["items"])
        self.case.check(counted, line, "the number is not what was ticked")
        told = (Decimal(b["value"]), tuple(b["items"]), b["independent"], "", tuple(b["struck"]))
        fresh = Check(b["check"], line.at, b["by"], *told)
        name = "looks" if b.get("recheck") else "checks"
        others = [c for c in getattr(o, name) if c.id != fresh.id]
        known = tuple(sorted((*others, fresh), key=lambda c: (c.at, c.id)))
        self.held[o.id] = replace(o, looks=known) if name == "looks" else replace(o, checks=known)
        again = rules.open_recheck(o, line.at)
        self.case.check(not b.get("recheck") or again, line, "no re-check was open")

    def with_consent(self, o: Obligation) -> Obligation:
        return replace(o, consent=self.consents.of(o.bid, o.asked_as))

    def late(self, line: Line) -> None:
        o = self.held[line.body["obligation"]]
        self.case.compare(line, facts.PromiseLate(o.id, o.due_on).body())
        self._check_standing(line, o, Standing.LATE)

    def very_late(self, line: Line) -> None:
        o = self.held[line.body["obligation"]]
        self.case.compare(line, facts.PromiseVeryLate(o.id, o.due_on).body())
        reached = rules.stage(o, line.at)
        self.case.check(reached == Stage.VERY_LATE, line, f"by its dates and what was filed it was {reached.value}")

    def page(self, line: Line) -> None:
        """A program may say yes; a no stands there only by a person whom the agreement names."""
        b = line.body
        o = self.with_consent(self.held[b["obligation"]])
        self.case.check(o.commitment.watch, line, "the promise names no page")
        roles = frozenset({b["by"] if b["by"] in {"monitor", "affected"} else "owner"})
        named = rules.may_confirm(o, roles) == b["by"]
        self.case.check((not b["by"]) if b["passed"] else named, line, "the agreement names somebody else to say so")

    def unknown(self, line: Line) -> None:
        self._check_standing(line, self.held[line.body["obligation"]], Standing.UNKNOWN)

    def _check_standing(self, line: Line, o: Obligation, expected: Standing) -> None:
        stands = rules.standing(o, line.at)
        self.case.check(stands == expected, line, f"by its dates and what was filed it was {stands.value}")

    def asked(self, line: Line) -> None:
        o = self.held[line.body["obligation"]]
        due_on = date.fromisoformat(line.body["due_on"])
        self.case.check(due_on > o.due_on, line, f"the new date must lie after {o.due_on}")
        self.held[o.id] = replace(o, extension_asked={"due_on": line.body["due_on"], "at": encode(line.at)})

    def granted(self, line: Line) -> None:
        o = self.held[line.body["obligation"]]
        asked = (o.extension_asked or {}).get("due_on")
        self.case.compare(line, {"obligation": o.id, "due_on": asked, "first_due_on": o.first_due_on.isoformat()})
        self.held[o.id] = replace(o, due_on=date.fromisoformat(line.body["due_on"]), extension_asked=None)

    def refused(self, line: Line) -> None:
        o = self.held[line.body["obligation"]]
        self.case.check(o.extension_asked, line, "nobody had asked for more time")
        self.case.compare(line, {"obligation": o.id, "due_on": o.due_on.isoformat()})
        self.held[o.id] = replace(o, extension_asked=None)

    def lapsed(self, line: Line) -> None:
        """Only a question that was open for its whole term lapses."""
        until = rules.extension_until(self.held[line.body["obligation"]])
        self.case.check(until and line.at >= until, line, "the term for an answer had not passed")
        self.refused(line)

    def judged(self, line: Line) -> None:
        """A person decides; the numbers, who saw them, and who may say so follow from what was filed."""
        b = line.body
        o, by = self.with_consent(self.held[b["obligation"]]), b["by"]
        roles = frozenset({by if by in {"monitor", "affected"} else "owner"})
        self.case.check(rules.may_confirm(o, roles) == by, line, "the agreement names somebody else to confirm this")
        given = rules.confirm(o, Verdict(b["verdict"]), by, b["reason"], line.at)
        figures = (given.verdict.value, given.seen_by, by, given.reason, given.value, given.of)
        self.case.compare(line, facts.VerdictGiven(o.id, *figures).body())
        self.held[o.id] = replace(o, verdicts=(*o.verdicts, given))

    def asked_again(self, line: Line) -> None:
        """Months after a verdict of kept, on the day that follows from it."""
        o = self.held[line.body["obligation"]]
        asked = rules.open_recheck(o, line.at)
        self.case.check(asked, line, "no re-check was open")
        if asked:
            self.case.compare(line, facts.RecheckOpened(o.id, asked.months, asked.until).body())

    def answered(self, line: Line) -> None:
        b = line.body
        o, by = self.with_consent(self.held[b["obligation"]]), b["by"]
        roles = frozenset({by if by in {"monitor", "affected"} else "owner"})
        self.case.check(rules.may_confirm(o, roles) == by, line, "the agreement names somebody else to confirm this")
        given = rules.answer(o, Outcome(b["outcome"]), by, b["reason"], line.at)
        told = (given.outcome.value, given.seen_by, by, given.reason, given.value)
        self.case.compare(line, facts.RecheckGiven(o.id, given.months, *told).body())
        self.held[o.id] = replace(o, rechecks=(*o.rechecks, given))

    def unanswered(self, line: Line) -> None:
        o = self.held[line.body["obligation"]]
        asked = rules.latest_unanswered(o, line.at)
        silent = asked is not None and not asked.is_open(line.at) and asked.months == line.body["months"]
        self.case.check(silent, line, "the term of the re-check had not passed")

    def replied(self, line: Line) -> None:
        b = line.body
        o = self.held[b["obligation"]]
        self.case.check(o.verdict or not b["dispute"], line, "there was no verdict to dispute")
        self.held[o.id] = replace(o, replies=(*o.replies, Reply(line.at, b["text"], b["dispute"])))

    def shown(self, line: Line) -> None:
        """Words were read before they are shown: they change no figure."""
        o = self.held[line.body["obligation"]]
        known = {check.id for check in (*o.checks, *o.looks)}
        self.case.check(line.body["check"] in known, line, "no such check was filed")

    def closed(self, line: Line) -> None:
        """Every promise of the business that was still open ends, apart from broken."""
        self._end(line, [o for o in self._own(line) if rules.standing(o, line.at) in OPEN], ended=True)

    def adopted(self, line: Line) -> None:
        self._end(line, [o for o in self._own(line) if o.ended_closed], ended=False)

    def _own(self, line: Line) -> list[Obligation]:
        own = [o for o in self.held.values() if o.business == line.body["business"]]
        return sorted(own, key=lambda o: (o.due_on, o.id))

    def _end(self, line: Line, found: list[Obligation], *, ended: bool) -> None:
        self.case.compare(line, {**line.body, "obligations": [o.id for o in found]})
        for o in found:
            self.held[o.id] = replace(o, ended_closed=ended)

    def done(self, line: Line) -> None:
        campaign, outcome = self.case.campaign, line.body["outcome"]
        if outcome == "missed":
            self.case.not_before(line)
            self.case.by_rule(line, lambda: campaign_rules.give_up(campaign, line.at), State.DONE)
            return
        over = self.held and all(rules.is_over(o, line.at) for o in self.held.values())
        self.case.check(over, line, "a promise had not ended")
        self.case.check(not self.circles, line, "a circle went on")
        self.case.by_rule(line, lambda: campaign_rules.end(campaign, line.at), State.DONE)


def _resolved(line: Line, held: Commitment, day: WinnersDay, heads: int) -> tuple[object, object]:
    """Target and amount owed in wire form; of what rests on hidden figures, what the tally itself tells, or a sign."""
    target, owed = resolve(held, result(day, heads))
    if hides_owed(held, day):
        return encode(target), _told(line, held, day) if not day.disputed else encode(owed)
    if _hides_target(held, day):
        return HIDDEN, None
    return encode(target), encode(owed)


def _bought(held: Commitment, owed: object) -> Json | None:
    """What the sum buys of the promise's works, computed again from its list and its rule."""
    return codec.allocation_wire(allocated(held, money(owed))) if isinstance(owed, dict) else None


def _told(line: Line, held: Commitment, day: WinnersDay) -> Json | None:
    for told in line.body["tally"]["owed"] or []:
        if (told["bid"], told["commitment"]) == (day.bid.id, held.id):
            amount: Json | None = told["amount"]
            return amount
    return None


def hides_owed(held: Commitment, day: WinnersDay) -> bool:
    """Whether what a money commitment comes to rests on figures that only the checker has seen."""
    return not isinstance(held, Action | Fixed) and hides_formula(held, day.tills)


def _hides_target(held: Commitment, day: WinnersDay) -> bool:
    from_till = isinstance(held, Action) and any(step.kind != StepKind.HEADCOUNT for step in held.ladder)
    return from_till and any(till.visibility == "checker" for till in day.tills)
