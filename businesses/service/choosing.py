"""After closing: ballots, the ranking, and the agreement on what won."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person, Role
from businesses import agreement as agreements
from businesses import consent, facts, queries, scoring
from businesses.consent import Consent
from businesses.service.bidding import standing_bids
from businesses.service.identifying import carry_identity
from businesses.store import agreements as agreement_store
from businesses.store import bids as store
from businesses.tables import VoteRow
from businesses.values import Acceptance, Agreement, Bid, Business
from businesses.words import Speech
from campaigns import rules as campaign_rules
from campaigns import service as campaigns
from campaigns.values import Bidding, Campaign, Mode, Rule, State
from core import outbox, record, text
from core.clock import Clock
from core.db import new_id
from core.errors import Conflict, Forbidden, NotFound, require
from core.tokens import Keys


def ranking(session: Session, campaign: Campaign, *, final: bool = False) -> scoring.Ranking:
    """The ranking by the published rule, computed from the bids and ballots as they stand.

    As long as the jury scores, its scores are left out; ``final``: its term is over, they count now.
    """
    bids = standing_bids(session, campaign)
    entries = [scoring.Entry.of(bid, len(campaign.windows)) for bid in bids]
    ballots = store.ballots(session, campaign.id)
    if not (final or are_scores_public(campaign)):
        ballots = replace(ballots, scores=())
    stopped = fallen(campaign, bids) | stopped_by_consent(bids, queries.consents_of(session, bids))
    return scoring.rank(entries, campaign.bidding or Bidding(), ballots, stopped)


def shown_ranking(session: Session, campaign: Campaign) -> scoring.Ranking:
    """The ranking as everybody may see it: while the jury scores there is none yet, and that is said."""
    ranked = ranking(session, campaign)
    judged = campaign.bidding is not None and campaign.bidding.rule == Rule.JURY and len(ranked.order) > 1
    if judged and not are_scores_public(campaign):
        return scoring.Ranking((), (scoring.step("jury_scores"),))
    return ranked


def are_scores_public(campaign: Campaign) -> bool:
    """Whether the jury's term is over: its scores are told with the choice, or with the tie that is left open."""
    return campaign.award is not None or campaign.waiting in {"tie", "bid", "consent"}


def fallen(campaign: Campaign, bids: list[Bid]) -> dict[str, str]:
    """The bids that had won and fell out, though they were never withdrawn, and the step that says so."""
    return {bid.id: "not_accepted" for bid in bids if bid.id in campaign.fallen}


def stopped_by_consent(bids: list[Bid], known: Mapping[str, Mapping[str, Consent]]) -> dict[str, str]:
    """The bids that fell out because people whom they affect do not agree, and the step that says so."""
    held = {bid.id: (bid.offer.commitments, known.get(bid.id, {})) for bid in bids}
    return {
        id_: consent.reason(*about) for id_, about in held.items() if consent.standing(*about) == consent.Standing.OUT
    }


def record_ranking(session: Session, campaign: Campaign, ranked: scoring.Ranking, now: datetime) -> None:
    """Put the ranking and its steps into the record."""
    record.append(session, campaign.id, facts.BidsRanked(list(ranked.order), list(ranked.steps)), now)


def bid_of(session: Session, campaign: Campaign, bid_id: str) -> Bid:
    """A bid that stands in this campaign. Raises NotFound."""
    bid = store.bid_by_id(session, bid_id)
    if bid.campaign != campaign.id or not bid.stands:
        raise NotFound("There is no such bid")
    return bid


def demand_term(campaign: Campaign, now: datetime) -> None:
    """Raise Conflict once the choice was made, or the jury's and the voters' term is over, worker or not."""
    if campaign.award is not None:
        raise Conflict("The choice has been made")
    if campaign.since and now >= campaign.since + campaign_rules.CHOICE_TERM:
        raise Conflict("The seven days for choosing have passed")


def _demand_voting(campaign: Campaign, now: datetime) -> None:
    """While bids come in, and for seven days after closing."""
    campaign_rules.demand(campaign, State.BIDDING, State.CHOOSING)
    if campaign.state == State.CHOOSING:
        demand_term(campaign, now)


def pseudonym(campaign: Campaign, person_id: str) -> str:
    """The same for one person within one campaign, and telling nothing beyond it."""
    return agreements.sha256(f"{campaign.id}:{person_id}")[:32]


def vote(
    session: Session, clock: Clock, keys: Keys, slug: str, bid_id: str, email: str = "", person: Person | None = None
) -> None:
    """Approve a bid: at once when signed in, by a mailed link else. From the first bid (sealed: from closing)."""
    campaign, now = campaigns.lock(session, clock, slug)
    _demand_voting(campaign, now)
    bidding = campaign.bidding or Bidding()
    votes = "vote" in {bidding.rule.value, bidding.tie_break.value}
    require(votes, "bid", "this campaign is not decided by a vote")
    if campaign.state == State.BIDDING and bidding.mode == Mode.SEALED:
        raise Conflict("Bids are sealed until closing; the vote begins then")
    bid = bid_of(session, campaign, bid_id)
    address = person.email if person else text.email(email)
    row = VoteRow(id=new_id(), campaign_id=campaign.id, bid_id=bid.id, email=address, created_at=now)
    store.add_vote(session, row)
    if person:
        _count(session, campaign, row, person.id, now)
    else:
        outbox.enqueue(
            session, "confirm_vote", address, now, key=f"confirm_vote:{row.id}", vote=row.id, campaign=campaign.id
        )


