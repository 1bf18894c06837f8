"""A till's own file: kept as it was sent, looked at, and then counted for the windows it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from campaigns import service as campaigns
from core.clock import Clock
from core.db import new_id
from core.errors import require
from pledges.rules import tills as rules
from pledges.service.proofs import give_proof
from pledges.service.tills import declare_till
from pledges.store import till_files as store
from pledges.store import tills
from pledges.till_files import Columns
from pledges.values import Entered, Form, TillFigures, TillFile, TillTotal, Visibility


def keep_till_file(session: Session, clock: Clock, slug: str, business: str, content: str) -> TillFile:
    """A winner's file, by its name in the store; the same file again is the first. Raises Forbidden, Conflict."""
    campaign, now = campaigns.lock(session, clock, slug)
    rules.demand_counting(campaign, business)
    return store.add(session, TillFile(new_id(), campaign.id, business, content, now))


def count_till_file(
    session: Session,
    clock: Clock,
    slug: str,
    business: str,
    file_id: str,
    columns: Columns,
    counted: Mapping[str, TillFigures],
    visibility: Visibility = Visibility.PUBLIC,
) -> list[TillTotal]:
    """Declare what a file comes to, by window, with the file as proof, and remember its columns for the next one.

    It takes the place of what was declared for these windows before, so a file counted twice is counted once; cost and
    baseline, which no till knows, stay. Raises Conflict where a window is not over, or its total was answered.
    """
    require(counted, "file", "no line of the file falls into the hours of the mob")
    campaign, now = campaigns.lock(session, clock, slug)
    file = store.by_id(session, file_id, campaign.id, business)
    store.remember(session, business, columns, now)
    made = []
    for window, figures in counted.items():
        held = next(iter(tills.of_window(session, campaign.id, window, business)), None)
        whole = replace(figures, cost=held.figures.cost, baseline=held.figures.baseline) if held else figures
        till = declare_till(session, clock, slug, business, window, whole, visibility, Entered.FILE)
        made.append(give_proof(session, clock, business, till.id, Form.FILE, file.content))
    return made
