"""After the final tally: what falls due, what is late, what waits for a verdict, and what was decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from accounts import queries as people
from businesses import followthrough
from campaigns import queries as campaigns
from core.zones import zone
from notifications import store
from notifications.service.notices.notice import Notice, Reader
from pledges.returns import queries as returns


def _arose(n: Notice) -> None:
    """Reminders before the date, each once; a date that moves asks for new ones, and the old ones are not sent."""
    day, o = date.fromisoformat(n.body["due_on"]), n.body["obligation"]
    payload = {"obligation": o, "due_on": n.body["due_on"]}
    for left, at in followthrough.reminders(day, n.campaign.timezone, n.reminder_days, n.now):
        n.ask("promise_due", n.promiser(), {**payload, "days": left}, at=at, about=f"{o}:{day}:{left}")


def _late(n: Notice) -> None:
    """Both sides, and the checkers where they were not asked for a verdict; once more before it is *unknown*."""
    o = n.obligation
    asked_already = o.evidence or o.checks
    team = [*n.organizers(), *(() if asked_already else n.checkers())]
    n.ask("promise_late", n.promiser(), {"obligation": o.id})
    n.ask("promise_late", team, {"obligation": o.id, "business": o.business})
    n.remind("promise_late", n.promiser(), {"obligation": o.id}, followthrough.awaited_until(o), o.id)
    _remind_checkers(n)
    _neighbours(n)


def _neighbours(n: Notice) -> None:
    """Whoever asked what is late there: the next morning at eight, one mail for all of a day."""
    there = zone(n.campaign.timezone)
    day = n.now.astimezone(there).date() + timedelta(days=1)
    readers = [r for r in store.late_readers(n.session) if campaigns.lies_in(n.campaign, r.place, r.country)]
    named = [Reader(row.id, row.email, row.locale) for row in readers]
    n.ask("late_news", named, {}, at=datetime.combine(day, time(8), there), about=f"{day}")


def _very_late(n: Notice) -> None:
    """The business, the organizers and the named checker hear of it once more, a month later."""
    o = n.obligation
    n.ask("promise_late", n.promiser(), {"obligation": o.id})
    n.ask("promise_late", [*n.organizers(), *n.checkers()], {"obligation": o.id, "business": o.business})


def _remind_checkers(n: Notice) -> None:
    """Whoever owes a verdict, before its term ends and the promise is *unknown*."""
    o = n.obligation
    payload = {"obligation": o.id, "business": o.business}
    n.remind("verdict_due", n.checkers(), payload, followthrough.awaited_until(o), o.id)


def _filed(n: Notice) -> None:
    """The checker's turn: at once where the promise looks fulfilled, else when its date has passed."""
    o = n.obligation
    fulfilled = followthrough.fulfilled_on(o) is not None
    about = f"{o.id}:{'fulfilled' if fulfilled else o.due_on}"
    at = n.now if fulfilled else max(o.due_at, n.now)
    n.ask("verdict_due", n.checkers(), {"obligation": o.id, "business": o.business}, at=at, about=about)
    _remind_checkers(n)


def _page(n: Notice) -> None:
    """A page says no: whoever checks looks before anybody hears of it."""
    n.ask(
        "page_asked",
        n.checkers(),
        {"obligation": n.obligation.id, "look": n.body["look"], "business": n.obligation.business},
    )


def _replied(n: Notice) -> None:
    if n.body["dispute"]:
        n.ask("verdict_due", n.checkers(), {"obligation": n.obligation.id, "business": n.obligation.business})
        _remind_checkers(n)


def _extension(n: Notice) -> None:
    asked = {"due_on": n.body["due_on"], "reason": n.body["reason"]}
    payload = {"obligation": n.obligation.id, "business": n.obligation.business, **asked}
    n.ask("extension_asked", n.organizers(), payload)


def _answered(n: Notice) -> None:
    payload = {"obligation": n.obligation.id, "due_on": n.body["due_on"], "answer": n.fact.kind}
    n.ask("extension_answered", n.promiser(), payload)


def _granted(n: Notice) -> None:
    _answered(n)
    _arose(n)


def _verdict(n: Notice) -> None:
    payload = {"obligation": n.body["obligation"], "verdict": n.body["verdict"], "reason": n.body["reason"]}
    n.ask("verdict_given", n.promiser(), payload)
    _remind_checkers(n)


def _returns(n: Notice) -> None:
    """Everybody who said that they come back, with the ticket of their own pledge."""
    of_person = returns.of_people(n.session, n.campaign.id, n.body["business"])
    for person in people.people(n.session, of_person.keys()).values():
        payload = {"pledge": of_person[person.id], "shop": n.body["business"], "until": n.body["until"]}
        reader = Reader(person.id, person.email, person.locale)
        n.ask("return_open", [reader], payload, about=f"{n.campaign.id}:{n.body['business']}")


def _asked_again(n: Notice) -> None:
    """The named checker is asked, and once more before the term ends; the business may show that all is well."""
    payload = {"obligation": n.obligation.id, "business": n.obligation.business, "months": n.body["months"]}
    until = datetime.fromisoformat(n.body["until"])
    n.ask("recheck_due", n.checkers(), payload)
    n.remind("recheck_due", n.checkers(), payload, until, f"{n.obligation.id}:{n.body['months']}")


def _recheck(n: Notice) -> None:
    told = {name: n.body[name] for name in ("obligation", "months", "outcome", "reason")}
    n.ask("recheck_given", n.promiser(), told)


NOTICES: dict[str, Callable[[Notice], None]] = {
    "ObligationArose": _arose,
    "ExtensionGranted": _granted,
    "ExtensionRefused": _answered,
    "ExtensionLapsed": _answered,
    "ExtensionAsked": _extension,
    "EvidenceFiled": _filed,
    "SpotCheckFiled": _filed,
    "PageAsked": _page,
    "PromiseLate": _late,
    "PromiseVeryLate": _very_late,
    "RecheckOpened": _asked_again,
    "RecheckGiven": _recheck,
    "ReplyGiven": _replied,
    "VerdictGiven": _verdict,
    "ReturnsOpened": _returns,
}
