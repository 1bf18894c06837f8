"""A record that was tampered with is found out: by seals and numbers, and without them by what its facts come to."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.clock import FixedClock
from core.db import Database
from core.wire import Json
from tests.web import stories
from tests.web.records import Story, bare
from web.recounting import Differences, recount

ANYTHING: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.just([]), st.just({}), st.just({"amount": {}})
)
Path_ = tuple[str | int, ...]
FIGURES = {
    "BiddingClosed", "BidsRanked", "CampaignTipped", "PledgeMade", "PledgeConfirmed", "PledgeChanged",
    "PersonCheckedIn", "SpendNoted", "TillDeclared", "TallyFinalized", "FigureCorrected", "ObligationArose",
    "ObligationRevised", "VerdictGiven", "PromiseLate", "ExtensionGranted",
}  # fmt: skip
"""The kinds whose figures are counted, or are what the counting came to."""


@pytest.fixture(scope="module")
def told(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Json]:
    """The record of a whole campaign."""
    file = tmp_path_factory.mktemp("told") / "carrotmob.sqlite"
    file.write_bytes(sqlite_template.read_bytes())
    clock = FixedClock(datetime(2027, 3, 1, 9, 0, tzinfo=UTC))
    database = Database(f"sqlite:///{file}", clock)
    story = Story(database, clock)
    stories.whole_loop(story)
    database.dispose()
    return [json.loads(line) for line in story.lines()]


def count(lines: list[Json]) -> Differences:
    return recount(json.dumps(line) for line in lines)


def unsealed(told: list[Json]) -> list[Json]:
    """The record as somebody would write it who knows to leave out seals and numbers."""
    return [bare(line) for line in told]


def leaves(value: Any, path: Path_ = ()) -> list[tuple[Path_, Any]]:
    """Every place of a JSON value that holds no further places."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inside is None:
        return [(path, value)]
    return [leaf for name, item in inside for leaf in leaves(item, (*path, name))]


def changed(told: list[Json], n: int, path: Path_, value: Any) -> list[Json]:
    lines = copy.deepcopy(told)
    place: Any = lines[n]
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return lines


def is_figure(value: Any) -> bool:
    return not isinstance(value, bool) and (isinstance(value, int) or _is_decimal(value))


def _is_decimal(value: Any) -> bool:
    return isinstance(value, str) and value.replace(".", "", 1).isdigit()


def more(value: Any, by: int) -> Any:
    """The figure with its last digit moved."""
    if isinstance(value, int):
        return value + by
    number = Decimal(value)
    return str(number + by * Decimal(1).scaleb(int(number.as_tuple().exponent)))


def overtaken(told: list[Json]) -> set[str]:
    """Pledges and check-ins that count in nothing any more, and till totals that were declared anew."""
    gone = {"PledgeWithdrawn": "pledge", "PledgeReplaced": "pledge", "CheckInUndone": "check_in"}
    ended = {line["body"][gone[line["kind"]]] for line in told if line["kind"] in gone}
    return ended | {str(line["position"]) for line in _declared(told)[:-1]}


def _declared(told: list[Json]) -> list[Json]:
    return [line for line in told if line["kind"] == "TillDeclared"]


def counted(told: list[Json]) -> list[tuple[int, Path_, Any]]:
    """Every figure of the record that enters a public figure, or is one."""
    ended = overtaken(told)
    return [
        (n, path, value)
        for n, line in enumerate(told)
        if line["kind"] in FIGURES
        and not ended & {line["body"].get("pledge"), line["body"].get("check_in"), str(line["position"])}
        for path, value in leaves(line["body"], ("body",))
        if is_figure(value)
    ]


@settings(max_examples=100)
@given(data=st.data())
def test_any_figure_that_was_changed_is_found_by_what_the_facts_come_to(told: list[Json], data: st.DataObject):
    plain = unsealed(told)
    n, path, value = data.draw(st.sampled_from(counted(plain)))
    by = data.draw(st.integers(-3, 3).filter(bool))
    assert count(changed(plain, n, path, more(value, by))).found


@settings(max_examples=100)
@given(data=st.data())
def test_anything_that_was_changed_breaks_its_seal(told: list[Json], data: st.DataObject):
    n = data.draw(st.integers(0, len(told) - 1))
    path, value = data.draw(st.sampled_from(leaves(told[n])))
    other = data.draw(ANYTHING)
    if other == value:
        return
    assert count(changed(told, n, path, other)).found


