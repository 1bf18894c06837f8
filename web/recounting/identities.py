"""How businesses were confirmed to be who they say: nobody signs by a way of which the record does not tell."""

from __future__ import annotations

from businesses.identity import METHODS, is_confirmed
from web.recounting.case import Case, Handler
from web.recounting.reading import Line


class Identities:
    """By business: the ways by which its identity was confirmed. A key handed over to nobody known ends them all."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.known: dict[str, set[str]] = {}
        self.kinds: dict[str, Handler] = {"IdentityConfirmed": self.confirmed, "ShopKeyRenewed": self.renewed}

    def introduce(self, line: Line) -> None:
        """With its first public bid a business is named; it may have been confirmed in a campaign before."""
        told = {line.body["identity"]} if is_confirmed(line.body["identity"]) else set()
        self.known[line.body["business"]] = told

    def confirmed(self, line: Line) -> None:
        self.case.check(line.body["method"] in METHODS, line, "nobody can be confirmed in this way")
        self.known[line.body["business"]].add(line.body["method"])

    def renewed(self, line: Line) -> None:
        known = self.known[line.body["business"]]
        if line.body["handed"]:
            known.clear()

    def check_signed(self, line: Line, business: str) -> None:
        """A business that was not confirmed cannot say that it was."""
        how = line.body["how"]
        told = how in self.known[business] or not is_confirmed(how)
        self.case.check(told, line, "how: its identity was not confirmed in this way before")
