"""A till's file on both databases: kept once, counted once, its columns remembered."""

from __future__ import annotations

import pytest

from accounts.rules import Role
from campaigns.values import Campaign, State
from core.clock import FixedClock
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound
from pledges import queries, service
from pledges.till_files import Columns, Mark
from pledges.values import Entered, TillFigures, TillFile, TillTotal
from tests.pledges.acts import join, kinds, move_to, open_campaign
from tests.pledges.test_till_totals import answer
from tests.stages import SHOP, euro

COLUMNS = Columns(date="Datum", amount="Betrag", mark=Mark.COMMA)


@pytest.fixture
def campaign(database: Database, clock: FixedClock) -> Campaign:
    """The window has just closed."""
    made = open_campaign(database, State.MOBBING)
    clock.set(made.windows[0].closes_at)
    return made


def keep(database: Database, campaign: Campaign, content: str = "a" * 64, business: str = SHOP) -> TillFile:
    with database.writing() as session:
        return service.keep_till_file(session, database.clock, campaign.slug, business, content)


def count(database: Database, campaign: Campaign, *takings: str) -> list[TillTotal]:
    counted = {w.id: TillFigures(euro(each)) for w, each in zip(campaign.windows, takings, strict=False)}
    file = keep(database, campaign)
    with database.writing() as session:
        return service.count_till_file(session, database.clock, campaign.slug, SHOP, file.id, COLUMNS, counted)


def test_a_file_sent_twice_is_one_and_only_its_business_finds_it(database: Database, campaign: Campaign):
    first, again, other = keep(database, campaign), keep(database, campaign), keep(database, campaign, "b" * 64)
    assert first.id == again.id != other.id
    with database.reading() as session:
        assert queries.till_file(session, first.id, campaign.id, SHOP) == first
        with pytest.raises(NotFound):
            queries.till_file(session, first.id, campaign.id, "other")


def test_only_a_winner_sends_a_file_and_only_while_tills_are_counted(database: Database, campaign: Campaign):
    with pytest.raises(Forbidden):
        keep(database, campaign, business="other")
    move_to(database, campaign, State.FINAL)
    with pytest.raises(Conflict):
        keep(database, campaign)


def test_a_file_counted_twice_is_counted_once_and_a_better_one_takes_its_place(database: Database, campaign: Campaign):
    (first,), (again,) = count(database, campaign, "12"), count(database, campaign, "12")
    assert (again, again.entered) == (first, Entered.FILE)
    assert kinds(database, campaign) == ["TillDeclared", "TillProofGiven"]
    (better,) = count(database, campaign, "13")
    assert (better.id, better.figures.takings) == (first.id, euro("13"))
    assert kinds(database, campaign) == ["TillDeclared", "TillProofGiven", "TillDeclared"]


def test_what_an_organizer_has_answered_is_not_counted_again(database: Database, campaign: Campaign):
    (total,) = count(database, campaign, "12")
    answer(database, join(database, campaign, Role.CO_ORGANIZER), total)
    with pytest.raises(Conflict, match="is confirmed"):
        count(database, campaign, "13")


def test_a_file_without_a_line_in_the_hours_counts_for_nothing(database: Database, campaign: Campaign):
    with pytest.raises(Invalid, match="no line of the file"):
        count(database, campaign)


def test_the_columns_of_a_business_are_remembered(database: Database, campaign: Campaign):
    with database.reading() as session:
        assert queries.till_columns(session, SHOP) is None
    count(database, campaign, "12")
    with database.reading() as session:
        assert queries.till_columns(session, SHOP) == COLUMNS
