"""A report as one page of HTML: it carries its figures, runs no script and loads nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib import resources
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kepuasan.report.document import Code, Picture, Table
from kepuasan.report.rendering.texts import code_name, held
from kepuasan.wording import say

if TYPE_CHECKING:
    from kepuasan.report.document import Block, Document, Section

__all__ = ["address", "page_bytes"]

#: letters of an alternative text beyond which it stands in words below the figure
_LONG = 160
#: signs of a picture in lines that may stand in an address within double quotes as they are
_SAFE = " !'()*,-./:;=?@_~$+|[]{}^`"


def page_bytes(document: Document) -> bytes:
    """The page in UTF-8; every text of the document is escaped, and the same document gives the same bytes.

    Examples
    --------
    >>> from kepuasan.report.document import Card, Document
    >>> page = page_bytes(Document("en", "Users", "Index of 2022 is 73.7", (Card("Index", "73.7"),), ()))
    >>> b'<h1 dir="auto">Index of 2022 is 73.7</h1>' in page
    True
    """
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["held"] = held
    folder = resources.files("kepuasan.report.rendering")
    template, style = (folder.joinpath(name).read_text(encoding="utf-8") for name in ("page.html", "page.css"))
    page = environment.from_string(template).render(
        document=document,
        title=f"{document.title}: {document.finding}" if document.title else document.finding,
        sections=list(_sections(document)),
        style=Markup(style),  # noqa: S704 - a file of ours
        policy=_policy(style),
        say=lambda key: say(key, document.language),
    )
    return page.encode("utf-8", "replace")


def _policy(style: str) -> str:
    """What the browser allows the page: its own style and the pictures it carries."""
    known = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{known}'; img-src data:; base-uri 'none'; form-action 'none'"


def _sections(document: Document) -> Iterator[dict[str, Any]]:
    """The sections with what the template needs of each block; names of elements are numbers, so that no text of outside gets into them."""
    places = count(1)
    for section in document.sections:
        yield {"key": section.key, "heading": section.heading, "blocks": list(_blocks(section, places, document.language))}


def _blocks(section: Section, places: Iterator[int], language: str) -> Iterator[dict[str, Any]]:
    for block in section.blocks:
        kind = type(block).__name__.lower()
        yield {"is": kind, "block": block, "id": f"{kind}-{next(places)}", **_beside(block, language)}


def _beside(block: Block, language: str) -> dict[str, Any]:
    """What the page adds to a block: the address and the texts of a figure, the name of a code, the groups of rows of a table."""
    if isinstance(block, Picture):
        long = len(block.alt) > _LONG
        alt = say("page.figure", language, caption=block.caption.rstrip(". ")) if long else block.alt
        return {"source": address(block.svg), "alt": alt, "words": block.alt if long else ""}
    if isinstance(block, Code):
        return {"name": code_name(block.language, language)}
    if isinstance(block, Table):
        return {"groups": _groups(block)}
    return {}


def _groups(table: Table) -> list[list[tuple[str, ...]]]:
    """The rows in groups: where a row has several headers, neighbours that share the first alone, such as the waves of an item; else all of them."""
    groups: list[list[tuple[str, ...]]] = [[]]
    for row in table.rows:
        group = groups[-1]
        if not group or table.heads < 2 or (row[0] == group[0][0] and row[: table.heads] not in [one[: table.heads] for one in group]):
            group.append(row)
        else:
            groups.append([row])
    return groups


def address(svg: bytes) -> Any:
    """The address that holds a picture in lines, for an attribute in double quotes: a sixth longer than the picture; base64 would be a third longer.

    Examples
    --------
    >>> print(address(b'<svg width="9"> <path fill="#000"/></svg>'))
    data:image/svg+xml,%3Csvg width=%229%22%3E %3Cpath fill=%22%23000%22/%3E%3C/svg%3E
    """
    from markupsafe import Markup

    text = " ".join(svg.decode("utf-8").split())
    return Markup(f"data:image/svg+xml,{quote(text, safe=_SAFE)}")  # noqa: S704 - quote leaves no sign that ends the attribute
