"""Proofs of till totals as links, for those who may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from campaigns.values import Campaign
from core import formats
from core.i18n import N_, translator
from pledges.values import Form, Proof

WORDS = {
    Form.PHOTO: N_("Photo, {when}"),
    Form.PDF: N_("Document (PDF), {when}"),
    Form.FILE: N_("The till’s file, {when}"),
}
Link = tuple[str, str]


def links(proofs: Iterable[Proof], base: str, campaign: Campaign, locale: str) -> dict[str, tuple[Link, ...]]:
    """By till total: address below ``base`` and words of each proof."""
    found: defaultdict[str, tuple[Link, ...]] = defaultdict(tuple)
    for proof in proofs:
        when = formats.moment(proof.at, locale, campaign.timezone)
        found[proof.till] += ((f"{base}/{proof.id}", translator(locale).gettext(WORDS[proof.form]).format(when=when)),)
    return found
