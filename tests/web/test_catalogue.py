"""Every text that people see is in the German catalogue, with the same places to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from core.i18n import CATALOGUES, LOCALES

CHECKOUT = Path(__file__).parents[2]
PLACES = re.compile(r"\{(\w+)\}|%\((\w+)\)s")


def texts_in_the_code() -> Catalog:
    with (CHECKOUT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]  # Babel gives it no types
    found = Catalog()
    for file, line, text, _, context in extract_from_dir(str(CHECKOUT), methods, options, DEFAULT_KEYWORDS):
        found.add(text, locations=[(file, line)], context=context)
    return found


def translations(locale: str) -> Catalog:
    with (CATALOGUES / f"{locale}.po").open("rb") as file:
        return read_po(file, locale=locale)


def each_text(message: Message) -> Iterator[tuple[str, str]]:
    ids = message.id if isinstance(message.id, (list, tuple)) else [message.id]
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    yield from zip(ids, strings, strict=True)


@pytest.fixture(scope="module")
def found() -> Catalog:
    return texts_in_the_code()


def test_the_texts_of_python_files_and_templates_are_found(found: Catalog) -> None:
    assert "must be above 0" in found  # the third argument of require()
    assert "Skip to the content" in found  # a template
    assert "{count} person" in found  # a plural


@pytest.mark.parametrize("locale", LOCALES[1:])
def test_every_text_is_translated(found: Catalog, locale: str) -> None:
    catalogue = translations(locale)
    missing = [
        f"{message.id!r} ({message.locations[0][0]})"
        for message in found
        if message.id and not ((known := catalogue.get(message.id)) and all(text for _, text in each_text(known)))
    ]
    assert not missing, f"{locale}.po lacks (babel.cfg says how to add them):\n" + "\n".join(missing)


@pytest.mark.parametrize("locale", LOCALES[1:])
def test_no_translation_is_left_over_or_unsure(found: Catalog, locale: str) -> None:
    left_over = [
        message.id for message in translations(locale) if message.id and (message.id not in found or message.fuzzy)
    ]
    assert not left_over, f"{locale}.po still has:\n" + "\n".join(map(str, left_over))


@pytest.mark.parametrize("locale", LOCALES[1:])
def test_a_translation_fills_in_the_same_values(locale: str) -> None:
    for message in translations(locale):
        for text, translated in each_text(message) if message.id else ():
            assert set(PLACES.findall(text)) == set(PLACES.findall(translated)), text
