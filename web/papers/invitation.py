"""The invitation as a letter that one brings along: who asks, for what, how it goes, and the link as a code."""

from __future__ import annotations

from collections.abc import Sequence

from businesses.values import Invitation
from campaigns.values import Campaign
from core.i18n import translator
from core.wire import Json
from web.papers import printing
from web.qr import picture


def pdf(campaign: Campaign, invitation: Invitation, organizers: Sequence[str], link: str) -> bytes:
    """A4, in the campaign's language. ``organizers`` are the names that stand under it; ``link`` opens it once."""
    locale = printing.language(campaign.language)
    _ = translator(locale).gettext
    name = invitation.business_name
    values: Json = {
        "label": f"{campaign.title}, {campaign.place}",
        "title": _("%(name)s, would you bid?") % {"name": name},
        "foot": campaign.title,
        "paragraphs": [
            _("Many people want to come shopping on one day, at the business that promises to improve the most."),
            _(
                "A boycott punishes. A Carrotmob rewards: you say what you would improve, and what share of that day’s "
                "takings pays for it. The strongest promise wins the day."
            ),
            _("Taking part binds you to nothing. If you would rather not, do nothing. Nobody learns who was asked."),
        ],
        "how": {
            "heading": _("How it goes"),
            "steps": [
                _("Open the link, or the code with your phone’s camera. You need no account."),
                _("Say what you would do. One number is enough to begin; we fill in the rest with you."),
                _("If yours is chosen, both sides accept one page of agreement. Then the crowd comes."),
            ],
        },
        "link": {
            "heading": _("Your link"),
            "address": link,
            "alt": _("Code that opens the invitation"),
            "qr": picture(link),
        },
        "asking": ", ".join(organizers),
    }
    return printing.pdf("invitation", values, locale)
