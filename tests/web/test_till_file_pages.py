"""The till's file by pages and by API: chosen, looked at, mended, counted once; and what is refused."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from pledges import queries as pledges
from pledges.values import Entered, TillFigures, TillTotal, Visibility
from tests.factories import eur, recorded_baseline, share
from tests.web.records import Story
from tests.web.test_library import bearer
from tests.web.test_shop_pages import enter
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def csv(story: Story, *lines: str, heads: str = "Bon;Zeitpunkt;Betrag;MwSt") -> bytes:
    """A till's file; "{1}" is an instant in the first window, "{2}" in the second, "{0}" before both."""
    first, *rest = story.campaign.windows
    at = [first.opens_at - timedelta(hours=1), *(w.opens_at + timedelta(minutes=5) for w in (first, *rest))]
    stamps = [moment.isoformat() for moment in at]
    return "\n".join((heads, *(line.format(*stamps) for line in lines))).encode()


def send(visitor: Visitor, story: Story, content: bytes) -> Any:
    return visitor.post(f"/shop/{story.slug}/till/file", files={"file": ("till.csv", content, "text/csv")})


def totals(story: Story) -> list[TillTotal]:
    with story.database.reading() as session:
        return pledges.till_totals(session, story.campaign_id)


@pytest.fixture
def closed(story: Story, visitor: Visitor) -> Story:
    """Two windows, both over, and the winner at its own page."""
    story.open(windows=2)
    story.claim("kiosk")
    story.bid("bella", share("35"), baseline=recorded_baseline("640"))
    story.wait(days=6)
    story.sign("bella")
    enter(story, visitor, "bella")
    story.move(story.campaign.windows[1].closes_at)
    return story


def chosen(page: Any) -> dict[str, str]:
    """The form's choices as the page proposes them."""
    found = dict(re.findall(r'<select class="in" id="(\w+)".*?<option value="([^"]*)" selected>', page.text, re.DOTALL))
    return {**found, "items": "no", "visibility": "public"}


def test_a_file_is_looked_at_and_counted_for_each_window(closed: Story, visitor: Visitor) -> None:
    sent = send(visitor, closed, csv(closed, "1;{1};1.234,50;197,10", "2;{1};3,50;0,56", "3;{2};9;1", "4;{0};9,99;1"))
    page = visitor.get(sent.headers["location"])
    told = text_of(page)
    assert "Nothing counts yet. Times are read in Europe/Berlin." in told
    assert "€1,238.00" in told
    assert "1 line is outside the hours" in told
    assert "Line 5:" in told
    assert totals(closed) == []
    counted = visitor.post(sent.headers["location"], chosen(page) | {"do": "count", "key": "k"})
    assert counted.headers["location"] == f"/shop/{closed.slug}/till?done=file"
    assert "The file is counted." in text_of(visitor.get(counted.headers["location"]))
    sums = {(t.figures.takings, t.figures.tax, t.figures.transactions, t.entered) for t in totals(closed)}
    assert sums == {(eur("1238"), eur("197.66"), 2, Entered.FILE), (eur("9"), eur("1"), 1, Entered.FILE)}
    assert "summed from its till’s file" in text_of(visitor.get(f"/campaigns/{closed.slug}/record"))


def test_sent_twice_and_clicked_twice_it_is_counted_once(closed: Story, visitor: Visitor) -> None:
    content = csv(closed, "1;{1};5;1", "2;{1};7;1")
    first, again = send(visitor, closed, content), send(visitor, closed, content)
    assert first.headers["location"] == again.headers["location"]
    form = chosen(visitor.get(first.headers["location"])) | {"do": "count"}
    for key in ("k", "k", "other"):
        assert visitor.post(first.headers["location"], form | {"key": key}).status_code == 303
    (total,) = totals(closed)
    assert total.figures.takings == eur("12")
    assert sum('"TillDeclared"' in line for line in closed.lines()) == 1


def test_other_columns_are_chosen_looked_at_and_remembered(closed: Story, visitor: Visitor) -> None:
    page = send(visitor, closed, csv(closed, "{1};5;99", heads="Wann;Was;Betrag")).headers["location"]
    asked = visitor.get(page)
    assert asked.status_code == 422
    assert 'href="#date"' in asked.text
    form = {"date": "Wann", "amount": "Was", "items": "no"}
    assert "€5.00" in text_of(visitor.post(page, form | {"do": "preview"}))
    visitor.post(page, form | {"do": "count"})
    assert chosen(visitor.get(page))["amount"] == "Was"
    later = send(visitor, closed, csv(closed, "{1};6;99", heads="Wann;Was;Betrag")).headers["location"]
    assert "€6.00" in text_of(visitor.get(later))


