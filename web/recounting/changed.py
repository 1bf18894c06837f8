"""Agreements that changed: proposed by one side, accepted by the other, each version following from the one before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from businesses import changes, codec
from businesses.commitments import Commitment
from businesses.values import Outcome, Version
from web.recounting.case import Case, Handler
from web.recounting.choice import Choice
from web.recounting.reading import Line


@dataclass(frozen=True)
class Text:
    """The version of an agreement that is in force: its number and its hash."""

    number: int
    sha256: str


class Changed:
    """From the first proposal to the last version in force."""

    def __init__(self, case: Case, choice: Choice) -> None:
        self.case = case
        self.choice = choice
        self.versions: dict[str, list[Version]] = {}
        self.kinds: dict[str, Handler] = {
            "AgreementChangeProposed": self.proposed,
            "AgreementChanged": self.accepted,
            "AgreementChangeDeclined": self.declined,
        }

    def proposed(self, line: Line) -> None:
        b = line.body
        held = self.versions.setdefault(b["bid"], [])
        bid, in_force = self.choice.bids[b["bid"]], self._in_force(b["bid"])
        changes.demand_changeable(self.case.campaign, bid.id)
        self.case.check(b["by"] in changes.SIDES, line, "proposed by nobody who could")
        self.case.check(not any(changes.waits(v, line.at) for v in held), line, "another version waited for an answer")
        new = tuple(codec.stored(told) for told in b["commitments"])
        changes.check_change(self.case.campaign, bid, new)
        number = max((v.number for v in held), default=in_force.number) + 1
        self.case.compare(line, {**b, "number": number, "replaces": in_force.sha256})
        held.append(_version(line, new))

    def _in_force(self, bid: str) -> Text:
        """Its last accepted version, else the text that both sides accepted first."""
        accepted = [v for v in self.versions.get(bid, []) if v.outcome == Outcome.ACCEPTED]
        if accepted:
            return Text(accepted[-1].number, accepted[-1].sha256)
        return Text(1, next(iter(self.choice.accepted[bid].values())))

    def accepted(self, line: Line) -> None:
        """In force from here on; that supporters get less, and so are asked again, follows from the promises."""
        b = line.body
        version, bid, in_force = self._asked(line), self.choice.bids[b["bid"]], self._in_force(b["bid"])
        changes.demand_changeable(self.case.campaign, bid.id)
        self._answer(line, version, accept=True)
        changes.check_change(self.case.campaign, bid, version.commitments)
        worse = changes.is_worse(bid.promised, version.commitments)
        if worse:
            campaign = self.case.campaign
            self.case.campaign = replace(campaign, terms_version=campaign.terms_version + 1)
        if b["by"] == "business":
            self.choice.identities.check_signed(line, bid.business)
        told = {"replaces": in_force.sha256, "sha256": version.sha256, "worse": worse}
        self.case.compare(line, {**b, **told, "terms_version": self.case.campaign.terms_version})
        self.choice.amend(bid.id, version.commitments)

    def declined(self, line: Line) -> None:
        self._answer(line, self._asked(line), accept=False)

    def _asked(self, line: Line) -> Version:
        return next(v for v in self.versions[line.body["bid"]] if v.number == line.body["number"])

    def _answer(self, line: Line, version: Version, *, accept: bool) -> None:
        self.case.check(line.body["by"] in changes.SIDES, line, "answered by nobody who could")
        outcome = changes.demand_answer(version, line.body["by"], line.at, accept=accept)
        held = self.versions[version.bid]
        held[held.index(version)] = replace(version, outcome=outcome, answered_at=line.at)


def _version(line: Line, new: tuple[Commitment, ...]) -> Version:
    b = line.body
    return Version(b["bid"], b["number"], "", b["sha256"], new, (), line.at, b["by"], b["reason"])
