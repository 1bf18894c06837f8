"""Businesses and how they kept their word. What is overdue counts in every rate; own account is told apart. Public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import queries as account_queries
from businesses import queries
from businesses.badge import badge
from businesses.effects import queries as effect_queries
from businesses.followthrough import Obligation
from businesses.values import Bid, Business
from businesses.word import Word, by_topic, word
from businesses.words import sentence
from campaigns import queries as campaign_queries
from campaigns.values import Campaign
from core import formats, record
from core.facts import Recorded
from core.i18n import N_, translator
from core.wire import Json, money
from web.pages.following.promises import BRIEFLY
from web.pages.following.reading import HAPPENED
from web.rendering import locale_of, render
from web.site import SiteDep
from web.speech import speech
from web.views import effects, identity
from web.views import word as words
from web.views.facts_in_words import CONTEXT, Line, Names, learn, lines
from web.views.facts_in_words.of_agreements import IDENTITIES
from web.views.promises import Stamp, stamp
from web.views.standing import label
from web.views.timeline import TURNING, plot

router = APIRouter()
PAGE = 30
_LATEST = 12
_TOLD = ("PromiseLate", "PromiseUnknown", "ExtensionGranted", "VerdictGiven", "ReplyGiven")


@dataclass(frozen=True)
class Won:
    """A campaign that the business won, as a card: where it stands, what came in, and how its promises stand."""

    label: str
    title: str
    address: str
    lang: str
    small: str
    stamp: Stamp | None
    told: str


@dataclass(frozen=True)
class Offered:
    """A bid that was not chosen and goes on standing, in the language of its campaign."""

    campaign: Campaign
    until: date
    promises: tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """A business in the list, with its word in a line."""

    business: Business
    told: str
    rate: str


@router.get("/businesses")
def list_(request: Request, here: SiteDep, after: Annotated[str, Query(max_length=80)] = "") -> Response:
    """Every business that has taken part, by name."""
    locale = locale_of(request)
    with here.db.reading() as session:
        found = queries.listed(session, after, PAGE + 1)
        now = here.clock.now(session)
        promises = queries.promises_of_each(session, [b.id for b in found[:PAGE]])
    listed = [_listed(b, promises[b.id], word(promises[b.id], now), locale) for b in found[:PAGE]]
    more = f"/businesses?after={found[PAGE - 1].slug}" if len(found) > PAGE else ""
    return render(request, "following/businesses.html", headers=BRIEFLY, listed=listed, next=more, first=not after)


def _listed(business: Business, promises: list[Obligation], kept: Word, locale: str) -> Listed:
    say = translator(locale).gettext
    if not promises:
        return Listed(business, say(N_("No promise yet that a mob has paid for.")), "")
    told = words.fallen_due(kept, len({o.campaign for o in promises}), locale)
    return Listed(business, told, words.rate(kept, locale))


@router.get("/businesses/{slug}")
def profile(slug: str, request: Request, here: SiteDep) -> Response:
    """One business: its word so far, its campaigns, its record."""
    locale = locale_of(request)
    with here.db.reading() as session:
        shop = queries.profile(session, slug)
        now = here.clock.now(session)
        promises = queries.promises_of(session, shop.id)
        held = {c.id: c for c in _public(session, shop)}
        offers = [_offered(c, s.until, bid) for s, bid, c in queries.offers_of(session, shop.id, now.date())]
        stated = effect_queries.of_obligations(session, (o.id for o in promises))
        known = queries.identities(session, shop.id)
        people = account_queries.people(session, (id_ for each in known for id_ in each.by))
        told = record.of_campaigns(session, held, (*CONTEXT, *_TOLD, *TURNING))
    won = [c for c in held.values() if shop.id in {w.business for w in c.winners}]
    kept, carried = word(promises, now), badge(promises, now)
    stamps = {o.id: stamp(o, now, locale) for o in promises}
    cards = [_won(c, [o for o in promises if o.campaign == c.id], stamps, locale) for c in _newest_first(won)]
    return render(
        request,
        "following/business.html",
        headers=BRIEFLY,
        business=shop,
        identity=translator(locale).gettext(IDENTITIES.get(shop.identity, shop.identity)),
        known=identity.lines(known, identity.Reader(locale, "UTC", people)),
        plainly=identity.unconfirmed(shop.identity, locale),
        figures=words.figures(kept, locale),
        told=words.fallen_due(kept, len({o.campaign for o in promises}), locale) if promises else "",
        rate=words.rate(kept, locale),
        own=words.eyes(kept, locale),
        effects=effects.in_all(stated, locale),
        topics=words.topics(by_topic(promises, now), locale) if promises else [],
        badge=words.badge_words(carried, shop.name, locale) if carried.earned else "",
        offers=offers,
        campaigns=cards,
        elsewhere=[c for c in _newest_first(list(held.values())) if c not in won],
        timeline=plot(promises, told, now, locale, "UTC"),
        ledger=_ledger(told, {o.id for o in promises}, held, locale),
    )


def _offered(campaign: Campaign, until: date, bid: Bid) -> Offered:
    voice = speech(campaign.language)
    return Offered(campaign, until, tuple(sentence(held, voice) for held in bid.offer.commitments))


def _public(session: Session, shop: Business) -> list[Campaign]:
    """The campaigns in which everybody may know of the business's bid: a sealed one leaks nowhere."""
    held = campaign_queries.by_ids(session, queries.campaigns_of(session, shop.id)).values()
    seen = {bid.campaign for bid in queries.bids_of_campaigns(session, [c.id for c in held]) if bid.business == shop.id}
    return [c for c in held if c.id in seen and c.is_public and not queries.are_sealed(c)]


