"""The versions of an agreement for its page: who wants which change and why, what differs, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from businesses import changes
from businesses.agreement import clause
from businesses.changes import Difference
from businesses.values import Outcome, Version
from campaigns.values import Campaign
from core import formats
from core.i18n import N_, translator
from web.speech import speech

OUTCOMES = {
    Outcome.OPEN: N_("Nobody answered in fourteen days: the version before it stands."),
    Outcome.ACCEPTED: N_("Accepted by both."),
    Outcome.DECLINED: N_("Not accepted: the version before it stands."),
    Outcome.WITHDRAWN: N_("Taken back: the version before it stands."),
}
WAITS = N_("Waits for the other side, until {until} ({zone}). Until then the version before it stands.")
BY = {"organizer": N_("The organizers propose it:"), "business": N_("The business proposes it:")}


@dataclass(frozen=True)
class Differs:
    """One promise as it was and as it would be, in the campaign's language, line by line; none where there is none."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    less: bool


@dataclass(frozen=True)
class Told:
    """One proposed version. ``by`` is the side that proposed it; ``waits``: the other side can answer now."""

    number: int
    by: str
    who: str
    reason: str
    at: str
    state: str
    waits: bool
    differs: tuple[Differs, ...]
    sha256: str

    @property
    def less(self) -> bool:
        """Whether supporters would get less in some point, and are asked again."""
        return any(each.less for each in self.differs)


def told(campaign: Campaign, held: Sequence[Version], now: datetime, locale: str) -> list[Told]:
    """Every proposed version, newest first; the first one is the bid and stands above."""
    by_number = {version.number: version for version in held}
    proposed = [version for version in held if version.replaces]
    return [_told(campaign, version, by_number[version.replaces], now, locale) for version in reversed(proposed)]


def _told(campaign: Campaign, version: Version, before: Version, now: datetime, locale: str) -> Told:
    say = translator(locale).gettext
    waits = changes.waits(version, now)
    until = formats.moment(version.proposed_at + changes.ANSWER_TERM, locale, campaign.timezone)
    state = say(WAITS).format(until=until, zone=campaign.timezone) if waits else say(OUTCOMES[version.outcome])
    return Told(
        number=version.number,
        by=version.proposed_by,
        who=say(BY[version.proposed_by]),
        reason=version.reason,
        at=formats.moment(version.proposed_at, locale, campaign.timezone),
        state=state,
        waits=waits,
        differs=differing(campaign, changes.differences(before.commitments, version.commitments)),
        sha256=version.sha256,
    )


def differing(campaign: Campaign, found: Sequence[Difference]) -> tuple[Differs, ...]:
    """What differs, promise by promise."""
    return tuple(_differs(each, campaign) for each in found)


def _differs(found: Difference, campaign: Campaign) -> Differs:
    voice = speech(campaign.language)
    before, after = (clause(held, voice) if held else [] for held in (found.before, found.after))
    return Differs(_apart(before, after), _apart(after, before), bool(found.loss))


def _apart(lines: list[str], others: list[str]) -> tuple[str, ...]:
    """The sentence of a promise, and of what makes it precise only what the other one has not."""
    return (*lines[:1], *(line for line in lines[1:] if line not in others))
