"""What every answer carries and every question is asked, before any route sees it (OPERATIONS.md, Security)."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.i18n import N_, negotiate, translator

_POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Addresses carry tokens; "same-origin" hides them from other sites and still sends Origin on our own forms.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_TWO_YEARS = "max-age=63072000; includeSubDomains"

_ELSEWHERE = N_("This form was sent from another website, so nothing was done. Open the page here and send it again.")


def policy(**changes: str) -> str:
    """The content security policy; ``policy(frame_ancestors="*")`` for a page that others may frame.

    Where a form's answer redirects to another site (hosted checkout), the page with the form names it in
    ``form_action``.
    """
    directives = _POLICY | {name.replace("_", "-"): value for name, value in changes.items()}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


class SecurityHeaders:
    """Adds the headers to every answer; one that a route has set itself stays."""

    def __init__(self, app: ASGIApp, base_url: str) -> None:
        self.app = app
        headers = _HEADERS | {"Content-Security-Policy": policy()}
        if base_url.startswith("https:"):
            headers["Strict-Transport-Security"] = _TWO_YEARS
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(h for h in self._headers if h[0] not in own)]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class SameOrigin:
    """Refuses forms that another site made a browser send. The API is left out: it knows no cookies."""

    def __init__(self, app: ASGIApp, base_url: str) -> None:
        self.app = app
        self._home = _origin(base_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _SAFE or _is_api(scope["path"]) or self._is_ours(scope):
            await self.app(scope, receive, send)
            return
        locale = negotiate(Headers(scope=scope).get("accept-language", ""))
        await PlainTextResponse(translator(locale).gettext(_ELSEWHERE), 403)(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None:  # a mail program's one-click unsubscribe, a payment provider's webhook, an old browser
            return headers.get("sec-fetch-site", "none") in {"none", "same-origin"}
        return origin in {self._home, _origin(f"{scope['scheme']}://{headers.get('host', '')}")}


class BodyLimit:
    """Stops reading a body beyond ``limit`` bytes, or what ``uploads`` says of paths with such an ending: 413."""

    def __init__(
        self, app: ASGIApp, limit: int = 2**20, uploads: Mapping[tuple[str, ...], int] = MappingProxyType({})
    ) -> None:
        self.app = app
        self._limit, self._uploads = limit, uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, self._counted(scope, receive) if scope["type"] == "http" else receive, send)

    def _counted(self, scope: Scope, receive: Receive) -> Receive:
        left = next((most for ends, most in self._uploads.items() if scope["path"].endswith(ends)), self._limit)
        announced = Headers(scope=scope).get("content-length", "")
        too_long = announced.isdecimal() and int(announced) > left

        async def receive_counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if too_long or left < 0:
                # Raised where the body is read, so that pages and API answer it like any other refusal.
                raise HTTPException(413, N_("This is too large to be sent here."))
            return message

        return receive_counted


def csrf_token(session_id: str, secret: str) -> str:
    """The token that forms behind sign-in carry: proof that the form was made by us for this session."""
    return hmac.new(secret.encode(), b"csrf:" + session_id.encode(), sha256).hexdigest()


def is_csrf_token(token: str, session_id: str, secret: str) -> bool:
    """Whether ``token`` is this session's, compared in constant time."""
    return hmac.compare_digest(token.encode(), csrf_token(session_id, secret).encode())


def local_path(target: str | None, otherwise: str = "/") -> str:
    """``target`` where it is a path on this site, else ``otherwise``: for redirects to an address that came in."""
    safe = target and re.fullmatch(r"/(?![/\\])[^\\\x00-\x20\x7f]*", target)
    return str(target) if safe else otherwise


def _is_api(path: str) -> bool:
    return path == "/api" or path.startswith("/api/")


def _origin(url: str) -> str:
    """Scheme, host and port as a browser writes them: lower case, without the scheme's own port."""
    parts = urlsplit(url.lower())
    default = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    return f"{parts.scheme}://{parts.netloc.removesuffix(default) if default else parts.netloc}"