def test_a_line_that_cannot_be_read_is_named_and_nothing_counts(closed: Story, visitor: Visitor) -> None:
    page = send(visitor, closed, csv(closed, "1;{1};5;1", "2;{1};five;1", "1;{1};5;1")).headers["location"]
    shown = visitor.get(page)
    told = text_of(shown)
    assert "Line 3, column “Betrag”: “five” is no amount in EUR" in told
    assert "Line 4: number 1 stands on line 2, word for word" in told
    assert 'value="count"' not in shown.text
    assert visitor.post(page, chosen(shown) | {"do": "count"}).status_code == 422
    assert totals(closed) == []


def test_what_is_answered_already_stays_and_cost_and_baseline_stay(closed: Story, visitor: Visitor) -> None:
    closed.answer(closed.declare("bella", "77"))
    second = closed.campaign.windows[1].id
    typed = {"window": second, "takings": "1", "cost": "3", "baseline": "4", "visibility": "public"}
    visitor.post(f"/shop/{closed.slug}/till", typed)
    page = send(visitor, closed, csv(closed, "1;{1};5;1", "2;{2};6;1")).headers["location"]
    shown = visitor.get(page)
    assert "Not over yet, or answered already" in text_of(shown)
    visitor.post(page, chosen(shown) | {"do": "count", "visibility": "checker"})
    held = {till.window: till for till in totals(closed)}
    first, other = (held[window.id] for window in closed.campaign.windows)
    assert first.figures.takings == eur("77")
    assert other.figures == TillFigures(eur("6"), tax=eur("1"), cost=eur("3"), transactions=1, baseline=eur("4"))
    assert other.visibility == Visibility.CHECKER


@pytest.mark.parametrize("content", [b"", b"\x00" * 40, b"a", b"x" * (2 * 2**20 + 1), b'a,b\n"open,1'])
def test_what_is_no_table_is_refused_on_the_page(closed: Story, visitor: Visitor, content: bytes) -> None:
    refused = send(visitor, closed, content)
    assert refused.status_code == 422
    assert 'href="#file-file"' in refused.text


def test_a_file_is_for_its_own_shop_only(closed: Story, visitor: Visitor) -> None:
    page = send(visitor, closed, csv(closed, "1;{1};5;1")).headers["location"]
    enter(closed, visitor, "kiosk")
    assert visitor.get(page).status_code == 403
    assert send(visitor, closed, b"a,b\n1,2").status_code == 403
    visitor.client.cookies.clear()
    assert visitor.get(page).status_code == 401


def test_by_api_a_file_is_sent_looked_at_and_counted(closed: Story, visitor: Visitor) -> None:
    headers, path = bearer(visitor, closed, "bella"), f"/api/v1/campaigns/{closed.slug}/till-files"
    visitor.client.cookies.clear()
    made = visitor.client.post(path, content=csv(closed, "1;{1};5,50;1", "2;{0};9;1"), headers=headers)
    told = made.json()
    assert (made.status_code, told["encoding"], told["columns"]["amount"]) == (201, "UTF-8", "Betrag")
    assert told["windows"][0]["figures"]["takings"] == {"amount": "5.50", "currency": "EUR"}
    assert [left["line"] for left in told["outside"]] == [3]
    one = f"{path}/{told['id']}"
    wrong = visitor.client.post(one, json={"columns": {"date": "Bon", "amount": "Betrag"}}, headers=headers).json()
    assert wrong["refused"][0] == {"line": 2, "column": "Bon", "message": "“1” is no date"}
    counted = visitor.client.post(one, json={"count": True}, headers=headers).json()
    assert [till["takings"]["amount"] for till in counted["till_totals"]] == ["5.50"]
    wrong_and_counted = {"columns": {"date": "Bon", "amount": "Betrag"}, "count": True}
    nothing = visitor.client.post(one, json=wrong_and_counted, headers=headers)
    assert (nothing.status_code, nothing.json()["errors"][0]["field"]) == (422, "file")
    assert visitor.client.post(path, content=b"\x00\x01", headers=headers).status_code == 422
