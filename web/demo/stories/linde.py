"""A grocery that promised twice: three promises kept long ago, eleven with every ending there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from accounts.rules import Role
from businesses.followthrough import Obligation, Outcome, Verdict
from businesses.monitoring import service as monitoring
from businesses.service import answer_extension, ask_extension
from web.demo import crowd
from web.demo.cast import ELIF, JONAS, LEA, LINDE, RUTH, TOM, YUSUF
from web.demo.offers import action, share
from web.demo.stage import Stage

ZONE = "Europe/Berlin"
NEIGHBOURS = (LEA, TOM)
GROWERS = (
    "Obsthof Wiechs", "Hof Riedäcker", "Imkerei Blum", "Mühle Kandern", "Käserei Belchen", "Gärtnerei Steinen",
    "Kürbishof Ott", "Beeren Sutter", "Ziegenhof Wollbach", "Pilze Efringen", "Saftpresse Egringen", "Nudeln Haltingen",
    "Senf Istein", "Brennerei Tannenkirch", "Eier Mappach", "Schafkäse Malsburg", "Kräuter Holzen", "Wein Ötlingen",
    "Spargel Neuenburg", "Forellen Präg", "Kartoffeln Hertingen", "Bio-Öl Blansingen", "Honig Marzell",
)  # fmt: skip


def cold_room(stage: Stage) -> Iterator[datetime]:
    """Done: three promises kept and half a year later still so, two of them seen by independent eyes."""
    yield stage.on(-800, "10:00", ZONE)
    slug = stage.draft(
        JONAS, title="Three promises for a cooler, quieter cold room",
        story="Linde Grocery cools with machines from 1987. One day of shopping pays for better ones.",
        place="Weil am Rhein", timezone=ZONE, currency="EUR",
        windows=[{"opens_at": stage.on(-760, "08:00", ZONE), "closes_at": stage.on(-760, "18:00", ZONE),
                  "venue": "Hauptstraße 112, Weil am Rhein"}],
        business={"name": LINDE.name, "contact": LINDE.contact}, goal={"kind": "takings", "target": "2500"},
        rechecks=[6],
    )  # fmt: skip
    stage.join(slug, JONAS, YUSUF, Role.CREW)
    stage.join(slug, JONAS, RUTH, Role.MONITOR, "Nobody: she volunteers.", "No ties.")
    stage.open(slug, JONAS)
    yield stage.on(-797, "11:00", ZONE)
    stage.enter(slug, JONAS, LINDE)
    _promise_quiet(stage, slug)
    stage.agree(slug, JONAS, LINDE)
    yield stage.on(-780, "18:00", ZONE)
    codes = crowd.gather(stage, slug, 20, ("20", "25", "15"))
    yield stage.on(-760, "12:00", ZONE)
    crowd.arrive(stage, slug, YUSUF, codes, ("94.50", "101.20", "88.90"), 30)
    yield stage.on(-759, "10:00", ZONE)
    stage.declare(slug, LINDE, "3104.00", customers=142)
    stage.confirm_tills(slug, JONAS)
    yield from _follow_quietly(stage, *stage.finalize(slug, JONAS))


def _follow_quietly(stage: Stage, money: Obligation, doors: Obligation, noise: Obligation) -> Iterator[datetime]:
    yield stage.on(-715, "10:00", ZONE)
    stage.file(LINDE, money, "Paid to the fitter.", value="931.20")
    yield stage.on(-705, "10:00", ZONE)
    stage.judge(JONAS, money, Verdict.KEPT, "The invoice and the transfer were shown.")
    yield stage.on(-660, "10:00", ZONE)
    stage.file(LINDE, doors, "All four doors have new seals.", value="4")
    stage.file(LINDE, noise, "Measured by the fitter at two in the morning.", value="13")
    yield stage.on(-650, "15:00", ZONE)
    stage.look(RUTH, doors, "4")
    stage.look(RUTH, noise, "12")
    stage.judge(RUTH, doors, Verdict.KEPT, "All four doors close tightly.")
    stage.judge(RUTH, noise, Verdict.KEPT, "52 decibels at two in the morning, 64 before.")
    yield stage.on(-510, "10:00", ZONE)
    stage.ask_again(JONAS, money, Outcome.STILL_KEPT, "The compressor runs, the fitter looked at it in spring.")
    yield stage.on(-455, "15:00", ZONE)
    stage.look(RUTH, doors, "4")
    stage.ask_again(RUTH, doors, Outcome.STILL_KEPT, "The seals are as tight as half a year ago.")
    stage.ask_again(RUTH, noise, Outcome.STILL_KEPT, "Measured again: 52 decibels.")


def _promise_quiet(stage: Stage, slug: str) -> None:
    due = stage.date(-640, ZONE)
    stage.bid(
        slug, LINDE,
        share("30", "gross", "a new compressor", stage.date(-700, ZONE)),
        action("seal", "4", "doors of the cold room", due, "monitor", proof=["photos"]),
        action("lower the noise in the yard by", "12", "decibels at night", due, "monitor", proof=["measurement"]),
        anyway="Not in the next five years.", done_already="LED lamps since 2019.",
        baseline={"takings": "1240.00", "source": "Mean of four Thursdays"},
    )  # fmt: skip


def eleven_promises(stage: Stage) -> Iterator[datetime]:
    """Following: every verdict there is, one by own account only, and every way of being open."""
    yield stage.on(-262, "10:00", ZONE)
    slug = stage.draft(
        JONAS, title="Eleven promises for more local food and less waste",
        story="Linde Grocery wants to be the shop of the valley. **We bring the customers, it brings the changes.**",
        place="Weil am Rhein", timezone=ZONE, currency="EUR",
        windows=[{"opens_at": stage.on(-214, "08:00", ZONE), "closes_at": stage.on(-214, "18:30", ZONE),
                  "venue": "Hauptstraße 112, Weil am Rhein"}],
        business={"name": LINDE.name, "contact": LINDE.contact}, goal={"kind": "takings", "target": "6000"},
        co_hosts=[{"name": "Slow Food Markgräflerland", "url": "https://example.org/slow"}],
    )  # fmt: skip
    stage.join(slug, JONAS, ELIF, Role.CO_ORGANIZER)
    stage.join(slug, JONAS, YUSUF, Role.CREW)
    stage.join(slug, JONAS, RUTH, Role.MONITOR, "The consumers’ association, 120 euro a visit.", "No ties.")
    stage.open(slug, JONAS)
    yield stage.on(-260, "09:00", ZONE)
    stage.enter(slug, JONAS, LINDE)
    yield stage.on(-258, "20:00", ZONE)
    bid = _promise(stage, slug)
    stage.consent(slug, JONAS, bid, "All three apprentices met without the owners and raised their hands.")
    stage.agree(slug, JONAS, LINDE)
    yield stage.on(-240, "19:00", ZONE)
    near = [crowd.pledge(stage, slug, who, "25", updates=True) for who in NEIGHBOURS]
    codes = crowd.gather(stage, slug, 62, ("20", "30", "25", "40"))
    yield stage.on(-214, "13:00", ZONE)
    crowd.arrive(stage, slug, YUSUF, codes[:-1], ("126.40", "98.75", "181.10", "143.00"), 40)
    yield stage.on(-213, "09:30", ZONE)
    stage.declare(slug, LINDE, "7912.40", customers=301, transactions=263)
    yield stage.on(-213, "17:00", ZONE)
    stage.confirm_tills(slug, JONAS)
    promises = stage.finalize(slug, JONAS)
    for pledge, amount in zip(near, ("40", "25"), strict=True):
        crowd.come_back(stage, pledge, LINDE, amount)
    yield from _follow(stage, promises)


def _promise(stage: Stage, slug: str) -> str:
    """The bid with its eleven promises; gives its id."""

    def due(days: int) -> date:
        return stage.date(days, ZONE)

    return stage.bid(
        slug, LINDE,
        action("stock", "27", "local producers", due(-14), "monitor", baseline="12", unit="producers",
               proof=["shelf list", "invoices"],
               definition="Grown or made within 50 km, on the shelf on the day of the visit."),
        action("put lids on", "9", "open fridges", due(-135), "supporters", proof=["photos", "invoice"]),
        action("hand out", "0", "plastic bags a day", due(-165), "supporters", baseline="80"),
        action("take back for a deposit", "4", "kinds of jars", due(-105), "monitor", proof=["photo"]),
        action("pay", "3", "apprentices a living wage", due(-74), "monitor", proof=["pay slips, blacked out"],
               affected_group="The shop’s apprentices"),
        action("publish", "2", "quarterly reports on our electricity", due(-100)),
        action("put up", "1", "water tap for bottles beside the door", due(-14), "supporters"),
        action("install", "20", "kilowatts of solar panels on the roof", due(168), "monitor", unit="kW",
               proof=["grid connection"]),
        action("plant", "6", "trees in the car park", due(230), "supporters"),
        share("25", "gross", "lids, tap and jars", due(-150)),
        action("replace", "2", "diesel vans by electric ones", due(-60)),
        anyway="The lids perhaps, in three years. The rest not.", done_already="12 local producers, recorded by hand.",
        planned="Nothing else this year.", baseline={"takings": "2610.00", "source": "Mean of four Saturdays"},
    )  # fmt: skip


def _follow(stage: Stage, promises: list[Obligation]) -> Iterator[datetime]:
    """On reports, tap and trees nobody files anything: late, then unknown, by themselves."""
    growers, lids, bags, jars, wages, _, _, solar, _, money, vans = promises
    yield stage.on(-158, "17:00", ZONE)
    stage.look(LEA, bags, "80", "Bags at both tills.")
    yield stage.on(-156, "11:00", ZONE)
    stage.file(LINDE, money, "Transferred to the fitters.", value="1978.10", url="https://example.org/linde/transfer")
    yield stage.on(-149, "18:00", ZONE)
    stage.look(TOM, bags, "75")
    stage.judge(JONAS, money, Verdict.KEPT, "The bank’s receipt was shown to two of us.")
    yield stage.on(-140, "08:30", ZONE)
    stage.file(LINDE, lids, "Nine lids, fitted on Monday.", value="9", url="https://example.org/linde/lids")
    stage.look(LEA, bags, "80", "Still there.")
    yield stage.on(-138, "20:00", ZONE)
    stage.judge(JONAS, bags, Verdict.BROKEN, "Two supporters found as many bags as before, three times in a month.")
    yield stage.on(-136, "09:00", ZONE)
    stage.reply(LINDE, bags, "True. Our supplier kept sending them and we kept using them. We want to put it right.")
    yield stage.on(-131, "17:00", ZONE)
    stage.look(LEA, lids, "9")
    yield stage.on(-126, "17:00", ZONE)
    stage.look(TOM, lids, "9", "All nine, and they close.")
    yield stage.on(-112, "19:00", ZONE)
    stage.judge(ELIF, lids, Verdict.KEPT, "Seen by two supporters on different days.")
    yield stage.on(-93, "09:00", ZONE)
    stage.file(LINDE, jars, "Four kinds of jars from today.", value="4")
    yield stage.on(-90, "14:00", ZONE)
    stage.look(RUTH, jars, "4")
    stage.judge(RUTH, jars, Verdict.KEPT_LATE, "The deposit works for four kinds, twelve days late.")
    yield stage.on(-76, "10:00", ZONE)
    stage.file(LINDE, wages, "New contracts for all three.", value="3")
    yield from _follow_lately(stage, growers, wages, solar, vans)


def _follow_lately(
    stage: Stage, growers: Obligation, wages: Obligation, solar: Obligation, vans: Obligation
) -> Iterator[datetime]:
    yield stage.on(-64, "09:00", ZONE)
    stage.file(LINDE, vans, "No electric van could be had. Two cargo bikes do the rounds instead.", value="0")
    yield stage.on(-60, "19:00", ZONE)
    stage.replace(
        LINDE,
        JONAS,
        vans,
        "Two cargo bikes do the daily rounds of the two vans.",
        "The electric vans that we ordered come a year later than promised to us.",
    )
    yield stage.on(-57, "20:00", ZONE)
    stage.judge(JONAS, vans, Verdict.SUBSTITUTED, "Two cargo bikes instead of two vans; we rode along.")
    yield stage.on(-48, "15:00", ZONE)
    stage.look(RUTH, wages, "2")
    yield stage.on(-25, "10:00", ZONE)
    stage.do(lambda s: ask_extension(
        s, stage.clock, stage.business(s, LINDE), growers.id, stage.date(45, ZONE), "Hail took four harvests."
    ))  # fmt: skip
    yield stage.on(-24, "19:00", ZONE)
    stage.do(lambda s: answer_extension(s, stage.clock, stage.person(s, JONAS), growers.id, accept=False))
    yield stage.on(-22, "16:00", ZONE)
    stage.judge(RUTH, wages, Verdict.PARTLY_KEPT, "Two of three contracts reach the living wage of the region.")
    yield stage.on(-20, "10:00", ZONE)
    stage.file(LINDE, solar, "The contract with the roofer is signed. Scaffolding comes in spring.")
    yield stage.on(-15, "09:00", ZONE)
    stage.reply(LINDE, wages, "The third is in a school year and earns by the hour. We count that too.", dispute=True)
    stage.file(LINDE, growers, "Our shelf list of today.", items=list(GROWERS))
    yield stage.on(-12, "11:00", ZONE)
    stage.look(RUTH, growers, "23", "All 23 on the list stood on the shelf, each with its village.")
    yield stage.on(-12, "16:00", ZONE)
    stage.judge(RUTH, growers, Verdict.PARTLY_KEPT, "23 producers on the shelf: 11 of the 15 promised.")
    visit = stage.report(
        RUTH, growers, stage.date(-12, ZONE),
        (growers, "Of the 27 growers promised 23 are on the shelf; four signs stand before empty crates.",
         "Take down the signs of growers who deliver nothing.", stage.date(20, ZONE)),
        (wages, "The third contract pays 9.80 euro an hour in school weeks.",
         "Pay the living wage for school weeks, too.", stage.date(60, ZONE)),
        (wages, "All three have their contracts in writing.", "", None),
    )  # fmt: skip
    yield stage.on(-11, "09:00", ZONE)
    stage.do(lambda s: monitoring.reply(
        s, stage.clock, stage.business(s, LINDE), visit, "The signs are down. About the school weeks we want to talk."
    ))  # fmt: skip
    stage.reply(LINDE, growers, "Four growers lost their harvest to hail. We go on, and ask for a re-check in spring.")
    yield stage.on(-10, "18:00", ZONE)
    stage.circle(JONAS, LINDE, RUTH, wages, stage.on(4, "18:30", ZONE), "The parish hall, Hauptstraße 60")
