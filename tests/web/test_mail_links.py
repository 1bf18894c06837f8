"""Every link in every mail that the demo has sent opens a page, and opening it changes nothing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import func, select
from starlette.testclient import TestClient

from core.settings import Settings
from core.tables import FactRow
from notifications import queries as mail
from web.app import create_app


def test_every_link_in_a_mail_opens_and_opening_it_does_nothing(demo_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(demo_home, tmp_path / "demo")
    app = create_app(Settings(home=home, demo=True, rate_limit="off"), worker=False)
    here = app.state.site
    with here.db.reading() as session:
        texts = [message.text for message in mail.mailbox(session, limit=5000)]
        before = session.scalar(select(func.count()).select_from(FactRow))
    links = {link.rstrip(".,)") for text in texts for link in re.findall(r"https?://\S+", text)}
    kinds = {re.sub(r"[0-9a-f]{32}|[?].*", "", urlsplit(link).path): link for link in sorted(links)}
    assert len(kinds) > 8
    with TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False) as http:
        answers = {link: http.get(local(link)).status_code for link in kinds.values()}
    assert {link: status for link, status in answers.items() if status >= 400} == {}
    with here.db.reading() as session:
        assert session.scalar(select(func.count()).select_from(FactRow)) == before


def local(link: str) -> str:
    """The link's path and query: the base differs between runs."""
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
