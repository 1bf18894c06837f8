"""What the organizers' page shows beside the next step: figures, tills, bids, and what can be done now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from gettext import NullTranslations

from businesses import words
from businesses.queries import Asks
from businesses.values import Bid, Business
from campaigns import rules, waits
from campaigns.forecast import EXPECTING
from campaigns.tally import DoorSums, PledgeSums, TillState
from campaigns.values import Campaign, State
from core import formats
from core.i18n import N_, translator
from pledges.values import Proof, TillTotal
from web.speech import speech
from web.views.next_step import Situation
from web.views.proofs import Link, links

Figure = tuple[str, str]

_BEFORE_PLEDGES = (State.DRAFT, State.BIDDING, State.CHOOSING, State.AGREED)
_DAY = (State.MOBBING, State.COUNTING, State.FINAL, State.FOLLOWING, State.DONE)

NOTICES = {
    "opened": N_("It is public now."),
    "changed": N_("The change is saved and public."),
    "invited": N_("The invitation is made."),
    "prepared": N_("It is sent to the business, which can approve it or send it back."),
    "next": N_("The next campaign is a draft. Look at its days and words; the business approves once it is open."),
    "entered": N_("The bid is entered and marked. The business has to countersign it before it can win."),
    "joined": N_("They are on the team and get a mail."),
    "extended": N_("Bidding is open again."),
    "named": N_("The business is named."),
    "awarded": N_("The winner is chosen. Next comes the agreement."),
    "proceed": N_("You said yes to the day."),
    "postponed": N_("The day is moved. Everybody who pledged gets a mail."),
    "cancelled": N_("The campaign is cancelled. Everybody who pledged gets a mail."),
    "confirmed": N_("The till total is confirmed."),
    "disputed": N_("Both figures stand side by side now."),
    "final": N_("The result is final. Now the promises begin."),
    "corrected": N_("The correction stands beside the first figure."),
}


def notice(done: str, asked: int, language: NullTranslations) -> str | None:
    """What just happened, after a redirect; None for a word that means nothing."""
    if done not in NOTICES:
        return None
    told = language.gettext(NOTICES[done])
    if done == "changed" and asked:
        again = language.ngettext("{count} person is asked again.", "{count} people are asked again.", asked)
        told += " " + again.format(count=asked)
    return told


def figures(
    campaign: Campaign, asks: Asks, pledged: PledgeSums, door: DoorSums, situation: Situation, locale: str
) -> list[Figure]:
    """The three numbers of this stage. Pledged, attended and spent are never mixed."""
    say = translator(locale).gettext
    if campaign.state in _BEFORE_PLEDGES:
        return [
            (formats.number(asks.people, locale), say(N_("people ask"))),
            (formats.number(situation.invited, locale), say(N_("shops invited"))),
            (formats.number(situation.claimed, locale), say(N_("said yes"))),
        ]
    amount = (formats.money(pledged.confirmed.amount, locale), say(N_("pledged and confirmed")))
    people = formats.number(pledged.confirmed.people, locale)
    if campaign.state not in _DAY:
        waiting = formats.number(pledged.pledged.people - pledged.confirmed.people, locale)
        return [amount, (people, say(N_("people"))), (waiting, say(N_("not confirmed yet")))]
    spent = (formats.money(door.spent, locale), say(N_("spent, noted by the crew")))
    return [amount, (formats.number(door.people, locale), say(N_("people attended"))), spent]


@dataclass(frozen=True)
class TillLine:
    """A till total as its confirmer sees it: when, both sides' figures, and whether it waits for an answer."""

    id: str
    window: str
    shop: str
    declared: str
    counter: str
    state: TillState
    waits: bool
    disputed: bool
    in_force: str
    proofs: tuple[Link, ...] = ()
    unsigned: bool = False
    entered: str = ""
    secret: bool = False
    hidden: bool = False


def till_lines(
    campaign: Campaign,
    tills: Iterable[TillTotal],
    shops: Mapping[str, Business],
    locale: str,
    proofs: Iterable[Proof] = (),
    *,
    sees_all: bool = True,
) -> list[TillLine]:
    """``sees_all``: whether the reader is who checks figures that are kept from the public; else those are secret."""
    linked = links(proofs, f"/organize/{campaign.slug}/proofs", campaign, locale)
    whens = dict(windows(campaign, locale))
    return [
        TillLine(
            id=till.id,
            window=whens.get(till.window, ""),
            shop=shops[till.business].name if till.business in shops else "",
            declared=formats.money(till.figures.takings, locale, exact=True),
            counter=formats.money(till.counter_takings, locale, exact=True) if till.counter_takings else "",
            state=till.state,
            waits=till.state == TillState.DECLARED and campaign.state in {State.TIPPED, State.MOBBING, State.COUNTING},
            disputed=till.state == TillState.DISPUTED,
            in_force=formats.money(till.figures.takings, locale, exact=True),
            proofs=linked.get(till.id, ()),
            unsigned=till.lacks_signature,
            entered=till.entered.value,
            secret=till.hidden and not sees_all,
            hidden=till.hidden,
        )
        for till in tills
    ]


@dataclass(frozen=True)
class BidLine:
    """A standing bid with its promises in the campaign's language."""

    id: str
    shop: str
    promises: tuple[str, ...]


def bid_lines(bids: Iterable[Bid], shops: Mapping[str, Business], campaign: Campaign) -> list[BidLine]:
    voice = speech(campaign.language)
    return [
        BidLine(
            id=bid.id,
            shop=shops[bid.business].name if bid.business in shops else "",
            promises=tuple(words.sentence(c, voice) for c in bid.offer.commitments),
        )
        for bid in bids
    ]


def windows(campaign: Campaign, locale: str) -> list[tuple[str, str]]:
    """The windows as options: id and hours."""
    return [(w.id, formats.span(w.opens_at, w.closes_at, locale, campaign.timezone)) for w in campaign.windows]


def possible(campaign: Campaign) -> frozenset[str]:
    """What an organizer can do with a campaign in this state."""
    c, state = campaign, campaign.state
    waits_for_bid = state == State.CHOOSING and c.award is None and c.waiting == "bid"
    chances = {
        "invite": state in {State.DRAFT, State.BIDDING} or (state == State.CHOOSING and not c.award),
        "extend": waits_for_bid and c.bidding is not None and not c.extended,
        "name": waits_for_bid and c.business is None,
        "award": waits.organizers_choose(c),
        "agreement": bool(c.award),
        "proceed": state == State.MISSED and "organizer" not in c.proceed,
        "postpone": state in {State.PLEDGING, State.TIPPED, State.MOBBING},
        "cancel": state in rules.BEFORE_FINAL,
        "finalize": state == State.COUNTING,
        "correct": state in {State.FINAL, State.FOLLOWING, State.DONE},
        "before": state in EXPECTING,
        "door": state in {State.PLEDGING, State.TIPPED, State.MOBBING, State.COUNTING},
        "result": state in _DAY,
        "bids": c.bidding is not None and state != State.DRAFT,
    }
    return frozenset(name for name, yes in chances.items() if yes)
