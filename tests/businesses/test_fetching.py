"""A fetched link is no way into private networks, and a page that never ends is let go."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from businesses.gateway import fetching
from businesses.gateway.fetching import Fetched, Fetcher, Unreachable
from businesses.gateway.manners import Manners
from businesses.pages import Why

PUBLIC = "93.184.215.14"
"""An address of the public web; in these tests all that is dialled there lands on a server of ours."""

REFUSED = (
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254",  # noqa: S104  # not bound to
    "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.7", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "192.88.99.1", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1",
    "ff02::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "64:ff9b::7f00:1", "64:ff9b:1::1", "no address",
)  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_is_not_of_the_public_web_is_never_dialled(address: str) -> None:
    assert not fetching.is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_an_address_of_the_public_web_is(address: str) -> None:
    assert fetching.is_public(address)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", Why.NOT_HTTP),
        ("gopher://shop.example/", Why.NOT_HTTP),
        ("shop.example", Why.NOT_HTTP),
        ("https://", Why.NOT_HTTP),
        ("https://me:secret@shop.example/", Why.PASSWORD),
        ("https://shop.example:8443/", Why.PORT),
        ("http://shop.example:22/", Why.PORT),
        ("http://[::1/", Why.NO_ADDRESS),
    ],
)
def test_what_is_no_plain_address_of_the_web_is_refused_with_its_reason(url: str, why: Why) -> None:
    with pytest.raises(Unreachable) as refused:
        fetching.check_address(url)
    assert refused.value.why == why


class _Site(BaseHTTPRequestHandler):
    """A site with traps: redirects, pages that never end, cookies, and the rules for programs."""

    seen: list[dict[str, str]]
    robots = (404, "")

    def do_GET(self) -> None:
        self.seen.append({"path": self.path, "host": self.headers["Host"], **dict(self.headers)})
        name, _, rest = self.path.lstrip("/").partition("?")
        match name:
            case "moved":
                self._answer(302, "", Location=rest)
            case "large":
                self._answer(200, "x" * (fetching.LARGEST + 1))
            case "drip":
                self._drip()
            case "cookie":
                self._answer(200, "a cookie", **{"Set-Cookie": "a=b; Path=/"})
            case "robots.txt":
                self._answer(*self.robots)
            case _:
                self._answer(200, "<p>15 producers</p>", **{"Content-Type": "text/html; charset=utf-8"})

    def _answer(self, status: int, body: str, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def _drip(self) -> None:
        """A byte now and then, for ever: no single read takes long."""
        self.send_response(200)
        self.end_headers()
        waiting = threading.Event()
        try:
            while not waiting.wait(0.02):
                self.wfile.write(b".")
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


class _Lands(httpx.AsyncHTTPTransport):
    """Takes whoever dials the public address to a server of the test's own, and remembers what was dialled."""

    def __init__(self, port: int, trusts: ssl.SSLContext | None = None) -> None:
        super().__init__(verify=trusts or True)
        self.port = port
        self._scheme = "https" if trusts else "http"
        self.dialled: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.dialled.append(request.url.host)
        assert fetching.is_public(request.url.host)
        request.url = request.url.copy_with(scheme=self._scheme, host="127.0.0.1", port=self.port)
        return await super().handle_async_request(request)


class Web:
    """The public web as the tests see it: names, one server behind them, and what was asked of it."""

    def __init__(self, site: type[_Site], port: int) -> None:
        self.site = site
        self.names: dict[str, Sequence[str]] = {"shop.example": [PUBLIC]}
        self.lands = _Lands(port)
        self.answers: dict[str, Iterator[Sequence[str]]] = {}

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        if host in self.answers:
            return next(self.answers[host])
        if host not in self.names:
            return await fetching.resolve(host, port)
        return self.names[host]

    @property
    def asked(self) -> list[str]:
        return [request["path"] for request in self.site.seen]

    def fetch(self, url: str, *, seconds: float = 5.0) -> Fetched:
        return self.run(lambda fetcher: fetcher.fetch(url), seconds)

    def run(self, work: Callable[[Fetcher], Awaitable[Fetched]], seconds: float = 5.0) -> Fetched:
        async def whole() -> Fetched:
            async with fetching.client("https://mob.example", self.lands) as client:
                return await work(Fetcher(client, self.resolve, seconds))

        return asyncio.run(whole())


@contextmanager
def serving(site: type[_Site], certificate: Path | None = None) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), site)
    if certificate:
        secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        secured.load_cert_chain(certificate)
        server.socket = secured.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def web() -> Iterator[Web]:
    site = type("Site", (_Site,), {"seen": []})
    with serving(site) as port:
        yield Web(site, port)


