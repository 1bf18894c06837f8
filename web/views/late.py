"""What is late now: lines for the page, entries for feed readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from businesses import followthrough
from businesses.queries import Late
from core import formats
from core.i18n import N_, translator
from core.wire import encode
from web.views.promises import Stamp, stamp

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Line:
    """One promise that is late: its words in their own language, by whom, where, since when."""

    id: str
    words: str
    lang: str
    business: str
    slug: str
    place: str
    due: str
    stamp: Stamp


def lines(found: Sequence[Late], now: datetime, locale: str) -> list[Line]:
    return [
        Line(
            id=late.promise.id,
            words=late.promise.words,
            lang=late.campaign.language,
            business=late.business.name,
            slug=late.business.slug,
            place=late.campaign.place,
            due=formats.calendar_date(late.promise.due_on, locale),
            stamp=stamp(late.promise, now, locale),
        )
        for late in found
    ]


def feed(found: Sequence[Late], now: datetime, locale: str, base: str, here: str) -> bytes:
    """An Atom feed (RFC 4287), the newest first; an entry dates from the end of the due day, so it is new once."""
    say = translator(locale).gettext
    newest = sorted(found, key=lambda late: late.promise.due_at, reverse=True)
    root = Element("feed", {"xmlns": ATOM, "xml:lang": locale})
    SubElement(root, "title").text = say(N_("Promises that are late now"))
    SubElement(root, "id").text = here
    SubElement(root, "link", {"rel": "self", "href": here})
    SubElement(root, "updated").text = encode(newest[0].promise.due_at if newest else now)
    SubElement(SubElement(root, "author"), "name").text = "Carrotmob"
    for late in newest:
        _entry(root, late, base, say(N_("Late: {business}, {place}")))
    told: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return told


def _entry(root: Element, late: Late, base: str, title: str) -> None:
    o = late.promise
    entry, link = SubElement(root, "entry"), f"{base}/promises/{o.id}"
    SubElement(entry, "title").text = title.format(business=late.business.name, place=late.campaign.place)
    SubElement(entry, "id").text = f"{link}#late-{o.due_on.isoformat()}"
    SubElement(entry, "link", {"href": link})
    SubElement(entry, "updated").text = encode(o.due_at)
    SubElement(entry, "content", {"xml:lang": late.campaign.language}).text = o.words


def public(late: Late, now: datetime) -> dict[str, object]:
    """The wire form of one promise that is late."""
    o = late.promise
    return {
        "id": o.id,
        "words": o.words,
        "due_on": encode(o.due_on),
        "late_days": followthrough.late_days(o, now),
        "stage": followthrough.stage(o, now).value,
        "business": {"slug": late.business.slug, "name": late.business.name},
        "campaign": {"slug": late.campaign.slug, "title": late.campaign.title, "place": late.campaign.place},
        "country": late.campaign.calendar.partition("-")[0],
    }
