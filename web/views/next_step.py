"""What an organizer does next: derived from where the campaign stands, never typed (WEB.md, Organizer)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from businesses import followthrough
from businesses.followthrough import Obligation, Standing
from businesses.preparing import Prepared
from campaigns import rules, waits
from campaigns.gaps import Check
from campaigns.tally import TillState
from campaigns.values import Campaign, Rule, State
from core.errors import Message
from core.i18n import N_
from pledges.values import TillTotal


@dataclass(frozen=True)
class Situation:
    """Everything the next step depends on. ``tied`` and ``accepted`` hold ids of bids.

    ``prepared``: by the business's name, what it left to the organizers. ``unsigned``: whose paper lacks a signature.
    """

    campaign: Campaign
    now: datetime
    gaps: tuple[Check, ...] = ()
    invited: int = 0
    claimed: int = 0
    bids: int = 0
    tied: tuple[str, ...] = ()
    accepted_by_organizer: frozenset[str] = frozenset()
    crew: int = 0
    monitors: int = 0
    tills: tuple[TillTotal, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    unasked: int = 0
    unanswered: int = 0
    prepared: tuple[tuple[str, Prepared], ...] = ()
    unsigned: tuple[str, ...] = ()


@dataclass(frozen=True)
class NextStep:
    """One thing to do, why, and where. ``label`` is empty where there is only waiting to do."""

    title: Message
    words: Message | str
    label: str = ""
    address: str = ""


Steps = Iterator[NextStep]


def next_steps(s: Situation) -> list[NextStep]:
    """What to do, the most urgent first; empty where nothing is left to do."""
    return list(_BY_STATE[s.campaign.state](s))


def _draft(s: Situation) -> Steps:
    for gap in s.gaps:
        if gap.missing:
            words = Message(N_("Only then can the campaign open."))
            yield NextStep(Message(gap.missing), words, N_("Fill this in"), gap_address(s.campaign, gap))
    if not any(gap.missing for gap in s.gaps):
        words = Message(N_("Everything is filled in. From then on everybody can see the campaign."))
        named = s.campaign.business is not None
        title = Message(N_("Publish, and ask the business.") if named else N_("Publish, and open bidding."))
        yield NextStep(title, words, N_("To the last look"), "#open")
    if not s.invited and not s.campaign.business:
        yield _invite()
    yield from _monitor(s)


def gap_address(campaign: Campaign, gap: Check) -> str:
    """The step and the field where a gap is filled."""
    places = {
        "windows": "windows.0.opens_at",
        "bidding": "competition",
        "disclosure": "disclosure.income",
        "go_ahead": "go_ahead.at",
        "pledging": "pledging",
    }
    return f"/organize/{campaign.slug}/{gap.step}#{places.get(gap.field, gap.field)}"


def _invite() -> NextStep:
    words = N_(
        "A link or a printed code. Whoever opens it sets up the shop's own page. Nobody else is told who was asked."
    )
    return NextStep(Message(N_("Ask a business to bid.")), Message(words), N_("Make an invitation"), "#invite")


def _monitor(s: Situation) -> Steps:
    if not s.monitors:
        words = N_(
            "Kept means seen by independent eyes. Without a monitor a promise is kept by the parties' own account."
        )
        yield NextStep(Message(N_("Name who checks the promises.")), Message(words), N_("Choose a monitor"), "#team")


def _prepare(s: Situation) -> Steps:
    """A business gave one number, or sent a prepared bid back: the rest is the organizers' to fill in."""
    waiting = [(name, held) for name, held in s.prepared if held.waits_for_organizers]
    for name, held in waiting if rules.takes_bids(s.campaign, s.now) else ():
        title = Message(N_("Fill in the bid of {business}."), {"business": name})
        words = held.words or Message(
            N_("It gave one number and left the rest to you. It approves before it is a bid.")
        )
        yield NextStep(title, words, N_("Fill it in"), f"/organize/{s.campaign.slug}/prepared/{held.id}")


def _bidding(s: Situation) -> Steps:
    yield from _prepare(s)
    yield from _sign(s)
    closes = s.campaign.bids_close_at
    if not s.invited:
        yield _invite()
    elif not s.claimed:
        words = N_("{invited} were asked, none has answered yet. A visit helps more than a second mail.")
        title = Message(N_("Go and talk to the shops."))
        yield NextStep(title, Message(words, {"invited": s.invited}), N_("Ask another one"), "#invite")
    else:
        words = N_("{bids} bids so far, from {claimed} businesses that said yes.")
        title = Message(N_("Bidding closes on {at}."), {"at": closes})
        said = Message(words, {"bids": s.bids, "claimed": s.claimed})
        yield NextStep(title, said, N_("See the bids"), f"/campaigns/{s.campaign.slug}/bids")
        yield from _consent(s)
        yield _invite()
    yield from _monitor(s)


