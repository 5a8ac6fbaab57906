"""What pyreadstat makes of a file, in arrays that travel well: the only door to pyreadstat, run in the second process."""

from __future__ import annotations

import codecs
import contextlib
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.errors import DataError, some
from kepuasan.io.statistical.headers import check_declared, counted_values
from kepuasan.io.statistical.languages import Translation, translation_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Catalog", "Column", "Parsed", "parse", "parse_catalog", "texts_of"]

#: whole numbers up to here are exact as floating point
_EXACT = 2**53
#: formats that do not state their rows, for which pyreadstat sets aside 100,000 of each column: so many columns at once
_AT_ONCE = 400
#: what pyreadstat calls a file that has not the form it should have
_UNREADABLE = ("invalid byte sequence", "codec can't decode", "unsupported character set", "Unable to convert string")
#: what text is taken for where it is not in the encoding its file states
_FALLBACKS = ("WINDOWS-1252", "ISO-8859-1")
#: pyreadstat's way of telling apart two columns of one name
_DUPLICATED = re.compile(r"column '(.*)' is duplicated")


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes
    ----------
    name : str
    label, form : str
        Label and display format; empty where there is none.
    cells : array (rows,)
        Numbers, whole ones in the smallest type that holds them; places in `texts` for text, -1 for an empty cell.
    texts : list of str, optional
        The distinct texts of a column of text; None for numbers.
    labels : mapping of code to label
        As the file has them.
    missing : tuple of (low, high)
        User-missing codes and ranges of SPSS.
    translated : str
    translated_labels : mapping of code to label
        Label and labels in the second language of the file; empty where it has none.
    """

    name: str
    label: str
    form: str
    cells: NDArray[Any]
    texts: list[str] | None
    labels: Mapping[Any, str]
    missing: tuple[tuple[Any, Any], ...]
    translated: str = ""
    translated_labels: Mapping[Any, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Parsed:
    """A file.

    Attributes
    ----------
    label : str
        Of the file; empty where it has none.
    columns : list of Column
    rows : int
    sets : mapping of name to mapping
        Multiple-response sets: `label`, `items`, `dichotomy`, `counted`.
    used : str
        The encoding it was read in where that is not the one it states.
    second : {"", "id", "en"}
        The language of translated labels.
    """

    label: str
    columns: list[Column]
    rows: int
    sets: Mapping[str, Mapping[str, Any]]
    used: str = ""
    second: str = ""


def parse(path: Path, form: str, name: str) -> Parsed:
    """The columns and metadata of a file.

    Parameters
    ----------
    path : Path
    form : {"sav", "por", "dta", "sas7bdat", "xport"}
        pyreadstat's name of the format.
    name : str
        What people call it, for messages.

    Raises
    ------
    DataError
        A file that is not of this format, is damaged, declares more than it can hold, or has two columns of one name.
    MemoryError
    """
    check_declared(path, form, name)
    parsed = _parsed(path, form, name, ("", *_FALLBACKS))
    if _is_utf8_taken_for_another(parsed):
        with contextlib.suppress(DataError):
            return _parsed(path, form, name, ("UTF-8",))
    return parsed


def _parsed(path: Path, form: str, name: str, encodings: Sequence[str]) -> Parsed:
    """The file in the first of the encodings in which it can be read; an empty one is the one that it states."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        frame, meta, used = _decoded(path, form, name, encodings)
    twice = list(dict.fromkeys(match[1] for match in (_DUPLICATED.search(str(warning.message)) for warning in said) if match))
    if twice:
        raise DataError(f"{path.name}: {len(twice)} column names occur twice: {some(twice)}; rename or delete all but one of each")
    nameless = [place for place, column in enumerate(frame.columns, start=1) if not isinstance(column, str)]
    if nameless:
        raise DataError(
            f"{path.name} cannot be read as a {name}: {len(nameless)} columns have no name (column {some(nameless)}); the file is damaged"
        )
    second = translation_of(path) if form == "dta" else Translation()
    columns = [_column(column, frame[column], meta, second) for column in frame.columns]
    sets = _sets(path, meta) if form == "sav" else {}
    return Parsed((meta.file_label or "").strip(), columns, len(frame), sets, used, second.language)


def texts_of(parsed: Parsed) -> Iterator[str]:
    """Every text of a file once or more: names, labels, cells."""
    yield parsed.label
    for column in parsed.columns:
        yield from (column.name, column.label, *column.labels.values(), *(column.texts or ()))


def _is_utf8_taken_for_another(parsed: Parsed) -> bool:
    """Whether every text with letters beyond ASCII is UTF-8 that was read as Windows-1252."""
    odd = {text for text in texts_of(parsed) if not text.isascii()}
    try:
        # a text may be cut off within a letter
        back = {codecs.getincrementaldecoder("utf-8")().decode(text.encode("cp1252")) for text in odd}
    except UnicodeError:
        return False
    return any(not text.isascii() for text in back)


def _decoded(path: Path, form: str, name: str, encodings: Sequence[str]) -> tuple[pd.DataFrame, Any, str]:
    """Frame, metadata and the encoding in which they were read."""
    reasons = []
    for encoding in encodings:
        try:
            return *_opened(path, form, **({"encoding": encoding} if encoding else {})), encoding
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a parser raises is said in one way
            reasons.append(str(error).strip() or type(error).__name__)
        if not any(sign in reasons[-1] for sign in _UNREADABLE):
            break
    if "allocate memory" in reasons[0]:
        raise MemoryError
    raise DataError(f"{path.name} cannot be read as a {name}: {reasons[0]}; the file is damaged or of another format")


