"""The door: crew get in by their link, check people in, send on what they noted offline, and stand at stalls."""

from fastapi import APIRouter

from web.pages.door import checking, crew, photos, queue, slip, stall, venue

router = APIRouter()
for part in (crew, queue, stall, slip, photos, venue, checking):
    router.include_router(part.router)
