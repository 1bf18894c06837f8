"""The organizers' pages: a draft in short steps, then one page that says what to do next."""

from __future__ import annotations

from fastapi import APIRouter

from web.pages.organize.acts import router as acts
from web.pages.organize.before import router as before
from web.pages.organize.consents import router as consents
from web.pages.organize.dashboard import router as dashboard
from web.pages.organize.disputes import router as disputes
from web.pages.organize.identity import router as identity
from web.pages.organize.jury import router as jury
from web.pages.organize.looking import router as looking
from web.pages.organize.papers import router as papers
from web.pages.organize.preparing import router as preparing
from web.pages.organize.proofs import router as proofs
from web.pages.organize.prospects import router as prospects
from web.pages.organize.receipts import router as receipts
from web.pages.organize.start import router as start
from web.pages.organize.steps import router as steps
from web.pages.organize.tallying import router as tallying
from web.pages.organize.tasks import router as tasks
from web.pages.organize.templates import router as templates

router = APIRouter()
# The steps come last: their address is the widest.
_BIDDING = (identity, jury, looking, papers, preparing, prospects)
_DAY = (before, tasks, tallying, disputes, proofs, receipts)
for part in (start, dashboard, acts, consents, *_DAY, templates, *_BIDDING, steps):
    router.include_router(part)
