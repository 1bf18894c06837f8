"""With several winners: at whose door crew stand, remembered on their phone."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy.orm import Session

from core.errors import require
from web.pages.door.checking import door, known
from web.pages.edge import Act, words

router = APIRouter()
TWO_WEEKS = 14 * 24 * 3600


@router.post("/door/{slug}/venue")
def stand(slug: str, act: Act) -> Response:
    """From here on arrivals are noted at this door. It stays on this phone, and says nothing about who holds it."""
    venue = words(act.form, "venue")

    def work(session: Session) -> str:
        require(known(door(session, act.who, slug), venue), "venue", "choose one of the doors")
        return f"/door/{slug}"

    answer = act.do(work)
    secure = act.here.settings.base_url.startswith("https:")
    answer.set_cookie(
        "venue", venue, max_age=TWO_WEEKS, httponly=True, secure=secure, samesite="lax", path=f"/door/{slug}"
    )
    return answer
