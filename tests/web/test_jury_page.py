"""The jury's page, without scripts: ties first, then a form for each bid, and what is still missing."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from campaigns.values import Criterion, Mode, Rule
from tests.factories import make_bidding, share
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
JURY = make_bidding(rule=Rule.JURY, criteria=(Criterion("climate", Decimal(60)), Criterion("people", Decimal(40))))


def closed(story: Story) -> dict[str, str]:
    """Two bids before the jury, by shop."""
    story.open(JURY)
    bids = {name: story.bid(name, share(percent)) for name, percent in (("bella", "22"), ("kiosk", "40"))}
    story.wait(days=5)
    return bids


def test_a_juror_declares_ties_scores_every_bid_and_sees_what_is_missing(story: Story, visitor: Visitor) -> None:
    bids = closed(story)
    visitor.sign_in("juror-0@example.org")
    address = f"/organize/{story.slug}/jury"
    assert f'href="{address}"' in visitor.get(f"/organize/{story.slug}").text
    page = visitor.get(address)
    assert "4 scores are missing." in text_of(page)
    assert "scores.0" not in page.text
    assert visitor.post(address, {"ties": "none"}).headers["location"] == f"{address}?done=declared"
    assert "Still missing: climate, people" in text_of(visitor.get(address))
    given = {"bid": bids["bella"], "scores.0": "9", "comments.0": "a heat pump, at last"}
    assert visitor.post(address, given).headers["location"].endswith(f"#bid-{bids['bella']}")
    said = text_of(visitor.get(address))
    assert "3 scores are missing." in said
    assert "Still missing: people" in said
    for name in bids:
        visitor.post(address, {"bid": bids[name], "scores.0": "8.5", "scores.1": "6"})
    assert "You have scored everything." in text_of(visitor.get(address))
    assert 'value="8.5"' in visitor.get(address).text


def test_what_is_refused_names_its_criterion_and_keeps_what_was_typed(story: Story, visitor: Visitor) -> None:
    bids = closed(story)
    visitor.sign_in("juror-0@example.org")
    address = f"/organize/{story.slug}/jury"
    early = visitor.post(address, {"bid": bids["bella"], "scores.0": "9"})
    assert early.status_code == 422
    assert "Declare your ties before you score" in text_of(early)
    visitor.post(address, {"ties": "none"})
    wrong = visitor.post(address, {"bid": bids["bella"], "scores.0": "11", "comments.1": "no number to it"})
    assert wrong.status_code == 422
    summary = re.findall(rf'href="#bid-{bids["bella"]}-(scores\.\d)"', wrong.text)
    assert summary == ["scores.0", "scores.1"]
    assert "climate: Between 0 and 10" in text_of(wrong)
    assert 'value="11"' in wrong.text
    assert "no number to it" in wrong.text
    nothing = visitor.post(address, {"bid": bids["bella"]})
    assert "Give a score from 0 to 10" in text_of(nothing)


def test_the_page_is_for_the_jury_of_a_campaign_that_has_one_and_while_it_scores(
    story: Story, visitor: Visitor
) -> None:
    closed(story)
    for email in ("owner@example.org", "monitor@example.org"):
        visitor.sign_in(email)
        assert visitor.get(f"/organize/{story.slug}/jury").status_code == 403
    story.wait(days=7)
    visitor.sign_in("juror-0@example.org")
    assert "The time for scoring is over." in text_of(visitor.get(f"/organize/{story.slug}/jury"))
    assert visitor.post(f"/organize/{story.slug}/jury", {"ties": "none"}).status_code == 409


def test_before_closing_it_says_when_and_shows_no_sealed_bid(story: Story, visitor: Visitor) -> None:
    story.open(make_bidding(rule=Rule.JURY, mode=Mode.SEALED, criteria=JURY.criteria))
    story.bid("bella", share("37"))
    visitor.sign_in("juror-0@example.org")
    page = visitor.get(f"/organize/{story.slug}/jury")
    assert "You score the bids once bidding has closed" in text_of(page)
    assert "bella" not in page.text


def test_the_bids_page_and_the_ranking_tell_of_scores_with_the_choice_and_not_before(
    story: Story, visitor: Visitor
) -> None:
    bids = closed(story)
    before = {path: visitor.get(path).content for path in _public(story)}
    assert "The jury is scoring" in before[f"/campaigns/{story.slug}/bids"].decode()
    visitor.sign_in("juror-0@example.org")
    visitor.post(f"/organize/{story.slug}/jury", {"ties": "I buy my bread at bella"})
    given = {"scores.0": "9", "scores.1": "7", "comments.0": "a heat pump, at last"}
    visitor.post(f"/organize/{story.slug}/jury", given | {"bid": bids["bella"]})
    assert {path: visitor.get(path).content for path in _public(story)} == before
    story.wait(days=7)
    shown = text_of(visitor.get(f"/campaigns/{story.slug}/bids"))
    assert "Juror 1 I buy my bread at bella" in shown
    assert "climate 9 of 10 Juror 1: “a heat pump, at last”" in shown
    ranking = visitor.get(f"/api/v1/campaigns/{story.slug}/ranking").json()
    assert ranking["order"][0] == bids["bella"]
    assert ranking["jurors"] == [{"name": "Juror 1", "ties": "I buy my bread at bella"}]
    assert {(s["criterion"], s["score"], s["comment"]) for s in ranking["scores"]} == {
        ("climate", "9", "a heat pump, at last"), ("people", "7", ""),
    }  # fmt: skip
    story.lines()
    record = text_of(visitor.get(f"/campaigns/{story.slug}/record?every=yes"))
    assert "Juror 1 gives bella 9 of 10 for climate: a heat pump, at last" in record


def _public(story: Story) -> list[str]:
    story.lines()
    pages = ("bids", "record", "")
    return [f"/campaigns/{story.slug}/{page}".rstrip("/") for page in pages] + [
        f"/api/v1/campaigns/{story.slug}/{call}".rstrip("/") for call in ("ranking", "record", "bids", "")
    ]
