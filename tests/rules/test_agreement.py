"""The agreement: generated from the bid, the same text every time, and free to be spoken about."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from businesses import words
from businesses.agreement import Terms, compose, sha256
from businesses.commitments import Basis, Checker, StepKind
from businesses.measures import Measure
from businesses.words import PLAIN
from core.i18n import translator
from tests.factories import action, eur, fixed, make_campaign, per_unit, rung, share

PROMISES = (
    share("100", purpose="a heat pump", match="50", measures=(Measure("Boiler", eur("4200")),), proof=("invoice",)),
    action(definition="within 50 km, certified by Bioland", ladder=(rung("5000", "32"),), checker=Checker.MONITOR),
)
SILENCE = re.compile(
    r"silen|confiden|secre|disclos|not (speak|publish|criti|tell|reveal)|consent|schweig|vertraulich|geheim|stillschw",
    re.IGNORECASE,
)
GERMAN = replace(PLAIN, say=translator("de").gettext)


def text_of(*promises, monitors=("Ida Blum: nobody",), speech=PLAIN) -> str:
    held = promises or PROMISES
    return compose(Terms(make_campaign(), "Cafe Morgenrot", held, ("10 April 2027, 10:00",), monitors), speech)


def test_the_agreement_names_both_sides_the_day_and_every_promise():
    said = text_of()
    for part in ("Coffee for the climate", "Cafe Morgenrot", "Berlin", "10 April 2027, 10:00"):
        assert part in said
    assert "1. We will give 100% of the takings that day for a heat pump by 2027-09-30." in said
    assert "2. We will stock 15 more certified local producers than today's 12 by 2027-09-30." in said


def test_what_counts_who_checks_and_what_it_costs_stand_in_it():
    said = text_of()
    assert "What counts: within 50 km, certified by Bioland" in said
    assert "If takings reach 5000, the number is 32." in said
    assert "Proof: invoice" in said
    assert "Checked by the monitor." in said
    assert "- Boiler: 4200.00 EUR" in said
    assert "who pays: Ida Blum: nobody" in said


def test_people_whom_a_promise_affects_stand_in_it():
    assert "It affects The neighbours, who agreed before the award." in text_of(action(affected_group="The neighbours"))


def test_that_nobody_independent_was_named_is_said_too():
    assert "No independent monitor has been named." in text_of(monitors=())


def test_no_clause_asks_for_silence():
    for promises in (PROMISES, (fixed("500"),), (per_unit("0.50"),), (share("1", Basis.EXTRA),)):
        assert not SILENCE.search(text_of(*promises))
        assert not SILENCE.search(text_of(*promises, speech=GERMAN))
    assert "Everybody stays free to speak about it." in text_of()


def test_a_late_proof_and_a_reply_are_provided_for():
    said = text_of()
    assert "late, then unknown" in said
    assert "the business may reply" in said
    assert "the first date stays visible" in said


def test_the_same_bid_gives_the_same_text_and_hash():
    assert text_of() == text_of()
    assert sha256(text_of()) == hashlib.sha256(text_of().encode()).hexdigest()


def test_another_word_gives_another_hash():
    assert sha256(text_of(share("99"))) != sha256(text_of(share("100")))


# Each promise in one sentence


def test_every_kind_of_promise_reads_as_a_sentence():
    assert words.sentence(share("35", Basis.EXTRA), PLAIN) == (
        "We will give 35% of the extra takings over the baseline that day by 2027-09-30."
    )
    assert words.sentence(share("50", match="100"), PLAIN).endswith("This is matched with another 100%.")
    assert words.sentence(per_unit("0.50", purpose="trees"), PLAIN) == (
        "We will give 0.50 EUR for each coffee sold that day for trees by 2027-09-30."
    )
    assert words.sentence(fixed("500"), PLAIN) == "We will give 500.00 EUR, whatever comes in by 2027-09-30."
    assert words.sentence(action("60", "100"), PLAIN) == (
        "We will stock 40 fewer certified local producers than today's 100 by 2027-09-30."
    )
    assert words.sentence(action("15", "0"), PLAIN) == "We will stock 15 certified local producers by 2027-09-30."


def test_after_the_day_the_sentence_names_the_step_that_was_reached():
    promise = action(ladder=(rung("5000", "32"), rung("300", "35", StepKind.HEADCOUNT)))
    assert "20 more" in words.resolved(promise, promise.resolved_target(None, None, 0) + 5, PLAIN)
    assert words.resolved(share("35"), None, PLAIN) == words.sentence(share("35"), PLAIN)
    assert words.ladder(promise, PLAIN) == [
        "If takings reach 5000, the number is 32.",
        "If 300 people come, the number is 35.",
    ]


def test_braces_in_what_a_business_types_are_kept_as_typed():
    assert "for {date} {share}" in words.sentence(share("35", purpose="{date} {share}"), PLAIN)
    assert "stock 15 more {metric}" in words.sentence(action(metric="{metric}"), PLAIN)
