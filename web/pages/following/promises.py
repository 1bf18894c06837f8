"""What became of a campaign's promises, and one promise with everything that was filed on it. Public."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from businesses import queries as business_queries
from businesses.circles import queries as circle_queries
from businesses.effects import queries as effect_queries
from businesses.monitoring import queries as report_queries
from businesses.windows import queries as window_queries
from businesses.word import word
from campaigns.values import State
from core import formats
from core.i18n import N_, translator
from web.pages.following.reading import Following, follow, promise
from web.rendering import locale_of, render
from web.site import SiteDep
from web.views import circles, effects, milestones, monitoring, pages, returning, together, windows, works
from web.views import following as views
from web.views import promises as slips
from web.views import word as words

router = APIRouter()
_LATEST = 8
BRIEFLY = {"Cache-Control": "public, max-age=5"}
"""Public pages are the same for everybody; they may be kept for a moment when many come at once."""

WAITING = {
    State.CANCELLED: N_("The campaign was cancelled: nothing is owed, and nobody broke a promise."),
    State.MISSED: N_("Too little was pledged for the day to take place, so nothing is owed yet."),
    State.DONE: N_("The day did not take place, so nothing is owed."),
}


@router.get("/campaigns/{slug}/follow")
def campaign(slug: str, request: Request, here: SiteDep) -> Response:
    """Every promise of a campaign, as it stands now: lateness is computed while the page is written."""
    locale = locale_of(request)
    with here.db.reading() as session:
        held = follow(session, here.clock, slug)
        stated = effect_queries.of_obligations(session, (o.id for o in held.obligations))
    reader = held.reader(locale)
    watched = views.watched(list(held.obligations), held.now, reader)
    return render(
        request,
        "following/campaign.html",
        headers=BRIEFLY,
        campaign=held.campaign,
        label=_label(held, locale),
        looked_at=formats.moment(held.now, locale, held.campaign.timezone),
        figures=words.figures(word(held.obligations, held.now), locale),
        settled=views.newest_verdict_first(watched),
        open=[w for w in watched if not w.settled],
        ledger=held.ledger(locale, most=_LATEST),
        timeline=held.timeline(locale),
        facts=len(held.told),
        waiting=_waiting(held, locale),
        returns=_returns(held, locale),
        effects=effects.in_all(stated, locale),
        signatures=held.signatures(locale),
        lang=reader.lang,
    )


def _returns(held: Following, locale: str) -> list[returning.Told]:
    over = held.campaign.state == State.DONE
    return returning.told(held.returns, held.now, locale, held.campaign.timezone, over=over)


def _label(held: Following, locale: str) -> str:
    """ "Linde Grocery in Weil am Rhein. The day was on 20 March 2027"."""
    text = translator(locale).gettext(N_("{who} in {place}. Mob of {day}"))
    day = formats.calendar_date(held.campaign.first_opening or held.now, locale, held.campaign.timezone)
    return text.format(who=" · ".join(held.names) or held.campaign.title, place=held.campaign.place, day=day)


def _waiting(held: Following, locale: str) -> str:
    """Why there are no promises to follow yet."""
    if held.obligations:
        return ""
    before = N_("Promises are followed from the final tally on. Until then the campaign’s page has them.")
    return translator(locale).gettext(WAITING.get(held.campaign.state, before))


@router.get("/promises/{promise_id}")
def one(promise_id: str, request: Request, here: SiteDep) -> Response:
    """One promise: its words, what was filed, what others saw, the verdict, the replies, its history."""
    locale = locale_of(request)
    with here.db.reading() as session:
        held, o = promise(session, here.clock, promise_id)
        looks = business_queries.looks(session, o.id) if o.commitment.watch else []
        stated = effect_queries.of_obligations(session, [o.id])
        visits = report_queries.published(session, o.campaign)
        talks = circle_queries.of_obligation(session, o.id)
        found = window_queries.lately(session, o.id, held.now)
    reader = held.reader(locale)
    slip = slips.followed([o], held.now, reader)[0]
    return render(
        request,
        "following/promise.html",
        campaign=held.campaign,
        business=held.shops[o.business],
        promise=views.watch(o, slip, held.now, reader),
        works=works.of_promise(o, locale),
        instead=together.instead(o, reader),
        circles=circles.told(talks, reader),
        reports=monitoring.reports(visits, reader, o.id),
        can_circle=circle_queries.is_called_for(o, held.now),
        remedies=o.remedies,
        page_looks=pages.public(looks, reader),
        window=windows.window(o, found, reader),
        milestones=milestones.on_the_way(o, held.now, locale),
        effects=effects.of_promise(stated, locale, held.campaign.timezone),
        before=held.before(o, locale),
        ledger=held.ledger(locale, o.id),
        signatures=held.signatures(locale),
        lang=reader.lang,
    )


@router.get("/obligations/{promise_id}")
def by_wire_name(promise_id: str) -> Response:
    """The API calls a promise an obligation: its page is found by that name, too (API.md)."""
    return RedirectResponse(f"/promises/{promise_id}", 308)
