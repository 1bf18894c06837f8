"""Before closing a sealed bid leaks nowhere: in no page, no answer, no mail, no log, and in the length of none."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from accounts import service as accounts
from accounts.rules import Role
from businesses import service as businesses
from businesses.values import Answer
from campaigns.values import Mode, Question, State
from core.clock import FixedClock
from core.db import Database
from core.settings import Settings
from core.tables import MailRow
from notifications import jobs, queries
from notifications.gateway import MailboxTransport
from tests.factories import NOW, action, fixed, make_bidding, recorded_baseline, share
from tests.notifications.senders import make_mailer, publish
from tests.stages import KEYS, add_member
from tests.web.records import Story
from tests.web.visiting import Visitor
from web import pages
from web.app import create_app
from web.pages import board, evening
from web.recounting import recount
from web.watching import Pace

ASKED = (Question("Do you pay the living wage?", "yes"),)
MARKS = {
    "zwiebelfisch": ("zwiebelfisch", "glimmerschiefer", "37.73", "4711.13", "8214.00", "moosbeere", "tannenweg"),
    "quittenhof": ("quittenhof", "kupferkessel", "41.19", "5822.24", "9325.00", "wacholder", "birkenweg"),
}
"""What nobody but the shop itself may see: its name, and the marked words and amounts of its bid."""
ROLES = ("owner", "crew", "monitor", "juror-0", "stranger")


@dataclass
class Scene:
    """A campaign with sealed bids, and an application on its database."""

    story: Story
    visitor: Visitor

    def bid(self, name: str) -> None:
        _, thing, percent, amount, usual, words, street = MARKS[name]
        promises = (share(percent), fixed(amount), action(metric=thing, definition=f"as {words} says"))
        usual_day = recorded_baseline(usual)
        told = {"anyway": f"no, {words}", "done_already": words, "planned": words, "venue": street}
        self.story.bid(name, *promises, baseline=usual_day, answers=(Answer("yes", words),), **told)

    def settle(self) -> None:
        """Everything that a worker would do: positions, notices, digests, mail."""
        publish(self.story.database)
        jobs.gather_digests(self.story.database)
        jobs.deliver_due(self.story.database, make_mailer(MailboxTransport(self.story.database)))

    def come_as(self, who: str) -> dict[str, str]:
        """Sign in by cookie, or hold a shop's key; gives the header for the API."""
        self.visitor.client.cookies.clear()
        if who in self.story.shops:
            key = businesses.shop_token(KEYS, self.story.shops[who])
            self.visitor.hold_key(key)
            return {"Authorization": f"Business {key}"}
        if not who:
            return {}
        self.visitor.sign_in(f"{who}@example.org")
        with self.story.database.writing() as session:
            token = accounts.api_token(session, self.story.clock, f"{who}@example.org")
        return {"Authorization": f"Bearer {token}"}

    def answers(self, who: str = "") -> Iterator[tuple[str, Any]]:
        """Every address that can be read, as somebody reads it."""
        headers = self.come_as(who)
        for path in self._paths():
            api = path.startswith("/api/")
            yield path, self.visitor.get(path, headers={"Accept-Encoding": "identity", **(headers if api else {})})

    def _paths(self) -> list[str]:
        spec = self.visitor.get("/openapi.json").json()["paths"]
        found = [path for path, calls in spec.items() if "get" in calls]
        found += [path for module in iter_modules(pages.__path__) for path in _page_paths(module.name)]
        names = {"slug": self.story.slug, "slug:campaign": self.story.slug, "name": "bidding"}
        filled = {re.sub(r"\{([^}]+)\}", lambda m: names.get(m[1], m[0]), path) for path in found}
        own = [f"/businesses/{name}" for name in MARKS] + [f"/api/v1/businesses/{name}" for name in MARKS]
        return sorted({path for path in filled if "{" not in path and not path.startswith("/demo")} | set(own))


def _page_paths(module: str) -> Iterator[str]:
    router = getattr(import_module(f"{pages.__name__}.{module}"), "router", None)
    yield from _paths_of(router) if router else ()


def _paths_of(router: Any) -> Iterator[str]:
    for route in router.routes:
        if hasattr(route, "methods"):
            yield from [route.path] if "GET" in (route.methods or ()) else []
        else:
            yield from _paths_of(route.original_router)


@contextmanager
def brief_streams() -> Iterator[None]:
    """An event stream ends after its first event: it is read to its end here."""
    with pytest.MonkeyPatch.context() as patch:
        for page in (board, evening):
            patch.setattr(page.screens.watching, "pace", Pace(lifetime=0))
        yield


@contextmanager
def opened(file: Path, template: Path) -> Iterator[Scene]:
    """A campaign with two shops that have said yes, on a database of its own."""
    file.mkdir()
    (file / "carrotmob.sqlite").write_bytes(template.read_bytes())
    url, clock = f"sqlite:///{file}/carrotmob.sqlite", FixedClock(NOW)
    database = Database(url, clock)
    settings = Settings(home=file, database_url=url, base_url="http://testserver", secret_key="a secret for tests",
                        rate_limit="off")  # fmt: skip
    with brief_streams(), TestClient(create_app(settings, clock, worker=False)) as client:
        story = Story(database, clock)
        story.open(make_bidding(mode=Mode.SEALED, questions=ASKED))
        with database.writing() as session:
            add_member(session, clock, story.campaign, Role.CREW, "crew@example.org")
        for name in MARKS:
            claim(story, name)
        yield Scene(story, Visitor(client, client.app.state.site))  # type: ignore[attr-defined]  # create_app sets it
    database.dispose()


