"""Values of a document as what they must be, every fault noted under its key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kepuasan.codebook.parts import LANGUAGES, Code, Label, both, label_of, plain_code
from kepuasan.errors import CodebookError, nearest

__all__ = ["NUMBER", "Values"]

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


class Values:
    """Reads values, and notes in ``found`` what is wrong with them."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def say(self, key: str, text: str) -> None:
        """Note a fault."""
        self.found.append(f"{key}: {text}")

    # ------------------------------------------------------------ codes and labels

    def labels(self, key: str, table: Any, kind: str) -> dict[Code, Label]:
        """Labels by code."""
        labels: dict[Code, Label] = {}
        for text, label in self.table(key, table).items():
            code = text if kind == "text" else code_of(text)
            if code in labels:
                self.say(key, f"the code {text} stands there twice")
            labels[code] = self.label(f"{key}.{text}", label)
        return labels

    def missing(self, key: str, value: Any, kind: str) -> dict[Code, Label]:
        """Missing codes: a table of labels, or a list of codes without names."""
        if not isinstance(value, list):
            return self.labels(key, value, kind)
        wrong = [code for code in value if isinstance(code, bool) or not isinstance(code, (int, float, str))]
        if wrong:
            self.say(key, f'holds {wrong[0]!r}; list codes, or name them as in {{9 = "Menolak"}}')
        return {plain_code(code): both("") for code in value if code not in wrong}

    def ranges(self, key: str, value: Any) -> tuple[tuple[float, float], ...]:
        """Pairs of bounds."""
        pairs = value if isinstance(value, list) else [value]
        good = [pair for pair in pairs if isinstance(pair, list) and len(pair) == 2 and all(_is_number(end) for end in pair)]
        if len(good) < len(pairs):
            self.say(key, f"is {value!r}; give pairs such as [[90, 99]], an end may be inf")
        return tuple((low, high) for low, high in good)

    def codes(self, key: str, value: Any) -> tuple[float, ...]:
        """Codes that are numbers."""
        if isinstance(value, list) and all(_is_number(code) for code in value):
            return tuple(value)
        self.say(key, f"is {value!r}; list the codes of the scale as numbers")
        return ()

    def label(self, key: str, value: Any) -> Label:
        """A label in both languages."""
        if isinstance(value, Mapping) and (unknown := [language for language in value if language not in LANGUAGES]):
            quote = "; a code with a decimal point stands in quotes" if unknown[0].isdigit() else ""
            self.say(key, f"has the language {unknown[0]!r}{nearest(unknown[0], LANGUAGES)}; the languages are {', '.join(LANGUAGES)}{quote}")
            return both("?")
        try:
            return label_of(value)
        except CodebookError as error:
            self.say(key, str(error))
            return both("?")

    # ------------------------------------------------------------ plain values

    def known(self, key: str, table: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        """Note the keys that are none of those known."""
        for name in table:
            if name not in keys:
                self.say(f"{key}.{name}" if key else name, f"is not known{nearest(name, keys)}; the keys are {', '.join(keys)}")

    def table(self, key: str, value: Any) -> dict[str, Any]:
        """A table."""
        if isinstance(value, dict):
            return value
        self.say(key, f"is {value!r}; it must be a table")
        return {}

    def text(self, key: str, value: Any) -> str | None:
        """A text, or None where there is none."""
        if value is None or isinstance(value, str):
            return value
        self.say(key, f"is {value!r}; it must be a text")
        return None

    def number(self, key: str, value: Any) -> float | None:
        """A number, or None where there is none."""
        if _is_number(value):
            return float(value)
        self.say(key, "is not given; it must be a number" if value is None else f"is {value!r}; it must be a number")
        return None

    def truth(self, key: str, value: Any) -> bool:
        """True or false."""
        if isinstance(value, bool):
            return value
        self.say(key, f"is {value!r}; it must be true or false")
        return False


def code_of(text: str) -> Code:
    """A key as the number it writes, or as it stands."""
    if NUMBER.fullmatch(text) is None:
        return text
    return int(text) if text.lstrip("+-").isdigit() else plain_code(float(text))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
