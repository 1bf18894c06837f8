"""A business by pages: from its invitation to the bid, the agreement, the till, and how far its promises are."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from businesses import queries as businesses
from businesses import service
from campaigns import service as campaigns
from campaigns.values import Mode, NamedBusiness, Question, State
from core.money import Money
from pledges import queries as pledges
from tests.factories import action, head_go_ahead, make_bidding, recorded_baseline, share
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

BID = {
    "commitments.0.kind": "share", "commitments.0.share": "35", "commitments.0.basis": "gross",
    "commitments.0.purpose": "LED lamps", "commitments.0.checker": "monitor", "anyway": "No.",
}  # fmt: skip


def invite(story: Story, name: str = "Bella Café", email: str = "") -> str:
    """The token of a fresh invitation."""
    _, token = story.do(service.invite, KEYS, story.owner, story.slug, name, email)
    return token


def enter(story: Story, visitor: Visitor, name: str) -> None:
    """Come as a shop, by its key."""
    visitor.hold_key(service.shop_token(KEYS, story.shops[name]))


def standing(story: Story, name: str) -> Any:
    with story.database.reading() as session:
        return businesses.bids_of(session, story.shops[name].id).get(story.campaign_id)


def test_an_invitation_becomes_a_bid_in_ten_taps(story: Story, visitor: Visitor) -> None:
    story.open()
    token = invite(story, email="marta@bella.example")
    page = visitor.get(f"/invitations/claim?token={token}")
    assert "Bella Café" in text_of(page)
    assert 'value="marta@bella.example"' in page.text
    claimed = visitor.post(
        "/invitations/claim", {"token": token, "name": "Bella Café", "contact": "marta@bella.example"}
    )
    welcome = visitor.get(claimed.headers["location"])
    assert "/shop/enter?token=" in welcome.text
    bid = re.search(r'href="(/shop/[^"]+/bid)"', welcome.text)
    assert bid
    assert "We will give" in text_of(visitor.get(bid[1]))
    review = visitor.post(bid[1], BID | {"do": "review"})
    assert "“We will give 35% of the takings that day for LED lamps" in text_of(review)
    assert standing_count(story) == 0
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', review.text))
    placed = visitor.post(bid[1], hidden | {"do": "place"})
    assert placed.headers["location"] == "/shop?done=placed"
    assert "Your bid stands." in text_of(visitor.get("/shop?done=placed"))
    assert standing_count(story) == 1


def standing_count(story: Story) -> int:
    with story.database.reading() as session:
        return businesses.count_bids(session, story.campaign_id)


def test_looking_at_an_invitation_uses_nothing_up_and_a_refused_form_keeps_its_words(
    story: Story, visitor: Visitor
) -> None:
    story.open()
    token = invite(story)
    answer = visitor.post(
        "/invitations/claim", {"token": token, "name": "Bella", "contact": "no address", "disclosure": ""}
    )
    assert answer.status_code == 303
    other = invite(story, "Späti")
    visitor.client.cookies.clear()
    refused = visitor.post(
        "/invitations/claim", {"token": other, "name": "", "contact": "a@b", "disclosure": "My sister"}
    )
    assert refused.status_code == 422
    assert "My sister" in refused.text
    assert visitor.get(f"/invitations/claim?token={other}").status_code == 200


def test_an_invitation_works_once_and_sent_twice_has_one_effect(story: Story, visitor: Visitor) -> None:
    story.open()
    token = invite(story)
    form = {"token": token, "name": "Bella", "contact": "marta@bella.example", "key": "once"}
    first = visitor.client.post("/invitations/claim", data=form, follow_redirects=False)
    key = visitor.client.cookies["shop"]
    visitor.client.cookies.clear()
    again = visitor.client.post("/invitations/claim", data=form, follow_redirects=False)
    assert (first.status_code, again.status_code) == (303, 303)
    assert visitor.client.cookies["shop"] == key
    assert "You are in as Bella." in text_of(visitor.get(f"/invitations/claim?token={token}"))
    visitor.client.cookies.clear()
    assert "taken up already" in text_of(visitor.get(f"/invitations/claim?token={token}"))
    late = visitor.post("/invitations/claim", {"token": token, "name": "Other", "contact": "x@y.example"})
    assert late.status_code == 409
    assert visitor.get("/invitations/claim?token=wrong").status_code == 404


def test_a_shop_that_is_known_joins_another_campaign_with_one_button(story: Story, visitor: Visitor) -> None:
    story.open()
    story.claim("bella")
    enter(story, visitor, "bella")
    token = invite(story, "Bella again")
    assert "You are known here as bella." in text_of(visitor.get(f"/invitations/claim?token={token}"))
    assert visitor.post("/invitations/claim", {"token": token, "as": "existing"}).status_code == 303


def test_the_key_opens_the_page_by_a_button_and_leads_on(story: Story, visitor: Visitor) -> None:
    story.open()
    story.claim("bella")
    token = service.shop_token(KEYS, story.shops["bella"])
    path = f"/shop/enter?token={token}&to=/shop/{story.slug}/bid"
    assert visitor.get(path, follow_redirects=False).status_code == 200
    assert "shop" not in visitor.client.cookies
    answer = visitor.post("/shop/enter", {"token": token, "to": f"/shop/{story.slug}/bid"})
    assert answer.headers["location"] == f"/shop/{story.slug}/bid"
    assert visitor.get(path, follow_redirects=False).status_code == 303
    assert visitor.post("/shop/enter", {"token": token, "to": "//evil.example"}).headers["location"] == "/shop"
    assert visitor.get("/shop/enter?token=wrong").status_code == 404


@pytest.mark.parametrize(
    "page", ["/shop", "/shop/welcome", "/shop/any/bid", "/shop/any/till", "/shop/any/proceed", "/shop/promises/x"]
)
def test_without_a_key_the_page_says_how_a_shop_gets_in(visitor: Visitor, page: str) -> None:
    answer = visitor.get(page)
    assert answer.status_code == 401
    assert "Open it by your own link" in text_of(answer)


def test_a_bid_is_raised_and_never_lowered(story: Story, visitor: Visitor) -> None:
    story.open()
    story.bid("bella", share("35"), action("27"))
    enter(story, visitor, "bella")
    page = visitor.get(f"/shop/{story.slug}/bid")
    assert "Raise your bid" in text_of(page)
    values = fields(page.text)
    assert values["commitments.1.step"] == "15"
    lowered = visitor.post(f"/shop/{story.slug}/bid", values | {"commitments.1.step": "14", "do": "review"})
    assert lowered.status_code == 422
    assert (
        'href="#commitments.1.step">Promise 2, How many more or fewer: A bid can be raised, not lowered' in lowered.text
    )
    assert 'value="14"' in lowered.text
    raised = visitor.post(f"/shop/{story.slug}/bid", values | {"commitments.0.share": "40", "do": "place"})
    assert raised.headers["location"] == "/shop?done=raised"
    assert standing(story, "bella").offer.commitments[0].share == 40


def fields(html: str) -> dict[str, str]:
    """What a browser would send of the builder's form."""
    form = html[html.index('id="builder"') :].split("</form>", maxsplit=1)[0]
    values = dict(re.findall(r'<input[^>]* name="([^"]+)"(?![^>]*type="radio")[^>]* value="([^"]*)"', form))
    values |= dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    values |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL))
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        values[name] = chosen[1] if chosen else ""
    return {name: value for name, value in values.items() if name not in {"csrf", "key", "do", "baseline.visibility"}}


