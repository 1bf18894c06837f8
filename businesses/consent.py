"""The consent of people whom a promise affects: nothing is awarded before it, refusal or withdrawal stops it.

Source: DOMAIN.md, Beyond shops. Their representative answers by a mailed link, or the organizers record what a
meeting decided and how that is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from businesses.commitments import Commitment
from core.errors import Conflict, require


class Answer(StrEnum):
    """Where a consent stands. *Lapsed*: it was not there when its bid's turn came to an end."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Wish(StrEnum):
    """What a representative can say."""

    AGREE = "agree"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


class Standing(StrEnum):
    """What a bid's consents come to: it may win, it waits, or it has fallen out of the choice."""

    COMPLETE = "complete"
    MISSING = "missing"
    OUT = "out"


STOPS = (Answer.REFUSED, Answer.WITHDRAWN, Answer.LAPSED)


@dataclass(frozen=True)
class Representative:
    """Who speaks for the people affected. ``email`` is private; the name is public only where they wish it."""

    email: str = ""
    name: str = ""
    show_name: bool = False


@dataclass(frozen=True)
class Said:
    """What a representative says: the answer, a public comment, whether the group wants a seat among the checkers."""

    wish: Wish
    comment: str = ""
    seat: bool = False
    show_name: bool = False


@dataclass(frozen=True)
class Meeting:
    """How the organizers know of an answer that no link brought: the day of a meeting, and a public note."""

    on: date
    note: str

    def __post_init__(self) -> None:
        require(self.note.strip(), "note", "say how it is known: who met, and what was decided")


@dataclass(frozen=True)
class Consent:
    """One group's answer to one promise of a bid, ``at`` the instant of the last change.

    ``version`` rises when the promise was raised or somebody else is asked: links of earlier versions are dead.
    ``seat``: the group takes a seat among the checkers.
    """

    id: str
    campaign: str
    bid: str
    commitment: str
    group: str
    state: Answer
    at: datetime
    version: int = 1
    representative: Representative = Representative()
    seat: bool = False
    comment: str = ""
    meeting: Meeting | None = None

    @property
    def subject(self) -> str:
        """What its link's token is made for."""
        return f"{self.id}:{self.version}"

    @property
    def seated(self) -> bool:
        """Whether the group sits among the checkers: it keeps a seat once taken, whatever came after."""
        return self.seat and self.state in {Answer.GIVEN, Answer.WITHDRAWN}

    @property
    def shown_name(self) -> str:
        return self.representative.name if self.representative.show_name else ""


def needed(commitments: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """The promises of a bid that need somebody's consent."""
    return tuple(held for held in commitments if held.affected_group)


def missing(commitments: Iterable[Commitment], held: Mapping[str, Consent]) -> tuple[Commitment, ...]:
    """The promises whose consent is not given yet. ``held``: the bid's consents by promise."""
    return tuple(c for c in needed(commitments) if c.id not in held or held[c.id].state != Answer.GIVEN)


def standing(commitments: Iterable[Commitment], held: Mapping[str, Consent]) -> Standing:
    """What the consents of a bid come to; each of its groups has to agree."""
    without = missing(commitments, held)
    if any(c.id in held and held[c.id].state in STOPS for c in without):
        return Standing.OUT
    return Standing.MISSING if without else Standing.COMPLETE


def reason(commitments: Iterable[Commitment], held: Mapping[str, Consent]) -> str:
    """Why a bid is out, as a step of the ranking calls it."""
    stopped = [held[c.id].state for c in missing(commitments, held) if c.id in held and held[c.id].state in STOPS]
    return f"consent_{stopped[0]}"


def ask(held: Consent | None, fresh: Consent) -> Consent:
    """Ask a representative, or another one while nobody has answered. Raises Conflict once somebody has."""
    if held is None:
        return fresh
    if held.state != Answer.ASKED:
        raise Conflict("They have answered already: {state}", state=held.state)
    return replace(fresh, id=held.id, version=held.version + 1)


def ask_again(held: Consent, promise: Commitment, now: datetime) -> Consent:
    """The promise was raised: what they agreed to is another one now, and whoever spoke for them is asked anew."""
    fresh = Consent(
        held.id, held.campaign, held.bid, promise.id, promise.affected_group or held.group, Answer.ASKED, now
    )
    return replace(fresh, version=held.version + 1, representative=held.representative)


def answer(held: Consent, wish: Wish, comment: str, now: datetime, *, seat: bool = False) -> Consent:
    """What a consent becomes. Raises Conflict for an answer that does not follow the one before."""
    if wish == Wish.WITHDRAW:
        if held.state != Answer.GIVEN:
            raise Conflict("There is no consent to withdraw: it is {state}", state=held.state)
        return replace(held, state=Answer.WITHDRAWN, comment=comment, at=now)
    if held.state != Answer.ASKED:
        raise Conflict("They have answered already: {state}", state=held.state)
    if wish == Wish.REFUSE:
        return replace(held, state=Answer.REFUSED, comment=comment, seat=False, at=now)
    return replace(held, state=Answer.GIVEN, comment=comment, seat=seat, at=now)


def record(held: Consent, wish: Wish, meeting: Meeting, now: datetime, *, seat: bool) -> Consent:
    """An answer that the organizers know from a meeting. A seat needs an address at which its holder is known."""
    require(wish != Wish.WITHDRAW, "recorded.answer", "one of {words}", words="agree, refuse")
    require(held.representative.email or not seat, "email", "a seat among the checkers needs an address")
    return replace(answer(held, wish, "", now, seat=seat), meeting=meeting)


def lapse(held: Consent, now: datetime) -> Consent:
    """It was awaited and did not come: the bid falls out."""
    return replace(held, state=Answer.LAPSED, at=now)
