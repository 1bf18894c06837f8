"""Promises in the API's own form, short to write."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.wire import Json


def share(percent: str, basis: str, purpose: str, due_on: date, checker: str = "organizer", **rest: Any) -> Json:
    """So much of the day's gross, net, profit or extra, in percent."""
    proof = rest.pop("proof", ["till report", "bank transfer"])
    return {"kind": "share", "share": percent, "basis": basis, "purpose": purpose, "due_on": due_on,
            "proof": proof, "checker": checker, **rest}  # fmt: skip


def action(verb: str, target: str, metric: str, due_on: date, checker: str = "organizer", **rest: Any) -> Json:
    """Something to be done and counted: from ``baseline`` (0) to ``target``."""
    return {"kind": "action", "verb": verb, "target": target, "metric": metric, "due_on": due_on,
            "checker": checker, **rest}  # fmt: skip


def fixed(amount: str, purpose: str, due_on: date, **rest: Any) -> Json:
    """A sum, whatever comes in."""
    return {"kind": "fixed", "amount": amount, "purpose": purpose, "due_on": due_on, **rest}


def per_unit(amount: str, unit: str, purpose: str, due_on: date, **rest: Any) -> Json:
    """A sum for each one sold."""
    return {"kind": "per_unit", "amount": amount, "unit": unit, "purpose": purpose, "due_on": due_on, **rest}


def step(kind: str, at_least: str, target: str) -> Json:
    """A rung of a ladder: from so many takings, units or heads on the target is this."""
    return {"when": {"kind": kind, "at_least": at_least}, "target": target}
