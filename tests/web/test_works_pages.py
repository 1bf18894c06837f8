"""Lists of works on pages: how a shop bids them, and what the day's money buys of them."""

from __future__ import annotations

import pytest

from businesses.measures import Audit, Measure, Shortfall
from tests.factories import eur, share
from tests.web.records import Story
from tests.web.test_shop_pages import BID, enter, standing
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_list_of_works_is_bid_with_who_priced_it_and_who_else_pays(story: Story, visitor: Visitor) -> None:
    story.open()
    story.claim("bella")
    enter(story, visitor, "bella")
    address, at = f"/shop/{story.slug}/bid", "commitments.0."
    works = {
        f"{at}measures.0.name": "Lamps", f"{at}measures.0.price": "400", f"{at}shortfall": "fallback",
        f"{at}audit.by": "Ida Blum", f"{at}funding.0.source": "A grant of the town", f"{at}funding.0.amount": "1,500",
    }  # fmt: skip
    refused = visitor.post(address, BID | works | {"do": "review"})
    assert refused.status_code == 422
    assert "Promise 1, Who pays them" in text_of(refused)
    works[f"{at}audit.paid_by"] = "the town"
    assert "Promise 1, Which fund" in text_of(visitor.post(address, BID | works | {"do": "review"}))
    works[f"{at}fallback"] = "Town climate fund"
    visitor.post(address, BID | works | {"do": "place"})
    (plan,) = (held.plan for held in standing(story, "bella").offer.commitments)
    assert (plan.fallback, plan.audit, plan.funding[0].amount) == (
        "Town climate fund", Audit("Ida Blum", "the town"), eur("1500"),
    )  # fmt: skip


def test_a_promise_shows_what_its_money_buys(visitor: Visitor, story: Story):
    works = (Measure("Lamps", eur("400")), Measure("Cooler", eur("900")))
    story.open()
    story.bid("bella", share("35", measures=works, shortfall=Shortfall.FALLBACK, fallback="Town climate fund"))
    story.wait(days=6)
    story.sign("bella")
    story.wait(days=17)
    story.answer(story.declare("bella", "2000.84"))
    story.finalize()
    (promise,) = story.promises()
    told = text_of(visitor.get(f"/promises/{promise.id}"))
    assert "Lamps €400.00 of €400.00 Paid Cooler €0.00 of €900.00 Not reached" in told
    assert "€300.29 goes to the fund named beforehand: Town climate fund." in told
    assert "Lamps" in text_of(visitor.get(f"/campaigns/{story.slug}/result"))
    answered = visitor.get(f"/api/v1/obligations/{promise.id}").json()
    assert [work["state"] for work in answered["measures"]] == ["funded", "not_reached"]
    assert (answered["rest"], answered["rest_goes"]) == ({"amount": "300.29", "currency": "EUR"}, "fallback")
