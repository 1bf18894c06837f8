"""Fetching a public page without becoming a way into private networks (OPERATIONS.md, Security: fetching links).

The name is resolved once, every address has to be public, and the one that was looked at is the one that is dialled;
the name stays in ``Host`` and in the certificate's check. A redirect is a new address and goes the same way.
"""

from __future__ import annotations

import asyncio
import hashlib
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

import httpx

from businesses.pages import Why

PORTS: Final = {"http": 80, "https": 443}
SECONDS: Final = 10.0
"""For everything together: the name, the connection, the redirects and the whole body."""
LARGEST: Final = 2_000_000
"""Bytes of a body."""
REDIRECTS: Final = 3
AGENT: Final = "CarrotmobCheck/1.0"
"""What a site's owner reads in the log, with the installation's address behind it."""

_TUNNELS = tuple(
    ip_network(net)
    for net in (
        "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10", "192.88.99.0/24",
    )
)  # fmt: skip
"""Ranges that are global by the book and lead to any address: NAT64, 6to4, Teredo and its relays, site-local."""

Transport = httpx.AsyncBaseTransport
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Every address of a host name, as text."""


class Unreachable(Exception):
    """A page could not be read."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why.value)


@dataclass(frozen=True)
class Fetched:
    """A page as it was: ``url`` after redirects, status, media type in lower case, bytes, and the date it is given."""

    url: str
    status: int
    media_type: str
    body: bytes
    charset: str = ""
    modified: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


def is_public(address: str) -> bool:
    """Whether an address may be dialled: global, no multicast, and no tunnel to one that is not."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    found = _unwrapped(found)
    inside = any(found.version == net.version and found in net for net in _TUNNELS)
    return found.is_global and not (found.is_multicast or found.is_reserved or inside)


def _unwrapped(found: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


def check_address(url: str) -> httpx.URL:
    """The address of a page, fit to be fetched. Raises Unreachable naming what is wrong with it."""
    try:
        read = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError):
        raise Unreachable(Why.NO_ADDRESS) from None
    if read.scheme not in PORTS or not read.host:
        raise Unreachable(Why.NOT_HTTP)
    if read.userinfo:
        raise Unreachable(Why.PASSWORD)
    if read.port not in {None, PORTS[read.scheme]}:
        raise Unreachable(Why.PORT)
    return read


async def resolve(host: str, port: int) -> Sequence[str]:
    """Every address that the system's name service gives."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


@dataclass(frozen=True)
class Fetcher:
    """What fetches: one client without cookies and proxies, how names are resolved, and the seconds it has in all."""

    client: httpx.AsyncClient
    resolve: Resolve = resolve
    seconds: float = SECONDS

    async def fetch(self, url: str, *, largest: int = LARGEST) -> Fetched:
        """The page behind an address. Raises Unreachable with the reason; a page that never ends is one, too."""
        try:
            async with asyncio.timeout(self.seconds):
                return await self._follow(check_address(url), largest)
        except TimeoutError:
            raise Unreachable(Why.TOO_SLOW) from None
        except httpx.HTTPError:
            raise Unreachable(Why.NO_ANSWER) from None

    async def _follow(self, url: httpx.URL, largest: int) -> Fetched:
        for _ in range(REDIRECTS + 1):
            found = await self._get(url, largest)
            if isinstance(found, Fetched):
                return found
            url = check_address(str(found))
        raise Unreachable(Why.REDIRECTS)

    async def _get(self, url: httpx.URL, largest: int) -> Fetched | httpx.URL:
        """One request: the page, or the address to which it leads on."""
        request = self._request(url, await self._public_address(url))
        answer = await self.client.send(request, stream=True, follow_redirects=False)
        try:
            target = answer.headers.get("location")
            if answer.is_redirect and target:
                return url.join(target)
            body = await _read(answer, largest)
        finally:
            await answer.aclose()
        media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        modified = answer.headers.get("last-modified", "")
        return Fetched(str(url), answer.status_code, media_type, body, answer.charset_encoding or "", modified)

    async def _public_address(self, url: httpx.URL) -> str:
        """The address to dial. One that is not public among many is reason enough to dial none."""
        try:
            found = await self.resolve(url.raw_host.decode("ascii"), PORTS[url.scheme])
        except (OSError, UnicodeError):
            raise Unreachable(Why.NO_SITE) from None
        if not found:
            raise Unreachable(Why.NO_SITE)
        if not all(is_public(address) for address in found):
            raise Unreachable(Why.NOT_PUBLIC)
        return found[0]

    def _request(self, url: httpx.URL, address: str) -> httpx.Request:
        dialled = url.copy_with(host=address)
        headers = {"Host": url.netloc.decode("ascii"), "Accept-Encoding": "identity"}
        named = {"sni_hostname": url.raw_host.decode("ascii")}
        return self.client.build_request("GET", dialled, headers=headers, extensions=named)


async def _read(answer: httpx.Response, largest: int) -> bytes:
    chunks, size = [], 0
    async for chunk in answer.aiter_raw():
        size += len(chunk)
        if size > largest:
            raise Unreachable(Why.TOO_LARGE)
        chunks.append(chunk)
    return b"".join(chunks)


def client(address: str, transport: Transport | None = None) -> httpx.AsyncClient:
    """A client that names itself and keeps nothing. ``address`` is that of this installation, for whoever wonders."""
    return httpx.AsyncClient(
        transport=transport,
        trust_env=False,
        headers={"User-Agent": f"{AGENT} (+{address})", "Accept": "text/html,application/json;q=0.9,*/*;q=0.1"},
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        timeout=SECONDS,
        follow_redirects=False,
        limits=httpx.Limits(max_connections=100, max_keepalive_connections=0),
    )
