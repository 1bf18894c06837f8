"""Campaigns that went in many ways: what their records tell must be recounted without a difference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from businesses import service as businesses
from businesses.commitments import Basis, Checker
from businesses.followthrough import Verdict
from businesses.measures import Measure
from businesses.values import Baseline
from campaigns import service as campaigns
from campaigns.values import Criterion, Goal, GoalKind, Mode, NamedBusiness, Rule, Slots, State, TieBreak, Window
from pledges import service as pledges
from pledges.values import Figure
from tests.factories import action, eur, fixed, head_go_ahead, make_bidding, money_go_ahead, per_unit, rung, share
from tests.stages import KEYS
from tests.web.records import Story
from web.trips import choosing, moving

PLAIN = (share("30"),)
"""A bid of one plain promise."""


def whole_loop(story: Story) -> None:
    """From the auction to the verdicts, with every kind of slip and second thought on the way."""
    story.open(go_ahead=money_go_ahead("60"), goal=Goal(GoalKind.TAKINGS, Decimal(1500)), slots=Slots(60, 3))
    _auction(story)
    _crowd(story)
    _day(story)
    _follow(story)


def _auction(story: Story) -> None:
    days = (eur("640"), eur("710.50"), eur("760"))
    baseline = Baseline((eur("700"),), "Saturdays in spring", days=days, about=True)
    producers = action("27", ladder=(rung("1800", "32"),), checker=Checker.SUPPORTERS)
    story.bid("bella", share("22"), producers, baseline=baseline)
    story.bid("spaeti", share("30"))
    story.bid("kiosk", share("90"))
    works = (Measure("Lamps", eur("400")), Measure("Cooler", eur("900")))
    story.bid("bella", share("35", measures=works), producers)
    story.withdraw_bid("kiosk")
    story.wait(days=5)
    story.sign("bella")


def _crowd(story: Story) -> None:
    story.pledge("ada", "12.50", slot=story.slot(60))
    story.pledge("ben", "35", party=2)
    story.pledge("cleo", "8", confirm=False)
    story.change("cleo", "9", party=3, slot=str(story.slot(120)))
    story.confirm("cleo")
    story.pledge("dan", "40")
    story.withdraw("dan")
    story.pledge("eve", "10")
    story.pledge("eve", "11")
    story.pledge("nobody", "5", confirm=False, mail=False)
    story.pledge("slow", "7", confirm=False)
    story.do(moving.edit, story.owner, story.slug, {"goal": Goal(GoalKind.TAKINGS, Decimal(1600))})
    story.confirm("ada")


def _day(story: Story) -> None:
    opening, closing = story.campaign.first_opening, story.campaign.last_closing
    assert opening
    assert closing
    story.move(opening)
    story.pledge("late", "20")
    story.arrive("ada", spent=eur("14.20"), anyway=False)
    came = story.arrive("ben")
    story.arrive("ben", spent=eur("40"), anyway=True)
    story.arrive("nobody", spent=eur("5"))
    story.undo(story.arrive("slow"))
    story.undo(story.arrive(spent=eur("99"), party=4))
    story.arrive(spent=eur("3.30"), party=2)
    assert came.spent is None
    story.move(closing)
    story.declare("bella", "2100", customers=90)
    story.answer(story.declare("bella", "2000.84", tax="319.46", customers=92, transactions=101, units=140))
    story.finalize()


def _follow(story: Story) -> None:
    story.correct("customers", "93", "bella")
    story.correct("takings", "1790", "bella")
    money, producers = story.promises("share")[0], story.promises("action")[0]
    story.file("bella", money, "300")
    story.do(businesses.ask_extension, story.shops["bella"], producers.id, producers.due_on + timedelta(days=9), "Soon")
    story.do(businesses.answer_extension, story.owner, producers.id, accept=True)
    story.wait(days=70)
    story.file("bella", producers, "27")
    story.do(businesses.file_evidence, story.shops["bella"], money.id, {"note": "The rest.", "value": "326.5"})
    ada = story.person("ada")
    for seen in ("20", "23"):
        story.look(ada, producers, seen)
    story.judge(money, Verdict.KEPT_LATE)
    story.judge(producers, Verdict.PARTLY_KEPT)
    story.do(businesses.reply, story.shops["bella"], producers.id, "Four more come.", dispute=True)
    story.judge(producers, Verdict.PARTLY_KEPT, story.monitor)
    story.wait(days=40)


def sealed_and_judged(story: Story) -> None:
    """Sealed bids, a jury, two winners of whom one falls out, two windows, one till disputed and decided."""
    criteria = (Criterion("climate", Decimal(60)), Criterion("people", Decimal(40)))
    story.open(make_bidding(mode=Mode.SEALED, rule=Rule.JURY, winners=2, criteria=criteria), windows=2)
    promised = (share("10", due_weeks=6, match="50", matched_by="Stadtwerke"), fixed("50"))
    bids = {name: story.bid(name, *promised) for name in ("bella", "spaeti", "kiosk")}
    story.bid("bella", replace(promised[0], share=Decimal(12)), fixed("50"))
    bids["gone"] = story.bid("gone", share("90"))
    story.withdraw_bid("gone")
    story.wait(days=5)
    for n, juror in enumerate(story.jurors):
        story.do(businesses.declare_ties, juror, story.slug, "a cousin bakes at bella")
        for name, score in (("bella", "9"), ("spaeti", "7.5"), ("kiosk", "6")):
            for criterion in criteria:
                given = Decimal(score) - n
                story.do(businesses.score, juror, story.slug, bids[name], criterion.name, given)
    story.wait(days=7)
    story.sign("bella")
    story.withdraw_bid("spaeti")
    story.sign("kiosk")
    story.pledge("ada", "30")
    story.do(moving.postpone, story.owner, story.slug, _later(story), "Storm")
    story.confirm("ada")
    closing = story.campaign.last_closing
    assert closing
    story.move(closing)
    story.arrive("ada", venue=story.shops["bella"].id)
    story.arrive(party=3, venue=story.shops["kiosk"].id)
    story.undo(story.arrive(venue=story.shops["kiosk"].id))
    story.arrive()
    for name, takings in (("bella", "900"), ("kiosk", "500")):
        for window in range(2):
            story.answer(story.declare(name, takings, window), "480" if (name, window) == ("kiosk", 1) else "")
    story.finalize()


def _later(story: Story) -> tuple[Window, ...]:
    days = timedelta(days=3)
    return tuple(replace(w, opens_at=w.opens_at + days, closes_at=w.closes_at + days) for w in story.campaign.windows)


def missed_and_gone_ahead(story: Story) -> None:
    """A vote, a go-ahead that is missed, both sides proceed; a disputed till that the monitor decides."""
    story.open(make_bidding(rule=Rule.VOTE), go_ahead=head_go_ahead("9", story.clock.instant + timedelta(days=15)))
    bids = [story.bid(name, per_unit("0.50")) for name in ("bella", "spaeti")]
    story.do(businesses.vote, KEYS, story.slug, bids[1], person=story.person("ada"))
    story.do(businesses.vote, KEYS, story.slug, bids[1], person=story.person("ben"))
    story.do(businesses.vote, KEYS, story.slug, bids[0], person=story.person("ben"))
    story.wait(days=12)
    story.sign("spaeti")
    story.pledge("ada", "30", party=3)
    story.wait(days=4)
    story.do(campaigns.proceed, story.slug, "organizer", story.owner)
    story.do(campaigns.proceed, story.slug, "business", None)
    story.wait(days=6)
    till = story.declare("spaeti", "800", units=300)
    story.answer(till, "760")
    story.do(pledges.resolve_till, story.monitor, till.id, Figure.COUNTER, "The paper roll says so.")
    story.finalize()
    story.do(businesses.close, story.shops["spaeti"], "The lease ended.")
    story.do(businesses.adopt_promises, story.shops["spaeti"])


def for_the_checker(story: Story) -> None:
    """Baseline and till are for the checker only; a correction of them changes what is owed."""
    story.open(goal=Goal(GoalKind.TAKINGS, Decimal(1500)))
    hidden = Baseline((eur("700"),), "till roll", "checker")
    story.bid("bella", share("50", Basis.EXTRA), action("27", ladder=(rung("1800", "32"),)), baseline=hidden)
    story.wait(days=5)
    story.sign("bella")
    story.pledge("ada", "30")
    closing = story.campaign.last_closing
    assert closing
    story.move(closing)
    till = story.declare("bella", "1700", visibility="checker", tax="100")
    story.answer(till, "1650")
    story.do(pledges.resolve_till, story.monitor, till.id, Figure.DECLARED, "Counted twice.")
    story.finalize()
    story.correct("takings", "1900", "bella")


def nobody_counted(story: Story) -> None:
    """A tie that the organizer breaks, no till total in its term, and what was owed computed later."""
    story.open(make_bidding(tie_break=TieBreak.ORGANIZER))
    bids = [story.bid(name, share("30"), fixed("100")) for name in ("bella", "spaeti")]
    story.wait(days=5)
    story.do(choosing.award, story.owner, story.slug, [bids[1]], "It lies nearer.")
    story.sign("spaeti")
    story.pledge("ada", "30")
    story.wait(days=30)
    story.correct("takings", "640", "spaeti")
    story.wait(days=400)


def no_bid(story: Story) -> None:
    """Nobody bids; bidding is extended, nobody bids again, one shop is named, and does not answer."""
    story.open()
    story.wait(days=5, hours=1)
    story.do(campaigns.extend_bidding, story.owner, story.slug, story.clock.instant + timedelta(days=3))
    story.wait(days=4)
    story.do(campaigns.name_business, story.owner, story.slug, NamedBusiness("Bella"))
    story.wait(days=20)
    assert story.campaign.state == State.CANCELLED


def given_up(story: Story) -> None:
    """A go-ahead missed, with people who change their minds at its very instant, and nobody proceeds."""
    story.open(go_ahead=money_go_ahead("100", story.clock.instant + timedelta(days=15)))
    story.bid("bella", share("30"))
    story.wait(days=5)
    story.sign("bella")
    story.pledge("ada", "60")
    story.pledge("ben", "30")
    instant = story.campaign.go_ahead_at
    assert instant
    story.clock.set(instant)
    story.withdraw("ada")
    story.change("ben", "99", party=9)
    story.pledge("cleo", "70")
    story.wait(days=8)
    assert story.campaign.state == State.DONE


ALL: tuple[Callable[[Story], None], ...] = (
    whole_loop, sealed_and_judged, missed_and_gone_ahead, for_the_checker, nobody_counted, no_bid, given_up,
)  # fmt: skip
