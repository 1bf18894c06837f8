"""How the rule came to its order, step by step, and what has come of it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from businesses.commitments import Basis
from businesses.words import BASES
from campaigns.values import Rule
from core import formats
from core.i18n import N_, translator
from core.money import Money
from core.wire import Json
from web.views import conversion
from web.views.ranking.comparing import Compared

STEPS = {
    "no_bid": N_("Nobody has bid."),
    "one_bid": N_("There is one bid: jury and vote are skipped."),
    "organizer_chooses": N_("The rule leaves the choice to the organizers, who give a public reason."),
    "basis": N_("Shares of {basis} are compared: most bids name them."),
    "share": N_("{bid} gives {share} of {basis}."),
    "not_comparable": N_("{bid} names no share of {basis} and ranks after those that do."),
    "jury_scores": N_("The jury is scoring: what it gives is shown once the choice is made."),
    "estimate": N_(
        "The bids name unlike things. Each is converted to an expected sum, by the stated takings of {takings}."
    ),
    "expected": N_("{bid}: {formula}."),
    "confirmed": N_("{bid}: {formula}, confirmed by who checks, on figures that are not published."),
    "lacks": N_("{bid} cannot be converted and ranks after: it does not say {lacks}."),
    "not_seen": N_("{bid} cannot be converted and ranks after: only the checker knows {lacks}, and confirmed no sum."),
    "no_money": N_("{bid} promises no money and ranks after those that do."),
    "score": N_("{bid} has {score} of 10 from the jury."),
    "votes": N_("{bid} has {votes} votes."),
    "tie_by_time": N_("{bids} are equal: the earlier one is first."),
    "tie_by_vote": N_("{bids} are equal: the supporters’ vote decides."),
    "consent_refused": N_("{bid} falls out: people whom it affects do not agree."),
    "consent_withdrawn": N_("{bid} falls out: people whom it affects have taken their consent back."),
    "consent_lapsed": N_("{bid} falls out: the consent of people whom it affects did not come in its term."),
    "not_accepted": N_("{bid} falls out: its agreement was not accepted by both in its term."),
    "tie_open_organizer": N_("{bids} are equal: the organizers choose."),
}


def steps(compared: Compared) -> list[str]:
    """The steps of the ranking as sentences, with the businesses' names."""
    return [step(compared, told) for told in compared.ranking.steps] if compared.ranking else []


def step(compared: Compared, told: Json) -> str:
    """One step of the ranking as a sentence."""
    values: dict[str, Callable[[Any], str]] = {
        "basis": lambda v: compared.say(BASES[Basis(v)]),
        "bid": compared.name,
        "expected": lambda v: _money(compared, v),
        "takings": lambda v: _money(compared, v),
        "lacks": lambda v: conversion.lacking(v, compared.reader.locale),
        "share": lambda v: conversion.percent(Decimal(v), compared.reader.locale),
        "score": lambda v: conversion.number(Decimal(v), compared.reader.locale),
        "votes": lambda v: str(v) if isinstance(v, list) else formats.number(v, compared.reader.locale),
        "bids": lambda v: ", ".join(compared.name(bid) for bid in v),
    }
    known = {name: write(told[name]) for name, write in values.items() if told.get(name) is not None}
    if "expected" in told:
        found = compared.expected(told["bid"])
        known["formula"] = conversion.formula(found, compared.reader.locale) if found else known["expected"]
    return compared.say(STEPS[told["code"]]).format(**known)


def _money(compared: Compared, body: Json) -> str:
    return formats.money(Money.rounded(Decimal(body["amount"]), body["currency"]), compared.reader.locale)


def headline(compared: Compared, count: int, *, sealed: bool) -> str:
    """What has come of the bidding, in one sentence."""
    say, bidding = compared.say, compared.campaign.bidding
    plural = translator(compared.reader.locale).ngettext
    if compared.winners:
        names = ", ".join(compared.winners)
        by_share = len(compared.bids) > 1 and bidding is not None and bidding.rule == Rule.HIGHEST_SHARE
        return say(N_("{names} promised the most.") if by_share else N_("Chosen: {names}.")).format(names=names)
    if not count:
        return say(N_("Nobody has bid yet."))
    if sealed:
        return plural("{count} sealed bid.", "{count} sealed bids.", count).format(count=count)
    return plural("{count} bid so far.", "{count} bids so far.", count).format(count=count)
