"""The last exits of the table of waits, by API: a silent organizer, a closed shop, a disputed till, words unread."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from accounts import service as accounts
from core.settings import Settings
from tests.web import test_the_loop as loop_steps
from tests.web.loop import Walker
from tests.web.test_the_loop import PEOPLE, Loop
from web.app import create_app


@pytest.fixture
def followed(database_url: str, tmp_path: Path) -> Iterator[Loop]:
    """A campaign whose day is counted and whose promises are watched."""
    settings = Settings(home=tmp_path, database_url=database_url, demo=True, admins="admin@example.org")
    app = create_app(settings, worker=False)
    with TestClient(app, base_url="http://127.0.0.1:8000") as http:
        walker = Walker(http)
        with app.state.site.db.writing() as session:
            for name in (*PEOPLE, "admin"):
                token = accounts.api_token(session, app.state.site.clock, f"{name}@example.org")
                walker.tokens[name] = f"Bearer {token}"
        loop = loop_steps.organize(walker)
        loop_steps.bid(loop)
        loop_steps.choose(loop)
        loop_steps.mob(loop, loop_steps.pledge(loop))
        loop_steps.count(loop)
        yield loop


def money_promise(loop: Loop) -> str:
    found = loop.walker.get(f"{loop.path}/obligations")["items"]
    return next(f"/obligations/{p['id']}" for p in found if p["owed"])


def test_silence_is_late_then_unknown_and_then_a_supporter_may_take_the_campaign_up(followed: Loop) -> None:
    walker, promise = followed.walker, money_promise(followed)
    walker.post(f"{followed.path}/adopt", None, "lea", 409)
    walker.move(walker.now() + timedelta(days=60))
    assert walker.get(promise)["state"] == "late"
    walker.move(walker.now() + timedelta(days=100))
    assert walker.get(promise)["state"] == "unknown"
    walker.post(f"{followed.path}/adopt", None, "mia", 403)
    walker.post(f"{followed.path}/adopt", None, "lea", 200)
    verdict = {"verdict": "unknown", "reason": "Nobody has filed anything."}
    assert walker.post(f"{promise}/verdict", verdict, "lea", 200)["verdict"] == "unknown"
    assert '"CampaignAdopted"' in walker.get(f"{followed.path}/record")


def test_a_closed_shop_ends_its_promises_apart_from_broken_and_a_new_owner_may_adopt_them(followed: Loop) -> None:
    walker, promise = followed.walker, money_promise(followed)
    slug = followed.read()["award"][0]["business"]["slug"]
    walker.post(f"/businesses/{slug}/adopt", None, "bella", 409)
    assert len(walker.post(f"/businesses/{slug}/close", {"reason": "Sold."}, "bella", 200)["ended"]) == 2
    assert walker.get(promise)["state"] == "ended_closed"
    profile = walker.get(f"/businesses/{slug}")
    assert (profile["ended_closed"], profile["broken"], profile["fallen_due"]) == (2, 0, 0)
    walker.post(f"/businesses/{slug}/adopt", None, "bella", 200)
    assert walker.get(promise)["state"] == "not_due"


def test_words_of_a_spot_check_show_only_after_somebody_outside_has_read_them(followed: Loop) -> None:
    walker, promise = followed.walker, money_promise(followed)
    check = walker.post(f"{promise}/spot-checks", {"value": "700", "note": "The lamps hang."}, "lea")["checks"][0]
    assert (check["value"], check["note"]) == ("700", "")
    show = f"/spot-checks/{check['id']}/show"
    walker.post(show, None, "organizer", 403)
    walker.post(show, None, "lea", 403)
    assert walker.post(show, None, "admin", 200)["checks"][0]["note"] == "The lamps hang."