def claim(story: Story, name: str) -> None:
    """A shop is asked under another name than it gives itself: whom they asked, organizers know."""
    _, token = story.do(businesses.invite, KEYS, story.owner, story.slug, "A shop")
    story.shops[name], _ = story.do(businesses.claim, KEYS, token, name, f"till@{name}.example")


def leaks(answer: Any, marks: tuple[str, ...]) -> list[str]:
    told = f"{answer.headers}{answer.text}".casefold()
    return [mark for mark in marks if mark in told]


@pytest.fixture
def scene(tmp_path: Path, sqlite_template: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Scene]:
    caplog.set_level(logging.DEBUG)
    with opened(tmp_path / "home", sqlite_template) as made:
        for name in MARKS:
            made.bid(name)
        made.settle()
        yield made


@pytest.mark.parametrize("who", ["", *ROLES])
def test_no_page_and_no_answer_shows_anybody_a_sealed_bid(scene: Scene, who: str) -> None:
    everything = tuple(mark for marks in MARKS.values() for mark in marks)
    read = 0
    for path, answer in scene.answers(who):
        if answer.status_code == 404 and "/businesses/" in path:
            everything_else = tuple(mark for mark in everything if mark not in path)
            assert leaks(answer, everything_else) == [], path
            continue
        assert leaks(answer, everything) == [], path
        read += answer.status_code == 200
    assert read > 25


@pytest.mark.parametrize(("who", "other"), [tuple(MARKS), tuple(reversed(MARKS))])
def test_a_shop_sees_its_own_bid_and_nothing_of_another_ones(scene: Scene, who: str, other: str) -> None:
    seen: set[str] = set()
    for path, answer in scene.answers(who):
        marks = tuple(mark for mark in MARKS[other] if mark not in path)
        assert leaks(answer, marks) == [], path
        seen.update(leaks(answer, MARKS[who]))
    assert seen == set(MARKS[who])


def test_no_mail_and_no_digest_tells_anybody_else_of_it(scene: Scene) -> None:
    story = scene.story
    with story.database.reading() as session:
        waiting = [(mail.recipient, str(mail.payload)) for mail in session.scalars(select(MailRow))]
        sent = [
            (mail.to, f"{mail.subject} {mail.headers} {mail.text} {mail.html}") for mail in queries.mailbox(session)
        ]
    assert {to for to, _ in sent} >= {f"till@{name}.example" for name in MARKS}
    for to, told in waiting + sent:
        for name, marks in MARKS.items():
            if to != f"till@{name}.example":
                assert [mark for mark in marks if mark in told.casefold()] == [], to


def test_no_log_line_holds_it_even_where_everything_is_logged(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    for who in ("", "owner", *MARKS):
        list(scene.answers(who))
    told = caplog.text.casefold()
    assert caplog.records
    for marks in MARKS.values():
        assert [mark for mark in marks[1:] if mark in told] == []


def test_a_statement_that_fails_is_told_without_what_was_to_be_written(scene: Scene) -> None:
    query = text("SELECT nothing FROM bid WHERE id = :told")
    with scene.story.database.reading() as session, pytest.raises(OperationalError) as failed:
        session.execute(query, {"told": "glimmerschiefer"})
    assert "SELECT nothing" in str(failed.value)
    assert "glimmerschiefer" not in str(failed.value)


def test_every_public_answer_is_as_long_for_a_short_bid_as_for_twenty_long_promises(
    tmp_path: Path, sqlite_template: Path
) -> None:
    long = [fixed(f"{n}1234.56", name=f"promise-{n}", purpose="a long purpose " * 15) for n in range(20)]
    sizes = []
    for name, promises in (("short", [share("1")]), ("long", long)):
        with opened(tmp_path / name, sqlite_template) as scene:
            anyway = "no" * (1 if name == "short" else 900)
            scene.story.bid("quittenhof", *promises, anyway=anyway, answers=(Answer("yes"),))
            scene.settle()
            answers = [(path, answer) for path, answer in scene.answers() if path != "/metrics"]
            sizes.append({path: (len(answer.content), len(str(answer.headers))) for path, answer in answers})
    short, longer = sizes
    assert short == longer


def test_at_closing_everything_is_opened_and_fits_what_was_published(scene: Scene) -> None:
    scene.story.wait(days=6)
    scene.settle()
    assert scene.story.campaign.state == State.CHOOSING
    shown = scene.visitor.get(f"/campaigns/{scene.story.slug}/bids").text.casefold()
    for marks in MARKS.values():
        assert marks[1] in shown
    record = scene.visitor.get(f"/api/v1/campaigns/{scene.story.slug}/record").text
    assert recount(record.splitlines()).found == 0
