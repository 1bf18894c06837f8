"""What the API answers: domain values in the wire form of API.md. Nothing private, ever."""

from __future__ import annotations

from datetime import datetime

from businesses import changes, codec, followthrough
from businesses.badge import LEAST, badge
from businesses.commitments import Commitment
from businesses.consent import Consent
from businesses.converting import Expected
from businesses.followthrough import Obligation
from businesses.identity import Confirmation
from businesses.pages import Looked
from businesses.preparing import Prepared
from businesses.queries import Asks
from businesses.scoring import Ranking
from businesses.standing import Standing
from businesses.values import Agreement, Baseline, Bid, Business, Invitation, Jury, Version
from businesses.word import Word, by_topic
from campaigns import waits
from campaigns.tally import PledgeSums
from campaigns.values import Campaign, Winner
from core.wire import Json, encode


def campaign(
    held: Campaign, businesses: dict[str, Business], sums: PledgeSums | None = None, asks: Asks | None = None
) -> Json:
    """The public view of a campaign."""
    wait = waits.next_wait(held)
    names = ("id", "slug", "state", "title", "story", "place", "timezone", "region", "currency", "language",
             "windows", "disclosure", "co_hosts", "goal", "go_ahead", "bidding", "slots", "rechecks", "terms_version",
             "reason", "created_at")  # fmt: skip
    return {
        **{name: encode(getattr(held, name)) for name in names},
        "bidding": {**encode(held.bidding), "moved_to": encode(held.moved_to)} if held.bidding else None,
        "business": {"name": held.business.name} if held.business else None,
        "pledging": {"opens_at": encode(held.pledging.opens_at), "closes_at": encode(held.pledging_closes_at)},
        "go_ahead": {**encode(held.go_ahead), "at": encode(held.go_ahead_at)},
        "award": [_winner(w, businesses.get(w.business)) for w in held.winners],
        "next_deadline": {"kind": wait.kind, "at": encode(wait.at)} if wait else None,
        "totals": _totals(sums, asks),
        "url": f"/campaigns/{held.slug}",
    }


def _winner(won: Winner, winner: Business | None) -> Json:
    shown = {"id": winner.id, "slug": winner.slug, "name": winner.name} if winner else None
    return {"bid": won.bid, "business": shown, "venue": won.venue}


def _totals(sums: PledgeSums | None, asks: Asks | None) -> Json:
    return {**(encode(sums) if sums else {}), "asks": encode(asks)}


def invitation(held: Invitation, token: str, url: str) -> Json:
    """For the organizer who made it: the token is shown here and in the mail, and nowhere else."""
    return {"id": held.id, "business": held.business_name, "url": url, "token": token}


def invitation_listed(held: Invitation) -> Json:
    return {
        "id": held.id,
        "business": held.business_name,
        "created_at": encode(held.created_at),
        "claimed_at": encode(held.claimed_at),
    }


def business(held: Business) -> Json:
    public = ("id", "slug", "name", "disclosure", "identity")
    return {**{name: getattr(held, name) for name in public}, "url": f"/businesses/{held.slug}"}


def identity(held: Confirmation) -> Json:
    """One confirmation of who a business is; who of the team says so stands on the page, by name."""
    return {"id": held.id, "business": held.business, "campaign": held.campaign, "method": held.method.value,
            "place": held.place, "entry": held.entry, "begun_at": encode(held.begun_at),
            "confirmed_at": encode(held.confirmed_at), "people": len(held.by)}  # fmt: skip


def profile(
    held: Business, word: Word, campaigns: list[Json], obligations: list[Json], known: list[Confirmation]
) -> Json:
    return {**business(held), **word.public(), "late": word.kept_late, "partly": word.partly_kept,
            "overdue_now": word.overdue, "campaigns": campaigns, "obligations": obligations,
            "identified": [identity(each) for each in known]}  # fmt: skip


def record(promises: list[Obligation], now: datetime) -> Json:
    """What of a business's record is counted apart: by topic, and whether it carries the badge."""
    carried = badge(promises, now)
    return {
        "by_topic": {topic: counted.public() for topic, counted in by_topic(promises, now).items()},
        "badge": {"earned": carried.earned, "kept": carried.kept, "needed": LEAST, "against": list(carried.against)},
    }


