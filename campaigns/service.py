"""Use-cases of a campaign's life. Each receives a session and the clock, and never commits."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import ORGANIZERS, Person
from campaigns import facts as happened
from campaigns import gaps, rules, store
from campaigns.values import Campaign, NamedBusiness, State, Window, Winner
from core import audit, record, text
from core.clock import Clock
from core.db import new_id
from core.errors import Conflict, NotFound, require
from core.facts import Fact
from core.money import Money
from core.wire import Json


def create(session: Session, clock: Clock, owner: Person, fields: dict[str, Any]) -> Campaign:
    """A fresh draft with its own team; ``fields`` are Campaign's, already checked values. Title may come later."""
    now = clock.now(session)
    title = fields.get("title", "")
    fields = fields | {"windows": _same_ids((), fields.get("windows", ()))}
    campaign = Campaign(
        id=new_id(),
        slug=_free_slug(session, title),
        team=accounts.create_team(session, owner, now),
        created_at=now,
        since=now,
        **fields,
    )
    store.add(session, campaign)
    audit.note(session, owner.id, "campaign.create", campaign.id, now)
    return campaign


_TAKEN_BY_PAGES = {"new"}
"""No campaign's page may stand where another page stands."""


def _free_slug(session: Session, title: str) -> str:
    base = text.slug(title)
    taken = {*store.slugs_like(session, base), *_TAKEN_BY_PAGES}
    if base not in taken:
        return base
    return next(name for n in range(2, len(taken) + 3) if (name := f"{base}-{n}") not in taken)


def lock(session: Session, clock: Clock, slug: str, *, shared: bool = False) -> tuple[Campaign, datetime]:
    """The campaign under its lock, and only then the time (DESIGN.md, rule 5). Raises NotFound."""
    campaign = store.locked(session, slug=slug, shared=shared)
    return campaign, clock.now(session)


def lock_by_id(session: Session, clock: Clock, campaign_id: str, *, shared: bool = False) -> tuple[Campaign, datetime]:
    campaign = store.locked(session, campaign_id=campaign_id, shared=shared)
    return campaign, clock.now(session)


def apply(session: Session, change: rules.Change, now: datetime) -> Campaign:
    """Save what a rule made of a campaign, and record what happened."""
    campaign, facts = change
    saved = store.save(session, campaign)
    record.append(session, campaign.id, facts, now)
    return saved


def edit(
    session: Session, clock: Clock, person: Person, slug: str, changes: dict[str, Any]
) -> tuple[Campaign, list[str]]:
    """Change terms that are still open to change. Gives the campaign and the names of material changes.

    Raises Conflict for a term that is frozen in this state.
    """
    held, now = lock(session, clock, slug)
    accounts.demand_role(session, held.team, person, ORGANIZERS)
    if "windows" in changes:
        changes = changes | {"windows": _same_ids(held.windows, changes["windows"])}
    changed = replace(held, **_kept_private_contact(held, changes))
    names = rules.changed_terms(held, changed)
    _demand_open_to_change(held, changed, names)
    if held.state == State.DRAFT:
        return store.save(session, changed), []
    gaps.demand_none(changed, now, _to_check_again(held.state, names))
    material = sorted(rules.MATERIAL.intersection(names))
    if material:
        changed = replace(changed, terms_version=held.terms_version + 1)
    if names:
        fact = happened.TermsChanged(changed.terms_version, names, rules.terms(changed))
        changed = apply(session, (changed, [fact]), now)
    return changed, material


def _to_check_again(state: State, changed: list[str]) -> set[str]:
    """The lines of the checklist that a change may break: another day moves what was set by it."""
    lines = set(changed)
    if "windows" in changed:
        lines.add("pledging")
        lines |= {"go_ahead"} if state in rules.BEFORE_DECISION else set()
        lines |= {"bidding"} if state == State.BIDDING else set()
    if "go_ahead" in changed:
        lines.add("pledging")
    return lines


def _kept_private_contact(held: Campaign, changes: dict[str, Any]) -> dict[str, Any]:
    """A named business sent without its contact keeps the one it has: the contact is never shown to be sent back."""
    named = changes.get("business")
    if isinstance(named, NamedBusiness) and held.business and not named.contact and named.name == held.business.name:
        return changes | {"business": held.business}
    return changes


