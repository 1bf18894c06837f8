"""Promises as slips and stamps: before the day from a bid's commitments, after it from the obligations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from markupsafe import Markup

from accounts.rules import Member, Role
from businesses import followthrough, words
from businesses.agreement import CHECKERS
from businesses.commitments import Action, Checker, Commitment
from businesses.consent import Answer, Consent
from businesses.followthrough import Obligation, Stage, Standing, Verdict
from businesses.measures import Plan
from core import formats
from core.i18n import N_, translator
from core.money import Money
from core.wire import plain
from web.speech import speech
from web.views import works

Words = str | Markup
Detail = tuple[str, Words]

_JUDGED = {Verdict.KEPT, Verdict.KEPT_LATE, Verdict.PARTLY_KEPT, Verdict.SUBSTITUTED, Verdict.BROKEN}


@dataclass(frozen=True)
class Stamp:
    """Where a promise stands, for the stamp macro: a state, words in place of the usual ones, own account or not."""

    state: str
    words: str = ""
    own: bool = False


@dataclass(frozen=True)
class Slip:
    """A promise card: original words in the language they were given in, and the terms below them."""

    id: str
    label: str
    words: str
    stamp: Stamp
    details: tuple[Detail, ...]
    lang: str


@dataclass(frozen=True)
class Reader:
    """For whom a slip is written: their language, the campaign's language and zone, and who monitors it."""

    locale: str
    lang: str
    timezone: str
    monitors: tuple[Member, ...] = ()

    def say(self, text: str) -> str:
        return translator(self.locale).gettext(text)

    def said(self, text: str) -> Words:
        """Words of the campaign's people, marked with their language where the reader's is another."""
        if self.lang == self.locale:
            return text
        return Markup('<span lang="{}">{}</span>').format(self.lang, text)


def monitors(members: Sequence[Member]) -> tuple[Member, ...]:
    return tuple(member for member in members if member.role == Role.MONITOR)


Consents = Mapping[str, Consent]
"""The consents of one bid, by promise."""


def promised(commitments: Sequence[Commitment], reader: Reader, consents: Consents | None = None) -> list[Slip]:
    """A slip for each commitment of a bid; nothing is due before the day. ``consents``: what those affected said."""
    return [
        Slip(
            id=held.id,
            label=_label(number, len(commitments), reader),
            words=words.sentence(held, speech(reader.lang)),
            stamp=Stamp("not_due"),
            details=tuple(_terms(held, (consents or {}).get(held.id), reader)),
            lang=reader.lang,
        )
        for number, held in enumerate(commitments, 1)
    ]


def followed(obligations: Sequence[Obligation], now: datetime, reader: Reader) -> list[Slip]:
    """A slip for each obligation, as it stands at ``now``."""
    return [
        Slip(
            id=held.id,
            label=_label(number, len(obligations), reader),
            words=held.words,
            stamp=stamp(held, now, reader.locale),
            details=tuple(obligation_terms(held, now, reader)),
            lang=reader.lang,
        )
        for number, held in enumerate(obligations, 1)
    ]


def stamp(held: Obligation, now: datetime, locale: str) -> Stamp:
    """The stamp of an obligation: computed lateness, or the verdict a person gave. Source: VISUAL.md, Stamp."""
    standing = followthrough.standing(held, now)
    say = translator(locale).gettext
    if standing == Standing.LATE:
        late = formats.days(followthrough.late_days(held, now), locale)
        very = followthrough.stage(held, now) == Stage.VERY_LATE
        text = N_("Very late: by {days}") if very else N_("Late by {days}")
        return Stamp("late", say(text).format(days=late))
    given = held.verdict
    if standing != Standing.SETTLED or given is None:
        soon = followthrough.stage(held, now) == Stage.DUE_SOON
        return Stamp(standing.value, say(N_("Due soon")) if soon and standing == Standing.NOT_DUE else "")
    if followthrough.has_lapsed(held):
        return Stamp("lapsed")
    own = given.verdict in _JUDGED and given.seen_by != "independent"
    if given.verdict == Verdict.PARTLY_KEPT and given.value is not None and given.of is not None:
        return Stamp("partly_kept", _counted(given.value, given.of, held.owed, locale), own)
    return Stamp(given.verdict.value, "", own)


def _counted(value: Decimal, of: Decimal, owed: Money | None, locale: str) -> str:
    """ "Partly kept 11 of 15"; of money, its amounts."""

    def shown(number: Decimal) -> str:
        if owed is not None:
            return formats.money(Money.rounded(number, owed.currency), locale)
        return formats.number(Decimal(plain(number)), locale)

    text = translator(locale).gettext(N_("Partly kept {value} of {of}"))
    return text.format(value=shown(value), of=shown(of))


def obligation_terms(held: Obligation, now: datetime, reader: Reader) -> list[Detail]:
    """What stands below an obligation's words: dates, what is owed, who checks, who has seen it."""
    due = formats.calendar_date(held.due_on, reader.locale)
    if held.due_on != held.first_due_on:
        first = formats.calendar_date(held.first_due_on, reader.locale)
        due = reader.say(N_("{due}; first promised for {first}")).format(due=due, first=first)
    details: list[Detail] = [(reader.say(N_("Due")), due)]
    if held.owed is not None:
        details.append((reader.say(N_("Owed")), formats.money(held.owed, reader.locale)))
    if held.allocation is not None:
        details.append((reader.say(N_("Buys")), reader.said(works.in_short(held.allocation, reader.locale))))
    details += _proof(held.commitment, reader)
    details.append((reader.say(N_("Checks")), checker(held.commitment, reader)))
    details += _watch(held.commitment, reader) + affects(held.commitment, held.consent, reader)
    if held.verdict is not None:
        details.append((reader.say(N_("Seen by")), seen_by(held.verdict.seen_by, reader.locale)))
    return details