def bid(held: Bid, shop: Business | None, history: list[Json] | None = None, word: Word | None = None) -> Json:
    """A bid with everything the business declared; a baseline for the checker only says so and no more."""
    baseline = held.offer.baseline
    hidden = baseline is not None and baseline.hidden
    return {
        "id": held.id,
        "business": {"id": shop.id, "slug": shop.slug, "name": shop.name} if shop else None,
        "commitments": [codec.wire(c) for c in held.offer.commitments],
        "anyway": held.offer.anyway,
        "done_already": held.offer.done_already,
        "planned": held.offer.planned,
        "answers": encode(list(held.offer.answers)),
        "venue": held.offer.venue,
        "entered": held.offer.entered,
        "countersigned_at": encode(held.countersigned_at),
        "baseline": {"visibility": "checker"} if hidden else codec.baseline_wire(baseline),
        "seen": encode(held.seen),
        "confirmed": encode(list(held.confirmed)),
        "placed_at": encode(held.placed_at),
        "raised_at": encode(held.raised_at),
        "withdrawn_at": encode(held.withdrawn_at),
        "history": history or [],
        "record": word.public() if word else None,
    }


def prepared(held: Prepared, shop: Business | None) -> Json:
    """What is prepared for a business, for both sides alone."""
    offer = held.offer
    return {
        "id": held.id,
        "business": {"id": shop.id, "slug": shop.slug, "name": shop.name} if shop else None,
        "state": held.stage.value,
        "at": encode(held.at),
        "version": held.version,
        "share": encode(held.share),
        "purpose": held.purpose,
        "words": held.words,
        "offer": {**encode(offer), "commitments": [codec.wire(c) for c in offer.commitments]} if offer else None,
    }


def ranking(ranked: Ranking, jury: Jury) -> Json:
    names = {juror.id: f"Juror {juror.number}" for juror in jury.jurors}
    return {
        "order": list(ranked.order),
        "steps": list(ranked.steps),
        "tied": list(ranked.tied),
        "jurors": [{"name": names[juror.id], "ties": juror.ties} for juror in jury.jurors],
        "scores": [{**encode(given), "juror": names.get(given.juror, "Juror")} for given in jury.scores],
    }


def consent(held: Consent) -> Json:
    """What people affected said. Who speaks for them stands here only where they wish it, their address never."""
    return {
        "id": held.id,
        "bid": held.bid,
        "commitment": held.commitment,
        "group": held.group,
        "state": held.state.value,
        "at": encode(held.at),
        "seat": held.seated,
        "comment": held.comment,
        "name": held.shown_name or None,
        "recorded": {"on": encode(held.meeting.on), "note": held.meeting.note} if held.meeting else None,
    }


def consent_needed(bid_id: str, promise: Commitment) -> Json:
    """A promise whose people nobody has asked yet."""
    return {"id": None, "bid": bid_id, "commitment": promise.id, "group": promise.affected_group, "state": "needed"}


def checked_baseline(held: Bid, baseline: Baseline, expected: Expected | None) -> Json:
    """For the named checker only: the figures themselves, and what the bid comes to by them."""
    return {
        "bid": held.id,
        "baseline": codec.baseline_wire(baseline),
        "expected": encode(expected.amount) if expected else None,
        "formula": expected.formula if expected and expected.amount else None,
        "seen": encode(held.seen),
    }


def agreement(held: Agreement) -> Json:
    return {"bid": held.bid, "text": held.text, "sha256": held.sha256, "accepted": encode(list(held.accepted)),
            "number": held.number}  # fmt: skip


def version(held: Version, before: Version | None, now: datetime) -> Json:
    """A version of an agreement beside the one it would replace; ``waits``: the other side can answer it now."""
    lost = changes.differences(before.commitments, held.commitments) if before else ()
    return {
        "number": held.number,
        "text": held.text,
        "sha256": held.sha256,
        "commitments": [codec.wire(c) for c in held.commitments],
        "proposed_by": held.proposed_by or None,
        "proposed_at": encode(held.proposed_at),
        "reason": held.reason,
        "replaces": held.replaces or None,
        "outcome": held.outcome.value,
        "waits": changes.waits(held, now),
        "answered_at": encode(held.answered_at),
        "accepted": encode(list(held.accepted)),
        "worse": any(found.loss for found in lost),
    }


