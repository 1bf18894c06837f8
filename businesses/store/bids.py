"""Businesses, invitations, bids, ballots and agreements to rows and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.orm import Session

from businesses import codec
from businesses.commitments import Commitment
from businesses.scoring import Ballots
from businesses.tables import (
    AgreementVersionRow,
    BidRow,
    BidVersionRow,
    BusinessRow,
    InvitationRow,
    ObligationRow,
    ProspectRow,
    ScoreRow,
    VoteRow,
)
from businesses.values import Answer, Bid, Business, Confirmed, Invitation, Offer, Outcome, Seen
from core.errors import NotFound
from core.wire import Json, encode, money


def business(row: BusinessRow) -> Business:
    return Business(
        row.id, row.slug, row.name, row.contact, row.disclosure, row.identity, row.key_version, row.created_at
    )


def business_by(session: Session, *, id: str = "", slug: str = "", key: str = "") -> Business | None:
    query = select(BusinessRow)
    if id:
        query = query.where(BusinessRow.id == id)
    elif slug:
        query = query.where(BusinessRow.slug == slug)
    else:
        query = query.where(BusinessRow.key == key)
    row = session.scalar(query)
    return business(row) if row else None


def businesses(session: Session, ids: list[str]) -> dict[str, Business]:
    return {row.id: business(row) for row in session.scalars(select(BusinessRow).where(BusinessRow.id.in_(ids)))}


def listed(session: Session, after: str, limit: int) -> list[Business]:
    """Profiles by their public names; ``after`` is the last one of the page before.

    Only of those whose bid could be read or who owe something: who took an invitation up and declined is never public.
    """
    seen = or_(BidRow.sealed.is_(False), BidRow.revealed)
    bids = exists().where(BidRow.business_id == BusinessRow.id, seen)
    owes = exists().where(ObligationRow.business_id == BusinessRow.id)
    query = select(BusinessRow).where(BusinessRow.slug > after, or_(bids, owes))
    return [business(row) for row in session.scalars(query.order_by(BusinessRow.slug).limit(limit))]


def business_slugs_like(session: Session, slug: str) -> set[str]:
    return set(session.scalars(select(BusinessRow.slug).where(BusinessRow.slug.like(f"{slug}%"))))


def add_business(session: Session, made: Business, key: str) -> None:
    session.add(BusinessRow(**{**made.__dict__, "key": key}))
    session.flush()


def invitation(row: InvitationRow) -> Invitation:
    return Invitation(
        row.id, row.campaign_id, row.business_name, row.email, row.created_at, row.claimed_at, row.business_id
    )


def add_invitation(session: Session, made: Invitation, token: str) -> None:
    session.add(
        InvitationRow(
            id=made.id,
            campaign_id=made.campaign,
            business_name=made.business_name,
            email=made.email,
            token=token,
            created_at=made.created_at,
            claimed_at=made.claimed_at,
            business_id=made.business,
        )
    )
    session.flush()


def invitation_by_token(session: Session, token: str, *, locked: bool = False) -> InvitationRow | None:
    query = select(InvitationRow).where(InvitationRow.token == token)
    return session.scalar(query.with_for_update() if locked else query)


def invitations(session: Session, campaign_id: str) -> list[Invitation]:
    query = select(InvitationRow).where(InvitationRow.campaign_id == campaign_id).order_by(InvitationRow.created_at)
    return [invitation(row) for row in session.scalars(query)]


def invitation_by_id(session: Session, campaign_id: str, invitation_id: str) -> InvitationRow | None:
    """For a change."""
    row = session.get(InvitationRow, invitation_id, with_for_update=True)
    return row if row and row.campaign_id == campaign_id else None


def change_business(session: Session, held: Business, key: str = "") -> None:
    """What may change of a business; ``key`` is the digest of a new one, if it gets one."""
    columns = ("contact", "disclosure", "identity", "key_version")
    values = {name: getattr(held, name) for name in columns} | ({"key": key} if key else {})
    session.execute(update(BusinessRow).where(BusinessRow.id == held.id).values(**values))


def campaigns_of(session: Session, business_id: str) -> list[str]:
    """Ids of the campaigns whose invitations a business has claimed, newest first."""
    query = select(InvitationRow.campaign_id).where(InvitationRow.business_id == business_id)
    return list(session.scalars(query.order_by(InvitationRow.claimed_at.desc())))


def has_claimed(session: Session, campaign_id: str, business_id: str) -> bool:
    query = select(InvitationRow.id).where(
        InvitationRow.campaign_id == campaign_id, InvitationRow.business_id == business_id
    )
    return session.scalar(query.limit(1)) is not None


def offer_body(offer: Offer) -> Json:
    commitments = [codec.wire(c) for c in offer.commitments]
    return {**encode(offer), "commitments": commitments, "baseline": codec.baseline_wire(offer.baseline)}


def offer(body: Json) -> Offer:
    baseline = codec.stored_baseline(body["baseline"])
    promises = commitments(body["commitments"])
    answers = tuple(Answer(told["answer"], told["words"]) for told in body.get("answers", []))
    declared = (body["anyway"], body["done_already"], body["planned"])
    return Offer(promises, *declared, baseline, answers, body.get("venue", ""), body.get("entered", ""))


def _bid(row: BidRow) -> Bid:
    return Bid(
        id=row.id,
        campaign=row.campaign_id,
        business=row.business_id,
        offer=offer(row.offer),
        placed_at=row.placed_at,
        raised_at=row.raised_at,
        salt=row.salt,
        withdrawn_at=row.withdrawn_at,
        sealed=row.sealed,
        countersigned_at=row.countersigned_at,
        seen=_seen(row.seen),
        confirmed=tuple(Confirmed(c["by"], date.fromisoformat(c["on"]), c["note"]) for c in row.confirmed or ()),
        amended=None if row.amended is None else commitments(row.amended),
    )


def commitments(written: list[Json]) -> tuple[Commitment, ...]:
    """Promises from their stored form."""
    return tuple(codec.stored(each) for each in written)


def _seen(body: Json | None) -> Seen | None:
    return None if body is None else Seen(body["by"], date.fromisoformat(body["on"]), money(body["expected"]))


def locked_bid(session: Session, bid_id: str) -> Bid:
    """Locked for what is noted on it. Raises NotFound."""
    row = session.get(BidRow, bid_id, with_for_update=True)
    if row is None:
        raise NotFound("There is no such bid")
    return _bid(row)


def put_looks(session: Session, bid: Bid) -> None:
    """Save what was seen of a bid: the offer is as it was."""
    row = session.get_one(BidRow, bid.id)
    row.seen, row.confirmed = encode(bid.seen), encode(list(bid.confirmed))
    session.flush()


def bid_of(session: Session, campaign_id: str, business_id: str) -> Bid | None:
    """A business's bid, locked for a raise."""
    query = select(BidRow).where(BidRow.campaign_id == campaign_id, BidRow.business_id == business_id)
    row = session.scalar(query.with_for_update())
    return _bid(row) if row else None


