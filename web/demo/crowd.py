"""The crowd of a story: many pledges and arrivals, by the same use-cases as everybody's, many to a transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import cycle, islice

from sqlalchemy.orm import Session

from campaigns import queries as campaign_queries
from campaigns import slots
from campaigns.slots import Slot
from core import outbox
from core.money import Money
from core.text import slug as ascii_name
from pledges import service as pledges
from pledges.returns import service as returns
from pledges.service.promises import MAIL
from pledges.values import Arrival, Pledge, PledgeOffer
from web.demo.cast import FIRST_NAMES, Player, Shop
from web.demo.stage import Stage

CROWD = "@crowd.example.org"
"""Where the addresses of the crowd end: nobody can be them."""
PARTIES = (2, 1, 3, 2, 1, 4, 2, 3)
TIMES = (None, 2, 3, None, 1, 3, 4, 2, None, 6, 7, 5)
"""Which of the arrival times groups choose, in turn, where there are some: more at midday, a third none."""
CLUBS = (5, 3, 6, 4)
"""Sizes of the groups that come where a whole club does."""


def parties(people: int, sizes_: Sequence[int] = CLUBS) -> list[int]:
    """Groups as they come, until so many people are together."""
    found: list[int] = []
    sizes = cycle(sizes_)
    while (left := people - sum(found)) > 0:
        found.append(min(next(sizes), left))
    return found


def pledge(stage: Stage, slug: str, who: Player, amount: str, party: int = 1, *, updates: bool = False) -> Pledge:
    """Somebody pledges and follows the link in the mail."""

    def act(session: Session) -> Pledge:
        return _pledge(stage, session, slug, who, amount, party, updates=updates)

    return stage.do(act)


def gather(
    stage: Stage, slug: str, people: int, amounts: Sequence[str], first: int = 0, sizes: Sequence[int] = CLUBS
) -> list[str]:
    """So many people pledge (``amounts`` a head, in turn) and confirm; gives their codes. ``first`` numbers them on."""

    def act(session: Session) -> list[str]:
        heads, times = cycle(amounts), islice(cycle(_times(session, slug)), first, None)
        codes = [
            _pledge(stage, session, slug, who, next(heads), party, slot=next(times)).code
            for who, party in zip(_strangers(slug, first), parties(people, sizes), strict=False)
        ]
        _answered(session, stage.clock.now(session))
        return codes

    return stage.do(act)


def _times(session: Session, slug: str) -> list[Slot | None]:
    places = slots.places(campaign_queries.by_slug(session, slug))
    return [places[n].slot if n is not None and n < len(places) else None for n in TIMES]


def _answered(session: Session, now: datetime) -> None:
    """The crowd has followed its mails' links: nobody has to write them one by one to find that out."""
    outbox.drop(session, now, "not sent: the pledge was confirmed", kind="confirm_pledge", to_domain=CROWD)


def _strangers(slug: str, first: int) -> Iterator[Player]:
    number = first
    while True:
        name = FIRST_NAMES[number % len(FIRST_NAMES)]
        yield Player(f"{ascii_name(name)}.{number}.{slug[:24]}{CROWD}", name, "")
        number += 1


def _pledge(
    stage: Stage,
    session: Session,
    slug: str,
    who: Player,
    a_head: str,
    party: int,
    *,
    updates: bool = False,
    slot: Slot | None = None,
) -> Pledge:
    currency = campaign_queries.by_slug(session, slug).currency
    amount = Money.parse(a_head, currency).times(party)
    offer = PledgeOffer(amount, who.email, who.name, party, updates, locale=who.locale, slot=slot)
    made = pledges.pledge(session, stage.clock, stage.site.keys, slug, offer)
    return pledges.confirm(session, stage.clock, stage.site.keys, made.id, stage.site.keys.token(MAIL, made.id))


def come_back(stage: Stage, pledge: Pledge, shop: Shop, amount: str) -> None:
    """Somebody says that they come back once the shop has kept its word."""

    def act(session: Session) -> None:
        whose = (stage.clock, stage.site.keys, pledge.id, stage.site.keys.token("ticket", pledge.id), None)
        wanted = Money.parse(amount, pledge.amount.currency)
        returns.pledge_return(session, *whose, stage.business(session, shop).id, wanted)

    stage.do(act)


def arrive(stage: Stage, slug: str, crew: Player, codes: Sequence[str], amounts: Sequence[str], walk_ins: int) -> None:
    """People with these codes come and buy; some others come without one."""

    def act(session: Session) -> None:
        person = stage.person(session, crew)
        currency = campaign_queries.by_slug(session, slug).currency
        spent = cycle([*(Money.parse(amount, currency) for amount in amounts), None])
        for number, code in enumerate(codes):
            anyway = None if number % 3 else number % 2 == 0
            pledges.check_in(session, stage.clock, slug, person, Arrival(code, spent=next(spent), anyway=anyway))
        for number, party in enumerate(parties(walk_ins)):
            arrival = Arrival(walk_in=True, spent=next(spent), party=party, nonce=f"{codes[0]}{number}")
            pledges.check_in(session, stage.clock, slug, person, arrival)

    stage.do(act)
