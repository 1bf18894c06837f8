"""What every page's route stands on: who visits, what they typed, and one effect per form."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from accounts import service as accounts
from accounts.rules import Person
from businesses import service as businesses
from businesses.followthrough import Document
from businesses.values import Business
from core import pictures
from core.errors import Forbidden, NotSignedIn
from core.idempotency import Answer, Once
from core.tokens import digest
from pledges.values import Form, Proof
from web.security import is_csrf_token
from web.site import Site, SiteDep, limited
from web.typed import Typed

NINETY_DAYS = 90 * 24 * 3600
BRIEFLY = "public, max-age=300"
OWN = "own photo"
"""What tokens of photos are made for that may be deleted: no token of a receipt or a proof passes for one."""


class ShopNotKnown(NotSignedIn):
    """A shop has no account to sign in to: it opens its own link."""


@dataclass(frozen=True)
class Visitor:
    """Who looks at a page: a signed-in person, a shop that came by its own link, both, or nobody in particular."""

    person: Person | None = None
    shop: Business | None = None
    session_id: str = ""

    def demand_person(self) -> Person:
        """Raises NotSignedIn, which pages answer with the sign-in form."""
        if self.person is None:
            raise NotSignedIn("Please sign in first")
        return self.person

    def demand_shop(self) -> Business:
        """Raises NotSignedIn, telling a shop how it gets in."""
        if self.shop is None:
            raise ShopNotKnown("Open this page by the business's own link, from its mail or invitation")
        return self.shop

    @property
    def actor(self) -> str:
        return self.person.id if self.person else self.shop.id if self.shop else "anonymous"


def cookie_name(kind: str, here: Site) -> str:
    """``__Host-person`` over https; the bare name on a laptop's http."""
    return f"__Host-{kind}" if here.settings.base_url.startswith("https:") else kind


def visitor(request: Request, here: SiteDep) -> Visitor:
    """Who visits, by their cookies. Only pages behind sign-in ask: public ones are the same bytes for everybody."""
    person_token = request.cookies.get(cookie_name("person", here), "")
    shop_token = request.cookies.get(cookie_name("shop", here), "")
    if not person_token and not shop_token:
        return Visitor()
    with here.db.reading() as session:
        person = accounts.browser_person(session, here.clock, person_token) if person_token else None
        shop = _shop(session, shop_token) if shop_token else None
    found = Visitor(person, shop, digest(person_token + shop_token) if person or shop else "")
    request.state.session_id = found.session_id or None
    if person:
        request.state.locale = person.locale
    return found


def _shop(session: Session, token: str) -> Business | None:
    try:
        return businesses.by_key(session, token)
    except NotSignedIn:
        return None


async def form_data(request: Request) -> AsyncIterator[FormData]:
    """The form as sent; read here because only an async function can. Files in it are gone with the request."""
    async with request.form() as form:
        yield form


Who = Annotated[Visitor, Depends(visitor)]
Sent = Annotated[FormData, Depends(form_data)]


