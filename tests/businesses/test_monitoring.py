"""A monitor's report from the visit to the public, with the business's reply or without."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.rules import Role
from businesses.followthrough import Obligation
from businesses.monitoring import queries, service
from businesses.monitoring.service import Draft
from businesses.monitoring.values import REPLY_TERM, Report
from core.db import Database
from core.errors import Forbidden, Invalid
from tests.factories import action
from tests.scene import Scene


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def filed(scene: Scene, promise: Obligation, by: str = "ruth") -> Report:
    person, today = scene.person(by), scene.now.date()
    drafts = [
        Draft(promise.id, "Four signs before empty crates.", "Take them down.", today + timedelta(days=30)),
        Draft(promise.id, "The lids close."),
    ]
    with scene.doing() as session:
        return service.file_report(session, scene.clock, person, promise.id, today, drafts)


def test_a_report_is_public_with_the_reply_of_the_business(scene: Scene):
    (promise,) = scene.counted(action())
    scene.join("ruth", Role.MONITOR)
    report = filed(scene, promise)
    assert scene.record("ReportFiled", "ReportPublished") == []
    for _ in range(2):  # sent twice it has one effect
        with scene.doing() as session:
            service.reply(session, scene.clock, scene.shops["morgenrot"], report.id, "They are down.")
    (told,) = scene.record("ReportPublished")
    assert [finding["number"] for finding in told.body["findings"]] == [1, 2]
    assert told.body["reply"] == "They are down."
    assert scene.recounted() == []


def test_after_seven_days_it_is_public_without_a_reply(scene: Scene):
    (promise,) = scene.counted(action())
    scene.join("ruth", Role.MONITOR)
    report = filed(scene, promise)
    scene.wait_until(scene.now + REPLY_TERM - timedelta(seconds=1))
    with scene.database.reading() as session:
        assert queries.published(session, scene.campaign.id) == []
    scene.wait_until(scene.now + timedelta(seconds=1))
    with scene.database.reading() as session:
        assert [held.id for held in queries.published(session, scene.campaign.id)] == [report.id]
    assert scene.recounted() == []


def test_only_the_monitor_reports_and_only_the_business_itself_replies(scene: Scene):
    (promise,) = scene.counted(action())
    monitor = scene.join("ruth", Role.MONITOR)
    for stranger in ("owner", "lea"):
        with pytest.raises(Forbidden):
            filed(scene, promise, stranger)
    other, report = replace(scene.shops["morgenrot"], id="another"), filed(scene, promise)
    with scene.doing() as session, pytest.raises(Forbidden):
        service.reply(session, scene.clock, other, report.id, "Not ours.")
    tomorrow = scene.now.date() + timedelta(days=1)
    for when, drafts, field in ((tomorrow, [Draft(promise.id, "x")], "visited_on"), (scene.now.date(), [], "findings")):
        with scene.doing() as session, pytest.raises(Invalid) as refused:
            service.file_report(session, scene.clock, monitor, promise.id, when, drafts)
        assert refused.value.field == field