@settings(max_examples=40)
@given(data=st.data())
def test_a_line_that_was_taken_out_is_missed(told: list[Json], data: st.DataObject):
    n = data.draw(st.integers(0, len(told) - 2))
    found = count(told[:n] + told[n + 1 :])
    assert found.found
    where = "begins in its middle" if n == 0 else f"number {n + 1} is missing"
    assert any(where in line for line in found.lines)


@settings(max_examples=40)
@given(data=st.data())
def test_lines_in_another_order_are_found(told: list[Json], data: st.DataObject):
    n, m = data.draw(st.lists(st.integers(0, len(told) - 1), min_size=2, max_size=2, unique=True))
    lines = unsealed(told)
    lines[n], lines[m] = lines[m], lines[n]
    assert any("positions must rise" in line for line in count(lines).lines)


@settings(max_examples=80)
@given(data=st.data())
def test_no_record_however_spoilt_makes_the_recount_fail(told: list[Json], data: st.DataObject):
    lines = unsealed(told)
    for _ in range(data.draw(st.integers(1, 4))):
        n = data.draw(st.integers(0, len(lines) - 1))
        path, _ = data.draw(st.sampled_from(leaves(lines[n])))
        lines = changed(lines, n, path, data.draw(ANYTHING))
    count(lines)


def test_one_cent_more_in_one_pledge_is_found(told: list[Json]):
    lines = unsealed(told)
    n = next(n for n, line in enumerate(lines) if line["kind"] == "PledgeConfirmed")
    lines[n]["body"]["amount"]["amount"] = "12.51"
    said = f'position {lines[n]["position"]}, PledgeConfirmed: amount.amount: "12.51" is told, the facts come to'
    assert any(line.startswith(said) for line in count(lines).lines)


def test_a_confirmed_pledge_that_was_taken_out_changes_the_go_ahead(told: list[Json]):
    lines = unsealed(told)
    n = next(n for n, line in enumerate(lines) if line["kind"] == "PledgeConfirmed")
    found = count(lines[:n] + lines[n + 1 :])
    assert any("CampaignTipped: people: 7 is told, the facts come to 6" in line for line in found.lines)


def test_partly_kept_cannot_be_made_kept(told: list[Json]):
    lines = unsealed(told)
    given_ = [line["body"] for line in lines if line["kind"] == "VerdictGiven"]
    next(body for body in given_ if body["verdict"] == "partly_kept")["verdict"] = "kept"
    assert any("that is not kept" in line for line in count(lines).lines)


def test_verdicts_of_two_promises_cannot_be_swapped(told: list[Json]):
    lines = unsealed(told)
    one, other = [line["body"] for line in lines if line["kind"] == "VerdictGiven"][:2]
    one["obligation"], other["obligation"] = other["obligation"], one["obligation"]
    assert count(lines).found


def test_another_winner_is_not_what_the_rule_gives(told: list[Json]):
    lines = unsealed(told)
    award = next(line["body"] for line in lines if line["kind"] == "BidsAwarded")
    award["winners"], award["order"] = award["order"][1:], award["order"][::-1]
    assert any("winners.0" in line for line in count(lines).lines)


def test_a_kind_that_nobody_knows_is_not_passed_over(told: list[Json]):
    lines = [*unsealed(told), {"position": 10_000, "at": "2027-06-01T00:00:00Z", "kind": "PartyHeld", "body": {}}]
    assert "position 10000, PartyHeld: this kind of fact is not understood here" in count(lines).lines


@pytest.mark.parametrize(
    "line", ["not json", "[]", "{}", '{"position": "1", "at": "x", "kind": 3, "body": {}}', "null"]
)
def test_a_line_that_is_no_fact_is_said_to_be_one(line: str):
    found = recount([line])
    assert found.lines[0] == "line 1: cannot be read as a fact"
    assert found.found == 2


def test_a_record_without_its_beginning_is_not_taken_for_whole(told: list[Json]):
    assert any("begins in its middle" in line for line in count(told[5:]).lines)


def test_an_empty_record_does_not_agree():
    assert recount([]).found == 1
