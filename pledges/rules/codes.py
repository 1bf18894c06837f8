"""Pledge codes: six characters that can be read out loud, without those that look like others (API.md)."""

from __future__ import annotations

import re

from core.errors import refuse, require

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 6
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015_.]+")
_LOOK_ALIKE = frozenset("O0I1L")


def read(typed: str) -> str:
    """The code that somebody typed: "k7m-2qx" and "K7M 2QX" are the same. Raises Invalid saying what is wrong."""
    code = bare(typed)
    if mistaken := next((c for c in code if c in _LOOK_ALIKE), None):
        refuse("code", "codes hold no O, 0, I, 1 or L: look at the {character} again", character=mistaken)
    fits = len(code) == LENGTH and set(code) <= set(ALPHABET)
    require(fits, "code", "a code has 6 letters and digits, like K7M 2QX")
    return code


def bare(typed: str) -> str:
    """What was typed without blanks and dashes, in capitals."""
    return _BETWEEN.sub("", typed).upper()


def spoken(code: str) -> str:
    """The code in two halves, as it is printed and read out loud: "K7M 2QX"."""
    return f"{code[:3]} {code[3:]}"
