"""Photos and the press contact of a campaign: who may, what is asked first, and what is left when they are gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.rules import Person, Role
from campaigns.press import queries, rules, service
from campaigns.press.values import Photo, Picture
from campaigns.values import Campaign, State
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.stages import add_member, make_campaign, make_person

SIZE = (1200, 800)


@pytest.fixture
def campaign(database: Database) -> Campaign:
    with database.writing() as session:
        return make_campaign(session, database.clock, State.FINAL)


@pytest.fixture
def crew(database: Database, campaign: Campaign) -> Person:
    with database.writing() as session:
        return add_member(session, database.clock, campaign, Role.CREW)


def do(database: Database, act: Callable[..., Any], *given: Any, **named: Any) -> Any:
    with database.writing() as session:
        return act(session, database.clock, *given, **named)


def add(database: Database, campaign: Campaign, person: Person, name: str = "a", **told: Any) -> Photo:
    words = {"shows": "The queue at noon", "credit": "", "asked": True} | told
    photo: Photo = do(database, service.add_photo, person, campaign.slug, Picture(name, *SIZE), **words)
    return photo


def public(database: Database, campaign: Campaign) -> list[str]:
    with database.reading() as session:
        return [photo.picture.name for photo in queries.approved(session, campaign.id)]


def test_a_photo_waits_until_somebody_of_the_team_has_looked(database: Database, campaign: Campaign, crew: Person):
    photo = add(database, campaign, crew)
    assert public(database, campaign) == []
    with database.reading() as session, pytest.raises(NotFound):
        queries.public_photo(session, campaign.id, photo.id)
    for _ in range(2):
        approved = do(database, service.approve_photo, crew, campaign.slug, photo.id)
        assert approved.approved_by == crew.id
    assert public(database, campaign) == ["a"]


def test_people_in_it_are_asked_first_and_it_is_said_what_is_to_be_seen(
    database: Database, campaign: Campaign, crew: Person
):
    for told, field in (({"asked": False}, "asked"), ({"shows": "  "}, "shows"), ({"shows": "x" * 201}, "shows")):
        with pytest.raises(Invalid) as refused:
            add(database, campaign, crew, **told)
        assert refused.value.field == field


def test_the_same_picture_is_one_photo_and_of_one_campaign(database: Database, campaign: Campaign, crew: Person):
    first = add(database, campaign, crew)
    assert add(database, campaign, crew).id == first.id
    with database.writing() as session:
        other = make_campaign(session, database.clock, State.FINAL, title="Another", owner=crew)
    with pytest.raises(Invalid):
        add(database, other, crew)


def test_taken_away_its_file_is_needed_by_nobody(database: Database, campaign: Campaign, crew: Person):
    photo = add(database, campaign, crew)
    with database.reading() as session:
        assert queries.stored_files(session) == {"a"}
    assert do(database, service.remove_photo, crew, campaign.slug, photo.id) == "a"
    with database.reading() as session:
        assert queries.stored_files(session) == set()


def test_there_are_not_too_many(database: Database, campaign: Campaign, crew: Person, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rules, "MOST_PHOTOS", 1)
    add(database, campaign, crew)
    with pytest.raises(Conflict, match="1 photos are enough"):
        add(database, campaign, crew, "b")


def test_a_cancelled_campaign_takes_none(database: Database, campaign: Campaign, crew: Person):
    with database.writing() as session:
        gone = make_campaign(session, database.clock, State.CANCELLED, title="Rain", owner=crew)
    with pytest.raises(Conflict):
        add(database, gone, crew)


def test_only_organizers_say_whom_the_press_may_ask(database: Database, campaign: Campaign, crew: Person):
    with pytest.raises(Forbidden):
        do(database, service.name_contact, crew, campaign.slug, "Lea", "030 123")
    with database.writing() as session:
        owner = make_person(session, database.clock, "owner@example.org")
    for name, reach in (("Lea", "030 123"), ("Kim", "kim@example.org")):
        do(database, service.name_contact, owner, campaign.slug, name, reach)
    with database.reading() as session:
        named = queries.contact(session, campaign.id)
    assert named
    assert (named.name, named.reach) == ("Kim", "kim@example.org")
    do(database, service.name_contact, owner, campaign.slug, "", " ")
    with database.reading() as session:
        assert queries.contact(session, campaign.id) is None
