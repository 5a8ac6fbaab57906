"""Files of SPSS, Stata and SAS, with their labels, user-missing codes and multiple-response sets."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.codebook import Code, Item, Label, Multiple
from kepuasan.codebook.parts import both, is_tag, plain_code
from kepuasan.errors import DataError, some
from kepuasan.files.confinement import confined
from kepuasan.io.raw import Raw, check_names
from kepuasan.io.statistical.moments import Family, as_moments, type_of_format
from kepuasan.io.statistical.parsing import texts_of
from kepuasan.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from kepuasan.codebook.parts import ItemType
    from kepuasan.io.statistical.parsing import Catalog, Column, Parsed

__all__ = ["FORMATS", "read_statistical"]

#: by suffix: what people call the format, its family, and pyreadstat's name for it
FORMATS: Mapping[str, tuple[str, Family, str]] = {
    ".sav": ("SPSS data file", "spss", "sav"),
    ".zsav": ("compressed SPSS data file", "spss", "sav"),
    ".por": ("SPSS portable file", "spss", "por"),
    ".dta": ("Stata data file", "stata", "dta"),
    ".sas7bdat": ("SAS data file", "sas", "sas7bdat"),
    ".xpt": ("SAS transport file", "sas", "xport"),
}
_PARSING = "kepuasan.io.statistical.parsing"
#: rows of a problem that are kept
_ROWS = 100
#: UTF-8 that was taken for Windows-1252: letters beyond a-z, quotes and dashes
_TWICE = re.compile("[\u00c2\u00c3][\u0080-\u00bf\u0152-\u2122]|\u00e2\u20ac[\u0080-\u2122]")


def read_statistical(path: Path, catalog: str | Path | None = None) -> Raw:
    """The columns, labels and missing codes of a statistical file.

    User-missing codes of SPSS stay in the cells; tagged missing of Stata and SAS are empty cells.

    Parameters
    ----------
    path : Path
    catalog : str or Path, optional
        SAS catalog with the labels of the formats of a .sas7bdat.

    Raises
    ------
    DataError
        A file that cannot be read as what its suffix says, or that has two columns of one name; a catalog that is none, or has no format
        of the file.
    """
    name, family, form = FORMATS[path.suffix.lower()]
    parsed: Parsed = confined(f"{_PARSING}:parse", path, form=form, name=name)
    check_names([column.name for column in parsed.columns], path)
    formats = _formats(Path(catalog), parsed, path) if catalog is not None else {}
    reading = _Reading(path.name, family, formats, parsed.second)
    cells = {column.name: reading.column(column) for column in parsed.columns}
    multiples = reading.multiples(parsed)
    reading.check_texts(parsed)
    return Raw(
        pd.DataFrame(cells, index=pd.RangeIndex(parsed.rows), columns=[column.name for column in parsed.columns], copy=False),
        f"{parsed.label} ({path.name}, {name})" if parsed.label else f"{path.name}, {name}",
        reading.items,
        multiples=multiples,
        file=path.name,
        first_row=1,
        problems=tuple(reading.problems),
    )


@dataclass
class _Reading:
    """The columns of one file, their items, and what is odd about them."""

    file: str
    family: Family
    formats: Mapping[str, Mapping[Any, str]]
    second: str
    items: dict[str, Item] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def column(self, column: Column) -> NDArray[Any] | pd.Series[Any]:
        """The cells of a column; its item is kept."""
        text = column.texts is not None
        labels = _labels(column.labels or self.formats.get(column.name, {}), text=text)
        second = _labels(column.translated_labels, text=text)
        codes, ranges = _missing(column.missing, text=text)
        kind: ItemType = "text" if text else type_of_format(column.form, self.family)
        cells: NDArray[Any] | pd.Series[Any]
        if column.texts is not None:
            cells = _text(column.cells, column.texts)
        elif kind == "number":
            cells = column.cells.astype(np.int64 if column.cells.dtype.kind in "iu" else np.float64, copy=False)
        else:
            cells, codes, ranges = self._without_codes(column, codes, ranges)
            moments = as_moments(cells, column.form, self.family)
            cells, kind = moments.cells, moments.kind
            if moments.outside.size:
                self._note("KP103", column.name, moments.outside, form=column.form)
        label = self._both(column.label or column.name, column.translated)
        named = {code: self._both(own, second.get(code, "")) for code, own in labels.items()}
        self.items[column.name] = _item(Item(column.name, label, kind, missing_ranges=tuple(ranges)), named, codes)
        return cells

    def _both(self, own: str, other: str) -> dict[str, str]:
        """A label in either language, the second one where the file has it."""
        return {**both(own), self.second: other.strip()} if self.second and other.strip() else both(own)

    def _without_codes(
        self, column: Column, codes: list[Code], ranges: list[tuple[float, float]]
    ) -> tuple[NDArray[Any], list[Code], list[tuple[float, float]]]:
        """A column of dates without its user-missing codes, which are no dates."""
        cells = column.cells.astype(np.float64)
        if not codes and not ranges:
            return cells, codes, ranges
        mask = Item("date", missing=dict.fromkeys(codes, both("")), missing_ranges=tuple(ranges)).missing_mask(pd.Series(cells))
        if mask.any():
            self._note("KP104", column.name, np.flatnonzero(mask), codes=some(plain_code(code) for code in np.unique(cells[mask])))
        return np.where(mask, np.nan, cells), [], []

    def multiples(self, parsed: Parsed) -> dict[str, Multiple]:
        """The multiple-response sets of a file; those that are none, or share a column with another, are said."""
        found: dict[str, Multiple] = {}
        taken: set[str] = set()
        for name, given in parsed.sets.items():
            items = dict.fromkeys(given["items"])
            counted = plain_code(given["counted"]) if given["counted"] is not None else None
            if len(items) < 2 or not items.keys() <= self.items.keys() or items.keys() & taken or (given["dichotomy"] and counted is None):
                self.problems.append(Problem("KP105", {"set": name}, self.file))
                continue
            taken |= items.keys()
            options: Mapping[Code, str] = {item: item for item in items} if given["dichotomy"] else dict(enumerate(items, start=1))
            found[name] = Multiple(name, both(given["label"].strip() or name), options, counted)
        return found

    def check_texts(self, parsed: Parsed) -> None:
        """Say which encoding was taken where the stated one did not fit, and where some letters look as if UTF-8 was meant."""
        if parsed.used:
            self.problems.append(Problem("KP101", {"used": parsed.used}, self.file))
        odd = list(dict.fromkeys(text for text in texts_of(parsed) if _TWICE.search(text)))
        if odd:
            self.problems.append(Problem("KP102", {"texts": some(odd, 3)}, self.file))

    def _note(self, code: str, column: str, positions: NDArray[Any], **values: Any) -> None:
        rows = tuple(int(position) + 1 for position in positions[:_ROWS])
        self.problems.append(Problem(code, values, self.file, column=column, rows=rows, count=len(positions)))


# ---------------------------------------------------------------- columns


def _text(places: NDArray[Any], texts: list[str]) -> pd.Series[Any]:
    """A column of text from its distinct texts and their places, in the dtype that pandas gives text."""
    distinct = pd.Series(texts, dtype=pd.Series([""]).dtype).array
    return pd.Series(distinct.take(places.astype(np.intp), allow_fill=True, fill_value=np.nan))


def _item(bare: Item, labels: Mapping[Code, Label], codes: list[Code]) -> Item:
    """An item with its labels; a missing code without a label has an empty name."""
    named = {code: labels.get(code, both("")) for code in codes}
    named |= {code: label for code, label in labels.items() if bare.in_range(code) or (bare.type != "text" and isinstance(code, str))}
    return replace(bare, values={code: label for code, label in labels.items() if code not in named}, missing=named)


def _labels(given: Mapping[Any, str], *, text: bool) -> dict[Code, str]:
    """Value labels in the file's order; a letter on a numeric column is a tag of empty cells, other text there labels nothing."""
    labels: dict[Code, str] = {}
    for code, label in given.items():
        if text:
            labels[str(code).rstrip(" ")] = label
        elif isinstance(code, str):
            if is_tag(f".{code.lower()}"):
                labels[f".{code.lower()}"] = label
        elif math.isfinite(code):
            labels[plain_code(code)] = label
    return labels


