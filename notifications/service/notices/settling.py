"""What no side decides alone: whose answer is missing is asked for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from notifications.service.notices.notice import Notice, Reader


def _asked(n: Notice) -> None:
    waits = [side for side in n.body["asks"] if side != n.body["by"]]
    payload = {"obligation": n.obligation.id, "substitute": n.body["substitute"]}
    n.ask("substitute_asked", of_sides(n, waits), payload)


def of_sides(n: Notice, sides: Iterable[str]) -> list[Reader]:
    """Everybody who can answer for these sides of a promise."""
    found = {"business": n.promiser, "organizer": n.organizers, "affected": n.seated, "monitor": n.monitors}
    return [reader for side in sides for reader in found[side]()]


NOTICES: dict[str, Callable[[Notice], None]] = {"SubstituteProposed": _asked}
