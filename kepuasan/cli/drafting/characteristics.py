"""Columns of characteristics: who answered, where, of which agency; known by their names and by their few codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kepuasan.codebook.roles import AGE, GROUPED, kind_of, words
from kepuasan.columns import spelled

if TYPE_CHECKING:
    from kepuasan.cli.drafting.drafts import Draft
    from kepuasan.codebook import Item

__all__ = ["AGENCY", "PROVINCE", "REGION", "Characteristics", "Columns"]

#: words in the names of columns of characteristics, in the order in which they are shown
_SEX = frozenset({"sex", "gender", "jk", "kelamin"})
_DISABILITY = frozenset({"disability", "disabilitas", "difabel"})
_DOMAINS = (_SEX, GROUPED, _DISABILITY, frozenset({"education", "pendidikan"}), frozenset({"layanan", "service"}))
PROVINCE = frozenset({"provinsi", "province", "propinsi", "prov"})
AGENCY = frozenset({"agency", "instansi", "opd", "skpd", "upp", "satker", "unit", "dinas", "kantor", "lembaga", "kementerian"})
REGION = frozenset({"region", "wilayah", "kabupaten", "kabkota", "kota", "daerah"})
#: codes and labels of women
_WOMEN = frozenset({"p", "f", "perempuan", "wanita", "female", "woman", "women"})
#: codes of a characteristic, of regions and agencies at most; words of a name that is one, and not a question
_FEW, _MANY, _SHORT = 12, 200, 6
#: ages in years, and the share of cells that must be such
_OLDEST, _MOST = 120, 0.9


class Columns:
    """Columns that every wave has, the current wave being the last."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.drafts, self.current = drafts, drafts[-1]
        self.book = self.current.book
        self.names = [str(name) for name in self.current.frame.columns if all(name in one.frame.columns for one in drafts)]

    def item(self, name: str) -> Item | None:
        """What the codebook of the current wave says of a column."""
        return self.book.items.get(name)

    def texts(self, name: str) -> list[str]:
        """What a column is called."""
        item = self.item(name)
        return [name, *(dict.fromkeys(item.label.values()) if item is not None else ())]


class Characteristics(Columns):
    """Columns by which respondents are grouped; `units` are those of sampled units, which are none."""

    def __init__(self, drafts: Sequence[Draft], units: Sequence[str] = ()) -> None:
        super().__init__(drafts)
        self.units = units

    def domains(self) -> Iterator[str]:
        """Columns of characteristics with few codes."""
        for known in _DOMAINS:
            for name in self.names:
                said = self._said(name)
                if said & known and (known is not GROUPED or said & AGE) and self._codes(name, _FEW):
                    yield name
                    break

    def first(self, known: frozenset[str]) -> str:
        """The first column whose name has such a word, with codes of groups."""
        return next((name for name in self.names if self._said(name) & known and self._codes(name, _MANY)), "")

    def _said(self, name: str) -> set[str]:
        """The words of a column's name and label, where these are short."""
        said = [words(text) for text in self.texts(name)]
        return {word for text in said if len(text) <= _SHORT for word in text}

    def _codes(self, name: str, most: int) -> bool:
        """Whether a column is one of groups: several codes, not too many, that tell on no one."""
        item = self.item(name)
        if item is not None and (item.role is not None or item.scale is not None or item.type not in ("number", "text")):
            return False
        if name in self.units:
            return False
        return all(2 <= one.frame[name].nunique() <= min(most, len(one.frame) // 2) for one in self.drafts)

    def differs(self, name: str) -> bool:
        """Whether the first and the current wave were asked in other groups."""
        first, last = (set(map(spelled, one.frame[name].dropna().unique())) for one in (self.drafts[0], self.current))
        return first != last and bool(first & last)

    def groups(self) -> Iterator[tuple[str, str]]:
        """Vulnerable groups, each with the condition that its rows fulfil."""
        for name in (name for name in self.names if name.isidentifier()):
            said = self._said(name)
            if said & _SEX and self._codes(name, _FEW):
                code = next((code for code, texts in self._texts_of_codes(name) if _WOMEN & texts), None)
                yield from [("women", f"{name} == {code!r}")] if code is not None else []
            elif said & AGE and not said & GROUPED and self._years(name):
                yield "youth", f"{name} >= 16 and {name} <= 30"
            elif said & _DISABILITY and self._codes(name, _FEW) and 1 in [code for code, _ in self._texts_of_codes(name)]:
                yield "disability", f"{name} == 1"

    def _texts_of_codes(self, name: str) -> list[tuple[Any, set[str]]]:
        """The codes of a column as they are written in a condition, and what they are called."""
        item, codes = self.item(name), self.current.frame[name].dropna().unique()
        labels = item.all_labels() if item is not None else {}
        plain = [code if isinstance(code, str) else int(code) if float(code).is_integer() else float(code) for code in codes]
        return [(code, {text.casefold() for text in (str(code), *labels.get(code, {}).values())}) for code in plain]

    def _years(self, name: str) -> bool:
        """Whether a column holds ages in years."""
        column = self.current.frame[name].dropna()
        return (
            kind_of(column) == "number"
            and bool(len(column))
            and bool(((column >= 0) & (column <= _OLDEST)).mean() > _MOST)
            and column.nunique() > _FEW
        )
