"""What a bid is compared by, how that came about, and why one stands after the others."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from businesses.commitments import Basis, Commitment, Fixed, Share
from businesses.scoring import comparable_share
from businesses.values import Bid
from businesses.words import BASES
from campaigns.values import GoalKind, Rule
from core import formats
from core.i18n import N_, translator
from core.money import Money
from web.views import conversion
from web.views.ranking.comparing import Compared
from web.views.ranking.steps import step


def figure(compared: Compared, bid: Bid) -> Decimal | None:
    """What the rule compares: share in percent, expected sum, score in tenths, votes; None: nothing to compare."""
    if not bid.stands:
        return None
    rule = compared.campaign.bidding.rule if compared.campaign.bidding else Rule.HIGHEST_SHARE
    told = {s["bid"]: s for s in compared.ranking.steps if "bid" in s} if compared.ranking else {}
    match rule:
        case Rule.JURY if "score" in told.get(bid.id, {}):
            return Decimal(told[bid.id]["score"]) * 10
        case Rule.VOTE if "votes" in told.get(bid.id, {}):
            return Decimal(told[bid.id]["votes"])
    if compared.estimate:
        found = compared.expected(bid.id)
        return found.amount.amount if found and found.amount else None
    return comparable_share(compared.entries[bid.id], compared.basis)


def written(compared: Compared, figure: Decimal | None) -> str:
    if figure is None:
        return ""
    rule = compared.campaign.bidding.rule if compared.campaign.bidding else Rule.HIGHEST_SHARE
    locale = compared.reader.locale
    if rule == Rule.JURY and compared.ranking and compared.ranking.order:
        score = conversion.number((figure / 10).quantize(Decimal("0.01"), ROUND_HALF_EVEN), locale)
        return compared.say(N_("{score} of 10")).format(score=score)
    if rule == Rule.VOTE and compared.ranking:
        votes = translator(locale).ngettext("{count} vote", "{count} votes", int(figure))
        return votes.format(count=formats.number(int(figure), locale))
    if compared.estimate:
        return formats.money(Money.rounded(figure, compared.campaign.currency), locale)
    return conversion.percent(figure, locale)


def formula(compared: Compared, bid: Bid) -> str:
    """How the figure came about, or what it comes to if the goal is reached, where that can be said."""
    if compared.estimate:
        return _converted(compared, bid)
    return _by_goal(compared, bid.offer.commitments)


def _converted(compared: Compared, bid: Bid) -> str:
    found = compared.expected(bid.id)
    if found is None or found.amount is None or not found.pieces:
        return ""
    if len(found.pieces) == 1:
        amount = formats.money(found.amount, compared.reader.locale)
        return compared.say(N_("{amount} in any case")).format(amount=amount)
    return conversion.formula(found, compared.reader.locale)


def _by_goal(compared: Compared, commitments: Sequence[Commitment]) -> str:
    goal, matched = compared.campaign.goal, next((c for c in commitments if isinstance(c, Share) and c.match), None)
    if matched:
        parts = (matched.share, matched.match + 100)
        return " × ".join(conversion.percent(part, compared.reader.locale) for part in parts)
    if goal.kind != GoalKind.TAKINGS or goal.target is None:
        return ""
    takings, locale = Money.rounded(goal.target, compared.campaign.currency), compared.reader.locale
    for held in commitments:
        if isinstance(held, Share) and held.basis == Basis.GROSS:
            share = conversion.percent(held.effective, locale)
            text = compared.say(N_("{share} of {takings} would be {amount}"))
            amount = formats.money(takings.percent(held.effective), locale, exact=True)
            return text.format(share=share, takings=formats.money(takings, locale), amount=amount)
        if isinstance(held, Fixed):
            return compared.say(N_("{amount} in any case")).format(
                amount=formats.money(held.amount, locale, exact=True)
            )
    return ""


def why(compared: Compared, bid: Bid, figure: Decimal | None) -> str:
    """Why a bid stands after the others, or outside."""
    if not bid.stands:
        return compared.say(N_("Withdrawn"))
    if bid.id in compared.stopped:
        return step(compared, compared.stopped[bid.id])
    rule = compared.campaign.bidding.rule if compared.campaign.bidding else None
    if compared.estimate:
        return _why_not_converted(compared, bid)
    if rule == Rule.HIGHEST_SHARE and figure is None:
        basis = compared.say(BASES[compared.basis])
        return compared.say(N_("Names no share of {basis}: ranks after those that do.")).format(basis=basis)
    return ""


def _why_not_converted(compared: Compared, bid: Bid) -> str:
    """What the conversion lacks; or that the sum is the checker's word."""
    found, say = compared.expected(bid.id), compared.say
    if found is None:
        return say(N_("Promises no money: ranks after those that do."))
    if found.amount is not None:
        return "" if found.pieces else say(N_("Confirmed by who checks; the figures are not published."))
    lacks = conversion.lacking(found.lacks, compared.reader.locale)
    if compared.entries[bid.id].hidden:
        return say(N_("Only the checker knows {lacks}, and confirmed no sum: ranks after.")).format(lacks=lacks)
    return say(N_("Does not say {lacks}: cannot be converted and ranks after.")).format(lacks=lacks)
