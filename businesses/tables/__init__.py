"""Businesses, invitations, bids with their history, ballots, agreements, obligations and what was filed on them."""

from businesses.tables.bidding import (
    BidRow,
    BidVersionRow,
    PaperRow,
    PreparedRow,
    StandingRow,
    TemplateRow,
)
from businesses.tables.choosing import (
    AgreementRow,
    AgreementVersionRow,
    ConsentRow,
    JurorRow,
    ScoreRow,
    VoteRow,
)
from businesses.tables.following import (
    EvidenceFileRow,
    FiledRow,
    ObligationRow,
    PageLookRow,
    PageWatchRow,
    as_decimal,
)
from businesses.tables.inviting import (
    AskRow,
    BusinessRow,
    IdentityRow,
    InvitationRow,
    ProspectRow,
)

__all__ = [
    "AgreementRow",
    "AgreementVersionRow",
    "AskRow",
    "BidRow",
    "BidVersionRow",
    "BusinessRow",
    "ConsentRow",
    "EvidenceFileRow",
    "FiledRow",
    "IdentityRow",
    "InvitationRow",
    "JurorRow",
    "ObligationRow",
    "PageLookRow",
    "PageWatchRow",
    "PaperRow",
    "PreparedRow",
    "ProspectRow",
    "ScoreRow",
    "StandingRow",
    "TemplateRow",
    "VoteRow",
    "as_decimal",
]
