"""Keeping the word in the database: obligations arise from the final tally, people file and look."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from accounts.rules import Role
from businesses import queries, service
from businesses.commitments import Checker, StepKind
from businesses.followthrough import Obligation, Standing, Verdict, standing
from campaigns.values import State
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.at_once import at_once
from tests.factories import DUE, LAST, action, eur, rung, share
from tests.scene import KEYS, Scene
from web.trips import counting


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def judge(scene: Scene, who: str, promise: Obligation, verdict: Verdict, reason: str = "we counted") -> Obligation:
    person = scene.person(who)
    with scene.doing() as session:
        return service.give_verdict(session, scene.clock, person, promise.id, verdict, reason)


def reread(scene: Scene, promise: Obligation) -> Obligation:
    with scene.database.reading() as session:
        return queries.obligation(session, promise.id)


# They arise


def test_every_commitment_of_the_winner_becomes_an_obligation_of_the_final_tally(scene: Scene):
    money, producers = scene.counted(share("35"), action(ladder=(rung("2000", "30"),)))
    by_kind = {o.commitment.kind: o for o in (money, producers)}
    assert by_kind["share"].owed == eur("700.29")
    assert by_kind["action"].target == 30
    assert by_kind["action"].words.startswith("We will stock 18 more certified local producers than today's 12")
    assert all(o.due_on == o.first_due_on == DUE for o in (money, producers))
    assert scene.state == State.FOLLOWING
    facts = scene.record("TallyFinalized", "ObligationArose", "FollowingBegan")
    assert [f.kind for f in facts] == ["TallyFinalized", "ObligationArose", "ObligationArose", "FollowingBegan"]
    assert facts[0].body["tally"]["owed"][0]["formula"] == "35% x 2000.84 = 700.29"


def test_a_ladder_by_heads_counts_who_came_to_the_door(scene: Scene):
    (promise,) = scene.counted(action(ladder=(rung("1", "40", StepKind.HEADCOUNT),)))
    assert promise.target == 27


def test_losers_of_the_auction_owe_nothing(scene: Scene):
    scene.open()
    scene.bid("abendrot", share("10"))
    scene.bid("morgenrot", share("20"))
    scene.agreed()
    scene.wait_until(LAST)
    scene.declare("morgenrot", "1000")
    scene.finalize()
    (promise,) = scene.obligations()
    assert (promise.business, promise.owed) == (scene.shops["morgenrot"].id, eur("200"))


def test_a_correction_computes_again_and_the_first_figures_stay(scene: Scene):
    (promise,) = scene.counted(share("35"))
    owner, window = scene.person(), scene.window()
    body = {"window": window, "field": "takings", "value": "2100.00", "reason": "a roll was found"}
    with scene.doing() as session:
        counting.correct(session, scene.clock, owner, scene.slug, body)
    assert reread(scene, promise).owed == eur("735")
    tally = scene.tally()
    assert tally["owed"][0]["amount"]["amount"] == "735.00"
    (line,) = tally["corrections"]
    assert (line["was"], line["value"], line["reason"]) == ("2000.84", "2100.00", "a roll was found")
    (arose,) = scene.record("ObligationArose")
    (revised,) = scene.record("ObligationRevised")
    assert arose.body["owed"]["amount"] == "700.29"
    assert revised.body["owed"]["amount"] == "735.00"


def test_the_tally_is_final_once(scene: Scene):
    scene.counted(share("35"))
    with pytest.raises(Conflict):
        scene.finalize()
    assert len(scene.obligations()) == 1


def test_two_who_finalize_at_once_make_one_tally(scene: Scene):
    scene.open()
    scene.bid("morgenrot", share("35"))
    scene.agreed()
    scene.wait_until(LAST)
    scene.declare("morgenrot", "2000.84")
    owner = scene.person()

    def finalize(_: int) -> str:
        try:
            with scene.database.writing() as session:
                return counting.finalize(session, scene.clock, owner, scene.slug).state.value
        except Conflict:
            return "refused"

    assert sorted(at_once(4, finalize)) == ["final", "refused", "refused", "refused"]
    assert len(scene.record("TallyFinalized")) == len(scene.obligations()) == 1


# Evidence


def test_the_business_files_evidence_and_it_is_public(scene: Scene):
    (promise,) = scene.counted(action())
    filed = scene.file(promise, "20", list=["not read"], items=["Hof A", "Hof B"], url="https://example.org/list")
    (evidence,) = filed.evidence
    assert (evidence.value, evidence.items, evidence.url) == (20, ("Hof A", "Hof B"), "https://example.org/list")
    assert standing(filed, scene.now) == Standing.IN_PROGRESS
    assert scene.record("EvidenceFiled")[0].body["items"] == ["Hof A", "Hof B"]


@pytest.mark.parametrize(
    ("filed", "field"),
    [
        ({"note": ""}, "note"),
        ({"value": "-1"}, "value"),
        ({"value": "many"}, "value"),
        ({"items": ["Hof A", "Hof A"]}, "list"),
        ({"items": [""]}, "list.0"),
        ({"items": ["x"] * 501}, "list"),
        ({"url": "ftp://example.org"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
    ],
)
def test_what_is_wrong_in_evidence_is_named(scene: Scene, filed: dict[str, Any], field: str):
    (promise,) = scene.counted(action())
    with pytest.raises(Invalid) as wrong:
        scene.file(promise, **filed)
    assert wrong.value.field == field


def test_nobody_files_on_another_shops_promise(scene: Scene):
    (promise,) = scene.counted(action())
    stranger = replace(scene.shops["morgenrot"], id="another")
    acts: list[Any] = [
        lambda s: service.file_evidence(s, scene.clock, stranger, promise.id, {"note": "ours"}),
        lambda s: service.ask_extension(s, scene.clock, stranger, promise.id, date(2028, 1, 1), "ours"),
        lambda s: service.reply(s, scene.clock, stranger, promise.id, "ours", dispute=False),
    ]
    for act in acts:
        with pytest.raises(Forbidden, match="another business"), scene.doing() as session:
            act(session)
    with pytest.raises(NotFound), scene.doing() as session:
        service.file_evidence(session, scene.clock, stranger, "no such promise", {"note": "ours"})


# Spot checks


def test_supporters_and_monitors_say_what_they_saw(scene: Scene):
    (promise,) = scene.counted(action())
    scene.join("ida", Role.MONITOR)
    scene.look("lea", promise, "23")
    scene.clock.advance(minutes=1)
    checked = scene.look("ida", promise, "24")
    assert [(c.by, c.value, c.independent) for c in checked.checks] == [("supporter", 23, True), ("monitor", 24, True)]
    assert [f.body["by"] for f in scene.record("SpotCheckFiled")] == ["supporter", "monitor"]
    assert "lea" not in str(scene.record("SpotCheckFiled"))


def test_one_person_has_one_report_which_they_may_renew(scene: Scene):
    (promise,) = scene.counted(action())
    scene.look("lea", promise, "20")
    scene.clock.advance(days=1)
    (check,) = scene.look("lea", promise, "23").checks
    assert (check.value, check.at) == (23, scene.now)


def test_a_list_of_what_was_seen_counts_as_many_as_it_names(scene: Scene):
    (promise,) = scene.counted(action())
    (check,) = scene.look("lea", promise, "", items=["Hof A", "Hof B"]).checks
    assert check.value == 2
    with pytest.raises(Invalid) as wrong:
        scene.look("lea", promise, "")
    assert wrong.value.field == "value"


def test_words_about_people_wait_until_somebody_outside_has_read_them(scene: Scene):
    (promise,) = scene.counted(action())
    scene.look("lea", promise, "23", note="the waiter was rude")
    assert reread(scene, promise).checks[0].note == ""
    assert "rude" not in str(scene.record())


def test_the_parties_own_people_and_strangers_file_no_spot_check(scene: Scene):
    (promise,) = scene.counted(action())
    scene.join("crew", Role.CREW)
    scene.join("co", Role.CO_ORGANIZER)
    for who in ("owner", "co", "crew", "stranger"):
        with pytest.raises(Forbidden):
            scene.look(who, promise, "27")
    assert reread(scene, promise).checks == ()


def test_the_shops_own_people_neither_check_nor_judge(scene: Scene):
    scene.open()
    token = scene.invite("Morgenrot")
    with scene.doing() as session:
        shop, _ = service.claim(session, scene.clock, KEYS, token, "Morgenrot", "boss@example.org")
    scene.shops["morgenrot"] = shop
    scene.bid("morgenrot", action(checker=Checker.MONITOR))
    scene.agreed()
    scene.pledge("boss")
    scene.join("boss", Role.MONITOR)
    scene.wait_until(LAST)
    scene.declare("morgenrot", "100")
    scene.finalize()
    (promise,) = scene.obligations()
    with pytest.raises(Forbidden, match="own people"):
        scene.look("boss", promise, "27")
    with pytest.raises(Forbidden, match="own people"):
        judge(scene, "boss", promise, Verdict.BROKEN)
