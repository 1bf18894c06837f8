"""The demo: what it is filled with, that it stands or falls whole, and that it exists in demo mode only."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from businesses import queries as businesses
from businesses.followthrough import Standing, Verdict, standing
from campaigns import queries as campaigns
from campaigns.values import State
from core import record
from core.clock import FixedClock
from core.i18n import LOCALES, translator
from core.settings import Settings
from notifications import queries as mail
from pledges import queries as pledges
from tests.web.records import ndjson
from tests.web.visiting import Visitor, text_of
from web.app import create_app
from web.demo import seed, tour
from web.demo.cast import PLAYERS, SHOPS, Shop
from web.demo.stories import elsewhere
from web.recounting import recount
from web.site import Site, build_site

PAGES = ("/demo", "/demo/people", "/demo/mailbox", "/demo/way", "/demo/clock", "/demo/mail")


@pytest.fixture(scope="module")
def seen(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """The demo's pages, for tests that change nothing but who looks."""
    with visiting(demo_home, tmp_path_factory.mktemp("seen") / "demo") as visitor:
        yield visitor


@pytest.fixture
def filled(demo_home: Path, tmp_path: Path) -> Iterator[Visitor]:
    """The demo's pages on data of this test's own."""
    with visiting(demo_home, tmp_path / "demo") as visitor:
        yield visitor


@contextmanager
def visiting(demo_home: Path, folder: Path) -> Iterator[Visitor]:
    home = shutil.copytree(demo_home, folder)
    settings = Settings(home=home, base_url="http://testserver", demo=True, rate_limit="off")
    app = create_app(settings, worker=False)
    with TestClient(app) as client:
        yield Visitor(client, app.state.site)


def test_every_stage_of_a_campaign_can_be_seen(seen: Visitor):
    with seen.site.db.reading() as session:
        states = campaigns.count_by_state(session)
    passing = {State.AGREED, State.FINAL}  # a campaign is in them for a moment only
    assert set(states) == set(State) - passing
    assert states[State.PLEDGING] >= 2


def test_a_shop_has_promises_that_ended_in_every_way(seen: Visitor):
    with seen.site.db.reading() as session:
        shop = businesses.business(session, "linde-grocery")
        promises = businesses.promises_of(session, shop.id)
        now = seen.site.clock.now(session)
    assert {standing(o, now) for o in promises} == set(Standing) - {Standing.ENDED_CLOSED}
    verdicts = {(o.verdict.verdict, o.verdict.seen_by) for o in promises if o.verdict}
    assert {(Verdict.KEPT, "independent"), (Verdict.KEPT, "parties")} < verdicts
    assert {v for v, _ in verdicts} >= {Verdict.KEPT_LATE, Verdict.PARTLY_KEPT, Verdict.BROKEN, Verdict.SUBSTITUTED}
    assert any(o.replies for o in promises)


def test_168_people_are_in_for_the_cafe(seen: Visitor):
    with seen.site.db.reading() as session:
        cafe = next(c for c in campaigns.listed(session, q="Bella"))
        counted = pledges.sums(session, cafe.id, cafe.currency)
    assert counted.confirmed.people == 168
    assert (cafe.state, cafe.go_ahead.target) == (State.PLEDGING, 200)


def test_it_speaks_several_currencies_and_languages(seen: Visitor):
    with seen.site.db.reading() as session:
        held = campaigns.listed(session, limit=100)
    assert {"EUR", "JPY", "TND", "CHF", "GBP", "SEK", "CAD"} <= {c.currency for c in held}
    assert "de" in {c.language for c in held}
    assert len({c.timezone for c in held}) >= 8


def test_every_record_of_it_is_recounted_without_a_difference(seen: Visitor):
    with seen.site.db.reading() as session:
        for campaign in campaigns.listed(session, limit=100):
            lines = [ndjson(line) for line in record.lines(session, campaign.id)]
            assert recount(lines).found == 0, campaign.slug


def test_nobody_in_it_has_an_address_that_somebody_owns(seen: Visitor):
    with seen.site.db.reading() as session:
        written_to = {m.to for m in mail.mailbox(session, limit=1000)}
    assert written_to
    assert all(to.endswith((".example", "@example.org", ".example.org")) for to in written_to)


def test_preparing_again_changes_nothing(filled: Visitor):
    with filled.site.db.reading() as session:
        before = record.last_position(session)
    seed.prepare(filled.site.settings)
    with filled.site.db.reading() as session:
        assert record.last_position(session) == before


