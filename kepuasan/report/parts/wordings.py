"""What an item was asked as: its question, answers and codes that are no answer, in words; and what two waves asked otherwise."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kepuasan.codebook.roles import IDENTIFIERS, NUMBERED, OF_PERSONS, PLACES, REACHED, compact, words
from kepuasan.columns import spelled
from kepuasan.report.parts.differences import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kepuasan.codebook import Codebook, Item, Label
    from kepuasan.codebook.parts import Code
    from kepuasan.report.voice import Voice

__all__ = ["answers_of", "differences_between", "missing_of", "question_of", "tells_person"]

#: words of columns that tell a person, besides those of numbers, names and places
_PERSONAL = ("email", "surel", "alamat", "address", "dob", "birthdate", "lahir")
#: answers that are written out, at most
_MOST = 12


def question_of(book: Codebook, item: str, voice: Voice) -> str:
    """The wording of an item, which says so where a high answer is a bad one; nothing where the codebook has none."""
    one = book.items[item]
    text = "" if one.question is None else one.question[voice.language].strip()
    return voice.say("questionnaire.reverse", question=text) if text and one.reverse else text


def answers_of(book: Codebook, item: str, voice: Voice) -> str:
    """The answers of an item: codes with their labels, or what may be answered where codes have none."""
    one = book.items[item]
    texts = [_coded(spelled(code), label, voice) for code, label in _answers(book, one).items()]
    more = [] if len(texts) <= _MOST else [voice.say("questionnaire.more", count=voice.whole(len(texts) - _MOST))]
    bounds = _bounds(book, one)
    if bounds is None:
        return listed([*texts[:_MOST], *more]) or voice.say(f"questionnaire.{one.type}")
    ends = [voice.say("questionnaire.bounds", low=spelled(bounds[0]), high=spelled(bounds[1]))] if len(texts) < bounds[1] - bounds[0] + 1 else []
    return listed([*ends, *texts[:_MOST], *more])


def missing_of(book: Codebook, item: str, voice: Voice) -> str:
    """The codes of an item that are no answer."""
    one = book.items[item]
    ranges = [_range(low, high, voice) for low, high in one.missing_ranges]
    return listed([*(_coded(spelled(code), label, voice) for code, label in one.missing.items()), *ranges])


def differences_between(book: Codebook, other: Codebook, item: str, voice: Voice) -> list[str]:
    """What another wave asked otherwise, in words; nothing where it asked the same."""
    if item not in other.items:
        return [voice.say("differs.lacking")]
    one, two = book.items[item], other.items[item]
    nothing, found = voice.say("differs.nothing"), []
    if _plain(one.question or one.label) != _plain(two.question or two.label):
        found.append(voice.say("differs.question", text=(two.question or two.label)[voice.language]))
    if _plainly(_answers(book, one)) != _plainly(_answers(other, two)) or _bounds(book, one) != _bounds(other, two):
        found.append(voice.say("differs.answers", text=answers_of(other, item, voice)))
    if (_plainly(one.missing), one.missing_ranges) != (_plainly(two.missing), two.missing_ranges):
        found.append(voice.say("differs.missing", text=missing_of(other, item, voice) or nothing))
    if one.reverse != two.reverse:
        found.append(voice.say("differs.reverse"))
    return found


def tells_person(item: Item) -> bool:
    """Whether an item is declared as personal or as what tells respondents apart, or is called so and has no answers to choose from."""
    if item.role is not None:
        return True
    parts = set(words(item.name))
    named = parts & {*NUMBERED, *REACHED, *PLACES, *_PERSONAL} or compact(item.name) in IDENTIFIERS
    name = parts & {"nama", "name", "surname"} and parts <= OF_PERSONS
    return bool(named or name) and not item.values and item.scale is None


def _scale(item: Item) -> str | None:
    """The scale that answers were given on."""
    return item.asked_scale or item.scale


def _answers(book: Codebook, item: Item) -> Mapping[Code, Label]:
    """The labelled answers of an item, or those of its scale."""
    scale = _scale(item)
    return item.values or ({} if scale is None or scale not in book.scales else book.scales[scale].labels)


def _bounds(book: Codebook, item: Item) -> tuple[float, float] | None:
    scale = _scale(item)
    return None if scale is None or scale not in book.scales else (book.scales[scale].scale.low, book.scales[scale].scale.high)


def _coded(code: str, label: Label, voice: Voice) -> str:
    """A code with its label, or alone where it has none or is called as it is written."""
    text = label[voice.language].strip() if label else ""
    return voice.say("questionnaire.code", code=code, label=text) if text and text != code else code


def _range(low: Code, high: Code, voice: Voice) -> str:
    """A range of codes, one end of which may be open."""
    if not isinstance(low, str) and math.isinf(low):
        return voice.say("questionnaire.open_low", high=spelled(high))
    if not isinstance(high, str) and math.isinf(high):
        return voice.say("questionnaire.open_high", low=spelled(low))
    return voice.say("questionnaire.range", low=spelled(low), high=spelled(high))


def _plain(label: Label) -> tuple[str, ...]:
    """The texts of a label without what only looks different."""
    return tuple(" ".join(text.split()) for text in label.values())


def _plainly(labels: Mapping[Code, Label]) -> dict[str, tuple[str, ...]]:
    return {spelled(code): _plain(label) for code, label in labels.items()}
