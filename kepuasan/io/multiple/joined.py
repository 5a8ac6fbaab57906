"""Joined cells: the options that one cell names, told apart against the options of a codebook."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kepuasan.codebook.spellings import folded, spellings_of
from kepuasan.io.platforms.visible_sets import CHOSEN

if TYPE_CHECKING:
    from kepuasan.codebook import Codebook
    from kepuasan.codebook.parts import Code, Multiple

__all__ = ["Cell", "Options", "cells_read", "options_of", "says_other"]

#: separators tried where the declared one leaves something over
_SEPARATORS = (", ", "; ", "\n", "|", " ")
#: the most that any separator parts
_PARTS = re.compile(r"[\s,;|]+")
_OTHER = re.compile(r"(-oth-|other|lainnya|lain-lain|yang lain)\s*([(:,.\u2026].*|please specify.*|specify.*|sebutkan.*)?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Options:
    """The options of a question by the texts that files write for them.

    Attributes
    ----------
    exact : mapping of text to option
    folded : mapping of folded text to option
        Without texts that two options share.
    other : option, optional
        That which stands for any other answer.
    """

    exact: Mapping[str, Code]
    folded: Mapping[str, Code]
    other: Code | None = None

    def named(self, text: str) -> Code | None:
        """The option that a text is; None where it is none."""
        plain = text.strip()
        return self.exact[plain] if plain in self.exact else self.folded.get(folded(plain))


@dataclass(frozen=True)
class Cell:
    """What one cell names: options, and texts that are none."""

    options: frozenset[Code]
    rest: tuple[str, ...] = ()


def says_other(text: str) -> bool:
    """Whether a text names the option that stands for any other answer.

    Examples
    --------
    >>> says_other("Lainnya (sebutkan)"), says_other("Other languages")
    (True, False)
    """
    return _OTHER.fullmatch(text.strip()) is not None


def options_of(multiple: Multiple, given: Codebook) -> Options:
    """The options of a question: by code, label in either language, and declared spelling.

    Labels of items may begin with that of the question (``"Channel: SMS"``).

    Examples
    --------
    >>> from kepuasan.codebook import Codebook, Item
    >>> from kepuasan.codebook.parts import Multiple
    >>> channel = Multiple("channel", "Saluran", {"sms": "channel/sms", "web": "channel/web"}, joined="channel")
    >>> items = {"channel/sms": Item("channel/sms", "Saluran: Pesan singkat"), "channel/web": Item("channel/web", "Saluran: Situs web")}
    >>> options_of(channel, Codebook(items, multiples={"channel": channel})).named("pesan singkat")
    'sms'
    """
    texts = {option: [str(option), *_item_texts(multiple, given, item)] for option, item in multiple.items.items()}
    known: dict[str, Code] = {}
    if multiple.joined in given.items:
        codes = {str(option): option for option in multiple.items}
        joined = given.items[str(multiple.joined)]
        known = {text: codes[str(code)] for text, code in spellings_of(joined).items() if str(code) in codes}
    exact, alike = _unshared(texts, str.strip), _unshared(texts, folded)
    other = next((option for option, own in texts.items() if any(map(says_other, own))), None)
    return Options(exact, {**known, **alike}, other)


def _item_texts(multiple: Multiple, given: Codebook, name: str) -> list[str]:
    """What an item says of its option."""
    item = given.items[name]
    texts = []
    for language, label in item.label.items():
        question = multiple.label.get(language, "")
        rest = label[len(question) :].lstrip(" :/|\u2013\u2014-[(").rstrip(" ])") if question and label.startswith(question) else ""
        texts += [label, rest]
    if multiple.counted is not None:
        texts += item.spellings.get(multiple.counted, ())
        texts += _own_label(multiple, given, name)
    return [text for text in texts if text.strip()]


def _own_label(multiple: Multiple, given: Codebook, name: str) -> list[str]:
    """The label of the code of an option that was chosen, where other items do not share it."""
    labels = {item: dict(given.items[item].values.get(multiple.counted or 0, {})) for item in multiple.items.values()}
    shared = sum(label == labels[name] for label in labels.values()) > 1
    return [] if shared else [text for text in labels[name].values() if text.casefold() not in CHOSEN]


def _unshared(texts: Mapping[Code, Sequence[str]], written: Callable[[str], str]) -> dict[str, Code]:
    found: dict[str, Code | None] = {}
    for option, own in texts.items():
        for text in map(written, own):
            found[text] = option if found.get(text, option) == option else None
    return {text: option for text, option in found.items() if text and option is not None}


def cells_read(texts: Sequence[str], options: Options, separator: str) -> list[Cell]:
    """What distinct cells name.

    Every way to cut a cell at its separators into options is looked at; that with the least left over is taken, among these that with fewest options,
    so that an option that contains the separator comes before its parts.

    Parameters
    ----------
    texts : sequence of str
    options : Options
    separator : str
        Where it leaves something over and another usual one does not, that one is taken for the cell.

    Examples
    --------
    >>> found = Options({"SMS": 1, "Telepon, WA": 2}, {})
    >>> [(sorted(cell.options), cell.rest) for cell in cells_read(["Telepon, WA, SMS", "SMS, surat"], found, ", ")]
    [([1, 2], ()), ([1], ('surat',))]
    """
    names = _Names(options)
    cuts = [_cut(one) for one in (separator, *(one for one in _SEPARATORS if one.strip() != separator.strip()))]
    cells = []
    for text in texts:
        read = _read(text, cuts[0], names)
        others = (_read(text, cut, names) for cut in cuts[1:] if cut.search(text)) if any(map(names.within, read.rest)) else iter(())
        cells.append(next((other for other in others if not other.rest), read))
    return cells


class _Names:
    """The names of options, looked up once for every text; most texts are ruled out by their words."""

    def __init__(self, options: Options) -> None:
        every = {*map(folded, options.exact), *options.folded}
        self.options = options
        self.longest = max((len(_PARTS.split(text)) for text in (*options.exact, *options.folded)), default=1)
        self.every = "\n".join(every)
        self.beginnings = {text[:end] for text in every for end in range(len(text) + 1)}
        self.known: dict[str, Code | None] = {}
        self.words: dict[str, str] = {}

    def named(self, text: str) -> Code | None:
        """The option that a text is; None where it is none."""
        if text not in self.known:
            self.known[text] = self.options.named(text)
        return self.known[text]

    def begins(self, text: str) -> bool:
        """Whether the name of an option may begin with the first word of a text."""
        return self._word(text) in self.beginnings

    def goes_on(self, text: str) -> bool:
        """Whether the first word of a text may stand in the name of an option."""
        return self._word(text) in self.every

    def within(self, text: str) -> bool:
        """Whether a text may hold the name of an option."""
        return any(map(self.begins, _PARTS.split(text)))

    def _word(self, text: str) -> str:
        """The first word as it is compared; nothing where it is but punctuation."""
        word = _PARTS.split(text, maxsplit=1)[0]
        if word not in self.words:
            self.words[word] = folded(word) if any(map(str.isalnum, word)) else ""
        return self.words[word]


def _cut(separator: str) -> re.Pattern[str]:
    plain = separator.strip()
    return re.compile(rf"\s*{re.escape(plain)}\s*" if plain else r"\s*\n\s*" if "\n" in separator else r"\s+")


def _read(text: str, cut: re.Pattern[str], names: _Names) -> Cell:
    """The best way to cut one cell."""
    spans = _spans(text, cut)
    count = len(spans)
    parts = [text[start:end] for start, end in spans]
    best: list[tuple[int, int]] = [(0, 0)] * (count + 1)
    taken: list[tuple[int, Code | None]] = [(1, None)] * (count + 1)
    for start in range(count - 1, -1, -1):
        best[start] = (best[start + 1][0] + 1, best[start + 1][1])
        for end in range(_reach(parts, start, names), start, -1):
            option = names.named(text[spans[start][0] : spans[end - 1][1]])
            cost = (best[end][0], best[end][1] + 1)
            if option is not None and cost < best[start]:
                best[start], taken[start] = cost, (end - start, option)
    options: set[Code] = set()
    rest: list[list[int]] = []
    place = last = 0
    while place < count:
        width, option = taken[place]
        if option is not None:
            options.add(option)
        elif rest and last == place:
            rest[-1][1] = spans[place][1]
        else:
            rest.append(list(spans[place]))
        place += width
        last = place if option is None else -1
    return Cell(frozenset(options), tuple(text[start:end] for start, end in rest))


def _reach(parts: Sequence[str], start: int, names: _Names) -> int:
    """How far the name of an option that begins with a part may reach at most."""
    if not names.begins(parts[start]):
        return start
    end = start + 1
    while end < min(len(parts), start + names.longest) and names.goes_on(parts[end]):
        end += 1
    return end


def _spans(text: str, cut: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where the parts of a cell that are not blank begin and end."""
    spans, start = [], 0
    for found in (*cut.finditer(text), None):
        end = len(text) if found is None else found.start()
        if text[start:end].strip():
            spans.append((start, end))
        start = len(text) if found is None else found.end()
    return spans
