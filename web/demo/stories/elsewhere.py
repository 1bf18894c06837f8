"""Around the world, in other currencies and zones: bidding, chosen, tipped, missed, mobbing, following, cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from accounts.rules import Role
from web.demo import crowd
from web.demo.cast import (
    AILSA,
    DANA,
    HARBOUR,
    HARLAN,
    HARUKA,
    JASMIN,
    JUNIPER,
    KETTLE,
    KOWHAI,
    LYKTAN,
    MEI,
    MINATO,
    NADIA,
    NOOR,
    RIALTO,
    RUTH,
    SVEN,
    TANE,
    THISTLE,
)
from web.demo.offers import action, fixed, share, step
from web.demo.stage import Stage

LONDON, TOKYO, TUNIS = "Europe/London", "Asia/Tokyo", "Africa/Tunis"
AUCKLAND, TORONTO = "Pacific/Auckland", "America/Toronto"
PORTLAND, STOCKHOLM = "America/Los_Angeles", "Europe/Stockholm"


def leith(stage: Stage) -> Iterator[datetime]:
    """Bidding in the open: three cafés, one of which has raised."""
    yield stage.on(-12, "17:00", LONDON)
    slug = stage.draft(
        AILSA, title="Which café in Leith feeds the night shelter best?",
        story="Day-old bread and soup, every night, for the shelter on the shore. The best bid gets our Sunday.",
        place="Leith, Edinburgh", timezone=LONDON, currency="GBP",
        windows=[{"opens_at": stage.on(27, "10:00", LONDON), "closes_at": stage.on(27, "15:00", LONDON)}],
        go_ahead={"kind": "money", "target": "1500", "at": stage.on(25, "18:00", LONDON)},
        bidding={"closes_at": stage.on(6, "18:00", LONDON), "mode": "open", "rule": "highest_share",
                 "tie_break": "organizer", "minimum_share": "15"},
    )  # fmt: skip
    stage.open(slug, AILSA)
    yield stage.on(-11, "09:00", LONDON)
    for shop in (THISTLE, HARBOUR, KETTLE):
        stage.enter(slug, AILSA, shop)
    due = stage.date(70, LONDON)
    loaves = action("bring", "30", "loaves a night to the shelter", due, "supporters", definition="A day old.")
    soup = action("cook", "20", "litres of soup a week for the shelter", due, "organizer", baseline="5")
    yield stage.on(-9, "13:00", LONDON)
    stage.bid(slug, THISTLE, share("30", "gross", "a bread van", due), loaves, anyway="The bread yes, the van no.")
    yield stage.on(-7, "10:00", LONDON)
    stage.bid(slug, HARBOUR, share("35", "gross", "a soup kitchen", due), soup, anyway="No.")
    stage.bid(slug, KETTLE, fixed("400", "blankets", due), anyway="We give blankets every winter.")
    yield stage.on(-2, "16:00", LONDON)
    van = share(
        "42.5", "gross", "a bread van", due, shortfall="fallback", fallback="The night shelter itself",
        measures=[{"name": name, "price": price} for name, price in
                  (("Crates and a trolley", "255.00"), ("Deposit for the van", "595.00"), ("Its insurance", "425.00"))],
    )  # fmt: skip
    stage.bid(slug, THISTLE, van, loaves, anyway="The bread yes, the van no.")


def gothenburg(stage: Stage) -> Iterator[datetime]:
    """Chosen: the rule has named a winner, the organizer has accepted, the shop has not yet."""
    yield stage.on(-30, "12:00", STOCKHOLM)
    slug = stage.draft(
        SVEN, title="Which cinema in Gothenburg takes its heating off oil?",
        story="Two old cinemas, two old boilers. One full house for the better promise.",
        place="Göteborg", timezone=STOCKHOLM, currency="SEK",
        windows=[{"opens_at": stage.on(35, "17:00", STOCKHOLM), "closes_at": stage.on(35, "23:00", STOCKHOLM)}],
        bidding={"closes_at": stage.on(-2, "20:00", STOCKHOLM), "rule": "highest_share", "minimum_share": "25"},
    )  # fmt: skip
    stage.open(slug, SVEN)
    yield stage.on(-28, "12:00", STOCKHOLM)
    stage.enter(slug, SVEN, LYKTAN)
    stage.enter(slug, SVEN, RIALTO)
    due = stage.date(100, STOCKHOLM)
    yield stage.on(-10, "12:00", STOCKHOLM)
    for shop, percent in ((LYKTAN, "60"), (RIALTO, "45")):
        stage.bid(slug, shop, share(percent, "profit", "a heat exchanger", due, match="50"), anyway="In ten years.")
    yield stage.on(-1, "10:00", STOCKHOLM)
    stage.accept(slug, SVEN)


def tunis(stage: Stage) -> Iterator[datetime]:
    """Tipped, in a currency with three decimals."""
    yield stage.on(-25, "10:00", TUNIS)
    slug = stage.draft(
        NADIA, title="Café Jasmin cools with the sun",
        story="The terrace is full in summer, and the fridges never rest. Half a day of ours puts panels on the roof.",
        place="La Marsa, Tunis", timezone=TUNIS, currency="TND",
        windows=[{"opens_at": stage.on(3, "16:00", TUNIS), "closes_at": stage.on(3, "22:00", TUNIS),
                  "venue": "Rue du Phare 7"}],
        business={"name": JASMIN.name, "contact": JASMIN.contact}, goal={"kind": "takings", "target": "1800.500"},
        go_ahead={"kind": "money", "target": "900.000", "at": stage.on(-1, "20:00", TUNIS)},
    )  # fmt: skip
    stage.open(slug, NADIA)
    stage.enter(slug, NADIA, JASMIN)
    due = stage.date(64, TUNIS)
    stage.bid(
        slug, JASMIN, share("33.3", "gross", "six solar panels", due),
        action("install", "6", "solar panels", due, "supporters"), anyway="Next year, without you.",
    )  # fmt: skip
    stage.agree(slug, NADIA, JASMIN)
    yield stage.on(-20, "18:00", TUNIS)
    crowd.gather(stage, slug, 34, ("24.500", "18.250", "30.000"))
    yield stage.on(-9, "18:00", TUNIS)
    crowd.gather(stage, slug, 16, ("22.750", "15.000"), first=100)


def nelson(stage: Stage) -> Iterator[datetime]:
    """Missed: too few pledged; the organizer would go ahead all the same, the shop has not answered."""
    yield stage.on(-28, "10:00", AUCKLAND)
    slug = stage.draft(
        TANE, title="Kōwhai Books builds a ramp at both doors",
        story="Three steps keep wheels out. A ramp costs four thousand dollars.",
        place="Nelson", timezone=AUCKLAND, currency="NZD",
        windows=[{"opens_at": stage.on(5, "10:00", AUCKLAND), "closes_at": stage.on(5, "16:00", AUCKLAND)}],
        business={"name": KOWHAI.name, "contact": KOWHAI.contact},
        go_ahead={"kind": "headcount", "target": "120", "at": stage.on(-2, "18:00", AUCKLAND)},
    )  # fmt: skip
    stage.open(slug, TANE)
    stage.enter(slug, TANE, KOWHAI)
    stage.bid(
        slug, KOWHAI, share("50", "extra", "two ramps", stage.date(60, AUCKLAND)),
        action("build", "2", "ramps", stage.date(90, AUCKLAND), "supporters"),
        anyway="We have wanted it since we opened.", baseline={"takings": "850.00", "source": "Mean of five Saturdays"},
    )  # fmt: skip
    stage.agree(slug, TANE, KOWHAI)
    yield stage.on(-21, "12:00", AUCKLAND)
    crowd.gather(stage, slug, 38, ("30", "45", "25"))
    yield stage.on(-2, "20:00", AUCKLAND)
    stage.proceed(slug, TANE)


def kobe(stage: Stage) -> Iterator[datetime]:
    """Mobbing, day and night, in a currency without decimals."""
    yield stage.on(-30, "10:00", TOKYO)
    slug = stage.draft(
        HARUKA, title="Minato Bento lends its boxes out",
        story="Open day and night, and every meal in plastic. Three days of ours buy boxes that come back.",
        place="Kobe", timezone=TOKYO, currency="JPY",
        windows=[{"opens_at": stage.on(-1, "06:00", TOKYO), "closes_at": stage.on(1, "23:00", TOKYO),
                  "venue": "Sakaemachi 2-chome 9"}],
        business={"name": MINATO.name, "contact": MINATO.contact}, goal={"kind": "takings", "target": "600000"},
        go_ahead={"kind": "headcount", "target": "60", "at": stage.on(-3, "20:00", TOKYO)},
    )  # fmt: skip
    stage.join(slug, HARUKA, MEI, Role.CREW)
    stage.open(slug, HARUKA)
    stage.enter(slug, HARUKA, MINATO)
    stage.bid(
        slug, MINATO, share("30", "gross", "boxes and a washer", stage.date(30, TOKYO)),
        action("lend out", "300", "returnable boxes", stage.date(60, TOKYO), "supporters",
               ladder=[step("takings", "600000", "400"), step("headcount", "400", "500")]),
        anyway="No.", baseline={"takings": "210000", "source": "The same days in the month before"},
    )  # fmt: skip
    stage.agree(slug, HARUKA, MINATO)
    yield stage.on(-20, "19:00", TOKYO)
    codes = crowd.gather(stage, slug, 74, ("1500", "2000", "1200"))
    yield stage.on(-1, "12:30", TOKYO)
    crowd.arrive(stage, slug, MEI, codes[:8], ("6380", "9150", "5980"), 24)
    yield stage.on(-1, "19:00", TOKYO)
    crowd.arrive(stage, slug, MEI, codes[8:12], ("7700", "8400", "6120"), 15)


def hamilton(stage: Stage) -> Iterator[datetime]:
    """Following: all of the takings for efficiency works, and 15 certified local producers on the shelves."""
    yield stage.on(-70, "10:00", TORONTO)
    slug = stage.draft(
        NOOR, title="Juniper Street Market gives a whole day, and shelf space to 15 local producers",
        story="**All of the takings**, every cent, for works an auditor has listed; and shelves for growers from here.",
        place="Hamilton, Ontario", timezone=TORONTO, currency="CAD",
        windows=[{"opens_at": stage.on(-26, "09:00", TORONTO), "closes_at": stage.on(-26, "21:00", TORONTO)}],
        business={"name": JUNIPER.name, "contact": JUNIPER.contact}, goal={"kind": "takings", "target": "8000"},
        co_hosts=[{"name": "Hamilton Food Share"}, {"name": "Cold Climate Co-op"}],
    )  # fmt: skip
    stage.join(slug, NOOR, RUTH, Role.MONITOR, "The Cold Climate Co-op.", "None.")
    stage.open(slug, NOOR)
    stage.enter(slug, NOOR, JUNIPER)
    works = [("Doors on the dairy fridges", "3900.00"), ("LED lamps in the hall", "2450.00"),
             ("Controls for the walk-in freezer", "1800.00"), ("Insulated roller door", "4200.00")]  # fmt: skip
    stage.bid(
        slug, JUNIPER,
        share("100", "gross", "efficiency works", stage.date(34, TORONTO), "monitor", shortfall="drop",
              audit={"by": "Hamilton Energy Audits", "paid_by": "Cold Climate Co-op", "on": stage.date(-75, TORONTO)},
              funding=[{"source": "Grant for cold stores, Province of Ontario", "amount": "1500.00"}],
              measures=[{"name": name, "price": price} for name, price in works]),
        action("stock", "15", "certified local producers", stage.date(65, TORONTO), "monitor", unit="producers",
               definition="Holds a local food certificate of the current year; grown or made in Ontario.",
               proof=["certificates", "shelf list"]),
        anyway="The lamps, over the years.", done_already="Four local producers, none certified.",
        baseline={"takings": "5120.00", "source": "Mean of four Saturdays"},
    )  # fmt: skip
    stage.agree(slug, NOOR, JUNIPER)
    yield stage.on(-55, "12:00", TORONTO)
    codes = crowd.gather(stage, slug, 48, ("30", "45", "60"))
    yield stage.on(-26, "15:00", TORONTO)
    crowd.arrive(stage, slug, NOOR, codes[:-1], ("192.10", "208.75", "146.20"), 22)
    yield stage.on(-25, "10:00", TORONTO)
    stage.declare(slug, JUNIPER, "8437.25", customers=214)
    stage.confirm_tills(slug, NOOR)
    works_owed, producers = stage.finalize(slug, NOOR)
    yield stage.on(-10, "10:00", TORONTO)
    stage.file(JUNIPER, works_owed, "Fridge doors and lamps are paid.", value="6350.00")
    yield stage.on(-6, "10:00", TORONTO)
    stage.file(JUNIPER, producers, "Six signed so far.", value="6")


def portland(stage: Stage) -> Iterator[datetime]:
    """Cancelled, with the reason in public."""
    yield stage.on(-40, "10:00", PORTLAND)
    slug = stage.draft(
        DANA, title="Harlan’s Diner goes without gas",
        story="An electric range for the last gas kitchen on the block.",
        place="Portland, Oregon", timezone=PORTLAND, currency="USD",
        windows=[{"opens_at": stage.on(16, "08:00", PORTLAND), "closes_at": stage.on(16, "15:00", PORTLAND)}],
        business={"name": HARLAN.name, "contact": HARLAN.contact},
    )  # fmt: skip
    stage.open(slug, DANA)
    stage.enter(slug, DANA, HARLAN)
    due = stage.date(120, PORTLAND)
    stage.bid(slug, HARLAN, action("install", "1", "electric range", due, "supporters"), anyway="Not alone.")
    stage.agree(slug, DANA, HARLAN)
    yield stage.on(-30, "18:00", PORTLAND)
    crowd.gather(stage, slug, 9, ("18", "25"))
    yield stage.on(-9, "09:00", PORTLAND)
    stage.cancel(slug, DANA, "The landlord has ended the diner’s lease. Nobody is to blame, and nothing was taken.")
