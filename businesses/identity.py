"""How it was confirmed that a business is who it says: the three ways, and what each asks for.

Source: DOMAIN.md, words (invitation): own-domain mail, register entry, visit by two; shown, never assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from core.errors import require

LINK_TERM = timedelta(days=14)
"""How long the link mailed to a business's own domain works; after that another can be sent."""

VISITORS = 2
"""How many of the team have to say that they were there."""

EVERYBODYS = frozenset({
    "aol.com", "facebook.com", "freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.de", "gmx.net", "google.com",
    "googlemail.com", "hotmail.com", "icloud.com", "instagram.com", "linktr.ee", "live.com", "mail.com", "mailbox.org",
    "me.com", "outlook.com", "posteo.de", "proton.me", "protonmail.com", "t-online.de", "tiktok.com", "web.de",
    "yahoo.com", "yahoo.de",
})  # fmt: skip
"""Domains on which anybody gets an address or a page: mail there tells nothing about a shop."""


class Method(StrEnum):
    """One of the three ways."""

    OWN_DOMAIN = "own_domain"
    REGISTER = "register"
    VISIT = "visit"


METHODS = frozenset(method.value for method in Method)


@dataclass(frozen=True)
class Confirmation:
    """One confirmation, or the beginning of one: ``confirmed_at`` None waits for the mailed link, or a second visitor.

    ``place`` is the domain or the register, ``entry`` the number in it. ``by``: the people who say so, never in a fact.
    """

    id: str
    business: str
    campaign: str
    method: Method
    begun_at: datetime
    place: str = ""
    entry: str = ""
    by: tuple[str, ...] = ()
    confirmed_at: datetime | None = None


def is_confirmed(identity: str) -> bool:
    """Whether a business's ``identity`` is one of the three ways, and not only by which link it came."""
    return identity in METHODS


def own_domain(site: str, email: str) -> str:
    """The domain of a business's site, where ``email`` is an address on it. Raises Invalid where it is not."""
    typed = site.strip().lower()
    domain = (urlsplit(typed if "://" in typed else f"//{typed}").hostname or "").removeprefix("www.")
    require("." in domain and len(domain) <= 200, "site", "write the address of its site, like bella-cafe.example")
    shared = any(domain == held or domain.endswith(f".{held}") for held in EVERYBODYS)
    require(not shared, "site", "everybody can have a page or an address there; choose another way")
    at = email.rpartition("@")[2].lower()
    require(at == domain or at.endswith(f".{domain}"), "email", "this address is not on the domain of the site")
    return domain


def waits(held: Confirmation, now: datetime) -> bool:
    """Whether a mailed link still works."""
    return held.confirmed_at is None and now < held.begun_at + LINK_TERM
