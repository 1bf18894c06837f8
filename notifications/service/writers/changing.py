"""Mails about a new version of an agreement: that one waits for an answer, and what the answer was."""

from __future__ import annotations

from businesses import changes
from businesses import queries as businesses
from businesses.values import Version
from notifications.service.desk import Desk, Writer, Written, demand


def _version(desk: Desk) -> Version:
    found = businesses.versions(desk.session, desk.payload["bid"])
    return next(version for version in found if version.number == desk.payload["number"])


def _page(desk: Desk) -> str:
    return f"/campaigns/{desk.campaign.slug}/agreement?bid={desk.payload['bid']}"


def _proposed(desk: Desk) -> Written:
    version = _version(desk)
    demand(changes.waits(version, desk.now), "the version was answered, or its term has passed")
    until = desk.within(version.proposed_at + changes.ANSWER_TERM)
    values = {"reason": version.reason, "answer_by": until}
    return desk.part(_page(desk), _page(desk)), values


def _answered(desk: Desk) -> Written:
    values = {"accepted": desk.payload["accepted"], "number": desk.payload["number"]}
    return desk.part(_page(desk), _page(desk)), values


WRITERS: dict[str, Writer] = {"change_proposed": _proposed, "change_answered": _answered}
