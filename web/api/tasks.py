"""The checklist that both sides share before the day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Query
from fastapi.responses import JSONResponse, Response
from sqlalchemy.orm import Session

from campaigns.tasks import service
from campaigns.tasks.rules import Wording
from campaigns.tasks.values import Side, Task, counted
from core.idempotency import Answer
from core.wire import Json, encode
from web.api import bodies as b
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.site import MaybePerson, MaybeShop, SiteDep
from web.trips import readying

router = ApiRouter(tags=["mob day"])
Meant = Annotated[str, Query(alias="business", max_length=32, description="with several winners: whose list")]


class TaskBody(b.Body):
    words: b.Text
    by: Side
    day: date | None = None


class TaskChanges(b.Body):
    """What is sent is changed; ``done`` ticks or unticks."""

    words: b.Text = ""
    by: Side = Side.BUSINESS
    day: date | None = None
    done: bool = False

    def wording(self) -> Json:
        sent = {"words": self.words.strip(), "by": self.by, "day": self.day}
        return {name: value for name, value in sent.items() if name in self.model_fields_set}


@router.get("/campaigns/{slug}/tasks")
def listed(slug: str, here: SiteDep, person: MaybePerson, shop: MaybeShop, meant: Meant = "") -> Response:
    """What is to be done before the day (organizers and the business)."""
    with here.db.reading() as session:
        tasks = readying.listed(session, readying.sit(session, slug, person, shop, meant))
    done, all_ = counted(tasks)
    told = {"items": [_view(task) for task in tasks], "done": done, "all": all_, "next": None}
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


@router.post("/campaigns/{slug}/tasks", status_code=201)
def add(
    slug: str, body: TaskBody, here: SiteDep, person: MaybePerson, shop: MaybeShop, post: Post, meant: Meant = ""
) -> Response:
    """One more line (organizers and the business)."""

    def work(session: Session) -> Answer:
        sat = readying.sit(session, slug, person, shop, meant)
        new = Wording(body.words.strip(), body.by, body.day)
        return Answer(201, _view(service.add_task(session, here.clock, sat.seat, slug, new, sat.begun)))

    return post(body, work)


@router.patch("/campaigns/{slug}/tasks/{task_id}")
def change(
    slug: str,
    task_id: str,
    body: TaskChanges,
    here: SiteDep,
    person: MaybePerson,
    shop: MaybeShop,
    post: Post,
    meant: Meant = "",
) -> Response:
    """Tick it, or write it anew: what is not sent stays (organizers and the business)."""

    def work(session: Session) -> Answer:
        sat = readying.sit(session, slug, person, shop, meant)
        to = (session, here.clock, sat.seat, slug, task_id, sat.begun)
        changed = service.change_task(*to, **body.wording())
        if "done" in body.model_fields_set:
            changed = service.tick_task(*to, done=body.done)
        return Answer(200, _view(changed))

    return post(body, work)


@router.delete("/campaigns/{slug}/tasks/{task_id}", status_code=204)
def remove(slug: str, task_id: str, here: SiteDep, person: MaybePerson, shop: MaybeShop, meant: Meant = "") -> Response:
    """Take it away (organizers and the business)."""
    with here.db.writing() as session:
        sat = readying.sit(session, slug, person, shop, meant)
        service.remove_task(session, here.clock, sat.seat, slug, task_id, sat.begun)
    return Response(status_code=204)


def _view(task: Task) -> Json:
    done = {"by": task.done_by.value, "at": encode(task.done_at)} if task.done_by else None
    return {"id": task.id, "words": task.words, "by": task.by.value, "day": encode(task.day), "done": done}
