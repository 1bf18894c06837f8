"""Organizing by pages: the draft step by step, the page that says what to do next, and each thing that can be done."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from accounts import service as accounts
from accounts.rules import Role
from businesses import queries as businesses
from businesses.values import Invitation
from campaigns import queries as campaigns
from campaigns import service
from campaigns.values import Campaign, Question, Rule, State
from core import record
from core.formats import for_input
from core.money import Money
from tests.factories import head_go_ahead, make_bidding, share
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

DAY = {
    "windows.0.opens_at": "2027-06-12T09:00",
    "windows.0.closes_at": "2027-06-12T18:00",
    "windows.0.venue": "Market square 3",
    "go_ahead.kind": "none",
    "goal.kind": "takings",
    "goal.target": "5,000",
}
AUCTION = {
    "competition": "auction", "bidding.closes_at": "2027-05-20T18:00", "bidding.rule": "highest_share",
    "bidding.tie_break": "earliest", "bidding.mode": "open", "bidding.winners": "1",
}  # fmt: skip
STEPS: dict[str, dict[str, str]] = {
    "story": {"title": "Sun for bread", "story": "Ovens run all night.", "language": "en"},
    "place": {"place": "Basel", "timezone": "Europe/Zurich", "currency": "CHF"},
    "day": DAY,
    "bidding": AUCTION,
    "disclosure": {"disclosure.income": "none", "disclosure.ties": "none"},
}


def draft(visitor: Visitor) -> str:
    """A fresh draft by the first short step; gives the address of its page."""
    visitor.sign_in("jonas@example.org")
    made = visitor.post("/campaigns/new", {"title": "Sun for bread", "place": "Basel", "timezone": "Europe/Zurich"})
    assert made.headers["location"] == "/organize/sun-for-bread/story"
    return "/organize/sun-for-bread"


def held(visitor: Visitor, slug: str = "sun-for-bread") -> Campaign:
    with visitor.site.db.reading() as session:
        return campaigns.by_slug(session, slug)


def lead(story: Story, visitor: Visitor) -> str:
    """The story's owner at their page; gives its address."""
    visitor.sign_in("owner@example.org")
    return f"/organize/{story.slug}"


def test_who_is_not_signed_in_is_asked_to(visitor: Visitor) -> None:
    for path in ("/campaigns/new", "/organize", "/organize/any"):
        answer = visitor.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/sign-in"), path


def test_a_draft_is_filled_step_by_step_and_opened(visitor: Visitor) -> None:
    page = draft(visitor)
    assert (held(visitor).timezone, held(visitor).currency) == ("Europe/Zurich", "CHF")
    taps, address = 0, f"{page}/story"
    for step, typed in STEPS.items():
        assert address == f"{page}/{step}"
        assert visitor.get(address).status_code == 200
        address = visitor.post(address, typed | {"do": "next"}).headers["location"]
        taps += 1
    assert address == page
    assert "10 of 10 done." in text_of(visitor.get(page))
    assert visitor.post(f"{page}/open").headers["location"] == f"{page}?done=opened"
    assert held(visitor).state == State.BIDDING
    assert taps + 2 <= 12
    assert "It is public now." in text_of(visitor.get(f"{page}?done=opened"))


def test_a_gap_links_to_its_field_and_the_button_says_why(visitor: Visitor) -> None:
    page = visitor.get(draft(visitor))
    assert 'href="/organize/sun-for-bread/day#windows.0.opens_at"' in page.text
    assert 'aria-disabled="true"' in page.text
    assert "Opens when the 4 points above are done." in text_of(page)
    for fragment in re.findall(r'href="/organize/sun-for-bread/(\w+)#([^"]+)"', page.text):
        assert f'id="{fragment[1]}"' in visitor.get(f"/organize/sun-for-bread/{fragment[0]}").text, fragment


def test_a_refused_step_keeps_what_was_typed(visitor: Visitor) -> None:
    page = draft(visitor)
    wrong = DAY | {"windows.0.opens_at": "2027-03-28T02:30", "goal.target": "much"}
    answer = visitor.post(f"{page}/day", wrong)
    assert answer.status_code == 422
    said = text_of(answer)
    assert "02:30 does not exist on that day in Europe/Zurich" in said
    assert 'href="#goal.target"' in answer.text
    assert 'value="much"' in answer.text
    assert 'value="Market square 3"' in answer.text
    assert held(visitor).windows == ()


def test_how_far_late_bids_move_the_closing_is_set_beside_the_rule(visitor: Visitor) -> None:
    page = draft(visitor)
    visitor.post(f"{page}/day", DAY)
    wrong = visitor.post(f"{page}/bidding", AUCTION | {"bidding.extend_by": "61"})
    assert wrong.status_code == 422
    assert "between 0 and 60 minutes" in text_of(wrong).lower()
    assert 'value="61"' in wrong.text
    visitor.post(f"{page}/bidding", AUCTION | {"bidding.extend_by": "10", "bidding.extend_at_most": "30"})
    bidding = held(visitor).bidding
    assert bidding
    assert (bidding.extend_by, bidding.extend_at_most) == (10, 30)


