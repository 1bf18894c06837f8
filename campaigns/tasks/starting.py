"""The list that a campaign begins with: what mobs before it ran short of (DOMAIN.md, How real ones ran)."""

from __future__ import annotations

from campaigns.tasks.values import Side, Task
from campaigns.values import Campaign
from core import formats
from core.i18n import N_, translator

_ROOM = (
    ("room", Side.BUSINESS, N_("Room: count how many people fit in at once")),
    ("queue", Side.ORGANIZERS, N_("A queue outside: where it stands, who looks after it")),
)
_STOCK = N_("Stock for everybody who comes")
_TILL = (
    ("staff", Side.BUSINESS, N_("Staff at the till, in each hour")),
    ("till", Side.BUSINESS, N_("The till's sum is noted when each window opens and when it closes")),
    ("change", Side.BUSINESS, N_("Change, and a card reader that works")),
)
_AROUND = (
    ("access", Side.BUSINESS, N_("Accessible: the way in, somewhere to sit, a toilet")),
    ("neighbours", Side.ORGANIZERS, N_("The neighbours are told")),
    ("rain", Side.ORGANIZERS, N_("What we do if it rains")),
    ("film", Side.ORGANIZERS, N_("Who takes photos or films, and asks the people in them")),
    ("aid", Side.ORGANIZERS, N_("First aid: a kit, and who knows how")),
)


def starting(campaign: Campaign, people: int = 0) -> tuple[Task, ...]:
    """In the campaign's language. ``people``: as many as the forecast expects, 0 where it does not say."""
    say = translator(campaign.language).gettext
    lines = (*_ROOM, ("stock", Side.BUSINESS, _STOCK), *_TILL, *_AROUND)
    number = formats.number(people, campaign.language)
    told = {"stock": say(N_("Stock for {people} people")).format(people=number)} if people else {}
    return tuple(Task(id_, told.get(id_, say(words)), by, place) for place, (id_, by, words) in enumerate(lines))
