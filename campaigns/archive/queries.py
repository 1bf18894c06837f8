"""Reading the archive: one SQL query each."""

from __future__ import annotations

from sqlalchemy.orm import Session

from campaigns.archive import store
from campaigns.archive.rows import ID
from campaigns.archive.rules import ArchivedCampaign, by_date
from campaigns.archive.tables import ArchivedCampaignRow
from core.errors import NotFound


def list_archive(session: Session, q: str | None = None, country: str | None = None) -> list[ArchivedCampaign]:
    """Archived campaigns, oldest first: those holding every word of ``q`` anywhere, of one country if given."""
    words = (q or "")[:200].casefold().split()[:10]  # plenty for a person; more would be a heavy statement
    if any("\0" in word for word in (*words, country or "")):
        return []  # no cell holds it, and PostgreSQL takes it for an error
    conditions = [ArchivedCampaignRow.search.contains(word, autoescape=True) for word in words]
    if country:
        conditions.append(ArchivedCampaignRow.country == country.upper())
    return by_date(store.load_campaigns(session, *conditions))


def get_archived(session: Session, archive_id: str) -> ArchivedCampaign:
    """One archived campaign. Raises NotFound."""
    found = store.load_campaigns(session, ArchivedCampaignRow.id == archive_id) if ID.fullmatch(archive_id) else []
    if not found:
        raise NotFound("The archive holds no campaign under this address.")
    return found[0]
