"""A business's or a campaign's word in figures: how often it was kept. Overdue counts in every rate (DOMAIN.md, 19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from businesses.badge import Against, Badge
from businesses.topics import OTHER, TOPICS
from businesses.word import Word
from core import formats
from core.i18n import N_, translator
from web.views.promises import Stamp

Pairs = list[tuple[str, str]]

_KINDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("kept",), N_("kept on time, seen by independent eyes")),
    (("kept_own_account",), N_("kept, by own account only")),
    (("kept_late",), N_("kept late")),
    (("partly_kept",), N_("partly kept")),
    (("substituted",), N_("replaced by something else")),
    (("broken",), N_("broken")),
    (("disputed", "unknown"), N_("disputed or unknown")),
    (("overdue",), N_("late, no proof yet")),
    (("lapsed",), N_("kept once, lapsed since")),
    (("ended_closed",), N_("ended: the business closed")),
    (("open",), N_("in progress or not due")),
)
"""Every ending a promise can have, in the order in which they are shown."""


def figures(word: Word, locale: str) -> Pairs:
    """A figure for each kind that there is; a good figure stands no bigger than a bad one."""
    say = translator(locale).gettext
    counted = [(sum(getattr(word, name) for name in names), words) for names, words in _KINDS]
    return [(formats.number(count, locale), say(words)) for count, words in counted if count]


def of_all(word: Word) -> int:
    """How many promises there are, fallen due or not."""
    return word.fallen_due + word.open + word.ended_closed


def rate(word: Word, locale: str) -> str:
    """ "4 of 10 were kept on time ...": of everything that has fallen due; empty before anything has."""
    if not word.fallen_due:
        return ""
    kept = formats.number(word.kept, locale)
    text = translator(locale).ngettext(
        "{kept} of {due} was kept on time and seen by independent eyes",
        "{kept} of {due} were kept on time and seen by independent eyes",
        word.fallen_due,
    )
    return text.format(kept=kept, due=formats.number(word.fallen_due, locale))


def fallen_due(word: Word, campaigns: int, locale: str) -> str:
    """ "11 promises in 2 campaigns. 10 have fallen due." """
    catalogue, count, due = translator(locale), of_all(word), word.fallen_due
    promises = catalogue.ngettext("{n} promise", "{n} promises", count).format(n=formats.number(count, locale))
    where = catalogue.ngettext("{promises} in {n} campaign.", "{promises} in {n} campaigns.", campaigns)
    told = where.format(promises=promises, n=formats.number(campaigns, locale))
    if not due:
        return f"{told} {catalogue.gettext(N_('None has fallen due yet.'))}"
    fell = catalogue.ngettext("{n} has fallen due.", "{n} have fallen due.", due).format(n=formats.number(due, locale))
    return f"{told} {fell}"


def beside_a_bid(word: Word, locale: str) -> str:
    """Its record in a line, what is overdue now included: where the business bids again."""
    catalogue = translator(locale)
    told = rate(word, locale)
    if not told:
        return catalogue.gettext(N_("Its promises so far: none has fallen due yet."))
    parts = [catalogue.gettext(N_("Its promises so far: {rate}")).format(rate=told)]
    for count, text in (
        (word.broken, N_("{n} broken")),
        (word.lapsed, N_("{n} lapsed")),
        (word.overdue, N_("{n} late now")),
    ):
        if count:
            parts.append(catalogue.gettext(text).format(n=formats.number(count, locale)))
    return ", ".join(parts) + "."


def topics(found: Mapping[str, Word], locale: str) -> list[tuple[str, ...]]:
    """A row for each topic: what fell due, and of that what was kept, is late now, and was broken or has lapsed."""
    say = translator(locale).gettext
    names = {topic.value: name for topic, name in TOPICS.items()} | {OTHER: N_("Something else")}

    def row(topic: str, word: Word) -> tuple[str, ...]:
        counts = (word.fallen_due, word.kept, word.kept_own_account, word.overdue, word.broken + word.lapsed)
        return (say(names[topic]), *(formats.number(count, locale) for count in counts))

    return [row(topic, word) for topic, word in found.items()]


AGAINST = {
    Against.TOO_FEW: N_("Too few promises are kept yet that independent eyes have seen."),
    Against.OVERDUE: N_("A promise is late now."),
    Against.BROKEN: N_("A promise was broken in the last two years."),
    Against.LAPSED: N_("A promise that was kept has lapsed since."),
}
"""What stands against the badge, in a sentence each."""


def badge_words(held: Badge, name: str, locale: str) -> str:
    """What the badge says: with its number while it is earned, else where the record is."""
    catalogue = translator(locale)
    if not held.earned:
        return catalogue.gettext(N_("{name}: what became of its promises")).format(name=name)
    text = catalogue.ngettext(
        "{name} kept {n} promise, seen by independent eyes",
        "{name} kept {n} promises, seen by independent eyes",
        held.kept,
    )
    return text.format(name=name, n=formats.number(held.kept, locale))


def eyes(word: Word, locale: str) -> str:
    """How many promises were kept by the parties' own account: such ones earn no badge."""
    own = word.kept_own_account
    if not own:
        return ""
    text = translator(locale).ngettext(
        "{n} of these is kept by the parties’ own account: nobody independent has looked.",
        "{n} of these are kept by the parties’ own account: nobody independent has looked.",
        own,
    )
    return text.format(n=formats.number(own, locale))


def summary(stamps: Sequence[Stamp], locale: str) -> Stamp | None:
    """One stamp for several promises: the only one's, or "All 3 kept"; None where they differ, in eyes too."""
    if len(stamps) == 1:
        return stamps[0]
    if stamps and len({(s.state, s.own) for s in stamps}) == 1 and stamps[0].state == "kept":
        words = translator(locale).gettext(N_("All {n} kept")).format(n=formats.number(len(stamps), locale))
        return Stamp("kept", words, own=stamps[0].own)
    return None
