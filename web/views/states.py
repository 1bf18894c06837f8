"""Where a campaign stands, in words."""

from __future__ import annotations

from campaigns.values import State
from core.i18n import N_

STATES = {
    State.DRAFT: N_("Draft"),
    State.BIDDING: N_("Bidding"),
    State.CHOOSING: N_("Choosing"),
    State.AGREED: N_("Agreed"),
    State.PLEDGING: N_("Pledging"),
    State.TIPPED: N_("It happens"),
    State.MISSED: N_("Too little was pledged"),
    State.MOBBING: N_("Today"),
    State.COUNTING: N_("Counting"),
    State.FINAL: N_("Result"),
    State.FOLLOWING: N_("Watching the promises"),
    State.DONE: N_("Done"),
    State.CANCELLED: N_("Cancelled"),
}
"""One or a few words for labels."""
