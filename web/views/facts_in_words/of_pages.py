"""Pages that promises name, as sentences of the record."""

from __future__ import annotations

from collections.abc import Callable

from core.errors import Message
from core.wire import Json
from web.views.facts_in_words.names import Names


def _checked(body: Json, names: Names) -> Message:
    params: dict[str, object] = {"promise": names.promise(body["obligation"]), "url": body["url"]}
    if body["passed"]:
        return Message("A program read {url}: it agrees with the promise: {promise}", params)
    return Message("A program read {url}, and a person looked, too: it does not agree: {promise}", params)


SENTENCES: dict[str, Callable[[Json, Names], Message]] = {"PageChecked": _checked}
