"""The process is killed between writing an arrival and answering: the phone sends it again, and it is counted once."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.web.records import Story
from tests.web.test_day_pages import at_the_door, people_in
from tests.web.visiting import Visitor

KILLED = 9
SERVES_ONE_FORM_AND_DIES = f"""
import json, os, sys
from datetime import datetime
from starlette.testclient import TestClient
import web.pages.door.queue
from core.clock import FixedClock
from core.settings import Settings
from web.app import create_app

web.pages.door.queue.JSONResponse = lambda *_: os._exit({KILLED})
given = json.load(sys.stdin)
clock = FixedClock(datetime.fromisoformat(given["now"]))
app = create_app(Settings.model_validate(given["settings"]), clock, worker=False)
TestClient(app, cookies=given["cookies"]).post(given["path"], data=given["form"])
"""
"""What a server does with one form, gone once the arrivals are committed."""


def test_an_arrival_whose_answer_died_with_the_process_is_counted_once(story: Story, visitor: Visitor) -> None:
    door = at_the_door(story, visitor)
    entries = [{"nonce": "k1", "party": "2"}, {"nonce": "k2", "code": story.pledged["ben"].code, "spent": "9"}]
    form = {"entries": json.dumps(entries), "csrf": visitor.csrf}
    told = {
        "now": story.clock.instant.isoformat(),
        "settings": visitor.site.settings.model_dump(mode="json"),
        "cookies": dict(visitor.client.cookies),
        "path": f"{door}/queue",
        "form": form,
    }
    died = subprocess.run(
        [sys.executable, "-c", SERVES_ONE_FORM_AND_DIES], input=json.dumps(told), text=True, env=os.environ, check=False
    )
    assert died.returncode == KILLED
    assert people_in(story) == 5
    answers = visitor.post(f"{door}/queue", form).json()["entries"]
    assert [answer["state"] for answer in answers] == ["in", "already"]
    assert people_in(story) == 5
