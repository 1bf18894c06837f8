"""Who a business is: the team's page, the link at its own domain, and where everybody reads how it is known."""

from __future__ import annotations

from typing import Any

import pytest

from accounts import service as accounts
from accounts.rules import Person
from businesses import queries, service
from businesses.identity import Confirmation
from tests.factories import share
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
UNCONFIRMED = "Its identity was not confirmed."


@pytest.fixture
def begun(story: Story) -> Story:
    """A bid of Bella stands in the open."""
    story.open()
    story.bid("bella", share("40"))
    return story


def organize(story: Story, visitor: Visitor, do: str, **typed: str) -> Any:
    values = {"business": story.shops["bella"].id, "do": do, **typed}
    return visitor.post(f"/organize/{story.slug}/identity", values)


def begun_in(story: Story) -> list[Confirmation]:
    with story.database.reading() as session:
        return queries.identities_in(session, story.campaign_id)


def name(story: Story, person: Person, called: str) -> None:
    with story.database.writing() as session:
        accounts.update_person(session, person, {"name": called})


def agreement(story: Story) -> str:
    story.wait(days=6)
    story.shops["bella"] = _fresh(story)
    story.sign("bella")
    return f"/campaigns/{story.slug}/agreement"


def _fresh(story: Story) -> Any:
    with story.database.reading() as session:
        return queries.business_by_id(session, story.shops["bella"].id)


def test_a_link_at_its_own_domain_says_it_for_good(begun: Story, visitor: Visitor) -> None:
    visitor.sign_in("owner@example.org")
    wrong = organize(begun, visitor, "mail", site="bella.example", email="bella@gmail.com")
    assert wrong.status_code == 422
    assert 'value="bella@gmail.com"' in wrong.text
    organize(begun, visitor, "mail", site="https://bella.example/", email="hello@bella.example")
    (asked,) = begun_in(begun)
    visitor.client.cookies.clear()
    link = f"/identity/{asked.id}"
    assert visitor.get(link, params={"token": "guessed"}).status_code == 404
    token = KEYS.token("identity", asked.id)
    said = text_of(visitor.get(link, params={"token": token}))
    assert "This link came to an address at bella.example." in said
    assert begun_in(begun)[0].confirmed_at is None
    done = visitor.post(link, {"token": token})
    assert "Confirmed. Thank you." in text_of(visitor.get(done.headers["location"]))
    page = text_of(visitor.get(agreement(begun)))
    assert "confirmed from an address on its own domain, bella.example" in page
    assert UNCONFIRMED not in page
    assert "bella.example" in text_of(visitor.get("/businesses/bella"))
    assert "it answered from an address at bella.example" in text_of(visitor.get(f"/campaigns/{begun.slug}/record"))


def test_two_of_the_team_by_name_make_a_visit(begun: Story, visitor: Visitor) -> None:
    owner = visitor.sign_in("owner@example.org")
    assert "I was there" not in visitor.get(f"/organize/{begun.slug}/identity").text
    name(begun, owner, "Olga")
    organize(begun, visitor, "visit")
    assert "Somebody else of the team has to say it" in text_of(visitor.get(f"/organize/{begun.slug}/identity"))
    monitor = visitor.sign_in("monitor@example.org")
    name(begun, monitor, "Mia")
    assert "Send a new key" not in visitor.get(f"/organize/{begun.slug}/identity").text
    organize(begun, visitor, "visit")
    assert "Olga and Mia say that they were there" in text_of(visitor.get("/businesses/bella"))


def test_a_register_entry_stands_with_who_compared_it(begun: Story, visitor: Visitor) -> None:
    owner = visitor.sign_in("owner@example.org")
    name(begun, owner, "Olga")
    typed = {"register": "Trade register of Freiburg", "entry": "HRB 123"}
    wrong = organize(begun, visitor, "register", **typed)
    assert wrong.status_code == 422
    assert 'value="HRB 123"' in wrong.text
    organize(begun, visitor, "register", **typed, compared="yes")
    page = text_of(visitor.get(agreement(begun)))
    assert "compared with its entry in a register (Trade register of Freiburg, HRB 123) by Olga" in page
    visitor.client.cookies.clear()
    paper = visitor.get(f"/campaigns/{begun.slug}/agreement.pdf")
    assert paper.content.startswith(b"%PDF")


def test_accepted_without_it_the_agreement_says_so_plainly(begun: Story, visitor: Visitor) -> None:
    assert UNCONFIRMED in text_of(visitor.get(agreement(begun)))
    assert UNCONFIRMED in text_of(visitor.get("/businesses/bella"))


def test_a_new_key_ends_the_old_one_in_public(begun: Story, visitor: Visitor) -> None:
    visitor.hold_key(service.shop_token(KEYS, begun.shops["bella"]))
    assert begun.slug in visitor.get("/shop").text
    visitor.client.cookies.clear()
    visitor.sign_in("owner@example.org")
    organize(begun, visitor, "key")
    assert "sent to its own address; the old one opens nothing" in text_of(
        visitor.get(f"/campaigns/{begun.slug}/record")
    )
    visitor.hold_key(service.shop_token(KEYS, begun.shops["bella"]))
    assert begun.slug not in visitor.get("/shop").text


@pytest.mark.parametrize(("who", "status"), [("", 401), ("stranger@example.org", 403), ("juror-0@example.org", 403)])
def test_only_the_team_confirms(begun: Story, visitor: Visitor, who: str, status: int) -> None:
    if who:
        visitor.sign_in(who)
    assert organize(begun, visitor, "visit").status_code == status
    assert organize(begun, visitor, "key").status_code == status
