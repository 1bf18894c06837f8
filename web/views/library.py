"""Template commitments as pages and answers show them: by topic, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from businesses.library import LIBRARY, TOPICS, Template, by_topic, codec
from core.i18n import LOCALES, translator
from core.wire import Json

DIRECTIONS = {True: "more", False: "fewer"}


@dataclass(frozen=True)
class Shelf:
    """One topic with its templates."""

    id: str
    name: str
    templates: tuple[Template, ...]


def speaker(*wanted: str) -> Callable[[str], str]:
    """The translation into the first of these languages that the interface speaks."""
    return translator(next((lang for lang in wanted if lang in LOCALES), LOCALES[0])).gettext


def shelves(locale: str) -> list[Shelf]:
    """The whole library in the reader's language."""
    say = translator(locale).gettext
    return [
        Shelf(topic.value, say(TOPICS[topic]), tuple(each.said(say) for each in held))
        for topic, held in by_topic(LIBRARY).items()
    ]


def listed(own: Iterable[Template], locale: str) -> list[Json]:
    """What the API answers: the organizers' own first, as they wrote them, then the library."""
    library = [each for shelf in shelves(locale) for each in shelf.templates]
    told = [(each, "campaign") for each in own] + [(each, "library") for each in library]
    return [wire(each, source, locale) for each, source in told]


def wire(held: Template, source: str, locale: str) -> Json:
    return {**codec.wire(held), "topic_name": translator(locale).gettext(TOPICS[held.topic]), "source": source}
