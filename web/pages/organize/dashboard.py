"""One page that says what to do next, and holds what an organizer can do at this stage."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accounts.rules import DOOR, Role
from campaigns.tally import TillState
from campaigns.values import State
from core.i18n import translator
from pledges import queries as pledges
from pledges.values import TillTotal
from web.pages.edge import Visitor, Who
from web.pages.organize.desk import Desk, open_desk
from web.pages.organize.team import Part, part_in
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import calendar, organizing
from web.views.next_step import gap_address, next_steps
from web.views.progress import unrenewed
from web.views.states import STATES

router = APIRouter()
Skipped = Annotated[int, Query(alias="next", ge=0, le=50)]
Done = Annotated[str, Query(max_length=20)]
Asked = Annotated[int, Query(ge=0, le=10_000_000)]


@router.get("/organize/{slug}")
def show(
    slug: str, request: Request, here: SiteDep, who: Who, skipped: Skipped = 0, done: Done = "", asked: Asked = 0
) -> Response:
    notice = organizing.notice(done, asked, translator(locale_of(request)))
    return page(request, here, who, slug, skipped=skipped, notice=notice)


def page(
    request: Request,
    here: Site,
    who: Visitor,
    slug: str,
    *,
    refused: tuple[str, Typed] | None = None,
    skipped: int = 0,
    notice: str | None = None,
) -> Response:
    """The organizers' page, or the short one of everybody else on the team. ``refused``: a form to be mended."""
    with here.db.reading() as session:
        part = part_in(session, who, slug)
        desk = open_desk(session, here.clock, part) if part.organizes else None
        tills = pledges.till_totals(session, part.campaign.id) if Role.MONITOR in part.roles else []
    if desk is None:
        return _member(request, part, sum(1 for till in tills if _is_up_to_monitor(till)))
    return _organizer(request, here, desk, refused, skipped, notice)


def _member(request: Request, part: Part, disputes: int) -> Response:
    return render(
        request,
        "organize/member.html",
        campaign=part.campaign,
        door=bool(part.roles.intersection(DOOR)),
        monitor=Role.MONITOR in part.roles,
        jury=Role.JURY in part.roles,
        disputes=disputes,
    )


def _organizer(
    request: Request, here: Site, desk: Desk, refused: tuple[str, Typed] | None, skipped: int, notice: str | None
) -> Response:
    locale, campaign = locale_of(request), desk.campaign
    steps = next_steps(desk.situation())
    return render(
        request,
        "organize/dashboard.html",
        status=422 if refused else 200,
        notice=notice,
        desk=desk,
        campaign=campaign,
        state=STATES[campaign.state],
        person=desk.part.person,
        form=refused[1] if refused else Typed(),
        forms=_forms(desk) | dict([refused] if refused else []),
        step=steps[skipped % len(steps)] if steps else None,
        another=(skipped + 1) % len(steps) if len(steps) > 1 else None,
        checks=[(check, gap_address(campaign, check)) for check in desk.checks],
        missing=sum(1 for check in desk.checks if check.missing),
        dates=calendar.dates(campaign, locale),
        can=organizing.possible(campaign),
        drafting=campaign.state == State.DRAFT,
        **_lines(desk, locale),
    )


def _lines(desk: Desk, locale: str) -> dict[str, Any]:
    campaign = desk.campaign
    return {
        "figures": organizing.figures(campaign, desk.asks, desk.pledged, desk.door, desk.situation(), locale),
        "tills": organizing.till_lines(campaign, desk.tills, desk.shops, locale, desk.proofs, sees_all=desk.sees_all),
        "unrenewed": unrenewed(desk.not_renewed if campaign.state in {State.PLEDGING, State.TIPPED} else 0, locale),
        "bids": organizing.bid_lines(desk.bids, desk.shops, campaign),
        "windows": organizing.windows(campaign, locale),
    }


def _forms(desk: Desk) -> dict[str, Typed]:
    """Every form of the page, each with ids of its own."""
    named = desk.campaign.business
    asked = named.name if named and not desk.invitations else None
    forms = {name: Typed(prefix=f"{name}-") for name in ("extend", "name", "award", "finalize", "correct")}
    forms |= {f"till-{till.id}": Typed(prefix=f"till-{till.id}-") for till in desk.tills}
    forms["team"] = Typed.start("team-", role="crew")
    forms["invite"] = Typed.start("invite-", business=asked)
    return forms


def _is_up_to_monitor(till: TillTotal) -> bool:
    return till.state == TillState.DISPUTED or (till.hidden and till.state == TillState.DECLARED)
