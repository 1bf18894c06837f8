"""`python -m tests.docs.generated`: write the tables of the docs that are made from the code."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from campaigns import rules
from campaigns.values import State
from core.settings import Settings

DOCS = Path(__file__).resolve().parents[2] / "docs"


def settings() -> str:
    """A row for each setting, from its description."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = "the checkout's `var/`" if name == "home" else f"`{field.default}`" if field.default else "empty"
        rows.append(f"| `CARROTMOB_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows)


def states() -> str:
    """A row for each transition, from the decorators in campaigns/rules.py."""
    rows = ["| from | by | to |", "|---|---|---|"]
    for change in rules.TRANSITIONS:
        sources = "any before final" if change.sources == rules.BEFORE_FINAL else _words(change.sources)
        rows.append(f"| {sources} | {change.by} (`{change.name}`) | {_words(change.targets)} |")
    return "\n".join(rows)


def terms() -> str:
    """How long each wait lasts, from the constants the rules use."""
    held = {
        "no bid: closes by itself after": rules.NO_BID_TERM,
        "agreement not accepted: the runner-up after": rules.AGREEMENT_TERM,
        "jury or vote: the tie-break decides after": rules.CHOICE_TERM,
        "organizer's choice: as no bid after": rules.ORGANIZER_CHOICE_TERM,
        "consent of people affected: the next bid after": rules.CONSENT_TERM,
        "go-ahead missed: both may proceed within": rules.PROCEED_TERM,
        "no till total: final with till unknown after": rules.TILL_TERM,
    }
    return "\n".join(["| wait | days |", "|---|---|", *(f"| {words} | {term.days} |" for words, term in held.items())])


def _words(states_: tuple[State, ...]) -> str:
    return ", ".join(states_)


TABLES: dict[str, tuple[str, Callable[[], str]]] = {
    "settings": ("operate.md", settings),
    "states": ("carry-on.md", states),
    "terms": ("carry-on.md", terms),
}


def written(name: str, text: str) -> str:
    """The document with its table made anew."""
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    return pattern.sub(lambda found: f"{found[1]}{TABLES[name][1]()}\n{found[2]}", text)


def main() -> None:
    for name, (file, _) in TABLES.items():
        path = DOCS / file
        path.write_text(written(name, path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
