"""What facts only point to by an id: names and words that earlier facts of the same record have told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core import formats
from core.errors import Message
from core.facts import Recorded
from core.i18n import N_, translator
from core.wire import Json

CONTEXT = (
    "CampaignOpened", "MobPostponed", "TermsChanged", "BusinessIntroduced", "BidPlaced", "BidRevealed",
    "ObligationArose", "TillDeclared", "JurorDeclared",
)  # fmt: skip
"""The kinds of facts that tell names and words."""


@dataclass(frozen=True)
class Names:
    """The record's names so far, and the reader for whom sentences are made."""

    locale: str
    timezone: str
    businesses: Mapping[str, str] = field(default_factory=dict)
    bids: Mapping[str, str] = field(default_factory=dict)
    promises: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    windows: Mapping[str, Json] = field(default_factory=dict)
    tills: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    jurors: Mapping[str, int] = field(default_factory=dict)

    def say(self, text: str) -> str:
        return translator(self.locale).gettext(text)

    def written(self, message: Message) -> str:
        """A message in the reader's language."""
        return formats.say(message, self.locale, self.timezone)

    def people(self, count: int) -> str:
        return formats.people(count, self.locale)

    def business(self, id_: str) -> str:
        return self.businesses.get(id_) or self.say(N_("A business"))

    def bidder(self, bid: str | None) -> str:
        """Whose bid it is; while bids are sealed nobody is named."""
        return self.business(self.bids.get(bid or "", ""))

    def bidders(self, bids: Iterable[str]) -> str:
        return ", ".join(self.bidder(bid) for bid in bids)

    def juror(self, id_: str) -> str:
        """ "Juror 1": who that is, nobody is told."""
        number = self.jurors.get(id_)
        return self.say(N_("Juror {number}")).format(number=number) if number else self.say(N_("A juror"))

    def promise(self, obligation: str) -> str:
        """The promise in its own words, in quotation marks."""
        words = self.promises.get(obligation, ("", ""))[1]
        return formats.quoted(words, self.locale) if words else self.say(N_("A promise"))

    def promiser(self, obligation: str) -> str:
        return self.business(self.promises.get(obligation, ("", ""))[0])

    def window(self, id_: str) -> str:
        """When a window is or was: its day, and its venue where there are several."""
        held = self.windows.get(id_)
        if held is None:
            return self.say(N_("the day"))
        opens = formats.short_day(datetime.fromisoformat(held["opens_at"]), self.locale, self.timezone)
        return f"{opens}, {held['venue']}" if held.get("venue") and len(self.windows) > 1 else opens

    def arrival(self, slot: str | None) -> str:
        """ "Sat 12 Jun, 14:00": when somebody chose to come; empty where no time was chosen or its window is gone."""
        window, _, after = (slot or "").rpartition("-")
        held = self.windows.get(window)
        if held is None:
            return ""
        at = datetime.fromisoformat(held["opens_at"]) + timedelta(minutes=int(after))
        clock = formats.clock_time(at, self.locale, self.timezone)
        return f"{formats.short_day(at, self.locale, self.timezone)}, {clock}"

    def till(self, id_: str) -> tuple[str, str]:
        """Whose till total it is, and of which window."""
        business, window = self.tills.get(id_, ("", ""))
        return self.business(business), self.window(window)


def learn(names: Names, facts: Iterable[Recorded]) -> Names:
    """The names with what the CONTEXT facts of a campaign tell."""
    businesses, bids, promises = dict(names.businesses), dict(names.bids), dict(names.promises)
    windows, tills, jurors = dict(names.windows), dict(names.tills), dict(names.jurors)
    for fact in facts:
        body = fact.body
        match fact.kind:
            case "BusinessIntroduced":
                businesses[body["business"]] = body["name"]
            case "BidPlaced" | "BidRevealed":
                bids[body["bid"]] = body["business"]
            case "JurorDeclared":
                jurors[body["juror"]] = body["number"]
            case "ObligationArose":
                promises[body["obligation"]] = (body["business"], body["words"])
            case "TillDeclared":
                tills[body["till"]] = (body["business"], body["window"])
            case "CampaignOpened" | "TermsChanged" | "MobPostponed":
                windows |= {w["id"]: w for w in body.get("windows") or body["terms"]["windows"]}
    return Names(names.locale, names.timezone, businesses, bids, promises, windows, tills, jurors)
