"""The day by pages: the door's green and amber, the result and its big screen, the bids that led there."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event

from accounts.rules import Role
from campaigns import service as campaigns
from campaigns.values import Goal, GoalKind, Rule, State
from core import record
from core.money import Money
from pledges import queries as pledges
from pledges.rules.codes import spoken
from tests.factories import action, head_go_ahead, make_bidding, make_window, recorded_baseline, rung, share
from tests.stages import add_member
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def at_the_door(story: Story, visitor: Visitor) -> str:
    """The crew on the day, with ada's and ben's pledges to come; gives the door's address."""
    story.open(goal=Goal(GoalKind.TAKINGS, Decimal(1500)))
    story.bid("bella", share("35"), action("27", ladder=(rung("1800", "32"),)), baseline=recorded_baseline("640"))
    story.wait(days=6)
    story.sign("bella")
    story.pledge("ada", "20")
    story.pledge("ben", "35", party=3)
    with story.database.writing() as session:
        add_member(session, story.clock, story.campaign, Role.CREW, "crew@example.org")
    opening = story.campaign.first_opening
    assert opening
    story.move(opening)
    visitor.sign_in("crew@example.org")
    return f"/door/{story.slug}"


def people_in(story: Story) -> int:
    with story.database.reading() as session:
        return pledges.door(session, story.campaign_id, "EUR").people


