"""Use-cases of circles: opened by a side, led by somebody whom all accept, ended by all, or by the clock."""

from businesses.circles.service.ending import answer_remedy, note_term
from businesses.circles.service.leading import (
    Draft,
    Leader,
    accept,
    arrange,
    demand_leader,
    end_without,
    hold,
    propose,
)
from businesses.circles.service.opening import answer_facilitator, name_another, open_circle

__all__ = [
    "Draft",
    "Leader",
    "accept",
    "answer_facilitator",
    "answer_remedy",
    "arrange",
    "demand_leader",
    "end_without",
    "hold",
    "name_another",
    "note_term",
    "open_circle",
    "propose",
]
