"""One effect per Idempotency-Key: the answer is stored with the work, in the same transaction (API.md)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from core.db import lock
from core.errors import Conflict
from core.tables import AnswerRow
from core.tokens import Keys

KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Answer:
    """What was answered: the HTTP status and the JSON body."""

    status: int
    body: Any


@dataclass(frozen=True)
class Once:
    """One request that carries an Idempotency-Key, scoped to actor and path."""

    keys: Keys
    actor: str
    path: str
    key: str
    request: bytes

    def do(self, session: Session, now: datetime, work: Callable[[], Answer]) -> Answer:
        """Do ``work``, or repeat the answer given before. Raises Conflict where the same key came with another body."""
        lock(session, f"idempotency:{self._scope}")
        if held := session.get(AnswerRow, self._scope):
            if held.at > now - KEPT_FOR:
                return self._replay(held)
            session.delete(held)
            session.flush()
        answer = work()
        session.add(self._row(answer, now))
        return answer

    @property
    def _scope(self) -> str:
        return hashlib.sha256("\0".join((self.actor, self.path, self.key)).encode()).hexdigest()

    @property
    def _request(self) -> str:
        return hashlib.sha256(self.request).hexdigest()

    def _replay(self, held: AnswerRow) -> Answer:
        if held.request != self._request:
            raise Conflict("This Idempotency-Key was used with another body; take a new key for a new request")
        return Answer(held.status, json.loads(self.keys.open(held.answer)))

    def _row(self, answer: Answer, now: datetime) -> AnswerRow:
        sealed = self.keys.seal(json.dumps(answer.body).encode())
        return AnswerRow(scope=self._scope, request=self._request, status=answer.status, answer=sealed, at=now)


def forget_old(session: Session, now: datetime) -> None:
    """Drop answers older than a day."""
    session.execute(delete(AnswerRow).where(AnswerRow.at < now - KEPT_FOR))
