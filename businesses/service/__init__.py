"""Use-cases of the businesses' room; each file is one part of the trip."""

from businesses.service.bidding import place_bid, reveal_bids, standing_bids, withdraw_bid
from businesses.service.choosing import accept_agreement, ask, confirm_vote, draw_up, ranking, score, vote
from businesses.service.following import (
    answer_extension,
    arise,
    ask_extension,
    file_evidence,
    file_spot_check,
    give_verdict,
    note_lateness,
    reply,
    revise,
)
from businesses.service.inviting import by_key, claim, invite, shop_token

__all__ = [
    "accept_agreement",
    "answer_extension",
    "arise",
    "ask",
    "ask_extension",
    "by_key",
    "claim",
    "confirm_vote",
    "draw_up",
    "file_evidence",
    "file_spot_check",
    "give_verdict",
    "invite",
    "note_lateness",
    "place_bid",
    "ranking",
    "reply",
    "reveal_bids",
    "revise",
    "score",
    "shop_token",
    "standing_bids",
    "vote",
    "withdraw_bid",
]
