"""The window contract: a poster for the shop's window, and the page behind its code, where any customer counts."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses.agreement import CHECKERS
from businesses.windows import queries, service
from core import formats
from core.errors import Invalid, require
from core.i18n import N_, translator
from web.pages.agreement import pdf
from web.pages.edge import Act, typed, words
from web.pages.following.reading import promise
from web.papers import leaflets
from web.papers.printing import language
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.typed import Typed
from web.views import following, windows
from web.views import promises as slips
from web.views.fields import Fields

router = APIRouter(prefix="/promises/{promise_id}")
MOST_AN_HOUR = 20
"""Of one address: a family counts, a machine does not."""


@router.get("/count")
def show(promise_id: str, request: Request, here: SiteDep, done: str = "") -> Response:
    """The promise as it stands now, one number, one button."""
    return _page(request, here, promise_id, Typed(), done=bool(done))


@router.post("/count")
def count(promise_id: str, request: Request, here: SiteDep, act: Act) -> Response:
    """It counts among customers' counts, and decides nothing."""

    def work(session: Session) -> str:
        fields = Fields({"value": words(act.form, "value")}, locale_of(request))
        value = fields.number("value")
        fields.require(fields.has("value"), "value", "say how many you count")
        fields.check()
        require(value is not None, "value", "say how many you count")
        assert value is not None
        service.count(session, here.clock, promise_id, value)
        return f"/promises/{promise_id}/count?done=yes"

    try:
        return act.do(work, most=MOST_AN_HOUR, about=words(act.form, "value")[:20])
    except Invalid as wrong:
        return _page(request, here, promise_id, typed(act.form).refused(wrong))


def _page(request: Request, here: Site, promise_id: str, form: Typed, *, done: bool = False) -> Response:
    locale = locale_of(request)
    with here.db.reading() as session:
        held, o = promise(session, here.clock, promise_id)
        found = queries.lately(session, o.id, held.now)
    reader = held.reader(locale)
    slip = slips.followed([o], held.now, reader)[0]
    return render(
        request,
        "following/count.html",
        status=422 if form.errors else 200,
        campaign=held.campaign,
        business=held.shops[o.business],
        promise=following.watch(o, slip, held.now, reader),
        window=windows.window(o, found, reader),
        lang=reader.lang,
        done=done,
        form=form,
    )


@router.get("/window.pdf")
def poster(promise_id: str, here: SiteDep, size: str = "a4") -> Response:
    """The poster on A4 or A5, in the campaign's language. Its code opens the page on which customers count."""
    with here.db.reading() as session:
        held, o = promise(session, here.clock, promise_id)
    lang = language(held.campaign.language)
    say, link = translator(lang).gettext, here.url(f"/promises/{o.id}/count")
    told = leaflets.Contract(
        title=say(N_("What {business} has promised")).format(business=held.shops[o.business].name),
        words=formats.quoted(o.words, lang),
        checks=say("Checked by {checker}.").format(checker=say(CHECKERS[o.commitment.checker])),
        ask=say(N_("Count yourself. It takes twenty seconds.")),
        small=say(N_("Everybody sees whether the word is kept, good or bad.")),
        alt=say(N_("QR code for counting")),
        place=held.campaign.place,
    )
    sheet: leaflets.Paper = "a5" if size == "a5" else "a4"
    return pdf(leaflets.contract(told, link, sheet, lang), f"promise-{o.id[:8]}-{sheet}.pdf")
