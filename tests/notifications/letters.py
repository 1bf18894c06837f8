"""A letter of every kind, written without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from businesses.queries import Late
from campaigns.forecast import Guess, Piece
from campaigns.values import State
from core.errors import Message
from core.settings import Settings
from notifications.digest import VERDICTS, Digest
from notifications.rendering import Letter
from notifications.service import Links
from pledges.returns.values import Waiting
from tests.factories import LAST, campaign_in, eur, make_business, make_obligation
from tests.rules.test_digest import a_source, fact, late, told, verdict
from tests.stages import KEYS

BASE = "https://mob.example"
LINKS = Links(BASE, KEYS)
SETTINGS = Settings(
    base_url=BASE,
    mail_from="Carrotmob <mail@mob.example>",
    operator_name="Warm Walls Lörrach",
    operator_address="Tumringer Straße 9, 79539 Lörrach",
)


GUESS = Guess(Fraction(30), Fraction(40), Fraction(47))


def make_digest() -> Digest:
    source = replace(a_source(), title="Warm walls for Bella Café")
    tally = {"till": {"takings": {"amount": "2000.84", "currency": "EUR"}}, "owed": None}
    return told(
        verdict(11, "kept"), late(12, "give"), fact(13, "TallyFinalized", tally=tally, reason=""), source=source
    )


def a_waiting() -> Waiting:
    return Waiting("c1", "b1", 62, eur("1240"))


def values() -> dict[str, dict[str, Any]]:
    """What the template of each kind is given."""
    campaign = campaign_in(State.TIPPED)
    common = {"campaign": campaign, "business": make_business(), "for_business": True, "reminder": False}
    obligation = make_obligation()
    deadline = LAST + timedelta(days=7)
    promises = ["We will give 22% of the takings that day by 30 September 2027."]
    signing = {"accept_by": deadline, "follows": True}
    pledged = {"people": 12, "amount": eur("300")}
    word, _, look = VERDICTS["partly_kept"]
    special: dict[str, dict[str, Any]] = {
        "sign_in": {"minutes": 15},
        "confirm_pledge": {
            "amount": eur("20"),
            "code": "K7M 2QX",
            "ticket": LINKS.ticket("p1"),
            "comes_at": LAST,
        },
        "confirm_vote": {},
        "confirm_ask": {},
        "ask_expired": {},
        "pledging_open": {"shops": ["Bella Café"]},
        "invitation": {"invited": "Bella Café", "organizer": "Lea", "closes_at": deadline, "auction": True},
        "consent_asked": {
            "group": "The neighbours of the yard",
            "recorded_on": None,
            "organizer": "Lea",
            "shop": "Bella Café",
            "promise": promises[0],
        },
        "consent_due": {"until": deadline},
        "consent_answered": {"group": "The neighbours of the yard", "answer": "ConsentRefused"},
        "identity_asked": {"shop": "Bella Café", "domain": "bella-cafe.example"},
        "claimed": {},
        "bid_placed": {"promises": promises, "closes_at": deadline, "sealed": True},
        "team_invited": {"organizer": "Lea", "role": "monitor"},
        "no_bid": {"cause": "none", "named": "", "can_extend": True, "until": deadline},
        "bidding_closed": {"bids": 3, "leaders": ["Bella Café"], "jury": False, "jurors": 0, "until": deadline},
        "choice_due": {"bids": 3, "level": [], "until": deadline},
        "scoring": {"bids": 3, "until": deadline},
        "countersign_due": {
            "promises": promises,
            "until": deadline,
            "organizer": "Lea",
            "shop": "Bella Café",
            "invited": False,
        },
        "prepare_due": {"share": Decimal(30), "returned": False, "words": "", "until": deadline},
        "prepared_ready": {"promises": promises, "until": deadline, "organizer": "Lea"},
        "prepared_declined": {},
        "awarded": {"promises": promises, **signing},
        "winner_fell": {
            "gone": "Bella Café",
            "next": "Späti",
            "waits_for": "",
            "why": "withdrawn",
            "supporter": True,
        },
        "runner_up": {},
        "not_chosen": {},
        "agreement_waiting": {"other_accepted": True, "how": "", **signing},
        "agreed": {},
        "change_proposed": {"reason": "The pump is late.", "answer_by": deadline},
        "change_answered": {"accepted": True, "number": 2},
        "campaign_tipped": pledged,
        "campaign_missed": {**pledged, "proceed_by": deadline, "other_agreed": False},
        "till_due": {"till_by": deadline},
        "till_to_confirm": {"takings": eur("2000.84"), "confirm_by": deadline},
        "till_to_countersign": {"takings": eur("2000.84"), "sign_by": deadline},
        "till_disputed": {"decide_by": deadline, "reason": "Our list says otherwise."},
        "promise_due": {"obligation": obligation, "waits": a_waiting()},
        "return_open": {"shop": "Bella Café", "amount": eur("20"), "until": deadline},
        "promise_late": {"obligation": obligation, "until": deadline},
        "extension_asked": {"obligation": obligation, "due_on": date(2027, 12, 31), "reason": "The builder is ill."},
        "extension_answered": {"obligation": obligation, "answer": "ExtensionLapsed"},
        "substitute_asked": {"obligation": obligation, "words": "Two cargo bikes.", "reason": "The vans come late."},
        "visit_reported": {"visited_on": date(2027, 12, 1), "findings": 2, "until": deadline},
        "circle_turn": {
            "obligation": obligation,
            "step": "settling",
            "until": deadline,
            "leads": "named",
            "name": "Ines",
            "words": "We will repair the door.",
            "due_on": date(2027, 12, 31),
        },
        "circle_lead": {"obligation": obligation, "step": "arranging", "until": deadline},
        "circle_invited": {"obligation": obligation, "until": deadline},
        "circle_meeting": {"obligation": obligation, "at": deadline},
        "page_asked": {"obligation": obligation},
        "verdict_due": {"obligation": obligation, "disputed": False, "filed": True, "until": deadline},
        "verdict_given": {"obligation": obligation, "verdict": word, "look": look, "reason": "11 of 15 were seen."},
        "recheck_due": {"obligation": obligation, "months": 6, "until": deadline},
        "recheck_given": {"obligation": obligation, "months": 6, "outcome": word, "look": look, "reason": "Gone."},
        "postponed": {"supporter": True, "reason": "Rain."},
        "cancelled": {"supporter": True, "reason": "Rain."},
        "day_reminder": {
            "today": False,
            "windows": [(campaign.windows[0], "Tumringer Straße 41, Lörrach")],
            "comes_at": LAST,
            "code": "K7M 2QX",
            "renewed": False,
            "change": LINKS.pledge("p1"),
            "page": LINKS.campaign("warm"),
            "undecided": deadline,
        },
        "day_checklist": {
            "people": (90, 120, 140),
            "fullest": Piece("w", LAST, deadline, GUESS, GUESS),
            "windows": [(campaign.windows[0], "Tumringer Straße 41, Lörrach")],
            "left": ["Change, and a card reader that works"],
            "done": 10,
            "all": 11,
            "undecided": deadline,
        },
        "thank_you": {
            "came": True,
            "result": Message("{takings} came in.", {"takings": eur("2000.84")}),
            "pledged": 168,
            "amount": eur("3880"),
            "attended": 151,
            "due_on": date(2027, 9, 30),
            "back": LINKS.ticket("p1"),
        },
        "terms_changed": {"changed": [Message("the place")]},
        "confirm_late": {"place": "Freiburg", "country": "DE"},
        "late_news": {
            "late": [Late(obligation, make_business(), campaign)] * 2,
            "more": 0,
            "place": "Freiburg",
            "links": LINKS,
        },
        "digest": {
            "digest": make_digest(),
            "followed": [a_source()],
            "today": date(2027, 10, 4),
            "links": LINKS,
        },
    }
    return {kind: {**common, **given} for kind, given in special.items()}


def make_letter(kind: str, locale: str = "en", **changes: Any) -> Letter:
    link = LINKS.page("/somewhere", token="the-token")
    letter = Letter(kind, "lea@example.org", locale, "<1@mob.example>", link, values()[kind])
    if kind == "digest":
        letter = replace(letter, stop=LINKS.unsubscribe("lea", "all"), one_click=True)
    return replace(letter, **changes)
