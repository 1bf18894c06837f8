"""Each macro: no inline style or script, unique ids, every control with a name, every reference with a target."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

from core.errors import FieldError, Invalid, Message
from web.assets import contents
from web.qr import qr
from web.rendering import environment
from web.track import Columns, Stairs, Track
from web.typed import Typed
from web.views.timeline import Key, Piece, Plot

VOID = {"input", "br", "meta", "link", "hr", "img"}
SELF_CLOSED = {"use", "path", "rect", "line", "circle"}
STATES = (
    "not_due in_progress late disputed unknown ended_closed kept kept_late partly_kept substituted broken lapsed word"
)
STEPS = [Decimal(2500), Decimal(5000)]
TYPED = Typed.start(amount="other", email="lea", what="<b>bread</b>", updates="yes").refused(
    Invalid(
        [FieldError(name, Message("must be above 0")) for name in ("amount", "email", "what", "rule", "updates", "")]
    )
)
VALUES = {
    "form": TYPED,
    "plot": Plot(
        (Piece(Decimal(0), Decimal(100), Decimal(0), Decimal(160), "leaf"),),
        "Kept: 1",
        (Key("leaf", "Kept: 1"),),
        ("From", "Kept"),
        (("1 May 2027", "1"),),
        ("1 May 2027", "1 June 2027"),
    ),
    "bar": Track.of(Decimal(1000), Decimal(2000), STEPS),
    "columns_": Columns.of([(1, 2, 3), (4, 5, 6)], 5),
    "stairs": Stairs.of([Decimal(2000), Decimal(5000)]),
    "facts": [SimpleNamespace(at=datetime(2027, 5, 14, tzinfo=UTC), when="14 May", words="100 people", seen=True)],
    "picture": qr("https://carrot.example", "QR code"),
    "options": [("a", "A"), ("b", "B")],
}
MACROS = {
    "marks": [
        "icon('logo', 32)",
        "notice_line('Saved.')",
        "key() ~ key(real=True)",
        "seen_by(True, 'Ruth') ~ seen_by(False)",
        *(f"stamp('{state}', tilt=True, new=True)" for state in STATES.split()),
        *(f"stamp('{state}', 'Kept 3 of 4', own=True)" for state in STATES.split()),
    ],
    "promise": [
        "poster('Pledging', [('who', 'Bella'), ('join', 'will'), ('', 'insulate')], '9:00', 'en')",
        "slip('Promise 1', 'We <will>', 'mark', [('Due', '31 October')], 'de')",
        "terms([('Due', '31 October')])",
        "questions([('Do you pay the living wage?', 'Yes. since May')], lang='de')",
        "signed('Marta', 'signed') ~ signed('', 'not signed')",
        "reply('Linde', 'Hail', 'en')",
        "differences([{'before': ['We <will>', 'Proof: a list'], 'after': [], 'less': True}], 'de')",
    ],
    "figures": [
        "track(bar, 'label') ~ track(bar, 'label', 64)",
        "timeline(plot, 'Over time')",
        "steps([('€2,500', 'Pipes')])",
        "ladder(168, 'people', bar, 'label', [('€2,500', 'Pipes')], 'promised')",
        "figures([(1, 'one')], three=True) ~ formula([('Till', 1)], ('Owed', 2))",
        "works_table({'rows': [('Lamps', '€700', 'paid')], 'total': ('All', '€700', ''), 'notes': ['By Ruth.']})",
        "levels({'title': 'T', 'bar': stairs, 'label': 'L', 'heads': ['A', 'B'], 'rows': [['a', 'b']], 'note': 'N'})",
        "columns(columns_, 'label', ['9', ''], ['2', '5'])",
        "table('Caption', ['A', 'B'], [['a', 1]], ['sum', 1])",
    ],
    "lists": [
        "record(facts)",
        "strip([('One', 'first')], one=True)",
        "'<ul>'|safe ~ bill('Label', 'Title', '/campaigns/a', 'small', 'de') ~ '</ul>'|safe",
        "empty('None yet', '/new', 'Add one') ~ next_page('/next') ~ next_page(none)",
        "ticket('Admit one', 'Bella', 'Saturday', 'Street', 'K7M 2QX', picture, 'note')",
    ],
    "forms": [
        "error_summary(form, labels={'amount': 'Amount'})",
        "field(form, 'email', 'Email', 'email', 'hint', autocomplete='email')",
        "field(form, 'photo', 'Photo', 'file', optional=True) ~ field(form, 'at', 'At', 'datetime-local')",
        "decimal(form, 'amount', 'Amount', maxlength=20)",
        "textarea(form, 'what', 'What', 'hint', maxlength=500)",
        "select(form, 'amount', 'Amount', options, 'hint')",
        "grouped(form, 'amount', 'Amount', [('A group', options)], 'hint')",
        "checkbox(form, 'updates', 'Updates', 'hint')",
        "choices(form, 'rule', 'Rule', [('a', 'A', 'hint')]) ~ choices(form, 'amount', 'Any', options, several=True)",
        "chips(form, 'amount', 'How much?', options, 'hint')",
        "blank(form, 'what', 'Of what', 12, inputmode='numeric') ~ pick(form, 'amount', 'Verb', options)",
        "carried(form)",
        "button('Save', 'go', 'mail', name='do', value='save') ~ blocked('Open', 'Later', 'why')",
    ],
}
CALLS = {
    "marks": ["{% call line('people', 'note', size=24) %}32 more{% endcall %}"],
    "promise": ["{% call slip('Promise 1', 'We will', '', []) %}{{ signed('Marta', 'signed') }}{% endcall %}"],
    "lists": ["<ul>{% call bill('L', 'T', '/a') %}bar{% endcall %}</ul>"],
    "forms": ["{% call action('/pledge', 'token', multipart=True, id='pledge') %}{{ button('Go') }}{% endcall %}"],
}


def sources() -> Iterator[str]:
    for part, expressions in MACROS.items():
        yield from (f"{{% import 'parts/{part}.html' as parts %}}{{{{ parts.{_qualified(e)} }}}}" for e in expressions)
    for part, blocks in CALLS.items():
        names = ", ".join(_names(part))
        yield from (f"{{% from 'parts/{part}.html' import {names} %}}{block}" for block in blocks)


def _qualified(expression: str) -> str:
    """Every macro of the expression by its module; it begins with one, or with a text in quotes."""
    joined = " ~ ".join(piece if piece.startswith("'") else f"parts.{piece}" for piece in expression.split(" ~ "))
    return joined.removeprefix("parts.") if joined.startswith("parts.") else f"__name__[:0] ~ {joined}"


def _names(part: str) -> list[str]:
    module = environment("en").get_template(f"parts/{part}.html").module
    return [name for name in dir(module) if not name.startswith("_") and callable(getattr(module, name))]


class Reader(HTMLParser):
    """Collects what the rules below are about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice: {tag} {attrs}"
        self.elements.append((tag, dict(attrs), list(self.open)))
        if tag not in VOID | SELF_CLOSED:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in SELF_CLOSED:
            assert self.open.pop() == tag

    def values(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs, _ in self.elements if name in attrs]


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("source", list(sources()))
def test_a_macro_is_clean(source: str, locale: str) -> None:
    read = Reader(environment(locale).from_string(source).render(VALUES))
    assert not read.open
    ids = read.values("id")
    assert len(ids) == len(set(ids))
    for tag, attrs, _ in read.elements:
        assert tag != "style"
        assert not [value for value in attrs.values() if value and value.endswith("%%")], "a length with two units"
        assert tag != "script" or attrs.get("src")
        assert not [name for name in attrs if name == "style" or name.startswith("on")]
    for reference in " ".join(read.values("aria-describedby") + read.values("aria-labelledby")).split():
        assert reference in ids


