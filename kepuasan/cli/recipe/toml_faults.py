"""What is wrong with a file that is no TOML: the line, and what a person would have to write there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kepuasan.wording import LANGUAGES, say

__all__ = ["TomlFault", "badly_coded", "declared_language"]

_PLACE = re.compile(r"\(at line (\d+), column \d+\)")
#: a number with a decimal comma, or thousands apart, that is not in quotation marks; quoted text
_NUMBER = re.compile(r"(?:=\s*|[\[{,]\s*)(\d+(?:\.\d{3})*,\d+|\d+\.\d+(?:\.\d+)+)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
#: the language that a file declares, be it TOML or not
_LANGUAGE = re.compile(r"^\s*language\s*=\s*[\"']?(id|en)\b", re.MULTILINE)
#: what a line, without its quoted texts, or the parser's message shows, and the words for it; the first that fits
_SIGNS = (
    ("twice", r"Cannot (?:overwrite|mutate)|Cannot declare|Duplicate", ""),
    ("backslash", r"Unescaped '\\'|Invalid hex|Unicode|escape", r"\\"),
    ("curly", "", "[\u201c\u201d\u2018\u2019\u201e]"),
    ("open", r"Illegal character '\\n'|Illegal character '\\r|Unterminated|Expected '\\'' ", ""),
    ("zero", r"Found invalid character", "\x00"),
    ("bracket", r"Expected '\]|Unclosed|at the end of (?:a table|an array)", ""),
    ("value", r"Invalid value|Expected newline|Invalid date|Invalid initial", ""),
    ("equals", r"Expected '='|Invalid initial character for a key|Invalid statement", ""),
)
#: letters of a line that are shown
_SHOWN = 60


@dataclass(frozen=True)
class TomlFault:
    """What the parser found in a text; `recipe` says that numbers are not given as texts.

    Examples
    --------
    >>> f"{TomlFault('top = 0,5', 'Expected newline (at line 1, column 8)'):en}"
    "line 1, 'top = 0,5': a number with a comma; write 0.5"
    """

    text: str
    error: str
    recipe: bool = True

    def __format__(self, language: str) -> str:
        number = self._number()
        if not number:
            return say("toml.end" if "end of document" in self.error else "toml.other", language, error=self.error)
        line = self.text.splitlines()[number - 1].replace("\x00", "").strip()
        shown = line if len(line) <= _SHOWN else line[: _SHOWN - 3] + "..."
        return say("toml.line", language, line=number, text=shown, what=self._what(language, self.text.splitlines()[number - 1]))

    def _number(self) -> int:
        place = _PLACE.search(self.error)
        return int(place[1]) if place is not None and int(place[1]) <= len(self.text.splitlines()) else 0

    def _what(self, language: str, line: str) -> str:
        found = _NUMBER.search(_QUOTED.sub('""', line))
        if found is not None and self.recipe:
            return say("toml.number", language, number=_plain(found[1]))
        if found is not None:
            return say("toml.quote", language, number=found[1])
        for key, message, sign in _SIGNS:
            if (message and re.search(message, self.error)) or (key != "backslash" and sign and re.search(sign, _QUOTED.sub('""', line))):
                return say(f"toml.{key}", language, error=_PLACE.sub("", self.error).strip())
        return say("toml.other", language, error=_PLACE.sub("", self.error).strip())


def _plain(number: str) -> str:
    """A number as TOML writes it.

    Examples
    --------
    >>> _plain("57.171.000"), _plain("1.200,5")
    ('57171000', '1200.5')
    """
    whole, _, decimals = number.partition(",")
    return whole.replace(".", "") + (f".{decimals}" if decimals else "")


def declared_language(path: Path) -> str:
    """The language that a file declares, whatever its letters are; the first one where it declares none."""
    content = path.read_bytes() if path.is_file() else b""
    found = _LANGUAGE.search(content.replace(b"\x00", b"").decode("latin-1"))
    return found[1] if found is not None else LANGUAGES[0]


def badly_coded(path: Path) -> tuple[int, str]:
    """The first line of a file that is not in UTF-8, and its coding as far as it shows: ``"utf-16"`` or ``"other"``."""
    content = path.read_bytes()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content:
        return 1, "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return content.count(b"\n", 0, error.start) + 1, "other"
    return 1, "other"
