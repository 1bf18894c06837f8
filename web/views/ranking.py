"""Bids compared, and how the rule came to its order: every step in words, as anyone can replay it from the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from businesses import codec, words
from businesses.commitments import Action, Basis, Commitment, Fixed, PerUnit, Share
from businesses.scoring import Entry, Ranking, comparable_share, leading_basis
from businesses.values import PAPER, PREPARED, Answer, Bid, Business, Jury, Offer, Score
from businesses.words import BASES
from campaigns.values import Campaign, GoalKind, Rule, TieBreak
from core import formats
from core.i18n import N_, translator
from core.money import Money
from core.wire import Json, plain
from web.speech import speech
from web.track import Track
from web.views.promises import Consents, Reader, Slip, promised

RULES = {
    Rule.HIGHEST_SHARE: N_("The highest comparable share wins."),
    Rule.JURY: N_("A jury scores the bids by these criteria."),
    Rule.VOTE: N_("The supporters’ vote decides."),
    Rule.ORGANIZER: N_("The organizers choose, with a public reason."),
}
TIE_BREAKS = {
    TieBreak.EARLIEST: N_("A tie goes to the earlier bid."),
    TieBreak.VOTE: N_("A tie goes to the supporters’ vote."),
    TieBreak.ORGANIZER: N_("A tie goes to the organizers, with a public reason."),
}
STEPS = {
    "no_bid": N_("Nobody has bid."),
    "one_bid": N_("There is one bid: jury and vote are skipped."),
    "organizer_chooses": N_("The rule leaves the choice to the organizers, who give a public reason."),
    "basis": N_("Shares of {basis} are compared: most bids name them."),
    "share": N_("{bid} gives {share} of {basis}."),
    "not_comparable": N_("{bid} names no share of {basis} and ranks after those that do."),
    "jury_scores": N_("The jury is scoring: what it gives is shown once the choice is made."),
    "score": N_("{bid} has {score} of 10 from the jury."),
    "votes": N_("{bid} has {votes} votes."),
    "tie_by_time": N_("{bids} are equal: the earlier one is first."),
    "tie_by_vote": N_("{bids} are equal: the supporters’ vote decides."),
    "consent_refused": N_("{bid} falls out: people whom it affects do not agree."),
    "consent_withdrawn": N_("{bid} falls out: people whom it affects have taken their consent back."),
    "consent_lapsed": N_("{bid} falls out: the consent of people whom it affects did not come in its term."),
    "not_accepted": N_("{bid} falls out: its agreement was not accepted by both in its term."),
    "tie_open_organizer": N_("{bids} are equal: the organizers choose."),
}


STOPPED = frozenset({"consent_refused", "consent_withdrawn", "consent_lapsed", "not_accepted"})


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
    answers: tuple[tuple[str, str], ...]
    history: tuple[Raise, ...]
    asked: tuple[tuple[str, str], ...] = ()
    judged: tuple[Judged, ...] = ()
    entered: str = ""


@dataclass(frozen=True)
class Compared:
    """The bids of a campaign: in the rule's order where it has been applied, else as they were placed."""

    campaign: Campaign
    bids: Sequence[Bid]
    shops: Mapping[str, Business]
    history: Mapping[str, list[Json]]
    ranking: Ranking | None
    reader: Reader
    jury: Jury = field(default_factory=Jury)
    consents: Mapping[str, Consents] = field(default_factory=dict)

    def say(self, text: str) -> str:
        return self.reader.say(text)

    def name(self, bid_id: str) -> str:
        held = next((b for b in self.bids if b.id == bid_id), None)
        shop = self.shops.get(held.business) if held else None
        return shop.name if shop else self.say(N_("A bid"))

    def jurors(self) -> list[tuple[str, str]]:
        """Who scored, and the ties that were declared."""
        undeclared = self.say(N_("nothing declared"))
        return [(self.juror(j.id), j.ties or undeclared) for j in self.jury.jurors]

    def juror(self, id_: str) -> str:
        """ "Juror 1"."""
        number = next((j.number for j in self.jury.jurors if j.id == id_), None)
        return self.say(N_("Juror {number}")).format(number=number) if number else self.say(N_("A juror"))

    @property
    def basis(self) -> Basis:
        return leading_basis(_entries(self.bids))

    @property
    def winners(self) -> list[str]:
        return [self.name(w.bid) for w in self.campaign.winners]


