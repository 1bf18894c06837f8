"""What a phone at the door noted while it had no network, sent on when it has one again: each entry once, by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from accounts.rules import Person
from campaigns.values import Campaign
from core import formats
from core.errors import Conflict, Invalid, Message, NotFound, refuse
from core.i18n import N_
from pledges import service
from pledges.values import LONGEST_QUEUE, Arrival
from web.pages.door.checking import door, known, title
from web.pages.edge import Act, Acting, words
from web.rendering import locale_of
from web.site import limited
from web.views.fields import Fields

router = APIRouter()
MOST = 100
"""Entries in one request; a longer queue comes in several."""
Short = Annotated[str, Field(max_length=64)]
Told = dict[str, Any]


class Entry(BaseModel):
    """One arrival, or what was spent by somebody whose arrival we have (``came``). ``ago``: seconds since then."""

    nonce: Annotated[str, Field(min_length=1, max_length=64)]
    ago: Annotated[float, Field(ge=0)] = 0
    code: Short = ""
    party: Short = ""
    spent: Short = ""
    anyway: Short = ""
    came: Short = ""
    venue: Short = ""


_ENTRIES = TypeAdapter(Annotated[list[Entry], Field(max_length=MOST)])


@dataclass(frozen=True)
class Sending:
    """A phone that sends on what it noted: for which campaign, and who holds it."""

    act: Acting
    campaign: Campaign
    person: Person

    @property
    def locale(self) -> str:
        return locale_of(self.act.request)

    def say(self, message: Message) -> str:
        return formats.say(message, self.locale, self.campaign.timezone)

    def take(self, entry: Entry) -> Told:
        """One entry: the arrival in a transaction of its own, then what was spent, so that neither loses the other."""
        try:
            told = {"state": "in", "came": entry.came} if entry.came else self._arrive(entry)
        except (Invalid, NotFound, Conflict) as wrong:
            return {"state": "refused", "title": self.say(Message(title(wrong))), "words": self.say(wrong.message)}
        return told | self._spend(entry, told["came"])

    def _arrive(self, entry: Entry) -> Told:
        fields = Fields({"party": entry.party}, self.locale)
        party = fields.whole("party")
        fields.check()
        ago = min(timedelta(seconds=entry.ago), LONGEST_QUEUE)
        venue = known(self.campaign, entry.venue)
        arrival = Arrival(entry.code, not entry.code, party=party or None, nonce=entry.nonce, ago=ago, venue=venue)
        came, already = self._writing(
            lambda session: service.check_in(session, self.act.here.clock, self.campaign.slug, self.person, arrival)
        )
        at = formats.clock_time(came.at, self.locale, self.campaign.timezone)
        return {"state": "already" if already and entry.code else "in", "came": came.id, "at": at}

    def _spend(self, entry: Entry, came: str) -> Told:
        """What was spent, and whether they would have bought here anyway. ``words`` say what could not be read."""
        if not entry.spent.strip() and not entry.anyway:
            return {}
        fields = Fields({"spent": entry.spent}, self.locale)
        spent = fields.money("spent", self.campaign.currency)
        anyway = {"yes": True, "no": False}.get(entry.anyway)
        try:
            fields.check()
            self._writing(
                lambda session: service.note_spending(
                    session, self.act.here.clock, self.person, came, spent, anyway=anyway
                )
            )
        except (Invalid, NotFound, Conflict) as wrong:
            told = {"spent": entry.spent, "why": wrong.message}
            return {"words": self.say(Message(N_("“{spent}” was not noted as spent: {why}"), told))}
        return {}

    def _writing(self, work: Callable[[Session], Any]) -> Any:
        with self.act.here.db.writing() as session:
            return work(session)


@router.post("/door/{slug}/queue")
def send(slug: str, act: Act) -> Response:
    """Take what a phone noted; each entry is answered by its nonce. Sent again, it changes nothing."""
    person = act.who.demand_person()
    act.demand_token()
    entries = _entries(words(act.form, "entries"))
    with act.here.db.writing() as session, limited(session, act.here, act.request, "form", 6000, 60):
        campaign = door(session, act.who, slug)
    sending = Sending(act, campaign, person)
    return JSONResponse({"entries": [{"nonce": entry.nonce, **sending.take(entry)} for entry in entries]})


def _entries(sent: str) -> list[Entry]:
    """Raises Invalid for what no phone of ours sends."""
    try:
        return _ENTRIES.validate_json(sent)
    except ValidationError:
        refuse("entries", "not what the door's page sends: load it again")
