"""A bid begun from a template: its blanks filled but for what only the shop knows. What was typed is kept."""

from __future__ import annotations

from collections.abc import Iterable

from businesses.library import LIBRARY, Template
from web.typed import Typed
from web.views import bidding
from web.views.library import DIRECTIONS, shelves, speaker

Groups = list[tuple[str, list[tuple[str, str]]]]
MOST = 20
"""Promises in one bid."""


def groups(own: Iterable[Template], own_name: str, locale: str) -> Groups:
    """The templates to choose from: the organizers' own first, then the library by topic."""
    first = [(each.id, each.title) for each in own]
    library = [(shelf.name, [(each.id, each.title) for each in shelf.templates]) for shelf in shelves(locale)]
    return [(own_name, first), *library] if first else library


def find(template_id: str, own: Iterable[Template], *languages: str) -> Template | None:
    """The team's template as it was written, or the library's in the first language that the interface speaks."""
    written = next((each for each in own if each.id == template_id), None)
    held = next((each for each in LIBRARY if each.id == template_id), None)
    return written or (held.said(speaker(*languages)) if held else None)


def begun(form: Typed, template: Template) -> Typed:
    """The form with the template's blanks filled: in an empty row where there is one, else in a new one."""
    values = {name: tuple(held) for name, held in form.values.items() if name != "do"}
    numbers = bidding.kinds(values)
    at = next((n for n in numbers if _is_empty(form, n)), max(numbers, default=-1) + 1)
    if at not in numbers and len(numbers) >= MOST:
        return Typed(values, prefix=form.prefix)
    filled = {f"commitments.{at}.{name}": (text,) for name, text in _blanks(template).items()}
    typed = {name: held for name, held in values.items() if any(held) and name not in _chosen(at)}
    return Typed(values | filled | typed, prefix=form.prefix)


def questions(form: Typed, own: Iterable[Template], locale: str) -> dict[int, tuple[str, str]]:
    """For each promise that began with a template: its question about today, and where the how-to stands."""
    found = {n: find(form.value(f"commitments.{n}.template"), own, locale) for n in bidding.kinds(form.values)}
    library = {each.id for each in LIBRARY}
    return {
        n: (held.baseline_question, f"/promises/library#{held.id}" if held.id in library else "")
        for n, held in found.items()
        if held
    }


def _chosen(n: int) -> set[str]:
    """What an empty row holds before anybody typed: choices, which the template makes anew."""
    return {f"commitments.{n}.{name}" for name in ("kind", "checker", "direction", "due", "topic", "template")}


def _is_empty(form: Typed, n: int) -> bool:
    """Whether nothing that says what is promised was typed into a row, and no standing bid holds it."""
    texts = ("id", "share", "amount", "purpose", "verb", "metric", "definition", "measures.0.name")
    return not any(form.value(f"commitments.{n}.{name}").strip() for name in texts)


def _blanks(template: Template) -> dict[str, str]:
    texts = ("verb", "metric", "unit", "definition", "affected_group")
    return {name: getattr(template, name) for name in texts} | {
        "template": template.id,
        "kind": "action",
        "topic": template.topic.value,
        "direction": DIRECTIONS[template.more],
        "proof": ", ".join(template.proof),
        "checker": template.checker.value,
        "due": "weeks",
        "due_weeks": str(template.due_weeks),
    }
