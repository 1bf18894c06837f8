"""A guide for the table: how a circle is led, with times, and lines for what it comes to."""

from __future__ import annotations

from datetime import datetime, timedelta

from businesses.circles.values import Circle
from campaigns.values import Campaign
from core import formats
from core.i18n import N_, translator
from core.wire import Json
from web.papers import printing

STEPS = (
    (10, N_("Welcome"), N_("Whoever leads opens, says why all are here, and reads aloud what holds.")),
    (5, N_("The promise"), N_("It is read aloud, and what is public about it. Nobody comments on it yet.")),
    (20, N_("What happened?"), N_("One round. Everyone is heard once before anyone speaks twice.")),
    (20, N_("Who is affected, and how?"), N_("One round. Whoever is affected speaks first, if they wish to.")),
    (10, N_("A pause"), N_("Nobody negotiates in it.")),
    (20, N_("What is needed?"), N_("One round. Needs, not yet solutions.")),
    (20, N_("What will each do?"), N_("One round. Then it is written down: what, by when, who checks.")),
    (15, N_("Closing"), N_("What was written is read aloud. Everyone says whether they can stand behind it.")),
)
"""Each part of the meeting: minutes, its name, and how it is done."""

HOLDS = (
    N_("Everyone is heard once before anyone speaks twice."),
    N_("Whoever speaks is not interrupted. Whoever does not want to speak passes on."),
    N_("Nothing that is said leaves the room without the consent of whoever said it. Nobody records or takes minutes."),
    N_("Those who are affected are invited. They bring somebody along if they wish to."),
)


def pdf(campaign: Campaign, circle: Circle, promise: str, leader: str) -> bytes:
    """A4, in the campaign's language: for whoever leads and for those who are invited, as it says where they meet."""
    locale = printing.language(campaign.language)
    _ = translator(locale).gettext
    until = formats.calendar_date(circle.until, locale, campaign.timezone)
    values: Json = {
        "label": f"{campaign.title}, {campaign.place}",
        "title": _("A circle: guide for the meeting"),
        "foot": campaign.title,
        "promise": formats.quoted(promise, locale),
        "facts": _facts(campaign, circle, leader, locale),
        "holds": {"heading": _("What holds here"), "lines": [_(words) for words in HOLDS]},
        "steps": {"heading": _("How it goes"), "rows": _rows(circle, campaign.timezone, locale)},
        "remedy": {
            "heading": _("What it comes to"),
            "blanks": [_("What will be done"), _("By when"), _("Who checks")],
            "after": _(
                "Whoever leads enters it on their page; it becomes a promise of its own once every side accepts it on "
                "theirs. That it was held and what it came to is public; without an outcome the circle ends on %(day)s."
            )
            % {"day": until},
        },
    }
    return printing.pdf("circle", values, locale)


def _facts(campaign: Campaign, circle: Circle, leader: str, locale: str) -> list[list[str]]:
    """When, where and by whom; empty where it is not arranged yet, to be written in."""
    _ = translator(locale).gettext
    meeting = circle.meeting
    when = formats.moment(meeting.at, locale, campaign.timezone) if meeting else ""
    place = meeting.place if meeting else ""
    return [[_("When"), when], [_("Where"), place], [_("Led by"), leader]]


def _rows(circle: Circle, timezone: str, locale: str) -> list[list[str]]:
    """The parts with the clock at their beginning; minutes from the beginning while there is none."""
    _ = translator(locale).gettext
    rows, begun = [], 0
    for minutes, name, how in STEPS:
        rows.append([_at(circle, begun, timezone, locale), _("%(n)s min") % {"n": minutes}, _(name), _(how)])
        begun += minutes
    return rows


def _at(circle: Circle, begun: int, timezone: str, locale: str) -> str:
    if circle.meeting is None:
        return f"{begun // 60}:{begun % 60:02}"
    at: datetime = circle.meeting.at + timedelta(minutes=begun)
    return formats.clock_time(at, locale, timezone)