def test_the_cameras_link_shows_the_code_and_checks_nobody_in(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    code = story.pledged["ben"].code
    page = visitor.get(f"{door}?code={code}")
    assert spoken(code) in text_of(page)
    assert "Pledged €35. 3 people." in text_of(page)
    assert people_in(story) == 0


def test_welcome_is_green_and_already_here_is_amber(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    code = story.pledged["ben"].code
    welcome = visitor.get(visitor.post(door, {"code": code.lower(), "do": "check"}).headers["location"])
    assert 'class="is-go"' in welcome.text
    assert f"{spoken(code)} pledged €35." in text_of(welcome)
    assert "3 in" in text_of(welcome)
    again = visitor.get(visitor.post(door, {"code": f"{code[:3]} {code[3:]}", "do": "check"}).headers["location"])
    assert 'class="is-wait"' in again.text
    assert "Nothing was counted twice." in text_of(again)
    assert people_in(story) == 3


def test_what_was_spent_is_noted_with_the_next_code(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    first = visitor.post(door, {"code": story.pledged["ada"].code, "do": "check"}).headers["location"]
    came = first.rpartition("/")[2]
    form = {"came": came, "spent": "14.20", "anyway": "no", "code": story.pledged["ben"].code, "do": "next"}
    assert "/in/" in visitor.post(door, form).headers["location"]
    assert visitor.post(door, {"came": came, "spent": "99", "do": "next"}).headers["location"] == door
    with story.database.reading() as session:
        sums = pledges.door(session, story.campaign_id, "EUR")
    assert (str(sums.spent), sums.asked, sums.anyway, sums.people) == ("14.20", 1, 0, 4)


def test_a_wrong_amount_keeps_the_code_and_the_amount(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    came = visitor.post(door, {"code": story.pledged["ada"].code}).headers["location"].rpartition("/")[2]
    answer = visitor.post(door, {"came": came, "spent": "12x", "code": story.pledged["ben"].code, "do": "next"})
    assert answer.status_code == 422
    assert 'href="#spent"' in answer.text
    assert 'value="12x"' in answer.text
    assert f'value="{story.pledged["ben"].code}"' in answer.text
    assert people_in(story) == 1


def test_a_code_that_is_not_taken_turns_the_screen_amber_and_says_why(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    story.withdraw("ada")
    here = story.campaign_id
    story.open(title="Another one", windows=1)
    story.bid("spaeti", share("30"))
    story.wait(days=6)
    story.sign("spaeti")
    elsewhere = story.pledge("cleo").code
    story.campaign_id = here
    for code, title, status in (
        ("ZZZ ZZ9", "Unknown code", 404),
        (elsewhere, "Another campaign", 404),
        (story.pledged["ada"].code, "Not this one", 409),
    ):
        answer = visitor.post(door, {"code": code, "came": "", "do": "check"})
        assert (answer.status_code, 'class="is-wait"' in answer.text) == (status, True)
        assert title in text_of(answer)
        assert "Count one without a code" in text_of(answer)
        assert f'value="{code}"' in answer.text


@pytest.mark.parametrize("typed", ["", "K0M 2QX", "K7M"])
def test_what_cannot_be_a_code_is_said_at_the_field(story: Story, visitor: Visitor, typed: str) -> None:
    answer = visitor.post(at_the_door(story, visitor), {"code": typed, "do": "check"})
    assert answer.status_code == 422
    assert 'href="#code"' in answer.text


def test_one_without_a_code_is_one_tap_and_can_be_taken_back(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    came = visitor.post(door, {"do": "walk_in"}).headers["location"]
    assert "1 person without a code." in text_of(visitor.get(came))
    back = visitor.post(f"{door}/undo", {"came": came.rpartition("/")[2]}).headers["location"]
    assert "Taken back." in text_of(visitor.get(back))
    assert people_in(story) == 0
    visitor.post(door, {"do": "walk_in", "party": "4"})
    assert people_in(story) == 4
    assert visitor.post(door, {"do": "walk_in", "party": "400"}).status_code == 422


def test_the_same_tap_twice_counts_one(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    for _ in range(2):
        visitor.post(door, {"do": "walk_in", "key": "one-tap"})
    assert people_in(story) == 1


def test_the_door_is_for_its_crew(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    came = visitor.post(door, {"do": "walk_in"}).headers["location"]
    visitor.sign_in("monitor@example.org")
    assert visitor.get(door).status_code == 403
    assert visitor.get(came).status_code == 403
    assert visitor.post(door, {"do": "walk_in"}).status_code == 403
    visitor.client.cookies.clear()
    assert visitor.get(door, follow_redirects=False).status_code == 303


def test_before_its_hours_the_door_says_when_it_opens(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    story.clock.advance(days=-2)
    answer = visitor.post(door, {"do": "walk_in"})
    assert answer.status_code == 409
    assert people_in(story) == 0


def test_the_result_goes_from_live_to_interim_to_final(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    page = f"/campaigns/{story.slug}/result"
    visitor.post(door, {"code": story.pledged["ben"].code})
    visitor.client.cookies.clear()
    assert "3 people have come so far." in text_of(visitor.get(page))
    closing = story.campaign.last_closing
    assert closing
    story.move(closing)
    assert "The till total is still to come." in text_of(visitor.get(page))
    till = story.declare("bella", "2000.84", customers=92, transactions=101)
    interim = text_of(visitor.get(page))
    assert "Interim, not final" in interim
    assert "now owes" not in interim
    story.answer(till)
    story.finalize()
    final = text_of(visitor.get(page))
    assert "You spent €2,000.84. bella now owes €700.29." in final
    assert "35% x 2000.84 = 700.29" in final
    assert "Uplift €1,360.84" in final
    assert "Customers: 92 · Transactions: 101" in final
    assert "32 certified local producers. Reached." in final
    story.correct("takings", "1900.00", "bella")
    corrected = text_of(visitor.get(page))
    assert "Takings: €1,900.00; first €2,000.84" in corrected
    assert "35% x 1900.00 = 665.00" in corrected


def test_a_disputed_till_is_a_range_and_an_unknown_one_is_said(story: Story, visitor: Visitor) -> None:
    at_the_door(story, visitor)
    page = f"/campaigns/{story.slug}/result"
    closing = story.campaign.last_closing
    assert closing
    story.move(closing)
    story.answer(story.declare("bella", "2000.84"), correction="1500")
    story.wait(days=8)
    shown = text_of(visitor.get(page))
    assert "€525.00 to €700.29" in shown
    assert "Disputed" in shown


def test_a_till_that_never_came_is_unknown(story: Story, visitor: Visitor) -> None:
    at_the_door(story, visitor)
    closing = story.campaign.last_closing
    assert closing
    story.move(closing)
    story.wait(days=8)
    shown = text_of(visitor.get(f"/campaigns/{story.slug}/result"))
    assert "What came in is not known" in shown
    assert "Unknown" in shown
    assert "Not known: the takings or an ordinary day" in shown


def test_without_a_day_there_is_no_result_and_it_says_why(story: Story, visitor: Visitor) -> None:
    story.open(go_ahead=head_go_ahead("50"))
    page = f"/campaigns/{story.slug}/result"
    assert "The day is still to come" in text_of(visitor.get(page))
    story.bid("bella", share("35"))
    story.wait(days=6)
    story.sign("bella")
    story.do(lambda session, clock: campaigns.decide(session, story.campaign, 0, Money.zero("EUR"), clock.now(session)))
    assert "The day did not take place" in text_of(visitor.get(page))
    story.open(title="Another one")
    story.do(campaigns.cancel, story.owner, story.slug, "The shop is flooded.")
    assert "The shop is flooded." in text_of(visitor.get(f"/campaigns/{story.slug}/result"))
    assert visitor.get("/campaigns/unknown/result").status_code == 404


def test_the_big_screen_renews_itself_with_and_without_scripts(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    came = visitor.post(door, {"do": "walk_in"}).headers["location"].rpartition("/")[2]
    visitor.post(door, {"came": came, "spent": "640.50", "do": "next"})
    page = visitor.get(f"/campaigns/{story.slug}/board")
    assert "€640.50" in text_of(page)
    assert "€859.50 to go." in text_of(page)
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in page.text
    assert "js/screen.js" in page.text
    closing = story.campaign.last_closing
    assert closing
    story.move(closing + timedelta(minutes=1))
    assert "The doors are closed." in text_of(visitor.get(f"/campaigns/{story.slug}/board"))


def test_after_a_postponement_the_big_screen_says_so(story: Story, visitor: Visitor) -> None:
    at_the_door(story, visitor)
    day = story.clock.instant + timedelta(days=7)
    moved = (make_window(day, day + timedelta(hours=4), "later"),)
    story.do(campaigns.postpone, story.owner, story.slug, moved, "Storm over the square")
    record.publish(story.database)
    shown = text_of(visitor.get(f"/campaigns/{story.slug}/board"))
    assert "Storm over the square. Your code stays valid." in shown
    assert "People who pledged; not all have reconfirmed 4" in shown


def test_the_bids_are_compared_with_their_raises(story: Story, visitor: Visitor) -> None:
    story.open()
    story.bid("bella", share("35"))
    story.bid("bella", share("40"))
    story.bid("spaeti", share("45"))
    page = f"/campaigns/{story.slug}/bids"
    before = text_of(visitor.get(page))
    assert "2 bids so far." in before
    assert "Step by step" not in before
    assert "How it was raised" in before
    story.wait(days=6)
    after = text_of(visitor.get(page))
    assert "spaeti promised the most." in after
    assert "spaeti gives 45% of the takings." in after
    assert "Winner" in after


def test_a_draft_has_no_bids_result_or_board(story: Story, visitor: Visitor) -> None:
    visitor.sign_in("jonas@example.org")
    visitor.post("/campaigns/new", {"title": "Sun for bread", "place": "Basel"})
    for name in ("bids", "result", "board", "agreement"):
        assert visitor.get(f"/campaigns/sun-for-bread/{name}").status_code == 404, name


def test_a_vote_is_asked_for_by_mail(story: Story, visitor: Visitor) -> None:
    story.open(make_bidding(rule=Rule.VOTE))
    bid = story.bid("bella", share("35"))
    address, page = f"/campaigns/{story.slug}/votes", f"/campaigns/{story.slug}/bids"
    assert "Which bid do you approve?" in text_of(visitor.get(page))
    assert 'href="#bid"' in visitor.post(address, {"email": "ada@example.org"}).text
    refused = visitor.post(address, {"bid": bid, "email": "ada"})
    assert refused.status_code == 422
    assert 'value="ada"' in refused.text
    assert visitor.post(address, {"bid": bid, "email": "ada@example.org"}).headers["location"] == f"{page}?voted=yes"
    story.wait(days=6)
    assert story.campaign.state == State.CHOOSING


def test_the_list_of_bids_asks_each_room_once(story: Story, visitor: Visitor) -> None:
    story.open()
    story.bid("bella", share("35"))

    def queries() -> int:
        seen: list[object] = []

        def listen(*args: object) -> None:
            seen.append(args[2])

        event.listen(visitor.site.db.engine, "before_cursor_execute", listen)
        visitor.get(f"/campaigns/{story.slug}/bids")
        event.remove(visitor.site.db.engine, "before_cursor_execute", listen)
        return len(seen)

    with_one = queries()
    story.bid("spaeti", share("36"))
    story.bid("kiosk", share("37"))
    assert queries() == with_one