def written(session: Session, bid_ids: list[str]) -> dict[str, Json]:
    """Bids' offers as they were last written by their shops, before any day was moved: what a seal was made of."""
    told = history(session, bid_ids)
    query = select(BidRow.id, BidRow.offer).where(BidRow.id.in_(bid_ids))
    rows = session.execute(query)
    return {row.id: {**row.offer, "commitments": told[row.id][-1]["commitments"]} for row in rows}


def bid_by_id(session: Session, bid_id: str) -> Bid:
    row = session.get(BidRow, bid_id)
    if row is None:
        raise NotFound("There is no such bid")
    return _bid(row)


def bids(session: Session, campaign_ids: list[str]) -> list[Bid]:
    """Every bid of these campaigns, withdrawn ones too, in the order they were placed: one query."""
    query = select(BidRow).where(BidRow.campaign_id.in_(campaign_ids)).order_by(BidRow.placed_at, BidRow.id)
    return [_bid(row) for row in session.scalars(query)]


def bids_of(session: Session, *business_ids: str) -> list[Bid]:
    """Every bid of a business or several, withdrawn ones too: one query."""
    return [_bid(row) for row in session.scalars(select(BidRow).where(BidRow.business_id.in_(business_ids)))]


def count_bids(session: Session, campaign_id: str) -> int:
    query = select(func.count()).where(BidRow.campaign_id == campaign_id, BidRow.withdrawn_at.is_(None))
    return session.scalar(query) or 0


def reveal(session: Session, bid_ids: list[str]) -> None:
    """Note that these sealed bids were opened."""
    session.execute(update(BidRow).where(BidRow.id.in_(bid_ids)).values(revealed=True))


