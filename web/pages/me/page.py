"""What a person sees of themselves: one page, one form per thing to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import Person, Role, SessionInfo
from campaigns import queries as campaign_queries
from campaigns.values import Campaign
from core.i18n import N_, translator
from notifications import service as notifications
from notifications.rules import Follow, Frequency
from pledges import queries as pledge_queries
from pledges.rules.codes import spoken
from pledges.values import Pledge
from web.pages.edge import Visitor, Who
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views.places import zone_options
from web.views.standing import label

router = APIRouter()
PRIVATE = {"Cache-Control": "no-store"}

ROLES = {
    Role.OWNER: N_("owner"),
    Role.CO_ORGANIZER: N_("co-organizer"),
    Role.CREW: N_("crew"),
    Role.MONITOR: N_("monitor"),
    Role.JURY: N_("jury"),
}
FREQUENCIES = {
    Frequency.OFF: N_("not at all"),
    Frequency.DAILY: N_("daily, if there is news"),
    Frequency.WEEKLY: N_("weekly, if there is news"),
}
NOTICES = {
    "saved": N_("Saved."),
    "mail": N_("Saved. Your mail follows from now on."),
    "ended": N_("That sign-in has ended."),
}


@dataclass(frozen=True)
class Mine:
    """Everything the page shows of a person."""

    person: Person
    teams: tuple[tuple[Campaign, tuple[Role, ...]], ...]
    pledges: tuple[tuple[Pledge, Campaign], ...]
    follows: tuple[tuple[Follow, Campaign], ...]
    duties: bool
    sessions: tuple[SessionInfo, ...]


def gather(session: Session, person: Person) -> Mine:
    """Read it: a fixed number of queries."""
    teams = accounts.teams_of(session, person)
    pledged = pledge_queries.pledges_of(session, person.id)
    wishes = notifications.preferences(session, person)
    ids = {p.campaign for p in pledged} | {f.campaign for f in wishes.follows}
    held: Mapping[str, Campaign] = campaign_queries.by_ids(session, list(ids))
    return Mine(
        person=person,
        teams=tuple((c, tuple(teams[c.team])) for c in campaign_queries.of_teams(session, list(teams))),
        pledges=tuple((p, held[p.campaign]) for p in pledged if p.campaign in held),
        follows=tuple((f, held[f.campaign]) for f in wishes.follows if f.campaign in held),
        duties=wishes.duties,
        sessions=tuple(accounts.sessions(session, person)),
    )


@router.get("/me")
def me(request: Request, here: SiteDep, who: Who, done: Annotated[str, Query(max_length=20)] = "") -> Response:
    """One's own page."""
    return show(request, here, who, done=done)


def show(
    request: Request,
    here: Site,
    who: Visitor,
    *,
    form: Typed | None = None,
    status: int = 200,
    done: str = "",
    token: str = "",
) -> Response:
    """The page, also with a form that was refused, or with a fresh API token: shown once, here."""
    person = who.demand_person()
    with here.db.reading() as session:
        mine = gather(session, person)
    locale = locale_of(request)
    say = translator(locale).gettext
    return render(
        request,
        "me/page.html",
        status=status,
        headers=PRIVATE,
        mine=mine,
        form=form or _own(person),
        mail=_mail(mine),
        token=token,
        notice=say(NOTICES[done]) if done in NOTICES else None,
        zones=zone_options(),
        hours=[(str(hour), f"{hour}:00") for hour in range(24)],
        frequencies=[(kind.value, say(words)) for kind, words in FREQUENCIES.items()],
        roles={role: say(words) for role, words in ROLES.items()},
        labels={c.id: label(c, locale) for c, _ in (*mine.teams, *((c, p) for p, c in mine.pledges))},
        codes={p.id: spoken(p.code) for p, _ in mine.pledges},
    )


def _own(person: Person) -> Typed:
    return Typed.start(name=person.name, locale=person.locale, timezone=person.timezone, digest_hour=person.digest_hour)


def _mail(mine: Mine) -> Typed:
    wishes = {f"follow.{c.id}": f.frequency.value for f, c in mine.follows}
    return Typed.start("mail-", duties="yes" if mine.duties else None, **wishes)