def _choosing(s: Situation) -> Steps:
    c = s.campaign
    if c.award:
        yield from _agreement(s)
    elif c.waiting == "bid":
        yield from _no_bid(s)
    elif c.waiting == "consent":
        yield from _sign(s)
        yield from _consent(s)
    elif waits.organizers_choose(c):
        title = Message(N_("Choose the winner by {at}."), {"at": c.wait_until})
        words = N_("The published rule leaves it to you. Your reason is public.")
        yield NextStep(title, Message(words), N_("Choose"), "#award")
    else:
        rule = c.bidding.rule if c.bidding else Rule.HIGHEST_SHARE
        words = N_("The jury scores until then.") if rule == Rule.JURY else N_("Supporters vote until then.")
        title = Message(N_("The choice is made on {at}."), {"at": c.wait_until or s.now})
        yield NextStep(title, Message(words), N_("See the bids"), f"/campaigns/{c.slug}/bids")
    if c.waiting != "consent":
        yield from _consent(s)


def _sign(s: Situation) -> Steps:
    """A bid on paper has to be countersigned before it can win."""
    for name in s.unsigned:
        words = N_("It was entered from paper and wins nothing before. Bring the link, or go there with a phone.")
        yield NextStep(Message(N_("Ask {business} to countersign."), {"business": name}), Message(words))


def _consent(s: Situation) -> Steps:
    """People whom promises affect have to agree before an award."""
    c, address = s.campaign, f"/organize/{s.campaign.slug}/consents"
    if not s.unasked + s.unanswered:
        return
    if c.waiting == "consent" and c.wait_until:
        text = N_("The choice waits for them until {at}; after that the next bid follows.")
        words = Message(text, {"at": c.wait_until})
    else:
        words = Message(N_("Nothing is awarded before they agree. Ask early, then the choice need not wait."))
    if s.unasked:
        yield NextStep(Message(N_("Ask the people whom a promise affects.")), words, N_("Ask them"), address)
    else:
        title = Message(N_("People whom a promise affects are asked."))
        yield NextStep(title, words, N_("See how far it is"), address)


def _no_bid(s: Situation) -> Steps:
    c, until = s.campaign, {"at": s.campaign.wait_until}
    yield from _prepare(s)
    if c.business:
        title = Message(N_("{business} has until {at} to make its promise."), {"business": c.business.name, **until})
        if s.invited:
            yield NextStep(title, Message(N_("Its invitation was sent. Go and talk to them.")))
        else:
            yield NextStep(title, Message(N_("Nobody has given it a link yet.")), N_("Make an invitation"), "#invite")
        return
    words = Message(N_("Extend once, name one business, or cancel. Without you it closes on {at}."), until)
    yield NextStep(Message(N_("Nobody has bid.")), words, N_("Decide"), "#no-bid")


def _agreement(s: Situation) -> Steps:
    c, winners = s.campaign, {w.bid for w in s.campaign.winners}
    until = rules.agreement_until(c) or s.now
    if winners - s.accepted_by_organizer:
        title = Message(N_("Read and accept the agreement."))
        words = Message(N_("It is the winning bid, word for word. Both sides accept by {at}."), {"at": until})
        yield NextStep(title, words, N_("To the agreement"), f"/campaigns/{c.slug}/agreement")
        return
    words = Message(N_("You have accepted. After {at} the runner-up is asked."), {"at": until})
    label, address = N_("To the agreement"), f"/campaigns/{c.slug}/agreement"
    yield NextStep(Message(N_("The business has to accept the agreement.")), words, label, address)


def _agreed(s: Situation) -> Steps:
    wait = waits.next_wait(s.campaign)
    title = Message(N_("Pledging opens on {at}."), {"at": wait.at if wait else s.now})
    yield NextStep(
        title, Message(N_("By itself. Until then, find people who help at the door.")), N_("Ask for help"), "#team"
    )


def _pledging(s: Situation) -> Steps:
    words = N_("Every pledge brings others. The go-ahead is decided on {at}.")
    at = {"at": s.campaign.go_ahead_at or s.now}
    address = f"/campaigns/{s.campaign.slug}"
    yield NextStep(Message(N_("Share the campaign.")), Message(words, at), N_("To the campaign's page"), address)
    yield from _crew(s)
    yield from _monitor(s)


def _crew(s: Situation) -> Steps:
    if not s.crew:
        words = N_("One person for each door is enough: they look at codes and count.")
        yield NextStep(Message(N_("Find somebody for the door.")), Message(words), N_("Add crew"), "#team")


def _prepare_day(s: Situation) -> Steps:
    words = N_("How many come in which hour, what they may spend, and what the shop needs for it.")
    address = f"/organize/{s.campaign.slug}/before"
    yield NextStep(Message(N_("Prepare the day with the shop.")), Message(words), N_("See what to expect"), address)


