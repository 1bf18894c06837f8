"""Photos and contacts to rows and back."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from campaigns.press.tables import PhotoRow, PressContactRow
from campaigns.press.values import Contact, Photo, Picture
from core.errors import NotFound


def photos(session: Session, campaign_id: str) -> list[Photo]:
    """All of a campaign, oldest first: one query."""
    query = select(PhotoRow).where(PhotoRow.campaign_id == campaign_id).order_by(PhotoRow.at, PhotoRow.id)
    return [_photo(row) for row in session.scalars(query)]


def photo(session: Session, campaign_id: str, photo_id: str) -> Photo:
    """Read one of this campaign. Raises NotFound."""
    row = session.get(PhotoRow, photo_id)
    if row is None or row.campaign_id != campaign_id:
        raise NotFound("There is no such photo")
    return _photo(row)


def by_picture(session: Session, picture: Picture) -> Photo | None:
    """The photo with this file, of whatever campaign."""
    row = session.scalar(select(PhotoRow).where(PhotoRow.picture == picture.name))
    return _photo(row) if row else None


def put(session: Session, photo: Photo) -> None:
    row = PhotoRow(
        id=photo.id, campaign_id=photo.campaign, picture=photo.picture.name, width=photo.picture.width,
        height=photo.picture.height, shows=photo.shows, credit=photo.credit, given_by=photo.by,
        approved_by=photo.approved_by, at=photo.at,
    )  # fmt: skip
    session.merge(row)
    session.flush()


def remove(session: Session, photo_id: str) -> None:
    session.execute(delete(PhotoRow).where(PhotoRow.id == photo_id))


def stored_files(session: Session) -> set[str]:
    """The names of all files that photos need."""
    return set(session.scalars(select(PhotoRow.picture)))


def contact(session: Session, campaign_id: str) -> Contact | None:
    row = session.get(PressContactRow, campaign_id)
    return Contact(row.name, row.reach, row.given_by) if row else None


def put_contact(session: Session, campaign_id: str, new: Contact | None) -> None:
    """In place of the one there was; None: nobody any more."""
    if new is None:
        session.execute(delete(PressContactRow).where(PressContactRow.campaign_id == campaign_id))
    else:
        session.merge(PressContactRow(campaign_id=campaign_id, name=new.name, reach=new.reach, given_by=new.by))
    session.flush()


def forget(session: Session, person_id: str) -> None:
    """What names a person who leaves: the contacts they entered, and their credits."""
    session.execute(delete(PressContactRow).where(PressContactRow.given_by == person_id))
    session.execute(update(PhotoRow).where(PhotoRow.given_by == person_id).values(credit=""))


def _photo(row: PhotoRow) -> Photo:
    picture = Picture(row.picture, row.width, row.height)
    return Photo(row.id, row.campaign_id, picture, row.shows, row.credit, row.given_by, row.at, row.approved_by)
