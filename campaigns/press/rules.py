"""Rules of photos: who is in them was asked, somebody looked before the public does, and there are not too many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from campaigns.press.values import Photo
from campaigns.values import State
from core.errors import Conflict, require

MOST_PHOTOS = 60
"""As many photos as a campaign may hold, approved or not."""
SHOWN_IN = tuple(state for state in State if state not in {State.DRAFT, State.CANCELLED})
"""When a campaign has something to show."""


def add(held: Sequence[Photo], new: Photo, *, asked: bool) -> Photo:
    """Take a photo in; it waits for approval. ``asked``: whether the people in it were asked and said yes.

    Raises Invalid naming ``asked`` where they were not, Conflict for too many.
    """
    require(asked, "asked", "ask the people in it first; where nobody can be recognised, tick it too")
    if len(held) >= MOST_PHOTOS:
        raise Conflict("{most} photos are enough; take one away first", most=MOST_PHOTOS)
    return new


def approve(photo: Photo, person: str) -> Photo:
    """Show it to everybody. Said again, the first one who approved stays."""
    return photo if photo.is_public else replace(photo, approved_by=person)
