"""One promise from the shop's side: show how far it is, ask for more time, reply, dispute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from businesses import queries
from businesses import service as businesses
from businesses.circles.queries import is_called_for
from businesses.followthrough import Obligation, Standing, standing
from businesses.monitoring.queries import unanswered
from businesses.values import Business
from campaigns import queries as campaign_queries
from core.errors import Forbidden, Invalid, refuse
from core.i18n import N_, translator
from web import uploads
from web.pages.edge import Act, Acting, Who, typed, words
from web.pages.shop.entering import entrance
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import documents
from web.views import following as views
from web.views.fields import Fields
from web.views.promises import Reader, followed, monitors

router = APIRouter()
Done = Annotated[str, Query(max_length=20)]
Work = Callable[[Session, Business], object]

NOTICES = {
    "evidence": N_("It is filed, and public."),
    "extension": N_("The organizers are asked. The first date stays visible."),
    "reply": N_("Your reply stands beside the promise."),
}


@router.get("/shop/promises/{obligation_id}")
def show(obligation_id: str, request: Request, here: SiteDep, who: Who, done: Done = "") -> Response:
    if who.shop is None:
        return entrance(request)
    said = translator(locale_of(request)).gettext(NOTICES[done]) if done in NOTICES else None
    return page(request, here, who.shop, obligation_id, notice=said)


@router.post("/shop/promises/{obligation_id}/extension")
def extension(obligation_id: str, act: Act) -> Response:
    def work(session: Session, shop: Business) -> None:
        fields = fields_of(act)
        due_on = fields.day("due_on")
        fields.check()
        if due_on is None:
            refuse("due_on", "write the new date, like 2026-09-30")
        reason = words(act.form, "reason")
        businesses.ask_extension(session, act.here.clock, shop, obligation_id, due_on, reason)

    return _do(act, obligation_id, "extension", work)


@router.post("/shop/promises/{obligation_id}/reply")
def reply(obligation_id: str, act: Act) -> Response:
    """The right of reply; with ``dispute`` the promise stands as disputed."""

    def work(session: Session, shop: Business) -> None:
        dispute = words(act.form, "dispute") == "yes"
        businesses.reply(session, act.here.clock, shop, obligation_id, words(act.form, "text"), dispute=dispute)

    return _do(act, obligation_id, "reply", work)


def _do(act: Acting, obligation_id: str, name: str, work: Work) -> Response:
    shop = act.who.demand_shop()

    def done(session: Session) -> str:
        work(session, shop)
        return f"/shop/promises/{obligation_id}?done={name}"

    try:
        return act.do(done)
    except Invalid as wrong:
        form = typed(act.form, f"{name}-").refused(wrong)
        return page(act.request, act.here, shop, obligation_id, refused=(name, form))


def fields_of(act: Acting) -> Fields:
    """What was typed, in the reader's locale."""
    return Fields({name: words(act.form, name) for name in act.form}, locale_of(act.request))


def page(
    request: Request,
    here: Site,
    shop: Business,
    obligation_id: str,
    *,
    refused: tuple[str, Typed] | None = None,
    notice: str | None = None,
    status: int = 422,
) -> Response:
    """The promise with its forms, one of them perhaps refused. Raises Forbidden for another business's."""
    with here.db.reading() as session:
        held: Obligation = queries.obligation(session, obligation_id)
        if held.business != shop.id:
            raise Forbidden("This is another business's promise")
        campaign = campaign_queries.by_id(session, held.campaign)
        reports = unanswered(session, held.campaign, shop.id)
        team, now = accounts.members(session, campaign.team), here.clock.now(session)
    reader = Reader(locale_of(request), campaign.language, campaign.timezone, monitors(team))
    (slip,) = followed([held], now, reader)
    forms = {name: Typed(prefix=f"{name}-") for name in ("evidence", "extension", "reply")} | dict(
        [refused] if refused else []
    )
    return render(
        request,
        "shop/promise.html",
        status=status if refused else 200,
        notice=notice,
        form=refused[1] if refused else Typed(),
        forms=forms,
        kept=_kept(here, forms["evidence"], reader),
        paid=views.paid(held, reader),
        open=standing(held, now) != Standing.SETTLED,
        can_circle=is_called_for(held, now),
        reports=reports,
        files={each.id: [documents.shown(file, held, reader) for file in each.files] for each in held.evidence},
        held=held,
        slip=slip,
        campaign=campaign,
        shop=shop,
        reader=reader,
    )


def _kept(here: Site, form: Typed, reader: Reader) -> list[tuple[str, str]]:
    """The files that need not be chosen again, by their tokens."""
    return [(token, documents.named(uploads.opened(here, token), reader)) for token in form.values.get("kept", ())]
