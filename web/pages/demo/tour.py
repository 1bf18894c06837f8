"""The tour: seven buttons, each of which leads to a real page with real work behind it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from core import formats
from core.i18n import N_, translator
from pledges.rules.codes import spoken
from web.demo import clock as demo_clock
from web.demo import seed, steps, tour
from web.demo.progress import Progress, look
from web.demo.tour import TAKINGS
from web.pages.demo.people import become
from web.pages.edge import PublicAct, forget, words
from web.rendering import locale_of, render
from web.site import Site, SiteDep
from web.views.promises import stamp

router = APIRouter(prefix="/demo")


@dataclass(frozen=True)
class Told:
    """A step as the page shows it. ``again``: where to see its outcome once more."""

    number: int
    title: str
    words: str
    button: str
    outcome: str = ""
    again: str = ""


TITLES = (
    N_("Pledge"),
    N_("Jump to the day"),
    N_("Scan the code"),
    N_("Type the till"),
    N_("Jump, and see a promise late"),
    N_("Tick 11 of 15"),
    N_("Read the digest"),
)
WORDS = (
    N_("You live around the corner. Say about how much you will spend. Any address does: its mail stays in the demo."),
    N_("On the way you follow the link in your mail and ask for news: we do that for you. The clock does the rest."),
    N_("You are Yusuf at the door. Your phone has read the code from step 1. Let yourself in."),
    N_("Ten past ten, the doors are closed. You are Deniz behind the till, which says {takings}. Type that."),
    N_("The organizer confirms the till and locks the tally. Then weeks pass, and nobody says a word about the money."),
    N_("You are Ruth, whom the agreement names. The shop has listed 15 producers. Mark any 11 as there, and confirm."),
    N_("The next morning comes, and with it the mail for everybody who wanted to know."),
)


@router.get("")
def page(request: Request, here: SiteDep) -> Response:
    """Where the visitor stands, read from what they did."""
    locale = locale_of(request)
    with here.db.reading() as session:
        found, moved = look(session, here.clock), tour.is_moved(session)
    return render(
        request,
        "demo/tour.html",
        headers={"Cache-Control": "no-store"},
        steps=_told(found, locale),
        done=found.done,
        lost=found.is_lost,
        campaign=found.campaign,
        now=formats.moment(found.now, locale, found.campaign.timezone),
        moved=moved,
    )


def _told(found: Progress, locale: str) -> list[Told]:
    say = translator(locale).gettext
    outcomes = _outcomes(found, locale)
    return [
        Told(n, say(title), say(words_).replace("{takings}", TAKINGS), say(title), *outcome)
        for n, (title, words_, outcome) in enumerate(zip(TITLES, WORDS, outcomes, strict=True), 1)
    ]


def _outcomes(found: Progress, locale: str) -> list[tuple[str, str]]:
    """What came of each step that was taken, and where to see it again."""
    say, slug = translator(locale).gettext, found.campaign.slug
    none = ("", "")
    made = [
        _pledged(found, locale) if found.own else none,
        (say(N_("The day has come: enough people had pledged.")), f"/campaigns/{slug}"),
        (say(N_("You are in, and counted.")), f"/campaigns/{slug}"),
        (found.formula, f"/campaigns/{slug}/result"),
        (_late(found, locale), f"/campaigns/{slug}/follow"),
        (_stamped(found, locale), f"/promises/{found.producers.id}" if found.producers else ""),
        (found.digest.subject if found.digest else "", f"/demo/mailbox/{found.digest.id}" if found.digest else ""),
    ]
    return [outcome if n < found.done else none for n, outcome in enumerate(made)]


def _pledged(found: Progress, locale: str) -> tuple[str, str]:
    assert found.own
    pledge = found.own.pledge
    text = translator(locale).gettext(N_("You pledged {amount}. Your code is {code}."))
    return text.format(amount=formats.money(pledge.amount, locale), code=spoken(pledge.code)), ""


def _late(found: Progress, locale: str) -> str:
    return stamp(found.money, found.now, locale).words if found.money else ""


def _stamped(found: Progress, locale: str) -> str:
    return stamp(found.producers, found.now, locale).words if found.producers else ""


@router.post("/tour/{step}")
def take(step: int, request: Request, here: SiteDep, act: PublicAct) -> Response:
    """Take a step: do its work, and go to its page as whom it needs."""
    scene = steps.take(here, max(1, min(step, len(TITLES))))
    answer = RedirectResponse(scene.address, 303)
    return become(answer, here, scene.player) if scene.player else answer


@router.post("/reset")
def reset(here: SiteDep, act: PublicAct) -> Response:
    """A fresh tour; with ``all`` the whole demo is built anew, at the real time."""
    if words(act.form, "what") == "all":
        seed.rebuild(here)
    else:
        _fresh(here)
    answer: Response = RedirectResponse("/demo", 303)
    return forget(forget(answer, "person", here), "shop", here)


def _fresh(here: Site) -> None:
    tour.end(here)
    tour.begin(here)
    demo_clock.catch_up(here)
