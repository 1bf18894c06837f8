"""Pages keep a strict Content-Security-Policy: no style and no script inside them. Mails carry their own style."""

from __future__ import annotations

import re

from tests.architecture.house import ROOT, files

INLINE = re.compile(
    r"\sstyle\s*=|<style\b|<script\b(?![^>]*\bsrc=)(?![^>]*application/ld\+json)|\son[a-z]+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)


def test_no_page_carries_inline_style_or_script():
    breaches = [
        f"{path.relative_to(ROOT)}: {found.group().strip()}"
        for path in files("web/templates", suffixes=(".html", ".svg", ".xml"))
        if "mail" not in path.relative_to(ROOT).parts
        for found in INLINE.finditer(path.read_text(encoding="utf-8"))
    ]
    assert breaches == []
