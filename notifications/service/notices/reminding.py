"""The day before, and on the morning: supporters by the hour that they like mail at, the business with what is left.

Asked for as soon as the day is known to whoever is reminded. Moved, it asks anew; the old ones are not sent then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from accounts import queries as people
from accounts.rules import Person
from core.wire import encode
from notifications.rules import MORNING, day_reminders
from notifications.service.notices.notice import Notice, Reader
from pledges import queries as pledges
from pledges.calendar import comes_in
from pledges.values import Pledge


def everybody(n: Notice) -> None:
    """The day is set, or it is another one: whoever pledged, and the business."""
    _remind(n, pledges.confirmed(n.session, n.campaign.id))
    businesses(n)


def businesses(n: Notice) -> None:
    """At nine in the morning of the day before, where the campaign is."""
    opens = n.campaign.first_opening
    if opens is None:
        return
    (_, at), *_ = day_reminders(opens, n.campaign.timezone, MORNING)
    if at > n.now:
        n.ask("day_checklist", n.winners(), {"opens": encode(opens)}, at=at, about=f"{n.campaign.id}:{encode(opens)}")


def _of_pledge(n: Notice) -> None:
    _remind(n, [pledges.pledge(n.session, n.body["pledge"])])


def _remind(n: Notice, held: Iterable[Pledge]) -> None:
    own = {pledge.person: pledge for pledge in held if pledge.person}
    for person in people.people(n.session, own).values():
        _ask(n, person, own[person.id], comes_in(n.campaign, own[person.id])[0].opens_at)


def _ask(n: Notice, person: Person, pledge: Pledge, opens: datetime) -> None:
    """The key names reader, moment and which of the two it is: asked for again, by whatever fact, it is one mail."""
    reader = Reader(person.id, person.email, person.locale)
    for which, at in day_reminders(opens, person.timezone, person.digest_hour):
        if at > n.now:
            payload = {"pledge": pledge.id, "opens": encode(opens), "which": which}
            about = f"{which}:{n.campaign.id}:{encode(opens)}"
            n.ask("day_reminder", [reader], payload, at=at, about=about)


NOTICES: dict[str, Callable[[Notice], None]] = {
    "PledgeConfirmed": _of_pledge,
    "PledgeRenewed": _of_pledge,
    "PledgeChanged": _of_pledge,
}
