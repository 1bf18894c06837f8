"""A row of the archive as a campaign: its figures, its bid, and what became of the promise, said with care."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from campaigns.archive import readings
from campaigns.archive.figures import Day, Kind, Quantity
from campaigns.archive.rows import Row


class Became(StrEnum):
    """What the words say became of the promise; never inferred from silence (DOMAIN.md, Keeping the word 17)."""

    IMPLEMENTED = "implemented"
    PLANNED = "planned"
    FAILED = "failed"
    UNKNOWN = "unknown"


_FAILED = re.compile(r"^failed\b|\b(?:not enough|abandoned)\b", re.IGNORECASE)
_PLANNED = re.compile(r"\b(?:planned|promised|to be|will)\b", re.IGNORECASE)
_DONE = re.compile(r"\b(?:converted|install(?:ed|ing)|replaced|reported saved|carried out|completed)\b", re.IGNORECASE)
_OPEN = re.compile(
    r"\bunknown|\b(?:not|never) (?:yet )?(?:converted|installed|replaced|carried|completed)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Outcome:
    """A cautious word for what became of the promise; to be shown with the source's own words beside it."""

    became: Became
    words: str


@dataclass(frozen=True)
class Saying:
    """What one source calls something; ``said_by`` is empty where nobody is named."""

    words: str
    said_by: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class ArchivedCampaign:
    """A real carrotmob. Names, remarks and sources stand as they were written; ``row`` holds every cell verbatim.

    ``basis_words`` is what the bid is a share of; ``basis`` has one saying per source where sources differ.
    ``currency_assumed``: the amount was given without one. ``file`` and ``filed_at`` tell from which file and when
    the row last came into the archive.
    """

    id: str
    city: str
    country: str
    business: str
    currency: str
    currency_assumed: bool
    bid: str
    basis_words: str
    basis: tuple[Saying, ...]
    when: Day
    share: Quantity
    takings: Quantity
    extra_profit: Quantity
    people: Quantity
    committed: Quantity
    baseline: Quantity
    duration: Quantity
    competitors: Quantity
    carbon: Quantity
    outcome: Outcome
    caveat: str
    sources: tuple[str, ...]
    row: Row
    file: str
    filed_at: datetime

    @property
    def figures(self) -> tuple[tuple[str, Quantity | Day], ...]:
        """All figures with their names, in the order of FIGURES."""
        return tuple((name, getattr(self, name)) for name in FIGURES)

    @property
    def notes(self) -> tuple[str, ...]:
        """The remarks on figures that are to be read with them, each as it stands in the file."""
        return tuple(note for note in (self.row.takings_note, self.row.people_note, self.caveat) if note)


FIGURES = (
    "when",
    "share",
    "takings",
    "extra_profit",
    "people",
    "committed",
    "baseline",
    "duration",
    "competitors",
    "carbon",
)
"""The figures of a campaign, by their field names."""


@dataclass(frozen=True)
class PublishedBid:
    """A bid as it was made public. Shares of different bases cannot be ranked against each other."""

    campaign: str
    business: str
    city: str
    when: Day
    words: str
    share: Quantity
    basis_words: str
    basis: tuple[Saying, ...]


@dataclass(frozen=True)
class Known:
    """How many campaigns have one figure, by how sure it is; ``approximate`` counts bounds and ranges too."""

    figure: str
    exact: int
    approximate: int
    disputed: int
    unknown: int

    @property
    def known(self) -> int:
        return self.exact + self.approximate + self.disputed


@dataclass(frozen=True)
class Summary:
    """What the archive knows and does not know. No sums: unlike currencies, bases and hours do not add up."""

    campaigns: int
    countries: tuple[str, ...]
    first_year: int | None
    last_year: int | None
    figures: tuple[Known, ...]
    outcomes: tuple[tuple[Became, int], ...]


