"""Reading the site in another language."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from accounts import service as accounts
from core.i18n import LOCALES
from web.pages.edge import Sent, Who, words
from web.rendering import LANGUAGE_COOKIE
from web.security import local_path
from web.site import Site, SiteDep

router = APIRouter()
A_YEAR = 365 * 24 * 3600


@router.post("/language")
def choose(here: SiteDep, who: Who, form: Sent) -> Response:
    """Choose a language: by cookie for everybody, for mails too where a person is signed in.

    The form stands on every page, so it carries no token; the Origin header is checked, and nothing can be lost.
    """
    chosen = words(form, "lang")
    answer = RedirectResponse(local_path(words(form, "next")[:2000]), 303)
    if chosen not in LOCALES:
        return answer
    if who.person and who.person.locale != chosen:
        with here.db.writing() as session:
            accounts.update_person(session, who.person, {"locale": chosen})
    return remember_language(answer, chosen, here)


def remember_language(answer: Response, locale: str, here: Site) -> Response:
    """Public pages know a reader's language by this cookie alone."""
    secure = here.settings.base_url.startswith("https:")
    answer.set_cookie(LANGUAGE_COOKIE, locale, max_age=A_YEAR, secure=secure, samesite="lax", path="/")
    return answer
