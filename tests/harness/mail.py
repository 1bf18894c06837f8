"""A real SMTP server on a loopback port, which keeps what it is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class Received:
    """One message as it came over the wire."""

    sender: str
    recipients: list[str]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)


@dataclass
class Mailbox:
    """What arrived, oldest first. ``answers`` are given to the next messages instead of accepting them."""

    received: list[Received] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    url: str = ""

    def sent_to(self, address: str) -> list[EmailMessage]:
        return [mail.message for mail in self.received if address in mail.recipients]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answers:
            return self.answers.pop(0)
        content = envelope.original_content or b""
        self.received.append(Received(envelope.mail_from or "", list(envelope.rcpt_tos), content))
        return "250 kept"


class OnAnyPort(Controller):
    """Listens on a port that the system picks, so that two runs never meet."""

    def _trigger_server(self) -> None:
        listening: Any = self.server
        self.port = listening.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd types only part of itself


@pytest.fixture
def smtp_server() -> Iterator[Mailbox]:
    """A mailbox; give its ``url`` to the application as CARROTMOB_SMTP_URL."""
    mailbox = Mailbox()
    controller = OnAnyPort(mailbox, hostname="127.0.0.1", port=0)
    controller.start()
    mailbox.url = f"smtp://127.0.0.1:{controller.port}"
    yield mailbox
    controller.stop()
