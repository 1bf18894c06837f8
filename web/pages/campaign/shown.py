"""From what is known of a campaign to what its page shows: pure, one value for each part of the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from accounts.rules import ORGANIZERS, Member, Role
from businesses.queries import Asked
from campaigns import rules
from campaigns.values import Campaign, CoHost, State, Window
from core import formats
from core.i18n import N_, translator
from pledges.calendar import address
from web.pages.campaign.known import AFTER, ON_THE_DAY, Known, Winning
from web.views import outcome, promises, slots
from web.views.amounts import chips
from web.views.bargain import Bargain, bargain, language
from web.views.facts_in_words import Line, Names, learn, lines
from web.views.levels import Plot, plots
from web.views.progress import Needed, Progress, apart, needed, progress
from web.views.promises import Reader, Slip
from web.views.slots import Option
from web.views.standing import Note, label, moved, notes

MAP = "https://www.openstreetmap.org/search?query="


@dataclass(frozen=True)
class Signature:
    """Who signed an agreement when, and the fingerprint of its text."""

    name: str
    words: str
    fingerprint: str


@dataclass(frozen=True)
class Promiser:
    """A chosen business with its slips, and what it said of itself."""

    name: str
    slug: str
    slips: tuple[Slip, ...]
    levels: tuple[Plot, ...]
    signature: Signature | None
    anyway: str
    done_already: str
    planned: str
    ties: str


@dataclass(frozen=True)
class Place:
    """A window at one address as the day's list shows it; ``who``: whose, where there are several."""

    when: str
    venue: str
    map: str
    who: str = ""


@dataclass(frozen=True)
class Team:
    """Who is behind it: how many, what they declare, who stands beside them."""

    size: int
    income: str
    ties: str
    monitors: tuple[Member, ...]
    co_hosts: tuple[CoHost, ...]


@dataclass(frozen=True)
class Shown:
    """The page. ``form`` is "pledge", "ask" or ""; ``result`` the sentence that leads after the final tally."""

    campaign: Campaign
    bargain: Bargain
    label: str
    small: str
    notes: tuple[Note, ...]
    progress: Progress | None
    needed: Needed | None
    apart: tuple[str, ...]
    asks: str
    bids: str
    form: str
    chips: tuple[tuple[str, str], ...]
    slots: tuple[Option, ...]
    promisers: tuple[Promiser, ...]
    places: tuple[Place, ...]
    team: Team
    latest: tuple[Line, ...]
    facts: int
    live: tuple[tuple[str, str], ...]
    result: str
    has_ranking: bool
    lang: str


def show(known: Known, locale: str) -> Shown:
    """Everything the template needs, in the reader's language."""
    c = known.campaign
    form = _form(known)
    pledging = form == "pledge" or c.state in {State.PLEDGING, State.TIPPED, State.MISSED}
    return Shown(
        campaign=c,
        bargain=bargain(c, known.names, known.commitments),
        label=label(c, locale),
        small=_small(c, locale),
        notes=(*moved(c, known.moved, locale), *notes(c, known.names, known.now, locale)),
        progress=progress(c, known.sums, known.commitments, locale) if pledging and not _is_day(known) else None,
        needed=needed(c, known.sums, locale),
        apart=tuple(apart(known.sums, locale, known.not_renewed)) if pledging else (),
        asks=_asks(known, locale),
        bids=_bids(known, locale),
        form=form,
        chips=chips(c.currency, locale) if form else (),
        slots=slots.options(c, known.arrivals, known.now, locale) if form == "pledge" else (),
        promisers=tuple(_promiser(won, known, locale) for won in known.winners),
        places=tuple(place for window in c.windows for place in _places(window, known, locale)),
        team=_team(known),
        latest=tuple(_latest(known, locale)),
        facts=known.facts,
        live=tuple(outcome.three(known.tally, locale)) if _is_day(known) and known.tally else (),
        result=outcome.headline(known.result, known.names, locale) if known.result and c.state in AFTER else "",
        has_ranking=c.bidding is not None and c.state not in {State.DRAFT, State.BIDDING} and known.bids > 0,
        lang=language(c),
    )


def _is_day(known: Known) -> bool:
    return known.campaign.state in ON_THE_DAY


def _form(known: Known) -> str:
    c = known.campaign
    if rules.takes_pledges(c, known.now):
        return "pledge"
    return "ask" if c.state in {State.BIDDING, State.CHOOSING} and c.award is None else ""


