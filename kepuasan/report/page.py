"""One plain page of HTML: it carries its figures and needs no script."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from kepuasan.report.sentences import change_sentences, method_sentences, notes
from kepuasan.report.shown import Voice, finding, shown_tables

if TYPE_CHECKING:
    from kepuasan.report.results import ResultTree

__all__ = ["render_page"]


def render_page(results: ResultTree, voice: Voice, figures: Sequence[tuple[str, str, Path]]) -> str:
    """The page as text.

    Parameters
    ----------
    results : ResultTree
    voice : Voice
        Its language is that of the page.
    figures : sequence of (caption, alt text, SVG file)
        Put into the page itself, in order.

    Returns
    -------
    str
        HTML; every text of the caller is escaped.
    """
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=False, keep_trailing_newline=True)
    template = environment.from_string(resources.files("kepuasan.report").joinpath("page.html").read_text(encoding="utf-8"))
    drawings = [{"caption": caption, "alt": alt, "source": _inlined(path)} for caption, alt, path in figures]
    return template.render(
        language=voice.language,
        title=results.request.title,
        finding=finding(results, voice),
        notes=notes(results, voice),
        sentences=change_sentences(results, voice),
        drawings=drawings,
        tables=shown_tables(results, voice),
        method_heading=voice.say("heading.method"),
        method=method_sentences(results, voice),
    )


def _inlined(path: Path) -> str:
    """An SVG file as an address that holds the picture itself."""
    return f"data:image/svg+xml;base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
