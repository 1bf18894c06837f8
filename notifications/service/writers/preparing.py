"""Mails about a bid that is written down for a business."""

from __future__ import annotations

from datetime import datetime

from businesses import queries as businesses
from businesses.preparing import Prepared, Stage
from campaigns import rules
from notifications.service.desk import Desk, Writer, Written, demand


def _held(desk: Desk) -> Prepared:
    return businesses.prepared(desk.session, desk.campaign.id, desk.payload["prepared"])


def _prepare_due(desk: Desk) -> Written:
    held = _held(desk)
    open_ = rules.takes_bids(desk.campaign, desk.now)
    demand(held.waits_for_organizers and open_, "it is filled in, or not wanted any more")
    values = {"share": held.share, "returned": held.stage == Stage.RETURNED, "words": held.words}
    page = desk.links.page(f"/organize/{desk.campaign.slug}/prepared/{held.id}")
    return page, {**values, "until": desk.within(_until(desk))}


def _prepared_ready(desk: Desk) -> Written:
    held = _held(desk)
    demand(held.stage == Stage.READY and held.version == desk.payload["version"], "it was decided on, or changed")
    promises = [desk.said(promise) for promise in held.offer.commitments] if held.offer else []
    values = {"promises": promises, "until": desk.within(_until(desk)), "organizer": desk.organizer}
    return desk.shop(f"/shop/{desk.campaign.slug}/prepared"), values


def _until(desk: Desk) -> datetime | None:
    return desk.campaign.bids_close_at or desk.campaign.wait_until


def _prepared_declined(desk: Desk) -> Written:
    demand(_held(desk).stage == Stage.DECLINED, "it has begun again")
    return desk.links.organize(desk.campaign.slug), {}


WRITERS: dict[str, Writer] = {
    "prepare_due": _prepare_due,
    "prepared_ready": _prepared_ready,
    "prepared_declined": _prepared_declined,
}
