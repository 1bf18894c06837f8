"""A supporter's ticket: what was pledged, the code for the door, and what happens next, by date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from businesses.commitments import Commitment
from campaigns import slots
from campaigns.rules import TILL_TERM, takes_pledges
from campaigns.slots import Place
from campaigns.values import Campaign, GoAheadKind, State
from core import formats
from core.i18n import N_, translator
from core.money import Money
from pledges import calendar as calendars
from pledges.calendar import where
from pledges.returns.values import Opening, Return
from pledges.rules.codes import spoken
from pledges.values import Pledge, PledgeState, SpendReport
from web.speech import speech
from web.views import outcome, standing
from web.views.bargain import bargain, day, leading, together
from web.views.standing import Note

_NO_DOOR = frozenset({State.FINAL, State.FOLLOWING, State.DONE, State.CANCELLED})


@dataclass(frozen=True)
class Back:
    """A business to which one may come back: the visit one pledged, and since when it is asked for."""

    business: str
    name: str
    visit: Return | None
    opening: Opening | None


@dataclass(frozen=True)
class Held:
    """A pledge with everything its page speaks of. ``came``: checked in; ``manages``: may change and withdraw it.

    ``noted``: what crew say they spent; ``report``: what they say themselves.
    """

    pledge: Pledge
    campaign: Campaign
    names: tuple[str, ...]
    commitments: tuple[Commitment, ...]
    email: str
    manages: bool
    came: bool
    now: datetime
    noted: Money | None = None
    report: SpendReport | None = None
    back: tuple[Back, ...] = ()

    @property
    def place(self) -> Place | None:
        """The arrival time that was chosen, as long as the campaign has it."""
        return slots.find(self.campaign, self.pledge.slot)


@dataclass(frozen=True)
class Ticket:
    """The ticket's page. ``door`` is what its QR code opens; empty fields leave their part out."""

    title: str
    lede: str
    notes: tuple[Note, ...]
    who: str
    when: str
    where: str
    code: str
    door: str
    share: str
    share_text: str
    next: tuple[tuple[str, str], ...]
    asks_again: bool
    may_change: bool
    stands: bool


def ticket(held: Held, base: str, locale: str) -> Ticket:
    """The page of a pledge, in the reader's language."""
    c = held.campaign
    page = f"{base.rstrip('/')}/campaigns/{c.slug}"
    valid = held.pledge.stands and c.state not in _NO_DOOR
    said = bargain(c, held.names, held.commitments)
    return Ticket(
        title=_title(held, locale),
        lede=lede(held, locale),
        notes=tuple(_notes(held, locale)),
        who=who(held, locale),
        when=_when(held, locale),
        where=_where(held),
        code=spoken(held.pledge.code),
        door=f"{base.rstrip('/')}/door/{c.slug}?code={held.pledge.code}" if valid else "",
        share=page if valid else "",
        share_text=said.words,
        next=tuple(what_next(held, locale)) if valid else (),
        asks_again=asks_again(held),
        may_change=held.manages and held.pledge.stands and not held.came and takes_pledges(c, held.now),
        stands=held.pledge.stands,
    )


def who(held: Held, locale: str) -> str:
    return together(held.names, speech(locale)) if held.names else held.campaign.title


def asks_again(held: Held) -> bool:
    """Whether the terms have changed since the supporter agreed to them."""
    old = held.pledge.terms_version < held.campaign.terms_version
    return old and held.pledge.state == PledgeState.CONFIRMED and takes_pledges(held.campaign, held.now)


def _title(held: Held, locale: str) -> str:
    say = translator(locale).gettext
    if held.pledge.state == PledgeState.WITHDRAWN:
        return say(N_("You have taken your pledge back."))
    if held.pledge.state == PledgeState.REPLACED:
        return say(N_("A newer pledge of yours took its place."))
    return say(N_("You were there. Thank you.")) if held.came else say(N_("You are in."))


