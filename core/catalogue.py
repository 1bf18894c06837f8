"""Finds the texts to translate in Python files, for Babel (babel.cfg names this extractor).

Babel's own Python extractor counts commas, and so loses its place in ``require(x in (1, 2), "field", "message")``;
this one reads the syntax tree.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import IO, Any

_FIRST = ("_", "gettext", "N_", "Message", "NotFound", "NotSignedIn", "Forbidden", "Conflict", "Busy", "TooMany")
ARGUMENTS: dict[str, tuple[int, ...]] = dict.fromkeys(_FIRST, (0,)) | {
    "ngettext": (0, 1),
    "refuse": (1,),
    "require": (2,),
}
"""Where the texts stand among the arguments of each call."""

Extracted = tuple[int, str, "str | tuple[str, ...]", list[str]]


def extract(
    source: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: dict[str, Any]
) -> Iterator[Extracted]:
    """Every text to translate as (line, function, text or texts, no comments): the signature that Babel asks for."""
    for node in ast.walk(ast.parse(source.read())):
        if isinstance(node, ast.Call) and (name := _name(node.func)) in ARGUMENTS:
            texts = [_text(node, index) for index in ARGUMENTS[name]]
            found = tuple(text for text in texts if text)
            if len(found) == len(texts):
                yield node.lineno, name, found if len(found) > 1 else found[0], []


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
