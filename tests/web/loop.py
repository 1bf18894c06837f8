"""The loop as an outside client walks it: by API alone, as docs/api.md says, with the demo's clock and mailbox."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from httpx import Response

Json = dict[str, Any]


@dataclass
class Walker:
    """A client with the tokens it was given, that checks every answer's status."""

    http: Any
    tokens: dict[str, str] = field(default_factory=dict)

    def call(self, method: str, path: str, who: str = "", status: int = 200, **kwargs: Any) -> Any:
        headers = dict(kwargs.pop("headers", {}))
        if who:
            headers["Authorization"] = self.tokens[who]
        answer: Response = self.http.request(method, path, headers=headers, **kwargs)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text}"
        kind = answer.headers.get("content-type", "")
        return answer.json() if "json" in kind and "ndjson" not in kind else answer.text

    def post(self, path: str, body: Any = None, who: str = "", status: int = 201, **kwargs: Any) -> Any:
        return self.call("POST", f"/api/v1{path}", who, status, json=body, **kwargs)

    def get(self, path: str, who: str = "", status: int = 200, **kwargs: Any) -> Any:
        return self.call("GET", f"/api/v1{path}", who, status, **kwargs)

    def now(self) -> datetime:
        return datetime.fromisoformat(self.call("GET", "/demo/clock")["now"])

    def move(self, to: datetime) -> list[str]:
        done: list[str] = self.call("POST", "/demo/clock", json={"to": to.isoformat()})["done"]
        return done

    def mail(self, to: str) -> list[Json]:
        found: list[Json] = self.call("GET", "/demo/mail", params={"to": to})
        return found

    def mailed_token(self, to: str) -> str:
        """The token of the first link in the newest mail to an address."""
        text = self.mail(to)[0]["text"]
        link = re.search(r"https?://\S+", text)
        assert link, text
        found = re.search(r"[?&]token=([^&\s]+)", link.group())
        assert found, link.group()
        return found.group(1)


def campaign_body(now: datetime, **changes: Any) -> Json:
    """A campaign whose bidding closes in 5 days and whose day comes in 20."""
    day = (now + timedelta(days=20)).replace(hour=8, minute=0, second=0, microsecond=0)
    return {
        "title": "Light for the corner shop",
        "story": "A shop that keeps its promises gets our money.",
        "place": "Berlin",
        "timezone": "Europe/Berlin",
        "currency": "EUR",
        "windows": [
            {"opens_at": day.isoformat(), "closes_at": (day + timedelta(hours=4)).isoformat(), "venue": "Hauptstr. 1"}
        ],
        "disclosure": {"income": "none", "ties": "none"},
        "co_hosts": [{"name": "Climate Club", "url": "https://climate.example"}],
        "goal": {"kind": "takings", "target": "2000"},
        "go_ahead": {"kind": "headcount", "target": "2", "at": (day - timedelta(days=2)).isoformat()},
        "bidding": {
            "closes_at": (now + timedelta(days=5)).isoformat(),
            "mode": "open",
            "rule": "highest_share",
            "tie_break": "earliest",
        },
        **changes,
    }


def share(percent: str, due: str, **changes: Any) -> Json:
    return {
        "kind": "share", "share": percent, "basis": "gross", "purpose": "better light", "due_on": due,
        "proof": ["invoice"], "checker": "organizer", "match": "0", **changes,
    }  # fmt: skip


def stock(target: str, due: str, **changes: Any) -> Json:
    return {
        "kind": "action", "verb": "stock", "metric": "certified local producers", "definition": "certified, 50 km",
        "unit": "producers", "baseline": "0", "target": target, "due_on": due, "proof": ["shelf list"],
        "checker": "monitor", "affected_group": None, "ladder": [], **changes,
    }  # fmt: skip
