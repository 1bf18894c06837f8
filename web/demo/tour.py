"""The tour's own small campaign: a late shop, 35 percent of an evening, and fifteen local producers."""

from __future__ import annotations

from sqlalchemy.orm import Session

from accounts import queries as account_queries
from accounts import service as accounts
from accounts.rules import Role
from campaigns import queries as campaign_queries
from campaigns import rules
from campaigns.values import Campaign
from core.clock import is_shifted
from core.errors import NotFound
from web.demo import clock, crowd
from web.demo.cast import MIRA, RUTH, SPAETI, YUSUF
from web.demo.offers import action, share
from web.demo.stage import Stage
from web.site import Site

ZONE = "Europe/Berlin"
TAKINGS = "2000.84"
"""What the visitor is asked to type: 35 percent of it is 700.29, rounded half to even at the last step."""
PRODUCERS = (
    "Apfelhof Werder", "Bäckerei Morgenrot", "Brandenburger Eierfrau", "Gärtnerei Rote Beete", "Honig vom Flugfeld",
    "Imkerei Pankow", "Käserei Uckerkaas", "Kombucha Wedding", "Limo aus Lichtenberg", "Mosterei Ketzür",
    "Nudelwerk Spandau", "Rösterei Boxhagen", "Saftladen Beelitz", "Senfmanufaktur Teltow", "Tofurei Treptow",
)  # fmt: skip


def begin(site: Site) -> Campaign:
    """A fresh campaign for the tour, taking pledges."""
    stage = Stage(site, clock.now(site))
    slug = _draft(stage)
    stage.join(slug, MIRA, YUSUF, Role.CREW)
    stage.join(slug, MIRA, RUTH, Role.MONITOR, "The consumers’ association, 60 euro a visit.", "No ties.")
    stage.open(slug, MIRA)
    stage.enter(slug, MIRA, SPAETI)
    stage.bid(
        slug, SPAETI,
        share("35", "gross", "LED lamps and a fridge with doors", stage.date(39, ZONE), "monitor", proof=["invoice"]),
        action("stock", "15", "certified local producers", stage.date(40, ZONE), "monitor", unit="producers",
               definition="Made within 100 km, with the certificate on the shelf.", proof=["list of producers"]),
        anyway="The lamps one day. The producers no: they take work.", done_already="Two local lemonades.",
        baseline={"takings": "640.00", "source": "Mean of four Fridays, same hours"},
    )  # fmt: skip
    stage.agree(slug, MIRA, SPAETI)
    crowd.gather(stage, slug, 34, ("40", "45", "35"))
    return stage.campaign(slug)


def _draft(stage: Stage) -> str:
    return stage.draft(
        MIRA, title="Späti Pappelallee gives 35% of one evening and shelf space to 15 local producers",
        story="The late shop sells lemonade from far away under lamps from 1998. **One evening of ours** changes both.",
        place="Berlin", timezone=ZONE, currency="EUR",
        windows=[{"opens_at": stage.on(9, "18:00", ZONE), "closes_at": stage.on(9, "22:00", ZONE),
                  "venue": "Pappelallee 25"}],
        business={"name": SPAETI.name, "contact": SPAETI.contact}, goal={"kind": "takings", "target": "1800"},
        go_ahead={"kind": "headcount", "target": "30", "at": stage.on(8, "20:00", ZONE)},
    )  # fmt: skip


def is_moved(session: Session) -> bool:
    """Whether the demo's time runs ahead of the real one."""
    return is_shifted(session)


def end(site: Site) -> None:
    """Call off what is left of the tour's campaign, so that lists show the newest one only."""
    with site.db.reading() as session:
        held = current(session)
    if held.state in rules.BEFORE_FINAL:
        Stage(site, clock.now(site)).cancel(held.slug, MIRA, "The tour began anew.")


def current(session: Session) -> Campaign:
    """The campaign that the tour is about now: the newest of its organizer. Raises NotFound outside a filled demo."""
    mira = account_queries.person_by_email(session, MIRA.email)
    teams = accounts.teams_of(session, mira) if mira else {}
    held = campaign_queries.of_teams(session, list(teams))
    if not held:
        raise NotFound("There is no tour here: begin the demo anew")
    return held[0]