def test_every_button_works_without_scripts(story: Story, visitor: Visitor) -> None:
    story.open()
    story.claim("bella")
    enter(story, visitor, "bella")
    address = f"/shop/{story.slug}/bid"
    more = visitor.post(address, BID | {"do": "add:action"})
    assert more.status_code == 200
    assert {"commitments.0.share", "commitments.1.verb"} <= set(fields(more.text))
    assert (
        fields(visitor.post(address, fields(more.text) | {"do": "remove:0"}).text)
        .keys()
        .isdisjoint({"commitments.0.share"})
    )
    works = visitor.post(address, BID | {"do": "more:commitments.0.measures"})
    assert 'name="commitments.0.measures.0.price"' in works.text
    preview = visitor.post(address, BID | {"do": "preview"})
    assert "<html" not in preview.text
    assert "Say what you will show" in text_of(preview)
    edited = visitor.post(address, BID | {"do": "edit"})
    assert fields(edited.text)["commitments.0.share"] == "35"


def test_a_bid_that_lacks_something_names_it_and_keeps_the_rest(story: Story, visitor: Visitor) -> None:
    story.open(make_bidding(minimum_share=None))
    story.claim("bella")
    enter(story, visitor, "bella")
    answer = visitor.post(f"/shop/{story.slug}/bid", BID | {"commitments.0.share": "", "anyway": "", "do": "review"})
    assert answer.status_code == 422
    assert 'href="#commitments.0.share"' in answer.text
    assert 'href="#anyway"' in answer.text
    assert 'value="LED lamps"' in answer.text


