"""What posters, flyers and shared pictures say of a campaign: always in its own language, never that one must hurry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from businesses import words
from businesses.commitments import Commitment
from campaigns.values import Campaign, State
from core import formats
from core.i18n import N_, translator
from core.wire import Json
from pledges.calendar import where
from web.speech import speech
from web.views import outcome
from web.views.bargain import Piece, bargain, language

MOST_PROMISES = 4
"""As many promises as a poster has room for; the page has all."""
OVER = frozenset({State.FINAL, State.FOLLOWING, State.DONE, State.CANCELLED, State.MISSED})


@dataclass(frozen=True)
class Material:
    """``pieces`` is the bargain as on its page, or the outcome; ``call`` what one can do, ``small`` what it costs."""

    lang: str
    title: str
    place: str
    pieces: tuple[Piece, ...]
    words: str
    when: tuple[str, ...]
    promises: tuple[str, ...]
    call: str
    small: str
    by: str
    alt: str
    link: str


def material(
    campaign: Campaign, names: Sequence[str], commitments: Sequence[Commitment], link: str, tally: Json | None = None
) -> Material:
    """The words of everything that is printed or shared. ``link`` is the campaign's page.

    With the final ``tally`` the outcome stands in the bargain's place: "You spent €2,000.84. Bella Café now owes ...".
    """
    lang, over = language(campaign), campaign.state in OVER
    say = translator(lang).gettext
    call = N_("See what became of it") if over else N_("Come along, or say what you think")
    costs = N_("Coming costs nothing but what you buy anyway. No money is taken beforehand.")
    headline = bargain(campaign, names, commitments)
    result = outcome.headline(tally, names, lang) if tally else ""
    return Material(
        lang=lang,
        title=campaign.title,
        place=campaign.place,
        pieces=(("", result),) if result else headline.pieces,
        words=result or headline.words,
        when=tuple(_when(campaign, lang)),
        promises=tuple(words.sentence(held, speech(lang)) for held in commitments[:MOST_PROMISES]),
        call=say(call),
        small="" if over else say(costs),
        by=", ".join(host.name for host in campaign.co_hosts),
        alt=say(N_("Code that opens the campaign’s page")),
        link=link,
    )


def _when(campaign: Campaign, lang: str) -> list[str]:
    """ "Saturday 12 June, 9:00 to 18:00, Tumringer Straße 41": a line for each window."""
    if campaign.state == State.CANCELLED:
        return [translator(lang).gettext(N_("Cancelled"))]
    told = []
    for window in campaign.windows:
        span = formats.span(window.opens_at, window.closes_at, lang, campaign.timezone)
        told.append(", ".join(part for part in (span, where(window, campaign)) if part))
    return told
