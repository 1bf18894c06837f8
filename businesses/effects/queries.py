"""Reads of effects for the rooms above."""

from __future__ import annotations

from businesses.effects import store

of_obligations = store.of_obligations
