"""What can be wrong with a request, in words a person can act on.

Messages are gettext ids with named ``{params}``; the edge (page or API) translates and fills them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn


@dataclass(frozen=True)
class Message:
    """A sentence to be translated at the edge: a gettext id and the values of its ``{params}``."""

    text: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format(**self.params) if self.params else self.text


@dataclass(frozen=True)
class FieldError:
    """One field that cannot be accepted, by its wire name ("commitments.0.share"), and what would be right."""

    field: str
    message: Message


class DomainError(Exception):
    """The base of everything that a use-case refuses. ``status`` is the HTTP status at the edge."""

    status = 500

    def __init__(self, text: str, **params: object) -> None:
        self.message = Message(text, params)
        super().__init__(str(self.message))


class NotFound(DomainError):
    """It does not exist, or the asker may not know that it exists."""

    status = 404


class NotSignedIn(DomainError):
    """Nobody in particular asked, and this needs somebody."""

    status = 401


class Forbidden(DomainError):
    """The asker is known and has no right to this."""

    status = 403


class Conflict(DomainError):
    """The state forbids it; the message says which state and what would allow it."""

    status = 409


class Busy(DomainError):
    """Too many at once: nothing was done, the same request may succeed in ``retry_after`` seconds."""

    status = 503
    retry_after = 2


class TooMany(DomainError):
    """One address, account or network asked too often."""

    status = 429

    def __init__(self, text: str, retry_after: int, **params: object) -> None:
        self.retry_after = retry_after
        super().__init__(text, **params)


class Invalid(DomainError):
    """Something typed breaks a rule. Carries every field error found; ``field`` is the first one's."""

    status = 422

    def __init__(self, errors: list[FieldError]) -> None:
        self.errors = errors
        super().__init__(errors[0].message.text, **errors[0].message.params)

    @property
    def field(self) -> str:
        return self.errors[0].field

    def under(self, prefix: str) -> Invalid:
        """The same errors with ``prefix.`` before each field: a value knows its own fields, not where it stands."""
        return Invalid([replace(e, field=f"{prefix}.{e.field}" if e.field else prefix) for e in self.errors])


def refuse(field_name: str, text: str, **params: object) -> NoReturn:
    """Raise Invalid for one field."""
    raise Invalid([FieldError(field_name, Message(text, params))])


def require(condition: object, field_name: str, text: str, **params: object) -> None:
    """Raise Invalid for ``field_name`` unless ``condition`` holds."""
    if not condition:
        refuse(field_name, text, **params)
