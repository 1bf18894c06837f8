"""The agreement on paper: its text as it was accepted, who accepted it, and its fingerprint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from businesses.values import Agreement
from campaigns.values import Campaign
from core.i18n import translator
from core.wire import Json
from web.papers import printing
from web.views.agreement import Signature

_CLAUSE = re.compile(r"(?:(-) |(\d{1,3})\. )(.*)")


def pdf(
    campaign: Campaign,
    agreement: Agreement,
    signatures: Sequence[Signature],
    address: str,
    identity: Sequence[str] = (),
    moved: Sequence[str] = (),
) -> bytes:
    """A4, in the campaign's language. ``address`` is the page where the text and its history stand.

    ``identity`` says how it is known that the business is who it says; ``moved`` when the day is now, if it was moved.
    """
    locale = printing.language(campaign.language)
    _ = translator(locale).gettext
    title, *parts = agreement.text.strip().split("\n\n")
    values: Json = {
        "label": f"{campaign.title}, {campaign.place}",
        "title": title,
        "foot": campaign.title,
        "moved": [_("The day was moved after this was accepted. It is now:"), *moved] if moved else [],
        "parts": [_part(part) for part in parts],
        "accepted": {
            "heading": _("Accepted by"),
            "sides": [{"who": side.who, "lines": list(side.lines)} for side in signatures],
            "known": [_("How we know it is them"), *identity] if identity else [],
        },
        "fingerprint": {
            "heading": _("Its fingerprint"),
            "words": _("SHA-256 of the text. It stands in the public record, so nobody can change a word unseen."),
            "sha256": agreement.sha256,
            "address": address,
        },
    }
    return printing.pdf("agreement", values, locale)


def _part(text: str) -> Json:
    """A paragraph of the text; where clauses follow, its first line is their heading."""
    lines = text.split("\n")
    headed = len(lines) > 1 and not _CLAUSE.fullmatch(lines[0])
    return {"heading": lines[0] if headed else None, "clauses": list(_clauses(lines[1:] if headed else lines))}


def _clauses(lines: Sequence[str]) -> Iterator[Json]:
    """Each clause with its mark ("-", a number, or none) and the indented lines that belong to it."""
    held: Json | None = None
    for line in lines:
        if held and line.startswith("   "):
            held["lines"].append(line.strip())
            continue
        if held:
            yield held
        found = _CLAUSE.fullmatch(line)
        held = {"mark": (found[1] or found[2]) if found else "", "lines": [found[3] if found else line]}
    if held:
        yield held
