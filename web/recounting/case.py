"""What a recount knows so far: the campaign as the record has told it, and what the rules say must follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from campaigns import codec, waits
from campaigns.keeping import RECHECKS
from campaigns.rules import Change, enter
from campaigns.values import Campaign, State
from core.errors import DomainError
from core.facts import Fact
from core.wire import Json
from web.recounting.differences import Differences, compare, without
from web.recounting.reading import Line

Handler = Callable[[Line], None]
FRESH = {"ObligationArose": ("obligation", "words")}
"""Fields that the rules cannot foretell: an id that is made, and words in the campaign's language."""
SAME = {"ConsentAsked": ("consent",), "ObligationArose": ("bid", "commitment.id"), "ObligationRevised": ("obligation",)}
"""By what two facts of a kind are known to be about the same, where several may be awaited at once."""

LATER = {"ObligationArose": ("allocation", "rechecks", "remedies"), "ObligationRevised": ("allocation",)}
"""Fields that came later: a record written before leaves them empty, and then there is nothing to compare."""


@dataclass(frozen=True)
class Awaited:
    """A fact that must stand in the record because of the one at ``where``."""

    where: str
    kind: str
    body: Json


@dataclass
class Case:
    """The state of one recount."""

    campaign: Campaign
    out: Differences
    awaited: list[Awaited] = field(default_factory=list)

    def differs(self, line: Line, words: str) -> None:
        self.out.add(line.where, words)

    def check(self, holds: object, line: Line, words: str) -> None:
        if not holds:
            self.differs(line, words)

    def compare(self, line: Line, expected: Json, told: Json | None = None) -> None:
        """Name every place in which a fact tells something else than the facts before it come to."""
        for found in compare(expected, line.body if told is None else told):
            if found.hidden:
                self.out.note(f"{line.where}: {found.path} cannot be recomputed: seen by the checker only")
            else:
                self.differs(line, f"{found.path}: {found.words}")

    def by_rule(self, line: Line, change: Callable[[], Change], to: State | None = None) -> None:
        """Let the campaign's own rule make the change, and compare what it says has happened.

        Where the rule refuses, or says otherwise, the recount goes on as the record tells: in the state ``to``.
        """
        try:
            changed, made = change()
        except DomainError as refused:
            self.differs(line, f"the rules refuse it: {refused}")
            self._go_on(line, to)
            return
        self.campaign = changed
        self._compare_made(line, made, to)

    def _compare_made(self, line: Line, made: Sequence[Fact], to: State | None) -> None:
        same = next((fact for fact in made if fact.kind == line.kind), None)
        if same is not None:
            self.compare(line, same.body())
            self.await_(line, [fact for fact in made if fact is not same])
            return
        self.differs(line, f"the facts come to {', '.join(fact.kind for fact in made) or 'nothing'}")
        for fact in made:
            if fact.body().keys() == line.body.keys():
                self.compare(line, fact.body())
        self._go_on(line, to)

    def _go_on(self, line: Line, to: State | None) -> None:
        if to is not None:
            self.campaign = enter(self.campaign, to, line.at)

    def await_(self, line: Line, facts: Iterable[Fact]) -> None:
        """The rules say that these happen with this line: they must stand in the record, too."""
        self.awaited += [Awaited(line.where, fact.kind, fact.body()) for fact in facts]

    def arrives(self, line: Line) -> bool:
        """Whether a line was awaited; if so it is compared with what was."""
        for n, expected in enumerate(self.awaited):
            if expected.kind == line.kind and _about(line.kind, expected.body) == _about(line.kind, line.body):
                del self.awaited[n]
                untold = [name for name in LATER.get(line.kind, ()) if line.body.get(name) is None]
                fresh = (*FRESH.get(line.kind, ()), *untold)
                self.compare(line, without(expected.body, *fresh), without(line.body, *fresh))
                return True
        return False

    def not_before(self, line: Line) -> None:
        """What the clock does happens at its instant or after."""
        wait = waits.next_wait(self.campaign)
        early = wait is not None and line.at < wait.at
        self.check(not early, line, f"it came before its instant, {wait.at if wait else ''}")

    def finish(self) -> None:
        """The record has ended: what must have followed, has."""
        for expected in self.awaited:
            self.out.add(expected.where, f"{expected.kind} must follow from it, and is missing")


def _about(kind: str, body: Json) -> list[Any]:
    return [_inside(body, path.split(".")) for path in SAME.get(kind, ())]


def _inside(body: Any, path: Sequence[str]) -> Any:
    return _inside(body[path[0]], path[1:]) if path else body


def draft(at: datetime) -> Campaign:
    """The campaign before its first fact: nothing is known of it."""
    return Campaign(id="", slug="", team="", created_at=at, since=at)


def with_terms(campaign: Campaign, terms: Json) -> Campaign:
    """The campaign with its public terms as a fact tells them."""
    return replace(
        campaign,
        **{name: terms[name] for name in ("title", "story", "place", "timezone", "currency", "language")},
        region=terms.get("region", ""),
        windows=tuple(codec.window(w) for w in terms["windows"]),
        disclosure=codec.maybe(codec.disclosure, terms["disclosure"]),
        co_hosts=tuple(codec.co_host(c) for c in terms["co_hosts"]),
        goal=codec.goal(terms["goal"]),
        go_ahead=codec.go_ahead(terms["go_ahead"]),
        pledging=codec.pledging(terms["pledging"]),
        slots=codec.maybe(codec.slots, terms.get("slots")),
        rechecks=tuple(terms.get("rechecks", RECHECKS)),
        bidding=codec.maybe(codec.bidding, terms["bidding"]),
        business=codec.maybe(lambda named: codec.named_business({"contact": "", **named}), terms["business"]),
    )
