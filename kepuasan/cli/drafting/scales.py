"""Which columns of numbers are answers on one scale: side by side, few whole codes, none of them a characteristic of who answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.codebook.parts import AnswerScale
from kepuasan.codebook.spellings import folded
from kepuasan.scales import Scale

if TYPE_CHECKING:
    from kepuasan.codebook import Item

__all__ = ["Answers", "batteries", "says_overall"]

#: usual answer scales, the smallest first; codes above them that are usually no answer
_SCALES = ((1, 4), (1, 5), (1, 6), (1, 7), (1, 10), (0, 10))
_NONE = frozenset({8, 9, 88, 97, 98, 99})
_CODES = frozenset(range(11)) | _NONE
#: columns side by side that make a battery, and the least answer that is more than yes and no; answers that a long scale must have
_FEWEST, _LONG, _MANY = 3, 7, 5
#: words of the question on all of a service at once
_OVERALL = re.compile(r"\b(overall|keseluruhan|secara umum|umumnya|all in all|in general|generally)\b")
#: words in the names of columns that say who answered, where and how
_OF_RESPONDENTS = re.compile(
    r"\b(sex|gender|jk|kelamin|umur|usia|age|pendidikan|education|pekerjaan|occupation|job|tahun|year|bulan|month|tanggal|day|date|hari|week|wave|gelombang|"
    r"stratum|strata|psu|cluster|klaster|provinsi|province|kabupaten|kota|city|kecamatan|desa|region|wilayah|unit|anak|children|kode|code|id|no|nomor|"
    r"enumerator|surveyor|status|agama|religion|suku|interval|durasi|duration|jumlah|banyak|banyaknya|berapa|count|kelas|class|group|kelompok|channel|"
    r"kanal|saluran|jenis|tipe|type|layanan|service|disabilitas|disability|volume|population|populasi|pilot|agency|instansi|weight|bobot|income|"
    r"penghasilan|pendapatan|round|putaran|triwulan|semester|quarter|shift|loket)\b"
)


@dataclass(frozen=True)
class Answers:
    """The codes of a column in all files; None where they are not few and whole. `forced`: a draft took it for answers."""

    name: str
    codes: Set[int] | None = frozenset()
    forced: bool = False

    def beside(self, column: pd.Series[Any], item: Item, *, forced: bool) -> Answers:
        """The codes with those of a further file; labels of codes say that they are no scale of numbers."""
        few = _whole(column, item) if item.type == "number" and not item.values else None
        codes = None if few is None or self.codes is None else self.codes | few
        return replace(self, codes=codes, forced=self.forced or forced)

    @property
    def scale(self) -> tuple[tuple[int, int], frozenset[int]] | None:
        """The smallest usual scale that holds the answers, and the codes that are none; nothing where no scale does."""
        return _scale_of(self.codes or frozenset())

    @property
    def fits(self) -> bool:
        """Whether the column can be one of a battery: it has answers above yes and no, and of long scales many."""
        if self.scale is None or not self.codes:
            return False
        (_, high), none = self.scale
        answers = self.codes - none
        if max(answers) < _FEWEST or (high > _LONG and len(answers) < _MANY):
            return False
        return self.forced or not _OF_RESPONDENTS.search(folded(self.name.replace("_", " ")))


def _whole(column: pd.Series[Any], item: Item) -> frozenset[int] | None:
    """The codes of a column, without its missing ones, where they are whole and few."""
    if not pd.api.types.is_numeric_dtype(column.dtype):
        return None if column.notna().any() else frozenset()
    values = column[~item.missing_mask(column)].dropna().unique()
    if len(values) > len(_CODES):
        return None
    numbers = np.asarray(values, dtype=np.float64)
    found = frozenset(int(value) for value in numbers if np.isfinite(value) and value == round(value))
    return found if len(found) == len(numbers) and found <= _CODES else None


def _scale_of(codes: Set[int]) -> tuple[tuple[int, int], frozenset[int]] | None:
    for none in (codes & _NONE, codes & frozenset(code for code in _NONE if code > max(_SCALES[-1]))):
        answers = codes - none
        bounds = next(((low, high) for low, high in _SCALES if len(answers) > 1 and low <= min(answers) and max(answers) <= high), None)
        if bounds is not None and all(code > bounds[1] + 1 for code in none):
            return bounds, frozenset(none)
    return None


def batteries(columns: Sequence[Answers]) -> dict[str, tuple[AnswerScale, tuple[int, ...]]]:
    """The scale, and the codes of no answer, of every column that belongs to a battery.

    Parameters
    ----------
    columns : sequence of Answers
        In the order of the file.

    Examples
    --------
    >>> found = batteries([Answers(name, frozenset(codes)) for name, codes in
    ...     {"umur": {18, 60}, "cepat": {1, 2, 3}, "ramah": {2, 4, 9}, "murah": {1, 4}, "nps": {0, 10}}.items()])
    >>> {name: (scale.name, missing) for name, (scale, missing) in found.items()}["murah"]
    ('skala_1_4', (9,))
    """
    found: dict[str, tuple[AnswerScale, tuple[int, ...]]] = {}
    for run in (run for block in _blocks(columns) for run in _runs(block)):
        whole = _scale_of(frozenset().union(*(one.codes or frozenset() for one in run)))
        kept = run if len(run) >= _FEWEST else [one for one in run if one.forced]
        if whole is not None and kept:
            (low, high), none = whole
            scale = AnswerScale(f"skala_{low}_{high}", Scale(float(low), float(high)))
            found |= {one.name: (scale, tuple(sorted(none))) for one in kept}
    return found


def _blocks(columns: Iterable[Answers]) -> list[list[Answers]]:
    """Columns side by side that can be answers."""
    blocks: list[list[Answers]] = [[]]
    for one in columns:
        if one.fits:
            blocks[-1].append(one)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _runs(block: Sequence[Answers]) -> list[list[Answers]]:
    """The columns of a block by their scale; where few were answered on a part of the scale of more, they belong to that."""
    by_scale: dict[Any, list[Answers]] = {}
    for one in block:
        by_scale.setdefault(one.scale and one.scale[0], []).append(one)
    kept: dict[Any, list[Answers]] = {}
    for bounds, run in sorted(by_scale.items(), key=lambda pair: -len(pair[1])):
        home = next((large for large in kept if len(kept[large]) > len(run) and bounds[0] == large[0] and large[1] - bounds[1] == 1), bounds)
        kept.setdefault(home, []).extend(run)
    return list(kept.values())


def says_overall(*texts: str) -> bool:
    """Whether a name or a label is that of the question on all of a service at once.

    Examples
    --------
    >>> says_overall("overall"), says_overall("p12", "Kepuasan secara keseluruhan"), says_overall("u1", "Kecepatan")
    (True, True, False)
    """
    return any(_OVERALL.search(folded(text.replace("_", " "))) for text in texts)
