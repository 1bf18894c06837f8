"""What a program saw on the page that a promise names, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from businesses import words
from businesses.pages import Answer, Looked, Why
from businesses.watching import Watch
from core import formats
from core.i18n import N_, translator
from web.speech import speech
from web.views.promises import Reader

ANSWERS = {
    Answer.PASSED: N_("It agrees."),
    Answer.ASKED: N_("It does not agree. Who checks was asked to look."),
    Answer.CONFIRMED: N_("It does not agree. A person looked, too."),
    Answer.SET_ASIDE: N_("A person looked: it agrees after all."),
    Answer.UNREAD: N_("It could not be read."),
}
FAULTS = {
    Why.NO_ADDRESS: N_("This is no address of a page."),
    Why.NOT_HTTP: N_("Only pages that begin with https:// or http:// are read."),
    Why.PASSWORD: N_("The address holds a name or password."),
    Why.PORT: N_("Only the usual ports of the web are read."),
    Why.NO_SITE: N_("There is no site of this name."),
    Why.NOT_PUBLIC: N_("The address does not lead to the public web."),
    Why.REDIRECTS: N_("It leads on and on."),
    Why.TOO_LARGE: N_("The page is too large."),
    Why.TOO_SLOW: N_("It took longer than ten seconds."),
    Why.NO_ANSWER: N_("The site did not answer."),
    Why.ROBOTS: N_("The site asks programs to stay away from this page."),
    Why.STATUS: N_("The site answered with an error."),
}


@dataclass(frozen=True)
class Told:
    """One look: when, what it came to, what was found there and why it could not be read, if so."""

    when: str
    words: str
    icon: str
    found: str
    why: str
    sha256: str
    text: str


def wanted(watch: Watch, locale: str) -> str:
    """What a program looks for."""
    return words.watch(watch, speech(locale))


def told(look: Looked, reader: Reader) -> Told:
    """One look, for whoever may see it."""
    say = translator(reader.locale).gettext
    return Told(
        when=formats.moment(look.at, reader.locale, reader.timezone),
        words=say(ANSWERS[look.answer]),
        icon={Answer.PASSED: "kept", Answer.SET_ASIDE: "kept", Answer.UNREAD: "unknown"}.get(look.answer, "alert"),
        found=say(N_("Found there: {found}")).format(found=look.found) if look.found else "",
        why=say(FAULTS[Why(look.why)]) if look.why else "",
        sha256=look.sha256,
        text=look.words,
    )


def public(looks: Iterable[Looked], reader: Reader, most: int = 5) -> list[Told]:
    """What everybody sees: a yes, and a no that a person confirmed; the newest first."""
    return [told(look, reader) for look in looks if look.is_public][:most]
