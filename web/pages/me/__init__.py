"""A person's own page: their data, their mail, their campaigns and pledges, their sign-ins, and the way out."""

from fastapi import APIRouter

from web.pages.me import changes, inbox, page

router = APIRouter()
for part in (page, inbox, changes):
    router.include_router(part.router)
