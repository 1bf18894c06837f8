"""Whether a site wants its pages read by programs: robots.txt (RFC 9309), asked once per site and run."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from urllib.robotparser import RobotFileParser

from businesses.gateway.fetching import AGENT, Fetched, Fetcher, Unreachable, check_address
from businesses.pages import Why

OK, SERVER_ERROR = 200, 500
LARGEST = 500_000
"""Bytes of a robots.txt that are read (RFC 9309, 2.5)."""


Rules = dict[str, RobotFileParser]
"""By site: its scheme, name and port."""


@dataclass
class Manners:
    """A fetcher that asks first, and asks one page at a time of each site."""

    fetcher: Fetcher
    known: Rules = field(default_factory=dict)
    """What sites have said in this run; many batches may share it."""
    _turns: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def fetch(self, url: str) -> Fetched:
        """The page, where the site allows it. Raises Unreachable."""
        wanted = check_address(url)
        origin = f"{wanted.scheme}://{wanted.netloc.decode('ascii')}"
        async with self._turns.setdefault(origin, asyncio.Lock()):
            if origin not in self.known:
                self.known[origin] = await self._ask(origin)
            if not self.known[origin].can_fetch(AGENT, str(wanted)):
                raise Unreachable(Why.ROBOTS)
            return await self.fetcher.fetch(url)

    async def _ask(self, origin: str) -> RobotFileParser:
        """No such file allows all; a site that fails to answer is left alone (RFC 9309, 2.3.1)."""
        rules = RobotFileParser()
        found = await self.fetcher.fetch(f"{origin}/robots.txt", largest=LARGEST)
        if found.status >= SERVER_ERROR:
            raise Unreachable(Why.NO_ANSWER)
        text = found.body.decode("utf-8", "replace") if found.status == OK else ""
        rules.parse(text.splitlines())
        return rules