_OPEN_TO_CHANGE: dict[State, frozenset[str]] = {
    State.BIDDING: frozenset(
        {"title", "story", "place", "co_hosts", "disclosure", "windows", "goal", "go_ahead", "pledging", "slots"}
    ),
    State.CHOOSING: frozenset({"title", "story", "co_hosts", "disclosure"}),
    State.AGREED: frozenset({"title", "story", "co_hosts", "disclosure", "pledging", "go_ahead", "goal", "slots"}),
    State.PLEDGING: frozenset({"title", "story", "co_hosts", "disclosure", "goal", "go_ahead", "windows", "slots"}),
    State.TIPPED: frozenset({"title", "story", "co_hosts", "disclosure", "goal", "windows", "slots"}),
    State.MOBBING: frozenset({"story", "co_hosts", "disclosure"}),
}


def open_to_change(state: State) -> frozenset[str]:
    """The terms that may still be changed while a campaign is in this state."""
    if state == State.DRAFT:
        return frozenset(rules.TERMS)
    return _OPEN_TO_CHANGE.get(state, frozenset({"co_hosts", "disclosure"}))


def _demand_open_to_change(held: Campaign, changed: Campaign, names: list[str]) -> None:
    allowed = open_to_change(held.state)
    shut = [name for name in names if name not in allowed]
    if shut:
        raise Conflict(
            "While the campaign is {state}, this is frozen: {fields}", state=held.state, fields=", ".join(shut)
        )


def open_(session: Session, clock: Clock, person: Person, slug: str, *, second_organizer: bool = False) -> Campaign:
    """Go public: bidding opens, or the one named business is asked. Raises Invalid naming every gap."""
    campaign, now = lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    members = accounts.members(session, campaign.team)
    if second_organizer:
        organizers = [m for m in members if m.role in ORGANIZERS]
        require(len(organizers) > 1, "team", "ask a second organizer, in case you fall ill")
    team = [{"role": m.role.value, "paid_by": m.paid_by, "disclosure": m.disclosure} for m in members]
    audit.note(session, person.id, "campaign.open", campaign.id, now)
    return apply(session, rules.open_(campaign, team, now), now)


def move_closing(session: Session, campaign: Campaign, now: datetime) -> Campaign:
    """A bid has come: in the last minutes it moves the closing."""
    changed, facts = rules.move_closing(campaign, now)
    return apply(session, (changed, facts), now) if facts else campaign


def close_bidding(session: Session, campaign: Campaign, bids: int, now: datetime) -> Campaign:
    return apply(session, rules.close_bidding(campaign, bids, now), now)


def wait_for(session: Session, campaign: Campaign, what: str, until: datetime) -> Campaign:
    """While choosing, note what is awaited and until when."""
    return apply(session, (rules.wait_for(campaign, what, until), []), until)


def extend_bidding(session: Session, clock: Clock, person: Person, slug: str, closes_at: datetime) -> Campaign:
    campaign, now = lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    rules.demand_no_bid(campaign, now)
    require(closes_at > now, "closes_at", "bidding must close in the future")
    return apply(session, rules.extend_bidding(campaign, closes_at, now), now)


def name_business(session: Session, clock: Clock, person: Person, slug: str, business: NamedBusiness) -> Campaign:
    campaign, now = lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    rules.demand_no_bid(campaign, now)
    return apply(session, rules.name_business(campaign, business, now), now)


def award(
    session: Session, campaign: Campaign, winners: list[Winner], runners_up: list[Winner], reason: str, now: datetime
) -> Campaign:
    return apply(session, rules.award(campaign, winners, runners_up, reason, now), now)


def replace_winner(
    session: Session, campaign: Campaign, bid: str, reason: str, now: datetime, *, hold: bool = False
) -> Campaign:
    """The runner-up succeeds; with nobody left the campaign waits as if there had been no bid.

    ``hold``: it waits for a consent that the runner-up needs, as long as for one before the first award.
    """
    changed = apply(session, rules.replace_winner(campaign, bid, reason, now, hold=hold), now)
    if hold:
        return wait_for(session, changed, "consent", now + rules.CONSENT_TERM)
    if changed.award is None:
        return wait_for(session, changed, "bid", now + rules.NO_BID_TERM)
    return _open_if_due(session, changed, now)


def forget_runner_up(session: Session, campaign: Campaign, bid: str) -> Campaign:
    """A withdrawn bid follows nobody any more."""
    return store.save(session, rules.forget_runner_up(campaign, bid))


def agree(session: Session, campaign: Campaign, bid: str, now: datetime) -> Campaign:
    """Both sides accepted this winner's agreement; with the last one pledging opens, at once or at its date."""
    return _open_if_due(session, apply(session, rules.agree(campaign, bid, now), now), now)


def _open_if_due(session: Session, campaign: Campaign, now: datetime) -> Campaign:
    if campaign.state == State.AGREED and (campaign.pledging.opens_at or now) <= now:
        return open_pledging(session, campaign, now)
    return campaign


