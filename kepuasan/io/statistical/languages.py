"""Labels of Stata files in a second language, which are kept in characteristics of the variables."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Translation", "translation_of"]

#: how names of label languages begin, by our language
_NAMES = {"id": ("id", "in", "bahasa"), "en": ("en", "ing")}


@dataclass(frozen=True)
class Translation:
    """Labels in a second language.

    Attributes
    ----------
    language : str
        That of these labels; the file's other labels are in the other one. Empty where there are none.
    labels, tables : mapping of variable to text
        Variable labels, and names of tables of value labels.
    """

    language: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)


def translation_of(path: Path) -> Translation:
    """The labels in Indonesian or English that a .dta of Stata 13 or later has beside its own, where it has both."""
    try:
        found = {(variable, name): text for variable, name, text in _characteristics(path)}
    except (struct.error, ValueError, IndexError, OSError, OverflowError):
        return Translation()
    names = found.get(("_dta", "_lang_list"), "").split()
    own = found.get(("_dta", "_lang_c"), "")
    languages = {name: _language(name) for name in names}
    other = next((name for name in names if name != own and languages[name]), "")
    if not other or (languages.get(own) or ({"id", "en"} - {languages[other]}).pop()) == languages[other]:
        return Translation()
    if own != "default" and not languages.get(own):
        return Translation()
    labels = {variable: text for (variable, name), text in found.items() if name == f"_lang_v_{other}"}
    tables = {variable: text for (variable, name), text in found.items() if name == f"_lang_l_{other}"}
    return Translation(languages[other], labels, tables)


def _language(name: str) -> str:
    return next((language for language, begins in _NAMES.items() if name.casefold().startswith(begins)), "")


def _characteristics(path: Path) -> Iterator[tuple[str, str, str]]:
    """Variable, name and text of the characteristics of a file."""
    with path.open("rb") as file:
        head = file.read(1000)
        order = "<" if b"<byteorder>LSF" in head else ">"
        width = 33 if b"<release>117" in head else 129
        start = head.index(b"<map>") + 5
        places = struct.unpack(f"{order}14Q", head[start : start + 112])
        if not 0 < places[8] < places[9] < places[8] + (1 << 26):
            return
        file.seek(places[8])
        block = file.read(places[9] - places[8])
    at = len(b"<characteristics>")
    while block[at : at + 4] == b"<ch>":
        (length,) = struct.unpack(f"{order}I", block[at + 4 : at + 8])
        content = block[at + 8 : at + 8 + length]
        yield _text(content[:width]), _text(content[width : 2 * width]), _text(content[2 * width :])
        at += 8 + length + len(b"</ch>")


def _text(content: bytes) -> str:
    return content.split(b"\0", 1)[0].decode("utf-8", "replace")
