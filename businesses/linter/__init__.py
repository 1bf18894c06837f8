"""The promise linter: plain hints while a promise is written. Pure; hints, never a block."""

from __future__ import annotations

from businesses.commitments import Commitment
from businesses.linter import rules
from businesses.linter.values import Comparable, Hint, Surroundings

__all__ = ["RULES", "Comparable", "Hint", "Surroundings", "lint"]

RULES = (
    rules.vague_verb,
    rules.no_baseline,
    rules.no_definition,
    rules.below_baseline,
    rules.below_comparable,
    rules.before_the_money,
    rules.beyond_the_money,
    rules.vanity,
    rules.no_proof,
    rules.own_eyes,
)
"""In the order in which their hints are shown."""


def lint(commitment: Commitment, around: Surroundings) -> tuple[Hint, ...]:
    """What would make this promise easier to check, or nothing."""
    return tuple(hint for rule in RULES for hint in rule(commitment, around))
