"""Reports of monitors' visits: what a finding needs, and when a report is public."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from businesses.monitoring import rules
from businesses.monitoring.values import REPLY_TERM, Finding, Report
from core.errors import Conflict, Invalid
from tests.factories import NOW

SIGNS = Finding(1, "o", "Four signs before empty crates.", "Take them down.", date(2027, 4, 1))


def report(*findings: Finding) -> Report:
    return Report("r", "campaign", "shop", "ruth", NOW.date(), NOW, findings or (SIGNS,))


def test_a_remedy_has_a_date_and_a_date_a_remedy():
    for remedy, due_on, field in (("Mend it.", None, "due_on"), ("", date(2027, 4, 1), "remedy")):
        with pytest.raises(Invalid) as refused:
            Finding(1, "o", "It is broken.", remedy, due_on)
        assert refused.value.field == field


def test_findings_are_about_the_businesss_own_promises_and_their_dates_lie_ahead():
    rules.demand_findings([SIGNS], {"o"}, NOW)
    for promises, now, field in (({"p"}, NOW, "obligation"), ({"o"}, NOW + timedelta(days=31), "due_on")):
        with pytest.raises(Invalid) as refused:
            rules.demand_findings([SIGNS], promises, now)
        assert refused.value.field == f"findings.0.{field}"


def test_a_report_is_public_with_the_reply_or_after_its_term():
    assert rules.publish_late(report(), NOW + REPLY_TERM - timedelta(seconds=1)) == (report(), [])
    late, told = rules.publish_late(report(), NOW + REPLY_TERM)
    assert (late.published_at, [fact.kind for fact in told]) == (NOW + REPLY_TERM, ["ReportPublished"])
    assert rules.publish_late(late, NOW + 2 * REPLY_TERM)[1] == []
    soon, told = rules.reply(report(), "We will.", NOW)
    assert (soon.published_at, told[0].body()["reply"]) == (NOW, "We will.")


def test_the_business_replies_once_also_after_the_term():
    late, _ = rules.publish_late(report(), NOW + REPLY_TERM)
    answered, told = rules.reply(late, "We will.", NOW + 2 * REPLY_TERM)
    assert [fact.kind for fact in told] == ["ReportAnswered"]
    assert rules.reply(answered, "We will.", NOW + 2 * REPLY_TERM) == (answered, [])
    with pytest.raises(Conflict, match="has replied"):
        rules.reply(answered, "We will not.", NOW + 2 * REPLY_TERM)
