"""What organizers and the monitor have seen of a bid before the award, as pages; and where the public reads it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from accounts import service as accounts
from businesses.commitments import Basis
from businesses.values import Baseline
from campaigns.values import Estimate, Mode
from tests.factories import eur, fixed, make_bidding, share
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

MONITOR, OWNER = "monitor@example.org", "owner@example.org"
HIDDEN = Baseline((eur("2468"),), "till roll 77", "checker", date(2026, 1, 4))
ESTIMATE = Estimate(eur("5000"), "two evenings at the market")


@pytest.fixture
def bid(story: Story) -> str:
    """An open auction: a share of the extra whose ordinary day is kept back, against a plain sum."""
    story.open(make_bidding(estimate=ESTIMATE))
    story.bid("rival", fixed("500"))
    return story.bid("bella", share("22", Basis.EXTRA), baseline=HIDDEN, done_already="LED lamps")


def bearer(visitor: Visitor, email: str) -> dict[str, str]:
    """What a program sends to be somebody."""
    with visitor.site.db.writing() as session:
        return {"Authorization": f"Bearer {accounts.api_token(session, visitor.site.clock, email)}"}


def look(story: Story) -> str:
    return f"/organize/{story.slug}/look"


def test_only_the_checker_reads_the_figures(story: Story, visitor: Visitor, bid: str):
    public = f"/campaigns/{story.slug}/bids"
    for path in (public, f"/api/v1{public}", f"/api/v1/campaigns/{story.slug}/record"):
        assert not re.search(r"2468\.|2,468", visitor.get(path).text)
        assert "till roll" not in visitor.get(path).text
    assert "Known to the checker only" in text_of(visitor.get(public))
    visitor.sign_in(OWNER)
    assert "2,468" not in text_of(visitor.get(look(story)))
    visitor.sign_in(MONITOR)
    told = text_of(visitor.get(look(story)))
    assert "€2,468 (till roll 77, 4 January 2026)" in told
    assert "22% × (€5,000 \N{MINUS SIGN} €2,468) = €557.04" in told
    visitor.sign_in("stranger@example.org")
    assert visitor.get(look(story)).status_code == 403


def test_a_look_and_its_sum_become_public_without_the_figures(story: Story, visitor: Visitor, bid: str):
    visitor.sign_in(MONITOR)
    refused = visitor.post(f"{look(story)}/{bid}/seen", {"expected": "558"})
    assert refused.status_code == 422
    assert f'href="#seen-{bid}-expected"' in refused.text
    assert 'value="558"' in refused.text
    assert visitor.post(f"{look(story)}/{bid}/seen", {"expected": "550"}).headers["location"].endswith("?done=seen")
    told = text_of(visitor.get(f"/campaigns/{story.slug}/bids"))
    assert "€550" in told
    assert "Not published; seen by the monitor on" in told
    story.wait(days=6)
    assert story.campaign.winners[0].bid == bid
    assert "€550, confirmed by who checks" in text_of(visitor.get(f"/campaigns/{story.slug}/bids"))
    ranked = visitor.get(f"/api/v1/campaigns/{story.slug}/ranking").json()
    assert {step["code"] for step in ranked["steps"]} == {"estimate", "expected", "confirmed"}


def test_what_was_seen_before_stands_beside_bid_promise_and_verdict(story: Story, visitor: Visitor, bid: str):
    visitor.sign_in(OWNER)
    empty = visitor.post(f"{look(story)}/{bid}/confirmed", {"note": ""})
    assert empty.status_code == 422
    assert f'href="#confirmed-{bid}-note"' in empty.text
    visitor.post(f"{look(story)}/{bid}/confirmed", {"note": "Four of six lamps."})
    story.withdraw_bid("rival")
    assert "Four of six lamps. (seen by the organizers on" in text_of(visitor.get(f"/campaigns/{story.slug}/bids"))
    story.wait(days=6)
    story.sign("bella")
    story.wait(days=17)
    story.answer(story.declare("bella", "3468"))
    story.finalize()
    (promise,) = story.promises()
    told = text_of(visitor.get(f"/promises/{promise.id}"))
    assert "Done LED lamps Confirmed Four of six lamps. (seen by the organizers on" in told
    assert "Four of six lamps." in text_of(visitor.get(f"/promises/{promise.id}/verdict"))
    view = visitor.get(f"/api/v1/obligations/{promise.id}").json()
    assert (view["anyway"], view["done_already"], view["planned"]) == ("No, not this year", "LED lamps", "")
    assert [c["note"] for c in view["confirmed"]] == ["Four of six lamps."]


def test_a_sealed_bid_is_nobodys_before_closing(story: Story, visitor: Visitor):
    story.open(make_bidding(mode=Mode.SEALED, estimate=ESTIMATE))
    story.bid("bella", share("22", Basis.EXTRA), baseline=HIDDEN)
    visitor.sign_in(MONITOR)
    told = text_of(visitor.get(look(story)))
    assert "not even who checks it" in told
    assert "bella" not in told


def test_the_checker_reads_by_api_what_nobody_else_does(story: Story, visitor: Visitor, bid: str):
    visitor.sign_in(MONITOR)
    path = f"/api/v1/campaigns/{story.slug}/bids/{bid}/baseline"
    assert visitor.get(path).status_code == 401
    told = visitor.get(path, headers=bearer(visitor, MONITOR)).json()
    assert told["baseline"]["takings"] == [{"amount": "2468.00", "currency": "EUR"}]
    assert (told["expected"]["amount"], told["formula"]) == ("557.04", "22% x (5000.00 - 2468.00)")
    assert visitor.get(path, headers=bearer(visitor, OWNER)).status_code == 403
