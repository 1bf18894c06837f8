"""A supporter's pages: pledging, the ticket, confirming, changing and withdrawing."""

from fastapi import APIRouter

from web.pages.pledges import making, managing, returning, spending, tickets

router = APIRouter()
for part in (making, tickets, spending, returning, managing):
    router.include_router(part.router)
