"""The jury: each juror declares ties, then scores every bid by the criteria. Nothing is told before the choice.

Source: DOMAIN.md, How real ones ran (a jury with weighted criteria) and Trust 21 (ties are declared in public).
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import Person, Role
from businesses import facts
from businesses.service.bidding import standing_bids
from businesses.service.choosing import are_scores_public, bid_of, demand_term, pseudonym
from businesses.store import juries as store
from businesses.values import Juror, Jury, Score
from campaigns import rules as campaign_rules
from campaigns import service as campaigns
from campaigns.values import Campaign, Rule, State
from core import record, text
from core.clock import Clock
from core.errors import require


def declare_ties(session: Session, clock: Clock, person: Person, slug: str, ties: str) -> None:
    """A juror's own word on ties to the bidders, published with the scores. Until then it can be said again."""
    campaign, now = campaigns.lock(session, clock, slug)
    _demand_scoring(session, campaign, person, now)
    store.put_juror(session, campaign.id, pseudonym(campaign, person.id), text.clean(ties, "ties", 600, 1), now)


def score(
    session: Session,
    clock: Clock,
    person: Person,
    slug: str,
    bid_id: str,
    criterion: str,
    given: Decimal,
    comment: str = "",
) -> None:
    """A juror's score for one bid and criterion, 0 to 10, within 7 days after closing. Scoring again replaces it."""
    campaign, now = campaigns.lock(session, clock, slug)
    _demand_scoring(session, campaign, person, now)
    bid, names = bid_of(session, campaign, bid_id), [c.name for c in campaign.bidding.criteria]  # type: ignore[union-attr]  # a jury's campaign has bidding
    require(criterion in names, "criterion", "one of {names}", names=", ".join(names))
    juror, said = pseudonym(campaign, person.id), text.clean(comment, "comment", 1000)
    made = Score(juror, bid.id, criterion, given, said)
    store.put_juror(session, campaign.id, juror, None, now)
    store.put_score(session, campaign.id, made)
    record.append(session, campaign.id, facts.ScoreGiven(juror, bid.id, criterion, given, said), now)


def _demand_scoring(session: Session, campaign: Campaign, person: Person, now: datetime) -> None:
    accounts.demand_role(session, campaign.team, person, (Role.JURY,))
    campaign_rules.demand(campaign, State.CHOOSING)
    require(campaign.bidding and campaign.bidding.rule == Rule.JURY, "criterion", "this campaign has no jury")
    demand_term(campaign, now)


def own_scores(session: Session, campaign: Campaign, person: Person) -> tuple[Juror | None, list[Score]]:
    """What a juror has declared and given so far: theirs alone, whatever the others did."""
    juror, held = pseudonym(campaign, person.id), store.jury(session, campaign.id)
    known = next((j for j in held.jurors if j.id == juror), None)
    return known, [s for s in held.scores if s.juror == juror]


def has_scored_all(session: Session, campaign: Campaign, person_id: str) -> bool:
    """Whether a juror has scored every standing bid by every criterion."""
    juror = pseudonym(campaign, person_id)
    own = {(s.bid, s.criterion) for s in store.jury(session, campaign.id).scores if s.juror == juror}
    criteria = campaign.bidding.criteria if campaign.bidding else ()
    return own >= {(bid.id, criterion.name) for bid in standing_bids(session, campaign) for criterion in criteria}


def public_jury(session: Session, campaign: Campaign) -> Jury:
    """Jurors and scores as everybody may see them: nothing before the choice."""
    return store.jury(session, campaign.id) if are_scores_public(campaign) else Jury()


def reveal_scores(session: Session, campaign: Campaign, now: datetime) -> None:
    """The jury's term is over: who scored, with which ties, and every score with its comment become public."""
    held = store.jury(session, campaign.id)
    standing = {bid.id for bid in standing_bids(session, campaign)}
    declared = [facts.JurorDeclared(j.id, j.number, j.ties) for j in held.jurors]
    given = [facts.BidScored(s.juror, s.bid, s.criterion, s.score, s.comment) for s in held.scores if s.bid in standing]
    record.append(session, campaign.id, [*declared, *given], now)
