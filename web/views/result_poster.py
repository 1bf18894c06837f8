"""The result as it hangs on a wall: what came in, what is owed for it, what that buys, and what is still promised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from businesses.commitments import Action
from businesses.followthrough import Obligation
from businesses.values import Bid
from core.i18n import N_
from web.views import outcome
from web.views import result as views
from web.views.result import Owed, Row, Teller

MOST_OWED, MOST_WORKS, MOST_PROMISES = 3, 6, 3
"""As many as a poster has room for; the page has all."""


@dataclass(frozen=True)
class Poster:
    """``figures`` are (figure, words), ``owed`` (promise, formula or why there is none, amount), ``bought`` (work, how
    much of its price, what becomes of it); ``watched`` are promises whose keeping is still to be seen."""

    headline: str
    goal: str
    figures: tuple[Row, ...]
    owed_label: str
    owed: tuple[tuple[str, str, str], ...]
    bought_label: str
    bought: tuple[tuple[str, str, str], ...]
    watched_label: str
    watched: tuple[str, ...]
    final: str


def poster(t: Teller, names: Sequence[str], bids: Sequence[Bid], obligations: Iterable[Obligation]) -> Poster:
    """The words of the poster, in the teller's language."""
    owed = views.owed(t, bids)
    works = [row for each in owed if each.works for row in each.works.rows]
    watched = [held.words for held in obligations if isinstance(held.commitment, Action)]
    return Poster(
        headline=views.headline(t, names),
        goal=views.goal(t),
        figures=(*outcome.three(t.tally, t.locale), *_uplift(t)),
        owed_label=t.say(N_("What is owed")),
        owed=tuple(_owed(each) for each in owed[:MOST_OWED]),
        bought_label=t.say(N_("Where the money goes")),
        bought=tuple(works[:MOST_WORKS]),
        watched_label=t.say(N_("Now we watch")),
        watched=tuple(watched[:MOST_PROMISES]),
        final=t.say(N_("See every figure and how it is computed")),
    )


def _owed(each: Owed) -> tuple[str, str, str]:
    return each.promise, each.formula or each.note, each.amount


def _uplift(t: Teller) -> list[Row]:
    """More than on an ordinary day; nothing where one of the two is not known."""
    more = views.uplift(t, "")
    return [(more.result[1], t.say(N_("more than on an ordinary day")))] if more else []
