"""The library of template commitments: each one becomes a promise that the rules accept and the linter likes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from businesses.commitments import Action, Checker
from businesses.library import LIBRARY, TOPICS, Template, by_topic, codec
from businesses.linter import Surroundings, lint
from core.errors import Invalid
from core.i18n import LOCALES, translator
from tests.factories import DUE

OWN = {
    "topic": "energy", "title": "Doors", "verb": "close", "metric": "metres of shelving with doors",
    "direction": "more", "definition": "Doors that close by themselves.", "baseline_question": "How many today?",
    "proof": "invoices, photos", "checker": "monitor", "due_weeks": "26", "how_to": "1. Measure.",
}  # fmt: skip


def promise(held: Template) -> Action:
    """The template with numbers filled in: ten today, four more or fewer."""
    return Action(
        id=held.id,
        due_on=DUE + timedelta(weeks=held.due_weeks),
        verb=held.verb,
        metric=held.metric,
        unit=held.unit,
        definition=held.definition,
        baseline=Decimal(10),
        target=Decimal(14 if held.more else 6),
        proof=held.proof,
        checker=held.checker,
        affected_group=held.affected_group or None,
    )


def test_every_topic_has_two_to_four_templates_and_every_template_an_address_of_its_own():
    assert {topic: 2 <= len(held) <= 4 for topic, held in by_topic(LIBRARY).items()} == dict.fromkeys(TOPICS, True)
    assert len({held.id for held in LIBRARY}) == len(LIBRARY) == 21


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("held", LIBRARY, ids=lambda held: held.id)
def test_a_template_with_numbers_is_a_promise_without_a_hint(held: Template, locale: str):
    said = held.said(translator(locale).gettext)
    assert lint(promise(said), Surroundings()) == ()
    fits = codec.wire(said) | {"how_to": ""}
    assert codec.template(fits, held.id).definition == said.definition


@pytest.mark.parametrize("held", LIBRARY, ids=lambda held: held.id)
def test_a_template_says_how_it_is_done_what_it_costs_and_who_advises(held: Template):
    way = held.how_to
    assert way.steps
    assert way.advice
    assert way.cost
    assert "estimate" in way.cost_from
    assert held.checker != Checker.ORGANIZER


def test_what_concerns_other_people_names_them():
    consent = [held for held in LIBRARY if held.topic == "consent"]
    assert all(held.affected_group and held.checker == Checker.AFFECTED for held in consent)


def test_an_organizers_template_comes_back_as_it_was_written():
    made = codec.template(OWN, "own")
    assert made.proof == ("invoices", "photos")
    assert codec.stored(codec.wire(made)) == made


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"topic": "weather"}, "topic"),
        ({"title": " "}, "title"),
        ({"verb": "x" * 61}, "verb"),
        ({"definition": ""}, "definition"),
        ({"baseline_question": ""}, "baseline_question"),
        ({"direction": "sideways"}, "direction"),
        ({"proof": " , "}, "proof"),
        ({"checker": "nobody"}, "checker"),
        ({"checker": "affected"}, "affected_group"),
        ({"due_weeks": "0"}, "due_weeks"),
        ({"due_weeks": "2.5"}, "due_weeks"),
        ({"due_weeks": "soon"}, "due_weeks"),
        ({"due_weeks": "521"}, "due_weeks"),
    ],
)
def test_a_template_that_lacks_something_names_it(changes: dict[str, str], field: str):
    with pytest.raises(Invalid) as refused:
        codec.template(OWN | changes, "own")
    assert [error.field for error in refused.value.errors] == [field]


def test_all_that_is_wrong_with_a_template_is_said_at_once():
    with pytest.raises(Invalid) as refused:
        codec.template({}, "own")
    named = {error.field for error in refused.value.errors}
    assert named == {"topic", "title", "verb", "metric", "definition", "baseline_question", "proof", "due_weeks"}