def _small(c: Campaign, locale: str) -> str:
    """ "9:00 to 18:00, Tumringer Straße 41. Times in Europe/Berlin": the headline names the day."""
    if not c.windows:
        return ""
    first = ", ".join(part for part in (_hours(c.windows[0], c, locale), c.places(c.windows[0])[0][1]) if part)
    count = sum(len(c.places(window)) for window in c.windows)
    if count > 1:
        first = translator(locale).gettext(N_("{count} times and places, see below")).format(count=count)
    zone = translator(locale).gettext(N_("Times in {zone}")).format(zone=c.timezone)
    return f"{first}. {zone}"


def _hours(window: Window, c: Campaign, locale: str) -> str:
    words = formats.span(window.opens_at, window.closes_at, locale, c.timezone)
    one_day = formats.day(window.opens_at, locale, c.timezone)
    return words.removeprefix(f"{one_day}, ")


def _places(window: Window, known: Known, locale: str) -> list[Place]:
    c, names = known.campaign, {won.business.id: won.business.name for won in known.winners}
    when = formats.span(window.opens_at, window.closes_at, locale, c.timezone)
    told = [(names.get(who, ""), address(venue, c)) for who, venue in c.places(window)]
    return [Place(when, venue, f"{MAP}{quote(venue)}", who) for who, venue in told]


def _asks(known: Known, locale: str) -> str:
    """What businesses can see is at stake, before there is an award."""
    asks = known.asks
    if known.campaign.award:
        return ""
    return " ".join(words for words in (_asked(asks, locale), _apart(asks.without_address, locale)) if words)


def _asked(asks: Asked, locale: str) -> str:
    if not asks.people:
        return ""
    words = translator(locale).ngettext(
        "{people} person asks for this and would spend about {amount}.",
        "{people} people ask for this and would spend about {amount}.",
        asks.people,
    )
    return words.format(people=formats.number(asks.people, locale), amount=formats.money(asks.amount, locale))


def _apart(asks: Asked, locale: str) -> str:
    """Nobody knows whether those without an address are as many people: so they are never added to the others."""
    if not asks.people:
        return ""
    words = translator(locale).ngettext(
        "Counted apart, without an address: {people} person, about {amount}.",
        "Counted apart, without an address: {people} people, about {amount}.",
        asks.people,
    )
    return words.format(people=formats.number(asks.people, locale), amount=formats.money(asks.amount, locale))


def _bids(known: Known, locale: str) -> str:
    """How many bid so far; of sealed ones that is all there is to see."""
    if known.campaign.state != State.BIDDING:
        return ""
    words = translator(locale).ngettext("{count} business is bidding.", "{count} businesses are bidding.", known.bids)
    return words.format(count=formats.number(known.bids, locale))


def _promiser(won: Winning, known: Known, locale: str) -> Promiser:
    offer = won.bid.offer
    reader = reader_of(known.campaign, known.members, locale)
    held = [o for o in known.obligations if o.bid == won.bid.id]
    consents = known.consents.get(won.bid.id)
    followed = promises.followed(held, known.now, reader)
    slips = followed if held else promises.promised(won.bid.promised, reader, consents)
    return Promiser(
        name=won.business.name,
        slug=won.business.slug,
        slips=tuple(slips),
        levels=() if held else tuple(plots(replace(offer, commitments=won.bid.promised), known.campaign, reader)),
        signature=_signature(won, known.campaign, locale),
        anyway=offer.anyway,
        done_already=offer.done_already,
        planned=offer.planned,
        ties=won.business.disclosure,
    )


def reader_of(campaign: Campaign, members: Sequence[Member], locale: str) -> Reader:
    return Reader(locale, language(campaign), campaign.timezone, promises.monitors(members))


def _signature(won: Winning, c: Campaign, locale: str) -> Signature | None:
    """The business's own, once it has accepted the agreement."""
    signed = next((a for a in won.agreement.accepted if a.by == "business"), None) if won.agreement else None
    if signed is None or won.agreement is None:
        return None
    text = translator(locale).gettext(N_("{name} signed for {business} on {day}. The words are locked."))
    day = formats.calendar_date(signed.at, locale, c.timezone)
    return Signature(
        signed.name, text.format(name=signed.name, business=won.business.name, day=day), won.agreement.sha256
    )


def _team(known: Known) -> Team:
    declared = known.campaign.disclosure
    return Team(
        size=len({m.person for m in known.members if m.role in ORGANIZERS}),
        income=declared.income if declared else "",
        ties=declared.ties if declared else "",
        monitors=tuple(m for m in known.members if m.role == Role.MONITOR),
        co_hosts=known.campaign.co_hosts,
    )


def _latest(known: Known, locale: str) -> list[Line]:
    names = learn(Names(locale, known.campaign.timezone or "UTC"), known.context)
    return lines(known.latest, names)
