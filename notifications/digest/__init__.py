"""What of the record is news, and in which words: facts in, a digest out. Pure.

Source: DOMAIN.md, Mail 26: the newest first, nothing repeated, nothing if nothing changed. What happened to one promise
(or to the campaign itself) is told once, as it stands now; but a step on the way does not hide a verdict.
"""

from notifications.digest.composing import MOST_ITEMS, Digest, Item, compose
from notifications.digest.sources import CONTEXT, Promise, Source, learn
from notifications.digest.telling import NOTABLE, OUTCOMES, RESULT, VERDICTS, Told, came_in, tell

__all__ = [
    "CONTEXT",
    "MOST_ITEMS",
    "NOTABLE",
    "OUTCOMES",
    "RESULT",
    "VERDICTS",
    "Digest",
    "Item",
    "Promise",
    "Source",
    "Told",
    "came_in",
    "compose",
    "learn",
    "tell",
]
