"""From a template's name and its values to a page in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from core import formats
from core.i18n import LOCALES, negotiate, translator
from core.settings import Settings
from web.assets import static
from web.prose import excerpt, markdown
from web.qr import qr
from web.security import csrf_token
from web.track import Track
from web.typed import Typed

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGE_COOKIE = "lang"

_IN_LOCALE: dict[str, Callable[..., str]] = {
    "money": formats.money,
    "number": formats.number,
    "percent": formats.percent,
    "day": formats.day,
    "named_day": formats.named_day,
    "short_day": formats.short_day,
    "date": formats.calendar_date,
    "short_date": formats.short_date,
    "ledger_date": formats.ledger_date,
    "clock": formats.clock_time,
    "moment": formats.moment,
    "countdown": formats.countdown,
    "days": formats.days,
    "people": formats.people,
    "say": formats.say,
}


@dataclass(frozen=True)
class Page:
    """What base.html needs to know of a request. ``csrf`` is None on public pages: the same bytes for everybody."""

    locale: str
    direction: str
    address: str
    path: str
    csrf: str | None
    demo: bool
    operator: str
    languages: Mapping[str, str]


def render(
    request: Request, name: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **context: Any
) -> HTMLResponse:
    """The page ``name`` for this reader. Templates also know ``page``, ``status`` and ``notice`` (or None)."""
    locale = locale_of(request)
    context = {"notice": None, "status": status, "page": _page(request, locale), **context}
    body = environment(locale).get_template(name).render(context)
    answer = HTMLResponse(body, status, headers)
    answer.headers["Content-Language"] = locale
    answer.headers.add_vary_header("Accept-Language")
    answer.headers.add_vary_header("Cookie")
    return answer


def locale_of(request: Request) -> str:
    """The language of a signed-in person (request.state.locale, where they are known), else cookie, else browser."""
    chosen = getattr(request.state, "locale", None) or request.cookies.get(LANGUAGE_COOKIE)
    return negotiate(request.headers.get("accept-language", ""), chosen)


@cache
def environment(locale: str) -> Environment:
    """Templates with everything that depends on the language bound: macros need no context for it."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    templates.policies["ext.i18n.trimmed"] = True
    # The extension adds this method; jinja2 ships no types for it.
    cast(Any, templates).install_gettext_translations(translator(locale), newstyle=True)
    templates.filters |= {name: _bound(function, locale) for name, function in _IN_LOCALE.items()}
    templates.filters |= {
        "quoted": formats.quoted,
        "markdown": markdown,
        "excerpt": excerpt,
        "for_input": formats.for_input,
    }
    templates.globals |= {
        "static": static,
        "qr": qr,
        "one_time_key": lambda: uuid4().hex,
        "direction": _direction(locale),
    }
    templates.globals |= {"span": partial(formats.span, locale=locale), "Track": Track, "blank_form": Typed()}
    return templates


def _bound(function: Callable[..., str], locale: str) -> Callable[..., str]:
    def in_locale(value: Any, *rest: Any, **named: Any) -> str:
        return function(value, locale, *rest, **named)

    return in_locale


def _page(request: Request, locale: str) -> Page:
    settings: Settings = request.app.state.settings
    session_id = getattr(request.state, "session_id", None)
    query = f"?{request.url.query}" if request.url.query else ""
    return Page(
        locale=locale,
        direction=_direction(locale),
        address=settings.base_url.rstrip("/") + request.url.path,
        path=request.url.path + query,
        csrf=csrf_token(session_id, settings.secret) if session_id else None,
        demo=settings.demo,
        operator=settings.operator_name,
        languages={code: (Locale.parse(code).display_name or code).capitalize() for code in LOCALES},
    )


def _direction(locale: str) -> str:
    return Locale.parse(locale).text_direction
