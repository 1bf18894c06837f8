"""Bids compared, and how the rule came to its order: every step in words, as anyone can replay it from the record."""

from __future__ import annotations

from web.views.ranking.comparing import RULES, TIE_BREAKS, Compared
from web.views.ranking.lines import Line, asked, lines, rows
from web.views.ranking.steps import headline, steps

__all__ = ["RULES", "TIE_BREAKS", "Compared", "Line", "asked", "headline", "lines", "rows", "steps"]
