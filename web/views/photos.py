"""Approved photos as pages show them: a small one in two formats, and the whole one behind its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from campaigns.press.values import Photo, Picture

SIDE = 640
"""The longest side of a small one in pixels: two stand beside each other on a wide page."""


@dataclass(frozen=True)
class Shown:
    """One photo. ``address`` is that of the whole picture; a small one ends in -small.avif or -small.jpg."""

    address: str
    width: int
    height: int
    words: str
    credit: str


def shown(photos: Iterable[Photo], slug: str) -> list[Shown]:
    return [
        Shown(f"/campaigns/{slug}/photos/{photo.id}", *small(photo.picture), photo.shows, photo.credit)
        for photo in photos
    ]


def small(picture: Picture) -> tuple[int, int]:
    """Width and height of the small one, never larger than the whole one: what a page leaves room for."""
    longest = max(picture.width, picture.height, SIDE)
    return max(round(picture.width * SIDE / longest), 1), max(round(picture.height * SIDE / longest), 1)
