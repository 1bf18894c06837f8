"""What became of promises, as pages: by campaign, one by one, and as a business's record."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event

from businesses import service as businesses
from businesses.commitments import Checker
from businesses.followthrough import Obligation, Verdict, asked_again
from campaigns.values import Mode
from tests.factories import action, make_bidding, share
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of
from web.pages.following.acting import field_of
from web.recounting import recount

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def promises(story: Story) -> list[Obligation]:
    """After the day: 35 percent of 2000.84, and fifteen more producers that the monitor checks."""
    story.open()
    story.bid("bella", share("35"), action("27", checker=Checker.MONITOR))
    story.wait(days=6)
    story.sign("bella")
    story.pledge("lea")
    story.wait(days=16)
    story.arrive("lea")
    story.wait(days=1)
    story.answer(story.declare("bella", "2000.84"))
    story.finalize()
    return story.promises()


def by_kind(promises: list[Obligation], kind: str) -> Obligation:
    return next(o for o in promises if o.commitment.kind == kind)


def page_of(visitor: Visitor, story: Story) -> str:
    story_page = visitor.get(f"/campaigns/{story.slug}/follow")
    assert story_page.status_code == 200
    return text_of(story_page)


def test_promises_are_followed_from_the_final_tally_on(visitor: Visitor, story: Story):
    story.open()
    assert "Promises are followed from the final tally on" in page_of(visitor, story)


def test_lateness_appears_by_itself(visitor: Visitor, story: Story, promises: list[Obligation]):
    assert "Not due" in page_of(visitor, story)
    story.clock.set(promises[0].due_at + timedelta(days=13, hours=1))
    told = page_of(visitor, story)
    assert "Late by 14 days" in told
    assert "Late or unknown: 2" in told, "the plot over time has its key and table"
    profile = visitor.get("/businesses/bella")
    assert "Open or not due" in text_of(profile)
    assert "%%" not in profile.text, "a length is a percentage once"
    assert "2 late, no proof yet" in told.replace("late, no proof yet 2", "2 late, no proof yet")


def test_each_promise_stands_in_its_first_words_with_its_owed_sum(visitor: Visitor, promises: list[Obligation]):
    money = by_kind(promises, "share")
    told = text_of(visitor.get(f"/promises/{money.id}"))
    assert money.words in told
    assert "€700.29" in told
    assert "Nobody outside the business and the organizing team has looked yet." in told


def test_the_name_of_the_api_leads_to_the_same_page(visitor: Visitor, promises: list[Obligation]):
    answer = visitor.get(f"/obligations/{promises[0].id}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, f"/promises/{promises[0].id}")


def test_a_spot_check_needs_somebody_who_pledged_or_came(visitor: Visitor, promises: list[Obligation]):
    at = f"/promises/{by_kind(promises, 'action').id}/check"
    assert visitor.get(at, follow_redirects=False).status_code in {303, 401}
    visitor.sign_in("stranger@example.org")
    refused = visitor.get(at)
    assert refused.status_code == 403
    assert "people who pledged or came" in text_of(refused)
    visitor.sign_in("owner@example.org")
    assert "own people" in text_of(visitor.get(at))


def test_a_supporter_counts_what_is_there(visitor: Visitor, story: Story, promises: list[Obligation]):
    producers = by_kind(promises, "action")
    visitor.sign_in("lea@example.org")
    refused = visitor.post(f"/promises/{producers.id}/check", {"value": "many", "note": "I looked twice"})
    assert refused.status_code == 422
    assert "I looked twice" in refused.text
    assert 'href="#value"' in refused.text
    filed = visitor.post(f"/promises/{producers.id}/check", {"value": "23"})
    assert filed.headers["location"] == f"/promises/{producers.id}#seen"
    told = text_of(visitor.get(f"/promises/{producers.id}"))
    assert "A supporter, independent" in told
    assert "So the rules propose: partly kept, 11 of 15." in told


def list_filed(story: Story, promise: Obligation, *items: str) -> None:
    body = {"note": "On the shelf.", "items": list(items)}
    story.do(businesses.file_evidence, story.shops["bella"], promise.id, body)


def test_with_a_list_one_ticks_and_the_ticks_are_counted(visitor: Visitor, story: Story, promises: list[Obligation]):
    producers = by_kind(promises, "action")
    names = [f"Producer {n}" for n in range(27)]
    list_filed(story, producers, *names)
    visitor.sign_in("monitor@example.org")
    at = f"/promises/{producers.id}/check"
    assert visitor.get(at).text.count('value="struck"') == 27
    refused = visitor.post(at, {field_of(names[0]): "", "note": "It was dark."})
    assert refused.status_code == 422
    assert "say of one thing at least" in text_of(refused).lower()
    assert "It was dark." in refused.text
    said = dict.fromkeys(map(field_of, names[:23]), "seen") | {field_of(names[26]): "struck"}
    counted = visitor.post(at, said)
    assert counted.headers["location"] == f"/promises/{producers.id}/verdict"
    check = story.promises("action")[0].checks[-1]
    assert (check.value, check.struck) == (Decimal(23), ("Producer 26",))
    told = text_of(visitor.get(f"/promises/{producers.id}"))
    assert "Producer 22 1 0 Producer 23 0 0" in told
    assert "Producer 26 0 1" in told
    assert "Of the 27 on the list somebody saw 23, and somebody did not find 1." in told
    assert recount(story.lines()).found == 0


def test_whom_the_agreement_names_confirms_and_nobody_else(visitor: Visitor, story: Story, promises: list[Obligation]):
    producers = by_kind(promises, "action")
    at = f"/promises/{producers.id}/verdict"
    visitor.sign_in("owner@example.org")
    assert visitor.get(at).status_code == 403
    visitor.sign_in("monitor@example.org")
    visitor.post(f"/promises/{producers.id}/check", {"value": "23"})
    form = visitor.get(at)
    assert 'value="partly_kept" checked' in form.text
    refused = visitor.post(at, {"verdict": "kept", "reason": "Nearly all"})
    assert refused.status_code == 422
    assert "11 of 15 were found" in text_of(refused)
    assert "Nearly all" in refused.text
    given = visitor.post(at, {"verdict": "partly_kept", "reason": "23 stood there."})
    assert given.headers["location"] == f"/promises/{producers.id}#verdicts"
    told = page_of(visitor, story)
    assert "Partly kept 11 of 15" in told
    assert "23 stood there." in told


def test_half_a_year_later_the_checker_is_asked_again_and_a_lapse_stands_there(
    visitor: Visitor, story: Story, promises: list[Obligation]
):
    producers = by_kind(promises, "action")
    visitor.sign_in("monitor@example.org")
    visitor.post(f"/promises/{producers.id}/check", {"value": "27"})
    visitor.post(f"/promises/{producers.id}/verdict", {"verdict": "kept", "reason": "All there."})
    at, page = f"/promises/{producers.id}/recheck", f"/promises/{producers.id}"
    assert "After 6 months" in text_of(visitor.get(page))
    assert "No re-check is open now" in text_of(visitor.get(at))
    story.clock.set(asked_again(story.promises("action")[0])[0].opens_at)
    visitor.sign_in("monitor@example.org")
    assert "Is it still kept? To answer by" in text_of(visitor.get(page))
    visitor.post(f"/promises/{producers.id}/check", {"value": "14"})
    assert "2 of 15 were found" in text_of(visitor.post(at, {"outcome": "still_kept", "reason": "Most of it."}))
    assert visitor.post(at, {"reason": "Gone."}).status_code == 422
    assert visitor.post(at, {"outcome": "lapsed", "reason": "Two are left."}).status_code == 303
    told = text_of(visitor.get(page))
    assert "Two are left." in told
    assert "kept once, lapsed since" in text_of(visitor.get("/businesses/bella"))


def test_an_organizer_answers_a_request_for_time(visitor: Visitor, story: Story, promises: list[Obligation]):
    producers = by_kind(promises, "action")
    later = producers.due_on + timedelta(days=30)
    story.do(businesses.ask_extension, story.shops["bella"], producers.id, later, "Hail")
    at = f"/promises/{producers.id}/extension"
    visitor.sign_in("owner@example.org")
    assert "The business asks for time until" in text_of(visitor.get(at))
    assert visitor.post(at, {}).status_code == 422
    assert visitor.post(at, {"accept": "yes"}).status_code == 303
    assert "first promised for" in text_of(visitor.get(f"/promises/{producers.id}"))
    assert "Nobody asks for more time" in text_of(visitor.get(at))


def test_the_badge_says_what_it_takes_and_its_picture_never_boasts_without_it(
    visitor: Visitor, story: Story, promises: list[Obligation]
):
    page = visitor.get("/businesses/bella/badge")
    assert "Not carried now" in text_of(page)
    assert "Too few promises are kept yet" in text_of(page)
    assert "/businesses/bella/badge.svg" in page.text
    for form, kind in (("svg", "image/svg+xml"), ("png", "image/png")):
        drawn = visitor.get(f"/businesses/bella/badge.{form}")
        assert (drawn.status_code, drawn.headers["content-type"]) == (200, kind)
        assert drawn.headers["cross-origin-resource-policy"] == "cross-origin"
    assert visitor.get("/businesses/bella/badge.gif").status_code == 404
    told = visitor.get("/api/v1/businesses/bella").json()
    assert told["badge"] == {"earned": False, "kept": 0, "needed": 3, "against": ["too_few"]}
    assert told["by_topic"]["other"]["open"] == 2
    assert "Its promises so far: none has fallen due yet" in text_of(visitor.get(f"/campaigns/{story.slug}/bids"))
    (bid,) = visitor.get(f"/api/v1/campaigns/{story.slug}/bids").json()["items"]
    assert bid["record"]["open"] == 2


def test_a_business_shows_its_word_with_what_is_overdue(visitor: Visitor, story: Story, promises: list[Obligation]):
    money = by_kind(promises, "share")
    story.file("bella", money, "700.29")
    story.judge(money, Verdict.KEPT)
    story.clock.set(by_kind(promises, "action").due_at + timedelta(days=2))
    told = text_of(visitor.get("/businesses/bella"))
    assert "2 promises in 1 campaign. 2 have fallen due. 0 of 2 were kept on time and seen by independent eyes" in told
    assert "kept, by own account only" in told
    assert "2 promises, 1 of them kept so far" in told


def test_who_only_took_an_invitation_up_is_not_listed(visitor: Visitor, story: Story):
    story.open()
    story.claim("shy")
    story.bid("bella", share("35"))
    told = text_of(visitor.get("/businesses"))
    assert "bella" in told
    assert "shy" not in told


def test_a_business_whose_sealed_bid_was_opened_is_listed_and_not_before(visitor: Visitor, story: Story):
    story.open(make_bidding(mode=Mode.SEALED))
    story.bid("bella", share("35"))
    assert "bella" not in text_of(visitor.get("/businesses"))
    story.wait(days=6)
    assert "bella" in text_of(visitor.get("/businesses"))


def test_the_list_of_businesses_asks_each_room_once(visitor: Visitor, story: Story):
    story.open()
    story.bid("bella", share("35"))

    def queries() -> int:
        count = 0

        def note(*_: object) -> None:
            nonlocal count
            count += 1

        event.listen(visitor.site.db.engine, "before_cursor_execute", note)
        try:
            visitor.get("/businesses")
        finally:
            event.remove(visitor.site.db.engine, "before_cursor_execute", note)
        return count

    with_one = queries()
    story.bid("marta", share("36"))
    assert queries() == with_one <= 4