def obligation(o: Obligation, now: datetime, made_in: Bid) -> Json:
    """A promise after the day: what was said, what is filed, who saw it, where it stands at ``now``.

    Beside it what the business declared in its bid: whether it would do it anyway, what was done and planned before.
    """
    proposal = followthrough.propose(o)
    verdict = o.verdict
    return {
        "id": o.id,
        "bid": o.bid,
        "business": o.business,
        "words": o.words,
        "commitment": codec.wire(o.commitment),
        "target": encode(o.target),
        "owed": encode(o.owed),
        **_bought(o),
        "due_on": encode(o.due_on),
        "first_due_on": encode(o.first_due_on),
        "remedies": o.remedies or None,
        "state": followthrough.standing(o, now).value,
        "stage": followthrough.stage(o, now).value,
        "next": encode(list(followthrough.agenda(o, now))),
        "late_days": followthrough.late_days(o, now),
        "milestones": encode(followthrough.milestones(o, now)),
        "verdict": verdict.verdict.value if verdict else None,
        "seen_by": verdict.seen_by if verdict else None,
        "reason": verdict.reason if verdict else None,
        "value": encode(verdict.value) if verdict else None,
        "of": encode(verdict.of) if verdict else None,
        "proposed": proposal.verdict.value if proposal else None,
        "proposal": encode(proposal),
        "evidence": [_evidence(e) for e in o.evidence],
        "checks": [_check(c) for c in o.checks],
        "verdicts": encode(list(o.verdicts)),
        "replies": encode(list(o.replies)),
        "rechecks": [_asked_again(asked, now) for asked in followthrough.asked_again(o)],
        "looks": [_check(c) for c in o.looks],
        "substitutes": [_substitute(s) for s in o.substitutes],
        "extension_asked": o.extension_asked,
        "consent": consent(o.consent) if o.consent else None,
        **{name: getattr(made_in.offer, name) for name in ("anyway", "done_already", "planned")},
        "confirmed": encode(list(made_in.confirmed)),
    }


def standing_offer(held: Standing, bid: Bid, campaign: Campaign) -> Json:
    """A bid that was not chosen and goes on standing: the next campaign can begin with it."""
    promised = [codec.wire(commitment) for commitment in bid.offer.commitments]
    return {"campaign": campaign.slug, "bid": bid.id, "until": encode(held.until), "commitments": promised}


def page_look(look: Looked) -> Json:
    """One look at the page that a promise names."""
    told = ("id", "at", "url", "status", "sha256", "found", "by", "answered_at")
    return {**{name: encode(getattr(look, name)) for name in told}, "answer": look.answer.value, "passed": look.passed}


def _bought(o: Obligation) -> Json:
    """What the sum buys of the works, in their order; while it is not computable each is unknown, never 0."""
    told = codec.allocation_wire(o.allocation)
    if told is not None:
        return told
    amounts = dict.fromkeys(("allocated", "others", "top_up"))
    unknown = [{**encode(m), **amounts, "state": "unknown"} for m in o.commitment.measures]
    return {"measures": unknown, "rest": None, "rest_goes": None, "top_up": None}


def _substitute(held: followthrough.Substitution) -> Json:
    return {**encode(held), "is_agreed": held.is_agreed, "waits_for": encode(held.waits_for)}


def _evidence(held: followthrough.Evidence) -> Json:
    return {"id": held.id, "at": encode(held.at), "note": held.note, "value": encode(held.value),
            "list": list(held.items), "url": held.url, "invoiced_on": encode(held.invoiced_on),
            "files": [document(each) for each in held.files]}  # fmt: skip


def document(held: followthrough.Document) -> Json:
    """A photo or a PDF; its address answers everybody, or whom the agreement names where only they may see it."""
    redaction = encode(held.redaction)
    return {**held.told(), "redaction": redaction, "url": f"/api/v1/evidence-files/{held.id}"}


def _asked_again(asked: followthrough.Asked, now: datetime) -> Json:
    """One re-check: when it is open, how it stands, and the answer."""
    open_ = {"months": asked.months, "opens_at": encode(asked.opens_at), "until": encode(asked.until)}
    return {**open_, "state": asked.stands(now), "answer": encode(asked.given)}


def _check(held: followthrough.Check) -> Json:
    return {"id": held.id, "at": encode(held.at), "by": held.by, "value": encode(held.value), "list": list(held.items),
            "struck": list(held.struck), "independent": held.independent, "note": held.note}  # fmt: skip