def test_questions_to_every_bidder_are_set_beside_the_rule_row_by_row(visitor: Visitor) -> None:
    page = draft(visitor)
    visitor.post(f"{page}/day", DAY)
    first = {"bidding.questions.0.text": "Do you pay the living wage?", "bidding.questions.0.needed": "yes"}
    more = visitor.post(f"{page}/bidding", AUCTION | first | {"do": "add-bidding.questions"})
    assert 'name="bidding.questions.1.text"' in more.text
    assert 'value="Do you pay the living wage?"' in more.text
    visitor.post(
        f"{page}/bidding", AUCTION | first | {"bidding.questions.1.text": "", "bidding.questions.1.needed": ""}
    )
    bidding = held(visitor).bidding
    assert bidding
    assert bidding.questions == (Question("Do you pay the living wage?", "yes"),)
    assert 'value="Do you pay the living wage?"' in visitor.get(f"{page}/bidding").text


def test_a_draft_saves_itself_and_says_whether_it_did(visitor: Visitor) -> None:
    page = draft(visitor)
    by_itself: dict[str, Any] = {"headers": {"x-autosave": "1"}}
    assert visitor.post(f"{page}/story", STEPS["story"], **by_itself).status_code == 204
    assert held(visitor).story == "Ovens run all night."
    assert visitor.post(f"{page}/story", {"title": "", "story": "x"}, **by_itself).status_code == 422
    assert held(visitor).story == "Ovens run all night."


def test_another_row_is_added_without_losing_the_others(visitor: Visitor) -> None:
    page = draft(visitor)
    answer = visitor.post(f"{page}/day", DAY | {"do": "add-windows"})
    assert answer.status_code == 200
    assert 'name="windows.1.opens_at"' in answer.text
    assert 'value="Market square 3"' in answer.text
    two = DAY | {"windows.1.opens_at": "2027-06-13T09:00", "windows.1.closes_at": "2027-06-13T12:00"}
    visitor.post(f"{page}/day", two)
    assert len(held(visitor).windows) == 2


def test_a_step_that_does_not_exist_is_not_found(visitor: Visitor) -> None:
    assert visitor.get(f"{draft(visitor)}/nonsense").status_code == 404


def test_a_strangers_draft_does_not_exist_and_other_pages_are_for_the_team(story: Story, visitor: Visitor) -> None:
    page = draft(visitor)
    story.open()
    visitor.sign_in("stranger@example.org")
    assert visitor.get(page).status_code == 404
    assert visitor.get(f"/organize/{story.slug}").status_code == 403
    assert visitor.post(f"/organize/{story.slug}/cancel", {"reason": "x", "sure": "yes"}).status_code == 403


def test_everybody_on_the_team_sees_their_part(story: Story, visitor: Visitor) -> None:
    story.open()
    visitor.sign_in("monitor@example.org")
    assert "independent eyes" in text_of(visitor.get(f"/organize/{story.slug}"))
    assert visitor.get(f"/organize/{story.slug}/story").status_code == 403
    visitor.sign_in("juror-0@example.org")
    assert "You score every bid" in text_of(visitor.get(f"/organize/{story.slug}"))


def test_the_list_has_ones_own_campaigns(story: Story, visitor: Visitor) -> None:
    story.open()
    visitor.sign_in("owner@example.org")
    assert "A Saturday for the Corner Café" in text_of(visitor.get("/organize"))
    visitor.sign_in("nobody@example.org")
    assert "You are on no team yet." in text_of(visitor.get("/organize"))


def test_an_invitation_is_shown_with_link_and_code(story: Story, visitor: Visitor) -> None:
    story.open()
    page = lead(story, visitor)
    made = visitor.post(f"{page}/invite", {"business": "Bella Café", "email": "marta@bella.example"})
    shown = visitor.get(made.headers["location"])
    assert "/invitations/claim?token=" in shown.text
    assert 'aria-label="Code that opens the invitation"' in shown.text
    assert "Link and code" in text_of(visitor.get(page))
    refused = visitor.post(f"{page}/invite", {"business": "Bella Café", "email": "marta"})
    assert refused.status_code == 422
    assert 'href="#invite-email"' in refused.text
    story.claim("spaeti")
    taken = next(i for i in _invitations(visitor, story) if i.claimed_at)
    assert visitor.get(f"{page}/invitations/{taken.id}").status_code == 409
    assert visitor.get(f"{page}/invitations/unknown").status_code == 404