def words(form: FormData, name: str) -> str:
    """One typed value, "" where it was not sent. Files are no words."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def several(form: FormData, name: str) -> list[str]:
    """Every value of a field that may come more than once."""
    return [value for value in form.getlist(name) if isinstance(value, str)]


def sent_file(form: FormData, name: str) -> bytes:
    """The content of a chosen file, however often it is asked for; empty where none was chosen."""
    sent = form.get(name)
    if sent is None or isinstance(sent, str):
        return b""
    sent.file.seek(0)
    return sent.file.read()


def stored_photo(here: Site, name: str) -> Response:
    """A photo that only its two sides may see: for no cache. The caller has checked who asks."""
    return Response(here.files.get(name), media_type="image/jpeg", headers={"Cache-Control": "no-store"})


def stored_proof(here: Site, proof: Proof) -> Response:
    """A proof that only some may see: a photo is shown; what we have not written ourselves is never shown inline."""
    if proof.form == Form.PHOTO:
        return stored_photo(here, proof.content)
    ending = "pdf" if proof.form == Form.PDF else "csv"
    return attachment(here, proof.content, f"till-{proof.id[:8]}.{ending}")


def attachment(here: Site, name: str, called: str, cache: str = "no-store") -> Response:
    """A stored file that we have not written ourselves: to be saved, never shown as a part of this site."""
    headers = {
        "Cache-Control": cache,
        "Content-Disposition": f'attachment; filename="{called}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(here.files.get(name), media_type="application/octet-stream", headers=headers)


def stored_document(here: Site, held: Document) -> Response:
    """A photo or a PDF that was filed as evidence. The caller has checked who asks for one that is not public."""
    if not held.is_photo:
        cache = "no-store" if held.hidden else BRIEFLY
        return attachment(here, held.sha256, f"evidence-{held.sha256[:8]}.pdf", cache)
    if held.hidden:
        return stored_photo(here, held.sha256)
    return Response(here.files.get(held.sha256), media_type="image/jpeg", headers={"Cache-Control": BRIEFLY})


def typed(form: FormData, prefix: str = "") -> Typed:
    """What was typed, to be shown again: all but the tokens."""
    names = {name for name, _ in form.multi_items() if name not in {"csrf", "key"}}
    return Typed.start(prefix, **{name: several(form, name) for name in names})


def kept_photo(act: Acting, field: str, *, own: bool = False) -> str:
    """The chosen photo, kept: its name, ":" and a token by which a form that is shown again needs no other choice.

    Without a new one the photo that came before, by the field ``kept``. ``own``: see ``pictures.keep``. Raises Invalid
    for none, and for no picture.
    """
    sent, held = sent_file(act.form, field), words(act.form, "kept")
    purpose = OWN if own else "kept"
    name, _, token = held.partition(":")
    if not sent and act.here.keys.fits(purpose, name, token):
        return held
    name = pictures.keep(act.here.files, sent, field, own=own)
    return f"{name}:{act.here.keys.token(purpose, name)}"


@dataclass(frozen=True)
class Acting:
    """One form behind sign-in (or a public one, without token): checked, done once, answered 303."""

    request: Request
    here: Site
    who: Visitor
    form: FormData

    def do(self, work: Callable[[Session], str], *, most: int = 300, about: str = "") -> Response:
        """Run ``work`` in one transaction and go to the address it gives. The same form sent twice has one effect.

        ``about`` makes two forms of one: that of a page gone back to, filled in with something else.
        """
        self.demand_token()
        with self.here.db.writing() as session:
            with limited(session, self.here, self.request, "form", most, 60):
                pass
            location = self._once(session, work, about)
        return RedirectResponse(location, 303)

    def demand_token(self) -> None:
        secret = self.here.settings.secret
        if self.who.session_id and not is_csrf_token(words(self.form, "csrf"), self.who.session_id, secret):
            raise Forbidden("This form is from an earlier sign-in. Load the page again and send it once more.")

    def _once(self, session: Session, work: Callable[[Session], str], about: str) -> str:
        key = words(self.form, "key")[:160]
        if not key:
            return work(session)
        path = f"{self.request.method} {self.request.url.path}"
        # The same key is the same form: what was typed is not compared, a double click never differs.
        once = Once(self.here.keys, self.who.actor, path, f"{key}{about}", b"")
        answer = once.do(session, self.here.clock.now(session), lambda: Answer(303, work(session)))
        return str(answer.body)


def acting(request: Request, here: SiteDep, who: Who, form: Sent) -> Acting:
    return Acting(request, here, who, form)


def acting_in_public(request: Request, here: SiteDep, form: Sent) -> Acting:
    """For forms on public pages: nobody in particular, no token (the Origin header is checked for all)."""
    return Acting(request, here, Visitor(), form)


Act = Annotated[Acting, Depends(acting)]
PublicAct = Annotated[Acting, Depends(acting_in_public)]


def remember(answer: Response, kind: str, token: str, here: Site) -> Response:
    """Set the sign-in cookie of a person or shop."""
    secure = here.settings.base_url.startswith("https:")
    answer.set_cookie(
        cookie_name(kind, here), token, max_age=NINETY_DAYS, httponly=True, secure=secure, samesite="lax", path="/"
    )
    return answer


def forget(answer: Response, kind: str, here: Site) -> Response:
    secure = here.settings.base_url.startswith("https:")
    answer.delete_cookie(cookie_name(kind, here), httponly=True, secure=secure, samesite="lax", path="/")
    return answer
