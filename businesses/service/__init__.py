"""Use-cases of the businesses' room; each file is one part of the trip."""

from businesses.service.bidding import move_dates, place_bid, reveal_bids, standing_bids, try_bid, withdraw_bid
from businesses.service.choosing import (
    accept_agreement,
    ask,
    confirm_vote,
    draw_up,
    forget_address,
    ranking,
    score,
    vote,
)
from businesses.service.closing import adopt_promises, close
from businesses.service.following import (
    answer_extension,
    arise,
    ask_extension,
    file_evidence,
    file_spot_check,
    give_verdict,
    note_lateness,
    observer,
    reply,
    revise,
    show_check,
)
from businesses.service.inviting import by_key, claim, demand_part, invitation, invite, shop_token

__all__ = [
    "accept_agreement",
    "adopt_promises",
    "answer_extension",
    "arise",
    "ask",
    "ask_extension",
    "by_key",
    "claim",
    "close",
    "confirm_vote",
    "demand_part",
    "draw_up",
    "file_evidence",
    "file_spot_check",
    "forget_address",
    "give_verdict",
    "invitation",
    "invite",
    "move_dates",
    "note_lateness",
    "observer",
    "place_bid",
    "ranking",
    "reply",
    "reveal_bids",
    "revise",
    "score",
    "shop_token",
    "show_check",
    "standing_bids",
    "try_bid",
    "vote",
    "withdraw_bid",
]