@pytest.mark.parametrize("source", list(sources()))
def test_every_control_and_picture_has_a_name(source: str) -> None:
    read = Reader(environment("en").from_string(source).render(VALUES))
    labelled = set(read.values("for"))
    for tag, attrs, inside in read.elements:
        if tag in {"input", "select", "textarea"} and attrs.get("type") != "hidden":
            assert "label" in inside or attrs.get("aria-label") or attrs.get("id") in labelled
        if tag == "svg":
            assert attrs.get("aria-hidden") == "true" or (attrs.get("role") == "img" and attrs.get("aria-label"))


def test_each_macro_is_rendered_here() -> None:
    rendered = " ".join(source for part in (*MACROS.values(), *CALLS.values()) for source in part)
    for part in MACROS:
        own = [name for name in _names(part) if name not in {"icon", "stamp", "key"} or part == "marks"]
        assert [name for name in own if f"{name}(" not in rendered] == []


def test_the_summary_links_to_the_fields_in_the_same_words() -> None:
    forms = "{% from 'parts/forms.html' import error_summary, field %}"
    html = (
        environment("en")
        .from_string(forms + "{{ error_summary(form) }}{{ field(form, 'email', 'Email') }}")
        .render(VALUES)
    )
    assert '<a href="#email">Must be above 0</a>' in html
    assert 'id="email-why"' in html
    assert html.index('role="alert"') < html.index('id="email"')


def test_a_bar_is_mirrored_where_people_read_from_the_right() -> None:
    template = environment("en").from_string("{% import 'parts/figures.html' as f %}{{ f.track(bar, 'x') }}")
    assert 'class="rest" x="57.3%" width="42.7%"' in template.render(bar=Track(Decimal(0), Decimal("57.3")))


def test_every_icon_is_in_the_sprite() -> None:
    sprite = contents()["icons.svg"].decode()
    for source in sources():
        for address in Reader(environment("en").from_string(source).render(VALUES)).values("href"):
            if "icons.svg#" in address:
                assert f'id="{address.rpartition("#")[2]}"' in sprite


def test_style_and_scripts_keep_to_their_budget() -> None:
    assert len(gzip.compress(contents()["site.css"])) <= 8000
    scripts = [content for name, content in contents().items() if name.endswith(".js")]
    assert all(len(gzip.compress(content)) <= 5000 for content in scripts)