def seen_by(who: str, locale: str) -> str:
    """Who looked, in words: the line that decides between a badge and an own account."""
    say = translator(locale).gettext
    return say(N_("Independent eyes")) if who == "independent" else say(N_("The parties themselves"))


def checker(held: Commitment, reader: Reader) -> Words:
    """Who looks whether it was kept: a named monitor with who pays, the supporters, or the organizers."""
    if held.checker != Checker.MONITOR:
        return reader.say(CHECKERS[held.checker.value])
    return named_monitors(reader)


def named_monitors(reader: Reader) -> Words:
    """Who monitors the campaign, each with who pays them."""
    if not reader.monitors:
        return reader.say(N_("An independent monitor, not named yet"))
    return Markup("; ").join(named_monitor(member, reader) for member in reader.monitors)


def named_monitor(member: Member, reader: Reader) -> Words:
    """A monitor by name, with who pays them."""
    name = member.name or reader.say(N_("The monitor"))
    text = reader.say(N_("{name}, independent. Paid by: {payer}"))
    return Markup(text).format(name=name, payer=reader.said(member.paid_by))  # noqa: S704 - the text is our own, its values are escaped


def _label(number: int, of: int, reader: Reader) -> str:
    if of == 1:
        return reader.say(N_("The promise"))
    return reader.say(N_("Promise {number} of {of}")).format(number=number, of=of)


def _terms(held: Commitment, consent: Consent | None, reader: Reader) -> list[Detail]:
    due = formats.calendar_date(held.due_on, reader.locale)
    details: list[Detail] = [(reader.say(N_("Due")), due)]
    if isinstance(held, Action):
        details += _action_terms(held, reader)
    details += _milestones(held, reader) + _proof(held, reader)
    details.append((reader.say(N_("Checks")), checker(held, reader)))
    details += _watch(held, reader) + affects(held, consent, reader)
    return details + (_list_terms(held.plan, reader) if held.measures else [])


def _list_terms(plan: Plan, reader: Reader) -> list[Detail]:
    """The list of works: what it pays for, who priced it, who else pays, and what was fixed for a shortfall."""
    voice = speech(reader.locale)
    priced = [f"{m.name} ({formats.money(m.price, reader.locale)})" for m in plan.measures]
    details: list[Detail] = [(reader.say(N_("Pays for")), reader.said(", ".join(priced)))]
    if plan.audit:
        details.append((reader.say(N_("Priced by")), words.audit(plan.audit, voice)))
    if plan.funding:
        details.append((reader.say(N_("Others pay")), words.funding(plan.funding, voice)))
    return [*details, (reader.say(N_("If short")), words.shortfall(plan, voice))]


def _action_terms(held: Action, reader: Reader) -> list[Detail]:
    details: list[Detail] = []
    if held.definition:
        details.append((reader.say(N_("Counts")), reader.said(held.definition)))
    if held.baseline:
        today = " ".join([formats.number(held.baseline, reader.locale), held.unit or held.metric])
        details.append((reader.say(N_("Today")), reader.said(today)))
    steps = words.ladder(held, speech(reader.locale))
    if steps:
        details.append((reader.say(N_("And more")), " ".join(steps)))
    return details


def _milestones(held: Commitment, reader: Reader) -> list[Detail]:
    told = words.milestones(held, speech(reader.locale))
    return [(reader.say(N_("On the way")), " ".join(told))] if told else []


CONSENTS = {
    Answer.ASKED: N_("asked on {day}, no answer yet"),
    Answer.GIVEN: N_("agreed on {day}"),
    Answer.REFUSED: N_("did not agree, {day}"),
    Answer.WITHDRAWN: N_("took their consent back on {day}"),
    Answer.LAPSED: N_("no consent in its term"),
}
"""What people affected said, after their name."""


def affects(held: Commitment, consent: Consent | None, reader: Reader) -> list[Detail]:
    """Whom a promise affects, and what they said, in their own words where they gave some."""
    if not held.affected_group:
        return []
    group = reader.said(held.affected_group)
    told = [Markup("{group}: {state}.").format(group=group, state=consent_state(consent, reader))]
    if consent:
        told += [Markup.escape(reader.said(formats.quoted(words, reader.lang))) for words in _words_of(consent)]
        told += [Markup.escape(consent.shown_name)] if consent.shown_name else []
    return [(reader.say(N_("Affects")), Markup(" ").join(told))]


def _watch(held: Commitment, reader: Reader) -> list[Detail]:
    """What a program looks for on a public page."""
    return [(reader.say(N_("Page")), words.watch(held.watch, speech(reader.locale)))] if held.watch else []


def _words_of(consent: Consent) -> list[str]:
    """The public words beside an answer: the representative's own, and how a meeting's is known."""
    return [words for words in (consent.comment, consent.meeting.note if consent.meeting else "") if words]


def consent_state(consent: Consent | None, reader: Reader) -> str:
    """ "agreed on 5 March (recorded by the organizers from a meeting on 3 March)"."""
    if consent is None:
        return reader.say(N_("not asked yet"))
    day = formats.calendar_date(consent.at, reader.locale, reader.timezone)
    told = reader.say(CONSENTS[consent.state]).format(day=day)
    if consent.meeting is None or consent.state not in {Answer.GIVEN, Answer.REFUSED}:
        return told
    met = formats.calendar_date(consent.meeting.on, reader.locale)
    return f"{told} {reader.say(N_('(recorded by the organizers from a meeting on {day})')).format(day=met)}"


def _proof(held: Commitment, reader: Reader) -> list[Detail]:
    return [(reader.say(N_("Proof")), reader.said(", ".join(held.proof)))] if held.proof else []
