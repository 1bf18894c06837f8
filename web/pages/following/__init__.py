"""Keeping the word, as pages: what became of a campaign's promises, each promise, and a business's record."""

from __future__ import annotations

from fastapi import APIRouter

from web.pages.following import (
    acting,
    badge,
    businesses,
    circle,
    effects,
    files,
    late,
    leading,
    looking,
    monitoring,
    promises,
    rechecking,
    redacting,
    together,
    window,
)

router = APIRouter()
router.include_router(promises.router)
router.include_router(acting.router)
router.include_router(looking.router)
router.include_router(late.router)
router.include_router(rechecking.router)
router.include_router(effects.router)
router.include_router(together.router)
router.include_router(circle.router)
router.include_router(leading.router)
router.include_router(monitoring.router)
router.include_router(window.router)
router.include_router(files.router)
router.include_router(redacting.router)
router.include_router(businesses.router)
router.include_router(badge.router)
