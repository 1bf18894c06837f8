"""The bargain in one sentence: "Bella Café will stock 15 more local producers if we spend €5,000 on 12 June".

It is said in the campaign's language, as the promises in it are. The sentence is a template whose parts a translator
may put into another order: ``{nouns}`` shout on the poster, ``[joints]`` whisper between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from businesses.commitments import Action, Commitment, Fixed, PerUnit, Share
from businesses.words import BASES, Speech
from campaigns.values import Campaign, Goal, GoalKind
from core import formats
from core.i18n import LOCALES, N_
from core.money import Money
from web.speech import speech

Piece = tuple[str, str]
_PART = re.compile(r"\[(?P<join>[^\]]+)\]|\{(?P<noun>\w+)\}")
_QUIET = {"who": "who", "day": "who"}
"""Nouns that are set a little smaller than the rest."""

SENTENCES = {
    GoalKind.TAKINGS: N_("{who} [will] {what} [if we spend] {goal} [on] {day}"),
    GoalKind.UNITS: N_("{who} [will] {what} [if we buy] {goal} [on] {day}"),
    GoalKind.HEADCOUNT: N_("{who} [will] {what} [if] {goal} [come on] {day}"),
    GoalKind.NONE: N_("{who} [will] {what} [if we come on] {day}"),
}


SEVERAL = {
    GoalKind.TAKINGS: N_("{who} [will each] {what} [if we spend] {goal} [on] {day}"),
    GoalKind.UNITS: N_("{who} [will each] {what} [if we buy] {goal} [on] {day}"),
    GoalKind.HEADCOUNT: N_("{who} [will each] {what} [if] {goal} [come on] {day}"),
    GoalKind.NONE: N_("{who} [will each] {what} [if we come on] {day}"),
}
"""The same of several winners: in most languages another verb."""


@dataclass(frozen=True)
class Bargain:
    """A headline: ``pieces`` for the poster, each with its kind ("who", "join" or ""), in the language ``lang``."""

    pieces: tuple[Piece, ...]
    lang: str
    words: str
    """The same as one plain sentence, for titles, cards and shared links."""


def language(campaign: Campaign) -> str:
    """The campaign's language, or English where the platform has no words of its own in it."""
    return campaign.language if campaign.language in LOCALES else "en"


def bargain(campaign: Campaign, names: Sequence[str], commitments: Sequence[Commitment]) -> Bargain:
    """The headline: what the winners promise if the crowd comes; before there is an award, the campaign's title."""
    if not names or not commitments:
        return Bargain((("", campaign.title),), campaign.language, campaign.title)
    voice = speech(language(campaign))
    values = {
        "who": together(names, voice),
        "what": _what(campaign, names, commitments, voice),
        "goal": _goal(campaign, language(campaign)),
        "day": day(campaign, language(campaign)),
    }
    sentences = SENTENCES if len(names) == 1 else SEVERAL
    pieces = _laid_out(voice.say(sentences[campaign.goal.kind]), values)
    # A comma belongs to the sentence; on the poster the rules divide.
    poster = tuple((kind, words.removeprefix(", ")) for kind, words in pieces)
    return Bargain(poster, language(campaign), " ".join(words for _, words in pieces).replace(" , ", ", "))


def _what(campaign: Campaign, names: Sequence[str], commitments: Sequence[Commitment], voice: Speech) -> str:
    """The promise that leads; of several winners none is said to make another one's."""
    if len(names) > 1:
        return voice.say(N_("do what they have promised"))
    return deed(at_goal(leading(commitments), campaign.goal), voice)


def leading(commitments: Sequence[Commitment]) -> Commitment:
    """The promise that stands in the headline: the first deed, else the first promise of money."""
    return next((c for c in commitments if isinstance(c, Action)), commitments[0])


def at_goal(held: Commitment, goal: Goal) -> Commitment:
    """The promise as it will stand if the day brings its goal: with the step of the ladder that the goal reaches."""
    if not isinstance(held, Action) or goal.target is None:
        return held
    takings = goal.target if goal.kind == GoalKind.TAKINGS else None
    units = int(goal.target) if goal.kind == GoalKind.UNITS else None
    heads = int(goal.target) if goal.kind == GoalKind.HEADCOUNT else 0
    return replace(held, target=held.resolved_target(takings, units, heads), ladder=())


def together(names: Sequence[str], voice: Speech) -> str:
    """ "A", "A and B", "A, B and C"."""
    *first, last = names
    return voice.say(N_("{names} and {last}")).format(names=", ".join(first), last=last) if first else last


def deed(commitment: Commitment, voice: Speech) -> str:
    """What is promised, as it follows "will": "stock 15 more local producers", "give 60% of the takings for light"."""
    match commitment:
        case Action():
            return _action(commitment, voice)
        case Share():
            text, basis = voice.say(N_("give {share}% of {basis}{purpose}")), voice.say(BASES[commitment.basis])
            return _filled(text, commitment, voice, share=voice.number(commitment.share), basis=basis)
        case PerUnit():
            text = voice.say(N_("give {amount} for each {unit}{purpose}"))
            return _filled(text, commitment, voice, amount=voice.money(commitment.amount), unit=commitment.unit)
        case Fixed():
            text = voice.say(N_("give {amount}{purpose}"))
            return _filled(text, commitment, voice, amount=voice.money(commitment.amount))
    raise TypeError(commitment.kind)


def _action(held: Action, voice: Speech) -> str:
    text = voice.say(N_("{verb} {number} {metric}"))
    if held.baseline:
        more, fewer = voice.say(N_("{verb} {number} more {metric}")), voice.say(N_("{verb} {number} fewer {metric}"))
        text = more if held.more else fewer
    number = voice.number(abs(held.target - held.baseline))
    return text.format(verb=held.verb, number=number, metric=held.metric)


def _filled(text: str, held: Commitment, voice: Speech, **values: str) -> str:
    purpose = voice.say(N_(" for {purpose}")).format(purpose=held.purpose) if held.purpose else ""
    return text.format(purpose=purpose, **values)


def _goal(campaign: Campaign, locale: str) -> str:
    kind, target = campaign.goal.kind, campaign.goal.target
    if target is None:
        return ""
    if kind == GoalKind.TAKINGS:
        return formats.money(Money.rounded(target, campaign.currency), locale)
    return formats.people(int(target), locale) if kind == GoalKind.HEADCOUNT else formats.number(target, locale)


def day(campaign: Campaign, locale: str) -> str:
    """ "Saturday 12 June"; the first and the last day where there are several."""
    first, last = campaign.first_opening, campaign.last_closing
    if first is None or last is None:
        return ""
    days = [formats.named_day(at, locale, campaign.timezone) for at in (first, last)]
    if days[0] == days[1]:
        return days[0]
    return speech(locale).say(N_("{start} to {end}")).format(start=days[0], end=days[1])


def _laid_out(template: str, values: dict[str, str]) -> tuple[Piece, ...]:
    pieces = []
    for part in _PART.finditer(template):
        noun = part["noun"]
        words = values[noun] if noun else part["join"]
        pieces.append((_QUIET.get(noun, "") if noun else "join", words))
    return tuple(piece for piece in pieces if piece[1])
