"""The auction evening on a big screen: who leads, the others beside them in one measure, and what came in last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from businesses import codec, words
from businesses.commitments import Commitment
from campaigns.values import Campaign, Rule, State
from core import formats
from core.i18n import N_, translator
from core.wire import Json
from web.speech import speech
from web.views.ranking import RULES, Compared, Line, lines

BARS = 4
LATEST = 3
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Offered:
    """What came in: when, from whom, and the words of it that are new."""

    when: str
    name: str
    words: str
    more: str


@dataclass(frozen=True)
class Evening:
    """The screen. ``left``: seconds to the closing where a clock should run down, else None."""

    label: str
    giant: str
    leader: str
    words: str
    more: str
    note: str
    others: tuple[Line, ...]
    rest: str
    latest: tuple[Offered, ...]
    left: int | None
    clock: str
    until: str
    moved: str
    at: str
    lang: str
    moving: bool


def is_moving(campaign: Campaign) -> bool:
    """Whether the screen can still change: until somebody is chosen."""
    return campaign.state in {State.BIDDING, State.CHOOSING} and campaign.award is None


def seconds_left(campaign: Campaign, now: datetime) -> int | None:
    """What the clock runs down from; None where bidding is not open, or for more than a day."""
    closes = campaign.bids_close_at
    runs = campaign.state == State.BIDDING and closes is not None and now < closes < now + _DAY
    return ceil((closes - now).total_seconds()) if closes and runs else None


def evening(compared: Compared, count: int, now: datetime, *, sealed: bool) -> Evening:
    """What the screen shows; of sealed bids their number alone. Raises ValueError where there is no auction."""
    campaign, locale = compared.campaign, compared.reader.locale
    closes = campaign.bids_close_at
    if closes is None:
        raise ValueError("there is no auction")
    ahead = [] if sealed else _ahead(compared)
    leading = ahead[0] if ahead and ahead[0].figure else None
    others = ahead[1:] if leading else ahead
    return Evening(
        label=_label(compared, leading, count, sealed=sealed),
        giant=leading.figure if leading else formats.number(count, locale),
        leader=leading.name if leading else "",
        words=leading.words[0] if leading else "",
        more=_more(compared, len(leading.words) - 1) if leading else "",
        note=_note(compared),
        others=tuple(others[:BARS]),
        rest=_rest(compared, len(others) - BARS),
        latest=tuple(_latest(compared)),
        left=seconds_left(campaign, now),
        clock=_clock(compared, closes, now),
        until=_until(compared, closes, now),
        moved=_moved(compared, closes),
        at=formats.clock_time(now, locale, campaign.timezone),
        lang=compared.reader.lang,
        moving=is_moving(campaign),
    )


def _ahead(compared: Compared) -> list[Line]:
    """Standing bids, the most first: by the rule where it has an order, else by what can be compared."""
    standing = [line for line in lines(compared) if not line.withdrawn]
    if compared.ranking is not None and compared.ranking.order:
        return sorted(standing, key=lambda line: not line.won)
    return sorted(standing, key=lambda line: -line.bar.end)


def _label(compared: Compared, leading: Line | None, count: int, *, sealed: bool) -> str:
    catalogue = translator(compared.reader.locale)
    if leading is None and sealed:
        return catalogue.ngettext("sealed bid", "sealed bids", count)
    if leading is None:
        return catalogue.ngettext("bid so far", "bids so far", count)
    if leading.won:
        return compared.say(N_("Chosen"))
    return compared.say(N_("In the lead") if _is_ruled(compared.campaign) else N_("The highest so far"))


def _is_ruled(campaign: Campaign) -> bool:
    return campaign.bidding is not None and campaign.bidding.rule == Rule.HIGHEST_SHARE


def _note(compared: Compared) -> str:
    """Who decides, where the figures on the screen do not."""
    bidding = compared.campaign.bidding
    return compared.say(RULES[bidding.rule]) if bidding and not _is_ruled(compared.campaign) else ""


def _rest(compared: Compared, more: int) -> str:
    words_ = translator(compared.reader.locale).ngettext("and {count} more", "and {count} more", max(more, 0))
    return words_.format(count=more) if more > 0 else ""


def _latest(compared: Compared) -> list[Offered]:
    """The newest offers of all bids that stand, newest first."""
    standing = [bid.id for bid in compared.bids if bid.stands]
    told = [
        (version["at"], bid, _new(version, before))
        for bid in standing
        for version, before in _in_turn(compared.history.get(bid, []))
    ]
    newest = sorted(told, key=lambda each: (datetime.fromisoformat(each[0]), each[1]), reverse=True)
    return [_offered(compared, *each) for each in newest[:LATEST]]


def _in_turn(versions: Sequence[Json]) -> list[tuple[Json, Json | None]]:
    return list(zip(versions, [None, *versions], strict=False))


def _new(version: Json, before: Json | None) -> list[Commitment]:
    """The promises that were not there before, or are more than they were; all of them where none is."""
    held = before["commitments"] if before else []
    risen = [told for told in version["commitments"] if told not in held]
    return [codec.stored(told) for told in risen or version["commitments"]]


def _offered(compared: Compared, at: str, bid: str, new: Sequence[Commitment]) -> Offered:
    reader = compared.reader
    return Offered(
        when=formats.clock_time(datetime.fromisoformat(at), reader.locale, reader.timezone),
        name=compared.name(bid),
        words=words.sentence(new[0], speech(reader.lang)),
        more=_more(compared, len(new) - 1),
    )


def _more(compared: Compared, count: int) -> str:
    told = translator(compared.reader.locale).ngettext("{count} promise more.", "{count} promises more.", count)
    return told.format(count=count) if count else ""


def _clock(compared: Compared, closes: datetime, now: datetime) -> str:
    """The closing on the clock; while it is days away, how many."""
    if _is_open(compared.campaign, closes, now) and closes - now >= _DAY:
        return formats.countdown(closes, compared.reader.locale, now)
    return formats.clock_time(closes, compared.reader.locale, compared.reader.timezone)


def _until(compared: Compared, closes: datetime, now: datetime) -> str:
    reader, zone = compared.reader, compared.reader.timezone
    if not _is_open(compared.campaign, closes, now):
        told, at = N_("Bidding closed on {at}"), formats.moment(closes, reader.locale, zone)
    elif closes - now < _DAY:
        told, at = N_("until bidding closes at {at}"), formats.clock_time(closes, reader.locale, zone)
    else:
        told, at = N_("Bidding closes on {at}"), formats.moment(closes, reader.locale, zone)
    return compared.say(told).format(at=at)


def _is_open(campaign: Campaign, closes: datetime, now: datetime) -> bool:
    return campaign.state == State.BIDDING and now < closes


def _moved(compared: Compared, closes: datetime) -> str:
    """By how much late bids have moved the closing."""
    bidding = compared.campaign.bidding
    if compared.campaign.moved_to is None or bidding is None or bidding.closes_at is None:
        return ""
    minutes = int((closes - bidding.closes_at).total_seconds() // 60)
    told = translator(compared.reader.locale).ngettext(
        "Late bids have moved it by {count} minute.",
        "Late bids have moved it by {count} minutes.",
        minutes,
    )
    return told.format(count=minutes)
