"""Tables of a document of a word processor, as the file has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from kepuasan.report.cells import plain_text
from kepuasan.report.rendering.texts import held, right_to_left
from kepuasan.report.rendering.word_styles import TABLE_STYLE

if TYPE_CHECKING:
    from kepuasan.report.document import Card
    from kepuasan.report.rendering.fitting import Fitted

__all__ = ["cards_xml", "table_xml"]

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
#: rows whose text is longer may be cut by the end of a page
_WHOLE = 900
_GROUND = '<w:shd w:val="clear" w:color="auto" w:fill="EAF1F8"/>'


def table_xml(part: Fitted, caption: str) -> str:
    """A table whose header stands on every page, and whose rows no page cuts.

    Parameters
    ----------
    part : Fitted
    caption : str
        The text for those who do not see it.
    """
    table = part.table
    left = [place < table.heads or place in table.text for place in range(len(table.header))]
    looks = [_Cell(left=at, bold=True, shade=True, kept=True) for at in left]
    rows = [_row(_cells(table.header, part.widths, part.size, looks), head=True)]
    for count, row in enumerate(table.rows, start=1):
        last = count == len(table.rows)
        kept = part.whole and (not last or bool(table.notes))
        looks = [_Cell(left=at, bold=table.total and last, kept=kept) for at in left]
        rows.append(_row(_cells(row, part.widths, part.size, looks), whole=max(map(len, row), default=0) < _WHOLE))
    return _table(part.widths, rows, caption, total=table.total, heads=table.heads)


def cards_xml(cards: Sequence[Card], caption: str, room: float) -> str:
    """The numbers that are read first: a column each, its label above, its value large, what belongs to it below."""
    widths = [room / len(cards)] * len(cards)
    rows = [
        _row([_cell(card.label, width, 9.5, _Cell(bold=True, shade=True)) for card, width in zip(cards, widths, strict=True)], head=True),
        _row([_cell(card.value, width, 18 if len(card.value) < 9 else 13, _Cell(bold=True)) for card, width in zip(cards, widths, strict=True)]),
        _row([_cell("\n".join(card.details), width, 9.0, _Cell()) for card, width in zip(cards, widths, strict=True)]),
    ]
    return _table(widths, rows, caption, total=False, heads=0)


def _cells(texts: Sequence[str], widths: Sequence[float], size: float, looks: Sequence[_Cell]) -> list[str]:
    return [_cell(text, width, size, look) for text, width, look in zip(texts, widths, looks, strict=True)]


def _table(widths: Sequence[float], rows: Sequence[str], caption: str, *, total: bool, heads: int) -> str:
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    marks = f'w:firstRow="1" w:lastRow="{int(total)}" w:firstColumn="{int(heads > 0)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"'
    return (
        f'<w:tbl {_NAMESPACE}><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{sum(map(_twips, widths))}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0" {marks}/><w:tblCaption w:val={quoteattr(caption)}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _twips(points: float) -> int:
    return round(20 * points)


def _row(cells: Sequence[str], *, head: bool = False, whole: bool = True) -> str:
    looks = ("<w:cantSplit/>" if whole or head else "") + ("<w:tblHeader/>" if head else "")
    return f"<w:tr><w:trPr>{looks}</w:trPr>{''.join(cells)}</w:tr>"


@dataclass(frozen=True)
class _Cell:
    """How a cell looks: to the left or the right, bold, on a ground, on the page of the next row."""

    left: bool = True
    bold: bool = False
    shade: bool = False
    kept: bool = False


def _cell(text: str, width: float, size: float, look: _Cell) -> str:
    shown = held(plain_text(text))
    turned = right_to_left(shown)
    half = int(2 * size)
    weight, direction = ("<w:b/><w:bCs/>" if look.bold else ""), ("<w:rtl/>" if turned else "")
    letters = f'<w:rPr>{weight}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>{direction}</w:rPr>'
    kept, reading, side = ("<w:keepNext/>" if look.kept else ""), ("<w:bidi/>" if turned else ""), ("left" if look.left else "right")
    around = f'<w:pPr><w:pStyle w:val="Cell"/>{kept}{reading}<w:jc w:val="{side}"/></w:pPr>'
    ground, height = (_GROUND if look.shade else ""), ("bottom" if look.shade else "top")
    place = f'<w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{ground}<w:vAlign w:val="{height}"/></w:tcPr>'
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in shown.split("\n"))
    return f"<w:tc>{place}<w:p>{around}<w:r>{letters}{lines}</w:r></w:p></w:tc>"
