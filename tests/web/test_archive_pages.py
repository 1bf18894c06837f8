"""The archive as pages: unknown stays unknown, and nothing is printed surer than it is."""

from __future__ import annotations

import pytest

from campaigns.archive import rows, service
from campaigns.archive.rules import FIGURES
from tests.architecture.house import ROOT
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of
from web.views.archive import NAMES

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FILE = ROOT / "data" / "real-campaigns.csv"


@pytest.fixture
def filled(visitor: Visitor, story: Story) -> Visitor:
    story.do(service.import_file, rows.decode(FILE.read_bytes()), FILE.name)
    return visitor


def test_every_archived_campaign_has_its_page(filled: Visitor):
    listed = filled.get("/archive").text
    assert set(NAMES) == set(FIGURES)
    for id_ in [line.split(",")[0] for line in FILE.read_text(encoding="utf-8").splitlines()[1:]]:
        assert f'href="/archive/{id_}"' in listed
        assert filled.get(f"/archive/{id_}").status_code == 200


def test_what_sources_dispute_shows_each_side_with_its_source(filled: Visitor):
    read = text_of(filled.get("/archive/C3"))
    assert "3 hours avocadostore" in read
    assert "4 hours geb-info" in read
    assert "disputed" in read


def test_an_unsure_figure_says_so_and_an_exact_one_stands_alone(filled: Visitor):
    read = text_of(filled.get("/archive/C3"))
    assert "€2,000.84" in read
    assert "at least 400 people lower bound" in read
    assert "before 23 April 2009" in text_of(filled.get("/archive/C2"))


def test_silence_is_no_zero(filled: Visitor):
    read = text_of(filled.get("/archive/C24"))
    assert "Takings unknown" in read
    assert "€0" not in read


def test_the_archive_speaks_german_and_can_be_searched(filled: Visitor):
    assert "Deutschland" in text_of(filled.get("/archive", headers={"accept-language": "de"}))
    found = filled.get("/archive", params={"q": "toronto"}).text
    assert "/archive/C9" in found
    assert '/archive/C1"' not in found
    assert "holds nothing like this" in text_of(filled.get("/archive", params={"q": "zzz"}))


def test_an_empty_archive_and_a_wrong_address_say_so(visitor: Visitor):
    assert "The archive is empty here" in text_of(visitor.get("/archive"))
    assert visitor.get("/archive/C1").status_code == 404
