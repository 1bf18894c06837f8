"""The organizers' private list of shops, on both databases."""

from __future__ import annotations

import pytest

from accounts.rules import Role
from businesses import queries, service
from businesses.prospects import Stage
from campaigns import service as campaigns
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.scene import KEYS, Scene
from web import worker
from web.trips import leaving


@pytest.fixture
def scene(database: Database) -> Scene:
    scene = Scene(database)
    scene.open()
    return scene


def add(scene: Scene, **body: str) -> str:
    owner = scene.person()
    with scene.doing() as session:
        return service.add_prospect(session, scene.clock, owner, scene.slug, {"name": "Bella", **body}).id


def stages(scene: Scene) -> dict[str, Stage]:
    with scene.database.reading() as session:
        return {p.entry.name: p.stage for p in queries.prospects(session, scene.campaign.id)}


def test_a_shop_is_listed_visited_declines_and_is_taken_off(scene: Scene):
    owner, id_ = scene.person(), add(scene, place="Market 3", note="closed on Mondays")
    with scene.doing() as session:
        changes = {"state": "declined", "why": "no time"}
        changed = service.change_prospect(session, scene.clock, owner, scene.slug, id_, changes)
    assert (changed.entry.note, changed.entry.why, changed.changed_by) == ("closed on Mondays", "no time", owner.id)
    with scene.doing() as session:
        service.remove_prospect(session, scene.clock, owner, scene.slug, id_)
    assert stages(scene) == {}


def test_an_invitation_is_made_once_and_a_claim_shows(scene: Scene):
    owner, id_ = scene.person(), add(scene, contact="Bella@Shops.example")
    with scene.doing() as session:
        made, token = service.invite_prospect(session, scene.clock, KEYS, owner, scene.slug, id_)
    assert (made.email, stages(scene)) == ("bella@shops.example", {"Bella": Stage.ASKED})
    with scene.doing() as session, pytest.raises(Conflict):
        service.invite_prospect(session, scene.clock, KEYS, owner, scene.slug, id_)
    scene.claim(token, "bella")
    assert stages(scene) == {"Bella": Stage.CLAIMED}


def test_one_shop_stands_on_a_list_once(scene: Scene):
    add(scene)
    owner, other = scene.person(), add(scene, name="Other")
    with pytest.raises(Invalid, match="on the list already"):
        add(scene, name="BELLA ")
    with scene.doing() as session, pytest.raises(Invalid, match="on the list already"):
        service.change_prospect(session, scene.clock, owner, scene.slug, other, {"name": "Bella"})
    with scene.doing() as session:
        sheet, made = service.import_prospects(session, scene.clock, owner, scene.slug, "name\nBella\nNew\n")
    assert (sheet.known, [p.entry.name for p in made]) == (((2, "Bella"),), ["New"])


def test_nobody_but_organizers_of_this_campaign_reaches_the_list(scene: Scene):
    id_ = add(scene)
    for stranger in (scene.person("stranger"), scene.join("crew", Role.CREW), scene.join("monitor", Role.MONITOR)):
        with scene.doing() as session, pytest.raises(Forbidden):
            service.change_prospect(session, scene.clock, stranger, scene.slug, id_, {"note": "mine"})
    owner, slug = scene.person(), scene.slug
    scene.open()
    with scene.doing() as session, pytest.raises(NotFound):
        service.remove_prospect(session, scene.clock, owner, scene.slug, id_)
    assert slug != scene.slug


def test_whoever_leaves_is_gone_from_the_lists_too(scene: Scene):
    add(scene, contact="Lea@example.org")
    lea = scene.person("lea")
    with scene.doing() as session:
        leaving.erase(session, scene.clock, lea)
    with scene.database.reading() as session:
        assert [p.entry.contact for p in queries.prospects(session, scene.campaign.id)] == [""]


def test_the_list_of_a_campaign_long_over_is_dropped(scene: Scene):
    add(scene)
    owner = scene.person()
    with scene.doing() as session:
        campaigns.cancel(session, scene.clock, owner, scene.slug, "no shop wanted to")
    worker.clean(scene.database)
    assert stages(scene) == {"Bella": Stage.LISTED}
    scene.clock.advance(days=91)
    worker.clean(scene.database)
    assert stages(scene) == {}
