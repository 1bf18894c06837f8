"""Keeping the word: obligations, what is filed on them, verdicts and replies; and a business's record."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from businesses import queries
from businesses import service as businesses
from businesses.followthrough import Obligation, Outcome, Verdict
from businesses.values import Business
from businesses.word import word
from campaigns import queries as campaign_queries
from core.errors import Forbidden, NotSignedIn, refuse
from core.idempotency import Answer
from web.api import bodies as b
from web.api import views
from web.api.campaigns import cached, public, view_all
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.site import CurrentPerson, CurrentShop, MaybePerson, MaybeShop, Site, SiteDep
from web.trips import following, returning
from web.views import late as late_views

router = ApiRouter(tags=["keeping the word"])


class PageAnswerBody(b.Body):
    agrees: bool
    note: b.Text = ""


def answer(session: Session, here: Site, held: Obligation, status: int) -> Answer:
    """The promise as it stands now."""
    shown = queries.obligation(session, held.id)
    return Answer(status, views.obligation(shown, here.clock.now(session), queries.bid(session, shown.bid)))


@router.get("/campaigns/{slug}/obligations")
def list_(slug: str, request: Request, here: SiteDep, person: MaybePerson) -> Response:
    """Every promise after the day, and where it stands now."""
    with here.db.reading() as session:
        campaign = public(session, slug, person)
        now = here.clock.now(session)
        bids = {bid.id: bid for bid in queries.bids_of_campaigns(session, [campaign.id])}
        items = [views.obligation(o, now, bids[o.bid]) for o in queries.obligations(session, [campaign.id])]
    return cached(request, {"items": items, "next": None})


@router.get("/obligations/{obligation_id}")
def read(obligation_id: str, request: Request, here: SiteDep) -> Response:
    """One promise."""
    with here.db.reading() as session:
        held = queries.obligation(session, obligation_id)
        made_in = queries.bid(session, held.bid)
        return cached(request, views.obligation(held, here.clock.now(session), made_in))


@router.post("/obligations/{obligation_id}/spot-checks", status_code=201)
def spot_check(obligation_id: str, body: b.SpotCheckBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """A supporter's or monitor's own observation."""
    filed = {"note": body.note, "value": body.value, "items": body.list, "struck": body.struck}

    def work(session: Session) -> Answer:
        held = following.file_spot_check(session, here.clock, person, obligation_id, filed)
        return answer(session, here, held, 201)

    return post(body, work)


@router.post("/obligations/{obligation_id}/extension", status_code=201)
def extension(
    obligation_id: str, body: b.ExtensionBody, here: SiteDep, person: MaybePerson, shop: MaybeShop, post: Post
) -> Response:
    """The business asks for more time; an organizer accepts or not. The first date stays visible."""

    def work(session: Session) -> Answer:
        if shop is not None:
            if body.due_on is None:
                refuse("due_on", "write the new date, like 2026-09-30")
            held = businesses.ask_extension(session, here.clock, shop, obligation_id, body.due_on, body.reason)
        elif person is not None:
            accept = bool(body.accept)
            held = businesses.answer_extension(session, here.clock, person, obligation_id, accept=accept)
        else:
            raise NotSignedIn("The business asks, an organizer answers")
        return answer(session, here, held, 201)

    return post(body, work)


@router.post("/obligations/{obligation_id}/verdict")
def verdict(obligation_id: str, body: b.VerdictBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """The person whom the agreement names confirms what became of it."""

    def work(session: Session) -> Answer:
        given = Verdict(body.verdict)
        held = returning.give_verdict(session, here.clock, person, obligation_id, given, body.reason)
        return answer(session, here, held, 200)

    return post(body, work)


@router.post("/obligations/{obligation_id}/recheck")
def recheck(obligation_id: str, body: b.RecheckBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Months later, the person whom the agreement names says whether it is still kept."""

    def work(session: Session) -> Answer:
        outcome = Outcome(body.outcome)
        held = businesses.answer_recheck(session, here.clock, person, obligation_id, outcome, body.reason)
        return answer(session, here, held, 200)

    return post(body, work)


