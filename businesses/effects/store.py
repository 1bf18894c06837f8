"""Effects to rows and back."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from businesses.effects.tables import EffectRow
from businesses.effects.values import Effect, Kind, Per, Phase
from core.wire import plain


def of_obligations(session: Session, ids: Iterable[str]) -> list[Effect]:
    """All that was stated of these promises, oldest first: one query."""
    query = select(EffectRow).where(EffectRow.obligation_id.in_(list(ids)))
    return [_effect(row) for row in session.scalars(query.order_by(EffectRow.at, EffectRow.id))]


def add(session: Session, e: Effect) -> None:
    row = EffectRow(
        id=e.id, obligation_id=e.obligation, kind=e.kind, phase=e.phase, per=e.per, value=plain(e.value),
        currency=e.currency, method=e.method, source=e.source, by=e.by, at=e.at,
    )  # fmt: skip
    session.add(row)
    session.flush()


def _effect(row: EffectRow) -> Effect:
    return Effect(
        id=row.id,
        obligation=row.obligation_id,
        kind=Kind(row.kind),
        phase=Phase(row.phase),
        per=Per(row.per),
        value=Decimal(row.value),
        method=row.method,
        source=row.source,
        by=row.by,
        at=row.at,
        currency=row.currency,
    )