def _entries(bids: Sequence[Bid]) -> list[Entry]:
    return [Entry(b.id, b.offer.commitments, b.raised_at) for b in bids if b.stands]


def lines(compared: Compared) -> list[Line]:
    """Standing bids, best first, then the withdrawn ones."""
    order = list(compared.ranking.order) if compared.ranking else [b.id for b in compared.bids if b.stands]
    held = {b.id: b for b in compared.bids}
    figures = {b.id: _figure(compared, b) for b in compared.bids}
    most = max([Decimal(100), *(f for f in figures.values() if f is not None)])
    shown = [held[id_] for id_ in order if id_ in held]
    shown += [b for b in compared.bids if b not in shown]
    return [_line(compared, bid, n, figures[bid.id], most) for n, bid in enumerate(shown, 1)]


def _figure(compared: Compared, bid: Bid) -> Decimal | None:
    """What the rule compares: a share in percent, a score in tenths, votes; None where there is nothing to compare."""
    if not bid.stands:
        return None
    rule = compared.campaign.bidding.rule if compared.campaign.bidding else Rule.HIGHEST_SHARE
    told = {s["bid"]: s for s in compared.ranking.steps if "bid" in s} if compared.ranking else {}
    match rule:
        case Rule.JURY if "score" in told.get(bid.id, {}):
            return Decimal(told[bid.id]["score"]) * 10
        case Rule.VOTE if "votes" in told.get(bid.id, {}):
            return Decimal(told[bid.id]["votes"])
    return comparable_share(_entries([bid])[0], compared.basis)


def _line(compared: Compared, bid: Bid, number: int, figure: Decimal | None, most: Decimal) -> Line:
    shop = compared.shops.get(bid.business)
    ranked = compared.ranking is not None and bid.id in compared.ranking.order
    shown = _written(compared, figure)
    return Line(
        id=bid.id,
        place=str(number) if ranked else "",
        name=compared.name(bid.id),
        slug=shop.slug if shop else "",
        words=tuple(words.sentence(c, speech(compared.reader.lang)) for c in bid.offer.commitments),
        figure=shown,
        bar=Track.part(figure or 0, most),
        label=shown or compared.say(N_("Nothing to compare")),
        formula=_formula(compared, bid.offer.commitments),
        why=_why(compared, bid, figure),
        won=bid.id in {w.bid for w in compared.campaign.winners},
        withdrawn=not bid.stands,
        slips=tuple(promised(bid.offer.commitments, compared.reader, compared.consents.get(bid.id))),
        answers=tuple(_answers(compared, bid)),
        history=tuple(_raise(compared, told) for told in compared.history.get(bid.id, [])),
        asked=tuple(asked(bid.offer, compared.campaign, compared.reader)),
        entered=compared.say(text) if (text := entered(bid)) else "",
        judged=tuple(_judged(compared, given) for given in compared.jury.scores if given.bid == bid.id),
    )


def _judged(compared: Compared, given: Score) -> Judged:
    score = compared.say(N_("{score} of 10")).format(score=formats.number(given.score, compared.reader.locale))
    return Judged(compared.juror(given.juror), given.criterion, score, given.comment)


def _written(compared: Compared, figure: Decimal | None) -> str:
    if figure is None:
        return ""
    rule = compared.campaign.bidding.rule if compared.campaign.bidding else Rule.HIGHEST_SHARE
    locale = compared.reader.locale
    if rule == Rule.JURY and compared.ranking and compared.ranking.order:
        score = formats.number(_plain((figure / 10).quantize(Decimal("0.01"), ROUND_HALF_EVEN)), locale)
        return compared.say(N_("{score} of 10")).format(score=score)
    if rule == Rule.VOTE and compared.ranking:
        votes = translator(locale).ngettext("{count} vote", "{count} votes", int(figure))
        return votes.format(count=formats.number(int(figure), locale))
    return formats.percent(_plain(figure), locale)


