"""What the codebooks of two waves say differently: the mode, the answer scales, the wording, and how their files were brought to the same items."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from kepuasan.codebook import LANGUAGES
from kepuasan.codebook.roles import is_made_by_form
from kepuasan.comparing.findings import Finding, quantity
from kepuasan.comparing.harmonising import harmonised, renamed

if TYPE_CHECKING:
    from kepuasan.codebook import Codebook, Item, Label, Multiple
    from kepuasan.comparing.pairs import Pair
    from kepuasan.specification import IndexSpec

__all__ = ["mode_findings", "scale_findings", "wording_findings"]

_NOT_COMPARED = (
    "Not compared: the survey does not hold a codebook of each wave. Stack the waves with stack_waves, each with its codebook; "
    "where columns were added later, pass wave_codebooks=survey.wave_codebooks to Survey."
)
_NOT_STATED = 'The mode of {waves} is not stated in the codebook; add mode = "..." to it. A change of mode moves answers by itself.'
_CHANGED = "The waves were asked in different modes, which moves answers by itself; say so beside every change, or ask part of a wave both ways."
_ALIKE = "No difference found."
_OPTIONS = "options that differ"
_LABELS, _POINTS = "labels of codes that differ", "points of the scale that differ"
_WORDS = "share of the words that differ"
_ONCE = "asked in one wave only"


def mode_findings(pair: Pair) -> Iterator[Finding]:
    """Whether both waves were asked in one mode."""
    modes = pair.codebooks[0].mode, pair.codebooks[1].mode
    unknown = [repr(wave) for wave, mode in zip((pair.base, pair.current), modes, strict=True) if not mode]
    if unknown:
        yield Finding("mode", "", *modes, np.nan, "modes that differ", np.nan, "minor", _NOT_STATED.format(waves=" and ".join(unknown)))
        return
    differ = _plain(modes[0]) != _plain(modes[1])
    yield Finding("mode", "", *modes, float(differ), "modes that differ", np.nan, "serious" if differ else "none", _CHANGED if differ else _ALIKE)


# ---------------------------------------------------------------- scales


def scale_findings(pair: Pair, characteristics: Collection[Any]) -> Iterator[Finding]:
    """Answers that are labelled otherwise, or are more or fewer, in items that both codebooks have; and an index defined otherwise."""
    first, second = pair.codebooks
    yield from _definitions(*pair.specs)
    if not pair.comparable:
        yield Finding("scale", "", "", "", np.nan, "not compared", np.nan, "minor", _NOT_COMPARED)
        return
    wanted = {*pair.items, *characteristics}
    common = [name for name in first.items if name in second.items]
    names = [name for name in common if name in wanted or first.items[name].scale is not None]
    findings = [found for name in names for found in _answers(first.items[name], second.items[name], name in pair.items)]
    findings += [found for name in common for found in harmonised(pair, name)]
    findings += [found for name in first.multiples if name in second.multiples for found in _options(first.multiples[name], second.multiples[name])]
    yield from findings
    if not findings:
        yield Finding("scale", "", len(names), len(names), 0.0, _LABELS, np.nan, "none", f"{quantity(len(names), 'item')} compared. {_ALIKE}")


def _answers(one: Item, other: Item, of_index: bool) -> Iterator[Finding]:
    """How the labelled answers of an item differ, if they do."""
    once = [code for code in {**one.values, **other.values} if (code in one.values) != (code in other.values)]
    renamed = [code for code, label in one.values.items() if code in other.values and not _same(label, other.values[code])]
    if not once and not renamed:
        return
    if once:
        example = f"code {once[0]!r} is an answer in one wave only"
    else:
        texts = _texts(one.values[renamed[0]], other.values[renamed[0]])
        example = f"code {renamed[0]!r} is {texts[0]!r} in one wave and {texts[1]!r} in the other"
    advice = f"Other answers were offered: {example}. Compare answers that mean the same in both waves, or leave the item out of the comparison."
    size, measure = (float(len(once)), _POINTS) if once else (float(len(renamed)), _LABELS)
    yield Finding("scale", one.name, len(one.values), len(other.values), size, measure, np.nan, "serious" if of_index else "minor", advice)


def _options(one: Multiple, other: Multiple) -> Iterator[Finding]:
    """How the options of a question with several answers differ, if they do."""
    once = [code for code in {**one.items, **other.items} if (code in one.items) != (code in other.items)]
    if once:
        advice = f"Other options were offered: {once[0]!r} in one wave only, which can move the shares of the others; compare with care."
        yield Finding("scale", one.name, len(one.items), len(other.items), float(len(once)), _OPTIONS, np.nan, "minor", advice)


def _definitions(first: IndexSpec | None, second: IndexSpec | None) -> Iterator[Finding]:
    """What the two indices differ in, their items excepted."""
    if first is None or second is None:
        return
    keys = ["scoring", "level", "missing", "scale"]
    keys += ["top"] if "top-box" in (first.scoring, second.scoring) else []
    keys += ["min_answered"] if "respondents" in (first.level, second.level) else []
    for key in keys:
        one, other = getattr(first, key), getattr(second, key)
        if one != other:
            advice = f"The index is defined otherwise ({key}); give one IndexSpec for both waves: spec=."
            yield Finding("scale", "", f"{key} = {one}", f"{key} = {other}", 1.0, "definitions of the index that differ", np.nan, "serious", advice)
    if set(first.items) == set(second.items) and _weights(first) != _weights(second):
        advice = "The items' weights in the index changed; attribute_change tells what they account for in parts of their own."
        yield Finding("scale", "", "weights of its own", "weights of its own", 1.0, "definitions of the index that differ", np.nan, "minor", advice)


def _weights(spec: IndexSpec) -> dict[Any, Any]:
    """What each item weighs, or the item that says so."""
    return dict(zip(spec.items, spec.importance or spec.item_weights().round(12).tolist(), strict=True))


# ---------------------------------------------------------------- wording


def wording_findings(pair: Pair) -> Iterator[Finding]:
    """Questions that are worded otherwise, asked in one wave only, or part of one wave's index only."""
    first, second = pair.codebooks
    yield from _dropped(*pair.specs)
    if not pair.comparable:
        yield Finding("wording", "", "", "", np.nan, "not compared", np.nan, "minor", _NOT_COMPARED)
        return
    made = {name for book in (first, second) for name, item in book.items.items() if is_made_by_form(item)}
    skipped = made.union(pair.survey.design.declaration.all_columns())
    findings = [found for name in {**first.items, **second.items} if name not in skipped for found in _asked(pair, first, second, name)]
    yield from findings
    yield from (
        found for name in first.items if name in second.items and name not in skipped for found in renamed(first.items[name], second.items[name])
    )
    if not findings:
        counts = tuple(sum(name not in skipped for name in book.items) for book in (first, second))
        yield Finding("wording", "", counts[0], counts[1], 0.0, _WORDS, np.nan, "none", f"Questions and labels compared. {_ALIKE}")