def _tipped(s: Situation) -> Steps:
    yield from _crew(s)
    yield from _prepare_day(s)
    title = Message(N_("It happens: doors open on {at}."), {"at": s.campaign.first_opening or s.now})
    words = N_("Try the door page once, with the phone that will stand there.")
    yield NextStep(title, Message(words), N_("Try the door page"), f"/door/{s.campaign.slug}")
    if s.campaign.first_opening and s.campaign.first_opening - s.now < timedelta(days=2):
        yield _rain(s)
    yield from _monitor(s)


def _missed(s: Situation) -> Steps:
    until = {"at": rules.proceed_until(s.campaign) or s.now}
    if "organizer" in s.campaign.proceed:
        title = Message(N_("The business has until {at} to say so, too."), until)
        yield NextStep(title, Message(N_("You want the day all the same. Without the business it does not happen.")))
        return
    words = Message(
        N_("Too little was pledged. With both sides it happens all the same, if both say so by {at}."), until
    )
    yield NextStep(Message(N_("Go ahead all the same?")), words, N_("Decide"), "#proceed")


def _mobbing(s: Situation) -> Steps:
    slug = s.campaign.slug
    words = N_("Scan or type the codes. The big screen shows the count.")
    yield NextStep(Message(N_("Let people in.")), Message(words), N_("Open the door page"), f"/door/{slug}")
    yield from _tills(s)
    yield _rain(s)


def _rain(s: Situation) -> NextStep:
    words = N_("One step: everybody who pledged is told at once, codes stay valid.")
    return NextStep(
        Message(N_("Rain? Move the day.")), Message(words), N_("Move the day"), f"/organize/{s.campaign.slug}/postpone"
    )


def _counting(s: Situation) -> Steps:
    yield from _tills(s)
    c = s.campaign
    missing = len(c.windows) * len(c.winners) - len(s.tills)
    term = c.last_closing and c.last_closing + rules.TILL_TERM
    if missing > 0 and term and s.now < term:
        words = Message(N_("Ask the business. After {at} the takings count as unknown."), {"at": term})
        yield NextStep(Message(N_("The till total is missing.")), words)
    elif not any(till.state == TillState.DECLARED for till in s.tills):
        words = Message(N_("Then the figures are locked, what is owed is fixed, and the promises begin."))
        yield NextStep(Message(N_("Make the result final.")), words, N_("To the last look"), "#finalize")


def _tills(s: Situation) -> Steps:
    for till in s.tills:
        if till.hidden and s.monitors:
            if till.state == TillState.DECLARED:
                words = Message(N_("The business shows its figures to the monitor only."))
                yield NextStep(Message(N_("The monitor looks at the till total.")), words)
        elif till.lacks_signature:
            words = Message(N_("{takings} were entered by crew from the slip."), {"takings": till.declared})
            yield NextStep(Message(N_("Ask the business to countersign its till total.")), words)
        elif till.state == TillState.DECLARED:
            words = Message(N_("{takings} were declared. Compare it with your own count."), {"takings": till.declared})
            title = Message(N_("Confirm the till total, or say what you counted."))
            yield NextStep(title, words, N_("Look at it"), f"#till-{till.id}")


def _following(s: Situation) -> Steps:
    for o in s.obligations:
        yield from _promise(s, o)


def _promise(s: Situation, o: Obligation) -> Steps:
    address, said = f"/promises/{o.id}", o.words
    standing = followthrough.standing(o, s.now)
    if o.extension_asked:
        yield NextStep(Message(N_("The business asks for more time.")), said, N_("Answer"), f"{address}/extension")
    elif standing == Standing.DISPUTED:
        title = Message(N_("A verdict is disputed. Look again."))
        yield NextStep(title, said, N_("Look at what was filed"), f"{address}/verdict")
    elif standing == Standing.LATE:
        late = timedelta(days=followthrough.late_days(o, s.now))
        days = Message(N_("A promise is late. It was due {days} ago. Ask the business."), {"days": late})
        yield NextStep(days, said, N_("See the promise"), address)
    elif standing == Standing.IN_PROGRESS and followthrough.propose(o):
        title = Message(N_("Say what became of a promise."))
        yield NextStep(title, said, N_("Look at what was filed"), f"{address}/verdict")


def _nothing(s: Situation) -> Steps:
    return iter(())


_BY_STATE: dict[State, Callable[[Situation], Steps]] = {
    State.DRAFT: _draft,
    State.BIDDING: _bidding,
    State.CHOOSING: _choosing,
    State.AGREED: _agreed,
    State.PLEDGING: _pledging,
    State.TIPPED: _tipped,
    State.MISSED: _missed,
    State.MOBBING: _mobbing,
    State.COUNTING: _counting,
    State.FINAL: _following,
    State.FOLLOWING: _following,
    State.DONE: _nothing,
    State.CANCELLED: _nothing,
}
