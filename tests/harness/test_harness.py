"""The harness keeps what it promises to the other tests."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy import text

from core.clock import FixedClock
from core.db import Database
from tests.harness import axe, not_run
from tests.harness.mail import Mailbox
from tests.harness.servers import free_socket, serving, url_of

PROBE = "INSERT INTO demo_clock (id, shift_us) VALUES (1, 7)"
PAGE = b"""<!doctype html><html lang=en><meta name=viewport content=width=device-width><title>Hello</title>
<main><h1>Hello</h1><img src=/hello.png></main></html>"""
FADING = """<!doctype html><html lang=en><meta name=viewport content=width=device-width><title>Hello</title>
<style>h1 { animation: appear 1s } @keyframes appear { from { color: #fff } }</style>
<main><h1>Hello</h1></main></html>"""


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_starts_with_an_untouched_database(database: Database, turn: str):
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM demo_clock")).scalar_one() == 0, turn
    with database.writing() as session:
        session.execute(text(PROBE))


def test_the_clock_stands_still_until_it_is_moved(database: Database, clock: FixedClock):
    with database.reading() as session:
        before = database.clock.now(session)
        clock.advance(days=3)
        assert database.clock.now(session) - before == timedelta(days=3)


def test_the_mailbox_keeps_a_message_and_can_refuse_one(smtp_server: Mailbox):
    smtp_server.answers.append("451 later")
    with smtplib.SMTP(smtp_server.url.removeprefix("smtp://")) as client:
        with pytest.raises(smtplib.SMTPDataError):
            client.sendmail("mob@example.org", ["ada@example.org"], b"Subject: Kept\r\n\r\nYes.\r\n")
        client.sendmail("mob@example.org", ["ada@example.org"], b"Subject: Kept\r\n\r\nYes.\r\n")
    assert [message["Subject"] for message in smtp_server.sent_to("ada@example.org")] == ["Kept"]


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_the_page_is_a_phone_and_axe_looks_at_it(page: Page, color_scheme: str):
    with serving(_hello, free_socket()) as url:
        page.goto(url)
        assert page.evaluate("[innerWidth, navigator.maxTouchPoints > 0]") == [360, True]
        assert page.evaluate(f"matchMedia('(prefers-color-scheme: {color_scheme})').matches")
        assert [line.partition(":")[0] for line in axe.violations(page)] == ["image-alt"]


def test_axe_looks_once_nothing_moves_and_says_what_it_saw(page: Page):
    page.set_content(FADING)
    assert axe.violations(page) == []
    page.add_style_tag(content="h1 { color: #eee }")
    with pytest.raises(AssertionError, match=r"color-contrast: .*\['h1'\] .*contrast of 1\.\d+"):
        axe.assert_accessible(page)


def test_a_server_that_cannot_start_is_said_at_once():
    bound = free_socket()
    with pytest.raises(AssertionError, match="did not start"), serving(_broken, bound):
        pytest.fail(f"{url_of(bound)} must not be served")


def test_what_cannot_run_is_left_out_on_a_laptop_and_fails_on_ci(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(not_run, "ON_CI", False)
    with pytest.raises(pytest.skip.Exception):
        not_run.cannot_run("no browser")
    monkeypatch.setattr(not_run, "ON_CI", True)
    with pytest.raises(pytest.fail.Exception):
        not_run.cannot_run("no browser")


async def _hello(scope, receive, send):
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    headers = [(b"content-type", b"text/html"), (b"content-security-policy", b"default-src 'self'")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": PAGE})


async def _lifespan(receive: Any, send: Any) -> None:
    for stage in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{stage}.complete"})


async def _broken(scope, receive, send):
    await receive()
    await send({"type": "lifespan.startup.failed", "message": "broken on purpose"})
