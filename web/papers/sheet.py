"""A pledge sheet for a stall: rows to be written in by hand, each with a slip that is torn off and brought along."""

from __future__ import annotations

from collections.abc import Sequence

from campaigns.values import Campaign
from core.i18n import translator
from core.wire import Json
from pledges.rules.codes import spoken
from web.papers import printing
from web.qr import picture
from web.speech import windows


def pdf(campaign: Campaign, sheet: str, codes: Sequence[str], bargain: str, address: str) -> bytes:
    """A4, in the campaign's language. ``address`` is that of the door, to which each code is added; the same bytes."""
    locale = printing.language(campaign.language)
    _ = translator(locale).gettext
    when, amount = next(iter(windows(campaign)), ""), _("About how much, in %(currency)s")
    values: Json = {
        "title": _("I will come and spend"),
        "foot": f"{campaign.title}, {campaign.place}",
        "label": f"{campaign.title}, {campaign.place}",
        "sheet": _("Sheet %(name)s") % {"name": sheet},
        "bargain": bargain,
        "how": _(
            "No money is taken now: you pay in the shop, on the day. The address is for your ticket and the outcome "
            "only; without it your pledge counts when you come with the slip. This sheet is destroyed once entered."
        ),
        "blanks": [amount % {"currency": campaign.currency}, _("How many people"), _("Email")],
        "keep": _("Keep this slip. It is your ticket."),
        "when": when,
        "rows": [_row(code, f"{address}?code={code}", _("QR code for the door, %(code)s")) for code in codes],
    }
    return printing.pdf("sheet", values, locale)


def _row(code: str, opens: str, alt: str) -> Json:
    said = spoken(code)
    return {"code": said, "qr": picture(opens), "alt": alt % {"code": said}}
