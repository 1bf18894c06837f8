"""What of the record is news: the newest first, nothing repeated, nothing if nothing changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.facts import Recorded
from notifications.digest import MOST_ITEMS, NOTABLE, Digest, Source, compose, learn

NOON = datetime(2027, 6, 1, 12, tzinfo=UTC)
STOCK = {
    "kind": "action",
    "verb": "stock",
    "metric": "local producers",
    "baseline": "12",
    "target": "27",
    "purpose": "",
}
GIVE = {"kind": "share", "purpose": "a heat pump"}
MONEY = {"amount": "700.29", "currency": "EUR"}


def fact(position: int, kind: str, campaign: str = "mob", **body: Any) -> Recorded:
    return Recorded(position, campaign, kind, NOON + timedelta(hours=position), body)


def arose(position: int, name: str, commitment: dict[str, Any] = STOCK, **body: Any) -> Recorded:
    usual = {"words": "We will stock 15 more local producers.", "target": None, "owed": None, "due_on": "2027-09-30"}
    return fact(
        position, "ObligationArose", obligation=name, bid="bid", business="bella", commitment=commitment, **usual | body
    )


def a_source(campaign: str = "mob", language: str = "en", *facts: Recorded) -> Source:
    known = [
        fact(
            1, "BusinessIntroduced", business="bella", slug="bella-cafe", name="Bella Cafe", identity="", disclosure=""
        ),
        fact(2, "BidPlaced", bid="bid", business="bella", commitments=[]),
        arose(3, "stock"),
        arose(4, "give", GIVE, owed=MONEY),
        *facts,
    ]
    return learn(Source(campaign, campaign, f"Coffee {campaign}", "Lörrach", "Europe/Berlin", language), known)


def verdict(position: int, word: str, promise: str = "stock", seen_by: str = "independent", **body: Any) -> Recorded:
    usual = {"value": None, "of": None, "reason": "", "by": "monitor"} | body
    return fact(position, "VerdictGiven", obligation=promise, verdict=word, seen_by=seen_by, **usual)


def late(position: int, promise: str = "stock") -> Recorded:
    return fact(position, "PromiseLate", obligation=promise, due_on="2027-09-30")


def evidence(position: int, promise: str = "stock") -> Recorded:
    return fact(position, "EvidenceFiled", obligation=promise, evidence="e", note="", value="20", items=[], url="")


def digest_of(*facts: Recorded, seen: int = 10, source: Source | None = None) -> Digest | None:
    return compose({"mob": source or a_source()}, {"mob": seen}, facts)


def told(*facts: Recorded, **named: Any) -> Digest:
    digest = digest_of(*facts, **named)
    assert digest is not None
    return digest


def test_the_subject_carries_the_verdict():
    subject = str(told(verdict(11, "kept")).lead.told.headline)
    assert subject == "Kept: Bella Cafe stocks 15 more local producers"


def test_a_verdict_on_money_says_what_was_paid_for_what():
    assert str(told(verdict(11, "kept", "give")).lead.told.headline) == "Kept: Bella Cafe paid 700.29 for a heat pump"


def test_in_a_language_whose_verbs_we_cannot_bend_the_subject_does_without():
    subject = str(told(verdict(11, "kept"), source=a_source("mob", "de")).lead.told.headline)
    assert subject == "Kept: Bella Cafe: 15 more local producers"


def test_a_number_that_was_not_reached_is_named():
    digest = told(verdict(11, "partly_kept", value="11", of="15"))
    assert str(digest.lead.told.headline) == "Partly kept, 11 of 15: Bella Cafe, 15 more local producers"
    assert str(digest.lead.told.stamp) == "Partly kept, 11 of 15"


def test_kept_without_independent_eyes_says_so():
    digest = told(verdict(11, "kept", seen_by="parties"))
    assert str(digest.lead.told.stamp) == "Kept, by the parties' own account"
    assert digest.lead.told.look == "own"


@pytest.mark.parametrize("word", ["kept_late", "substituted", "broken", "disputed", "unknown"])
def test_every_verdict_has_words(word: str):
    assert "Bella Cafe" in str(told(verdict(11, word)).lead.told.headline)


def test_a_verdict_outranks_newer_news_in_the_subject_but_lateness_outranks_the_rest():
    digest = told(verdict(11, "broken"), late(12, "give"), fact(13, "CampaignDone", outcome="followed_through"))
    assert [item.position for item in digest.items] == [11, 13, 12]
    assert [item.position for item in told(late(12), fact(13, "CampaignDone", outcome="missed")).items] == [12, 13]


def test_of_one_promise_only_the_latest_is_told():
    assert [item.position for item in told(late(11), evidence(12)).items] == [12]


def test_a_step_on_the_way_does_not_hide_a_verdict():
    assert [item.position for item in told(verdict(11, "kept"), evidence(12)).items] == [11]


def test_a_reply_stands_beside_the_verdict_and_a_dispute_in_its_place():
    reply = fact(12, "ReplyGiven", obligation="stock", text="We did.", dispute=False)
    assert [item.position for item in told(verdict(11, "broken"), reply).items] == [11, 12]
    dispute = fact(12, "ReplyGiven", obligation="stock", text="No.", dispute=True)
    assert [item.position for item in told(verdict(11, "broken"), dispute).items] == [12]


def test_nothing_notable_is_no_digest():
    assert digest_of() is None
    assert digest_of(fact(11, "PledgeMade", pledge="p")) is None
    assert digest_of(verdict(10, "kept"), seen=10) is None
    assert digest_of(fact(11, "TermsChanged", changed=["story"], terms={}, terms_version=1)) is None


def test_a_change_of_what_was_agreed_on_is_news():
    assert "Changed" in str(
        told(fact(11, "TermsChanged", changed=["windows"], terms={}, terms_version=2)).lead.told.headline
    )


def test_the_result_says_what_came_in_and_what_is_owed():
    tally = {"till": {"takings": {"amount": "2000.84", "currency": "EUR"}}, "owed": [{"amount": MONEY}]}
    assert (
        str(told(fact(11, "TallyFinalized", tally=tally, reason="")).lead.told.sentence)
        == "2000.84 came in, 700.29 is owed."
    )


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        ({"till": None, "owed": None}, "not known"),
        ({"till": {"takings": None}, "owed": None}, "not known"),
        ({"till": {"takings": MONEY}, "owed": None}, "700.29 came in."),
        ({"till": {"takings": MONEY}, "owed": [{"amount": None}, {"amount": MONEY}]}, "700.29 came in."),
    ],
)
def test_what_is_unknown_is_not_made_up(tally: dict[str, Any], words: str):
    assert words in str(told(fact(11, "TallyFinalized", tally=tally, reason="")).lead.told.sentence)


def test_more_time_moves_the_date_that_lateness_is_counted_from():
    granted = fact(5, "ExtensionGranted", obligation="stock", due_on="2027-12-31", first_due_on="2027-09-30")
    assert a_source("mob", "en", granted).promises["stock"].due_on == date(2027, 12, 31)


def test_a_bidder_that_won_is_named():
    awarded = fact(11, "BidsAwarded", winners=["bid"], order=["bid"], rule="vote", reason="")
    assert str(told(awarded).lead.told.headline) == "Chosen: Bella Cafe"


PLEDGED = {"people": 12, "amount": MONEY, "kind_of_target": "none", "target": None}
BODIES: dict[str, dict[str, Any]] = {
    "VerdictGiven": verdict(1, "kept").body,
    "PromiseLate": late(1).body,
    "PromiseVeryLate": late(1).body,
    "PromiseUnknown": {"obligation": "stock"},
    "EvidenceFiled": evidence(1).body,
    "SpotCheckFiled": {
        "obligation": "give",
        "check": "c",
        "by": "monitor",
        "value": "3",
        "items": [],
        "independent": True,
        "struck": [],
    },
    "ExtensionGranted": {"obligation": "give", "due_on": "2027-12-31", "first_due_on": "2027-09-30"},
    "RecheckOpened": {"obligation": "stock", "months": 6, "until": "2028-05-30T22:00:00Z"},
    "RecheckGiven": {"obligation": "stock", "months": 6, "outcome": "lapsed", "seen_by": "parties"},
    "RecheckUnknown": {"obligation": "stock", "months": 6},
    "ReplyGiven": {"obligation": "stock", "text": "", "dispute": False},
    "CircleOpened": {"obligation": "stock", "circle": "c"},
    "CircleEnded": {"obligation": "stock", "circle": "c", "outcome": "none"},
    "ReportPublished": {"report": "r", "business": "bella", "reply": ""},
    "BidPlaced": {"bid": "bid", "business": "bella"},
    "BidsAwarded": {"winners": ["bid"], "order": ["bid"], "rule": "vote", "reason": ""},
    "WinnerReplaced": {"bid": "bid", "by": None, "reason": ""},
    "PledgingOpened": {"terms_version": 1},
    "TermsChanged": {"terms_version": 2, "changed": ["windows"], "terms": {}},
    "CampaignTipped": PLEDGED,
    "CampaignMissed": PLEDGED,
    "MobPostponed": {"reason": "Rain.", "windows": [{"opens_at": "2027-06-12T07:00:00Z"}]},
    "TallyFinalized": {"tally": {"till": None, "owed": None}, "reason": ""},
    "FigureCorrected": {"tally": {"till": None, "owed": None}, "reason": ""},
    "CampaignCancelled": {"reason": "Rain."},
    "CampaignDone": {"outcome": "missed"},
    "CampaignAdopted": {"by": "monitor"},
    "BusinessClosed": {"business": "bella", "reason": "Sold.", "obligations": []},
    "PromisesAdopted": {"business": "bella", "obligations": []},
}


def test_every_notable_fact_is_tried_here():
    assert set(BODIES) == NOTABLE


kinds = st.sampled_from([*sorted(BODIES), "PledgeMade", "PersonCheckedIn"])
records = st.lists(st.tuples(kinds, st.sampled_from(["mob", "other"])), max_size=40)


def written(record: list[tuple[str, str]]) -> list[Recorded]:
    return [fact(n, kind, campaign, **BODIES.get(kind, {})) for n, (kind, campaign) in enumerate(record, start=1)]


SOURCES = {name: a_source(name) for name in ("mob", "other")}


@given(records, st.integers(0, 20))
def test_news_come_newest_first_and_each_topic_once(record: list[tuple[str, str]], seen: int):
    digest = compose(SOURCES, dict.fromkeys(SOURCES, seen), written(record))
    if digest is None:
        assert not [f for f in written(record) if f.position > seen and f.kind in NOTABLE]
        return
    positions = [item.position for item in digest.also]
    assert positions == sorted(positions, reverse=True)
    topics = [(item.source.campaign, item.told.topic) for item in digest.items]
    assert len(set(topics)) == len(topics) <= MOST_ITEMS
    assert min(item.position for item in digest.items) > seen
    heaviest = max(item.told.weight for item in digest.items)
    assert digest.lead.told.weight == heaviest


@given(records, st.lists(st.integers(0, 40), min_size=1, max_size=5))
def test_over_many_digests_nothing_is_told_twice(record: list[tuple[str, str]], slots: list[int]):
    told_before: set[int] = set()
    seen = 0
    for until in sorted(slots):
        digest = compose(SOURCES, dict.fromkeys(SOURCES, seen), [f for f in written(record) if f.position <= until])
        now = {item.position for item in digest.items} if digest else set()
        assert not now & told_before
        told_before |= now
        seen = until


def test_a_crowd_of_news_is_cut_and_counted():
    facts = [fact(n, "BidPlaced", bid=f"bid-{n}", business="bella") for n in range(11, 11 + MOST_ITEMS + 3)]
    digest = told(*facts)
    assert (len(digest.items), digest.left_out) == (MOST_ITEMS, 3)
