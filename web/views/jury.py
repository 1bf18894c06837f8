"""What a juror fills in: for each bid its promises, its answers, and a score with a comment for each criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from businesses import words
from businesses.values import Bid, Business, Score
from campaigns.values import Campaign
from core import formats
from core.i18n import N_, translator
from core.wire import plain
from web.speech import speech
from web.typed import Typed
from web.views.fields import Fields

Given = tuple[str, Decimal, str]
"""A criterion, its score and the comment."""


@dataclass(frozen=True)
class Sheet:
    """One bid before a juror, with what was scored so far and the criteria that still lack a score."""

    id: str
    name: str
    promises: tuple[str, ...]
    anyway: str
    missing: tuple[str, ...]
    form: Typed


def sheets(
    campaign: Campaign, bids: Sequence[Bid], shops: Mapping[str, Business], scores: Sequence[Score], locale: str
) -> list[Sheet]:
    voice, held = speech(campaign.language), {(s.bid, s.criterion): s for s in scores}
    return [
        Sheet(
            id=bid.id,
            name=shops[bid.business].name if bid.business in shops else "",
            promises=tuple(words.sentence(c, voice) for c in bid.offer.commitments),
            anyway=bid.offer.anyway,
            missing=tuple(name for name in criteria(campaign) if (bid.id, name) not in held),
            form=_form(bid, criteria(campaign), held, locale),
        )
        for bid in bids
    ]


def criteria(campaign: Campaign) -> list[str]:
    return [criterion.name for criterion in campaign.bidding.criteria] if campaign.bidding else []


def _form(bid: Bid, names: Sequence[str], held: Mapping[tuple[str, str], Score], locale: str) -> Typed:
    values: dict[str, str] = {}
    for n, name in enumerate(names):
        if given := held.get((bid.id, name)):
            values |= {
                f"scores.{n}": formats.number(Decimal(plain(given.score)), locale),
                f"comments.{n}": given.comment,
            }
    return Typed.start(f"bid-{bid.id}-", **values)


def read(fields: Fields, campaign: Campaign) -> list[Given]:
    """What was filled in, criterion by criterion. Raises Invalid naming everything refused, in the form's names."""
    given = [_read(fields, n, name) for n, name in enumerate(criteria(campaign))]
    filled = [held for held in given if held]
    fields.require(filled or fields.has(*_names(campaign)), "scores.0", "give a score from 0 to 10")
    fields.check()
    return filled


def _names(campaign: Campaign) -> list[str]:
    return [f"{what}.{n}" for n in range(len(criteria(campaign))) for what in ("scores", "comments")]


def _read(fields: Fields, n: int, criterion: str) -> Given | None:
    score, comment = fields.number(f"scores.{n}"), fields.text(f"comments.{n}", 1000)
    if score is None:
        alone = comment and not fields.has(f"scores.{n}")
        fields.require(not alone, f"scores.{n}", "give a score from 0 to 10")
        return None
    fields.require(0 <= score <= 10, f"scores.{n}", "between 0 and 10")
    fields.require(score == round(score, 2), f"scores.{n}", "two decimals at most")
    return criterion, score, comment


def labels(campaign: Campaign, locale: str) -> dict[str, str]:
    """What each field is called in the summary of what is to be mended."""
    say = translator(locale).gettext
    told = {f"scores.{n}": name for n, name in enumerate(criteria(campaign))}
    return told | {"ties": say(N_("Your ties"))}
