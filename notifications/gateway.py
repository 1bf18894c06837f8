"""How a message leaves: over SMTP, or into a demo's mailbox. Only this file of the package speaks to the outside."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from core.db import Database
from notifications import store

Post = Callable[[EmailMessage], None]
TIMEOUT_S = 20
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Refused(Exception):
    """This address takes no mail, now or later (5xx)."""


class Later(Exception):
    """Not this message now (4xx)."""


class Unreachable(Exception):
    """No server that takes any mail: nothing can be sent for the moment."""


class Transport(Protocol):
    """A way out. ``session`` opens it for a few messages; what it yields raises Refused, Later or Unreachable."""

    def session(self) -> AbstractContextManager[Post]: ...


@dataclass(frozen=True)
class SmtpTransport:
    """Real mail: ``smtp://user:password@host:port`` (with STARTTLS where the server offers it) or ``smtps://``."""

    url: str

    @contextmanager
    def session(self) -> Iterator[Post]:
        connection = _Connection(urlsplit(self.url))
        try:
            yield connection.post
        finally:
            connection.close()


@dataclass
class _Connection:
    """One conversation with the server, begun with the first message."""

    url: SplitResult
    _client: smtplib.SMTP | None = None

    def post(self, message: EmailMessage) -> None:
        client = self._client or self._connect()
        try:
            client.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            ((code, words),) = error.recipients.values()
            raise _judged(code, words) from error
        except smtplib.SMTPDataError as error:
            raise _judged(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Refused(str(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Unreachable(str(error)) from error

    def _connect(self) -> smtplib.SMTP:
        try:
            self._client = client = self._open()
            client.ehlo()
            self._encrypt(client)
            if self.url.username:
                client.login(unquote(self.url.username), unquote(self.url.password or ""))
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Unreachable(str(error)) from error
        return client

    def _open(self) -> smtplib.SMTP:
        if self.url.scheme == "smtps":
            return smtplib.SMTP_SSL(self._host, self.url.port or 465, timeout=TIMEOUT_S, context=_context(self._host))
        return smtplib.SMTP(self._host, self.url.port or (587 if self.url.username else 25), timeout=TIMEOUT_S)

    def _encrypt(self, client: smtplib.SMTP) -> None:
        if self.url.scheme == "smtps":
            return
        if client.has_extn("starttls"):
            client.starttls(context=_context(self._host))
        elif self.url.username and self._host not in _LOOPBACK:
            raise smtplib.SMTPException("the server offers no STARTTLS: the password is not sent in clear")

    @property
    def _host(self) -> str:
        return self.url.hostname or "localhost"

    def close(self) -> None:
        if self._client is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._client.quit()
            self._client = None


def _context(host: str) -> ssl.SSLContext:
    """TLS with the server's certificate checked, but for a relay on this very machine: those sign their own."""
    context = ssl.create_default_context()
    if host in _LOOPBACK:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _judged(code: int, words: bytes | str) -> Refused | Later:
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    text = re.sub(r"\S+@\S+", "(address)", said)  # what is kept of an answer names nobody
    return Refused(f"{code} {text}") if code >= 500 else Later(f"{code} {text}")


@dataclass(frozen=True)
class MailboxTransport:
    """Where no server is set, messages stay in a table that the mailbox page shows."""

    db: Database

    @contextmanager
    def session(self) -> Iterator[Post]:
        yield self._keep

    def _keep(self, message: EmailMessage) -> None:
        text, html = message.get_body(("plain",)), message.get_body(("html",))
        with self.db.writing() as session:
            kept = {
                "message_id": str(message["Message-ID"]),
                "recipient": message["To"].addresses[0].addr_spec,
                "subject": str(message["Subject"]),
                "headers": {name: str(value) for name, value in message.items()},
                "text": text.get_content() if text else "",
                "html": html.get_content() if html else "",
                "at": self.db.clock.now(session),
            }
            store.keep(session, kept)
