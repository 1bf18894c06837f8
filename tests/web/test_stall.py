"""A stall in the street: one phone for many people, and sheets of paper that are entered later."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pledges import queries
from pledges.rules import sheets
from pledges.values import Pledge
from tests.factories import share
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def pledging(story: Story, visitor: Visitor) -> Story:
    """Pledging is open, and an organizer stands at the stall."""
    story.open()
    story.bid("bella", share("35"))
    story.wait(days=5)
    story.sign("bella")
    visitor.sign_in("owner@example.org")
    return story


def people_without_address(story: Story) -> int:
    with story.database.reading() as session:
        return queries.sums(session, story.campaign.id, "EUR").without_address.people


def codes_of(story: Story, visitor: Visitor, sheet: str) -> tuple[str, ...]:
    return sheets.printed(visitor.site.keys, story.campaign.id, sheet)


def pledged(session: Session, story: Story, code: str) -> Pledge:
    return queries.pledges_by_code(session, story.campaign.id, [code])[code]


def take(story: Story, visitor: Visitor, **typed: str) -> Any:
    return visitor.post(f"/stall/{story.slug}", {"amount": "20.00", "party": "2"} | typed)


def test_one_phone_takes_a_pledge_and_shows_its_ticket_to_the_next_phone(pledging: Story, visitor: Visitor) -> None:
    taken = take(pledging, visitor)
    page = visitor.get(taken.headers["location"])
    said = text_of(page)
    assert "They are in." in said
    assert "2 people" in said
    assert "Next, please" in said
    assert people_without_address(pledging) == 2
    ticket = re.search(r"made=(\w+)&token=([\w-]+)", taken.headers["location"])
    assert ticket
    visitor.client.cookies.clear()
    assert visitor.get(f"/tickets/{ticket[1]}?token={ticket[2]}").status_code == 200


def test_the_same_form_sent_twice_at_the_stall_is_one_pledge(pledging: Story, visitor: Visitor) -> None:
    first, second = take(pledging, visitor, key="once"), take(pledging, visitor, key="once")
    assert first.headers["location"] == second.headers["location"]
    assert people_without_address(pledging) == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"amount": ""}, "amount"), ({"party": "x"}, "party"), ({"party": "0"}, "party"), ({"email": "ada"}, "email")],
)
def test_what_is_refused_at_the_stall_names_its_field(
    pledging: Story, visitor: Visitor, typed: dict[str, str], field: str
) -> None:
    refused = take(pledging, visitor, **typed)
    assert refused.status_code == 422
    assert f'href="#{field}"' in refused.text
    assert people_without_address(pledging) == 0


def test_only_the_crew_stands_at_the_stall(pledging: Story, visitor: Visitor) -> None:
    visitor.sign_in("stranger@example.org")
    assert visitor.get(f"/stall/{pledging.slug}").status_code == 403
    assert take(pledging, visitor).status_code == 403
    assert visitor.get(f"/stall/{pledging.slug}/sheets/K7M2Q.pdf").status_code == 403
    assert visitor.post(f"/stall/{pledging.slug}/sheets/K7M2Q", {"rows.0.amount": "5"}).status_code == 403


def test_a_sheet_is_printed_with_a_name_of_its_own(pledging: Story, visitor: Visitor) -> None:
    fresh = visitor.get(f"/stall/{pledging.slug}/sheets/print", follow_redirects=False)
    assert re.search(r"/sheets/[2-9A-Z]{5}\.pdf$", fresh.headers["location"])
    paper = visitor.get(fresh.headers["location"])
    assert paper.content.startswith(b"%PDF")
    assert paper.headers["content-type"] == "application/pdf"


def test_rows_of_a_sheet_are_entered_with_the_codes_on_their_slips(pledging: Story, visitor: Visitor) -> None:
    page = f"/stall/{pledging.slug}/sheets/K7M2Q"
    codes = codes_of(pledging, visitor, "K7M2Q")
    assert visitor.post(page, {"rows.0.amount": "20", "rows.2.amount": "12.50", "rows.2.party": "3"}).status_code == 303
    assert "2 of 8 rows are entered." in text_of(visitor.get(page))
    assert people_without_address(pledging) == 4
    opens = pledging.campaign.first_opening
    assert opens
    pledging.move(opens)
    visitor.post(f"/door/{pledging.slug}", {"code": codes[2], "do": "check"})
    with pledging.database.reading() as session:
        came = queries.arrival_of(session, pledged(session, pledging, codes[2]).id)
    assert came
    assert came.party == 3


def test_a_row_entered_twice_stays_as_it_was(pledging: Story, visitor: Visitor) -> None:
    page = f"/stall/{pledging.slug}/sheets/K7M2Q"
    visitor.post(page, {"rows.0.amount": "20"})
    assert visitor.post(page, {"rows.0.amount": "99", "rows.1.amount": "5"}).status_code == 303

    assert people_without_address(pledging) == 2
    with pledging.database.reading() as session:
        first = pledged(session, pledging, codes_of(pledging, visitor, "K7M2Q")[0])
    assert str(first.amount) == "20.00"


def test_a_row_that_is_refused_enters_none_and_keeps_what_was_typed(pledging: Story, visitor: Visitor) -> None:
    page = f"/stall/{pledging.slug}/sheets/K7M2Q"
    refused = visitor.post(
        page,
        {
            "rows.0.amount": "20",
            "rows.1.party": "2",
            "rows.3.amount": "-5",
            "rows.4.amount": "9",
            "rows.4.email": "ada",
        },
    )
    assert refused.status_code == 422
    assert {"#rows.1.amount", "#rows.3.amount"} <= set(re.findall(r'href="(#rows[^"]+)"', refused.text))
    assert 'value="ada"' in refused.text
    assert people_without_address(pledging) == 0
    address = visitor.post(page, {"rows.0.amount": "20", "rows.4.amount": "9", "rows.4.email": "ada"})
    assert re.findall(r'href="(#rows[^"]+)"', address.text) == ["#rows.4.email"]
    assert people_without_address(pledging) == 0


def test_after_pledging_has_closed_a_sheet_says_so_and_enters_nothing(pledging: Story, visitor: Visitor) -> None:
    closing = pledging.campaign.last_closing
    assert closing
    pledging.move(closing)
    page = f"/stall/{pledging.slug}/sheets/K7M2Q"
    assert "No pledges are taken now." in text_of(visitor.get(page))
    assert visitor.post(page, {"rows.0.amount": "20"}).status_code == 409


def test_what_is_no_name_of_a_sheet_is_said_at_its_field(pledging: Story, visitor: Visitor) -> None:
    page = f"/stall/{pledging.slug}/sheets"
    found = visitor.get(page, params={"sheet": "k7m 2q"}, follow_redirects=False)
    assert found.headers["location"] == f"{page}/K7M2Q"
    wrong = visitor.get(page, params={"sheet": "K7"})
    assert wrong.status_code == 422
    assert 'href="#sheet"' in wrong.text
    assert visitor.get(f"{page}/lower").status_code == 404