def _missing(given: Sequence[tuple[Any, Any]], *, text: bool) -> tuple[list[Code], list[tuple[float, float]]]:
    """User-missing codes, and ranges of them; a range that no code can meet is none."""
    if text:
        return list(dict.fromkeys(str(low).rstrip(" ") for low, _ in given)), []
    pairs = [(float(low), float(high)) for low, high in given]
    return [plain_code(low) for low, high in pairs if low == high and math.isfinite(low)], [(low, high) for low, high in pairs if low < high]


# ---------------------------------------------------------------- SAS catalogs


def _formats(catalog: Path, parsed: Parsed, path: Path) -> dict[str, Mapping[Any, str]]:
    """By column, the labels that a catalog has for its format.

    Raises
    ------
    DataError
        A catalog that is not there, is none, or has no format of the file.
    """
    if not catalog.is_file():
        raise DataError(f"there is no catalog {catalog.name!r} in {str(catalog.parent)!r}; correct the path")
    given: Catalog = confined(f"{_PARSING}:parse_catalog", catalog)
    wanted = {column.name: _format_name(column.form) for column in parsed.columns if column.form}
    found = {name: given.formats[form] for name, form in wanted.items() if form in given.formats}
    if not found:
        raise DataError(
            f"{catalog.name} has no format of a column of {path.name}: it has {some(given.formats)}, "
            f"the file {some(dict.fromkeys(wanted.values()))}; give the catalog that was made with the data"
        )
    return found


def _format_name(form: str) -> str:
    """The name of a format without its width.

    Examples
    --------
    >>> _format_name("$city12."), _format_name("SATIS4_.")
    ('$CITY', 'SATIS4_')
    """
    return re.sub(r"(?<=\D)\d*(\.\d*)?$", "", form).upper()
