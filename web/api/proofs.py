"""Proofs of till totals, and till totals that crew read from a slip."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import DOOR
from campaigns import queries as campaign_queries
from core import documents, pictures
from core.errors import require
from core.idempotency import Answer
from core.wire import Json, encode
from pledges import queries
from pledges import service as pledges
from pledges.values import Form, Proof
from web.api import bodies as b
from web.api.day import figures_of, till_view
from web.api.posting import Post
from web.api.routing import ApiRouter
from web.pages.edge import stored_proof
from web.site import CurrentPerson, CurrentShop, MaybePerson, MaybeShop, SiteDep

router = ApiRouter(tags=["mob day"])
KINDS = ("image/jpeg", "image/png", "application/pdf")
PROOF = {"requestBody": {"required": True, "content": {kind: {} for kind in KINDS}}}
PHOTO = {"requestBody": {"required": True, "content": {kind: {} for kind in KINDS[:2]}}}


class ProofBody(b.Body):
    """The stored file's name: what makes two requests the same."""

    content: str


class SlipBody(b.TillBody):
    """What the slip says; ``photo`` is the id that its photo was answered with."""

    business: b.Short
    photo: b.Short


async def body_of(request: Request) -> bytes:
    """The request's body is the file itself."""
    return await request.body()


Sent = Annotated[bytes, Depends(body_of)]


@router.post("/till-totals/{till_id}/proof", status_code=201, openapi_extra=PROOF)
def give(till_id: str, shop: CurrentShop, here: SiteDep, sent: Sent, post: Post) -> Response:
    """Attach a photo or a PDF, as the body, to one's own till total (business)."""
    with here.db.reading() as session:
        queries.till(session, till_id)
    kept = documents.keep(here.files, sent, "proof")

    def work(session: Session) -> Answer:
        return Answer(
            201, till_view(pledges.give_proof(session, here.clock, shop.id, till_id, Form(kept.form), kept.name))
        )

    return post(ProofBody(content=kept.name), work)


@router.post("/till-totals/{till_id}/countersign")
def countersign(till_id: str, shop: CurrentShop, here: SiteDep, post: Post) -> Response:
    """Say yes to what crew entered from the slip (business)."""

    def work(session: Session) -> Answer:
        return Answer(200, till_view(pledges.countersign_till(session, here.clock, shop.id, till_id)))

    return post(None, work)


@router.get("/till-totals/{till_id}/proofs")
def listed(till_id: str, here: SiteDep, person: MaybePerson, shop: MaybeShop) -> Json:
    """What proves it (the business, organizers and the monitor; of figures kept back the business and the checker)."""
    with here.db.reading() as session:
        proofs = pledges.proofs_for(session, till_id, person, shop.id if shop else "")
    return {"items": [_view(proof) for proof in proofs], "next": None}


def _view(proof: Proof) -> Json:
    return {"id": proof.id, "form": proof.form.value, "sha256": proof.content, "by": proof.by, "at": encode(proof.at)}


@router.get("/till-proofs/{proof_id}", response_class=Response)
def shown(proof_id: str, here: SiteDep, person: MaybePerson, shop: MaybeShop) -> Response:
    """The file itself, for the same people: a photo, or an attachment."""
    with here.db.reading() as session:
        held = pledges.proof_for(session, proof_id, person, shop.id if shop else "")
    return stored_proof(here, held)


@router.post("/campaigns/{slug}/slip-photos", status_code=201, openapi_extra=PHOTO)
def photo(slug: str, person: CurrentPerson, here: SiteDep, sent: Sent, post: Post) -> Response:
    """The photo of a till's slip, as the body: answered with what ``POST till-slips`` takes it by (crew)."""
    with here.db.reading() as session:
        accounts.demand_role(session, campaign_queries.by_slug(session, slug).team, person, DOOR)
    name = pictures.keep(here.files, sent, "photo")
    kept = f"{name}:{here.keys.token('kept', name)}"
    return post(ProofBody(content=name), lambda _: Answer(201, {"photo": kept}))


@router.post("/campaigns/{slug}/till-slips", status_code=201)
def enter(slug: str, body: SlipBody, person: CurrentPerson, here: SiteDep, post: Post) -> Response:
    """Enter a till total from a photo of its slip: marked so, to be countersigned by the business (crew)."""

    def work(session: Session) -> Answer:
        campaign = campaign_queries.by_slug(session, slug)
        accounts.demand_role(session, campaign.team, person, DOOR)
        name, _, token = body.photo.partition(":")
        require(here.keys.fits("kept", name, token), "photo", "send the photo of the slip first")
        given = (slug, body.window, body.business, figures_of(body, campaign), name)
        return Answer(201, till_view(pledges.enter_slip(session, here.clock, person, *given)))

    return post(body, work)
