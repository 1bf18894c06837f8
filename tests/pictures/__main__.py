"""`python -m tests.pictures`: the README's pictures, taken of the demo's real pages on a phone of 360 by 740."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from core.settings import Settings
from tests.harness import chromium
from tests.harness.browsers import PHONE
from tests.harness.servers import free_socket, serving, url_of
from web.app import create_app
from web.demo.seed import prepare

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
COLOURS = 64
BELLA = "bella-cafe-will-insulate-its-walls-if-we-spend-5-000"
LINDE = "eleven-promises-for-more-local-food-and-less-waste"


def main() -> int:
    with TemporaryDirectory() as home:
        bound = free_socket()
        settings = Settings(home=Path(home), base_url=url_of(bound), demo=True, rate_limit="off")
        prepare(settings)
        with serving(create_app(settings), bound) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
            page = browser.new_page(**PHONE, locale="en-GB", color_scheme="light")
            take(page, url)
            browser.close()
    return 0


def take(page: Page, url: str) -> None:
    page.goto(f"{url}/campaigns/{BELLA}")
    keep(page, "campaign")
    page.goto(f"{url}/campaigns/{LINDE}/follow")
    page.locator("article.slip").first.evaluate("slip => slip.scrollIntoView()")
    keep(page, "follow")
    page.goto(f"{url}/campaigns/{BELLA}")
    page.locator("#pledge label.chip").nth(1).click()
    page.locator("#pledge input[type=email]").fill("lea@posteo.example")
    page.locator("#pledge button").click()
    page.wait_for_url("**/tickets/**")
    keep(page, "ticket")


def keep(page: Page, name: str) -> None:
    """Save what the phone shows, in few colours: a repository is no album."""
    target = FOLDER / f"{name}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target)
    with Image.open(target) as picture:
        picture.convert("RGB").quantize(COLOURS).save(target, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
