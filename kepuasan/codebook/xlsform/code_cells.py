"""Cells that hold several codes: answers, missing codes, recodes, spellings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kepuasan.codebook.codes import reads_as_number
from kepuasan.codebook.parts import Code, Label, both
from kepuasan.codebook.xlsform.cells import Token, listed, pieces, token_of
from kepuasan.codebook.xlsform.rows import Row

__all__ = ["answers_in", "in_files", "missing_in", "spelled_in"]

_END = r"([+-]?(?:inf|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?))"
_RANGE = re.compile(rf"{_END}?(?::|(?<=\d)[-\u2013](?=\d)){_END}?", re.ASCII)
#: before a further answer of a cell that writes "=" between code and label; of one that numbers its answers
_NEXT = re.compile(r"[,|](?=\s*(?:[+-]?\d+|[^\W\d][\w.+-]*)\s*=)")
_NEXT_NUMBERED = re.compile(r"[,|](?=\s*\(?[+-]?\d+(?:\)|[.:]\s))")
_NUMBERED = re.compile(r"\(?([+-]?\d+)\s*(?:\)\s*|\.\s+|:\s*(?!\d)|\s[-\u2013]\s+)(\S.*)", re.DOTALL)


def answers_in(row: Row) -> list[tuple[Token, Label]]:
    """Codes and labels in the column `values`: ``1=Tidak puas; 2=Puas``, or ``1. Tidak puas`` a line each."""
    found: list[tuple[Token, Label]] = []
    for piece in (part for one in pieces(row.text("values") or "", ";\n\r") for part in _answers_cut(one)):
        head, label = _parted(piece)
        numbered = _NUMBERED.fullmatch(piece) if label is None else None
        head, label = (head, label) if numbered is None else (numbered[1], numbered[2])
        code = token_of(head)
        if code is None or not label:
            row.say(f"{piece!r} is no code with its label; write such as 1=Tidak puas; 2=Puas", "values")
        elif code.code in [one.code for one, _ in found]:
            row.say(f"the code {code.text} stands there twice", "values")
        else:
            found.append((code, both(_unquoted(label))))
    return found


def _answers_cut(text: str) -> list[str]:
    """A text cut at commas before further answers; whole where it holds quotes."""
    parts = [text] if '"' in text else (_NEXT if "=" in text else _NEXT_NUMBERED).split(text)
    return [part.strip() for part in parts if part.strip()]


def missing_in(row: Row, kind: str) -> tuple[dict[Code, Label], tuple[tuple[float, float], ...]]:
    """Missing codes and ranges: ``8 9``, ``90:99``, ``9=Menolak``."""
    codes: dict[Code, Label] = {}
    ranges: list[tuple[float, float]] = []
    for piece in pieces(row.text("missing") or "", ";,\n\r"):
        head, label = _parted(piece)
        parts = pieces(head, " \t")
        if kind == "text" and not all(reads_as_number(part) for part in parts):
            parts = [head]
        tokens = [token for part in parts if (token := token_of(part)) is not None]
        if not tokens:
            row.say(f"{piece!r} names no code; write such as 9=Menolak", "missing")
        for place, token in enumerate(tokens):
            span = None if token.quoted or kind == "text" else _RANGE.fullmatch(token.text)
            if span is not None and not token.numeric:
                ranges.append((float(span[1] or "-inf"), float(span[2] or "inf")))
            else:
                codes[token.of(kind)] = both(_unquoted(label) if label and place == len(tokens) - 1 else "")
    return codes, tuple(ranges)


def _parted(piece: str) -> tuple[str, str | None]:
    """Both sides of the first "=" that does not stand in quotes; None where there is none."""
    inside = False
    for place, sign in enumerate(piece):
        inside ^= sign == '"'
        if sign == "=" and not inside:
            return piece[:place].strip(), piece[place + 1 :].strip()
    return piece, None


def _unquoted(text: str) -> str:
    token = token_of(text)
    return "" if token is None else token.text


def in_files(row: Row, kind: str, spelled: Mapping[Code, tuple[str, ...]]) -> dict[str, Any]:
    """How data files have the item."""
    return {
        "column": row.name("column"),
        "recode": {code.code: own[0].of(kind) for code, own in _pairs(row, "recode", ";,\n\r", "5 = 1; A1 = 2") if len(own) == 1},
        "asked_scale": row.name("asked_scale"),
        "spellings": {**spelled, **spelled_in(row, kind)},
        "guessed": tuple(row.names("guessed", " ,;\n\r")),
    }


def spelled_in(row: Row, kind: str) -> dict[Code, tuple[str, ...]]:
    """Spellings by code: ``4 = SP, sgt puas; 3 = P``."""
    return {code.of(kind): tuple(token.text for token in texts) for code, texts in _pairs(row, "spellings", ";\n\r", "4 = SP, sgt puas; 3 = P")}


def _pairs(row: Row, column: str, separators: str, example: str) -> list[tuple[Token, list[Token]]]:
    """What stands on both sides of "=" in each entry of a cell."""
    found: list[tuple[Token, list[Token]]] = []
    for piece in pieces(row.text(column) or "", separators):
        head, rest = _parted(piece)
        code, texts = token_of(head), listed(rest, ",")
        if code is None or not texts:
            row.say(f"{piece!r} is no pair; write such as {example}", column)
        elif code.code in [one.code for one, _ in found]:
            row.say(f"the code {code.text} stands there twice", column)
        else:
            found.append((code, texts))
    return found
