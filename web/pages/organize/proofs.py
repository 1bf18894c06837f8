"""Proofs of till totals, for organizers and the monitor."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from pledges import service as pledges
from web.pages.edge import Who, stored_proof
from web.site import SiteDep

router = APIRouter()


@router.get("/organize/{slug}/proofs/{proof_id}")
def show(slug: str, proof_id: str, here: SiteDep, who: Who) -> Response:
    """A photo is shown, anything else is for the reader's own programs."""
    person = who.demand_person()
    with here.db.reading() as session:
        held = pledges.proof_for(session, proof_id, person)
    return stored_proof(here, held)