@router.post("/obligations/{obligation_id}/reply", status_code=201)
def reply(obligation_id: str, body: b.ReplyBody, shop: CurrentShop, here: SiteDep, post: Post) -> Response:
    """The business's right of reply."""

    def work(session: Session) -> Answer:
        held = businesses.reply(session, here.clock, shop, obligation_id, body.text, dispute=body.dispute)
        return answer(session, here, held, 201)

    return post(body, work)


@router.get("/obligations/{obligation_id}/page-looks")
def page_looks(obligation_id: str, request: Request, here: SiteDep) -> Response:
    """What a program saw on the page that the promise names: each yes, and each no that a person confirmed."""
    with here.db.reading() as session:
        queries.obligation(session, obligation_id)
        items = [views.page_look(look) for look in queries.looks(session, obligation_id) if look.is_public]
    return cached(request, {"items": items, "next": None})


@router.post("/page-looks/{look_id}")
def answer_page(look_id: str, body: PageAnswerBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Whom the agreement names looked, too: it does not agree (public from now on), or it does (set aside)."""

    def work(session: Session) -> Answer:
        made = businesses.answer_page(session, here.clock, person, look_id, agrees=body.agrees, note=body.note)
        return Answer(200, views.page_look(made))

    return post(body, work)


@router.post("/spot-checks/{check_id}/show")
def show_check(check_id: str, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Let a spot check's words be seen, after reading them: for the monitor or the platform's admin."""

    def work(session: Session) -> Answer:
        admin = person.email in here.settings.admin_emails
        held = businesses.show_check(session, here.clock, person, check_id, admin=admin)
        return answer(session, here, held, 200)

    return post(None, work)


@router.post("/businesses/{slug}/close")
def close(slug: str, body: b.ReasonBody, shop: CurrentShop, here: SiteDep, post: Post) -> Response:
    """The shop closes or is sold: its open promises end as *ended: closed*, with a public reason."""

    def work(session: Session) -> Answer:
        _demand_self(shop, slug)
        return Answer(200, {"ended": [o.id for o in following.close_business(session, here.clock, shop, body.reason)]})

    return post(body, work)


@router.post("/businesses/{slug}/adopt")
def adopt_promises(slug: str, shop: CurrentShop, here: SiteDep, post: Post) -> Response:
    """A new owner, holding the business's key, takes the ended promises over."""

    def work(session: Session) -> Answer:
        _demand_self(shop, slug)
        return Answer(200, {"adopted": [o.id for o in businesses.adopt_promises(session, here.clock, shop)]})

    return post(None, work)


def _demand_self(shop: Business, slug: str) -> None:
    if shop.slug != slug:
        raise Forbidden("This is another business")


@router.post("/campaigns/{slug}/adopt")
def adopt(slug: str, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Take up a campaign whose organizers let a verdict's term pass: for its monitor or a supporter."""

    def work(session: Session) -> Answer:
        return Answer(200, view_all(session, [following.adopt(session, here.clock, person, slug)])[0])

    return post(None, work)


@router.get("/late")
def late(
    request: Request,
    here: SiteDep,
    place: Annotated[str, Query(max_length=120)] = "",
    country: Annotated[str, Query(max_length=2)] = "",
) -> Response:
    """Every promise that is late at this instant, in a place and country or everywhere; the longest late first."""
    with here.db.reading() as session:
        now = here.clock.now(session)
        items = [late_views.public(each, now) for each in queries.late_now(session, now, place, country)]
    return cached(request, {"items": items, "next": None})


@router.get("/businesses/{slug}")
def profile(slug: str, request: Request, here: SiteDep) -> Response:
    """A business and how it kept its word; what is overdue counts in every rate."""
    with here.db.reading() as session:
        shop = queries.profile(session, slug)
        now = here.clock.now(session)
        promises = queries.promises_of(session, shop.id)
        held = campaign_queries.by_ids(session, queries.campaigns_of(session, shop.id))
        won = [c for c in held.values() if shop.id in {w.business for w in c.winners}]
        bids = {bid.id: bid for bid in queries.bids_of(session, shop.id).values()}
        known = queries.identities(session, shop.id)
        shown = [views.obligation(o, now, bids[o.bid]) for o in promises]
        told = views.profile(shop, word(promises, now), view_all(session, won), shown, known)
        offers = [views.standing_offer(*each) for each in queries.offers_of(session, shop.id, now.date())]
        return cached(request, {**told, **views.record(promises, now), "standing_offers": offers})
