"""The bargain and the promises as pages show them, made from values alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from accounts.rules import Member, Role
from businesses.commitments import Checker
from businesses.followthrough import Given, Verdict
from campaigns.values import Goal, GoalKind
from core.clock import FixedClock
from tests.factories import DUE, NOW, action, make_campaign, make_obligation, share
from web.views import promises
from web.views.bargain import bargain
from web.views.promises import Reader, Stamp

READER = Reader("en", "en", "Europe/Berlin")
VOGT = Member("m", "p", "vogt@example.org", "Anke Vogt", Role.MONITOR, "the climate fund", "")


def goal(amount: str) -> Goal:
    return Goal(GoalKind.TAKINGS, Decimal(amount))


def test_the_bargain_says_who_will_do_what_if_how_much_is_spent_when():
    said = bargain(make_campaign(goal=goal("5000")), ["Bella Café"], [share("22"), action()])
    bargain_words = "Bella Café will stock 15 more certified local producers if we spend €5,000 on Saturday 10 April"
    assert said.words == bargain_words
    assert said.pieces[:3] == (("who", "Bella Café"), ("join", "will"), ("", "stock 15 more certified local producers"))


def test_a_promise_of_money_stands_in_the_bargain_where_there_is_no_deed():
    said = bargain(make_campaign(), ["A", "B", "C"], [share("22")])
    assert said.words.startswith("A, B and C will each do what they have promised")
    assert "if we come on" in said.words


def test_before_the_award_the_title_is_the_headline():
    assert bargain(make_campaign(title="Who bakes best?"), [], []).words == "Who bakes best?"


def test_a_german_campaign_speaks_german_and_puts_the_verb_last():
    said = bargain(make_campaign(goal=goal("5000"), language="de"), ["Bella"], [share("22")])
    assert said.words.endswith("ausgeben")
    assert said.lang == "de"


def test_several_winners_are_spoken_of_in_the_plural():
    said = bargain(make_campaign(goal=goal("5000"), language="de"), ["A", "B"], [share("22")])
    assert said.words.startswith("A und B werden jeweils halten, was versprochen ist")


def test_each_promise_names_its_date_its_proof_and_who_checks():
    first, second = promises.promised([action(checker=Checker.MONITOR), share("22")], replace(READER, monitors=(VOGT,)))
    assert (first.label, second.label) == ("Promise 1 of 2", "Promise 2 of 2")
    assert first.stamp == Stamp("not_due")
    details = dict(first.details)
    assert details["Due"] == "30 September 2027"
    assert "Anke Vogt, independent. Paid by: the climate fund" in details.values()


def test_words_in_another_language_are_marked():
    (slip,) = promises.promised([action(proof=("<b>Liste</b>",))], replace(READER, lang="de"))
    assert dict(slip.details)["Proof"] == '<span lang="de">&lt;b&gt;Liste&lt;/b&gt;</span>'


def test_lateness_stands_in_the_stamp():
    held = make_obligation()
    assert promises.stamp(held, held.due_at + timedelta(days=13), "en") == Stamp("late", "Late by 14 days")


def test_a_verdict_without_independent_eyes_is_an_own_account():
    kept = Given(Verdict.KEPT, NOW, "organizer", "parties", "seen")
    assert promises.stamp(make_obligation(verdicts=(kept,)), NOW, "en") == Stamp("kept", "", own=True)


def test_a_number_partly_kept_is_shown_with_its_whole():
    partly = Given(Verdict.PARTLY_KEPT, NOW, "monitor", "independent", "counted", Decimal(11), Decimal(15))
    assert promises.stamp(make_obligation(verdicts=(partly,)), NOW, "en").words == "Partly kept 11 of 15"


def test_an_extended_date_keeps_the_first_one_visible():
    held = make_obligation(due_on=DUE + timedelta(days=30))
    (slip,) = promises.followed([held], NOW, READER)
    assert dict(slip.details)["Due"] == "30 October 2027; first promised for 30 September 2027"


def test_time_is_a_parameter(clock: FixedClock):
    held = make_obligation()
    assert promises.stamp(held, clock.instant, "en") == Stamp("not_due")
