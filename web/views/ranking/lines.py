"""The bids as lines of a page, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from businesses import codec, words
from businesses.commitments import Action, Commitment, Fixed, PerUnit, Share
from businesses.values import PAPER, PREPARED, Answer, Bid, Offer, Score
from businesses.words import BASES
from campaigns.values import Campaign
from core import formats
from core.i18n import N_
from web.speech import speech
from web.track import Track
from web.views import conversion
from web.views.levels import Plot, plots
from web.views.promises import Detail, Reader, Slip, promised
from web.views.ranking import figures
from web.views.ranking.comparing import Compared

ENTERED = {
    PREPARED: N_("Prepared by the organizers, approved by the business"),
    PAPER: N_("Entered from paper, countersigned by the business"),
}
"""How a bid was written down, if not by the business itself."""


def entered(bid: Bid) -> str:
    """The mark beside a bid (a gettext id), empty where its business wrote it itself."""
    if bid.lacks_signature:
        lapsed = N_("Entered from paper, never countersigned")
        return N_("Entered from paper, not yet countersigned") if bid.stands else lapsed
    return ENTERED.get(bid.offer.entered, "")


@dataclass(frozen=True)
class Raise:
    """An offer as it stood from an instant on."""

    when: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """What one juror gave a bid for one criterion."""

    juror: str
    criterion: str
    score: str
    comment: str


@dataclass(frozen=True)
class Line:
    """One bid beside the others. ``place`` is empty where it is not ranked; ``figure`` is what it is compared by."""

    id: str
    place: str
    name: str
    slug: str
    words: tuple[str, ...]
    figure: str
    bar: Track
    label: str
    formula: str
    why: str
    won: bool
    withdrawn: bool
    slips: tuple[Slip, ...]
    levels: tuple[Plot, ...]
    answers: tuple[Detail, ...]
    history: tuple[Raise, ...]
    asked: tuple[tuple[str, str], ...] = ()
    judged: tuple[Judged, ...] = ()
    entered: str = ""


def lines(compared: Compared) -> list[Line]:
    """Standing bids, best first, then the withdrawn ones."""
    order = list(compared.ranking.order) if compared.ranking else [b.id for b in compared.bids if b.stands]
    held = {b.id: b for b in compared.bids}
    known = {b.id: figures.figure(compared, b) for b in compared.bids}
    least = Decimal(0) if compared.estimate else Decimal(100)
    most = max([least, *(f for f in known.values() if f is not None)]) or Decimal(1)
    shown = [held[id_] for id_ in order if id_ in held]
    shown += [b for b in compared.bids if b not in shown]
    return [_line(compared, bid, n, known[bid.id], most) for n, bid in enumerate(shown, 1)]


def _line(compared: Compared, bid: Bid, number: int, figure: Decimal | None, most: Decimal) -> Line:
    shop = compared.shops.get(bid.business)
    ranked = compared.ranking is not None and bid.id in compared.ranking.order
    shown = figures.written(compared, figure)
    return Line(
        id=bid.id,
        place=str(number) if ranked else "",
        name=compared.name(bid.id),
        slug=shop.slug if shop else "",
        words=tuple(words.sentence(c, speech(compared.reader.lang)) for c in bid.offer.commitments),
        figure=shown,
        bar=Track.part(figure or 0, most),
        label=shown or compared.say(N_("Nothing to compare")),
        formula=figures.formula(compared, bid),
        why=figures.why(compared, bid, figure),
        won=bid.id in {w.bid for w in compared.campaign.winners},
        withdrawn=not bid.stands,
        slips=tuple(promised(bid.offer.commitments, compared.reader, compared.consents.get(bid.id))),
        levels=tuple(plots(bid.offer, compared.campaign, compared.reader)),
        answers=tuple(_answers(compared, bid)),
        history=tuple(_raise(compared, told) for told in compared.history.get(bid.id, [])),
        asked=tuple(asked(bid.offer, compared.campaign, compared.reader)),
        entered=compared.say(text) if (text := entered(bid)) else "",
        judged=tuple(_judged(compared, given) for given in compared.jury.scores if given.bid == bid.id),
    )


def _judged(compared: Compared, given: Score) -> Judged:
    score = compared.say(N_("{score} of 10")).format(score=formats.number(given.score, compared.reader.locale))
    return Judged(compared.juror(given.juror), given.criterion, score, given.comment)


def _answers(compared: Compared, bid: Bid) -> list[Detail]:
    offer, reader = bid.offer, compared.reader
    told = [*conversion.changes(offer, bid.confirmed, reader), *conversion.usual(offer, bid.seen, reader)]
    return [*told, (reader.say(N_("Where")), offer.venue)] if offer.venue else told


def asked(offer: Offer, campaign: Campaign, reader: Reader) -> list[tuple[str, str]]:
    """The campaign's questions with the bid's answers."""
    questions = campaign.bidding.questions if campaign.bidding else ()
    return [(q.text, _said(given, reader)) for q, given in zip(questions, offer.answers, strict=False)]


def _said(given: Answer, reader: Reader) -> str:
    word = reader.say(N_("Yes")) if given.answer == "yes" else reader.say(N_("No"))
    return f"{word}. {given.words}" if given.words else word


def _raise(compared: Compared, told: dict[str, Any]) -> Raise:
    voice = speech(compared.reader.lang)
    at = datetime.fromisoformat(told["at"])
    said = tuple(words.sentence(codec.stored(c), voice) for c in told["commitments"])
    return Raise(formats.moment(at, compared.reader.locale, compared.reader.timezone), said)


def rows(compared: Compared) -> list[tuple[str, str, str]]:
    """The same as a table: who, a part of what, and what it is compared by."""
    kinds = {b.id: _kind(compared, b.offer.commitments) for b in compared.bids}
    return [(line.name, kinds[line.id], line.figure or "–") for line in lines(compared)]


def _kind(compared: Compared, commitments: Sequence[Commitment]) -> str:
    told = []
    for held in commitments:
        match held:
            case Share():
                told.append(compared.say(N_("share of {basis}")).format(basis=compared.say(BASES[held.basis])))
            case PerUnit():
                told.append(compared.say(N_("a sum for each {unit}")).format(unit=held.unit))
            case Fixed():
                told.append(compared.say(N_("a fixed sum")))
            case Action():
                told.append(held.metric)
    return ", ".join(told)
