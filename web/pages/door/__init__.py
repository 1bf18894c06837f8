"""The door: crew get in by their link, check people in, and send on what they noted without a network."""

from fastapi import APIRouter

from web.pages.door import checking, crew, queue

router = APIRouter()
for part in (crew, queue, checking):
    router.include_router(part.router)
