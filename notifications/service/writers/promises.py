"""Mails about promises after the day: what falls due, what is late, and what a person makes of it."""

from __future__ import annotations

from datetime import date, datetime

from businesses import followthrough
from businesses import queries as businesses
from businesses.followthrough import Standing
from businesses.pages import Answer
from notifications.digest import OUTCOMES, VERDICTS
from notifications.service.desk import Desk, Writer, Written, demand
from pledges.returns import queries as returns


def _promise_due(desk: Desk) -> Written:
    o = desk.obligation
    demand(o.due_on.isoformat() == desk.payload["due_on"], "the date was moved")
    demand(followthrough.fulfilled_on(o) is None and _is_open(desk), "the promise was answered")
    return _promise(desk), {"obligation": o, "waits": returns.waits_for(desk.session, o.campaign, o.business)}


def _promise(desk: Desk) -> str:
    """The promise's page: where the shop files, or where everybody looks."""
    return desk.part(f"/shop/promises/{desk.obligation.id}", f"/promises/{desk.obligation.id}")


def _is_open(desk: Desk) -> bool:
    return followthrough.standing(desk.obligation, desk.now) in {Standing.NOT_DUE, Standing.IN_PROGRESS, Standing.LATE}


def _promise_late(desk: Desk) -> Written:
    late = followthrough.standing(desk.obligation, desk.now) == Standing.LATE
    demand(late, "the promise is late no more")
    until = desk.within(followthrough.awaited_until(desk.obligation))
    return _promise(desk), {"obligation": desk.obligation, "until": until}


def _extension_asked(desk: Desk) -> Written:
    asked = desk.obligation.extension_asked
    demand(bool(asked), "the question was answered")
    values = {"due_on": date.fromisoformat(desk.payload["due_on"]), "reason": desk.payload["reason"]}
    return desk.part(), {"obligation": desk.obligation, **values}


def _extension_answered(desk: Desk) -> Written:
    demand(_is_open(desk), "the promise was answered meanwhile")
    return _promise(desk), {"obligation": desk.obligation, "answer": desk.payload["answer"]}


def _page_asked(desk: Desk) -> Written:
    demand(businesses.look(desk.session, desk.payload["look"]).answer == Answer.ASKED, "somebody has looked already")
    page = f"/promises/{desk.obligation.id}/page"
    return desk.part(page, page), {"obligation": desk.obligation}


def _verdict_due(desk: Desk) -> Written:
    o, page = desk.obligation, f"/promises/{desk.obligation.id}/verdict"
    disputed = followthrough.standing(o, desk.now) == Standing.DISPUTED
    demand(disputed or o.verdict is None, "the verdict was given")
    until = desk.within(followthrough.awaited_until(o))
    filed = bool(o.evidence or o.checks)
    return desk.part(page, page), {"obligation": o, "disputed": disputed, "filed": filed, "until": until}


def _verdict_given(desk: Desk) -> Written:
    word, _, look = VERDICTS[desk.payload["verdict"]]
    values = {"verdict": word, "look": look, "reason": desk.payload["reason"]}
    return _promise(desk), {"obligation": desk.obligation, **values}


def _return_open(desk: Desk) -> Written:
    """The word was kept: whoever said so is asked to come back, until the day that is published."""
    mine = [held for held in returns.of_pledge(desk.session, desk.payload["pledge"]) if held.stands]
    visit = next((held for held in mine if held.business == desk.payload["shop"]), None)
    demand(visit is not None and not visit.visited, "it was taken back, or made")
    until = desk.within(datetime.fromisoformat(desk.payload["until"]))
    name = businesses.business_by_id(desk.session, desk.payload["shop"]).name
    return desk.links.ticket(desk.payload["pledge"]), {
        "shop": name,
        "amount": visit and visit.amount,
        "until": until,
    }


def _recheck_due(desk: Desk) -> Written:
    o, page = desk.obligation, f"/promises/{desk.obligation.id}/recheck"
    asked = followthrough.open_recheck(o, desk.now)
    demand(asked is not None and asked.months == desk.payload["months"], "the re-check was answered")
    until = desk.within(asked.until if asked else None)
    return desk.part(page, page), {"obligation": o, "months": desk.payload["months"], "until": until}


def _recheck_given(desk: Desk) -> Written:
    word, _, look = OUTCOMES[desk.payload["outcome"]]
    values = {"outcome": word, "look": look, "months": desk.payload["months"], "reason": desk.payload["reason"]}
    return _promise(desk), {"obligation": desk.obligation, **values}


WRITERS: dict[str, Writer] = {
    "promise_due": _promise_due,
    "promise_late": _promise_late,
    "extension_asked": _extension_asked,
    "extension_answered": _extension_answered,
    "page_asked": _page_asked,
    "verdict_due": _verdict_due,
    "verdict_given": _verdict_given,
    "return_open": _return_open,
    "recheck_due": _recheck_due,
    "recheck_given": _recheck_given,
}
