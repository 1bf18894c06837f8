"""A visitor of the pages without a browser: signed in by cookie, following forms with their tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from typing import Any

from starlette.testclient import TestClient

from accounts import service as accounts
from accounts.rules import Person
from core.tokens import digest
from web.security import csrf_token
from web.site import Site


@dataclass
class Visitor:
    """One browser. ``post`` sends what a form of the page would send: values, token and a fresh key."""

    client: TestClient
    site: Site

    def sign_in(self, email: str) -> Person:
        with self.site.db.writing() as session:
            now = self.site.clock.now(session)
            person = accounts.person_for(session, email, now)
            self.client.cookies.set("person", accounts.sign_in(session, now, person))
        return person

    def hold_key(self, token: str) -> None:
        """Come as a shop."""
        self.client.cookies.set("shop", token)

    def get(self, path: str, **options: Any) -> Any:
        return self.client.get(path, **options)

    def post(self, path: str, values: dict[str, Any] | None = None, **options: Any) -> Any:
        return self.client.post(path, data={"csrf": self.csrf, **(values or {})}, follow_redirects=False, **options)

    @property
    def csrf(self) -> str:
        cookies = self.client.cookies
        held = digest((cookies.get("person") or "") + (cookies.get("shop") or ""))
        return csrf_token(held, self.site.settings.secret)


def text_of(page: Any) -> str:
    """What a person reads on a page: no tags, single spaces."""
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def values_of(page: Any) -> dict[str, str]:
    """What the fields of a page's forms hold, as a browser would send it; of several of one name the last."""
    reader = _Fields()
    reader.feed(page.text)
    return {name: held for name, held in reader.held.items() if name not in {"csrf", "key"}}


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.held: dict[str, str] = {}
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        name, ticked = held.get("name", ""), "checked" in held or held.get("type") not in {"checkbox", "radio"}
        if tag == "input" and name and ticked:
            self.held[name] = held.get("value", "")
        elif tag in {"select", "textarea"}:
            self._in, self.held[name] = name, ""
        elif tag == "option" and "selected" in held:
            self.held[self._in] = held["value"]

    def handle_data(self, data: str) -> None:
        if self.lasttag == "textarea":
            self.held[self._in] = data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.lasttag = ""
