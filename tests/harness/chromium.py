"""Finding a browser: an installed Chromium or Chrome, else Playwright's own.

`python -m tests.harness.chromium` says what was found and, when nothing was, lets Playwright try to fetch its own.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
APPLICATIONS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/snap/bin/chromium"),
)
# A test machine's browser draws without a GPU and asks nobody anything.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def installed() -> Path | None:
    """The browser of this machine, if it has one."""
    on_path = (shutil.which(name) for name in NAMES)
    candidates = [Path(found) for found in on_path if found] + [path for path in APPLICATIONS if path.exists()]
    return candidates[0] if candidates else None


def fetched() -> Path | None:
    """The browser that Playwright has fetched for itself, if it has."""
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


def find() -> Path | None:
    """The executable to drive, or None: then the browser tests are named at the end of the run as not run."""
    return installed() or fetched()


def main() -> None:
    found = find()
    if found is None:
        sys.stdout.write("No Chromium or Chrome is installed; asking Playwright to fetch its own.\n")
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
        found = fetched()
    sys.stdout.write(f"Browser: {found or 'none, so the journeys will not run'}\n")


if __name__ == "__main__":
    main()