def lede(held: Held, locale: str) -> str:
    """ "You plan to spend €20 at Bella Café on Saturday 12 June." """
    c, pledge = held.campaign, held.pledge
    if c.tally is not None:
        return outcome.headline(c.tally, held.names, locale)
    if not pledge.stands:
        return translator(locale).gettext(N_("Nothing of it counts any more, and nobody is told."))
    words = translator(locale).ngettext(
        "You plan to spend {amount} at {who} on {day}.",
        "The {party} of you plan to spend {amount} at {who} on {day}.",
        pledge.party,
    )
    amount = formats.money(pledge.amount, locale)
    return words.format(amount=amount, who=who(held, locale), day=day(c, locale), party=pledge.party)


def _notes(held: Held, locale: str) -> list[Note]:
    own = [note for note in (_own_note(held, locale),) if note and held.pledge.stands]
    c = held.campaign
    told = c.state not in {State.PLEDGING, State.TIPPED}
    return [*own, *(standing.notes(c, held.names, held.now, locale) if told else [])]


def _own_note(held: Held, locale: str) -> Note | None:
    """The one thing that is left to do for this pledge, or that nothing is."""
    say, pledge = translator(locale).gettext, held.pledge
    if held.campaign.state in _NO_DOOR or held.came:
        return None
    if asks_again(held):
        return Note(
            "alert",
            say(N_("Not reconfirmed: the day or its terms have changed.")),
            say(N_("Your code stays valid. Do you still agree?")),
        )
    if pledge.state == PledgeState.CONFIRMED:
        return Note(
            "kept", say(N_("Your pledge counts.")), say(N_("No money is taken now. You pay in the shop, on the day."))
        )
    if not pledge.with_address:
        return Note(
            "ticket", say(N_("Keep this code.")), say(N_("Without an address your pledge counts when you come."))
        )
    text = say(N_("Open the mail we sent to {email} and confirm. Then your pledge counts."))
    return Note("mail", say(N_("One thing left.")), text.format(email=held.email))


def _when(held: Held, locale: str) -> str:
    c = held.campaign
    at = held.place or next(iter(c.windows), None)
    return f"{formats.span(at.opens_at, at.closes_at, locale, c.timezone)} ({c.timezone})" if at else ""


def _where(held: Held) -> str:
    c, place = held.campaign, held.place
    window = c.window(place.slot.window) if place else next(iter(c.windows), None)
    return where(window, c) if window else c.place


def what_next(held: Held, locale: str) -> list[tuple[str, str]]:
    """The dates ahead: the go-ahead, the day, the till total, and the promise itself."""
    c, say = held.campaign, translator(locale).gettext
    comes = held.place.opens_at if held.place else c.first_opening
    moments: list[tuple[datetime | None, str]] = [
        (c.go_ahead_at if c.decided is None else None, _hears(c, locale)),
        (comes, say(N_("Come, show your code, buy what you like, pay as always."))),
        (c.last_closing and c.last_closing + TILL_TERM, say(N_("By then you see the till total and what is owed."))),
    ]
    ahead = [(_short(at, c, locale), words) for at, words in moments if at and at > held.now and words]
    if held.commitments:
        due = formats.calendar_date(leading(held.commitments).due_on, locale)
        ahead.append((due, say(N_("Was the word kept? You get the answer, either way."))))
    return ahead


def _short(at: datetime, c: Campaign, locale: str) -> str:
    return f"{formats.short_day(at, locale, c.timezone)}, {formats.clock_time(at, locale, c.timezone)}"


def _hears(c: Campaign, locale: str) -> str:
    target, say = c.go_ahead.target, translator(locale).gettext
    if c.go_ahead.kind == GoAheadKind.NONE or target is None:
        return ""
    if c.go_ahead.kind == GoAheadKind.HEADCOUNT:
        wanted = formats.people(int(target), locale)
    else:
        wanted = formats.money(Money.rounded(target, c.currency), locale)
    return say(N_("You hear whether enough was pledged: {wanted}.")).format(wanted=wanted)


def calendar(held: Held, base: str, locale: str) -> bytes:
    """The day as an iCalendar file."""
    c = held.campaign
    about = bargain(c, held.names, held.commitments).words
    return calendars.calendar(c, held.pledge, base, held.now, summary=who(held, locale), about=about)


def mailto(share: str, text: str) -> str:
    """Without a share sheet a friend is told by mail."""
    return f"mailto:?subject={quote(text)}&body={quote(f'{text} {share}')}"
