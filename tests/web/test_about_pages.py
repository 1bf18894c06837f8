"""What the law asks an operator to say, and what the software says where they have not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from accounts import service as accounts
from core import outbox
from core.settings import Settings
from tests.web.records import Story
from tests.web.test_signing_in import everything_that_holds
from tests.web.visiting import Visitor, text_of
from web.app import create_app
from web.worker import clean

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize("name", ["imprint", "terms", "contact"])
def test_what_the_operator_has_not_set_is_said_to_be_missing(visitor: Visitor, name: str):
    assert "has not set this" in text_of(visitor.get(f"/{name}"))


def test_the_built_in_privacy_notice_tells_what_is_kept_and_how_long(visitor: Visitor):
    read = text_of(visitor.get("/privacy"))
    for said in ("90 days", "15 minutes", "30 days", "the operator has not set this"):
        assert said in read


def test_the_operators_own_words_take_its_place_in_the_readers_language(database_url: str, tmp_path: Path):
    legal = tmp_path / "legal"
    legal.mkdir()
    (legal / "privacy.md").write_text("We keep *nothing*. <script>alert(1)</script>", encoding="utf-8")
    (legal / "privacy.de.md").write_text("Wir speichern *nichts*.", encoding="utf-8")
    settings = Settings(home=tmp_path, database_url=database_url, legal_folder=legal)
    with TestClient(create_app(settings, worker=False)) as client:
        english, german = (client.get("/privacy", headers={"accept-language": code}).text for code in ("en", "de"))
    assert "We keep <em>nothing</em>." in english
    assert "<script>alert" not in english
    assert "Wir speichern <em>nichts</em>." in german


def test_how_it_works_is_told_in_both_languages(visitor: Visitor):
    english, german = (visitor.get("/how-it-works", headers={"accept-language": code}) for code in ("en", "de"))
    assert text_of(english) != text_of(german)


def test_what_the_notice_says_is_forgotten_is_forgotten(visitor: Visitor, story: Story):
    with story.database.writing() as session:
        accounts.request_link(session, story.clock, "lea@example.org")
        accounts.mint_link(session, story.clock, "lea@example.org", "/")
        story.clock.advance(seconds=1)
    with story.database.writing() as session:
        for mail in outbox.claim(session, story.clock.instant, timedelta(minutes=5), 10):
            outbox.finish(session, mail, "sent", story.clock.instant)
    story.clock.advance(days=31)
    clean(story.database)
    assert everything_that_holds(story, "lea@example.org") == []