def test_the_demo_is_poured_whole_over_what_was_there(database_url: str, clock: FixedClock, tmp_path: Path):
    """On both databases, where the record's own numbers go on after the last one."""
    site = build_site(Settings(home=tmp_path, database_url=database_url, demo=True), clock)
    for _ in range(2):
        with seed.draft(site) as drafted:
            seed.play(drafted, (elsewhere.portland,))
            seed.pour(drafted.db, site.db)
    with site.db.reading() as session:
        assert [c.state for c in campaigns.listed(session)] == [State.PLEDGING, State.CANCELLED]
        told = record.last_position(session)
    tour.begin(site)
    record.publish(site.db)
    with site.db.reading() as session:
        assert record.last_position(session) > told
    site.db.dispose()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("page", PAGES)
def test_none_of_it_exists_outside_demo_mode(visitor: Visitor, page: str):
    assert visitor.get(page).status_code == 404
    assert "/demo" not in visitor.get("/").text


def test_one_click_signs_in_as_anybody(seen: Visitor):
    for each in (*PLAYERS, *SHOPS):
        answer = seen.post("/demo/people", {"who": each.name})
        home = "/shop" if isinstance(each, Shop) else "/me"
        assert answer.headers["location"] == home
        assert seen.get(home).status_code == 200, each.name
        shown = text_of(seen.get("/demo/people"))
        # The page speaks the person's own language.
        assert any(translator(locale).gettext("You are this one") in shown for locale in LOCALES), each.name


def test_a_name_of_nobody_is_refused(seen: Visitor):
    assert seen.post("/demo/people", {"who": "Nobody"}).status_code == 404


def test_a_message_is_shown_in_a_sandbox(seen: Visitor):
    with seen.site.db.reading() as session:
        newest = mail.mailbox(session, limit=1)[0]
    page = seen.get(f"/demo/mailbox/{newest.id}")
    assert newest.subject in text_of(page)
    assert "sandbox" in page.text
    frame = seen.get(f"/demo/mailbox/{newest.id}/html")
    policy = frame.headers["content-security-policy"]
    assert policy.startswith("sandbox;")
    assert "style-src 'unsafe-inline'" in policy
    assert "frame-ancestors 'self'" in policy
    assert seen.get("/demo/mailbox/999999").status_code == 404


def test_the_mailbox_shows_one_address_or_says_that_there_is_nothing(seen: Visitor):
    assert "kasse@spaeti.example" in text_of(seen.get("/demo/mailbox?to=kasse@spaeti.example"))
    assert "No message to this address." in text_of(seen.get("/demo/mailbox?to=nobody@example.org"))


def moved(filled: Visitor, to: str) -> str:
    answer = filled.post("/demo/jump", {"to": to})
    assert answer.status_code == 303
    return text_of(filled.get(answer.headers["location"]))


def test_the_clock_moves_by_a_day_a_week_and_to_the_next_deadline(filled: Visitor):
    site = filled.site
    started = now(site)
    moved(filled, "day")
    assert timedelta(days=1) <= now(site) - started < timedelta(days=1, minutes=5)
    assert "What happened on the way" in moved(filled, "deadline")
    assert "Time has been moved" in text_of(filled.get("/demo"))
    assert filled.post("/demo/jump", {"to": "yesterday"}).status_code == 422


def now(site: Site) -> datetime:
    with site.db.reading() as session:
        return site.clock.now(session)


def test_the_tour_begins_anew(filled: Visitor):
    with filled.site.db.reading() as session:
        first = tour.current(session)
    assert filled.post("/demo/reset", {"what": "tour"}).headers["location"] == "/demo"
    with filled.site.db.reading() as session:
        second = tour.current(session)
        assert campaigns.by_id(session, first.id).state == State.CANCELLED
    assert second.slug == f"{first.slug[:58]}-2" or second.slug.startswith(first.slug[:40])
    assert second.id != first.id


def test_a_step_too_early_is_refused_and_one_too_late_leads_to_a_fresh_tour(filled: Visitor):
    assert filled.post("/demo/tour/4").status_code == 409
    moved(filled, "week")
    moved(filled, "week")
    assert "Time has gone past this tour." in text_of(filled.get("/demo"))
    assert filled.post("/demo/tour/1").status_code == 409
