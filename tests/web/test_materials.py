"""What carries a campaign elsewhere: papers, pictures, the press page, and what other sites show of it."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from campaigns.values import Goal, GoalKind
from tests.factories import action, share
from tests.web.records import Story
from tests.web.test_papers import printed
from tests.web.visiting import Visitor, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HOSTILE = 'Bread #panic("no") *& <b>"more"</b> \\ $x$'


def pledging(story: Story, visitor: Visitor, **fields: Any) -> str:
    """A campaign that takes pledges; gives the address of its page."""
    story.open(goal=Goal(GoalKind.TAKINGS, Decimal(1500)), **fields)
    story.bid("bella", share("35"), action("27"))
    story.wait(days=6)
    story.sign("bella")
    story.pledge("ada", "20")
    return f"/campaigns/{story.slug}"


@pytest.mark.parametrize("name", ["poster-a4", "poster-a3", "flyers"])
def test_posters_and_flyers_are_papers_to_print(story: Story, visitor: Visitor, name: str) -> None:
    paper = visitor.get(f"{pledging(story, visitor)}/print/{name}.pdf")
    assert (paper.status_code, paper.headers["content-type"]) == (200, "application/pdf")
    assert paper.content.startswith(b"%PDF")
    assert b"/Lang" in paper.content


@pytest.mark.parametrize(("name", "size"), [("share", (1200, 630)), ("square", (1080, 1080)), ("badge", (320, 96))])
def test_pictures_have_the_size_that_networks_show_and_load_quickly(
    story: Story, visitor: Visitor, name: str, size: tuple[int, int]
) -> None:
    page = pledging(story, visitor)
    picture = visitor.get(f"{page}/pictures/{name}.png")
    assert Image.open(BytesIO(picture.content)).size == size
    assert len(picture.content) <= 250_000
    assert picture.headers["cross-origin-resource-policy"] == "cross-origin"
    shared = visitor.get(page).text
    assert f'<meta property="og:image" content="http://testserver{page}/pictures/share.png">' in shared


def test_the_badge_is_a_vector_picture_too(story: Story, visitor: Visitor) -> None:
    badge = visitor.get(f"{pledging(story, visitor)}/pictures/badge.svg")
    assert badge.headers["content-type"] == "image/svg+xml"
    assert badge.text.lstrip().startswith("<svg")
    assert "<script" not in badge.text


@pytest.mark.parametrize("path", ["print/poster-a5.pdf", "pictures/share.svg", "pictures/share.gif", "pictures/x.png"])
def test_what_does_not_exist_is_said_not_to(story: Story, visitor: Visitor, path: str) -> None:
    answer = visitor.get(f"{pledging(story, visitor)}/{path}")
    assert answer.status_code == 404
    assert "There is no such p" in text_of(answer)


def test_a_draft_has_materials_for_its_team_alone_and_none_is_kept(story: Story, visitor: Visitor) -> None:
    visitor.sign_in("jonas@example.org")
    visitor.post("/campaigns/new", {"title": "Sun for bread", "place": "Basel"})
    paths = [
        f"/campaigns/sun-for-bread/{rest}" for rest in ("press", "widget", "pictures/share.png", "print/flyers.pdf")
    ]
    for path in paths:
        assert (visitor.get(path).status_code, visitor.get(path).headers["cache-control"]) == (200, "no-store"), path
    visitor.client.cookies.clear()
    assert [visitor.get(path).status_code for path in paths] == [404] * 4


def test_the_widget_may_stand_in_any_frame_without_cookies(story: Story, visitor: Visitor) -> None:
    page = pledging(story, visitor, language="de")
    visitor.sign_in("ada@example.org")
    widget = visitor.get(f"{page}/widget", headers={"accept-language": "en"})
    assert "frame-ancestors *" in widget.headers["content-security-policy"]
    assert "set-cookie" not in widget.headers
    assert "cookie" not in widget.headers["vary"].casefold()
    assert '<html lang="de"' in widget.text
    assert "1 Mensch" in text_of(widget) or "1 Person" in text_of(widget)
    assert "frame-ancestors 'none'" in visitor.get(page).headers["content-security-policy"]


def test_a_host_that_is_always_dark_has_a_dark_widget(story: Story, visitor: Visitor) -> None:
    page = pledging(story, visitor)
    assert 'data-theme="dark"' in visitor.get(f"{page}/widget?theme=dark").text
    assert "data-theme" not in visitor.get(f"{page}/widget").text
    assert visitor.get(f"{page}/widget?theme=%22%3E").status_code == 422


def test_the_press_page_has_facts_figures_and_code_to_paste(story: Story, visitor: Visitor) -> None:
    page = pledging(story, visitor, title=HOSTILE)
    press = visitor.get(f"{page}/press")
    told = text_of(press)
    for part in ("We will give 35% of the takings", "1 person plans to spend €20", "As of ", "Poster, A4 (PDF)"):
        assert part in told
    assert "&lt;iframe src=&#34;http://testserver" in press.text
    assert f'href="{page}/press"' in visitor.get(page).text
    visitor.sign_in("owner@example.org")
    assert f'href="{page}/press"' in visitor.get(f"/organize/{story.slug}").text


def test_what_people_typed_stays_text_on_papers_and_pictures(story: Story, visitor: Visitor) -> None:
    story.open(title=HOSTILE)
    for rest in ("print/poster-a4.pdf", "pictures/share.png", "pictures/badge.svg", "press", "widget"):
        assert visitor.get(f"/campaigns/{story.slug}/{rest}").status_code == 200, rest


def test_the_result_hangs_on_a_wall_once_it_is_final(
    story: Story, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = pledging(story, visitor, language="de")
    address = f"{page}/result/poster-a4.pdf"
    early = visitor.get(address)
    assert (early.status_code, "result/poster" in visitor.get(f"{page}/press").text) == (409, False)
    story.wait(days=15)
    story.answer(story.declare("bella", "2000.84"))
    story.finalize()
    result = visitor.get(f"{page}/result")
    assert "Final result" in text_of(result)
    assert result.headers["cache-control"] == "public, max-age=2"
    for rest in ("widget", "pictures/badge.svg"):
        assert visitor.get(f"{page}/{rest}").status_code == 200
    assert "bella schuldet jetzt 700,29" in text_of(visitor.get(f"{page}/widget"))
    for size in ("a4", "a3"):
        paper = visitor.get(f"{page}/result/poster-{size}.pdf")
        assert (paper.status_code, paper.content[:5], b"/Lang" in paper.content) == (200, b"%PDF-", True)
    for rest in ("press", "result"):
        assert address in visitor.get(f"{page}/{rest}").text
    held = printed(monkeypatch)
    visitor.get(address)
    assert (held["lang"], held["sheet"], held["short"]) == ("de", "a4", f"testserver{page}/result")
    assert "700,29" in held["headline"]
    assert held["owed"][0][1:] == ("35% x 2000.84 = 700.29", "700,29\xa0€")
    assert any("27" in promise for promise in held["watched"])


def test_there_is_no_other_size_of_the_result(story: Story, visitor: Visitor) -> None:
    assert visitor.get(f"{pledging(story, visitor)}/result/poster-a0.pdf").status_code == 422
