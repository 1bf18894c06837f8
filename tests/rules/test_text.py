"""What people type is kept as typed, but for what no database or page can carry."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import text
from core.errors import FieldError, Invalid, Message, refuse, require


@pytest.mark.parametrize("typed", ["a\0b", "\x07", "back\x08space", "\x1b[31m", "\x85", "\ud800", "\x7f"])
def test_control_characters_are_refused_where_they_stand(typed: str):
    with pytest.raises(Invalid, match="cannot be shown") as wrong:
        text.clean(typed, "story")
    assert wrong.value.field == "story"


def test_lines_tabs_accents_and_emoji_are_kept():
    typed = "Zwei Öfen\n\tund eine 🥕 — naïve café"
    assert text.clean(typed, "story") == typed


def test_text_is_trimmed_before_it_is_measured():
    assert text.clean("  ten chars ", "title", most=9) == "ten chars"
    with pytest.raises(Invalid, match="at most 8 characters"):
        text.clean("ten chars", "title", most=8)
    with pytest.raises(Invalid, match="please fill this in"):
        text.clean("   ", "title", least=1)


@given(st.text())
def test_what_is_accepted_once_is_accepted_again_unchanged(typed: str):
    try:
        kept = text.clean(typed, "story", most=10_000)
    except Invalid:
        return
    assert text.clean(kept, "story", most=10_000) == kept
    assert "\0" not in kept
    kept.encode()


@pytest.mark.parametrize("typed", ["Lea@Example.org", " lea@example.org ", "a.b+c@sub.example.co"])
def test_an_address_is_kept_in_lower_case(typed: str):
    assert text.email(typed) == typed.strip().lower()


@pytest.mark.parametrize(
    "typed", ["", "lea", "lea@", "@example.org", "lea@example", "a b@example.org", "a@b@c.org", "a@example.org,b@c.org",
              "<a@b.org>", "a@b.org\nBcc: c@d.org", "a" * 250 + "@b.org"]
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str):
    with pytest.raises(Invalid) as wrong:
        text.email(typed, "contact")
    assert wrong.value.field == "contact"


@given(st.text())
def test_a_slug_is_a_short_ascii_name_whatever_the_title(title: str):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text.slug(title))
    assert len(text.slug(title)) <= 60


@pytest.mark.parametrize(("title", "slug"), [("Bella Café", "bella-cafe"), ("¡¿", "mob"), ("  A -- B  ", "a-b")])
def test_a_slug_reads_like_its_title(title: str, slug: str):
    assert text.slug(title) == slug


def test_an_error_names_its_field_below_where_it_stands():
    with pytest.raises(Invalid) as wrong:
        refuse("share", "must be above {least}", least=0)
    above = wrong.value.under("commitments.0")
    assert above.field == "commitments.0.share"
    assert str(above) == "must be above 0"


def test_several_errors_are_all_carried():
    wrong = Invalid([FieldError("title", Message("give a title")), FieldError("", Message("say when"))])
    assert [e.field for e in wrong.under("campaign").errors] == ["campaign.title", "campaign"]


def test_what_holds_is_not_refused():
    require(True, "title", "never said")