def _invitations(visitor: Visitor, story: Story) -> list[Invitation]:
    with visitor.site.db.reading() as session:
        return businesses.invitations(session, story.campaign_id)


def test_a_monitor_comes_with_who_pays(story: Story, visitor: Visitor) -> None:
    story.open()
    page = lead(story, visitor)
    refused = visitor.post(f"{page}/team", {"email": "ruth@example.org", "role": "monitor"})
    assert refused.status_code == 422
    assert 'href="#team-paid_by"' in refused.text
    visitor.post(f"{page}/team", {"email": "ruth@example.org", "role": "monitor", "paid_by": "nobody"})
    visitor.post(f"{page}/team", {"email": "yusuf@example.org", "role": "crew", "paid_by": "ignored"})
    with visitor.site.db.reading() as session:
        team = {m.email: (m.role, m.paid_by) for m in accounts.members(session, story.campaign.team)}
    assert team["ruth@example.org"] == (Role.MONITOR, "nobody")
    assert team["yusuf@example.org"] == (Role.CREW, "")


def test_nobody_bid_so_bidding_is_extended_once_or_a_business_named(story: Story, visitor: Visitor) -> None:
    story.open()
    story.wait(days=6)
    page = lead(story, visitor)
    assert "Nobody has bid." in text_of(visitor.get(page))
    assert visitor.post(f"{page}/extend", {"closes_at": ""}).status_code == 422
    assert visitor.post(f"{page}/extend", {"closes_at": "2027-03-12T18:00"}).status_code == 303
    assert story.campaign.state == State.BIDDING
    story.wait(days=9)
    assert "extend-closes_at" not in visitor.get(page).text
    visitor.post(f"{page}/name", {"business.name": "Café Jasmin", "business.contact": ""})
    assert story.campaign.business
    assert "Café Jasmin has until" in text_of(visitor.get(page))


def test_the_organizer_chooses_where_the_rule_says_so(story: Story, visitor: Visitor) -> None:
    story.open(make_bidding(rule=Rule.ORGANIZER))
    first, second = story.bid("bella", share("20")), story.bid("spaeti", share("30"))
    story.wait(days=6)
    page = lead(story, visitor)
    assert "Choose the winner by" in text_of(visitor.get(page))
    assert visitor.post(f"{page}/award", {"reason": "It is the oldest."}).status_code == 422
    refused = visitor.post(f"{page}/award", {"bids": first, "reason": ""})
    assert refused.status_code == 422
    assert f'value="{first}" checked' in refused.text
    visitor.post(f"{page}/award", {"bids": first, "reason": "It is the oldest."})
    assert [w.bid for w in story.campaign.winners] == [first]
    assert second


def test_a_change_after_pledges_says_how_many_are_asked_again(story: Story, visitor: Visitor) -> None:
    agreed(story)
    story.pledge("ada")
    page = lead(story, visitor)
    assert "everybody who pledged is asked again" in text_of(visitor.get(f"{page}/day"))
    opening = {"goal.kind": "headcount", "goal.target": "50", **windows_of(story)}
    answer = visitor.post(f"{page}/day", opening)
    assert answer.headers["location"].endswith("?done=changed&asked=1")
    assert "1 person is asked again." in text_of(visitor.get(answer.headers["location"]))
    assert visitor.post(f"{page}/bidding", AUCTION).status_code in {200, 303}
    assert "This is fixed now" in text_of(visitor.get(f"{page}/bidding"))


def windows_of(story: Story) -> dict[str, str]:
    zone, (window,) = story.campaign.timezone, story.campaign.windows
    return {
        "windows.0.id": window.id,
        "windows.0.opens_at": for_input(window.opens_at, zone),
        "windows.0.closes_at": for_input(window.closes_at, zone),
        "windows.0.venue": window.venue,
    }


def agreed(story: Story, **fields: Any) -> None:
    """One business has won, and both sides have signed."""
    story.open(**fields)
    story.bid("bella", share("35"))
    story.wait(days=6)
    story.sign("bella")


def test_cancelling_asks_twice_and_wants_a_reason(story: Story, visitor: Visitor) -> None:
    agreed(story)
    page = lead(story, visitor)
    assert visitor.get(f"{page}/cancel").status_code == 200
    assert visitor.post(f"{page}/cancel", {"reason": "Rain"}).status_code == 422
    assert visitor.post(f"{page}/cancel", {"reason": "", "sure": "yes"}).status_code == 422
    visitor.post(f"{page}/cancel", {"reason": "The shop is flooded.", "sure": "yes"})
    assert story.campaign.state == State.CANCELLED
    assert "The shop is flooded." in text_of(visitor.get(page))
    assert visitor.get(f"{page}/cancel").status_code == 409


