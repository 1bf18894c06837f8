"""The till and the tally: figures in force by the till's own rules, and every sum of the final tally from the facts."""

from __future__ import annotations

from dataclasses import replace

from campaigns import rules
from campaigns.tally import DoorSums, PledgeSums, Tally, Till, TillState
from campaigns.values import GoalKind, State
from core.money import Money
from core.wire import Json, encode, money
from pledges.rules import tills as till_rules
from pledges.rules.recount import Recount
from pledges.values import Entered, Figure, Form, Proof, TillFigures, TillTotal, Visibility
from web.recounting.case import Case, Handler
from web.recounting.choice import Choice
from web.recounting.differences import HIDDEN, without
from web.recounting.promises import Promises, hides_owed
from web.recounting.reading import Line
from web.trips.figures import WinnersDay, owed, usuals, winners_day


class Day:
    """From the first till total to the last correction."""

    def __init__(self, case: Case, crowd: Recount, choice: Choice, promises: Promises) -> None:
        self.case = case
        self.crowd = crowd
        self.choice = choice
        self.promises = promises
        self.tills: dict[str, TillTotal] = {}
        self.proofs: set[tuple[str, str]] = set()
        self.sums: tuple[PledgeSums, DoorSums] | None = None
        self.corrections: list[Json] = []
        self.kinds: dict[str, Handler] = {
            "TillDeclared": self.declared,
            "TillProofGiven": self.proven,
            "TillCountersigned": self.countersigned,
            "TillConfirmed": self.confirmed,
            "TillDisputed": self.disputed,
            "TillResolved": self.resolved,
            "TallyFinalized": self.finalized,
            "FigureCorrected": self.corrected,
        }

    def declared(self, line: Line) -> None:
        b = line.body
        till_rules.demand_closed(self.case.campaign, b["business"], b["window"], line.at)
        figures = self._figures(b["figures"]) if b["visibility"] == "public" else TillFigures(self._nothing())
        till = TillTotal(
            id=b["till"], campaign="", window=b["window"], business=b["business"], figures=figures,
            declared=figures.takings, visibility=Visibility(b["visibility"]), state=TillState.DECLARED,
            declared_at=line.at, entered=Entered(b["entered"]),
        )  # fmt: skip
        enter = till_rules.enter_slip if till.entered == Entered.SLIP else till_rules.declare
        self._apply(line, enter(self._held(b["window"], b["business"]), till))

    def _figures(self, told: Json) -> TillFigures:
        amounts: Json = {name: money(told[name]) for name in till_rules.MONEY}
        counts: Json = {name: told[name] for name in till_rules.COUNTS}
        return TillFigures(**amounts, **counts)

    def _nothing(self) -> Money:
        return Money.zero(self.case.campaign.currency)

    def _held(self, window: str, business: str) -> TillTotal | None:
        return next((t for t in self.tills.values() if (t.window, t.business) == (window, business)), None)

    def _apply(self, line: Line, change: till_rules.Change) -> None:
        """Keep the till as its rule leaves it, and compare the public fact that the rule makes."""
        till, made = change
        told = next((fact for fact in made if fact.public), None)
        same = told is not None and told.kind == line.kind
        self.case.check(same, line, f"the facts come to {told.kind if told else 'nothing'}")
        if told is not None and same:
            self.case.compare(line, told.body())
        self.tills[till.id] = till

    def proven(self, line: Line) -> None:
        b = line.body
        self.case.check((b["till"], b["sha256"]) not in self.proofs, line, "this proof was attached before")
        self.proofs.add((b["till"], b["sha256"]))
        proof = Proof("", b["till"], Form(b["form"]), b["sha256"], b["by"], line.at)
        self._apply(line, till_rules.attach(self.tills[b["till"]], proof))

    def countersigned(self, line: Line) -> None:
        self._apply(line, till_rules.countersign(self.tills[line.body["till"]], line.at))

    def confirmed(self, line: Line) -> None:
        self._apply(line, till_rules.confirm(self.tills[line.body["till"]], None, "", line.at, line.body["by"]))

    def disputed(self, line: Line) -> None:
        """Of a till for the checker only the record does not tell the organizer's figure: any other stands for it."""
        till, b = self.tills[line.body["till"]], line.body
        counter = Money(1, self.case.campaign.currency) if till.hidden else money(b["counter_takings"])
        self._apply(line, till_rules.confirm(till, counter, b["reason"], line.at, b["by"]))

    def resolved(self, line: Line) -> None:
        b = line.body
        self._apply(line, till_rules.resolve(self.tills[b["till"]], Figure(b["chosen"]), b["reason"], line.at))

    def finalized(self, line: Line) -> None:
        self._check_ready(line)
        self.sums = (self.crowd.pledge_sums(), self.crowd.door_sums())
        self.crowd.pledges.clear()
        self.crowd.door.clear()
        self.crowd.told.clear()
        days = self._days()
        self._compare_tally(line, days)
        campaign, told, reason = self.case.campaign, line.body["tally"], line.body["reason"]
        self.case.by_rule(line, lambda: rules.finalize(campaign, told, reason, line.at), State.FINAL)
        self.promises.arise(line, days, self.sums[1].people)

    def _check_ready(self, line: Line) -> None:
        """Within the term every window needs a till total, and every till total an answer."""
        campaign = self.case.campaign
        last = campaign.last_closing
        if last is None or line.at >= last + rules.TILL_TERM:
            return
        open_ = any(t.state == TillState.DECLARED for t in self.tills.values())
        self.case.check(not open_, line, "a till total was not answered, and its term had not passed")
        missing = len(self.tills) < len(campaign.windows) * len(campaign.winners)
        self.case.check(not missing, line, "a till total was missing, and its term had not passed")

    def _days(self) -> list[WinnersDay]:
        totals = sorted(self.tills.values(), key=lambda t: (t.declared_at, t.id))
        tills: list[Till] = [total.for_tally() for total in totals]
        bids = [self.choice.bids[winner.bid] for winner in self.case.campaign.winners]
        return [winners_day(self.case.campaign, bid, tills) for bid in bids]

    def _compare_tally(self, line: Line, days: list[WinnersDay]) -> None:
        assert self.sums is not None
        tally = Tally(
            state="final",
            pledges=self.sums[0],
            door=self.sums[1],
            tills=tuple(till for day in days for till in day.tills),
            goal=self.case.campaign.goal,
            owed=tuple(line for day in days for line in owed(day)),
            corrections=tuple(self.corrections),
            expected=len(self.case.campaign.windows) * len(days),
            usual=usuals(self.case.campaign, days),
        )
        self.case.compare(line, {"tally": self._veiled(tally, days)}, {"tally": line.body["tally"]})

    def _veiled(self, tally: Tally, days: list[WinnersDay]) -> Json:
        """The tally as computed, with a sign where it rests on figures that only the checker has seen."""
        public: Json = encode(tally.public())
        hidden = any(till.visibility == "checker" for till in tally.tills)
        if hidden and tally.goal.kind in _FROM_TILLS:
            public["goal"] |= {"value": HIDDEN, "reached": HIDDEN}
        if hidden:
            public["till"]["range"] = HIDDEN
        unknown = {(day.bid.id, held.id) for day in days for held in day.bid.promised if hides_owed(held, day)}
        for told in public["owed"] or []:
            if (told["bid"], told["commitment"]) in unknown:
                told |= {"amount": HIDDEN, "range": HIDDEN}
        return public

    def corrected(self, line: Line) -> None:
        """One figure is another since: the first stays in the record, the tally and what is owed follow."""
        b = line.body
        rules.demand(self.case.campaign, *till_rules.CORRECTED_IN)
        held = self._held(b["window"], b["business"])
        till = held or till_rules.unknown(self.case.campaign, b["window"], b["business"], b["window"], line.at)
        was, value = None, None
        if not till.hidden:
            made = till_rules.correct(till, b["field"], b["value"], b["reason"], "", line.at, known=held is not None)
            till, was, value = made.till, made.before, made.after
        self.tills[till.id] = till
        told = {**without(b, "tally"), "was": was, "value": value}
        self.corrections.append({**told, "at": encode(line.at)})
        self.case.compare(line, told, without(b, "tally"))
        self._follow(line)

    def _follow(self, line: Line) -> None:
        days = self._days()
        if self.sums is None:
            raise ValueError("there was no final tally to correct")
        self._compare_tally(line, days)
        self.case.campaign = replace(self.case.campaign, tally=line.body["tally"])
        self.promises.revise(line, days, self.sums[1].people)


_FROM_TILLS = {GoalKind.TAKINGS, GoalKind.UNITS}
