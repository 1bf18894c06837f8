"""Secrets: random tokens, what is kept of them, and tokens derived from the installation's key."""

from __future__ import annotations

import pytest
from cryptography.fernet import InvalidToken

from core import tokens
from core.tokens import Keys


def test_a_minted_token_is_never_the_same_and_long_enough():
    minted = {tokens.mint() for _ in range(100)}
    assert len(minted) == 100
    assert all(len(token) >= 43 for token in minted)


def test_only_a_digest_of_it_is_kept():
    token = tokens.mint()
    assert len(tokens.digest(token)) == 64
    assert token not in tokens.digest(token)
    assert tokens.digest(token) == tokens.digest(token)


def test_a_derived_token_fits_its_purpose_and_subject_only():
    keys = Keys("secret")
    token = keys.token("pledge", "p1")
    assert token == keys.token("pledge", "p1")
    assert keys.fits("pledge", "p1", token)
    for purpose, subject, given in (
        ("pledge", "p2", token),
        ("vote", "p1", token),
        ("pledge", "p1", ""),
        ("pledge", "p1", "ü"),
    ):
        assert not keys.fits(purpose, subject, given)
    assert not Keys("another").fits("pledge", "p1", token)


def test_what_is_sealed_opens_with_the_same_key_only():
    sealed = Keys("secret").seal(b"shown once")
    assert b"shown once" not in sealed
    assert Keys("secret").open(sealed) == b"shown once"
    with pytest.raises(InvalidToken):
        Keys("another").open(sealed)
