"""Values of a document as what they must be, every fault noted under its key."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from kepuasan.codebook.codes import code_of, file_code, is_number
from kepuasan.codebook.parts import LANGUAGES, Code, Label, both, label_of, plain_code
from kepuasan.errors import CodebookError, nearest

__all__ = ["Values", "is_text"]


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
        if not isinstance(table, dict):
            self.say(key, f'is {table!r}; give a table such as {{1 = "Tidak puas", 2 = "Puas"}}')
            return labels
        for text, label in table.items():
            code = text if kind == "text" else code_of(text)
            if code in labels:
                self.say(key, f"the code {text} stands there twice")
            labels[code] = self.label(f"{key}.{text}", label)
        return labels

    def missing(self, key: str, value: Any, kind: str) -> dict[Code, Label]:
        """Missing codes: a table of labels, or a list of codes without names."""
        if isinstance(value, dict):
            return self.labels(key, value, kind)
        if not isinstance(value, list):
            self.say(key, f'is {value!r}; list codes as in [8, 9], or name them as in {{9 = "Menolak"}}')
            return {}
        wrong = [code for code in value if isinstance(code, bool) or not isinstance(code, (int, float, str))]
        if wrong:
            self.say(key, f'holds {wrong[0]!r}; list codes, or name them as in {{9 = "Menolak"}}')
        return {plain_code(code): both("") for code in value if code not in wrong}

    def ranges(self, key: str, value: Any) -> tuple[tuple[float, float], ...]:
        """Pairs of bounds."""
        pairs = value if isinstance(value, list) else [value]
        good = [pair for pair in pairs if isinstance(pair, list) and len(pair) == 2 and all(is_number(end) for end in pair)]
        if len(good) < len(pairs):
            self.say(key, f"is {value!r}; give pairs such as [[90, 99]], an end may be inf")
        return tuple((low, high) for low, high in good)

    def spellings(self, key: str, value: Any, kind: str) -> dict[Code, tuple[str, ...]]:
        """Texts by code: a text or a list of texts each."""
        spellings: dict[Code, tuple[str, ...]] = {}
        for text, given in self.table(key, value).items():
            code = text if kind == "text" else code_of(text)
            if code in spellings:
                self.say(key, f"the code {text} stands there twice")
            spellings[code] = (given,) if isinstance(given, str) else self.listing(f"{key}.{text}", given, is_text, "its spellings as texts")
        return spellings

    def pairs(self, key: str, value: Any, *, names: bool) -> dict[Code, Any]:
        """Codes, or names of items, by code of a data file.

        A table, whose keys that read as numbers are numbers, or a list of pairs, whose codes are as they stand.
        """
        if isinstance(value, dict):
            given = [(file_code(text), one) for text, one in value.items()]
        elif isinstance(value, list) and all(isinstance(pair, list) and len(pair) == 2 and _is_code(pair[0]) for pair in value):
            given = [(plain_code(code), one) for code, one in value]
        else:
            self.say(key, f'is {value!r}; give a table such as {{A1 = 1}}, or pairs such as [["1", 1]] where a code that reads as a number is a text')
            return {}
        pairs: dict[Code, Any] = {}
        for code, one in given:
            if code in pairs:
                self.say(key, f"the code {code} stands there twice")
            if isinstance(one, str) if names else _is_code(one):
                pairs[code] = one
            else:
                self.say(f"{key}.{code}", f"is {one!r}; give {'the name of an item' if names else 'the code that it stands for'}")
        return pairs

    def listing(self, key: str, value: Any, fits: Callable[[Any], bool], what: str) -> tuple[Any, ...]:
        """A list of what fits."""
        if isinstance(value, list) and all(fits(one) for one in value):
            return tuple(value)
        self.say(key, f"is {value!r}; list {what}")
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
        if is_number(value):
            return float(value)
        self.say(key, "is not given; it must be a number" if value is None else f"is {value!r}; it must be a number")
        return None

    def truth(self, key: str, value: Any) -> bool:
        """True or false."""
        if isinstance(value, bool):
            return value
        self.say(key, f"is {value!r}; it must be true or false")
        return False


def is_text(value: Any) -> bool:
    """Whether a value is a text."""
    return isinstance(value, str)


def _is_code(value: Any) -> bool:
    return isinstance(value, str) or (is_number(value) and abs(value) <= sys.float_info.max)
