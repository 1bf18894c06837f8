"""Reads of photos and contacts for the rooms above."""

from __future__ import annotations

from sqlalchemy.orm import Session

from campaigns.press import store
from campaigns.press.values import Photo
from core.errors import NotFound

photos = store.photos
photo = store.photo
contact = store.contact
stored_files = store.stored_files


def approved(session: Session, campaign_id: str) -> list[Photo]:
    """The photos that everybody may see, oldest first."""
    return [photo for photo in store.photos(session, campaign_id) if photo.is_public]


def public_photo(session: Session, campaign_id: str, photo_id: str) -> Photo:
    """One that everybody may see. Raises NotFound, also for one that still waits for approval."""
    found = store.photo(session, campaign_id, photo_id)
    if not found.is_public:
        raise NotFound("There is no such photo")
    return found
