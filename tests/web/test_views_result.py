"""The result as people read it: nothing mixed, nothing guessed, every sum with its terms.."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from businesses.commitments import Basis, Commitment
from businesses.measures import Measure, Shortfall
from campaigns.tally import DoorSums, Tally, Till, TillState
from campaigns.values import Campaign, Goal, GoalKind, State
from core.wire import Json, encode
from tests.factories import (
    action,
    at_the_door,
    campaign_in,
    eur,
    make_bid,
    make_till,
    no_pledges,
    per_unit,
    rung,
    share,
)
from web.views import result
from web.views.result import Teller

GOAL = Goal(GoalKind.TAKINGS, Decimal(2500))
PROMISE = share("35", name="lamps")


def campaign(state: State = State.FOLLOWING) -> Campaign:
    return campaign_in(state, goal=GOAL)


def line(promise: Commitment, formula: str | None, amount: str | None, **more: Any) -> Json:
    return {
        "commitment": promise.id,
        "bid": "bid-1",
        "formula": formula,
        "amount": encode(amount and eur(amount)),
        **more,
    }


def tell(*tills: Till, owed: tuple[Json, ...] = (), door: DoorSums | None = None, state: str = "final") -> Teller:
    counted = Tally(state, no_pledges(), door or at_the_door(), tills, GOAL, owed, expected=1)
    return Teller(campaign(), counted.public(), "en")


def test_owed_stands_below_its_terms_with_the_formula_as_computed() -> None:
    told = tell(make_till("2000.84"), owed=(line(PROMISE, "35% x 2000.84 = 700.29", "700.29"),))
    (owed,) = result.owed(told, [make_bid(PROMISE)])
    assert owed.rows == (("Till total", "€2,000.84"), ("promised share", "× 35%"))
    assert (owed.amount, owed.formula, owed.note) == ("€700.29", "35% x 2000.84 = 700.29", "")


def test_what_is_taken_off_before_the_share_is_shown() -> None:
    net, extra = share("60", Basis.NET, name="net"), share("50", Basis.EXTRA, name="extra")
    lines = (line(net, "f", "1"), line(extra, "f", "1"), line(per_unit("0.50"), "f", "1"))
    told = tell(make_till("2000.84", tax="319.46", baseline="640", units=140), owed=lines)
    net_terms, extra_terms, coffee_terms = (
        each.rows for each in result.owed(told, [make_bid(net, extra, per_unit("0.50"))])
    )
    assert net_terms[1] == ("less tax", "-€319.46")
    assert extra_terms[1] == ("less an ordinary day", "-€640.00")
    assert coffee_terms == (("Sold", "140"), ("for each coffee", "× €0.50"))


def test_unknown_disputed_and_hidden_are_said_and_never_guessed() -> None:
    unknown, hidden = line(PROMISE, "35% x ? = ?", None), line(PROMISE, None, "700.29")
    low, high = encode(eur("600.00")), encode(eur("700.29"))
    disputed = line(PROMISE, "35% x 2000.84 = 700.29", None, range={"low": low, "high": high})
    shown = [
        result.owed(tell(make_till(), owed=(each,)), [make_bid(PROMISE)])[0] for each in (unknown, hidden, disputed)
    ]
    assert [each.amount for each in shown] == ["Not computable", "€700.29", "€600.00 to €700.29"]
    assert all(each.note for each in shown)


def test_owed_money_goes_down_the_works_first_things_first() -> None:
    works = (Measure("Pipes", eur("500")), Measure("Wall", eur("900")))
    promise = replace(PROMISE, measures=works, shortfall=Shortfall.TOP_UP)
    told = tell(make_till(), owed=(line(promise, "f", "700.29"), line(promise, "35% x ? = ?", None)))
    bought, unknown = (each.works for each in result.owed(told, [make_bid(promise)]))
    assert bought
    assert bought.rows == (
        ("Pipes", "€500.00 of €500.00", "Paid"),
        ("Wall", "€200.29 of €900.00", "Paid, the business adds €699.71"),
    )
    assert bought.total == ("Together", "€700.29 of €1,400.00", "")
    assert bought.notes[0] == "On top of what is owed, the business pays €699.71 by its own rule."
    assert unknown
    assert unknown.rows[0] == ("Pipes", "€500.00", "Not computable")
    assert unknown.notes[0] == "What the money buys is not computable yet."


def test_a_missing_till_is_unknown_and_a_disputed_one_has_two_figures() -> None:
    names = {"shop-of-bid-1": "Bella Café"}
    (missing,) = result.tills(tell(), names)
    assert (missing.takings, missing.state) == ("Unknown", "unknown")
    told = tell(make_till(state=TillState.DISPUTED, counter_takings="1714.50"))
    (disputed,) = result.tills(told, names)
    assert (disputed.takings, disputed.other) == ("€2,000.84", "€1,714.50")
    (hidden,) = result.tills(tell(make_till(visibility="checker")), names)
    assert hidden.takings == "Known to the checker only"


def test_a_day_below_an_ordinary_one_is_shown_like_one_above() -> None:
    less = result.uplift(tell(make_till("500", baseline="640")), "four Saturdays")
    assert less
    assert less.result == ("Uplift", "-€140.00")
    assert less.rows[1] == ("Ordinary day: four Saturdays", "-€640.00")
    assert result.uplift(tell(make_till("500")), "") is None
    assert result.uplift(tell(), "") is None


def test_the_gap_is_told_both_ways() -> None:
    assert (
        result.gap(tell(make_till("500"), door=at_the_door(40, "450"))) == "The door noted €50.00 less than the till."
    )
    assert (
        result.gap(tell(make_till("500"), door=at_the_door(40, "520"))) == "The door noted €20.00 more than the till."
    )
    assert (
        result.gap(tell(make_till("500"), door=at_the_door(40, "500"))) == "The door noted exactly what the till says."
    )
    assert result.gap(tell()) == ""


def test_the_goal_and_the_steps_are_judged_on_the_till() -> None:
    ladder = action(ladder=(rung("2000", "32"), rung("4000", "40")))
    shown = result.ladder(tell(make_till("2500.01")), [ladder, PROMISE])
    assert shown
    assert shown.steps == (
        ("€2,000", "32 certified local producers. Reached."),
        ("€2,500", "The goal. Reached."),
        ("€4,000", "40 certified local producers. Not reached."),
    )
    assert result.goal(tell(make_till("2499.99"))) == "The goal was not reached."
    assert result.goal(tell()) == "Whether the goal was reached is not known."
    assert result.ladder(tell(), [ladder]) is None


def test_the_headline_never_calls_interim_final() -> None:
    names = ["Bella Café"]
    assert result.headline(tell(door=at_the_door(95), state="live"), names) == "95 people have come so far."
    assert result.headline(tell(state="interim"), names) == "The doors are closed. The till total is still to come."
    told = tell(make_till(), state="interim")
    assert result.headline(told, names) == "The till says €2,000.84. This is not final yet."
    owed = (line(PROMISE, "f", "700.29"),)
    assert result.headline(tell(make_till(), owed=owed), names) == "You spent €2,000.84. Bella Café now owes €700.29."


def test_a_correction_shows_both_figures() -> None:
    told = [("takings", "2100.00", "2000.84", "a slip", "16 June"), ("units", None, "140", "found", "17 June")]
    first, second = result.corrections(tell(make_till()), told)
    assert (first.figure, first.was, first.now) == ("Takings", "€2,100.00", "€2,000.84")
    assert (second.was, second.now) == ("Unknown", "140")


def test_a_goal_of_people_or_things_is_told_in_figures() -> None:
    for kind, words in (
        (GoalKind.HEADCOUNT, "The goal was not reached: 40 of 150 people came."),
        (GoalKind.UNITS, "The goal was reached: 1,410 of 150 were sold."),
    ):
        goal = Goal(kind, Decimal(150))
        door = DoorSums(40, eur("0"), 0)
        tally = Tally("final", no_pledges(), door, (make_till(units=1410),), goal, expected=1).public()
        assert result.goal(Teller(campaign_in(State.FOLLOWING, goal=goal), tally, "en")) == words


def test_people_counted_apart_are_named_apart() -> None:
    told = tell(make_till())
    told.tally |= {"joined_late": {"people": 31}, "without_address": {"people": 1}}
    assert result.apart(told) == [
        "31 people joined late, counted apart.",
        "1 came without an address, counted apart.",
    ]
    share = "10 people were asked at the door. Would have bought here anyway: 6 (60%)."
    assert result.anyway(tell(make_till(), door=DoorSums(40, eur("0"), 0, asked=10, anyway=6))) == share
    assert result.anyway(tell(make_till())) == ""
