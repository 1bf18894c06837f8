"""The list of what is to be done before the day, as both sides see and change it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts.rules import Person
from businesses import queries as businesses
from businesses.values import Business
from campaigns.tasks import queries, rules, service
from campaigns.tasks.rules import Wording
from campaigns.tasks.values import Side, Task, counted
from core.errors import Invalid
from core.wire import encode
from web.pages.edge import Acting, typed, words
from web.rendering import locale_of, render
from web.site import Site
from web.trips import readying
from web.trips.readying import Sat
from web.typed import Typed
from web.views.fields import Fields

Meant = Annotated[str, Query(alias="business", max_length=32)]
Again = Annotated[str, Query(max_length=32)]
PRIVATE = {"Cache-Control": "no-store"}
Asking = tuple[Person | None, Business | None]


def act_on(act: Acting, slug: str, asking: Asking, address: str) -> Response:
    """One press: add a line, tick it, change it, take it away. What is refused comes back with what was typed."""
    task, meant = words(act.form, "task"), words(act.form, "business")

    def work(session: Session) -> str:
        sat = readying.sit(session, slug, *asking, meant)
        return f"{address}/tasks?business={sat.seat.business}{_changed(session, act, sat, task)}"

    try:
        return act.do(work)
    except Invalid as wrong:
        refused = typed(act.form, _prefix(task)).refused(wrong)
        return page(act.request, act.here, slug, asking, address, meant, refused=(task, refused))


def _changed(session: Session, act: Acting, sat: Sat, task: str) -> str:
    """Do it, and say where on the page it is to be seen."""
    to = (session, act.here.clock, sat.seat, sat.campaign.slug)
    match words(act.form, "do"):
        case "remove":
            return f"&again={service.remove_task(*to, task, sat.begun).id}#add"
        case "change":
            return f"#t-{service.change_task(*to, task, sat.begun, **vars(_wording(act))).id}"
        case "add":
            return f"#t-{service.add_task(*to, _wording(act), sat.begun).id}"
        case wish:
            return f"#t-{service.tick_task(*to, task, sat.begun, done=wish == 'done').id}"


def _wording(act: Acting) -> Wording:
    """Raises Invalid naming ``words`` or ``day``."""
    fields = Fields({name: words(act.form, name) for name in act.form}, locale_of(act.request))
    told = fields.text("words", 300, 1), fields.choice("by", Side, Side.BUSINESS), fields.day("day")
    fields.check()
    return Wording(*told)


def page(
    request: Request,
    here: Site,
    slug: str,
    asking: Asking,
    address: str,
    meant: str = "",
    *,
    again: str = "",
    refused: tuple[str, Typed] | None = None,
) -> Response:
    """``again``: a line that was taken away, ready to be added again. ``refused``: the form of a line, or of none."""
    with here.db.reading() as session:
        sat = readying.sit(session, slug, *asking, meant)
        tasks = readying.listed(session, sat)
        gone = queries.removed(session, sat.campaign, sat.seat.business, again) if again else None
        winners = businesses.businesses(session, [w.business for w in sat.campaign.winners])
    told: dict[str, Any] = {"campaign": sat.campaign, "address": address, "mine": sat.seat.business}
    told |= {"winners": winners, "open": rules.is_open(sat.campaign), "sides": _sides(tasks), "gone": gone}
    told |= {"done": counted(tasks)[0], "all": counted(tasks)[1], "forms": _forms(tasks, gone)}
    if refused:
        told["forms"][refused[0]] = refused[1]
    told["form"] = refused[1] if refused else Typed()
    status = 422 if refused else 200
    return render(request, "before/tasks.html", status=status, headers=PRIVATE, **told)


def _sides(tasks: tuple[Task, ...]) -> dict[Side, list[Task]]:
    return {side: [task for task in tasks if task.by == side] for side in (Side.BUSINESS, Side.ORGANIZERS)}


def _forms(tasks: tuple[Task, ...], gone: Task | None) -> dict[str, Typed]:
    """A form for each line, and one, by the name "", for a further one."""
    fresh = _form("", gone) if gone else Typed.start(_prefix(""), by=Side.BUSINESS)
    return {"": fresh} | {task.id: _form(task.id, task) for task in tasks}


def _form(name: str, task: Task) -> Typed:
    return Typed.start(_prefix(name), words=task.words, by=task.by, day=encode(task.day) or "")


def _prefix(task: str) -> str:
    return f"{task or 'new'}-"
