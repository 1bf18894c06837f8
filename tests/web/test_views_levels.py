"""The plot of what each level would buy: stairs that say the same as the table under them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from businesses.commitments import Basis
from businesses.measures import Measure
from businesses.values import Baseline
from tests.factories import action, eur, make_campaign, make_offer, rung, share
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of
from web.track import Stairs
from web.views.levels import MOST, plots
from web.views.promises import Reader

WORKS = (Measure("LED lamps", eur("400")), Measure("fridge seals", eur("200")), Measure("cooler", eur("400")))
READER = Reader("en", "en", "Europe/Berlin")


def test_works_and_deeds_stand_at_their_takings():
    offer = make_offer(share("20", measures=WORKS), action(ladder=(rung("3000", "32"),)))
    (plot,) = plots(offer, make_campaign(), READER)
    assert plot.rows == (
        ("1. €2,000", "LED lamps"),
        ("2. €3,000", "fridge seals, stock 20 more certified local producers"),
        ("3. €5,000", "cooler"),
    )
    assert plot.label.startswith("€2,000: LED lamps; €3,000: fridge seals")
    assert [str(step.at) for step in plot.bar.steps] == ["38.2", "57.3", "95.5"]


def test_a_baseline_for_the_checker_only_tells_nothing_by_the_plot():
    listed = share("50", Basis.EXTRA, measures=WORKS)
    shown = Baseline((eur("1000"),), "four Saturdays")
    hidden = replace(shown, visibility="checker")
    (known,), (unknown,) = (plots(make_offer(listed, baseline=b), make_campaign(), READER) for b in (shown, hidden))
    assert (known.heads[0], known.rows[0][0]) == ("Takings", "1. €1,800")
    assert (unknown.heads[0], unknown.rows[0][0]) == ("Owed", "1. €400")


def test_stairs_rise_from_mark_to_mark_and_end_with_the_bar():
    stairs = Stairs.of([Decimal(10), Decimal(10), Decimal(40)])
    assert [step.top for step in stairs.steps] == sorted({step.top for step in stairs.steps}, reverse=True)
    assert stairs.before + sum(step.width for step in stairs.steps) == 100
    assert Stairs.of([Decimal(0)]).before == 0


def test_a_very_long_list_is_drawn_in_part_and_told_whole():
    many = tuple(Measure(f"Work {n}", eur("10")) for n in range(MOST + 3))
    (plot,) = plots(make_offer(share("10", measures=many)), make_campaign(), READER)
    assert (len(plot.bar.steps), len(plot.rows)) == (MOST, MOST + 3)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_plot_stands_with_the_bid_and_on_the_campaign_until_the_day_is_counted(visitor: Visitor, story: Story):
    story.open()
    story.bid("bella", share("20", measures=WORKS))
    bids = visitor.get(f"/campaigns/{story.slug}/bids")
    assert "1. €2,000 LED lamps 2. €3,000 fridge seals" in text_of(bids)
    assert "€2,000: LED lamps; €3,000: fridge seals; €5,000: cooler" in bids.text
    story.wait(days=6)
    story.sign("bella")
    campaign = f"/campaigns/{story.slug}"
    assert "What each level of takings would buy" in text_of(visitor.get(campaign))
    story.wait(days=17)
    story.answer(story.declare("bella", "2000.84"))
    story.finalize()
    assert "would buy" not in text_of(visitor.get(campaign))
