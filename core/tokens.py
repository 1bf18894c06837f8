"""Secrets: random tokens, their digests, and tokens derived from the installation's key."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet


def mint() -> str:
    """A fresh 256-bit token, safe in a URL."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a token: its SHA-256 in hexadecimal, useless to whoever reads the database."""
    return hashlib.sha256(token.encode()).hexdigest()


class Keys:
    """Everything derived from the installation's secret key."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"stored:" + self._secret).digest()))

    def token(self, purpose: str, subject: str) -> str:
        """The token of one purpose for one subject: always the same, so a mail can be sent again, never guessable."""
        mac = hmac.digest(self._secret, f"{purpose}:{subject}".encode(), "sha256")
        return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()

    def fits(self, purpose: str, subject: str, token: str) -> bool:
        """Whether ``token`` is that token, compared in constant time."""
        return hmac.compare_digest(self.token(purpose, subject).encode(), token.encode())

    def seal(self, secret: bytes) -> bytes:
        return self._fernet.encrypt(secret)

    def open(self, sealed: bytes) -> bytes:
        return self._fernet.decrypt(sealed)
