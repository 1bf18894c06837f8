"""Signing in by a mailed link: it works once, for a quarter of an hour, and every sign-in can be ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts import queries, service
from accounts.rules import LINK_LIVES, SESSION_LIVES, Person
from accounts.tables import LinkRow, PersonRow, SessionRow
from core.clock import FixedClock
from core.db import Database
from core.errors import Forbidden, Invalid, NotSignedIn
from core.tables import MailRow
from tests.at_once import at_once, outcomes
from tests.factories import NOW

LEA = "lea@example.org"


def link(database: Database, email: str = LEA, next_path: str = "/me") -> str:
    with database.writing() as session:
        return service.mint_link(session, database.clock, email, next_path)


def use(database: Database, token: str) -> tuple[str, Person, str]:
    with database.writing() as session:
        return service.use_link(session, database.clock, token)


def who(database: Database, token: str) -> Person | None:
    with database.reading() as session:
        return service.browser_person(session, database.clock, token)


def test_a_link_signs_in_and_leads_on(database: Database):
    token, person, next_path = use(database, link(database))
    assert (person.email, next_path) == (LEA, "/me")
    assert who(database, token) == person


def test_a_link_works_once(database: Database):
    token = link(database)
    use(database, token)
    with pytest.raises(Forbidden, match="used or is too old"):
        use(database, token)


def test_of_two_who_use_a_link_at_once_one_gets_in(database: Database):
    token = link(database)
    done, refused = outcomes(6, lambda _: use(database, token))
    assert (len(done), len(refused)) == (1, 5)


def test_a_link_lives_a_quarter_of_an_hour(database: Database, clock: FixedClock):
    in_time, too_late = link(database), link(database)
    clock.advance(minutes=14, seconds=59)
    use(database, in_time)
    clock.advance(seconds=1)
    assert clock.instant - NOW == LINK_LIVES
    with pytest.raises(Forbidden):
        use(database, too_late)


def test_a_token_nobody_was_given_opens_nothing(database: Database):
    with pytest.raises(Forbidden):
        use(database, "guessed")
    assert who(database, "guessed") is None
    with pytest.raises(NotSignedIn), database.reading() as session:
        service.bearer(session, database.clock, "guessed")


def test_asking_for_a_link_tells_nobody_who_is_known(database: Database):
    use(database, link(database))
    with database.writing() as session:
        for address in (LEA, "stranger@example.org"):
            service.request_link(session, database.clock, address)
        with pytest.raises(Invalid):
            service.request_link(session, database.clock, "no address")
    with database.reading() as session:
        mails = session.scalars(select(MailRow).order_by(MailRow.recipient)).all()
        assert [(mail.kind, mail.recipient, mail.payload) for mail in mails] == [
            ("sign_in", LEA, {"next_path": "/"}),
            ("sign_in", "stranger@example.org", {"next_path": "/"}),
        ]
        assert session.scalar(select(func.count()).select_from(PersonRow)) == 1


def test_no_secret_stands_in_the_database(database: Database):
    token = link(database)
    signed_in, _, _ = use(database, token)
    with database.reading() as session:
        kept = [*session.scalars(select(LinkRow.token)), *session.scalars(select(SessionRow.token))]
    assert token not in kept
    assert signed_in not in kept


def test_a_person_is_made_once_however_their_address_is_written(database: Database):
    _, first, _ = use(database, link(database, "Lea@Example.org"))
    _, again, _ = use(database, link(database, " lea@example.ORG "))
    assert first.id == again.id


def test_a_person_who_signs_in_twice_at_once_is_one_person(database: Database):
    links = [link(database) for _ in range(6)]
    people = at_once(6, lambda n: use(database, links[n])[1].id)
    assert len(set(people)) == 1


def test_a_sign_in_lives_90_days(database: Database, clock: FixedClock):
    token, _, _ = use(database, link(database))
    clock.set(NOW + SESSION_LIVES - timedelta(seconds=1))
    assert who(database, token) is not None
    clock.advance(seconds=1)
    assert who(database, token) is None


def test_every_sign_in_can_be_ended_by_its_owner(database: Database, clock: FixedClock):
    phone, person, _ = use(database, link(database))
    clock.advance(minutes=1)
    laptop, _, _ = use(database, link(database))
    with database.writing() as session:
        newest, oldest = service.sessions(session, person)
        service.revoke(session, person, oldest.id)
    assert (who(database, phone), who(database, laptop)) == (None, person)
    assert newest.created_at > oldest.created_at
    with database.writing() as session:
        service.sign_out(session, person, laptop)
    assert who(database, laptop) is None


def test_nobody_ends_the_sign_in_of_somebody_else(database: Database):
    token, lea, _ = use(database, link(database))
    _, max_, _ = use(database, link(database, "max@example.org"))
    with database.writing() as session:
        (open_,) = service.sessions(session, lea)
        service.revoke(session, max_, open_.id)
        service.sign_out(session, max_, token)
    assert who(database, token) == lea


def test_an_api_token_is_no_browser_session_and_ends_with_all_others(database: Database):
    with database.writing() as session:
        token = service.api_token(session, database.clock, LEA)
        person = service.bearer(session, database.clock, token)
        assert service.browser_person(session, database.clock, token) is None
        assert service.sessions(session, person) == []
        service.revoke(session, person)
        with pytest.raises(NotSignedIn):
            service.bearer(session, database.clock, token)


def test_a_browser_session_is_no_api_token(database: Database):
    token, _, _ = use(database, link(database))
    with pytest.raises(NotSignedIn), database.reading() as session:
        service.bearer(session, database.clock, token)


# Oneself


def change(database: Database, person: Person, **changes: str | int) -> Person:
    with database.writing() as session:
        return service.update_person(session, person, dict(changes))


def test_people_say_how_they_want_to_read(database: Database):
    _, person, _ = use(database, link(database))
    changed = change(database, person, name=" Lea ", locale="de", timezone="Europe/Berlin", digest_hour="7")
    assert (changed.name, changed.locale, changed.timezone, changed.digest_hour) == ("Lea", "de", "Europe/Berlin", 7)
    with database.reading() as session:
        assert queries.person(session, person.id) == changed
        assert queries.person_by_email(session, " LEA@example.org") == changed
        assert queries.people(session, [person.id, "nobody"]) == {person.id: changed}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("locale", "xx"),
        ("timezone", "Berlin"),
        ("digest_hour", 24),
        ("digest_hour", "-1"),
        ("digest_hour", "noon"),
        ("name", "a\0b"),
        ("email", "other@example.org"),
        ("id", "another"),
    ],
)
def test_what_is_wrong_or_not_theirs_to_change_is_named(database: Database, field: str, value: str | int):
    _, person, _ = use(database, link(database))
    with pytest.raises(Invalid) as wrong:
        change(database, person, **{field: value})
    assert wrong.value.field == field


def test_who_leaves_is_gone_with_every_sign_in_and_link(database: Database):
    token, person, _ = use(database, link(database))
    link(database)
    with database.writing() as session:
        service.create_team(session, person, NOW)
        service.erase(session, person)
    assert who(database, token) is None
    with database.reading() as session:
        assert queries.person(session, person.id) is None
        assert session.scalar(select(func.count()).select_from(LinkRow)) == 0
        assert session.scalar(select(func.count()).select_from(SessionRow)) == 0
        assert service.teams_of(session, person) == {}