def test_what_the_organizers_ask_is_answered_beside_the_bid_and_a_needed_answer_binds(
    story: Story, visitor: Visitor
) -> None:
    asked = (Question("Do you pay the living wage?", "yes"), Question("Were you here before 2020?"))
    story.open(bidding=make_bidding(questions=asked))
    story.claim("bella")
    enter(story, visitor, "bella")
    address = f"/shop/{story.slug}/bid"
    assert "Only who answers yes can bid." in text_of(visitor.get(address))
    open_ = visitor.post(address, BID | {"do": "review"})
    assert open_.status_code == 422
    assert {'href="#answers.0.answer"', 'href="#answers.1.answer"'} <= set(
        re.findall(r'href="#answers[^"]+"', open_.text)
    )
    answers = {"answers.0.answer": "no", "answers.0.words": "not yet", "answers.1.answer": "yes"}
    wrong = visitor.post(address, BID | answers | {"do": "place"})
    assert wrong.status_code == 422
    assert "Your answer: Only who answers yes to this can bid" in text_of(wrong)
    assert 'value="not yet"' in wrong.text
    right = BID | answers | {"answers.0.answer": "yes", "answers.0.words": "since May", "venue": "Corner 7"}
    assert "Yes. since May" in text_of(visitor.post(address, right | {"do": "review"}))
    visitor.post(address, right | {"do": "place"})
    told = text_of(visitor.get(f"/campaigns/{story.slug}/bids"))
    assert "Do you pay the living wage? Yes. since May" in told
    assert "Were you here before 2020? Yes" in told
    assert "Where Corner 7" in told


def test_a_late_bid_is_refused_and_says_when_bidding_closed(story: Story, visitor: Visitor) -> None:
    story.open()
    story.bid("bella", share("35"))
    enter(story, visitor, "bella")
    story.clock.advance(days=5)
    assert "Bids are not taken any more." in text_of(visitor.get(f"/shop/{story.slug}/bid"))
    late = visitor.post(f"/shop/{story.slug}/bid", BID | {"do": "place"})
    assert late.status_code == 409
    assert "bidding closed" in text_of(late)


def test_a_bid_is_withdrawn(story: Story, visitor: Visitor) -> None:
    story.open()
    story.bid("bella", share("35"))
    enter(story, visitor, "bella")
    assert visitor.post(f"/shop/{story.slug}/bid/withdraw").headers["location"] == "/shop?done=withdrawn"
    assert not standing(story, "bella").stands


def test_a_stranger_shop_bids_nowhere(story: Story, visitor: Visitor) -> None:
    story.open()
    story.claim("bella")
    first = story.slug
    story.open(title="Another one")
    enter(story, visitor, "bella")
    assert visitor.get(f"/shop/{story.slug}/bid").status_code == 403
    assert visitor.get(f"/shop/{first}/bid").status_code == 200


def test_sealed_bids_show_their_number_only(story: Story, visitor: Visitor) -> None:
    story.open(make_bidding(mode=Mode.SEALED))
    story.bid("bella", share("35"))
    page = text_of(visitor.get(f"/campaigns/{story.slug}/bids"))
    assert "1 sealed bid." in page
    assert "35%" not in page
    enter(story, visitor, "bella")
    assert 'value="35"' in visitor.get(f"/shop/{story.slug}/bid").text
    story.wait(days=6)
    assert "35%" in text_of(visitor.get(f"/campaigns/{story.slug}/bids"))


def test_the_agreement_is_accepted_by_each_side_in_its_own_name(story: Story, visitor: Visitor) -> None:
    story.open()
    story.bid("bella", share("35"))
    assert visitor.get(f"/campaigns/{story.slug}/agreement").status_code == 404
    story.wait(days=6)
    address = f"/campaigns/{story.slug}/agreement"
    public = visitor.get(address)
    assert "Accept for" not in text_of(public)
    assert re.search(r"<code>[0-9a-f]{64}</code>", public.text)
    bid = story.campaign.winners[0].bid
    enter(story, visitor, "bella")
    refused = visitor.post(address, {"bid": bid, "side": "business", "name": ""})
    assert refused.status_code == 422
    assert 'href="#business-name"' in refused.text
    assert visitor.post(address, {"bid": bid, "side": "business", "name": "Marta"}).status_code == 303
    assert "Accept for" not in text_of(visitor.get(address))
    visitor.client.cookies.clear()
    visitor.sign_in("owner@example.org")
    assert "Accept for the organizers" in text_of(visitor.get(address))
    visitor.post(address, {"bid": bid, "side": "organizer", "name": "Lea"})
    assert story.campaign.state == State.PLEDGING
    assert "Marta" in text_of(visitor.get(address))


def test_the_one_named_business_is_awarded_by_its_bid(story: Story, visitor: Visitor) -> None:
    story.open()
    story.wait(days=6)
    story.do(campaigns.name_business, story.owner, story.slug, NamedBusiness("bella"))
    story.claim("bella")
    enter(story, visitor, "bella")
    review = visitor.post(f"/shop/{story.slug}/bid", BID | {"do": "review"})
    assert "the one business that was asked" in text_of(review)
    visitor.post(f"/shop/{story.slug}/bid", BID | {"do": "place"})
    assert story.campaign.winners
    assert "You were chosen." in text_of(visitor.get("/shop"))
    assert "nothing to compare" in text_of(visitor.get(f"/campaigns/{story.slug}/bids"))


