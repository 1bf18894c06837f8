"""The promise linter: each rule with promises that it names, and with promises that it must leave alone."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from businesses.commitments import Action, Basis, Checker, Commitment, Fixed, PerUnit, Share, Step, StepKind
from businesses.linter import RULES, Comparable, Surroundings, lint
from businesses.measures import Measure
from campaigns.tally import DayFigures
from core import formats
from core.errors import Invalid
from core.i18n import LOCALES
from core.money import Money
from tests.factories import DUE, action, day, eur, fixed, per_unit, rung, share

GOOD: dict[str, Any] = {"definition": "Within 50 km.", "proof": ("a list",), "checker": Checker.MONITOR}
PAID: dict[str, Any] = {"purpose": "LED lamps", "proof": ("invoices",), "checker": Checker.MONITOR}
ARCHIVE = (
    Comparable("Berlin 2009", "/archive/C3", Decimal(35), Basis.GROSS),
    Comparable("Cologne 2010", "/archive/C10", Decimal(75), Basis.GROSS),
    Comparable("Toronto 2010", "/archive/C9", Decimal(100), Basis.GROSS),
    Comparable("Toronto 2010", "/archive/C9", Decimal(15), metric="Local Food Plus products"),
    Comparable("San Francisco 2008", "/archive/C1", Decimal(22), Basis.NET),
)


def codes(held: Commitment, **around: Any) -> list[str]:
    return [hint.code for hint in lint(held, Surroundings(**around))]


def said(held: Commitment, code: str, locale: str = "en", **around: Any) -> str:
    return next(formats.say(h.words, locale) for h in lint(held, Surroundings(**around)) if h.code == code)


@pytest.mark.parametrize(
    "held",
    [
        action(**GOOD),
        action("8", "20", **GOOD | {"verb": "hand out", "metric": "single-use cups a day"}),
        action("5", "0", **GOOD | {"verb": "install", "metric": "solar panels"}),
        share("35", **PAID),
        share("50", Basis.PROFIT, **PAID),
        per_unit("0.50", **PAID),
        fixed("500", **PAID, measures=(Measure("A ramp", eur("500")),)),
    ],
)
def test_a_precise_promise_gets_no_hint(held: Commitment):
    assert codes(held, none_today=True, money_on=DUE - timedelta(days=1), expected=day("2000")) == []


@pytest.mark.parametrize(
    "verb",
    ["support", "Promote", "try to use", "consider", "aim for", "raise awareness of", "improve", "work towards",
     "unterstützen", "fördern", "versuchen", "uns bemühen um", "verbessern", "Bewusstsein schaffen für"],
)  # fmt: skip
def test_a_vague_verb_is_named(verb: str):
    held = action(**GOOD | {"verb": verb})
    assert codes(held) == ["vague_verb"]
    assert verb in said(held, "vague_verb")


@pytest.mark.parametrize("verb", ["stock", "retry", "import", "entry-fit", "einbauen", "bezahlen", "ersetzen", "serve"])
def test_a_verb_that_can_be_counted_is_left_alone(verb: str):
    assert codes(action(**GOOD | {"verb": verb})) == []


def test_more_than_what_is_asked_unless_none_was_said():
    assert codes(action("15", "0", **GOOD)) == ["no_baseline"]
    assert codes(action("15", "0", **GOOD), none_today=True) == []


def test_extra_takings_need_an_ordinary_day():
    assert codes(share("50", Basis.EXTRA, **PAID)) == ["no_baseline"]
    assert codes(share("50", Basis.EXTRA, **PAID), ordinary=True) == []


def test_what_counts_is_asked_and_what_money_is_for():
    assert codes(action(**GOOD | {"definition": ""})) == ["no_definition"]
    assert codes(share("35", **PAID | {"purpose": ""})) == ["no_definition"]
    assert codes(fixed("500", **PAID | {"purpose": ""}, measures=(Measure("A ramp", eur("400")),))) == []


@pytest.mark.parametrize(
    ("verb", "metric"), [("hire", "apprentices"), ("stock", "local producers"), ("pflanzen", "Bäume")]
)
def test_more_of_something_that_ends_below_today_is_named(verb: str, metric: str):
    held = action("8", "12", **GOOD | {"verb": verb, "metric": metric})
    assert codes(held) == ["below_baseline"]
    assert said(held, "below_baseline").startswith("8 is less than today’s 12.")


@pytest.mark.parametrize(
    ("verb", "metric"), [("stock", "products with palm oil"), ("sell", "non-organic eggs"), ("use", "kilowatt-hours")]
)
def test_less_of_something_that_is_meant_to_shrink_is_left_alone(verb: str, metric: str):
    assert codes(action("8", "12", **GOOD | {"verb": verb, "metric": metric})) == []


def test_a_share_below_half_of_the_known_ones_names_the_nearest_above():
    low = share("20", **PAID)
    assert said(low, "below_comparable", comparables=ARCHIVE) == (
        "Berlin 2009 gave 35%. 3 known promises of this kind are higher."
    )
    assert lint(low, Surroundings(comparables=ARCHIVE))[0].see == "/archive/C3"
    assert said(share("75", **PAID), "below_comparable", comparables=ARCHIVE[1:3]) == "Toronto 2010 gave 100%."


def test_a_share_among_the_higher_ones_and_a_basis_nobody_promised_are_left_alone():
    assert codes(share("75", **PAID), comparables=ARCHIVE) == []
    assert codes(share("50", match="100", **PAID), comparables=ARCHIVE) == []
    assert codes(share("5", Basis.PROFIT, **PAID), comparables=ARCHIVE) == []
    assert codes(share("22", Basis.NET, **PAID), comparables=ARCHIVE) == []


def test_fewer_than_others_of_the_same_kind_is_named():
    held = action("15", "12", **GOOD)
    assert said(held, "below_comparable", comparables=ARCHIVE) == "Toronto 2010 promised 15 Local Food Plus products."
    assert codes(action("27", "12", **GOOD), comparables=ARCHIVE) == []
    assert codes(action("15", "12", **GOOD | {"metric": "parking places"}), comparables=ARCHIVE) == []
    assert codes(action("12", "15", **GOOD | {"metric": "food scraps"}), comparables=ARCHIVE) == []


def test_a_date_before_the_till_can_be_confirmed_is_named():
    early = {"money_on": DUE}
    assert codes(share("35", **PAID), **early) == ["before_the_money"]
    assert codes(action(**GOOD, ladder=(rung("5000", "32"),)), **early) == ["before_the_money"]
    assert codes(action(**GOOD, ladder=(rung("300", "32", StepKind.HEADCOUNT),)), **early) == []
    assert codes(fixed("500", **PAID), **early) == []
    assert codes(share("35", **PAID), money_on=DUE - timedelta(days=1)) == []
    assert lint(share("35", **PAID, due_weeks=1), Surroundings(money_on=DUE))[0].field == "due_weeks"


def test_works_that_cost_more_than_the_expected_day_gives_are_named():
    works = (Measure("A cooler", eur("800")),)
    assert codes(share("35", **PAID, measures=works), expected=day("2000")) == ["beyond_the_money"]
    assert codes(share("40", **PAID, measures=works), expected=day("2000")) == []
    assert codes(share("35", **PAID, measures=works)) == []
    assert codes(share("35", Basis.PROFIT, **PAID, measures=works), expected=day("2000")) == []
    assert codes(fixed("500", **PAID, measures=works)) == ["beyond_the_money"]
    assert codes(per_unit("0.50", **PAID, measures=works), expected=day("2000", units=100)) == ["beyond_the_money"]


@pytest.mark.parametrize("proof", [(), ("our word",), ("Trust us",), ("Ehrenwort", "Selbstauskunft")])
def test_a_proof_that_nobody_could_check_is_named(proof: tuple[str, ...]):
    assert codes(action(**GOOD | {"proof": proof})) == ["no_proof"]


def test_supporters_cannot_look_into_the_books():
    books = GOOD | {"proof": ("payroll",), "checker": Checker.SUPPORTERS}
    assert codes(action(**books)) == ["no_proof"]
    assert codes(action(**books | {"checker": Checker.MONITOR})) == []
    assert codes(action(**books | {"proof": ("payroll", "shelf list")})) == []
    assert codes(action(**GOOD | {"proof": ("our word", "photos")})) == []


def test_organizers_eyes_alone_earn_no_badge():
    assert codes(share("35", **PAID | {"checker": Checker.ORGANIZER})) == ["own_eyes"]


def test_counting_attention_or_a_big_round_number_is_named():
    assert codes(action("500", "20", **GOOD | {"metric": "followers on social media"})) == ["vanity"]
    assert "vanity" in codes(action("10000", "0", verb="plant", metric="seeds"))
    assert codes(action("1240", "1000", **GOOD)) == []
    assert codes(action("1000", "240", **GOOD)) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_hint_names_a_field_and_can_be_said(locale: str):
    worst = [
        action(
            "10000", "0", verb="support", metric="likes", ladder=(rung("5000", "20000"),), checker=Checker.ORGANIZER
        ),
        share("1", Basis.EXTRA, checker=Checker.ORGANIZER, measures=(Measure("A cooler", eur("800")),)),
        action("8", "12", verb="hire"),
        action("13", "12", metric="local food", proof=("our word",)),
    ]
    around = Surroundings(money_on=DUE, expected=day("100", baseline="50"), comparables=ARCHIVE)
    hints = [hint for held in worst for hint in lint(held, around)]
    assert {hint.code for hint in hints} == {rule.__name__ for rule in RULES}
    assert all(hint.field and formats.say(hint.words, locale) for hint in hints)


numbers = st.decimals(min_value=0, max_value=10**12, places=3)
texts = st.sampled_from(["", "our word", "payroll", "likes", "local food", "Bäume", "x" * 40]) | st.text(max_size=8)
amounts = st.builds(Money, st.integers(1, 10**12), st.sampled_from(["EUR", "JPY", "KWD"]))
common: dict[str, st.SearchStrategy[Any]] = {
    "id": st.just("one"),
    "purpose": texts,
    "due_on": st.dates(),
    "proof": st.lists(texts, max_size=3).map(tuple),
    "checker": st.sampled_from([Checker.ORGANIZER, Checker.MONITOR, Checker.SUPPORTERS]),
    "measures": st.lists(st.builds(Measure, texts.filter(str.strip), amounts), max_size=3).map(tuple),
}
filled = texts.filter(str.strip)


@st.composite
def actions(draw: st.DrawFn) -> Action:
    fields: dict[str, Any] = {name: draw(values) for name, values in common.items()}
    steps = draw(st.lists(st.builds(Step, st.sampled_from(StepKind), numbers, numbers), max_size=2))
    words: dict[str, Any] = {
        "verb": draw(filled),
        "metric": draw(filled),
        "definition": draw(texts),
        "unit": draw(texts),
    }
    try:
        return Action(baseline=draw(numbers), target=draw(numbers), ladder=tuple(steps), **words, **fields)
    except Invalid:
        return Action(baseline=Decimal(1), target=Decimal(0), **words, **fields)


commitments = st.one_of(
    actions(),
    st.builds(
        Share, share=numbers.filter(lambda n: 0 < n <= 10_000), basis=st.sampled_from(Basis), match=numbers, **common
    ),
    st.builds(PerUnit, amount=amounts, unit=filled, **common),
    st.builds(Fixed, amount=amounts, **common),
)
around_them = st.builds(
    Surroundings,
    money_on=st.none() | st.dates(),
    expected=st.none() | st.builds(DayFigures, takings=st.builds(Money, st.integers(0, 10**9), st.just("EUR"))),
    ordinary=st.booleans(),
    none_today=st.booleans(),
    comparables=st.lists(
        st.builds(Comparable, texts, texts, numbers, st.none() | st.sampled_from(Basis), texts), max_size=4
    ).map(tuple),
)


@settings(max_examples=50)
@given(commitments, around_them)
def test_the_linter_never_raises_and_every_hint_can_be_read(held: Commitment, around: Surroundings):
    for hint in lint(held, around):
        assert formats.say(hint.words, "de")
        assert hint.field in {f.name for f in type(held).__dataclass_fields__.values()}


def test_a_date_is_a_local_day_and_says_which():
    held = share("35", **PAID | {"due_on": date(2027, 4, 12)})
    assert "17 April 2027" in said(held, "before_the_money", money_on=date(2027, 4, 17))
