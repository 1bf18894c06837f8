"""Drafting, opening, editing, postponing and cancelling a campaign."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from accounts.rules import Role
from campaigns import queries, service
from campaigns.values import Campaign, Disclosure, GoAhead, NamedBusiness, Pledging, State
from core.clock import FixedClock
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.at_once import at_once
from tests.factories import CLOSING, LAST, NOW, OPENING, campaign_in, make_bidding, make_window, money_go_ahead
from tests.scene import TERMS, Scene

WEEK = timedelta(days=7)
WHAT_HAPPENED = ("award", "decided", "tally", "waiting", "wait_until")


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def stored(database: Database, campaign_id: str) -> Campaign:
    with database.reading() as session:
        return queries.by_id(session, campaign_id)


# Drafts


def test_a_draft_keeps_everything_that_was_typed(scene: Scene):
    made = scene.draft(go_ahead=money_go_ahead("2000.50", OPENING), pledging=Pledging(CLOSING, LAST))
    assert stored(scene.database, made.id) == made
    assert made.state == State.DRAFT


def test_drafts_of_one_title_have_addresses_of_their_own(scene: Scene):
    assert [scene.draft().slug for _ in range(3)] == [
        "coffee-for-the-climate",
        "coffee-for-the-climate-2",
        "coffee-for-the-climate-3",
    ]
    assert scene.draft(title="").slug == "mob"


def test_a_draft_exists_for_its_team_only(scene: Scene):
    draft = scene.draft()
    with pytest.raises(NotFound):
        service.demand_public(draft, frozenset())
    service.demand_public(draft, frozenset({Role.CREW}))
    with scene.database.reading() as session:
        assert queries.listed(session) == []
        assert [c.id for c in queries.of_teams(session, [draft.team])] == [draft.id]


def test_in_a_draft_everything_can_be_changed_and_nothing_is_checked(scene: Scene):
    scene.draft()
    changed, asked = scene.edit(title="Tea", windows=(), bidding=None, currency="JPY")
    assert (changed.title, changed.windows, changed.currency, asked) == ("Tea", (), "JPY", [])
    assert scene.record() == []


def test_a_cancelled_draft_stays_private(scene: Scene):
    draft = scene.draft()
    owner = scene.person()
    with scene.doing() as session:
        cancelled = service.cancel(session, scene.clock, owner, draft.slug, "never mind")
    with scene.database.reading() as session:
        assert queries.listed(session) == []
    with pytest.raises(NotFound):
        service.demand_public(cancelled, frozenset())


# Opening


def test_opening_puts_the_terms_on_record_and_no_person(scene: Scene):
    scene.draft()
    scene.clock.advance(minutes=1)
    scene.join("ida", Role.MONITOR)
    owner = scene.person()
    with scene.doing() as session:
        opened = service.open_(session, scene.clock, owner, scene.slug)
    assert opened.state == State.BIDDING
    (fact,) = scene.record()
    assert fact.kind == "CampaignOpened"
    assert fact.body["terms"]["title"] == "Coffee for the climate"
    assert fact.body["team"] == [
        {"role": "owner", "paid_by": "", "disclosure": ""},
        {"role": "monitor", "paid_by": "nobody", "disclosure": ""},
    ]
    assert "example.org" not in str(fact.body)


def test_a_campaign_with_gaps_does_not_open_and_stays_as_it_is(scene: Scene):
    scene.draft(story="", disclosure=None)
    owner = scene.person()
    with pytest.raises(Invalid) as wrong, scene.doing() as session:
        service.open_(session, scene.clock, owner, scene.slug)
    assert [e.field for e in wrong.value.errors] == ["story", "disclosure"]
    assert scene.state == State.DRAFT


def test_an_operator_may_ask_for_a_second_organizer(scene: Scene):
    scene.draft()
    owner = scene.person()
    with pytest.raises(Invalid) as wrong, scene.doing() as session:
        service.open_(session, scene.clock, owner, scene.slug, second_organizer=True)
    assert wrong.value.field == "team"
    scene.join("ida", Role.CO_ORGANIZER)
    with scene.doing() as session:
        assert service.open_(session, scene.clock, owner, scene.slug, second_organizer=True).state == State.BIDDING


def test_of_two_who_open_at_once_one_is_told_that_it_is_open(scene: Scene):
    scene.draft()
    owner = scene.person()

    def open_(_: int) -> str:
        try:
            with scene.database.writing() as session:
                return service.open_(session, scene.clock, owner, scene.slug).state
        except Conflict:
            return "refused"

    assert sorted(at_once(3, open_)) == ["bidding", "refused", "refused"]
    assert len(scene.record("CampaignOpened")) == 1


@pytest.mark.parametrize("role", [Role.CREW, Role.MONITOR, Role.JURY])
def test_only_organizers_run_a_campaign(scene: Scene, role: Role):
    scene.draft()
    person = scene.join("ida", role)
    acts: list[Any] = [
        lambda s: service.open_(s, scene.clock, person, scene.slug),
        lambda s: service.edit(s, scene.clock, person, scene.slug, {"title": "Mine"}),
        lambda s: service.cancel(s, scene.clock, person, scene.slug, "spite"),
        lambda s: service.postpone(s, scene.clock, person, scene.slug, (), "spite"),
        lambda s: service.proceed(s, scene.clock, scene.slug, "organizer", person),
        lambda s: service.extend_bidding(s, scene.clock, person, scene.slug, LAST),
    ]
    for act in acts:
        with pytest.raises(Forbidden), scene.doing() as session:
            act(session)


# Changing terms


def in_state(scene: Scene, state: State, **changes: Any) -> Campaign:
    """The campaign put into a state at once."""
    held = scene.campaign
    with scene.doing() as session:
        return service.apply(session, (replace(held, state=state, since=NOW, **changes), []), scene.now)


def test_a_material_change_asks_supporters_again(scene: Scene):
    scene.open()
    in_state(scene, State.PLEDGING)
    moved = (make_window(OPENING + WEEK, LAST + WEEK),)
    changed, material = scene.edit(windows=moved)
    assert (material, changed.terms_version) == (["windows"], 2)
    (fact,) = scene.record("TermsChanged")
    assert (fact.body["terms_version"], fact.body["changed"]) == (2, ["windows"])


def test_a_better_story_asks_nobody_again(scene: Scene):
    scene.open()
    changed, material = scene.edit(story="Told better.")
    assert (material, changed.terms_version, changed.story) == ([], 1, "Told better.")


def test_sending_the_same_again_is_no_change(scene: Scene):
    opened = scene.open()
    scene.edit(title=opened.title, windows=opened.windows)
    assert scene.record("TermsChanged") == []


@pytest.mark.parametrize(
    ("state", "frozen"),
    [
        (State.BIDDING, {"currency": "USD"}),
        (State.BIDDING, {"bidding": make_bidding(winners=3)}),
        (State.PLEDGING, {"place": "Hamburg"}),
        (State.TIPPED, {"go_ahead": GoAhead(at=OPENING)}),
        (State.MOBBING, {"title": "Tea"}),
        (State.COUNTING, {"story": "It was lovely"}),
    ],
)
def test_what_people_rely_on_is_frozen(scene: Scene, state: State, frozen: dict[str, Any]):
    scene.open()
    in_state(scene, state)
    with pytest.raises(Conflict, match="this is frozen: " + next(iter(frozen))):
        scene.edit(**frozen)


@pytest.mark.parametrize(
    ("state", "changes", "field"),
    [
        (State.BIDDING, {"windows": ()}, "windows"),
        (State.BIDDING, {"windows": (make_window(CLOSING, CLOSING + WEEK),)}, "bidding"),
        (State.PLEDGING, {"windows": (make_window(NOW - WEEK, NOW + WEEK),)}, "windows"),
        (State.PLEDGING, {"go_ahead": GoAhead(at=LAST)}, "go_ahead"),
        (State.PLEDGING, {"go_ahead": GoAhead(at=NOW)}, "go_ahead"),
        (State.BIDDING, {"pledging": Pledging(LAST, OPENING)}, "pledging"),
        (State.BIDDING, {"disclosure": Disclosure("", "")}, "disclosure"),
    ],
)
def test_no_change_leaves_a_campaign_without_a_deadline(
    scene: Scene, state: State, changes: dict[str, Any], field: str
):
    scene.open()
    in_state(scene, state)
    with pytest.raises(Invalid) as wrong:
        scene.edit(**changes)
    assert wrong.value.field == field


def test_a_named_business_keeps_its_private_contact_when_it_is_sent_back_without(scene: Scene):
    scene.draft(bidding=None, business=NamedBusiness("Cafe Morgenrot", "cafe@example.org"))
    changed, _ = scene.edit(business=NamedBusiness("Cafe Morgenrot"))
    assert changed.business == NamedBusiness("Cafe Morgenrot", "cafe@example.org")
    changed, _ = scene.edit(business=NamedBusiness("Cafe Abendrot"))
    assert changed.business == NamedBusiness("Cafe Abendrot")


def test_every_change_has_a_revision_of_its_own(scene: Scene):
    revisions = [scene.draft().revision, scene.edit(title="Tea")[0].revision, scene.edit(title="Cocoa")[0].revision]
    assert revisions == sorted(set(revisions))
    assert scene.campaign.revision == revisions[-1]


# The day is moved


def test_a_postponed_day_keeps_its_windows_ids(scene: Scene):
    opened = scene.open()
    in_state(scene, State.TIPPED)
    owner = scene.person()
    moved = (make_window(OPENING + WEEK, LAST + WEEK, "sent-without-the-old-id"),)
    with scene.doing() as session:
        campaign = service.postpone(session, scene.clock, owner, scene.slug, moved, "a storm")
    assert [w.id for w in campaign.windows] == [w.id for w in opened.windows]
    assert campaign.first_opening == OPENING + WEEK
    assert scene.record("MobPostponed")[0].body["reason"] == "a storm"


# Lists


def test_public_campaigns_are_listed_newest_first_and_found_by_place_and_words(scene: Scene, clock: FixedClock):
    for title, place in (("Coffee", "Zürich"), ("Bread", "Berlin"), ("Books", "Berlin")):
        scene.open(title=title, place=place)
        clock.advance(minutes=1)
    scene.draft(title="Secret", place="Berlin")

    def titles(**filters: Any) -> list[str]:
        with scene.database.reading() as session:
            return [c.title for c in queries.listed(session, **filters)]

    assert titles() == ["Books", "Bread", "Coffee"]
    assert titles(near="berlin") == ["Books", "Bread"]
    assert titles(q="zurich") == ["Coffee"]
    assert titles(q="100%") == []
    assert titles(states=[State.DONE]) == []
    with scene.database.reading() as session:
        first = queries.listed(session, limit=1)
        rest = queries.listed(session, after=first[0].id)
    assert [c.title for c in rest] == ["Bread", "Coffee"]


def test_the_health_page_can_count_what_is_overdue(scene: Scene):
    scene.open()
    with scene.database.reading() as session:
        assert queries.count_by_state(session) == {State.BIDDING: 1}
        assert queries.next_due(session) == CLOSING
        assert queries.overdue(session, CLOSING - timedelta(seconds=1)) == 0
        assert queries.overdue(session, CLOSING) == 1
        assert queries.due(session, CLOSING) == [scene.campaign.id]


def test_a_campaign_reads_back_as_it_was_in_every_state(scene: Scene):
    scene.open()
    for state in State:
        whole = {name: getattr(campaign_in(state), name) for name in (*TERMS, *WHAT_HAPPENED)}
        kept = in_state(scene, state, **whole)
        assert scene.campaign == kept
