"""Reads of reports for the rooms above."""

from __future__ import annotations

from sqlalchemy.orm import Session

from businesses.monitoring import store
from businesses.monitoring.values import Report

by_id = store.by_id
due = store.due
next_due = store.next_due
finding = store.finding


def published(session: Session, campaign_id: str) -> list[Report]:
    """What everybody may read of a campaign, the oldest first."""
    return [report for report in store.of_campaign(session, campaign_id) if report.published_at]


def unanswered(session: Session, campaign_id: str, business_id: str) -> list[Report]:
    """What a business may still reply to."""
    held = store.of_campaign(session, campaign_id)
    return [report for report in held if report.business == business_id and report.replied_at is None]
