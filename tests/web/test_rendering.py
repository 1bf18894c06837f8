"""Pages: the reader's language, what caches may keep, and that nothing is silently missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from jinja2 import UndefinedError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.i18n import negotiate, translator
from core.settings import Settings
from tests.harness.servers import free_socket, serving
from web.assets import FOLDER, contents, route, static
from web.rendering import environment, render


def show(request: Request) -> Response:
    if session := request.query_params.get("session"):
        request.state.session_id = session
    return render(request, "error.html", status=404, title="Not here", words="<b>No</b> such page")


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[httpx.Client]:
    app = Starlette(routes=[Route("/gone", show), route])
    app.state.settings = Settings(home=tmp_path, base_url="https://carrot.example", secret_key="k" * 40, demo=True)
    with serving(app, free_socket()) as url, httpx.Client(base_url=url) as client:
        yield client


@pytest.mark.parametrize(
    ("accepts", "chosen", "locale"),
    [
        ("de-CH,de;q=0.9,en;q=0.5", None, "de"),
        ("en;q=0.5,de", None, "de"),
        ("en-GB", None, "en"),
        ("fr", None, "en"),
        ("", None, "en"),
        ("de", "en", "en"),
        ("de", "xx", "de"),
        ("de;q=0, en", None, "en"),
        ("de;q=often", None, "en"),
    ],
)
def test_a_reader_gets_the_language_chosen_or_accepted(accepts: str, chosen: str | None, locale: str) -> None:
    assert negotiate(accepts, chosen) == locale


def test_a_page_says_its_language_and_what_it_depends_on(reader: httpx.Client) -> None:
    page = reader.get("/gone", headers={"Accept-Language": "de"})
    assert page.status_code == 404
    assert page.headers["content-language"] == "de"
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in page.headers["vary"].split(",")}
    assert '<html lang="de" dir="ltr">' in page.text
    assert "Zum Inhalt" in page.text


def test_the_language_cookie_is_stronger_than_the_browser(reader: httpx.Client) -> None:
    reader.cookies.set("lang", "de")
    assert "Zum Inhalt" in reader.get("/gone", headers={"Accept-Language": "en"}).text


def test_text_is_escaped(reader: httpx.Client) -> None:
    assert "&lt;b&gt;No&lt;/b&gt; such page" in reader.get("/gone").text


def test_a_demo_says_so_on_every_page(reader: httpx.Client) -> None:
    assert "No money moves, Stripe is not involved." in reader.get("/gone").text


def test_a_public_page_is_the_same_for_everybody(reader: httpx.Client) -> None:
    assert reader.get("/gone").text == reader.get("/gone").text


def test_a_value_that_is_missing_fails_instead_of_vanishing() -> None:
    with pytest.raises(UndefinedError):
        environment("en").from_string("{{ nothing }}").render()


def test_a_form_behind_sign_in_carries_token_and_a_fresh_key() -> None:
    form = '{% from "parts/forms.html" import action %}{% call action("/x", csrf) %}{% endcall %}'
    template = environment("en").from_string(form)
    first, second = template.render(csrf="t0ken"), template.render(csrf="t0ken")
    assert 'name="csrf" value="t0ken"' in first
    assert first != second
    assert "hidden" not in template.render(csrf=None)


def test_assets_are_kept_for_ever_under_an_address_that_changes(reader: httpx.Client) -> None:
    style = reader.get(static("site.css"))
    assert style.headers["content-type"].startswith("text/css")
    assert "immutable" in style.headers["cache-control"]
    assert "immutable" not in reader.get("/static/0000000000/site.css").headers["cache-control"]
    assert reader.get("/static/0000000000/nothing.css").status_code == 404
    assert reader.get("/static/0000000000/%2e%2e/rendering.py").status_code == 404
    with pytest.raises(KeyError):
        static("nothing.css")


def test_every_file_has_a_media_type_that_browsers_run(reader: httpx.Client) -> None:
    assert reader.get(static("js/summary.js")).headers["content-type"].startswith("text/javascript")
    assert reader.get(static("icons.svg")).headers["content-type"] == "image/svg+xml"
    assert set(contents()) >= {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.svg")}


def test_english_is_its_own_catalogue() -> None:
    assert translator("en").gettext("Kept") == "Kept"
    assert translator("de").gettext("Kept") == "Gehalten"
    assert translator("de").ngettext("{count} person", "{count} people", 2) == "{count} Menschen"
