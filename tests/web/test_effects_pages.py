"""What a promise changes, from the form to the totals of campaign and business."""

from __future__ import annotations

import pytest

from businesses import service as businesses
from tests.factories import action
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of
from web.recounting.recount import recount

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
EXPECTED = {
    "kind": "energy", "phase": "projected", "per": "year", "value": "4,200", "method": "Lamps: <b>350 kWh</b> each.",
    "source": "The data sheet.",
}  # fmt: skip


@pytest.fixture
def at(story: Story) -> str:
    """The page of a promise after the final tally."""
    story.open()
    story.bid("bella", action("27"))
    story.wait(days=6)
    story.sign("bella")
    story.wait(days=17)
    story.answer(story.declare("bella", "2000"))
    story.finalize()
    return f"/promises/{story.promises()[0].id}"


def test_expected_by_the_shop_and_measured_by_the_monitor_stand_side_by_side(visitor: Visitor, story: Story, at: str):
    visitor.hold_key(businesses.shop_token(KEYS, story.shops["bella"]))
    assert visitor.get(f"{at}/effects").status_code == 200
    assert visitor.post(f"{at}/effects", EXPECTED).status_code == 303
    visitor.client.cookies.clear()
    visitor.sign_in("monitor@example.org")
    measured = {**EXPECTED, "phase": "measured", "value": "-120.5", "method": "The meter, read twice."}
    assert visitor.post(f"{at}/effects", measured).status_code == 303
    page = visitor.get(at)
    assert "energy saved 4,200 kWh a year -120.5 kWh a year" in text_of(page)
    assert "<b>350" not in page.text
    for total in (f"/campaigns/{story.slug}/follow", "/businesses/bella"):
        assert "4,200 kWh a year (1 promise) -120.5 kWh a year (1 promise)" in text_of(visitor.get(total))
    (line,) = visitor.get(f"/api/v1/campaigns/{story.slug}/effects").json()["items"]
    assert (line["projected"], line["measured"], line["unit"]) == ("4200", "-120.5", "kWh")
    assert recount(story.lines()).found == 0


@on_sqlite
def test_a_mistake_names_its_field_and_nothing_typed_is_lost(visitor: Visitor, story: Story, at: str):
    visitor.hold_key(businesses.shop_token(KEYS, story.shops["bella"]))
    refused = visitor.post(f"{at}/effects", {**EXPECTED, "value": "a lot", "source": ""})
    assert refused.status_code == 422
    assert 'value="a lot"' in refused.text
    assert "Lamps: &lt;b&gt;350 kWh" in refused.text
    no_kind = visitor.post(f"{at}/effects", {**EXPECTED, "kind": "luck"})
    assert "one of co2, energy" in text_of(no_kind).lower()


@on_sqlite
def test_strangers_and_other_businesses_state_nothing(visitor: Visitor, story: Story, at: str):
    visitor.sign_in("stranger@example.org")
    assert visitor.post(f"{at}/effects", EXPECTED).status_code == 403
    assert visitor.get(f"{at}/effects").status_code == 403
