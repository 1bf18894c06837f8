"""Stories and replies that people write in Markdown, made safe to show: two sieves, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

_ALLOWED = {"p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "a", "h3", "h4", "code", "pre", "hr"}


class _Renderer(RendererHTML):
    """Headings begin below the page's own."""

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"<{_below(tokens[idx].tag)}>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"</{_below(tokens[idx].tag)}>\n"


def _below(tag: str) -> str:
    return "h3" if tag in {"h1", "h2"} else "h4"


_MARKDOWN = MarkdownIt("js-default", renderer_cls=_Renderer).disable("image")


def markdown(text: str) -> Markup:
    """The story as safe HTML: no pictures, no raw HTML, links without endorsement."""
    return Markup(  # noqa: S704  # the allow-list has just been over it
        nh3.clean(
            _MARKDOWN.render(text),
            tags=_ALLOWED,
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="nofollow ugc noopener noreferrer",
        )
    )


def excerpt(text: str, length: int = 155) -> str:
    """The story's first words as plain text, for descriptions in search results and shared links."""
    words = " ".join(unescape(nh3.clean(_MARKDOWN.render(text), tags=set())).split())
    return words if len(words) <= length else words[: length - 1].rsplit(" ", 1)[0] + "…"
