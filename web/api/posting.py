"""How every writing call is answered: one transaction, one effect per Idempotency-Key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.orm import Session

from core.errors import Conflict
from core.idempotency import Answer, Once
from core.wire import canonical
from web.site import Site, asker, limited

Work = Callable[[Session], Answer]
Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)]


class Posting:
    """One writing request: who asks, and under which key."""

    def __init__(self, request: Request, here: Site, actor: str, key: str | None) -> None:
        self.request = request
        self.site = here
        self.key = key
        self.actor = actor

    def __call__(self, body: BaseModel | None, work: Work, *, most: int = 600) -> JSONResponse:
        """Do ``work`` in one transaction, or repeat the answer that this key was given. ``most`` calls a minute."""
        with self.site.db.writing() as session:
            with limited(session, self.site, self.request, "write", most, 60):
                pass
            answer = self._once(session, body, work) if self.key else work(session)
        return JSONResponse(answer.body, answer.status)

    def _once(self, session: Session, body: BaseModel | None, work: Work) -> Answer:
        sent: Any = body.model_dump(mode="json") if body else None
        once = Once(
            keys=self.site.keys,
            actor=self.actor,
            path=f"{self.request.method} {self.request.url.path}?{self.request.url.query}",
            key=self.key or "",
            request=canonical(sent).encode(),
        )
        return once.do(session, self.site.clock.now(session), lambda: work(session))


async def posting(request: Request, key: Key = None) -> Posting:
    """The request's Posting."""
    return Posting(request, request.app.state.site, (await asker(request)).name, key)


Post = Annotated[Posting, Depends(posting)]


def demand_revision(request: Request, revision: int) -> None:
    """Raise Conflict where If-Match names another revision than the one that stands: somebody else was faster."""
    wanted = request.headers.get("if-match")
    if wanted and wanted.strip().strip('"') not in {str(revision), "*"}:
        raise Conflict("Somebody else has changed this meanwhile; read it again and repeat your change")
