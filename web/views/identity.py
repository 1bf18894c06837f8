"""How it was confirmed that a business is who it says, for pages and papers: who said so, by name, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from accounts.rules import Person
from businesses.identity import Confirmation, Method, is_confirmed
from core import formats
from core.i18n import N_, translator

CONFIRMED = {
    Method.OWN_DOMAIN: N_("{day}: confirmed from an address on its own domain, {place}"),
    Method.REGISTER: N_("{day}: compared with its entry in a register ({place}, {entry}) by {people}"),
    Method.VISIT: N_("{day}: {people} say that they were there"),
}
WAITING = {
    Method.OWN_DOMAIN: N_("{day}: a link was mailed to an address on its domain, {place}; nobody has answered yet"),
    Method.VISIT: N_("{day}: {people} states a visit; a second one of the team has to state it, too"),
}
UNCONFIRMED = N_("Its identity was not confirmed.")


@dataclass(frozen=True)
class Reader:
    """For whom: the language, the timezone of the campaign, and the people who may be named."""

    locale: str
    timezone: str
    people: Mapping[str, Person]


def lines(held: Iterable[Confirmation], reader: Reader) -> list[str]:
    """A sentence for each, and one alone for what two campaigns tell of the same."""
    said = (_line(each, reader) for each in held)
    return list(dict.fromkeys(said))


def _line(held: Confirmation, reader: Reader) -> str:
    text = CONFIRMED[held.method] if held.confirmed_at else WAITING[held.method]
    day = formats.calendar_date(held.confirmed_at or held.begun_at, reader.locale, reader.timezone)
    people = _names(held.by, reader)
    return translator(reader.locale).gettext(text).format(day=day, place=held.place, entry=held.entry, people=people)


def _names(ids: Sequence[str], reader: Reader) -> str:
    """Who has left, or has no name, is still somebody of the team."""
    say = translator(reader.locale).gettext
    named = [reader.people[id_].name for id_ in ids if id_ in reader.people and reader.people[id_].name]
    return say(N_(" and ")).join(named) if len(named) == len(ids) else say(N_("people of the team"))


def unconfirmed(identity: str, locale: str) -> str:
    """What has to be said plainly of a business that is known by its link alone; else nothing."""
    return "" if is_confirmed(identity) else translator(locale).gettext(UNCONFIRMED)