def read_campaign(row: Row, file: str, filed_at: datetime) -> ArchivedCampaign:
    """The campaign that a checked row tells of."""
    return ArchivedCampaign(
        id=row.id,
        city=row.city,
        country=row.country,
        business=row.business,
        currency=row.currency,
        currency_assumed="currency assumed" in row.caveat,
        bid=row.bid_as_published,
        basis_words=row.bid_basis,
        basis=_basis(row),
        when=readings.day(row),
        share=readings.share(row),
        takings=readings.takings(row),
        extra_profit=readings.extra_profit(row),
        people=readings.people(row),
        committed=readings.committed(row),
        baseline=readings.baseline(row),
        duration=readings.duration(row),
        competitors=readings.competitors(row),
        carbon=readings.carbon(row),
        outcome=Outcome(became(row.outcome), row.outcome),
        caveat=row.caveat,
        sources=row.pages,
        row=row,
        file=file,
        filed_at=filed_at,
    )


def became(words: str) -> Became:
    """Sort an outcome's words. Where some is done and some planned it is planned; where nothing is said, unknown."""
    if _FAILED.search(words):
        return Became.FAILED
    if _OPEN.search(words):
        return Became.UNKNOWN
    if _PLANNED.search(words):
        return Became.PLANNED
    return Became.IMPLEMENTED if _DONE.search(words) else Became.UNKNOWN


def published_bids(campaigns: Sequence[ArchivedCampaign]) -> tuple[PublishedBid, ...]:
    """The bids side by side, in the order given: what was offered, of what."""
    return tuple(
        PublishedBid(c.id, c.business, c.city, c.when, c.bid, c.share, c.basis_words, c.basis) for c in campaigns
    )


def summary(campaigns: Sequence[ArchivedCampaign]) -> Summary:
    """Counts of what is known, contested and unknown, figure by figure."""
    years = [bound.year for c in campaigns for bound in (c.when.low, c.when.high) if bound]
    outcomes = Counter(c.outcome.became for c in campaigns)
    return Summary(
        campaigns=len(campaigns),
        countries=tuple(sorted({c.country for c in campaigns if c.country})),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        figures=tuple(_known(name, [getattr(c, name) for c in campaigns]) for name in FIGURES),
        outcomes=tuple((kind, outcomes[kind]) for kind in Became),
    )


@dataclass(frozen=True)
class Spent:
    """What tills took for each person who came, from the least to the most, in so many campaigns; in major units."""

    low: Decimal
    high: Decimal
    campaigns: int


def spent_a_head(campaigns: Sequence[ArchivedCampaign], currency: str) -> Spent | None:
    """In one currency, where takings and people are both told and nobody contests them; None where they nowhere are.

    Approximate figures and bounds are taken at the number that was printed, so what comes out is approximate.
    """
    told = [(c.takings.value, c.people.value) for c in campaigns if c.currency == currency]
    heads = [takings / people for takings, people in told if takings and people]
    return Spent(min(heads), max(heads), len(heads)) if heads else None


def by_date(campaigns: Sequence[ArchivedCampaign]) -> list[ArchivedCampaign]:
    """Oldest first, by the latest day it can have been; those without any date at the end."""
    return sorted(campaigns, key=lambda c: (c.when.high or c.when.low or date.max, c.id))


def _basis(row: Row) -> tuple[Saying, ...]:
    told = readings.attributed(row.bid_basis)
    if not told:
        return (Saying(row.bid_basis, "", row.pages),) if row.bid_basis else ()
    return tuple(Saying(words, name, readings.pages_of(name, row.pages)) for words, name in told)


def _known(name: str, figures: Sequence[Quantity | Day]) -> Known:
    kinds = Counter(figure.kind for figure in figures)
    sure = kinds[Kind.EXACT], kinds[Kind.DISPUTED], kinds[Kind.UNKNOWN]
    return Known(name, sure[0], len(figures) - sum(sure), sure[1], sure[2])