def _formula(compared: Compared, commitments: Sequence[Commitment]) -> str:
    """How the figure came about, or what it comes to if the goal is reached, where that can be said."""
    goal, matched = compared.campaign.goal, next((c for c in commitments if isinstance(c, Share) and c.match), None)
    if matched:
        parts = (matched.share, matched.match + 100)
        return " × ".join(formats.percent(_plain(part), compared.reader.locale) for part in parts)
    if goal.kind != GoalKind.TAKINGS or goal.target is None:
        return ""
    takings, locale = Money.rounded(goal.target, compared.campaign.currency), compared.reader.locale
    for held in commitments:
        if isinstance(held, Share) and held.basis == Basis.GROSS:
            share = formats.percent(_plain(held.effective), locale)
            text = compared.say(N_("{share} of {takings} would be {amount}"))
            amount = formats.money(takings.percent(held.effective), locale, exact=True)
            return text.format(share=share, takings=formats.money(takings, locale), amount=amount)
        if isinstance(held, Fixed):
            return compared.say(N_("{amount} in any case")).format(
                amount=formats.money(held.amount, locale, exact=True)
            )
    return ""


def _why(compared: Compared, bid: Bid, figure: Decimal | None) -> str:
    """Why a bid stands after the others, or outside."""
    if not bid.stands:
        return compared.say(N_("Withdrawn"))
    stopped = _stopped(compared, bid.id)
    if stopped:
        return stopped
    rule = compared.campaign.bidding.rule if compared.campaign.bidding else None
    if rule == Rule.HIGHEST_SHARE and figure is None:
        basis = compared.say(BASES[compared.basis])
        return compared.say(N_("Names no share of {basis}: ranks after those that do.")).format(basis=basis)
    return ""


def _stopped(compared: Compared, bid: str) -> str:
    """Why a bid fell out of the choice, in the words of its step; empty where it did not."""
    told = compared.ranking.steps if compared.ranking else ()
    return next((_step(compared, s) for s in told if s["code"] in STOPPED and s["bid"] == bid), "")


def _answers(compared: Compared, bid: Bid) -> list[tuple[str, str]]:
    offer, say = bid.offer, compared.say
    labels = (N_("Anyway?"), N_("Done"), N_("Planned"))
    told = list(zip(map(say, labels), (offer.anyway, offer.done_already, offer.planned), strict=True))
    if offer.baseline and offer.baseline.visibility == "public":
        usual = ", ".join(formats.money(t, compared.reader.locale) for t in offer.baseline.takings)
        told.append((say(N_("Ordinary day")), f"{usual} ({offer.baseline.source})"))
    elif offer.baseline:
        told.append((say(N_("Ordinary day")), say(N_("Known to the checker only"))))
    told.append((say(N_("Where")), offer.venue))
    return [(label, text) for label, text in told if text]


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


def steps(compared: Compared) -> list[str]:
    """The steps of the ranking as sentences, with the businesses' names."""
    return [_step(compared, told) for told in compared.ranking.steps] if compared.ranking else []


def _step(compared: Compared, told: Json) -> str:
    values: dict[str, Callable[[Any], str]] = {
        "basis": lambda v: compared.say(BASES[Basis(v)]),
        "bid": compared.name,
        "share": lambda v: formats.percent(_plain(Decimal(v)), compared.reader.locale),
        "score": lambda v: formats.number(_plain(Decimal(v)), compared.reader.locale),
        "votes": lambda v: str(v) if isinstance(v, list) else formats.number(v, compared.reader.locale),
        "bids": lambda v: ", ".join(compared.name(bid) for bid in v),
    }
    known = {name: write(told[name]) for name, write in values.items() if told.get(name) is not None}
    return compared.say(STEPS[told["code"]]).format(**known)


def headline(compared: Compared, count: int, *, sealed: bool) -> str:
    """What has come of the bidding, in one sentence."""
    say, bidding = compared.say, compared.campaign.bidding
    plural = translator(compared.reader.locale).ngettext
    if compared.winners:
        names = ", ".join(compared.winners)
        by_share = len(compared.bids) > 1 and bidding is not None and bidding.rule == Rule.HIGHEST_SHARE
        return say(N_("{names} promised the most.") if by_share else N_("Chosen: {names}.")).format(names=names)
    if not count:
        return say(N_("Nobody has bid yet."))
    if sealed:
        return plural("{count} sealed bid.", "{count} sealed bids.", count).format(count=count)
    return plural("{count} bid so far.", "{count} bids so far.", count).format(count=count)


def _plain(number: Decimal) -> Decimal:
    """Without trailing zeros."""
    return Decimal(plain(number))
