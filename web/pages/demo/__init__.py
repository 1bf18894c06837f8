"""The demo's pages: the tour, the clock, the people to be, the mailbox. They exist in demo mode only."""

from __future__ import annotations

from fastapi import APIRouter

from web.pages.demo import clock, mailbox, people, tour

router = APIRouter()
router.include_router(tour.router)
router.include_router(clock.router)
router.include_router(people.router)
router.include_router(mailbox.router)
