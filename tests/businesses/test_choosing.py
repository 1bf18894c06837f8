"""From closing to agreement: ranked by the published rule, awarded, succeeded, agreed by both."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from accounts.rules import Role
from businesses import service
from businesses.agreement import sha256
from businesses.service.choosing import Side
from campaigns.values import Criterion, Mode, Pledging, Rule, State, TieBreak
from core.clock import FixedClock
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.tables import MailRow
from tests.factories import CLOSING, OPENING, action, make_bidding, share, with_named_business
from tests.scene import KEYS, Scene

DAY = timedelta(days=1)
JURY = make_bidding(rule=Rule.JURY, criteria=(Criterion("climate", Decimal(1)),))


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def three_bids(scene: Scene, *percents: str, **terms: object) -> Scene:
    """Bids of three shops, an hour apart, each of so many percent."""
    scene.open(**terms)
    for name, percent in zip(("one", "two", "three"), percents or ("22", "40", "31"), strict=True):
        scene.bid(name, share(percent))
        scene.clock.advance(hours=1)
    return scene


def steps(scene: Scene) -> list[str]:
    return [told["code"] for told in scene.record("BidsRanked")[-1].body["steps"]]


# By rule


def test_at_closing_the_highest_share_wins_and_everybody_can_replay_it(scene: Scene):
    three_bids(scene).wait_until(CLOSING)
    assert (scene.state, scene.winners) == (State.CHOOSING, ["two"])
    ranked, awarded = scene.record("BidsRanked", "BidsAwarded")
    assert ranked.body["order"] == [scene.bid_of(name).id for name in ("two", "three", "one")]
    assert awarded.body["winners"] == ranked.body["order"][:1]
    assert steps(scene) == ["basis", "share", "share", "share"]
    with scene.database.reading() as session:
        assert list(service.ranking(session, scene.campaign).order) == ranked.body["order"]


def test_several_may_win(scene: Scene):
    three_bids(scene, bidding=make_bidding(winners=2)).wait_until(CLOSING)
    assert scene.winners == ["two", "three"]


def test_one_bid_wins_though_a_jury_was_announced_and_it_is_said_so(scene: Scene):
    scene.open(bidding=JURY)
    scene.bid("morgenrot")
    scene.wait_until(CLOSING)
    assert scene.winners == ["morgenrot"]
    assert steps(scene) == ["one_bid"]


def test_a_tie_goes_to_the_earlier_bid_where_the_rule_says_so(scene: Scene):
    three_bids(scene, "100", "100", "100")
    scene.bid("one", share("100"), action())
    scene.wait_until(CLOSING)
    assert scene.winners == ["two"]


def test_the_one_named_business_has_won_once_it_bids(scene: Scene):
    scene.open(**{name: getattr(with_named_business(), name) for name in ("bidding", "business")})
    assert scene.state == State.CHOOSING
    scene.bid("morgenrot")
    assert scene.winners == ["morgenrot"]
    with pytest.raises(Conflict, match="takes no bids"):
        scene.bid("abendrot")


# Jury


def score(scene: Scene, juror: str, name: str, points: str, criterion: str = "climate") -> None:
    person, bid = scene.person(juror), scene.bid_of(name)
    with scene.doing() as session:
        service.score(session, scene.clock, person, scene.slug, bid.id, criterion, Decimal(points))


def test_a_jury_has_seven_days_and_then_its_scores_decide(scene: Scene):
    three_bids(scene, bidding=JURY).wait_until(CLOSING)
    for juror in ("ada", "bea"):
        scene.join(juror, Role.JURY)
    score(scene, "ada", "one", "9")
    score(scene, "bea", "one", "8")
    score(scene, "ada", "two", "2")
    score(scene, "ada", "two", "3")
    scene.wait_until(CLOSING + 7 * DAY - timedelta(seconds=1))
    assert (scene.winners, scene.campaign.waiting) == ([], "choice")
    scene.wait_until(CLOSING + 7 * DAY)
    assert scene.winners == ["one"]
    told = [s["score"] for s in scene.record("BidsRanked")[-1].body["steps"]]
    assert sorted(told) == ["0", "3", "8.5"]
    assert "ada@" not in str(scene.record())


def test_only_jurors_score_each_criterion_from_0_to_10_and_within_the_term(scene: Scene, clock: FixedClock):
    three_bids(scene, bidding=JURY)
    scene.join("ada", Role.JURY)
    with pytest.raises(Conflict):
        score(scene, "ada", "one", "5")
    scene.wait_until(CLOSING)
    with pytest.raises(Forbidden):
        score(scene, "owner", "one", "5")
    for points, criterion, field in (
        ("11", "climate", "score"),
        ("-1", "climate", "score"),
        ("5", "taste", "criterion"),
    ):
        with pytest.raises(Invalid) as wrong:
            score(scene, "ada", "one", points, criterion)
        assert wrong.value.field == field
    clock.set(CLOSING + 7 * DAY)
    with pytest.raises(Conflict, match="seven days"):
        score(scene, "ada", "one", "5")


# Vote


def vote(scene: Scene, name: str, voter: str) -> None:
    person, bid = scene.person(voter), scene.bid_of(name)
    with scene.doing() as session:
        service.vote(session, scene.clock, KEYS, scene.slug, bid.id, person=person)


def vote_by_mail(scene: Scene, name: str, address: str) -> str:
    """A vote that waits for its address; gives its id."""
    bid = scene.bid_of(name)
    with scene.doing() as session:
        service.vote(session, scene.clock, KEYS, scene.slug, bid.id, email=address)
    with scene.database.reading() as session:
        mails = session.scalars(select(MailRow).where(MailRow.kind == "confirm_vote", MailRow.recipient == address))
        return str(mails.all()[-1].payload["vote"])


def confirm(scene: Scene, vote_id: str) -> None:
    with scene.doing() as session:
        service.confirm_vote(session, scene.clock, KEYS, vote_id, KEYS.token("vote", vote_id))


def counted(scene: Scene) -> list[str]:
    return [fact.body["bid"] for fact in scene.record("BallotCounted")]


BALLOT = make_bidding(rule=Rule.VOTE)


def test_supporters_choose_by_approving_bids(scene: Scene):
    three_bids(scene, bidding=BALLOT)
    vote(scene, "one", "lea")
    scene.wait_until(CLOSING)
    vote(scene, "three", "lea")
    vote(scene, "three", "max")
    scene.wait_until(CLOSING + 7 * DAY)
    assert scene.winners == ["three"]


def test_a_vote_by_mail_counts_when_its_address_is_confirmed_and_one_person_once(scene: Scene):
    three_bids(scene, bidding=BALLOT)
    first, again = (vote_by_mail(scene, "one", "lea@example.org") for _ in range(2))
    assert counted(scene) == []
    for vote_id in (first, again, first):
        confirm(scene, vote_id)
    vote(scene, "one", "lea")
    assert counted(scene) == [scene.bid_of("one").id]
    assert "lea" not in str(scene.record())


def test_a_vote_is_not_confirmed_without_its_token(scene: Scene):
    three_bids(scene, bidding=BALLOT)
    vote_id = vote_by_mail(scene, "one", "lea@example.org")
    for id_, token in ((vote_id, "guessed"), ("nobody's", KEYS.token("vote", "nobody's"))):
        with pytest.raises(NotFound), scene.doing() as session:
            service.confirm_vote(session, scene.clock, KEYS, id_, token)


def test_a_vote_confirmed_while_a_long_bidding_still_runs_counts(scene: Scene, clock: FixedClock):
    three_bids(scene, bidding=BALLOT)
    vote_id = vote_by_mail(scene, "one", "lea@example.org")
    clock.advance(days=10)
    assert scene.state == State.BIDDING
    confirm(scene, vote_id)
    assert len(counted(scene)) == 1


def test_seven_days_after_closing_no_vote_is_taken_or_confirmed_though_no_worker_has_looked(
    scene: Scene, clock: FixedClock
):
    three_bids(scene, bidding=BALLOT)
    vote_id = vote_by_mail(scene, "one", "lea@example.org")
    scene.wait_until(CLOSING)
    clock.set(CLOSING + 7 * DAY)
    with pytest.raises(Conflict, match="seven days"):
        confirm(scene, vote_id)
    with pytest.raises(Conflict, match="seven days"):
        vote(scene, "one", "max")


def test_there_is_no_vote_where_the_rule_knows_none(scene: Scene):
    three_bids(scene)
    with pytest.raises(Invalid, match="not decided by a vote"):
        vote(scene, "one", "lea")


def test_on_sealed_bids_people_vote_once_they_are_opened(scene: Scene):
    three_bids(scene, bidding=make_bidding(rule=Rule.VOTE, mode=Mode.SEALED))
    with pytest.raises(Conflict, match="sealed until closing"):
        vote(scene, "one", "lea")
    scene.wait_until(CLOSING)
    vote(scene, "one", "lea")


def test_votes_break_a_tie_where_the_rule_says_so(scene: Scene):
    three_bids(scene, "100", "100", "30", bidding=make_bidding(tie_break=TieBreak.VOTE)).wait_until(CLOSING)
    assert scene.campaign.waiting == "tie"
    vote(scene, "two", "lea")
    scene.wait_until(CLOSING + 7 * DAY)
    assert scene.winners == ["two"]


# The organizer's choice


def test_where_the_rule_leaves_it_to_them_the_organizer_chooses_with_a_public_reason(scene: Scene):
    three_bids(scene, bidding=make_bidding(rule=Rule.ORGANIZER)).wait_until(CLOSING)
    with pytest.raises(Invalid) as wrong:
        scene.award("one", reason=" ")
    assert wrong.value.field == "reason"
    scene.award("one", reason="they have no other way to pay for it")
    assert scene.winners == ["one"]
    (awarded,) = scene.record("BidsAwarded")
    assert awarded.body["reason"] == "they have no other way to pay for it"
    with pytest.raises(Conflict, match="nothing left"):
        scene.award("two")


def test_where_a_rule_decides_the_organizer_does_not(scene: Scene):
    three_bids(scene, bidding=JURY)
    with pytest.raises(Conflict, match="The campaign is bidding"):
        scene.award("one")
    scene.wait_until(CLOSING)
    with pytest.raises(Conflict, match="Jury or vote decide until"):
        scene.award("one")


def test_a_tie_left_to_the_organizer_is_among_the_tied_and_keeps_who_has_won_already(scene: Scene):
    bidding = make_bidding(tie_break=TieBreak.ORGANIZER, winners=2)
    three_bids(scene, "50", "40", "40", bidding=bidding).wait_until(CLOSING)
    assert scene.campaign.waiting == "tie"
    for chosen in (("one",), ("two", "three"), ("two",)):
        with pytest.raises(Invalid, match="choose among"):
            scene.award(*chosen)
    scene.award("one", "three")
    assert scene.winners == ["one", "three"]


def test_the_organizers_own_term_binds_though_no_worker_has_looked(scene: Scene, clock: FixedClock):
    three_bids(scene, bidding=make_bidding(rule=Rule.ORGANIZER)).wait_until(CLOSING)
    clock.set(CLOSING + 14 * DAY)
    with pytest.raises(Conflict, match="term for choosing has passed"):
        scene.award("one")


# The agreement


def test_both_sides_accept_the_same_text_and_pledging_opens(scene: Scene):
    three_bids(scene).wait_until(CLOSING)
    made, campaign = scene.accept("two")
    assert (len(made.accepted), campaign.state) == (1, State.CHOOSING)
    made, campaign = scene.accept()
    assert campaign.state == State.PLEDGING
    assert "We will give 40% of the takings" in made.text
    first, second = scene.record("AgreementAccepted")
    assert first.body["sha256"] == second.body["sha256"] == made.sha256 == sha256(made.text)
    assert {first.body["by"], second.body["by"]} == {"business", "organizer"}
    assert [f.kind for f in scene.record("CampaignAgreed", "PledgingOpened")] == ["CampaignAgreed", "PledgingOpened"]


def test_pledging_waits_for_its_own_date(scene: Scene):
    opens = OPENING - 10 * DAY
    three_bids(scene, pledging=Pledging(opens)).agreed()
    assert scene.state == State.AGREED
    scene.wait_until(opens)
    assert scene.state == State.PLEDGING


def test_accepting_again_changes_nothing(scene: Scene):
    three_bids(scene).wait_until(CLOSING)
    for _ in range(3):
        made, _ = scene.accept("two")
    assert len(made.accepted) == 1
    assert len(scene.record("AgreementAccepted")) == 1


def test_nobody_accepts_for_somebody_else(scene: Scene):
    three_bids(scene).wait_until(CLOSING)
    crew, bid = scene.join("ida", Role.CREW), scene.bid_of("two")
    for side in (Side(person=crew), Side(business=scene.shops["one"])):
        with pytest.raises(Forbidden), scene.doing() as session:
            service.accept_agreement(session, scene.clock, scene.slug, bid.id, side, "Ida")
    with pytest.raises(Conflict, match="has not won"):
        scene.accept("one")


def test_an_acceptance_is_signed_with_a_name(scene: Scene):
    three_bids(scene).wait_until(CLOSING)
    bid = scene.bid_of("two")
    with pytest.raises(Invalid) as wrong, scene.doing() as session:
        service.accept_agreement(session, scene.clock, scene.slug, bid.id, Side(business=scene.shops["two"]), " ")
    assert wrong.value.field == "name"


def test_the_term_for_accepting_binds_though_no_worker_has_looked(scene: Scene, clock: FixedClock):
    three_bids(scene).wait_until(CLOSING)
    clock.set(CLOSING + 14 * DAY - timedelta(seconds=1))
    scene.accept("two")
    clock.advance(seconds=1)
    with pytest.raises(Conflict, match="fourteen days"):
        scene.accept()