def test_the_day_is_moved_with_a_reason(story: Story, visitor: Visitor) -> None:
    agreed(story)
    page = lead(story, visitor)
    (before,) = story.campaign.windows
    moved = windows_of(story) | {"windows.0.opens_at": "2027-04-24T10:00", "windows.0.closes_at": "2027-04-24T14:00"}
    assert visitor.post(f"{page}/postpone", moved | {"reason": ""}).status_code == 422
    visitor.post(f"{page}/postpone", moved | {"reason": "Rain at nine in the morning"})
    (after,) = story.campaign.windows
    assert after.opens_at > before.opens_at
    assert after.id == before.id


def test_in_the_rain_one_press_moves_the_day_by_a_week_and_everybody_sees_it(story: Story, visitor: Visitor) -> None:
    agreed(story)
    story.pledge("ada", "20")
    story.pledge("ben", "30")
    (before,) = story.campaign.windows
    story.move(before.opens_at)
    page = lead(story, visitor)
    assert f"{page}/postpone" in visitor.get(f"{page}?next=1").text + visitor.get(page).text
    form = visitor.get(f"{page}/postpone").text
    proposed = dict(re.findall(r'name="(windows[^"]+)"[^>]* value="([^"]*)"', form))
    visitor.post(f"{page}/postpone", proposed | {"reason": "Rain at nine in the morning."})
    (after,) = story.campaign.windows
    # On a Sunday on which the clocks are put forward: the same hours on the clock, an hour earlier by the sun.
    assert after.opens_at - before.opens_at == after.closes_at - before.closes_at == timedelta(days=7, hours=-1)
    assert "2 pledges are not reconfirmed" in text_of(visitor.get(page))
    record.publish(story.database)
    seen = text_of(visitor.get(f"/campaigns/{story.slug}"))
    assert "Postponed to" in seen
    assert "Rain at nine in the morning. Codes stay valid." in seen
    assert "2 pledges are not reconfirmed" in seen
    ticket = f"/tickets/{story.pledged['ada'].id}?token={story.token('ada')}"
    assert "Not reconfirmed" in text_of(visitor.get(ticket))
    story.confirm("ada")
    assert "1 pledge is not reconfirmed" in text_of(visitor.get(page))
    assert "Not reconfirmed" not in text_of(visitor.get(ticket))
    assert story.pledged["ada"].code == story.confirm("ada").code


def test_after_a_miss_the_organizers_say_yes(story: Story, visitor: Visitor) -> None:
    agreed(story, go_ahead=head_go_ahead("50"))
    opens = story.campaign.first_opening
    assert opens
    story.do(lambda session, clock: service.decide(session, story.campaign, 0, Money.zero("EUR"), clock.now(session)))
    page = lead(story, visitor)
    assert "Go ahead all the same?" in text_of(visitor.get(page))
    visitor.post(f"{page}/proceed")
    assert story.campaign.proceed == {"organizer"}
    assert "The business has until" in text_of(visitor.get(page))


def test_the_till_is_disputed_confirmed_locked_and_corrected(story: Story, visitor: Visitor) -> None:
    agreed(story)
    closing = story.campaign.last_closing
    assert closing
    story.move(closing)
    till = story.declare("bella", "2100")
    page = lead(story, visitor)
    assert "Confirm the till total" in text_of(visitor.get(page))
    refused = visitor.post(f"{page}/tills/{till.id}", {"do": "dispute", "correction": "lots", "reason": ""})
    assert refused.status_code == 422
    assert f'href="#till-{till.id}-correction"' in refused.text
    assert visitor.post(f"{page}/finalize").status_code == 409
    assert visitor.post(f"{page}/tills/{till.id}", {"do": "confirm"}).headers["location"].endswith("done=confirmed")
    visitor.post(f"{page}/finalize", {"reason": ""})
    assert story.campaign.tally
    wrong = visitor.post(f"{page}/corrections", {"field": "takings", "value": "2000.84", "reason": "a slip"})
    assert 'href="#correct-window"' in wrong.text
    right = {"window": story.campaign.windows[0].id, "field": "takings", "value": "2,000.84", "reason": "a slip"}
    assert visitor.post(f"{page}/corrections", right).headers["location"].endswith("done=corrected")
    assert "35% x 2000.84 = 700.29" in text_of(visitor.get(f"/campaigns/{story.slug}/result"))


def test_a_form_of_an_earlier_sign_in_is_refused(story: Story, visitor: Visitor) -> None:
    story.open()
    page = lead(story, visitor)
    answer = visitor.post(f"{page}/cancel", {"csrf": "stale", "reason": "x", "sure": "yes"})
    assert answer.status_code == 403
    assert story.campaign.state == State.BIDDING


def test_the_same_form_sent_twice_has_one_effect(story: Story, visitor: Visitor) -> None:
    story.open()
    page = lead(story, visitor)
    first, second = (visitor.post(f"{page}/invite", {"business": "Bella", "key": "once"}) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert len(_invitations(visitor, story)) == 1
