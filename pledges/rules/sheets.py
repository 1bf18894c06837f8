"""Pledge sheets: paper with a code printed on each row, filled in by hand at a stall and entered later.

A code follows from the sheet's name and the row, so that a sheet need not be known before somebody enters it.
"""

from __future__ import annotations

import hashlib

from core.errors import require
from core.tokens import Keys
from pledges.rules import codes

ROWS = 8
"""How many pledges fit on a page with room to write by hand."""
NAME_LENGTH = 5


def printed(keys: Keys, campaign_id: str, sheet: str) -> tuple[str, ...]:
    """The codes on the rows of a sheet, from the first to the last. Nobody without the secret key can tell them."""
    return tuple(_code(keys.token("sheet", f"{campaign_id}:{sheet}:{row}")) for row in range(ROWS))


def _code(token: str) -> str:
    number = int.from_bytes(hashlib.sha256(token.encode()).digest())
    letters = []
    for _ in range(codes.LENGTH):
        number, at = divmod(number, len(codes.ALPHABET))
        letters.append(codes.ALPHABET[at])
    return "".join(letters)


def read(typed: str) -> str:
    """The name of a sheet as somebody typed it. Raises Invalid saying what is wrong."""
    name = codes.bare(typed)
    fits = len(name) == NAME_LENGTH and set(name) <= set(codes.ALPHABET)
    require(fits, "sheet", "a sheet's name has 5 letters and digits; it stands in its corner")
    return name
