"""Style, icons and scripts: read once, served under an address that changes with their content, kept for a year."""

from __future__ import annotations

import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(__file__).parent / "static"
BUNDLES = {"site.css": ("tokens.css", "ui.css")}
"""Files that are sent as one, so that a slow phone asks once."""

_FOR_EVER = "public, max-age=31536000, immutable"
_BRIEFLY = "public, max-age=60"


@cache
def contents() -> dict[str, bytes]:
    """Every file by its name below web/static, bundles included."""
    found = {str(path.relative_to(FOLDER)): path.read_bytes() for path in sorted(FOLDER.rglob("*")) if path.is_file()}
    return found | {name: b"".join(found[part] for part in parts) for name, parts in BUNDLES.items()}


@cache
def version() -> str:
    """One hash over all files: modules import each other by relative paths, so they change address together."""
    digest = hashlib.sha256()
    for name, content in contents().items():
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()[:10]


def static(name: str) -> str:
    """The address of a file. Raises KeyError for one that is not there, so that a wrong name fails its page's test."""
    if name not in contents():
        raise KeyError(name)
    return f"/static/{version()}/{name}"


def asset(name: str, cache_control: str = _BRIEFLY) -> Response:
    """A file as a response; also for the few that must stand at an address of their own (a service worker)."""
    if name not in contents():
        raise HTTPException(404)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(contents()[name], media_type=kind, headers={"Cache-Control": cache_control})


def _serve(request: Request) -> Response:
    # A page of the release before this one still gets a style sheet, but does not keep it.
    current = request.path_params["version"] == version()
    return asset(request.path_params["name"], _FOR_EVER if current else _BRIEFLY)


route = Route("/static/{version}/{name:path}", _serve, name="static")
