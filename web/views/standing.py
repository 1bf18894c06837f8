"""Where a campaign stands, in words: the label over its headline, and what one should know now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from campaigns import rules, waits
from campaigns.values import Campaign, Rule, State
from core import formats
from core.i18n import N_, translator
from web.speech import speech
from web.views.bargain import together

LABELS = {
    State.DRAFT: N_("Draft"),
    State.BIDDING: N_("Bidding until {until}"),
    State.CHOOSING: N_("The choice is being made"),
    State.AGREED: N_("Pledging from {from}"),
    State.PLEDGING: N_("Pledging until {until}"),
    State.TIPPED: N_("It takes place on {day}"),
    State.MISSED: N_("Not enough pledged"),
    State.MOBBING: N_("Now, until {until}"),
    State.COUNTING: N_("The till is being counted"),
    State.FINAL: N_("The day was on {day}"),
    State.FOLLOWING: N_("The day was on {day}"),
    State.DONE: N_("Ended"),
    State.CANCELLED: N_("Cancelled"),
}
WHO_CHOOSES = {
    Rule.HIGHEST_SHARE: N_("The published rule decides, by {until}."),
    Rule.JURY: N_("The jury scores the bids until {until}."),
    Rule.VOTE: N_("Supporters vote until {until}."),
    Rule.ORGANIZER: N_("The organizers choose by {until}, with a public reason."),
}


@dataclass(frozen=True)
class Note:
    """What one should know now: an icon, a bold beginning and the rest."""

    icon: str
    lead: str
    rest: str = ""


def label(campaign: Campaign, locale: str) -> str:
    """ "Pledging until Sat 12 June": over the headline and on cards."""
    text = translator(locale).gettext(LABELS[campaign.state])
    return text.format(**_days(campaign, locale)) if "{" in text else text


def _days(c: Campaign, locale: str) -> dict[str, str]:
    zone = c.timezone

    def at(instant: datetime | None, *, clock: bool = False) -> str:
        if instant is None:
            return ""
        day = formats.short_day(instant, locale, zone)
        return f"{day}, {formats.clock_time(instant, locale, zone)}" if clock else day

    until = {
        State.BIDDING: at(c.bids_close_at, clock=True),
        State.MOBBING: at(c.last_closing, clock=True),
    }
    return {
        "until": until.get(c.state, at(c.pledging_closes_at)),
        "from": at(c.pledging.opens_at),
        "day": at(c.first_opening),
    }


def notes(campaign: Campaign, names: Sequence[str], now: datetime, locale: str) -> list[Note]:
    """What to know about the state it is in, for whoever comes by."""
    teller = _Teller(campaign, list(names), now, locale)
    told = _NOTES[campaign.state](teller) if campaign.state in _NOTES else []
    return [*told, *teller.shut()]


def moved(campaign: Campaign, reason: str, locale: str) -> list[Note]:
    """That the day was moved, to when and why; nothing where ``reason`` is empty."""
    opens = campaign.first_opening
    if not reason or opens is None:
        return []
    teller = _Teller(campaign, [], opens, locale)
    lead = teller.say(N_("Postponed to {moment}."), moment=teller.moment(opens))
    return [Note("alert", lead, f"{reason} {teller.say(N_('Codes stay valid.'))}")]


@dataclass(frozen=True)
class _Teller:
    c: Campaign
    names: list[str]
    now: datetime
    locale: str

    def say(self, text: str, **values: str) -> str:
        words = translator(self.locale).gettext(text)
        return words.format(**values) if values else words

    def moment(self, at: datetime | None) -> str:
        return formats.moment(at, self.locale, self.c.timezone) if at else ""

    @property
    def until(self) -> str:
        wait = waits.next_wait(self.c)
        return self.moment(wait.at if wait else None)

    @property
    def who(self) -> str:
        return together(self.names, speech(self.locale)) if self.names else ""

    def shut(self) -> list[Note]:
        """Pledging ended before the day did."""
        open_states = {State.PLEDGING, State.TIPPED, State.MOBBING}
        if self.c.state not in open_states or rules.takes_pledges(self.c, self.now):
            return []
        rest = self.say(N_("You can still come: at the door you are counted without a code."))
        return [Note("lock", self.say(N_("Pledging has closed.")), rest)]


def _draft(t: _Teller) -> list[Note]:
    rest = t.say(N_("Only the team sees this page until the campaign is opened."))
    return [Note("lock", t.say(N_("A draft.")), rest)]


def _bidding(t: _Teller) -> list[Note]:
    lead = t.say(N_("Businesses can bid until {until}."), until=t.until)
    return [Note("notdue", lead, t.say(N_("A bid can be raised, never lowered.")))]


def _choosing(t: _Teller) -> list[Note]:
    if t.c.award:
        lead = t.say(N_("Chosen: {who}."), who=t.who)
        rest = t.say(N_("Both sides sign the agreement by {until}. Then pledging opens."), until=t.until)
        return [Note("doc", lead, rest)]
    if t.c.waiting == "consent":
        text = N_("They are asked whether they agree, until {until}. Else the next bid follows.")
        lead = t.say(N_("The choice waits for people whom a promise affects."))
        return [Note("notdue", lead, t.say(text, until=t.until))]
    if t.c.business:
        lead = t.say(N_("{who} is asked for its promise."), who=t.c.business.name)
        return [Note("notdue", lead, t.say(N_("It has time until {until}."), until=t.until))]
    if t.c.waiting == "bid":
        text = N_("The organizers can extend once, or name one business, until {until}. Else it ends.")
        rest = t.say(text, until=t.until)
        return [Note("notdue", t.say(N_("No valid bid has come.")), rest)]
    rule = t.c.bidding.rule if t.c.bidding else Rule.HIGHEST_SHARE
    return [Note("notdue", t.say(N_("Bidding has closed.")), t.say(WHO_CHOOSES[rule], until=t.until))]


def _agreed(t: _Teller) -> list[Note]:
    return [Note("day", t.say(N_("Pledging opens on {at}."), at=t.moment(t.c.pledging.opens_at)))]


def _tipped(t: _Teller) -> list[Note]:
    rest = t.say(N_("Who joins now is counted apart, and just as welcome."))
    return [Note("kept", t.say(N_("The day takes place.")), rest)]


def _missed(t: _Teller) -> list[Note]:
    said = {
        frozenset({"organizer"}): N_("The organizers want to go ahead all the same; the business has until {until}."),
        frozenset({"business"}): N_("The business wants to go ahead all the same; the organizers have until {until}."),
    }
    words = said.get(t.c.proceed, N_("It takes place only if both sides say so by {until}. No card is charged."))
    return [Note("alert", t.say(N_("Not enough was pledged.")), t.say(words, until=t.until))]


def _mobbing(t: _Teller) -> list[Note]:
    closes = formats.clock_time(t.c.last_closing, t.locale, t.c.timezone) if t.c.last_closing else ""
    return [Note("people", t.say(N_("The doors are open now.")), t.say(N_("Until {time}."), time=closes))]


def _counting(t: _Teller) -> list[Note]:
    rest = t.say(N_("{who} gives its till total by {until}; an organizer confirms it."), who=t.who, until=t.until)
    return [Note("notdue", t.say(N_("The doors are closed.")), rest)]


def _done(t: _Teller) -> list[Note]:
    if t.c.tally is not None:
        return [Note("day", t.say(N_("Every promise has been followed to its end.")))]
    return [Note("alert", t.say(N_("Not enough was pledged, and nobody went ahead.")), t.say(N_("It ended here.")))]


def _cancelled(t: _Teller) -> list[Note]:
    return [Note("alert", t.say(N_("Cancelled. The reason:")), t.c.reason)]


_NOTES: dict[State, Callable[[_Teller], list[Note]]] = {
    State.DRAFT: _draft,
    State.BIDDING: _bidding,
    State.CHOOSING: _choosing,
    State.AGREED: _agreed,
    State.TIPPED: _tipped,
    State.MISSED: _missed,
    State.MOBBING: _mobbing,
    State.COUNTING: _counting,
    State.DONE: _done,
    State.CANCELLED: _cancelled,
}