def _newest_first(held: list[Campaign]) -> list[Campaign]:
    return sorted(held, key=lambda c: c.first_opening or c.created_at, reverse=True)


def _won(c: Campaign, promises: list[Obligation], stamps: Mapping[str, Stamp], locale: str) -> Won:
    address = f"/campaigns/{c.slug}/follow" if promises else f"/campaigns/{c.slug}"
    own = [stamps[o.id] for o in promises]
    told = "" if not own else _tally_of(own, locale)
    return Won(
        _label(c, locale),
        c.title,
        address,
        c.language,
        _came_in(c.tally, locale),
        words.summary(own, locale),
        told,
    )


def _label(c: Campaign, locale: str) -> str:
    """ "Mob of 22 April 2026" once it is over; before that, where the campaign stands."""
    if c.tally is None or c.first_opening is None:
        return label(c, locale)
    day = formats.calendar_date(c.first_opening, locale, c.timezone)
    return translator(locale).gettext(N_("Mob of {day}")).format(day=day)


def _tally_of(stamps: list[Stamp], locale: str) -> str:
    """ "11 promises, 3 of them kept": where no single stamp says it."""
    catalogue = translator(locale)
    kept = sum(1 for s in stamps if s.state in {"kept", "kept_late"})
    text = catalogue.ngettext("{n} promise", "{n} promises", len(stamps)).format(n=formats.number(len(stamps), locale))
    return catalogue.gettext(N_("{promises}, {kept} of them kept so far")).format(
        promises=text, kept=formats.number(kept, locale)
    )


def _came_in(tally: Json | None, locale: str) -> str:
    """ "€7,912.40 at the till, 301 people"; unknown stays unknown."""
    if tally is None:
        return ""
    say = translator(locale).gettext
    takings = money((tally["till"] or {}).get("takings"))
    people = formats.people(tally["attended"]["people"], locale)
    if takings is None:
        return say(N_("The till is not known; {people} came")).format(people=people)
    return say(N_("{takings} at the till, {people}")).format(takings=formats.money(takings, locale), people=people)


def _ledger(told: list[Recorded], own: set[str], held: Mapping[str, Campaign], locale: str) -> list[Line]:
    """What became of the business's promises, the newest first."""
    names = learn(Names(locale, next((c.timezone for c in held.values()), "UTC")), told)
    about = [f for f in told if f.kind in HAPPENED and f.body["obligation"] in own and f.kind in _TOLD]
    return lines(list(reversed(about))[:_LATEST], names)
