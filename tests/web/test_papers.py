"""Papers: the agreement as a PDF that can be read aloud, and that nothing people typed can take over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import typst

from businesses import service
from businesses.agreement import sha256
from businesses.values import Acceptance, Agreement, Invitation
from tests.factories import OPENING, action, make_campaign, share
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.visiting import Visitor
from web.papers import agreement, invitation, printing
from web.views.agreement import Signature

HOSTILE = (
    '#panic("taken over")',
    '#import "@preview/evil:1.0.0": *',
    '#read("printing.py")',
    "*bold* _slanted_ `raw` $x^2$ \\ <label> @reference // gone",
    '"}, "title": "another',
    "= Heading\n\n- item ] ) }",
)


def printed(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Where the values of the next paper end up."""
    held: dict[str, Any] = {}

    def keep(template: str, values: dict[str, Any], locale: str) -> bytes:
        held.update(values)
        return b""

    monkeypatch.setattr(printing, "pdf", keep)
    return held


def strings(value: Any) -> Iterator[str]:
    """Every text in the elements of a document."""
    if isinstance(value, dict):
        if value.get("func") == "text":
            yield value["text"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from strings(each)


def elements(values: dict[str, Any], selector: str) -> list[str]:
    """The texts of a kind of element of the agreement's paper, as the compiler understood them."""
    found = typst.query(
        printing.TEMPLATES / "agreement.typ",
        selector,
        root=printing.TEMPLATES,
        ignore_system_fonts=True,
        sys_inputs=printing.inputs(values, "en"),
    )
    return list(strings(json.loads(found)))


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_people_typed_is_shown_and_never_evaluated(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"Agreement\n\n{typed}"
    held = printed(monkeypatch)
    side = Signature("business", typed, accepted=True, lines=(typed,))
    agreement.pdf(make_campaign(title=typed), Agreement("b", text, sha256(text)), (side,), typed)
    monkeypatch.undo()
    assert typed in elements(held, "par")
    assert "taken over" not in elements(held, "heading")
    assert printing.pdf("agreement", held, "en").startswith(b"%PDF-")


def test_a_paper_is_tagged_titled_and_in_the_campaigns_language() -> None:
    text = "Vereinbarung\n\nDer Tag\n- Samstag\n\nVersprechen\n1. Wir geben 40 %.\n   Nachweis: Rechnung"
    made = Agreement("b", text, sha256(text), (Acceptance("business", "Petra", OPENING, "invitation_link"),))
    paper = agreement.pdf(make_campaign(language="de"), made, (), "https://example.org/a")
    assert b"/StructTreeRoot" in paper
    assert b"/Lang(de)" in paper
    assert b"pdfuaid:part" in paper
    assert agreement.pdf(make_campaign(language="de"), made, (), "https://example.org/a") == paper


def test_clauses_keep_their_numbers_and_what_belongs_to_them(monkeypatch: pytest.MonkeyPatch) -> None:
    held = printed(monkeypatch)
    text = "Title\n\nBetween A and B.\n\nWhat A promises\n1. We will give.\n   Proof: invoice\n2. We will stock.\n"
    agreement.pdf(make_campaign(), Agreement("b", text, sha256(text)), (), "")
    assert held["title"] == "Title"
    between, promises = held["parts"]
    assert between == {"heading": None, "clauses": [{"mark": "", "lines": ["Between A and B."]}]}
    assert promises["heading"] == "What A promises"
    assert promises["clauses"][0] == {"mark": "1", "lines": ["We will give.", "Proof: invoice"]}
    assert promises["clauses"][1] == {"mark": "2", "lines": ["We will stock."]}


def test_the_agreement_can_be_had_as_a_pdf_by_anybody(story: Story, visitor: Visitor) -> None:
    story.open()
    story.bid("bella", share("35"), action(definition="within 50 km"))
    address = f"/campaigns/{story.slug}/agreement.pdf"
    assert visitor.get(address).status_code == 404
    story.wait(days=6)
    story.sign("bella")
    answer = visitor.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert visitor.get(address, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    assert f"{address}?bid=" in visitor.get(f"/campaigns/{story.slug}/agreement").text


def test_an_invitation_is_a_letter_for_its_organizers_with_the_code_of_its_link(story: Story, visitor: Visitor) -> None:
    story.open()
    made, _ = story.do(service.invite, KEYS, story.owner, story.slug, "Bella *Café*")
    page = f"/organize/{story.slug}/invitations/{made.id}"
    assert visitor.get(f"{page}/letter.pdf").url.path == "/sign-in"
    visitor.sign_in("owner@example.org")
    assert f'href="{page}/letter.pdf"' in visitor.get(page).text
    answer = visitor.get(f"{page}/letter.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert b"pdfuaid:part" in answer.content
    assert visitor.get(f"/organize/{story.slug}/invitations/none/letter.pdf").status_code == 404


def test_a_letter_says_who_asks_and_shows_what_was_typed_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    held = printed(monkeypatch)
    asked = Invitation("i", "c", HOSTILE[0], "", OPENING, None, None)
    invitation.pdf(make_campaign(language="de"), asked, ["Lea", "Ben"], "https://example.org/claim?token=x")
    assert held["asking"] == "Lea, Ben"
    assert HOSTILE[0] in held["title"]
    assert held["link"]["qr"].startswith("<svg xmlns")
