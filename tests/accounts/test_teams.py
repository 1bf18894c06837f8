"""Teams: one owner, co-organizers, crew, jurors, and a monitor who is independent and says who pays."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from accounts import service
from accounts.rules import DOOR, ORGANIZERS, Member, Person, Role
from core.db import Database
from core.errors import Forbidden, Invalid, NotSignedIn
from tests.factories import NOW


@dataclass(frozen=True)
class Team:
    """A team in the database and who owns it."""

    database: Database
    id: str
    owner: Person

    def add(self, email: str, role: Role, **declared: str) -> Member:
        with self.database.writing() as session:
            return service.add_member(session, self.id, email, role, NOW, **declared)

    def roles(self, email: str) -> frozenset[Role]:
        with self.database.writing() as session:
            return service.roles(session, self.id, service.person_for(session, email, NOW))


@pytest.fixture
def team(database: Database) -> Team:
    with database.writing() as session:
        owner = service.person_for(session, "owner@example.org", NOW)
        return Team(database, service.create_team(session, owner, NOW), owner)


def test_whoever_drafts_a_campaign_owns_its_team(team: Team):
    assert team.roles("owner@example.org") == {Role.OWNER}
    assert team.roles("stranger@example.org") == frozenset()


def test_there_is_one_owner(team: Team):
    with pytest.raises(Invalid, match="one owner"):
        team.add("second@example.org", Role.OWNER)


def test_people_join_by_their_address_and_may_hold_several_roles(team: Team):
    team.add("ida@example.org", Role.CREW)
    team.add("Ida@example.org", Role.JURY)
    assert team.roles("ida@example.org") == {Role.CREW, Role.JURY}


def test_adding_somebody_again_renews_what_they_declare(team: Team):
    first = team.add("ida@example.org", Role.MONITOR, paid_by="nobody")
    again = team.add("ida@example.org", Role.MONITOR, paid_by="the city", disclosure="lives next door")
    assert first.id == again.id
    assert (again.paid_by, again.disclosure) == ("the city", "lives next door")


@pytest.mark.parametrize("paid_by", ["", "   "])
def test_a_monitor_says_who_pays(team: Team, paid_by: str):
    with pytest.raises(Invalid) as wrong:
        team.add("ida@example.org", Role.MONITOR, paid_by=paid_by)
    assert wrong.value.field == "paid_by"


@pytest.mark.parametrize("role", [Role.CO_ORGANIZER, Role.CREW])
def test_a_monitor_does_not_run_what_they_check(team: Team, role: Role):
    team.add("ida@example.org", role)
    with pytest.raises(Invalid, match="cannot be its monitor"):
        team.add("ida@example.org", Role.MONITOR, paid_by="nobody")
    with pytest.raises(Invalid, match="cannot be its monitor"):
        team.add("owner@example.org", Role.MONITOR, paid_by="nobody")
    team.add("max@example.org", Role.MONITOR, paid_by="nobody")
    with pytest.raises(Invalid, match="this is the monitor"):
        team.add("max@example.org", role)


def test_what_is_no_address_is_refused(team: Team):
    with pytest.raises(Invalid) as wrong:
        team.add("ida", Role.CREW)
    assert wrong.value.field == "email"


def test_the_team_is_listed_with_what_each_declares(team: Team):
    team.add("ida@example.org", Role.MONITOR, paid_by="the city")
    with team.database.reading() as session:
        members = service.members(session, team.id)
    assert {(m.email, m.role, m.paid_by) for m in members} == {
        ("owner@example.org", Role.OWNER, ""),
        ("ida@example.org", Role.MONITOR, "the city"),
    }


def test_a_person_sees_the_teams_they_are_in(team: Team):
    with team.database.writing() as session:
        other = service.create_team(session, team.owner, NOW)
        assert service.teams_of(session, team.owner) == {team.id: [Role.OWNER], other: [Role.OWNER]}


@pytest.mark.parametrize(
    ("role", "allowed", "refused"),
    [(Role.OWNER, ORGANIZERS, (Role.CREW,)), (Role.CREW, DOOR, ORGANIZERS), (Role.JURY, (Role.JURY,), DOOR)],
)
def test_a_role_opens_what_it_is_for_and_nothing_else(
    team: Team, role: Role, allowed: tuple[Role, ...], refused: tuple[Role, ...]
):
    address = "owner@example.org" if role == Role.OWNER else "ida@example.org"
    if role != Role.OWNER:
        team.add(address, role)
    with team.database.writing() as session:
        person = service.person_for(session, address, NOW)
        assert service.demand_role(session, team.id, person, allowed) == {role}
        with pytest.raises(Forbidden, match="one of these roles"):
            service.demand_role(session, team.id, person, refused)


def test_who_is_not_signed_in_has_no_role(team: Team):
    with team.database.reading() as session:
        assert service.roles(session, team.id, None) == frozenset()
        with pytest.raises(NotSignedIn):
            service.demand_role(session, team.id, None, ORGANIZERS)


def test_a_role_in_one_team_is_none_in_another(team: Team):
    with team.database.writing() as session:
        stranger = service.person_for(session, "stranger@example.org", NOW)
        service.create_team(session, stranger, NOW)
        with pytest.raises(Forbidden):
            service.demand_role(session, team.id, stranger, ORGANIZERS)