def _dropped(first: IndexSpec | None, second: IndexSpec | None) -> Iterator[Finding]:
    if first is None or second is None:
        return
    for item in (*first.items, *second.items):
        if (item in first.items) != (item in second.items):
            where = ("in the index", "") if item in first.items else ("", "in the index")
            advice = "The item belongs to the index of one wave only; compare indices of the items both have: spec=IndexSpec([...])."
            yield Finding("wording", item, *where, 1.0, "items of one wave's index only", np.nan, "serious", advice)


def _asked(pair: Pair, first: Codebook, second: Codebook, name: Any) -> Iterator[Finding]:
    """How the question of an item differs, if it does."""
    one, other, of_index = first.items.get(name), second.items.get(name), name in pair.items
    if one is None or other is None:
        texts = tuple("" if item is None else _text(item.question or item.label) for item in (one, other))
        advice = "Leave the item out of what is compared." if of_index else "Not in the index; questions asked before others can move their answers."
        yield Finding("wording", name, texts[0], texts[1], 1.0, _ONCE, np.nan, "serious" if of_index else "minor", advice)
        return
    if (one.question is None) != (other.question is None):
        texts = tuple("" if item.question is None else _text(item.question) for item in (one, other))
        advice = "The question is stated in one wave's codebook only; compare the questionnaires."
        yield Finding("wording", name, texts[0], texts[1], np.nan, _WORDS, np.nan, "minor", advice)
        return
    stated = one.question is not None
    asked = (one.question, other.question) if one.question is not None and other.question is not None else (one.label, other.label)
    if not _same(*asked):
        what = "The question was worded otherwise" if stated else "The item is labelled otherwise and no question is stated"
        advice = f"{what}; if it no longer asks the same, leave it out of the comparison."
        yield Finding("wording", name, *_texts(*asked), _apart(*asked), _WORDS, np.nan, "serious" if stated and of_index else "minor", advice)


def _plain(text: str) -> str:
    """A text without what spacing and case add."""
    return " ".join(text.split()).casefold()


def _same(one: Label, other: Label) -> bool:
    return all(_plain(one[language]) == _plain(other[language]) for language in LANGUAGES)


def _text(label: Label) -> str:
    return label["en"]


def _texts(one: Label, other: Label) -> tuple[str, str]:
    """Two labels in a language in which they differ, English before Indonesian."""
    language = next((name for name in reversed(LANGUAGES) if _plain(one[name]) != _plain(other[name])), LANGUAGES[0])
    return one[language], other[language]


def _apart(one: Label, other: Label) -> float:
    """The share of the words of two texts that is not common to both, of the language in which it is larger."""
    pairs = [(_plain(one[language]).split(), _plain(other[language]).split()) for language in LANGUAGES]
    return max(1.0 - difflib.SequenceMatcher(None, *words, autojunk=False).ratio() for words in pairs)
