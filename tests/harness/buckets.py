"""A small S3-compatible store on a loopback port: the calls that stored files need, as Amazon documents them."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.settings import Settings
from tests.harness.servers import free_socket, serving

KEY, SECRET, BUCKET = "mob-key", "mob-secret", "mob"
PAGE = 2
"""Objects of one page of a list: small, so that the next page is asked for."""


@dataclass
class Bucket:
    """What lies in it, by key. While ``away`` every call is answered 503."""

    url: str = ""
    held: dict[str, tuple[bytes, datetime]] = field(default_factory=dict)
    away: bool = False

    @property
    def settings(self) -> dict[str, str]:
        """What an operator would set."""
        return {"files": f"s3://{BUCKET}/home", "files_endpoint": self.url, "files_key_id": KEY, "files_secret": SECRET}

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/{bucket}", self._bucket, methods=["GET", "POST"]),
                Route("/{bucket}/{key:path}", self._object, methods=["GET", "HEAD", "PUT", "DELETE"]),
            ]
        )

    def _refused(self, request: Request, body: bytes) -> Response | None:
        """Signed with the key that it knows, for this bucket, and the body as its checksum says."""
        signed = request.headers.get("authorization", "").startswith(f"AWS4-HMAC-SHA256 Credential={KEY}/")
        digest = request.headers.get("x-amz-content-sha256", "")
        whole = digest in {"UNSIGNED-PAYLOAD", hashlib.sha256(body).hexdigest()}
        if self.away:
            return Response(status_code=503)
        return None if signed and whole and request.path_params["bucket"] == BUCKET else Response(status_code=403)

    async def _object(self, request: Request) -> Response:
        key, body = request.path_params["key"], await request.body()
        if refused := self._refused(request, body):
            return refused
        if request.method == "PUT":
            self.held[key] = body, datetime.now(UTC).replace(microsecond=0)
            return Response(headers={"ETag": '"x"'})
        if request.method == "DELETE":
            self.held.pop(key, None)
            return Response(status_code=204)
        if key not in self.held:
            return Response(status_code=404)
        content, at = self.held[key]
        headers = {"Last-Modified": at.strftime("%a, %d %b %Y %H:%M:%S GMT"), "ETag": '"x"'}
        return Response(content, headers=headers)

    async def _bucket(self, request: Request) -> Response:
        body = await request.body()
        if refused := self._refused(request, body):
            return refused
        return self._delete(body) if request.method == "POST" else self._list(request)

    def _delete(self, body: bytes) -> Response:
        keys = [found.text or "" for found in ElementTree.fromstring(body).iter() if found.tag.endswith("Key")]  # noqa: S314 - the test's own
        for key in keys:
            self.held.pop(key, None)
        gone = "".join(f"<Deleted><Key>{escape(key)}</Key></Deleted>" for key in keys)
        return Response(f"<DeleteResult>{gone}</DeleteResult>", media_type="application/xml")

    def _list(self, request: Request) -> Response:
        prefix, start = request.query_params.get("prefix", ""), request.query_params.get("continuation-token", "")
        after = base64.b64decode(start).decode()
        keys = sorted(key for key in self.held if key.startswith(prefix) and key > after)
        shown, more = keys[:PAGE], len(keys) > PAGE
        token = base64.b64encode(shown[-1].encode()).decode() if more else ""
        entries = "".join(self._entry(key) for key in shown)
        following = f"<NextContinuationToken>{token}</NextContinuationToken>" if more else ""
        told = f"<IsTruncated>{str(more).lower()}</IsTruncated>{following}{entries}"
        return Response(f"<ListBucketResult>{told}</ListBucketResult>", media_type="application/xml")

    def _entry(self, key: str) -> str:
        content, at = self.held[key]
        when = re.sub(r"\+00:00$", ".000Z", at.isoformat())
        return (
            f"<Contents><Key>{escape(key)}</Key><LastModified>{when}</LastModified><ETag>x</ETag>"
            f"<Size>{len(content)}</Size></Contents>"
        )


@pytest.fixture
def bucket() -> Iterator[Bucket]:
    """An empty one; ``Settings(home=..., **bucket.settings)`` keeps its files there."""
    held = Bucket()
    with serving(held.app(), free_socket()) as url:
        held.url = url
        yield held


def settings_of(bucket: Bucket, **more: object) -> Settings:
    return Settings.model_validate({**bucket.settings, **more})
