"""Around Basel: a café that pledges are made for, bakeries that bid in sealed envelopes, a German shop counting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import cycle
from typing import Any

from sqlalchemy.orm import Session

from accounts.rules import Role
from businesses import service as businesses
from campaigns import queries as campaign_queries
from core.money import Money
from web.demo import crowd
from web.demo.cast import (
    ALPENKORN,
    ANKE,
    BEAT,
    BELLA,
    ELIF,
    GRETA,
    HIRSCHEN,
    JONAS,
    KORN,
    LEA,
    LENE,
    RHEINBROT,
    ROESTRAUM,
    SONNECK,
    TOM,
    YUSUF,
    Player,
    Shop,
)
from web.demo.offers import action, fixed, per_unit, share, step
from web.demo.stage import Stage

GERMANY = "Europe/Berlin"
SWISS = "Europe/Zurich"


def bella(stage: Stage) -> Iterator[datetime]:
    """Pledging: four bids were compared; 168 people will come, 32 more are needed in a few days."""
    yield stage.on(-75, "18:00", GERMANY)
    slug = _bella_draft(stage)
    yield stage.on(-72, "10:00", GERMANY)
    for shop in (BELLA, HIRSCHEN, ROESTRAUM, LENE):
        stage.enter(slug, JONAS, shop)
    yield from _bella_bids(stage, slug)
    yield stage.on(-47, "19:00", GERMANY)
    stage.agree(slug, JONAS, BELLA)
    yield stage.on(-46, "18:30", GERMANY)
    crowd.pledge(stage, slug, LEA, "20", 2, updates=True)
    crowd.pledge(stage, slug, TOM, "35", updates=True)
    amounts = ("20", "25", "20", "35", "20", "15")
    first = 0
    for days, people in ((-44, 20), (-37, 30), (-30, 24), (-22, 31), (-15, 22), (-8, 20), (-2, 18)):
        yield stage.on(days, "20:00", GERMANY)
        first += len(crowd.gather(stage, slug, people, amounts, first, crowd.PARTIES))


def _bella_draft(stage: Stage) -> str:
    slug = stage.draft(
        JONAS, title="Bella Café will insulate its walls if we spend €5,000",
        story="The oldest café in town heats the street. **We fill it for a day**, and the takings close its walls.\n\n"
              "Four cafés bid. The one that promised the most gets the crowd.",
        place="Lörrach", timezone=GERMANY, currency="EUR",
        windows=[{"opens_at": stage.on(14, "09:00", GERMANY), "closes_at": stage.on(14, "18:00", GERMANY),
                  "venue": "Tumringer Straße 41, Lörrach"}],
        goal={"kind": "takings", "target": "5000"},
        slots={"minutes": 60, "cap": 40},
        go_ahead={"kind": "headcount", "target": "200", "at": stage.on(12, "20:00", GERMANY)},
        bidding={"closes_at": stage.on(-50, "18:00", GERMANY), "mode": "open", "rule": "highest_share",
                 "tie_break": "earliest", "minimum_share": "10",
                 "estimate": {"takings": "5000", "people": 200, "source": "Two evenings at the market: 180 came."}},
        disclosure={"income": "€240 from the city, for posters. Nobody on the team earns from this.",
                    "ties": "Nobody on the team is tied to a café."},
        co_hosts=[{"name": "Warm Walls Lörrach", "url": "https://example.org/warm-walls"}],
    )  # fmt: skip
    stage.join(slug, JONAS, ELIF, Role.CO_ORGANIZER)
    stage.join(slug, JONAS, YUSUF, Role.CREW)
    stage.join(slug, JONAS, ANKE, Role.MONITOR, "The city’s climate fund, €180.", "Energy adviser; no ties.")
    stage.open(slug, JONAS)
    return slug


def _bella_bids(stage: Stage, slug: str) -> Iterator[datetime]:
    money, walls = stage.date(32, GERMANY), stage.date(150, GERMANY)
    yield stage.on(-68, "09:00", GERMANY)
    roestraum: dict[str, Any] = {
        "anyway": "Perhaps in 2031.", "planned": "A second grinder.",
        "baseline": {"takings": "1480.00", "source": "Till, five Saturdays", "tax_share": "10.5",
                     "recorded_on": stage.date(-69, GERMANY)},
    }  # fmt: skip
    stage.bid(slug, ROESTRAUM, share("30", "net", "a heat pump", money), **roestraum)
    yield stage.on(-66, "15:00", GERMANY)
    stage.bid(
        slug, LENE, per_unit("0.50", "coffee", "a new boiler", money), anyway="No.",
        baseline={"takings": "900.00", "source": "Till, three Saturdays", "units": 210,
                  "recorded_on": stage.date(-67, GERMANY)},
    )  # fmt: skip
    stage.bid(slug, HIRSCHEN, fixed("1500", "double windows", money), anyway="We have a quote and no money.")
    insulate = action(
        "insulate", "30", "square metres of outer wall", walls, "monitor", unit="m²", baseline="0",
        definition="At least 14 cm of wood fibre, fitted by a guild firm.",
        proof=["invoice", "heat pictures before and after"],
        ladder=[step("takings", "5000", "84"), step("takings", "8000", "120")],
    )  # fmt: skip
    answers: dict[str, Any] = {
        "anyway": "Not before 2030. We have a quote from two years ago and no money for it.",
        "done_already": "LED lamps in the kitchen.", "planned": "Nothing else before 2030.",
        "baseline": {"takings": "1120.00", "source": "Mean of four Saturdays, same hours", "tax_share": "12",
                     "recorded_on": stage.date(-66, GERMANY)},
    }  # fmt: skip
    yield stage.on(-64, "11:00", GERMANY)
    stage.bid(slug, BELLA, share("45", "net", "these works", money), insulate, **answers)
    yield stage.on(-58, "16:00", GERMANY)
    stage.bid(slug, ROESTRAUM, share("50", "net", "a heat pump", money), **roestraum)
    yield stage.on(-55, "12:00", GERMANY)
    works = share(
        "60", "net", "these works", money, shortfall="top_up",
        audit={"by": "Energy advice Lörrach", "paid_by": "The town", "on": stage.date(-60, GERMANY)},
        measures=[{"name": name, "price": price} for name, price in
                  (("Seals and blinds", "528.00"), ("The north wall", "1584.00"), ("The yard wall", "1056.00"))],
    )  # fmt: skip
    bid = stage.bid(slug, BELLA, works, insulate, **answers)
    yield stage.on(-53, "16:00", GERMANY)
    stage.confirm(slug, ANKE, bid, "All eleven lamps in the kitchen are LED.")


def bakeries(stage: Stage) -> Iterator[datetime]:
    """Bidding, sealed: three envelopes, and a crowd that asks."""
    yield stage.on(-20, "12:00", SWISS)
    slug = stage.draft(
        BEAT, title="Which bakery in Basel will bake with the most solar power?",
        story="Ovens run all night. We will eat breakfast for the bakery that puts the most of it into its roof.",
        place="Basel", timezone=SWISS, currency="CHF",
        windows=[{"opens_at": stage.on(30, "06:30", SWISS), "closes_at": stage.on(30, "12:00", SWISS),
                  "venue": "The winner’s shop"}],
        go_ahead={"kind": "money", "target": "2000.00", "at": stage.on(26, "18:00", SWISS)},
        bidding={"closes_at": stage.on(4, "18:00", SWISS), "mode": "sealed", "rule": "highest_share",
                 "tie_break": "earliest", "minimum_share": "20"},
    )  # fmt: skip
    stage.join(slug, BEAT, ANKE, Role.MONITOR, "Nobody: she volunteers.", "No ties.")
    stage.open(slug, BEAT)
    yield stage.on(-17, "12:00", SWISS)
    _ask(stage, slug, 51)
    for shop in (ALPENKORN, RHEINBROT, SONNECK):
        stage.enter(slug, BEAT, shop)
    due = stage.date(90, SWISS)
    for days, shop, percent in ((-14, RHEINBROT, "40"), (-9, ALPENKORN, "55"), (-3, SONNECK, "50")):
        yield stage.on(days, "14:00", SWISS)
        stage.bid(
            slug, shop, share(percent, "gross", "solar panels on the bakery’s roof", due, "monitor"),
            anyway="One day, when the loan for the oven is paid.",
        )  # fmt: skip
    yield stage.on(-2, "19:00", SWISS)
    _ask(stage, slug, 43)


def _ask(stage: Stage, slug: str, people: int) -> None:
    """People who would come, their addresses confirmed: before there is a winner they only ask."""

    def act(session: Session) -> None:
        currency = campaign_queries.by_slug(session, slug).currency
        amounts = cycle(("25", "30", "20", "35"))
        for number in range(people):
            amount = Money.parse(next(amounts), currency)
            made = businesses.ask(session, stage.clock, slug, amount, f"neighbour-{number}@crowd.example")
            businesses.confirm_ask(session, stage.clock, stage.site.keys, made, stage.site.keys.token("ask", made))

    stage.do(act)


def zero_waste(stage: Stage) -> Iterator[datetime]:
    """Counting, in German: the shop has declared its total, the organizer has still to confirm it."""
    yield stage.on(-40, "17:00", GERMANY)
    slug = stage.draft(
        GRETA, title="Glas & Korn schafft die Einwegbecher ab, wenn 150 von uns kommen",
        story="Der Unverpacktladen im Stühlinger will auch beim Kaffee ohne Müll auskommen. **Ein Samstag von uns** "
              "bezahlt die Spülmaschine und die Pfandbecher.",
        place="Freiburg im Breisgau", timezone=GERMANY, currency="EUR", language="de",
        windows=[{"opens_at": stage.on(-1, "09:00", GERMANY), "closes_at": stage.on(-1, "16:00", GERMANY),
                  "venue": "Klarastraße 58, Freiburg"}],
        business={"name": KORN.name, "contact": KORN.contact}, goal={"kind": "headcount", "target": "150"},
        go_ahead={"kind": "headcount", "target": "60", "at": stage.on(-4, "20:00", GERMANY)},
        disclosure={"income": "Niemand verdient daran.", "ties": "Niemand im Team ist mit dem Laden verbunden."},
        co_hosts=[{"name": "Stühlinger ohne Müll"}],
    )  # fmt: skip
    _german_promise(stage, slug, GRETA, KORN)
    yield stage.on(-30, "20:00", GERMANY)
    crowd.pledge(stage, slug, TOM, "15", 2, updates=True)
    codes = crowd.gather(stage, slug, 62, ("12", "15", "20"))
    yield stage.on(-1, "11:30", GERMANY)
    crowd.arrive(stage, slug, YUSUF, codes, ("44.20", "39.80", "61.35"), 36)
    yield stage.on(-1, "18:20", GERMANY)
    stage.declare(slug, KORN, "2418.35", tax="386.12", customers=161)


def _german_promise(stage: Stage, slug: str, owner: Player, shop: Shop) -> None:
    stage.join(slug, owner, YUSUF, Role.CREW)
    stage.open(slug, owner)
    stage.enter(slug, owner, shop)
    stage.bid(
        slug, shop,
        share("40", "net", "eine Spülmaschine und Pfandbecher", stage.date(30, GERMANY), proof=["Rechnung"]),
        action("ausgeben", "0", "Einwegbecher am Tag", stage.date(60, GERMANY), "supporters", baseline="90"),
        anyway="Vielleicht in drei Jahren.", done_already="Rabatt für eigene Becher.",
        baseline={"takings": "980.00", "source": "Mittel aus vier Samstagen"},
    )  # fmt: skip
    stage.agree(slug, owner, shop)


def draft(stage: Stage) -> Iterator[datetime]:
    """A draft that lacks some things, for the publish checklist."""
    yield stage.on(-1, "21:00", GERMANY)
    stage.draft(
        JONAS, title="A bicycle shop that repairs for the school run",
        story="Not yet written out: ask the two shops at the station.", place="Lörrach", timezone=GERMANY,
        currency="EUR", windows=[{"opens_at": stage.on(60, "10:00", GERMANY),
                                  "closes_at": stage.on(60, "16:00", GERMANY)}],
        disclosure={"income": "None.", "ties": "None."},
    )  # fmt: skip