def confirm_vote(session: Session, clock: Clock, keys: Keys, vote_id: str, token: str) -> Campaign:
    """Count a vote whose address has been proved. One confirmed person, one vote for each bid."""
    row = store.vote(session, vote_id)
    if row is None or not keys.fits("vote", vote_id, token):
        raise NotFound("There is no such vote: open the link in the mail, only that confirms the address")
    campaign, now = campaigns.lock_by_id(session, clock, row.campaign_id)
    if row.voter is None:
        _demand_voting(campaign, now)
        _count(session, campaign, row, accounts.person_for(session, row.email, now).id, now)
    return campaign


def _count(session: Session, campaign: Campaign, row: VoteRow, person_id: str, now: datetime) -> None:
    voter = pseudonym(campaign, person_id)
    if store.has_voted(session, row.bid_id, voter):
        return
    row.voter = voter
    session.flush()
    record.append(session, campaign.id, facts.BallotCounted(voter, row.bid_id), now)


def draw_up(session: Session, campaign: Campaign, bid: Bid, windows: list[str], speech: Speech) -> Agreement:
    """The agreement on a winning bid, written once: the text that both sides see and whose hash is public."""
    held = agreement_store.agreement(session, bid.id)
    if held is not None and held.accepted:
        return held
    made = composed(session, campaign, bid, tuple(windows), speech)
    agreement_store.put_agreement(session, campaign.id, made)
    return made


def composed(
    session: Session,
    campaign: Campaign,
    bid: Bid,
    windows: tuple[str, ...],
    speech: Speech,
    change: agreements.Change | None = None,
) -> Agreement:
    """The text on a bid as things stand, accepted by nobody yet; ``change`` makes it a later version."""
    business = store.business_by(session, id=bid.business)
    assert business is not None
    monitors = tuple(
        f"{m.name or 'monitor'}: {m.paid_by}"
        for m in accounts.members(session, campaign.team)
        if m.role == Role.MONITOR
    )
    body = agreements.compose(
        agreements.Terms(campaign, business.name, bid.promised, windows, monitors, change), speech
    )
    return Agreement(bid.id, body, agreements.sha256(body), number=change.number if change else 1)


@dataclass(frozen=True)
class Side:
    """Who accepts: an organizer, or the business itself."""

    person: Person | None = None
    business: Business | None = None


def accept_agreement(
    session: Session, clock: Clock, slug: str, bid_id: str, side: Side, name: str
) -> tuple[Agreement, Campaign]:
    """Accept for one side. When both have, the campaign is agreed. Accepting again changes nothing."""
    campaign, now = campaigns.lock(session, clock, slug)
    by, how = authority(session, campaign, bid_id, side)
    held = agreement_store.agreement(session, bid_id, locked=True)
    if held is None:
        raise Conflict("There is no agreement to accept yet")
    if by in {a.by for a in held.accepted}:
        return held, campaign
    campaign_rules.demand(campaign, State.CHOOSING)
    _demand_in_time(campaign, now)
    if side.business:
        carry_identity(session, campaign, side.business, now)
    acceptance = Acceptance(by, text.clean(name, "name", 120, 1), now, how)
    made = replace(held, accepted=(*held.accepted, acceptance))
    agreement_store.put_agreement(session, campaign.id, made)
    record.append(session, campaign.id, facts.AgreementAccepted(bid_id, by, held.sha256, how), now)
    if len(made.accepted) == 2:
        campaign = campaigns.agree(session, campaign, bid_id, now)
    return made, campaign


def _demand_in_time(campaign: Campaign, now: datetime) -> None:
    """The term binds by itself: once it is over the runner-up follows, whether or not a worker has looked."""
    if campaign.award and now >= campaign.award.at + campaign_rules.AGREEMENT_TERM:
        raise Conflict("The fourteen days for accepting have passed")


def authority(session: Session, campaign: Campaign, bid_id: str, side: Side) -> tuple[str, str]:
    """In whose name, and how they are known. Raises Forbidden for anybody else."""
    won = {w.bid: w.business for w in campaign.winners}
    if bid_id not in won:
        raise Conflict("This bid has not won")
    if side.business:
        if won[bid_id] != side.business.id:
            raise Forbidden("Only the business that made the bid accepts for it")
        return "business", side.business.identity
    accounts.demand_role(session, campaign.team, side.person, ORGANIZERS)
    return "organizer", "signed_in_by_mail"
