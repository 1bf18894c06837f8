"""Headers on every answer, forms from other sites, bodies without end."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests.harness.servers import free_socket, serving
from web.security import BodyLimit, SameOrigin, SecurityHeaders, csrf_token, is_csrf_token, local_path, policy

HOME = "https://carrot.example"


async def take(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def frame(request: Request) -> Response:
    return PlainTextResponse("", headers={"Content-Security-Policy": policy(frame_ancestors="*")})


def site(base_url: str) -> Starlette:
    methods = ["GET", "POST"]
    paths = ["/pledge", "/api/v1/pledges", "/apiary", "/promises/1/evidence"]
    return Starlette(
        routes=[Route("/frame", frame), *(Route(path, take, methods=methods) for path in paths)],
        middleware=[
            Middleware(SecurityHeaders, base_url=base_url),
            Middleware(SameOrigin, base_url=base_url),
            Middleware(BodyLimit, limit=100, uploads={("/evidence",): 1000}),
        ],
    )


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with serving(site(HOME), free_socket()) as url, httpx.Client(base_url=url) as client:
        yield client


def test_every_answer_carries_the_headers(client: httpx.Client) -> None:
    for path in ("/pledge", "/nowhere"):
        headers = client.get(path).headers
        assert "unsafe" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["strict-transport-security"].startswith("max-age=")


def test_a_laptop_without_https_is_not_told_to_insist_on_it() -> None:
    with serving(site("http://127.0.0.1:8000"), free_socket()) as url:
        assert "strict-transport-security" not in httpx.get(f"{url}/pledge").headers


def test_a_route_may_widen_its_own_policy(client: httpx.Client) -> None:
    header = client.get("/frame").headers["content-security-policy"]
    assert "frame-ancestors *" in header
    assert "default-src 'self'" in header


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": HOME}, 200),
        ({"Origin": "OWN"}, 200),
        ({"Origin": "https://carrot.example.evil.org"}, 403),
        ({"Origin": "http://carrot.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_a_form_must_come_from_our_own_pages(client: httpx.Client, headers: dict[str, str], status: int) -> None:
    own = str(client.base_url).rstrip("/")
    sent = {name: own if value == "OWN" else value for name, value in headers.items()}
    assert client.post("/pledge", headers=sent).status_code == status


def test_reading_and_the_api_are_open_to_other_sites(client: httpx.Client) -> None:
    elsewhere = {"Origin": "https://partner.example"}
    assert client.get("/pledge", headers=elsewhere).status_code == 200
    assert client.post("/api/v1/pledges", headers=elsewhere).status_code == 200
    assert client.post("/apiary", headers=elsewhere).status_code == 403


def test_the_refusal_is_in_the_readers_language(client: httpx.Client) -> None:
    refused = client.post("/pledge", headers={"Origin": "null", "Accept-Language": "de"})
    assert refused.text.startswith("Dieses Formular")


def test_a_body_beyond_the_limit_is_refused_announced_or_not(client: httpx.Client) -> None:
    def drops() -> Iterator[bytes]:
        yield from [b"x" * 60] * 2

    assert client.post("/pledge", content=b"x" * 100).text == "100"
    assert client.post("/pledge", content=b"x" * 101).status_code == 413
    assert client.post("/pledge", content=drops()).status_code == 413
    assert client.post("/promises/1/evidence", content=b"x" * 1000).text == "1000"


def test_a_csrf_token_is_good_for_its_session_only() -> None:
    token = csrf_token("session-1", "secret")
    assert is_csrf_token(token, "session-1", "secret")
    assert not is_csrf_token(token, "session-2", "secret")
    assert not is_csrf_token(token, "session-1", "other")
    assert not is_csrf_token("ä", "session-1", "secret")


@pytest.mark.parametrize(
    "target", ["//evil.org", "/\\evil.org", "https://evil.org", "javascript:x", "/a\nb", "/a\\b", "", None, "evil"]
)
def test_a_redirect_stays_on_this_site(target: str | None) -> None:
    assert local_path(target) == "/"
    assert local_path("/campaigns?near=Lörrach#top") == "/campaigns?near=Lörrach#top"
