"""A supporter's pages: pledging, the ticket, confirming, changing and withdrawing."""

from fastapi import APIRouter

from web.pages.pledges import making, managing, tickets

router = APIRouter()
for part in (making, tickets, managing):
    router.include_router(part.router)