def _opened(path: Path, form: str, **options: Any) -> tuple[pd.DataFrame, Any]:
    """What pyreadstat makes of a file: dates as numbers, user-missing codes of SPSS in their cells."""
    reader = partial(_reader(form), path, disable_datetime_conversion=True, **options)
    if form not in ("por", "xport"):
        frame, meta = reader()
        return frame, meta
    names = reader(metadataonly=True)[1].column_names
    if len(names) <= _AT_ONCE:
        frame, meta = reader()
        return frame, meta
    parts = [reader(usecols=names[first : first + _AT_ONCE]) for first in range(0, len(names), _AT_ONCE)]
    return pd.concat([frame for frame, _ in parts], axis=1), _joined([meta for _, meta in parts])


def _reader(form: str) -> Any:
    import pyreadstat

    if form == "por":
        # read_por has no argument for user-missing codes and would empty their cells; the parser behind it keeps them
        return partial(pyreadstat._readstat_parser.parser_entry_point, parser_format="por", user_missing=True)
    if form == "sav":
        return partial(pyreadstat.read_sav, user_missing=True)
    return {"dta": pyreadstat.read_dta, "sas7bdat": pyreadstat.read_sas7bdat, "xport": pyreadstat.read_xport}[form]


def _joined(parts: list[Any]) -> Any:
    """The metadata of a file whose columns were read in parts."""
    whole = parts[0]
    for part in parts[1:]:
        for attribute in ("column_names_to_labels", "variable_value_labels", "missing_ranges", "readstat_variable_types", "original_variable_types"):
            getattr(whole, attribute).update(getattr(part, attribute))
    return whole


# ---------------------------------------------------------------- columns


def _column(name: str, cells: pd.Series[Any], meta: Any, second: Translation) -> Column:
    text = meta.readstat_variable_types[name] == "string"
    places, texts = _distinct(cells) if text else (_numbers(cells), None)
    return Column(
        name,
        (meta.column_names_to_labels.get(name) or "").strip(),
        meta.original_variable_types.get(name) or "",
        places,
        texts,
        meta.variable_value_labels.get(name, {}),
        tuple((pair["lo"], pair["hi"]) for pair in meta.missing_ranges.get(name, ())),
        second.labels.get(name, "").strip(),
        meta.value_labels.get(second.tables.get(name, ""), {}),
    )


def _distinct(cells: pd.Series[Any]) -> tuple[NDArray[Any], list[str]]:
    """Texts without trailing blanks, each once, and the place of each cell among them; an empty text is an empty cell."""
    places, found = pd.factorize(cells)
    if not len(found):
        return places.astype(np.int8), []
    stripped, texts = pd.factorize(np.array([str(text).rstrip(" ") or None for text in found], dtype=object))
    return _small(np.append(stripped, -1)[places]), [str(text) for text in texts]


def _numbers(cells: pd.Series[Any]) -> NDArray[Any]:
    """Numbers, in the smallest type of whole numbers where all are whole and none is empty."""
    numbers = (pd.to_numeric(cells) if cells.dtype == object else cells).to_numpy()
    if numbers.dtype.kind != "f" or not len(numbers):
        return _small(numbers) if numbers.dtype.kind in "iu" else numbers.astype(np.float64)
    low, high = numbers.min(), numbers.max()
    if not (low > -_EXACT and high < _EXACT):
        return numbers
    whole = numbers.astype(np.min_scalar_type(-int(max(abs(low), abs(high))) - 1))
    return whole if np.array_equal(whole, numbers) else numbers


def _small(whole: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers in the smallest type that holds them."""
    most = int(max(abs(int(whole.min())), abs(int(whole.max())))) if len(whole) else 0
    return whole.astype(np.min_scalar_type(-most - 1))


# ---------------------------------------------------------------- sets and catalogs


def _sets(path: Path, meta: Any) -> dict[str, dict[str, Any]]:
    """Multiple-response sets with what counts as chosen, which pyreadstat gives for numbers only."""
    found = getattr(meta, "mr_sets", None) or {}
    counted = counted_values(path, meta.file_encoding or "utf-8") if found else {}
    sets = {}
    for name, given in found.items():
        items = [str(item) for item in given["variable_list"]]
        text = bool(items) and meta.readstat_variable_types.get(items[0]) == "string"
        code: Any = counted.get(name.casefold())
        if code is not None and not text:
            code = _number(code)
        dichotomy = bool(given["is_dichotomy"])
        sets[name] = {"label": given["label"], "items": items, "dichotomy": dichotomy, "counted": code if dichotomy else None}
    return sets


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Catalog:
    """A SAS catalog: by name of the format, the labels of its codes."""

    formats: Mapping[str, Mapping[Any, str]]


def parse_catalog(path: Path) -> Catalog:
    """The formats of a SAS catalog.

    Raises
    ------
    DataError
        A file that is none, or is damaged.
    """
    import pyreadstat

    reason = "it holds no formats"
    formats: Mapping[str, Mapping[Any, str]] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            formats = pyreadstat.read_sas7bcat(path)[1].value_labels
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a parser raises is said in one way
            reason = str(error).strip() or type(error).__name__
    if not formats:
        raise DataError(f"{path.name} cannot be read as a SAS catalog of formats: {reason}; give the .sas7bcat that was made with the data")
    return Catalog({str(name).upper(): dict(labels) for name, labels in formats.items()})