def put_bid(session: Session, bid: Bid, now: datetime) -> None:
    """Save a bid and add its offer to the history."""
    row = session.get(BidRow, bid.id)
    if row is None:
        row = BidRow(id=bid.id, campaign_id=bid.campaign, business_id=bid.business, placed_at=bid.placed_at)
        session.add(row)
    row.raised_at, row.withdrawn_at, row.sealed, row.salt = bid.raised_at, bid.withdrawn_at, bid.sealed, bid.salt
    row.offer, row.countersigned_at = offer_body(bid.offer), bid.countersigned_at
    row.seen, row.confirmed = encode(bid.seen), encode(list(bid.confirmed))
    row.amended = _amended(bid)
    session.flush()
    if bid.withdrawn_at is None:
        number = session.scalar(select(func.count()).where(BidVersionRow.bid_id == bid.id)) or 0
        session.add(BidVersionRow(bid_id=bid.id, number=number + 1, at=now, commitments=row.offer["commitments"]))
        session.flush()


def countersign(session: Session, bid: Bid) -> None:
    """Note when its business signed; nothing of the offer changes."""
    session.execute(update(BidRow).where(BidRow.id == bid.id).values(countersigned_at=bid.countersigned_at))


def redate(session: Session, bid: Bid) -> None:
    """Write the dates that hold now; the history keeps what was offered as it was offered."""
    row = session.get_one(BidRow, bid.id)
    row.offer = {**row.offer, "commitments": offer_body(bid.offer)["commitments"]}
    row.amended = _amended(bid)
    session.flush()


def amend(session: Session, bid: Bid) -> None:
    """Write what both sides have agreed on in place of the offer's promises."""
    session.get_one(BidRow, bid.id).amended = _amended(bid)
    session.flush()


def _amended(bid: Bid) -> list[Json] | None:
    return None if bid.amended is None else [codec.wire(held) for held in bid.amended]


def as_made(session: Session, bids: list[Bid]) -> list[Bid]:
    """The bids with their promises as they were last offered and agreed on, before any day was moved: two queries."""
    told = history(session, [bid.id for bid in bids])
    offered = {id_: commitments(versions[-1]["commitments"]) for id_, versions in told.items()}
    agreed = _agreed(session, [bid.id for bid in bids if bid.amended is not None])
    return [
        replace(bid, offer=replace(bid.offer, commitments=offered[bid.id]), amended=agreed.get(bid.id)) for bid in bids
    ]


def _agreed(session: Session, bid_ids: list[str]) -> dict[str, tuple[Commitment, ...]]:
    """What the last version says that both sides of each agreement accepted."""
    query = select(AgreementVersionRow).where(
        AgreementVersionRow.bid_id.in_(bid_ids), AgreementVersionRow.outcome == Outcome.ACCEPTED.value
    )
    rows = session.scalars(query.order_by(AgreementVersionRow.number)) if bid_ids else ()
    return {row.bid_id: commitments(row.commitments) for row in rows}


def history(session: Session, bid_ids: list[str]) -> dict[str, list[Json]]:
    """Every offer of each bid, first to last."""
    query = (
        select(BidVersionRow)
        .where(BidVersionRow.bid_id.in_(bid_ids))
        .order_by(BidVersionRow.bid_id, BidVersionRow.number)
    )
    told: dict[str, list[Json]] = {bid: [] for bid in bid_ids}
    for row in session.scalars(query):
        told[row.bid_id].append({"at": encode(row.at), "commitments": row.commitments})
    return told


def ballots(session: Session, campaign_id: str) -> Ballots:
    votes = session.execute(
        select(VoteRow.voter, VoteRow.bid_id).where(VoteRow.campaign_id == campaign_id, VoteRow.voter.is_not(None))
    )
    scores = session.scalars(select(ScoreRow).where(ScoreRow.campaign_id == campaign_id))
    return Ballots(
        votes=tuple((str(voter), bid) for voter, bid in votes),
        scores=tuple((s.juror, s.bid_id, s.criterion, Decimal(s.score)) for s in scores),
    )


def add_vote(session: Session, vote: VoteRow) -> None:
    session.add(vote)
    session.flush()


def vote(session: Session, vote_id: str) -> VoteRow | None:
    return session.get(VoteRow, vote_id, with_for_update=True)


def has_voted(session: Session, bid: str, voter: str) -> bool:
    query = select(VoteRow.id).where(VoteRow.bid_id == bid, VoteRow.voter == voter)
    return session.scalar(query) is not None


def forget_address(session: Session, email: str) -> None:
    """Blank an address in votes and organizers' lists; what they counted for stays counted."""
    session.execute(update(VoteRow).where(VoteRow.email == email).values(email=""))
    session.execute(update(ProspectRow).where(func.lower(ProspectRow.contact) == email).values(contact=""))
