"""A bid looked at before it is placed: the refusals it would get, and the linter's hints for every readable promise."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person
from businesses import codec, linter, rules
from businesses import service as businesses
from businesses.linter import Hint
from businesses.values import Business
from campaigns import queries as campaigns
from campaigns.archive.queries import list_archive
from campaigns.values import Campaign
from core import formats
from core.clock import Clock
from core.db import new_id
from core.errors import FieldError, Invalid, NotSignedIn
from core.wire import Json
from web import problems
from web.api import bodies as b
from web.api import inputs
from web.api.routing import ApiRouter
from web.rendering import locale_of
from web.site import MaybePerson, MaybeShop, SiteDep
from web.views import hints

router = ApiRouter(tags=["bidding"])


@dataclass(frozen=True)
class Asking:
    """Who wants to know: the business that would bid, or an organizer."""

    shop: Business | None
    person: Person | None

    def try_offer(self, session: Session, clock: Clock, campaign: Campaign, body: b.BidBody) -> list[FieldError]:
        """What placing it would be refused for. Raises what refuses the asker, or the moment, altogether."""
        if self.shop is None:
            accounts.demand_role(session, campaign.team, self.person, ORGANIZERS)
        else:
            businesses.demand_part(session, campaign, self.shop)
        try:
            offer = inputs.offer(body, campaign)
            if self.shop is None:
                rules.check_offer(campaign, offer)
            else:
                businesses.try_bid(session, clock, self.shop, campaign.slug, offer)
        except Invalid as wrong:
            return wrong.errors
        return []


@router.post("/campaigns/{slug}/bids/check", responses={422: {"description": "What refuses it, with hints beside"}})
def check(
    slug: str, body: b.BidBody, request: Request, here: SiteDep, person: MaybePerson, shop: MaybeShop
) -> Response:
    """Hints for a bid, and what it would be refused for; nothing is placed. 422 as for a bid, with hints, too."""
    if person is None and shop is None:
        raise NotSignedIn("Ask as the business or as an organizer")
    with here.db.reading() as session:
        campaign = campaigns.by_slug(session, slug)
        errors = Asking(shop, person).try_offer(session, here.clock, campaign, body)
        found = _hints(session, campaign, body)
    told = [_told(at, hint, locale_of(request)) for at, hint in found]
    if errors:
        return problems.answer(request, 422, Invalid(errors).message, errors, more={"hints": told})
    return JSONResponse({"hints": told, "errors": []})


def _hints(session: Session, campaign: Campaign, body: b.BidBody) -> list[tuple[str, Hint]]:
    """The hints of every promise that can be read, with the promise they are about."""
    around = hints.surroundings(campaign, list_archive(session), ordinary=body.baseline is not None)
    found: list[tuple[str, Hint]] = []
    for n, sent in enumerate(body.commitments):
        try:
            told = sent.model_dump(exclude_none=True)
            made = codec.commitment(told, campaign.currency, campaign.last_day, new_id, campaign.calendar)
        except Invalid:
            continue
        stated = replace(around, none_today=sent.baseline is not None)
        found += [(f"commitments.{n}", hint) for hint in linter.lint(made, stated)]
    return found


def _told(at: str, hint: Hint, locale: str) -> Json:
    words = formats.say(hint.words, locale)
    return {"field": f"{at}.{hint.field}", "code": hint.code, "message": words, "see": hint.see or None}
