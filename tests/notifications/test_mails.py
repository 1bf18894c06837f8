"""Every kind of mail: complete as text and as HTML, one thing to do, small, and nothing for a header to be split by."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape

import pytest

from core.i18n import LOCALES
from notifications.rendering import TEMPLATES, compose, words
from notifications.rules import KINDS
from tests.factories import NOW
from tests.notifications.letters import BASE, SETTINGS, make_letter, values

LARGEST = 30_000
"""Bytes of a whole message (WEB.md, Stack)."""
URL = re.compile(r"https?://\S+")


def test_every_kind_has_a_template_and_every_template_a_kind():
    templates = {path.stem for path in (TEMPLATES / "mails").glob("*.jinja")}
    assert templates == set(KINDS) == set(values())


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_mail_says_all_in_both_parts_and_its_link_comes_first(kind: str, locale: str):
    letter = make_letter(kind, locale)
    subject, text, html = words(letter, SETTINGS)
    assert subject
    assert "\n" not in subject
    assert URL.findall(text)[0] == letter.link
    assert f'lang="{locale}"' in html
    assert "prefers-color-scheme: dark" in html
    assert "Tumringer Straße 9" in text
    assert "Tumringer Straße 9" in html
    assert set(URL.findall(text)) <= {unescape(link) for link in re.findall(r'href="([^"]+)"', html)}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_message_is_small_and_reads_the_same_after_the_wire(kind: str):
    message = compose(make_letter(kind), SETTINGS, NOW)
    raw = message.as_bytes()
    assert len(raw) <= LARGEST
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.isascii()
    back = message_from_bytes(raw, policy=policy.default)
    assert back["Subject"] == message["Subject"]
    assert back["To"] == "lea@example.org"
    assert back["Auto-Submitted"] == "auto-generated"
    assert _body(back, "plain").startswith(str(message["Subject"]))
    assert "<h1" in _body(back, "html")


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part
    return str(part.get_content())


def test_the_headers_of_one_click_are_not_folded():
    raw = compose(make_letter("digest"), SETTINGS, NOW).as_bytes()
    (line,) = re.findall(rb"\r\nList-Unsubscribe: [^\r]*\r\n(?![ \t])", raw)
    assert line.startswith(b"\r\nList-Unsubscribe: <https://mob.example/unsubscribe?who=lea&list=all&token=")
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw


def test_only_digests_carry_them():
    assert compose(make_letter("promise_due"), SETTINGS, NOW)["List-Unsubscribe"] is None


def test_words_of_people_are_escaped_in_html_and_left_alone_in_text():
    letter = make_letter("cancelled")
    letter = replace(letter, values={**letter.values, "reason": "Rain & <b>storm</b>"})
    _, text, html = words(letter, SETTINGS)
    assert "Rain & <b>storm</b>" in text
    assert "Rain &amp; &lt;b&gt;storm&lt;/b&gt;" in html


def test_a_title_cannot_smuggle_a_header_in():
    letter = make_letter("cancelled")
    campaign = replace(letter.values["campaign"], title="Coffee\r\nBcc: everybody@example.org")
    message = compose(replace(letter, values={**letter.values, "campaign": campaign}), SETTINGS, NOW)
    assert message["Bcc"] is None
    assert message["Subject"] == "Cancelled: Coffee Bcc: everybody@example.org"


def test_a_domain_of_other_letters_is_written_as_dns_knows_it():
    message = compose(make_letter("sign_in", to="lea@käfer.example"), SETTINGS, NOW)
    assert message["To"] == "lea@xn--kfer-loa.example"


def test_the_subject_of_a_digest_carries_the_verdict_and_the_rest_comes_newest_first():
    subject, text, _ = words(make_letter("digest"), SETTINGS)
    assert subject == "Kept: Bella Cafe stocks 15 more local producers"
    assert text.index("Kept]") < text.index("Also new") < text.index("€2,000.84 came in") < text.index("Late by 4 days")
    assert text.rstrip().endswith("79539 Lörrach")


def test_what_was_left_out_of_a_digest_is_counted():
    letter = make_letter("digest")
    cut = replace(letter.values["digest"], left_out=3)
    _, text, _ = words(replace(letter, values={**letter.values, "digest": cut}), SETTINGS)
    assert "3 more things happened" in text


def test_organizers_and_shops_read_different_words_about_one_thing():
    for_shop = words(make_letter("promise_late"), SETTINGS)[1]
    letter = make_letter("promise_late")
    for_team = words(replace(letter, values={**letter.values, "for_business": False}), SETTINGS)[1]
    assert "Late is not broken" in for_shop
    assert "A call or a visit often helps" in for_team


def test_links_are_built_from_the_configured_address_only():
    for kind in KINDS:
        _, text, html = words(make_letter(kind), SETTINGS)
        assert {url[: len(BASE)] for url in URL.findall(text + html)} == {BASE}