def won(story: Story, *commitments: Any, **fields_: Any) -> None:
    story.open(**fields_)
    story.bid("bella", *(commitments or (share("35"),)), baseline=recorded_baseline("640"))
    story.wait(days=6)
    story.sign("bella")


def test_after_a_miss_the_business_says_yes(story: Story, visitor: Visitor) -> None:
    won(story, go_ahead=head_go_ahead("50"))
    story.do(lambda session, clock: campaigns.decide(session, story.campaign, 0, Money.zero("EUR"), clock.now(session)))
    enter(story, visitor, "bella")
    assert "Too little was pledged." in text_of(visitor.get("/shop"))
    assert visitor.get(f"/shop/{story.slug}/proceed").status_code == 200
    visitor.post(f"/shop/{story.slug}/proceed")
    assert story.campaign.proceed == {"business"}


def test_the_till_total_is_entered_changed_and_confirmed(story: Story, visitor: Visitor) -> None:
    won(story, windows=2)
    enter(story, visitor, "bella")
    first, second = story.campaign.windows
    story.move(first.closes_at + timedelta(minutes=5))
    page = f"/shop/{story.slug}/till"
    assert "Not over yet." in text_of(visitor.get(page))
    early = visitor.post(page, {"window": second.id, "takings": "100"})
    assert early.status_code == 409
    wrong = visitor.post(page, {"window": first.id, "takings": "20.005", "tax": "much", "units": "1.5"})
    assert wrong.status_code == 422
    for name in ("takings", "tax", "units"):
        assert f'href="#{first.id}-{name}"' in wrong.text
    assert 'value="20.005"' in wrong.text
    assert visitor.post(page, {"window": first.id, "takings": "", "tax": ""}).status_code == 422
    typed = {"window": first.id, "takings": "2,000.84", "tax": "319.46", "customers": "92", "visibility": "public"}
    assert visitor.post(page, typed).headers["location"] == f"{page}?done=till"
    assert 'value="2,000.84"' in visitor.get(page).text
    visitor.post(page, typed | {"takings": "2100"})
    with story.database.reading() as session:
        (total,) = pledges.till_totals(session, story.campaign_id)
    assert str(total.figures.takings) == "2100.00"
    story.answer(total)
    assert "Confirmed by an organizer" in text_of(visitor.get(page))
    assert visitor.post(page, typed).status_code == 409


def followed(story: Story) -> Any:
    won(story, action("27"))
    closing = story.campaign.last_closing
    assert closing
    story.move(closing)
    story.answer(story.declare("bella", "2000.84"))
    story.finalize()
    (promise,) = story.promises()
    return promise


def test_a_promise_is_shown_extended_replied_to_and_disputed(story: Story, visitor: Visitor) -> None:
    promise = followed(story)
    enter(story, visitor, "bella")
    page = f"/shop/promises/{promise.id}"
    assert "Promised for" in text_of(visitor.get("/shop"))
    refused = visitor.post(f"{page}/evidence", {"note": "", "value": "x", "list": "Apples\nPears", "url": ""})
    assert refused.status_code == 422
    assert "Apples\nPears</textarea>" in refused.text
    shown = {"note": "Eleven so far", "value": "", "list": "Apples\n\nPears ", "url": "https://bella.example/shelf"}
    assert visitor.post(f"{page}/evidence", shown).headers["location"] == f"{page}?done=evidence"
    assert "Apples, Pears" in text_of(visitor.get(f"{page}?done=evidence"))
    assert 'href="#extension-due_on"' in visitor.post(f"{page}/extension", {"due_on": "soon", "reason": "Snow"}).text
    assert visitor.post(f"{page}/extension", {"due_on": "", "reason": "Snow"}).status_code == 422
    later = (promise.due_on + timedelta(days=30)).isoformat()
    visitor.post(f"{page}/extension", {"due_on": later, "reason": "Snow"})
    assert "You have asked." in text_of(visitor.get(page))
    assert 'href="#reply-text"' in visitor.post(f"{page}/reply", {"text": ""}).text
    visitor.post(f"{page}/reply", {"text": "We are at it."})
    assert "We are at it." in text_of(visitor.get(page))
    early = visitor.post(f"{page}/reply", {"text": "No!", "dispute": "yes"})
    assert early.status_code == 409


def test_another_shops_promise_is_not_ones_own(story: Story, visitor: Visitor) -> None:
    promise = followed(story)
    story.open(title="Another one")
    story.claim("spaeti")
    enter(story, visitor, "spaeti")
    assert visitor.get(f"/shop/promises/{promise.id}").status_code == 403
    assert visitor.post(f"/shop/promises/{promise.id}/reply", {"text": "Ours!"}).status_code == 403