@pytest.fixture
def certified(tmp_path: Path) -> Path:
    """A certificate for shop.example alone, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "shop.example")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("shop.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = tmp_path / "shop.pem"
    file.write_bytes(made.public_bytes(pem) + plain)
    return file


def test_the_certificate_has_to_be_that_of_the_name_not_of_the_address(certified: Path) -> None:
    site = type("Site", (_Site,), {"seen": []})
    with serving(site, certified) as port:
        web = Web(site, port)
        web.lands = _Lands(port, ssl.create_default_context(cafile=str(certified)))
        assert web.fetch("https://shop.example/").status == 200
        web.names["other.example"] = [PUBLIC]
        assert refused(web, "https://other.example/") == Why.NO_ANSWER
    assert len(web.site.seen) == 1


def refused(web: Web, url: str, **options: float) -> Why:
    with pytest.raises(Unreachable) as found:
        web.fetch(url, **options)
    return found.value.why


def test_a_public_page_is_read_under_its_own_name_with_its_hash(web: Web) -> None:
    page = web.fetch("https://shop.example/producers")
    assert page.body == b"<p>15 producers</p>"
    assert (page.status, page.media_type, page.charset) == (200, "text/html", "utf-8")
    assert len(page.sha256) == 64
    (request,) = web.site.seen
    assert request["host"] == "shop.example"
    assert request["User-Agent"] == "CarrotmobCheck/1.0 (+https://mob.example)"
    assert web.lands.dialled == [PUBLIC]


def test_a_name_server_that_changes_its_mind_leads_nowhere(web: Web) -> None:
    """The address that was looked at is the one that is dialled: the name is not resolved a second time."""
    web.answers["rebind.example"] = iter([[PUBLIC], ["127.0.0.1"]])
    assert web.fetch("http://rebind.example/").status == 200
    assert web.lands.dialled == [PUBLIC]
    assert refused(web, "http://rebind.example/") == Why.NOT_PUBLIC


def test_one_private_address_among_many_is_reason_enough(web: Web) -> None:
    web.names["both.example"] = [PUBLIC, "192.168.0.10"]
    assert refused(web, "https://both.example/") == Why.NOT_PUBLIC
    assert web.lands.dialled == []


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::1]/",
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://localhost/",
        "//10.0.0.1/",
    ],
)
def test_a_redirect_into_a_private_network_is_not_followed(web: Web, target: str) -> None:
    assert refused(web, f"https://shop.example/moved?{target}") == Why.NOT_PUBLIC
    assert len(web.site.seen) == 1


def test_a_redirect_to_another_scheme_or_port_is_not_followed(web: Web) -> None:
    assert refused(web, "https://shop.example/moved?file:///etc/passwd") == Why.NOT_HTTP
    assert refused(web, "https://shop.example/moved?http://shop.example:6379/") == Why.PORT
    assert refused(web, "https://shop.example/moved?https://a:b@shop.example/") == Why.PASSWORD


def test_three_redirects_are_followed_and_a_fourth_is_not(web: Web) -> None:
    hop = "/moved?"
    assert web.fetch("https://shop.example" + hop * 3 + "/there").status == 200
    assert refused(web, "https://shop.example" + hop * 4 + "/there") == Why.REDIRECTS


def test_a_page_that_is_too_large_or_never_ends_is_let_go(web: Web) -> None:
    assert refused(web, "https://shop.example/large") == Why.TOO_LARGE
    assert refused(web, "https://shop.example/drip", seconds=0.3) == Why.TOO_SLOW


def test_a_name_that_does_not_exist_and_a_site_that_does_not_answer_are_told_apart(web: Web) -> None:
    web.names["nowhere.example"] = []
    assert refused(web, "https://nowhere.example/") == Why.NO_SITE
    web.lands.port = 1
    assert refused(web, "https://shop.example/") == Why.NO_ANSWER


def test_cookies_are_not_kept(web: Web) -> None:
    async def twice(fetcher: Fetcher) -> Fetched:
        await fetcher.fetch("https://shop.example/cookie")
        return await fetcher.fetch("https://shop.example/cookie")

    web.run(twice)
    assert [request.get("Cookie") for request in web.site.seen] == [None, None]


def test_a_site_that_wants_no_programs_is_left_alone(web: Web) -> None:
    web.site.robots = (200, "User-agent: *\nDisallow: /private\n")
    with pytest.raises(Unreachable) as found:
        web.run(lambda fetcher: Manners(fetcher).fetch("https://shop.example/private/list"))
    assert found.value.why == Why.ROBOTS
    assert web.asked == ["/robots.txt"]
    assert web.run(lambda fetcher: Manners(fetcher).fetch("https://shop.example/producers")).status == 200


def test_the_rules_of_a_site_are_asked_once_and_none_allow_all(web: Web) -> None:
    async def three(fetcher: Fetcher) -> Fetched:
        manners = Manners(fetcher)
        pages = [manners.fetch(f"https://shop.example/{n}") for n in range(3)]
        return (await asyncio.gather(*pages))[0]

    web.run(three)
    assert sorted(web.asked) == ["/0", "/1", "/2", "/robots.txt"]


def test_a_site_whose_rules_cannot_be_read_is_left_alone(web: Web) -> None:
    web.site.robots = (503, "")
    with pytest.raises(Unreachable):
        web.run(lambda fetcher: Manners(fetcher).fetch("https://shop.example/producers"))
    assert web.asked == ["/robots.txt"]
