"""Who may bid: the campaign's questions are answered by everybody, and a needed answer binds."""

from __future__ import annotations

import pytest

from businesses.rules import check_offer, unsaid_stays
from businesses.values import Answer
from campaigns import codec
from campaigns.values import Campaign, Question, Rule
from core.errors import Invalid
from core.wire import encode
from tests.factories import make_bidding, make_campaign, make_offer, recorded_baseline, share, with_named_business

WAGE = Question("Do you pay everybody the local living wage?", "yes")
CHAIN = Question("Do you belong to a chain?", "no")
SINCE = Question("Were you here before 2020?")


def asking(*questions: Question) -> Campaign:
    return make_campaign(bidding=make_bidding(questions=questions))


def refused(campaign: Campaign, *answers: str) -> str:
    """The field that is refused; "" where the offer may be placed."""
    try:
        check_offer(campaign, make_offer(answers=tuple(map(Answer, answers))))
    except Invalid as wrong:
        return wrong.field
    return ""


def test_every_question_is_answered_once():
    asked = asking(WAGE, SINCE)
    assert refused(asked) == "answers.0"
    assert refused(asked, "yes") == "answers.1"
    assert refused(asked, "yes", "no") == ""
    assert refused(asked, "yes", "no", "no") == "answers"


def test_only_the_needed_answer_may_bid_and_the_refusal_names_the_question():
    assert refused(asking(WAGE, CHAIN), "no", "no") == "answers.0"
    assert refused(asking(WAGE, CHAIN), "yes", "yes") == "answers.1"
    assert refused(asking(WAGE, CHAIN), "yes", "no") == ""


def test_minimum_and_answers_bind_before_anything_is_compared():
    """So that one bid alone, for which jury and vote are skipped, has met them as well."""
    campaign = make_campaign(bidding=make_bidding(rule=Rule.VOTE, questions=(WAGE,)))
    assert refused(campaign, "no") == "answers.0"


def test_where_nothing_is_asked_nothing_is_answered():
    assert refused(make_campaign()) == ""
    assert refused(with_named_business()) == ""
    assert refused(with_named_business(), "yes") == "answers"


def test_a_raise_need_not_repeat_what_was_said():
    held = make_offer(answers=(Answer("yes", "since May"),), venue="Corner 1", baseline=recorded_baseline("1200"))
    raised = unsaid_stays(held, make_offer(share("30")))
    assert (raised.answers, raised.venue, raised.baseline) == (held.answers, "Corner 1", held.baseline)
    assert unsaid_stays(held, make_offer(venue="Corner 2")).venue == "Corner 2"


@pytest.mark.parametrize(("text", "needed", "field"), [(" ", None, "text"), ("Why?", "perhaps", "needed")])
def test_a_question_has_words_and_is_answered_by_yes_or_no(text: str, needed: str | None, field: str):
    with pytest.raises(Invalid) as wrong:
        Question(text, needed)
    assert wrong.value.field == field
    with pytest.raises(Invalid):
        Answer("perhaps")


def test_there_are_ten_questions_at_most():
    with pytest.raises(Invalid) as wrong:
        asking(*[SINCE] * 11)
    assert wrong.value.field == "questions"


def test_rules_read_back_as_they_were_frozen_and_older_ones_without_what_came_later():
    held = make_bidding(questions=(WAGE, SINCE), extend_by=3)
    told = encode(held)
    assert codec.bidding(told) == held
    for name in ("questions", "extend_by", "extend_at_most"):
        del told[name]
    older = codec.bidding(told)
    assert (older.questions, older.extend_by, older.latest_closing) == ((), 0, held.closes_at)
