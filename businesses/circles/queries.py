"""Reads of circles for the rooms above."""

from __future__ import annotations

from businesses.circles import rules, store

by_id = store.by_id
of_obligation = store.of_obligation
are_open = store.are_open
due = store.due
next_due = store.next_due
is_called_for = rules.is_called_for
