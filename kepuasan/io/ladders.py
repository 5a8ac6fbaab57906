"""Answers in words that have a natural order, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from kepuasan.codebook.parts import Code
from kepuasan.codebook.spellings import folded

__all__ = ["NO_ANSWER", "Ladder", "ladder_of", "no_answer"]

#: what stands for X in templates
_X = "{x}"

#: ladders of any quality X, the lowest answer first; answers that mean the same are parted by bars
_INDONESIAN = (
    ("Tidak {x}", "Kurang {x}", "{x}", "Sangat {x}"),
    ("Sangat tidak {x}", "Tidak {x}", "{x}", "Sangat {x}"),
    ("Sangat tidak {x}", "Tidak {x}", "Cukup {x}|Netral|Biasa saja|Biasa|Ragu-ragu|Agak {x}|Sedang", "{x}", "Sangat {x}"),
    ("Tidak {x}", "Kurang {x}", "Cukup {x}|Agak {x}|Netral|Biasa saja|Ragu-ragu", "{x}", "Sangat {x}"),
    ("Sangat tidak {x}", "Tidak {x}", "Kurang {x}", "{x}", "Sangat {x}"),
    ("Sangat tidak {x}", "Kurang {x}", "Cukup {x}|Netral", "{x}", "Sangat {x}"),
    ("Sangat tidak {x}", "Tidak {x}", "Kurang {x}", "Cukup {x}|Agak {x}", "{x}", "Sangat {x}"),
)
_PREFIXES = ("sangat tidak ", "sangat ", "tidak ", "kurang ", "cukup ", "agak ")

#: English ladders, and Indonesian ones of words of their own
_FIXED = (
    ("Dissatisfied", "Somewhat dissatisfied|Less satisfied", "Satisfied", "Very satisfied"),
    ("Very dissatisfied", "Dissatisfied", "Satisfied", "Very satisfied"),
    ("Very dissatisfied", "Dissatisfied", "Neutral|Neither satisfied nor dissatisfied|Neither", "Satisfied", "Very satisfied"),
    ("Very dissatisfied", "Somewhat dissatisfied", "Somewhat satisfied", "Very satisfied"),
    (
        "Very dissatisfied",
        "Somewhat dissatisfied",
        "Neutral|Neither satisfied nor dissatisfied|Neither",
        "Somewhat satisfied",
        "Very satisfied",
    ),
    ("Strongly disagree", "Disagree", "Agree", "Strongly agree"),
    ("Strongly disagree", "Disagree", "Neutral|Neither agree nor disagree|Undecided|Neither", "Agree", "Strongly agree"),
    ("Never", "Rarely|Seldom", "Sometimes|Occasionally", "Often", "Always"),
    ("Never", "Sometimes|Occasionally", "Often", "Always"),
    ("Very poor", "Poor", "Fair|Average", "Good", "Very good|Excellent"),
    ("Poor", "Fair", "Good", "Very good", "Excellent"),
    ("Poor", "Fair", "Good", "Excellent"),
    ("Very bad", "Bad", "Good", "Very good"),
    ("Very unlikely", "Unlikely", "Neutral|Neither likely nor unlikely", "Likely", "Very likely"),
    ("Not at all important", "Slightly important", "Moderately important", "Very important", "Extremely important"),
    ("Tidak pernah", "Jarang", "Kadang-kadang|Kadang kadang|Kadang", "Sering", "Selalu"),
    ("Tidak pernah", "Kadang-kadang|Kadang kadang|Kadang", "Sering", "Selalu"),
    ("Tidak pernah", "Jarang", "Sering", "Selalu"),
    ("Sangat buruk", "Buruk", "Baik", "Sangat baik"),
    ("Sangat buruk", "Buruk", "Cukup|Sedang|Biasa saja", "Baik", "Sangat baik"),
    ("Buruk", "Cukup|Sedang", "Baik", "Sangat baik"),
    ("Sangat rendah", "Rendah", "Sedang|Cukup", "Tinggi", "Sangat tinggi"),
    ("Sangat mahal", "Cukup mahal|Mahal", "Murah", "Gratis"),
    ("Sangat lambat", "Lambat", "Cepat", "Sangat cepat"),
    ("Sangat sulit", "Sulit", "Mudah", "Sangat mudah"),
    ("Sangat sulit", "Sulit", "Biasa saja|Sedang|Netral", "Mudah", "Sangat mudah"),
)

#: answers that are none: the code and the label drafted for them, and how they are written otherwise
NO_ANSWER: dict[Code, tuple[dict[str, str], tuple[str, ...]]] = {
    8: ({"id": "Tidak tahu", "en": "Don't know"}, ("Tidak berlaku", "Not applicable", "Belum pernah", "Tidak relevan", "N/A")),
    9: ({"id": "Tidak menjawab", "en": "No answer"}, ("Tidak ada jawaban", "Menolak", "Menolak menjawab", "Refused", "Prefer not to say")),
}
_CODES = {folded(text): code for code, (label, texts) in NO_ANSWER.items() for text in (*label.values(), *texts)}


@dataclass(frozen=True)
class Ladder:
    """Answers in their order.

    Attributes
    ----------
    rungs : tuple of str
        The lowest answer first.
    others : mapping of number to texts
        What else stands on a rung, by its number counted from 1.
    """

    rungs: tuple[str, ...]
    others: dict[Code, tuple[str, ...]]

    @property
    def name(self) -> str:
        """A short name: the last word of the highest answer, and how many answers there are."""
        return f"{folded(self.rungs[-1]).split()[-1]}{len(self.rungs)}"


def no_answer(text: str) -> Code | None:
    """The code drafted for a text that says that there is no answer; None for other texts.

    Examples
    --------
    >>> no_answer("tidak tahu"), no_answer("Menolak"), no_answer("Puas")
    (8, 9, None)
    """
    return _CODES.get(folded(text))


def ladder_of(texts: Iterable[str]) -> Ladder | None:
    """The shortest ladder that holds all texts; None where there is none, or where fewer than two texts are given.

    Examples
    --------
    >>> ladder_of(["Mudah", "SANGAT MUDAH", "Kurang mudah"]).rungs
    ('Tidak mudah', 'Kurang mudah', 'Mudah', 'Sangat mudah')
    >>> ladder_of(["Agree", "Neutral"]).name, ladder_of(["Bali", "Aceh"])
    ('agree5', None)
    """
    seen = {folded(text) for text in texts}
    if len(seen) < 2:
        return None
    holding = [rungs for rungs in (*_templates(seen), *_FIXED) if seen <= _all_texts(rungs)]
    if not holding:
        return None
    chosen = [rung.split("|") for rung in min(holding, key=len)]
    shown = [next((text for text in rung if folded(text) in seen), rung[0]) for rung in chosen]
    others: dict[Code, tuple[str, ...]] = {
        place: tuple(text for text in rung if text != shown[place - 1]) for place, rung in enumerate(chosen, 1) if len(rung) > 1
    }
    return Ladder(tuple(shown), others)


def _templates(seen: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Ladders of the qualities that stand behind words such as "sangat"."""
    qualities = [text.removeprefix(prefix) for text in seen for prefix in _PREFIXES if text.startswith(prefix)]
    for quality in dict.fromkeys(sorted(qualities, key=lambda one: (len(one), one))):
        for rungs in _INDONESIAN:
            yield tuple("|".join(text.replace(_X, quality).capitalize() for text in rung.split("|")) for rung in rungs)


def _all_texts(rungs: Iterable[str]) -> set[str]:
    return {folded(text) for rung in rungs for text in rung.split("|")}
