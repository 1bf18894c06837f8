"""What a letter is written from: the waiting mail, and the rooms below to look things up in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS
from businesses import queries as businesses
from businesses.commitments import Commitment
from businesses.followthrough import Obligation
from businesses.values import Bid, Business
from businesses.words import Speech, sentence
from campaigns import queries as campaigns
from campaigns.values import Campaign
from core import formats
from core.i18n import LOCALES, translator
from core.outbox import Mail
from core.wire import encode
from notifications.service.links import Links
from pledges import queries as pledges
from pledges.values import Pledge


class Unwanted(Exception):
    """The mail is not sent: its reader does not want it, or what it asks for is done."""


class NotYet(Exception):
    """The mail is to be sent at ``at``: its reader has chosen a later hour since it was asked for."""

    def __init__(self, at: datetime) -> None:
        super().__init__(f"its reader's hour is {at}")
        self.at = at


@dataclass(frozen=True)
class Desk:
    """What a letter is written from: the mail, and the rooms below to look things up in."""

    session: Session
    links: Links
    mail: Mail
    now: datetime
    minted: str = ""

    @cached_property
    def payload(self) -> Mapping[str, Any]:
        return self.mail.payload

    @cached_property
    def campaign(self) -> Campaign:
        return campaigns.by_id(self.session, self.payload["campaign"])

    @cached_property
    def business(self) -> Business:
        return businesses.business_by_id(self.session, self.payload["business"])

    @cached_property
    def bid(self) -> Bid:
        return businesses.bid(self.session, self.payload["bid"])

    @cached_property
    def obligation(self) -> Obligation:
        return businesses.obligation(self.session, self.payload["obligation"])

    @cached_property
    def pledge(self) -> Pledge:
        return pledges.pledge(self.session, self.payload["pledge"])

    @property
    def for_business(self) -> bool:
        """Whether it goes to the shop itself: then it carries the shop's key."""
        return "key_version" in self.payload

    @property
    def reminder(self) -> bool:
        """Whether this asks once more, before a term ends."""
        return "reminder" in self.payload

    def within(self, until: datetime | None) -> datetime:
        """The end of the term in which its reader acts. Raises Unwanted once it is past, or was moved after all."""
        if until is None or self.now >= until or self.payload.get("reminder", encode(until)) != encode(until):
            raise Unwanted("its term has passed or was moved")
        return until

    def bidders(self, bids: Iterable[str]) -> list[str]:
        """The names of the businesses that made these bids."""
        made = [businesses.bid(self.session, bid).business for bid in bids]
        known = businesses.businesses(self.session, made)
        return [known[id_].name for id_ in made]

    @property
    def organizer(self) -> str:
        """Who asks: the owner's name, or their word for themselves."""
        team = accounts.members(self.session, self.campaign.team)
        named = [member.name for member in team if member.role in ORGANIZERS and member.name]
        return named[0] if named else translator(_known(self.mail.locale)).gettext("An organizer")

    def shop(self, to: str = "") -> str:
        return self.links.shop(self.payload["business"], self.payload["key_version"], to)

    def part(self, to: str = "", else_to: str = "") -> str:
        """The page on which the reader acts: the shop is led ``to`` one of its own, the team to theirs."""
        if self.for_business:
            return self.shop(to)
        return self.links.page(else_to) if else_to else self.links.organize(self.campaign.slug)

    def promises(self) -> list[str]:
        """The bid's promises as sentences in the campaign's language."""
        return [self.said(commitment) for commitment in self.bid.promised]

    def said(self, commitment: Commitment) -> str:
        """A promise as a sentence in the campaign's language."""
        return sentence(commitment, _speech(_known(self.campaign.language)))


Written = tuple[str, dict[str, Any]]
"""A letter's link, and the values of its template."""
Writer = Callable[[Desk], Written]


def demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Unwanted(otherwise)


def _speech(locale: str) -> Speech:
    return Speech(
        say=translator(locale).gettext,
        day=lambda day: formats.calendar_date(day, locale),
        money=lambda amount: formats.money(amount, locale),
        number=lambda number: formats.number(number, locale),
    )


def _known(locale: str) -> str:
    return locale if locale in LOCALES else LOCALES[0]
