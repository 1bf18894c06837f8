"""Codes can be read out loud, typed badly, and told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from pledges.rules import codes

CODES = st.text(codes.ALPHABET, min_size=codes.LENGTH, max_size=codes.LENGTH)


@given(CODES)
def test_a_code_is_read_back_from_how_it_is_spoken(code: str):
    assert codes.read(codes.spoken(code)) == code
    assert codes.read(f"  {code[:3].lower()}-{code[3:]} ") == code


@pytest.mark.parametrize("typed", ["K7M 2QO", "k7m 2q0", "17M 2QX", "i7M2QX", "l7M2QX"])
def test_a_look_alike_is_named(typed: str):
    with pytest.raises(Invalid) as refused:
        codes.read(typed)
    assert refused.value.field == "code"
    assert "look at the" in str(refused.value)


@pytest.mark.parametrize("typed", ["", "K7M", "K7M 2QXX", "K7M 2Q!", "K7M 2Q\x00", "ÄÄÄÄÄÄ"])
def test_what_is_no_code_is_told_what_one_looks_like(typed: str):
    with pytest.raises(Invalid, match="like K7M 2QX"):
        codes.read(typed)


def test_no_character_of_a_code_looks_like_another():
    assert not set(codes.ALPHABET) & set("O0I1L")
    assert len(codes.ALPHABET) == 31
