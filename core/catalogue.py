"""Finds the texts to translate in Python files, for Babel (babel.cfg names this extractor).

Babel's own Python extractor counts commas, and so loses its place in ``require(x in (1, 2), "field", "message")``;
this one reads the syntax tree.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import IO, Any

_ERRORS = ("NotFound", "Elsewhere", "NotSignedIn", "Forbidden", "Conflict", "Busy", "TooMany")
_FIRST = ("_", "gettext", "N_", "Message", *_ERRORS)
ARGUMENTS: dict[str, tuple[int, ...]] = dict.fromkeys(_FIRST, (0,)) | {
    **dict.fromkeys(("ngettext", "plural"), (0, 1)),
    "refuse": (1,),
    "require": (2,),
}
"""Where the texts stand among the arguments of each call."""

Extracted = tuple[int, str, "str | tuple[str, ...]", list[str]]


def extract(
    source: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: dict[str, Any]
) -> Iterator[Extracted]:
    """Every text to translate as (line, "_" or "ngettext", text or texts, no comments): Babel's form."""
    for node in ast.walk(ast.parse(source.read())):
        if isinstance(node, ast.Call) and (texts := _texts(node)):
            yield (node.lineno, "ngettext", texts, []) if len(texts) > 1 else (node.lineno, "_", texts[0], [])


def _texts(call: ast.Call) -> tuple[str, ...]:
    """The literal texts of one call; none where another function is called or a text is computed."""
    found = [_text(call, index) for index in ARGUMENTS.get(_name(call.func), ())]
    return tuple(text for text in found if text) if all(found) else ()


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _text(call: ast.Call, index: int) -> str | None:
    match call.args[index : index + 1]:
        case [ast.Constant(value=str(text))]:
            return text
    return None
