"""What a business does next in each of its campaigns: derived from where things stand, never typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from businesses import followthrough
from businesses.followthrough import Obligation
from businesses.followthrough import Standing as Stands
from businesses.preparing import Prepared
from businesses.standing import Standing
from businesses.values import Agreement, Bid
from campaigns import rules
from campaigns.tasks import rules as task_rules
from campaigns.tasks.values import Task, counted
from campaigns.values import Campaign, State, Window
from core.errors import Message
from core.i18n import N_
from pledges.returns.values import Waiting
from pledges.values import TillTotal


@dataclass(frozen=True)
class Involved:
    """One campaign from the side of one business that takes part in it."""

    campaign: Campaign
    now: datetime
    business: str
    bid: Bid | None = None
    agreement: Agreement | None = None
    tills: tuple[TillTotal, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    prepared: Prepared | None = None
    standing: Standing | None = None
    returns: Waiting | None = None
    tasks: tuple[Task, ...] = ()

    @property
    def won(self) -> bool:
        return self.business in {w.business for w in self.campaign.winners}

    @property
    def stands(self) -> bool:
        return self.bid is not None and self.bid.stands

    @property
    def windows_due(self) -> list[Window]:
        """The windows that have closed and whose total is still to be entered."""
        known = {till.window for till in self.tills}
        return [w for w in self.campaign.windows if w.closes_at <= self.now and w.id not in known]


@dataclass(frozen=True)
class Duty:
    """One thing to do, or to wait for (then without address). ``urgent``: something hangs on it."""

    title: Message
    words: Message | str
    label: str = ""
    address: str = ""
    urgent: bool = False


def duties(i: Involved) -> list[Duty]:
    """The duties of one campaign, first things first; one line at least."""
    found = [
        *_signature(i),
        *_bidding(i),
        *_agreement(i),
        *_proceed(i),
        *_before(i),
        *_till(i),
        *_promises(i),
        *_returns(i),
    ]
    return found or [_waiting(i)]


def _signature(i: Involved) -> Iterator[Duty]:
    """A bid entered from paper wins nothing before it is countersigned."""
    if i.bid and i.stands and i.bid.lacks_signature and i.campaign.state in {State.BIDDING, State.CHOOSING}:
        words = Message(N_("The organizers entered what you signed on paper. It can win once you countersign it."))
        address = f"/shop/{i.campaign.slug}/countersign"
        yield Duty(Message(N_("Countersign your bid.")), words, N_("Look and countersign"), address, urgent=True)


def _bidding(i: Involved) -> Iterator[Duty]:
    c, address = i.campaign, f"/shop/{i.campaign.slug}/bid"
    if not rules.takes_bids(c, i.now):
        return
    closes = c.bids_close_at or c.wait_until
    if i.bid and i.stands and i.bid.lacks_signature:
        return
    if i.prepared:
        yield _prepared(i.prepared, c.slug, closes or i.now)
    elif not i.stands:
        words = Message(N_("Bids are taken until {at}."), {"at": closes or i.now})
        yield Duty(Message(N_("Make your promise.")), words, N_("Make our bid"), address, urgent=True)
    else:
        words = Message(N_("You can raise it until {at}, never lower it."), {"at": closes or i.now})
        yield Duty(Message(N_("Your bid stands.")), words, N_("See or raise the bid"), address)


def _prepared(held: Prepared, slug: str, closes: datetime) -> Duty:
    """What the organizers write down for the business: theirs to fill in, or its own to approve."""
    address = f"/shop/{slug}/prepared"
    if held.waits_for_organizers:
        words = Message(N_("You get a mail when there is something to approve."))
        return Duty(Message(N_("The organizers fill in your bid.")), words, N_("See it"), address)
    words = Message(N_("It is no bid until you say yes. Bids are taken until {at}."), {"at": closes})
    return Duty(Message(N_("Look at the bid that was prepared for you.")), words, N_("Look and decide"), address, True)


def _agreement(i: Involved) -> Iterator[Duty]:
    c = i.campaign
    if c.state != State.CHOOSING or not i.won or i.agreement is None or c.award is None:
        return
    address = f"/campaigns/{c.slug}/agreement?bid={i.agreement.bid}"
    if "business" in {a.by for a in i.agreement.accepted}:
        words = Message(N_("You have accepted. The organizers have to accept, too."))
        yield Duty(Message(N_("You were chosen.")), words, N_("Read the agreement"), address)
        return
    until = {"at": c.award.at + rules.AGREEMENT_TERM}
    words = Message(N_("Accept the agreement by {at}; after that the runner-up is asked."), until)
    yield Duty(Message(N_("You were chosen.")), words, N_("Read and accept"), address, urgent=True)


def _proceed(i: Involved) -> Iterator[Duty]:
    c = i.campaign
    if c.state != State.MISSED or not i.won:
        return
    until = {"at": rules.proceed_until(c) or i.now}
    if "business" in c.proceed:
        words = Message(N_("You said yes. The organizers have until {at}."), until)
        yield Duty(Message(N_("Too little was pledged.")), words)
        return
    words = Message(N_("With both sides the day happens all the same, if both say so by {at}."), until)
    yield Duty(Message(N_("Too little was pledged.")), words, N_("Decide"), f"/shop/{c.slug}/proceed", urgent=True)


def _before(i: Involved) -> Iterator[Duty]:
    c = i.campaign
    if i.won and c.state in {State.PLEDGING, State.TIPPED, State.MOBBING}:
        words = Message(N_("How many come in which hour, and what they may spend. Think of stock, change and staff."))
        yield Duty(Message(N_("Prepare for the day.")), words, N_("See what to expect"), f"/shop/{c.slug}/before")
    if i.won and i.tasks and task_rules.is_open(c):
        done, all_ = counted(i.tasks)
        title = Message(N_("Checklist: {done} of {all} done."), {"done": done, "all": all_})
        words = Message(N_("You share it with the organizers; nobody else sees it."))
        yield Duty(title, words, N_("See and tick"), f"/shop/{c.slug}/tasks")


def _till(i: Involved) -> Iterator[Duty]:
    c, address = i.campaign, f"/shop/{i.campaign.slug}/till"
    if not i.won or c.state not in {State.TIPPED, State.MOBBING, State.COUNTING}:
        return
    if any(till.lacks_signature for till in i.tills):
        words = Message(N_("Crew entered it from a photo of the slip. Say yes, or enter your own total."))
        yield Duty(Message(N_("Is this your till?")), words, N_("Look and countersign"), address, urgent=True)
    if i.windows_due:
        term = (c.last_closing or i.now) + rules.TILL_TERM
        words = Message(N_("One number is enough. Without it by {at} the takings count as unknown."), {"at": term})
        yield Duty(Message(N_("What did the till say?")), words, N_("Enter the till total"), address, urgent=True)
    elif i.tills:
        words = Message(N_("An organizer compares it with their own count."))
        yield Duty(Message(N_("The till total is entered.")), words, N_("See it"), address)


def _promises(i: Involved) -> Iterator[Duty]:
    for o in sorted(i.obligations, key=lambda o: o.due_on):
        yield from _promise(o, i.now)


def _late(o: Obligation, now: datetime) -> timedelta:
    return timedelta(days=followthrough.late_days(o, now))


def _promise(o: Obligation, now: datetime) -> Iterator[Duty]:
    address, said = f"/shop/promises/{o.id}", o.words
    standing = followthrough.standing(o, now)
    if standing == Stands.LATE:
        title = Message(N_("Late by {days}: show how far it is."), {"days": _late(o, now)})
        yield Duty(title, said, N_("Show it"), address, urgent=True)
    elif standing in {Stands.NOT_DUE, Stands.IN_PROGRESS} and not o.verdict:
        title = Message(N_("Promised for {day}."), {"day": o.due_on})
        yield Duty(title, said, N_("Show how far it is"), address)
    elif standing == Stands.SETTLED and not (o.replies or followthrough.is_over(o, now)):
        yield Duty(Message(N_("A verdict was given. You can reply.")), said, N_("See it"), address)


def _returns(i: Involved) -> Iterator[Duty]:
    """What supporters bring back: while it waits a reason to keep the word, once asked for the codes to take down."""
    held, address = i.returns, f"/shop/{i.campaign.slug}/returns"
    if held is None:
        return
    if held.opening is None and i.campaign.state != State.DONE:
        words = Message(
            N_("Pledged visits: {visits}. They are asked for once your word is kept."), {"visits": held.visits}
        )
        yield Duty(Message(N_("{amount} waits for proof."), {"amount": held.amount}), words, N_("See it"), address)
    elif held.is_open(i.now) and held.opening:
        words = Message(N_("Take their codes down until {at}."), {"at": held.opening.until})
        yield Duty(
            Message(N_("They come back: {amount} was pledged."), {"amount": held.amount}),
            words,
            N_("Take codes down"),
            address,
        )


_WAITING = {
    State.DRAFT: N_("The campaign is not public yet."),
    State.BIDDING: N_("Bidding has closed."),
    State.CHOOSING: N_("The choice is being made."),
    State.AGREED: N_("Everything is agreed. Pledging opens soon."),
    State.PLEDGING: N_("People are pledging to come."),
    State.TIPPED: N_("It happens. Think of stock, change and staff."),
    State.MOBBING: N_("The crowd is coming."),
    State.COUNTING: N_("The count is being made final."),
    State.CANCELLED: N_("The campaign was cancelled."),
    State.MISSED: N_("Too little was pledged."),
}


def _lost(i: Involved) -> Duty:
    """Another was chosen: the offer may go on standing, for a next campaign."""
    title, address = Message(N_("Another business was chosen.")), f"/shop/{i.campaign.slug}/standing"
    if i.standing:
        words = Message(N_("Your offer stands through {day}, for a next campaign."), {"day": i.standing.until})
        return Duty(title, words, N_("See it"), address)
    thanks = Message(N_("Thank you for bidding."))
    return Duty(title, thanks, N_("Let the offer stand"), address) if i.stands else Duty(title, thanks)


def _waiting(i: Involved) -> Duty:
    """Nothing to do: where it stands."""
    if i.campaign.winners and not i.won:
        return _lost(i)
    words = _WAITING.get(i.campaign.state, N_("Nothing is open for you here."))
    return Duty(Message(N_("Nothing to do now.")), Message(words))
