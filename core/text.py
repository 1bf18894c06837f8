"""Text that people type: kept as typed, but for what no database or page can carry."""

from __future__ import annotations

import re
import unicodedata

from core.errors import require

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_EMAIL = re.compile(r"[^@\s<>()\[\],;:\\\"]+@[^@\s<>()\[\],;:\\\"]+\.[^@\s<>()\[\],;:\\\".]+")


def clean(text: str, field: str, most: int = 200, least: int = 0) -> str:
    """Trimmed text of ``least`` to ``most`` characters. Raises Invalid for control characters and wrong lengths."""
    require(not _CONTROL.search(text), field, "this holds a character that cannot be shown; please type it again")
    text = text.strip()
    require(len(text) >= least, field, "please fill this in")
    require(len(text) <= most, field, "at most {most} characters", most=most)
    return text


def email(text: str, field: str = "email") -> str:
    """An address in lower case. Raises Invalid naming what is missing."""
    text = clean(text, field, 254).lower()
    require("@" in text, field, "the email lacks an @")
    require(_EMAIL.fullmatch(text), field, "write an email address, like lea@example.org")
    return text


def slug(title: str) -> str:
    """A short ASCII name for an address on the web: "Bella Café" gives "bella-cafe"; "mob" where nothing is left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or "mob"
