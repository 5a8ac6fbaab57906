"""Files of SPSS, Stata and SAS, with their labels and user-missing codes: the only door to pyreadstat."""

from __future__ import annotations

import math
import warnings
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.codebook import Code, Item
from kepuasan.codebook.parts import both, is_tag, plain_code
from kepuasan.errors import DataError, DataWarning, some
from kepuasan.io.cells import tidy_text
from kepuasan.io.drafting import Raw, check_names
from kepuasan.io.moments import Family, as_moments, type_of_format

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

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


def read_statistical(path: Path) -> Raw:
    """The columns, labels and missing codes of a statistical file.

    User-missing codes of SPSS stay in the cells; tagged missing of Stata and SAS are empty cells.

    Raises
    ------
    DataError
        A file that cannot be read as what its suffix says, or that has two columns of one name.
    """
    name, family, _ = FORMATS[path.suffix.lower()]
    frame, meta = _opened(path)
    columns: dict[str, pd.Series[Any]] = {}
    items: dict[str, Item] = {}
    for column in frame.columns:
        columns[column], items[column] = _column(frame[column], meta, family, path)
    label = getattr(meta, "file_label", None)
    taken_for = f"{label.strip()} ({path.name}, {name})" if label and label.strip() else f"{path.name}, {name}"
    return Raw(pd.DataFrame(columns, index=frame.index, columns=frame.columns), taken_for, items)


def _opened(path: Path) -> tuple[pd.DataFrame, Any]:
    name, family, _ = FORMATS[path.suffix.lower()]
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            frame, meta = _parse(path)
        except Exception as error:
            reason = str(error).strip() or type(error).__name__
            raise DataError(f"{path.name} cannot be read as a {name}: {reason}; the file is damaged or of another format") from error
    check_names([str(column) for column in frame.columns], path)
    renamed = [str(warning.message) for warning in said if "duplicated" in str(warning.message)]
    if renamed:
        raise DataError(f"{path.name}: two columns have one name ({renamed[0]}); rename one of them")
    if family == "spss":
        frame = frame.rename(columns=str)
    return frame, meta


def _parse(path: Path) -> tuple[pd.DataFrame, Any]:
    """What pyreadstat makes of a file: dates as numbers, user-missing codes of SPSS in their cells."""
    import pyreadstat

    form = FORMATS[path.suffix.lower()][2]
    reader: Any
    if form == "por":
        # read_por has no argument for user-missing codes and would empty their cells; the parser behind it keeps them
        reader = partial(pyreadstat._readstat_parser.parser_entry_point, parser_format="por", user_missing=True)
    elif form == "sav":
        reader = partial(pyreadstat.read_sav, user_missing=True)
    else:
        reader = {"dta": pyreadstat.read_dta, "sas7bdat": pyreadstat.read_sas7bdat, "xport": pyreadstat.read_xport}[form]
    frame, meta = reader(path, disable_datetime_conversion=True)
    return frame, meta


# ---------------------------------------------------------------- columns


def _column(column: pd.Series[Any], meta: Any, family: Family, path: Path) -> tuple[pd.Series[Any], Item]:
    """A column with its cells as they should be, and its item."""
    name = str(column.name)
    text = meta.readstat_variable_types[name] == "string"
    labels = _labels(meta.variable_value_labels.get(name, {}), text=text)
    codes, ranges = _missing(meta.missing_ranges.get(name, []), text=text)
    if text:
        cells, kind = tidy_text(column, strip=True), "text"
    else:
        cells, kind = _numbers(column), "number"
        form = meta.original_variable_types.get(name)
        if type_of_format(form, family) != "number":
            where = f"{path.name}: column {name!r}"
            cells, codes, ranges = _without_codes(cells, codes, ranges, where)
            cells, kind = as_moments(cells, form, family, where)
    item = _item(name, meta.column_names_to_labels.get(name), kind, labels, codes, ranges)
    return cells, item


def _item(name: str, label: str | None, kind: Any, labels: Mapping[Code, str], codes: list[Code], ranges: list[tuple[float, float]]) -> Item:
    """An item of a file's own metadata; a missing code without a label has an empty name."""
    bare = Item(name, missing_ranges=tuple(ranges))
    named = {code: labels.get(code, "") for code in codes}
    named |= {code: text for code, text in labels.items() if bare.in_range(code) or _is_tagged(code, kind)}
    return Item(
        name,
        label=both(label.strip()) if label and label.strip() else both(name),
        type=kind,
        values={code: both(text) for code, text in labels.items() if code not in named},
        missing={code: both(text) for code, text in named.items()},
        missing_ranges=tuple(ranges),
    )


def _is_tagged(code: Code, kind: str) -> bool:
    return kind != "text" and isinstance(code, str)


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


def _missing(given: list[Mapping[str, Any]], *, text: bool) -> tuple[list[Code], list[tuple[float, float]]]:
    """User-missing codes, and ranges of them; a range that no code can meet is none."""
    if text:
        return list(dict.fromkeys(str(pair["lo"]).rstrip(" ") for pair in given)), []
    pairs = [(float(pair["lo"]), float(pair["hi"])) for pair in given]
    return [plain_code(low) for low, high in pairs if low == high and math.isfinite(low)], [(low, high) for low, high in pairs if low < high]


def _numbers(column: pd.Series[Any]) -> pd.Series[Any]:
    """Numbers as numpy holds them; columns in which cells are empty arrive as objects."""
    return pd.to_numeric(column) if column.dtype == object else column


def _without_codes(
    column: pd.Series[Any], codes: list[Code], ranges: list[tuple[float, float]], where: str
) -> tuple[pd.Series[Any], list[Code], list[tuple[float, float]]]:
    """A column of dates without its user-missing codes, which are no dates."""
    if not codes and not ranges:
        return column, codes, ranges
    mask = Item("date", missing=dict.fromkeys(codes, both("")), missing_ranges=tuple(ranges)).missing_mask(column)
    if mask.any():
        warnings.warn(
            f"{where} holds dates and {int(mask.sum())} user-missing codes ({some(np.unique(column[mask]))}); these cells are empty now",
            DataWarning,
            stacklevel=2,
        )
    return column.astype(np.float64).mask(mask), [], []
