"""The record speaks: every kind of public fact has its sentence, in every language, and none names a supporter."""

from __future__ import annotations

import businesses.facts
import campaigns.facts
import pledges.facts
from core.facts import Fact, Recorded
from core.wire import Json
from tests.factories import NOW
from web.views.facts_in_words import NOTABLE, SENTENCES, Names, learn, lines, sentence

HOME = (campaigns.facts, businesses.facts, pledges.facts)
NAMES = Names("en", "Europe/Berlin")


def fact(kind: str, position: int = 1, **body: object) -> Recorded:
    return Recorded(position, "campaign", kind, NOW, body)


def public_kinds() -> set[str]:
    classes = [held for module in HOME for held in vars(module).values() if isinstance(held, type)]
    return {held.__name__ for held in classes if issubclass(held, Fact) and held is not Fact and held.public}


def introduced(name: str = "Bella") -> Recorded:
    return fact("BusinessIntroduced", business="b", slug="bella", name=name, identity="invitation_link", disclosure="")


def arose() -> Recorded:
    commitment: Json = {"kind": "action"}
    return fact(
        "ObligationArose", obligation="o", bid="x", business="b", commitment=commitment,
        words="We will stock 15.", target="15", owed=None, due_on="2027-09-30",
    )  # fmt: skip


def test_every_public_fact_has_a_sentence_and_nothing_else_has():
    assert set(SENTENCES) == public_kinds()
    assert set(NOTABLE) < set(SENTENCES)


def test_names_are_learned_from_earlier_facts():
    names = learn(NAMES, [introduced(), fact("BidPlaced", bid="x", business="b", commitments=[])])
    awarded = fact("BidsAwarded", winners=["x"], order=["x"], rule="highest_share", reason="")
    assert sentence(awarded, names) == "Chosen: Bella. By the highest comparable share."


def test_a_verdict_says_how_many_of_how_many_and_who_saw_it():
    names = learn(NAMES, [introduced(), arose()])
    given = fact(
        "VerdictGiven", obligation="o", verdict="partly_kept", seen_by="independent", by="monitor",
        reason="I counted.", value="11", of="15",
    )  # fmt: skip
    (line,) = lines([given], names)
    assert line.words == "The verdict: partly kept, 11 of 15. “We will stock 15.” The reason: I counted."
    assert line.seen


def test_the_same_fact_speaks_german():
    names = learn(Names("de", "Europe/Berlin"), [introduced()])
    assert sentence(fact("MobOpened"), names) != sentence(fact("MobOpened"), NAMES)
    assert sentence(fact("BidPlaced", bid="x", business="b", commitments=[{}, {}]), names).startswith("Bella")


def test_a_sealed_bid_tells_its_fingerprint_only():
    assert sentence(fact("BidSealed", bid="x", sha256="ab" * 32), NAMES).endswith("abababababababab")
