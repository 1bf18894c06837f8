"""The business's own pages, entered by its personal link and no account."""

from __future__ import annotations

from fastapi import APIRouter

from web.pages.shop.before import router as before
from web.pages.shop.bid import router as bid
from web.pages.shop.entering import router as entering
from web.pages.shop.evidence import router as evidence
from web.pages.shop.home import router as home
from web.pages.shop.papers import router as papers
from web.pages.shop.prepared import router as prepared
from web.pages.shop.promise import router as promise
from web.pages.shop.proofs import router as proofs
from web.pages.shop.returns import router as returns
from web.pages.shop.standing import router as standing
from web.pages.shop.tasks import router as tasks
from web.pages.shop.till import router as till
from web.pages.shop.till_file import router as till_file

router = APIRouter()
_DAY = (before, tasks, till, till_file, proofs)
for part in (entering, home, *_DAY, promise, evidence, papers, prepared, standing, returns, bid):
    router.include_router(part)
