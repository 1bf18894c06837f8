"""The words by which the linter knows a vague verb or an empty proof, in English and German."""

from __future__ import annotations

import re
from collections.abc import Iterable

VAGUE = (
    "support", "promote", "try", "consider", "aim", "improve", "raise awareness", "create awareness", "encourage",
    "strive", "endeavour", "endeavor", "foster", "explore", "facilitate", "contribute", "help", "advocate", "engage",
    "enhance", "look into", "think about", "work on", "work towards", "commit to", "care about",
    "unterstützen", "fördern", "versuchen", "erwägen", "überlegen", "anstreben", "streben", "verbessern", "bemühen",
    "sensibilisieren", "bewusstsein schaffen", "ermutigen", "beitragen", "hinwirken", "helfen", "achten", "engagieren",
    "einsetzen für", "nachdenken", "arbeiten an", "optimieren", "stärken",
)  # fmt: skip
"""Verbs after which nobody can say whether it was done."""

MORE = (
    "add", "hire", "employ", "plant", "train", "install", "fit", "increase", "raise", "expand", "extend", "double",
    "open", "build", "grow", "gain", "teach", "insulate",
    "hinzufügen", "einstellen", "beschäftigen", "pflanzen", "schulen", "ausbilden", "installieren", "einbauen",
    "steigern", "erhöhen", "ausbauen", "erweitern", "verdoppeln", "eröffnen", "bauen", "schaffen", "dämmen",
)  # fmt: skip
"""Verbs of which there is more afterwards. "Stock" and "serve" are none: fewer of something can be stocked, too."""

GOOD = (
    "local", "regional", "organic", "certified", "fair", "fairly", "accessible", "step-free", "renewable", "reusable",
    "solar",
    "lokale", "lokaler", "regionale", "regionaler", "bio", "zertifizierte", "fair gehandelte", "barrierefreie",
    "stufenlose", "erneuerbare", "wiederverwendbare",
)  # fmt: skip
"""Words for what a campaign would want more of."""

NOT = ("non", "not", "un", "without", "ohne", "nicht", "keine")

SEEN_ONLY = (
    "likes", "followers", "views", "clicks", "impressions", "hashtags", "posts", "reach", "visits", "page views",
    "subscribers", "mentions", "stories", "aufrufe", "klicks", "abonnenten", "beiträge", "reichweite", "erwähnungen",
    "seitenaufrufe",
)  # fmt: skip
"""Metrics of attention: they count who looked, not what changed."""

OWN_WORD = (
    "our word", "my word", "word of honour", "word of honor", "trust us", "trust", "honesty", "promise", "our promise",
    "self-declaration", "self declaration", "own statement", "own account", "our own account", "we say so",
    "ehrenwort", "unser wort", "mein wort", "vertrauen", "versprechen", "selbstauskunft", "selbsterklärung",
    "eigene angabe", "eigene angaben",
)  # fmt: skip
"""What is no proof but the promise once more."""

INSIDE = (
    "payroll", "payslips", "internal", "books", "bookkeeping", "accounts", "ledger", "contracts", "tax return",
    "bank statement", "bank statements", "personnel files", "server logs",
    "lohnliste", "lohnabrechnung", "lohnabrechnungen", "intern", "interne", "buchhaltung", "bücher", "verträge",
    "arbeitsverträge", "steuererklärung", "kontoauszug", "kontoauszüge", "personalakten",
)  # fmt: skip
"""Papers that lie in the office: a monitor may see them, a passer-by may not."""

COMMON = frozenset({
    "more", "less", "fewer", "than", "with", "from", "that", "their", "people", "products", "product", "pieces", "year",
    "week", "month", "menschen", "personen", "produkte", "jahr", "woche", "monat", "weniger", "mehr",
})  # fmt: skip
"""Words that two metrics share without being about the same thing."""


def says(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in the text as whole words."""
    told = f" {' '.join(_words(text))} "
    return any(f" {' '.join(_words(phrase))} " in told for phrase in phrases)


def is_good(metric: str) -> bool:
    """Whether a metric is about something wanted, and does not say the opposite of it."""
    return says(metric, GOOD) and not says(metric, NOT)


def shared(one: str, other: str) -> frozenset[str]:
    """The telling words that two metrics have in common."""
    return _telling(one) & _telling(other)


def _telling(text: str) -> frozenset[str]:
    return frozenset(word for word in _words(text) if len(word) > 3) - COMMON


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
