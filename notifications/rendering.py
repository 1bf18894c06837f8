"""From a letter to a message: the words of its template in the reader's language, as text and as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

import css_inline
from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core import formats
from core.i18n import negotiate, translator
from core.settings import Settings

TEMPLATES = Path(__file__).parent / "templates"
POLICY = SMTP.clone(max_line_length=990)
"""The default length folds a long List-Unsubscribe, which some mail programs then do not find (OPERATIONS.md, Mail)."""

Form = Literal["text", "html"]

_IN_LOCALE: dict[str, Callable[..., str]] = {
    "money": formats.money,
    "number": formats.number,
    "percent": formats.percent,
    "day": formats.day,
    "date": formats.calendar_date,
    "deadline": lambda value, locale, tz: f"{formats.moment(value, locale, tz)} ({tz})",
    "hours": lambda window, locale, tz: f"{formats.span(window.opens_at, window.closes_at, locale, tz)} ({tz})",
    "days": formats.days,
    "people": formats.people,
    "say": formats.say,
    "named": formats.named,
}


class NoAddress(ValueError):
    """What should be the recipient is no address that a mail can carry."""


@dataclass(frozen=True)
class Letter:
    """A mail with everything its words need. ``kind`` names the template, ``link`` is the one thing to do.

    ``stop`` is where its reader ends mails like this one; ``one_click`` says that a mail program may do it for them.
    ``calendar`` is an iCalendar file that comes with it: opened, it replaces the entry of an earlier one.
    """

    kind: str
    to: str
    locale: str
    message_id: str
    link: str
    values: Mapping[str, Any] = field(default_factory=dict)
    stop: str = ""
    one_click: bool = False
    calendar: bytes = b""


def compose(letter: Letter, settings: Settings, now: datetime) -> EmailMessage:
    """The whole message, ready to be sent. Raises NoAddress."""
    subject, text, html = words(letter, settings)
    message = EmailMessage(policy=POLICY)
    message["From"] = settings.mail_from
    message["To"] = _address(letter.to)
    message["Subject"] = subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    if settings.contact_email:
        message["Reply-To"] = settings.contact_email
    if letter.one_click:
        message["List-Unsubscribe"] = f"<{letter.stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["MIME-Version"] = "1.0"
    message.make_alternative()
    for part in (_part(text, "plain"), _part(html, "html")):
        message.attach(part)  # type: ignore[arg-type]  # typeshed asks for a whole message; a part is right
    if letter.calendar:
        file, method = letter.calendar.decode(), {"method": "PUBLISH"}
        message.add_attachment(file, subtype="calendar", filename="day.ics", cte="base64", params=method)
    return message


def words(letter: Letter, settings: Settings) -> tuple[str, str, str]:
    """Subject, text and HTML."""
    locale = negotiate("", letter.locale)
    values = {**letter.values, "link": letter.link, "stop": letter.stop, "settings": settings, "to": letter.to}
    subject = _one_line(_block("text", locale, letter.kind, "subject", values))
    if values.get("reminder"):
        subject = translator(locale).gettext("Reminder: %(subject)s") % {"subject": subject}
    values["subject"] = subject
    text = _paragraphs(_whole("text", locale, letter.kind, values))
    html = _inliner().inline(_whole("html", locale, letter.kind, values))
    return subject, text, html


def _whole(form: Form, locale: str, kind: str, values: Mapping[str, Any]) -> str:
    return environment(form, locale).get_template(f"{kind}.jinja").render(values)


def _block(form: Form, locale: str, kind: str, block: str, values: Mapping[str, Any]) -> str:
    template = environment(form, locale).get_template(f"{kind}.jinja")
    return "".join(template.blocks[block](template.new_context({**values, "subject": ""})))


@cache
def environment(form: Form, locale: str) -> Environment:
    """The templates of mails: one of each kind, whose layout and parts come as text or as HTML."""
    templates = Environment(
        loader=FileSystemLoader([TEMPLATES / form, TEMPLATES / "bases", TEMPLATES / "mails"]),
        autoescape=form == "html",  # noqa: S701 - a text part is no HTML: escaping would show as &amp;
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    templates.policies["ext.i18n.trimmed"] = True
    # The extension adds this method; jinja2 ships no types for it.
    cast(Any, templates).install_gettext_translations(translator(locale), newstyle=True)
    templates.filters |= {name: _bound(function, locale) for name, function in _IN_LOCALE.items()}
    templates.filters["quoted"] = formats.quoted
    templates.globals |= {"locale": locale, "direction": Locale.parse(locale).text_direction}
    return templates


def _bound(function: Callable[..., str], locale: str) -> Callable[..., str]:
    def in_locale(value: Any, *rest: Any) -> str:
        return function(value, locale, *rest)

    return in_locale


@cache
def _inliner() -> css_inline.CSSInliner:
    # Mail programs drop style sheets; only the rules for dark mode stay in one.
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def _part(content: str, subtype: str) -> MIMEPart:
    part = MIMEPart(policy=SMTP)
    part.set_content(content, subtype=subtype, cte="quoted-printable")
    return part


def _address(to: str) -> Address:
    """The recipient as a header value; a domain of other letters is written as DNS knows it. Raises NoAddress."""
    local, _, domain = to.rpartition("@")
    try:
        return Address(addr_spec=f"{local}@{domain.encode('idna').decode()}")
    except ValueError as wrong:
        raise NoAddress("no mail can be addressed so") from wrong


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _paragraphs(text: str) -> str:
    """Lines without blanks at their ends, and never two empty ones in a row."""
    lines = "\n".join(line.strip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"
