"""How an answer given as text is found: by label, by declared spelling, by code, never by likeness."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from kepuasan.codebook.parts import AnswerScale, Code, Item, Label, is_tag

__all__ = ["answers_of", "declared_texts", "folded", "spellings_of", "written_texts"]

#: punctuation that is part of what a text says
_MEANT = "%#@&/"
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`\u00b4]")
#: a sign before a number that begins the text or a bracket
_SIGN = re.compile(r"(^[\W_]*?|[(\[]\s*)[-\u2010-\u2015\u2212](?=\d)")
#: a hyphen between two numbers, of which the first does not end a word: "1-3", not "Q1-3"
_SPAN = re.compile(r"(?<![\w.,])(\d[\d.,]*)\s*[-\u2010-\u2015\u2212]\s*(?=\d)")
_INNER = re.compile(r"(?<=\d)[.,](?=\d)")
_TIGHT = re.compile(r"\s*([<>]=?|[+/%])\s*")
_COMPARED = str.maketrans({"\u2264": "<=", "\u2265": ">="})
_KEPT = {"\ue000": "-", "\ue001": ".", "\ue002": ","}

#: words that are written short everywhere
_SHORT = {"sangat": "sgt", "tidak": "tdk", "kurang": "krg", "cukup": "ckp", "belum": "blm", "sudah": "sdh", "dengan": "dgn", "yang": "yg"}
#: labels of more words are not written short
_MOST_WORDS = 8
_YES_NO = frozenset({"ya", "tidak", "yes", "no"})


def folded(text: str) -> str:
    r"""A text as it is compared: case, width, blanks, hyphens and punctuation make no difference.

    Signs and marks within numbers stay, and so do hyphens between numbers and a text that is nothing but punctuation.

    Examples
    --------
    >>> folded("  Sangat\u00a0 PUAS. "), folded("(4) Puas"), folded("4 - Puas"), folded("1 - 3 hari"), folded("---")
    ('sangat puas', '4 puas', '4 puas', '1-3 hari', '---')
    """
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).translate(_COMPARED))
    marked = _INNER.sub(lambda mark: "\ue001" if mark[0] == "." else "\ue002", _SPAN.sub("\\1\ue000", _SIGN.sub("\\1\ue000", plain)))
    bare = "".join(" " if _parts(sign, marked) else "" if unicodedata.category(sign) == "Cf" else sign for sign in marked)
    single = _TIGHT.sub(r"\1", " ".join(bare.split()))
    whole = "".join(_KEPT.get(sign, sign) for sign in single)
    return whole or " ".join(plain.split())


def _parts(sign: str, text: str) -> bool:
    """Whether a character only parts words: blanks, controls, punctuation; "=" unless the text compares."""
    if sign in "=\u2212|~^":
        return not (sign == "=" and ("<" in text or ">" in text))
    kind = unicodedata.category(sign)
    return kind[0] == "Z" or kind == "Cc" or (kind[0] == "P" and sign not in _MEANT)


def answers_of(item: Item, scale: AnswerScale | None = None) -> dict[Code, Label]:
    """The labels of the answers as a data file has them: the item's own, then those of the scale that it does not label itself.

    Where `scale` is the item's `asked_scale`, they are those of that scale alone.

    Examples
    --------
    >>> from kepuasan.scales import Scale
    >>> puas = AnswerScale("puas", Scale(1, 2), {1: "Tidak", 2: "Puas"})
    >>> answers_of(Item("speed", scale="puas", values={1: "Lambat"}), puas)[1]["id"]
    'Lambat'
    """
    if scale is None:
        return dict(item.values)
    if scale.name == item.asked_scale:
        return dict(scale.labels)
    return {**scale.labels, **item.values}


def spellings_of(item: Item, scale: AnswerScale | None = None) -> Mapping[str, Code]:
    """What answers and missing codes of an item may be called in a data file, and the code each stands for.

    Parameters
    ----------
    item : Item
    scale : AnswerScale, optional
        The scale on which the data file has the answers: that of the item's `asked_scale` where it has one, else of its `scale`.

    Returns
    -------
    mapping of folded text to code
        Look cells up by `folded(cell)`, after cells that are codes as they stand. A text that would stand for two codes is not in it.

    Notes
    -----
    First come the code itself, its labels in both languages, and the declared spellings of item and scale. Where these leave a text free: code and
    label together (``"4 - Puas"``, ``"Puas (4)"``). Where these do: initials of the label (``"SP"``; of single words only on a ladder such as
    setuju, tidak setuju), usual short forms (``"sgt puas"``), repeated words written with 2 (``"kadang2"``), the label without blanks.
    Nothing is found by likeness.

    Examples
    --------
    >>> from kepuasan.scales import Scale
    >>> puas = AnswerScale("puas", Scale(1, 2), {1: "Tidak puas", 2: "Puas"}, {2: ("oke",)})
    >>> found = spellings_of(Item("speed", scale="puas", missing={9: "Menolak"}), puas)
    >>> [found.get(folded(text)) for text in ("PUAS", "1. Tidak puas", "TP", "p", "Oke", "menolak", "tidk puas")]
    [2, 1, 1, 2, 2, 9, None]
    """
    labels = {**answers_of(item, scale), **{code: label for code, label in item.missing.items() if not is_tag(code)}}
    own = ((text, code) for code, label in labels.items() for text in (*_codes(code), *_texts(label)))
    declared = ((folded(text), code) for text, code in declared_texts(item.spellings, {} if scale is None else scale.spellings))
    known = _unambiguous([*own, *declared])
    together = _unambiguous((text, code) for code, label in labels.items() for text in _together(code, label))
    derived = _unambiguous([*_initials(labels), *((text, code) for code, label in labels.items() for text in _variants(label))])
    return {text: code for text, code in {**derived, **together, **known}.items() if code is not None}


def _unambiguous(pairs: Iterable[tuple[str, Code]]) -> dict[str, Code | None]:
    """Code by text; None where a text stands for two."""
    found: dict[str, Code | None] = {}
    for text, code in pairs:
        if text:
            found[text] = code if found.get(text, code) == code else None
    return found


def _texts(label: Label) -> list[str]:
    """The texts of a label, folded, each once."""
    return [text for text in dict.fromkeys(folded(text) for text in label.values()) if text]


def written_texts(code: Code, label: Label) -> Iterator[str]:
    """The code, the label, and both together, folded."""
    yield from _codes(code)
    yield from _texts(label)
    yield from _together(code, label)


def _codes(code: Code) -> Iterator[str]:
    """A code as a text; decimals with a comma too."""
    own = folded(str(code))
    yield own
    if isinstance(code, float):
        yield own.replace(".", ",")


def _together(code: Code, label: Label) -> Iterator[str]:
    """Code and label in one text."""
    own = folded(str(code))
    for text in _texts(label):
        yield f"{own} {text}"
        yield f"{text} {own}"


def declared_texts(*spellings: Mapping[Code, tuple[str, ...]]) -> Iterator[tuple[str, Code]]:
    """Declared spellings, as they were written, and their codes."""
    for one in spellings:
        for code, texts in one.items():
            yield from ((text, code) for text in texts if isinstance(text, str))


def _initials(labels: Mapping[Code, Label]) -> Iterator[tuple[str, Code]]:
    """First letters of the words of labels, each language by itself."""
    languages = dict.fromkeys(language for label in labels.values() for language in label)
    for language in languages:
        words = {code: folded(label.get(language, "")).split() for code, label in labels.items()}
        single = {given[0] for given in words.values() if len(given) == 1}
        repeated = {word for given in words.values() if len(given) > 1 for word in given}
        ladder = bool(single & repeated) or (bool(single) and single <= _YES_NO)
        for code, given in words.items():
            if all(word.isalpha() for word in given) and (len(given) > 1 or (ladder and given)):
                yield "".join(word[0] for word in given), code


def _variants(label: Label) -> Iterator[str]:
    """Other usual ways to write a label."""
    for text in _texts(label):
        words = text.split()
        if len(words) <= _MOST_WORDS:
            yield from (" ".join(chosen) for chosen in product(*((word, _SHORT.get(word, word)) for word in words)))
        yield "".join(words)
        if len(words) == 2 and words[0] == words[1]:
            yield f"{words[0]}2"