def open_pledging(session: Session, campaign: Campaign, now: datetime) -> Campaign:
    return apply(session, rules.open_pledging(campaign, now), now)


def decide(session: Session, campaign: Campaign, people: int, amount: Money, now: datetime) -> Campaign:
    return apply(session, rules.decide(campaign, people, amount, now), now)


def proceed(session: Session, clock: Clock, slug: str, by: str, person: Person | None) -> Campaign:
    """After a miss one side says that the day happens all the same; ``person`` None speaks for the business."""
    campaign, now = lock(session, clock, slug)
    if by == "organizer":
        accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    return apply(session, rules.proceed(campaign, by, now), now)


def finalize(session: Session, campaign: Campaign, tally: Json, reason: str, now: datetime) -> Campaign:
    return apply(session, rules.finalize(campaign, tally, reason, now), now)


def cancel(
    session: Session, clock: Clock, person: Person, slug: str, reason: str, *, operator: bool = False
) -> Campaign:
    """End a campaign before its final tally, with a public reason. ``operator``: the platform does, not its team."""
    campaign, now = lock(session, clock, slug)
    if not operator:
        accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    audit.note(session, person.id, "campaign.cancel", campaign.id, now)
    return apply(session, rules.cancel(campaign, text.clean(reason, "reason", 1000), now), now)


def ask_again(session: Session, campaign: Campaign) -> Campaign:
    """What supporters pledged for is less than it was: the version of the terms rises, and pledgers are asked again."""
    return store.save(session, replace(campaign, terms_version=campaign.terms_version + 1))


def postpone(
    session: Session, clock: Clock, person: Person, slug: str, windows: tuple[Window, ...], reason: str
) -> Campaign:
    campaign, now = lock(session, clock, slug)
    accounts.demand_role(session, campaign.team, person, ORGANIZERS)
    kept = _same_ids(campaign.windows, windows)
    return apply(session, rules.postpone(campaign, kept, text.clean(reason, "reason", 1000), now), now)


def _same_ids(before: tuple[Window, ...], after: tuple[Window, ...]) -> tuple[Window, ...]:
    """Windows keep their ids, by the id that was sent, else by their order: what was noted for one stays with it."""
    held = [w.id for w in before]
    sent = {w.id for w in after}
    ids = [
        w.id if w.id in held else held[n] if n < len(held) and held[n] not in sent else new_id()
        for n, w in enumerate(after)
    ]
    require(len(set(ids)) == len(ids), "windows", "each window once")
    return tuple(replace(w, id=id_) for w, id_ in zip(after, ids, strict=True))


def advance(session: Session, campaign: Campaign, now: datetime) -> Campaign:
    """The changes of state that need nobody's figures: opening and closing, giving up, following."""
    simple = {
        State.AGREED: rules.open_pledging,
        State.MISSED: rules.give_up,
        State.TIPPED: rules.open_mob,
        State.MOBBING: rules.close_mob,
        State.FINAL: rules.begin_following,
    }
    return apply(session, simple[campaign.state](campaign, now), now)


def end(session: Session, campaign: Campaign, now: datetime) -> Campaign:
    return apply(session, rules.end(campaign, now), now)


def close_without_bid(session: Session, campaign: Campaign, now: datetime) -> Campaign:
    """Nobody bid, or nobody chose, and the term has passed: closed by itself, publicly."""
    return apply(session, rules.cancel(campaign, "No bid was chosen within its term.", now), now)


def note(session: Session, campaign: Campaign, facts: list[Fact], now: datetime) -> None:
    """Record facts that change nothing of the campaign itself."""
    record.append(session, campaign.id, facts, now)


def adopt(session: Session, clock: Clock, person: Person, slug: str, by: str) -> Campaign:
    """A monitor or supporter takes up a campaign whose organizers fell silent; the caller has checked that they did."""
    campaign, now = lock(session, clock, slug)
    accounts.take_over(session, campaign.team, person, now)
    audit.note(session, person.id, "campaign.adopt", campaign.id, now)
    note(session, campaign, [happened.CampaignAdopted(by)], now)
    return campaign


def correct(session: Session, campaign: Campaign, tally: Json, fact: Fact, now: datetime) -> Campaign:
    """Replace the final tally's public form after a correction; the record keeps the first."""
    rules.demand(campaign, State.FINAL, State.FOLLOWING, State.DONE)
    return apply(session, (replace(campaign, tally=tally), [fact]), now)


def demand_public(campaign: Campaign, person_roles: frozenset[str]) -> None:
    """A draft does not exist for anybody but its team."""
    if not campaign.is_public and not person_roles:
        raise NotFound("There is no such campaign")
