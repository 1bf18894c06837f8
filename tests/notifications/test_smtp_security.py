"""How the mailer talks to a server: encrypted where the server can, and no password in clear."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.clock import wall_clock
from notifications.gateway import SmtpTransport, Unreachable
from notifications.rendering import compose
from tests.factories import NOW
from tests.harness.mail import Mailbox, OnAnyPort
from tests.notifications.letters import SETTINGS, make_letter

MESSAGE = compose(make_letter("sign_in"), SETTINGS, NOW)


@contextmanager
def listening(host: str = "127.0.0.1", **options: Any) -> Iterator[tuple[Mailbox, int]]:
    """A server of this kind; gives what it receives, and its port."""
    mailbox = Mailbox()
    controller = OnAnyPort(mailbox, hostname=host, port=0, **options)
    controller.start()
    try:
        yield mailbox, controller.port
    finally:
        controller.stop()


def knows(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object) -> AuthResult:
    """Lets in who has the password, and nobody else."""
    assert isinstance(given, LoginPassword)
    return AuthResult(success=given.password == b"p@ss word", handled=False)


GUARDED: dict[str, Any] = {"auth_required": True, "authenticator": knows}


def send(url: str) -> None:
    with SmtpTransport(url).session() as post:
        post(MESSAGE)


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A server's side of TLS, with a certificate that it signed itself."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(_certificate(tmp_path_factory.mktemp("tls") / "server.pem"))
    return context


def _certificate(path: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now, day = wall_clock(), timedelta(days=1)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now - day).not_valid_after(now + day)
    pem, clear = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, clear)
    path.write_bytes(private + builder.sign(key, hashes.SHA256()).public_bytes(pem))
    return path


def test_encryption_is_used_where_it_is_offered_and_then_the_password(tls: ssl.SSLContext):
    with listening(tls_context=tls, require_starttls=True, **GUARDED) as (mailbox, port):
        send(f"smtp://lea:p%40ss%20word@127.0.0.1:{port}")
    assert len(mailbox.received) == 1


def test_smtps_is_encrypted_from_the_first_byte(tls: ssl.SSLContext):
    with listening(ssl_context=tls) as (mailbox, port):
        send(f"smtps://127.0.0.1:{port}")
    assert len(mailbox.received) == 1


def test_a_wrong_password_is_our_fault_not_the_readers(tls: ssl.SSLContext):
    with listening(tls_context=tls, **GUARDED) as (mailbox, port), pytest.raises(Unreachable):
        send(f"smtp://lea:guessed@127.0.0.1:{port}")
    assert mailbox.received == []


def test_the_password_is_not_sent_in_clear():
    with listening("127.0.0.2") as (mailbox, port), pytest.raises(Unreachable, match="in clear"):
        send(f"smtp://lea:p%40ss%20word@127.0.0.2:{port}")
    assert mailbox.received == []


def test_elsewhere_a_certificate_has_to_be_right(tls: ssl.SSLContext):
    with listening("127.0.0.2", tls_context=tls) as (mailbox, port), pytest.raises(Unreachable, match="certificate"):
        send(f"smtp://127.0.0.2:{port}")
    assert mailbox.received == []
