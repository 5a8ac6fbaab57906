"""The door for survey files: which reader takes a file, and what becomes of the codebook and the design given with it."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kepuasan.errors import CodebookError, DataError, DataWarning, DesignError, KepuasanError, ScaleError, choose, nearest, some

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from kepuasan.codebook import Codebook
    from kepuasan.design import Design
    from kepuasan.io.raw import Raw, Reading
    from kepuasan.problems import Problem
    from kepuasan.survey import Survey

__all__ = ["SUFFIXES", "read_cells", "read_file", "read_frame", "read_raw", "read_survey"]

_STATISTICAL = (".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".xpt")
_TEXT = (".csv", ".tsv")
_WORKBOOKS = (".xlsx", ".ods")
_COLUMNAR = (".parquet", ".arrow", ".feather")
SUFFIXES = (*_STATISTICAL, *_TEXT, *_WORKBOOKS, *_COLUMNAR)
_ROLES = ("weight", "strata", "psu", "fpc", "single_psu", "nest")
#: problems of columns against the codebook, of answers against their scale, of a file without rows
_OF_COLUMNS, _OF_SCALES, _NO_ROWS = frozenset({"KP170", "KP171", "KP176"}), frozenset({"KP175"}), "KP177"


def read_survey(
    path: str | Path,
    codebook: str | Path | Codebook | None = None,
    *,
    design: Design | None = None,
    catalog: str | Path | None = None,
    decimal: str | None = None,
    **column_roles: Any,
) -> Survey:
    r"""The survey in a file, with labels, their order and user-missing codes kept.

    Parameters
    ----------
    path : str or Path
        .sav .zsav .por .dta .sas7bdat .xpt .csv .tsv .xlsx .ods .parquet .arrow or .feather. A workbook's first sheet is read, another as
        ``file.xlsx#Sheet``.
    codebook : str, Path or Codebook, optional
        What the columns mean. Columns are found by the names, labels or questions of its items, answers by their codes, labels and spellings.
        Columns it does not list are kept, with items drafted from the file. Without it the whole codebook is drafted: types, labels and
        missing codes as the file has them, and no answer scales, which a file does not state.
    design : Design, optional
        How the sample was drawn. Columns may be called as in the file or as in the codebook.
    catalog : str or Path, optional
        A catalog of formats (.sas7bcat) with the labels of a SAS file.
    decimal : {".", ","}, optional
        The decimal sign of numbers in delimited text, and of numbers written as text in workbooks, where the file itself does not settle it.
    **column_roles
        ``weight``, ``strata``, ``psu``, ``fpc``, ``single_psu``, ``nest``: a design by its arguments. Without a design or roles, the
        design of the codebook given is taken.

    Returns
    -------
    Survey
        ``.frame`` holds the codes of the file; ``.codebook.source`` says what the file was taken for, after the source of the codebook given.

    Raises
    ------
    DataError
        A file that is not there, damaged, ragged, of an unknown suffix, or without rows; cells that are not of the type declared; answers that
        no code has.
    ScaleError
        Answers off the scale declared.
    CodebookError
        A codebook that contradicts itself, or has items that are no column of the file.
    DesignError
        A design and column roles at once; an unknown role; a design that the rows contradict.

    All that is wrong with the content of a file is named at once, with the rows of the file.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "survey.csv").write_text("speed,weight\n3,1.5\n4,0.5\n")
    ...     survey = read_survey(Path(folder, "survey.csv"), weight="weight")
    >>> len(survey), survey.codebook.source
    (2, 'survey.csv, text separated by commas, UTF-8')
    """
    from kepuasan.design import Design as NoDesign
    from kepuasan.design import bind
    from kepuasan.io.matching import design_for
    from kepuasan.survey import Survey

    declared = _declared_design(design, column_roles)
    given = _given_codebook(codebook)
    reading = read_file(path, given, catalog=catalog, decimal=decimal)
    _raise_errors(reading.problems, Path(path).name)
    _warn(reading, Path(path).name)
    if declared is not None:
        declared = design_for(declared, reading)
    elif given is not None and reading.codebook.design is not None:
        declared = _design(dict(reading.codebook.design))
    try:
        return Survey.assembled(reading.frame, reading.codebook, bind(declared or NoDesign(), reading.frame), None)
    except KepuasanError as error:
        raise type(error)(f"{Path(path).name}: {error}") from error


def read_file(
    path: str | Path, given: str | Path | Codebook | None = None, *, catalog: str | Path | None = None, decimal: str | None = None
) -> Reading:
    r"""A file read whole, with everything that was found wrong, odd or done with its content.

    Raises
    ------
    KepuasanError
        A file that cannot be read at all, or a codebook that cannot.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from kepuasan.codebook import Codebook, Item
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "survey.csv").write_text("age\n30\nold\n")
    ...     reading = read_file(Path(folder, "survey.csv"), Codebook({"age": Item("age")}))
    >>> [(one.code, one.column, one.rows) for one in reading.problems]
    [('KP174', 'age', (3,))]
    """
    from kepuasan.io.drafting import settled
    from kepuasan.io.matching import matched
    from kepuasan.io.multiple.splitting import split

    book = _given_codebook(given)
    raw = read_raw(path, catalog=catalog, decimal=decimal)
    if book is not None:
        raw = split(matched(raw, book), book)
    return settled(raw, book)


def read_frame(path: str | Path, given: Codebook | None = None) -> tuple[pd.DataFrame, Codebook]:
    r"""The columns of a file in their types, and their codebook: the one given with drafted items for other columns, or a draft.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "survey.csv").write_text("speed,city\n3,Bali\n")
    ...     frame, book = read_frame(Path(folder, "survey.csv"))
    >>> frame.loc[0, "city"], book.items["speed"].type
    ('Bali', 'number')
    """
    reading = read_file(path, given)
    _raise_errors([one for one in reading.problems if one.code != _NO_ROWS], Path(path).name)
    return reading.frame, reading.codebook


def read_cells(path: str | Path) -> pd.DataFrame:
    r"""The cells of a file as they are written, rows of totals among them: those of delimited text stay text, so that ``3.30`` keeps its zero.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "table.csv").write_text("unsur,nrr\nwaktu,3.30\n")
    ...     read_cells(Path(folder, "table.csv")).loc[0, "nrr"]
    '3.30'
    """
    raw = _raw(*_file_and_sheet(path), totals=True)
    return raw.frame if raw.texts is None else raw.texts([str(name) for name in raw.frame.columns])


def read_raw(path: str | Path, *, catalog: str | Path | None = None, decimal: str | None = None) -> Raw:
    """A file as its reader leaves it, with the platform whose export it is."""
    from kepuasan.io.platforms import recognised

    if decimal is not None:
        choose("decimal", decimal, (".", ","))
    file, sheet = _file_and_sheet(path)
    if catalog is not None and file.suffix.lower() != ".sas7bdat":
        raise DataError(f"{file.name}: a catalog goes with a file of the suffix .sas7bdat; leave catalog out")
    return recognised(_raw(file, sheet, catalog, decimal), sheet)


def _raw(file: Path, sheet: str | None, catalog: str | Path | None = None, decimal: str | None = None, *, totals: bool = False) -> Raw:
    """The file by its reader; rows of totals at the end are kept where `totals` says so."""
    suffix = file.suffix.lower()
    if suffix in _STATISTICAL:
        from kepuasan.io.statistical.reading import read_statistical

        return read_statistical(file, catalog)
    if suffix in _TEXT:
        from kepuasan.io.text.reading import read_text

        return read_text(file, decimal=decimal)
    if suffix in _WORKBOOKS:
        from kepuasan.io.workbook.reading import read_workbook

        return read_workbook(file, sheet, decimal, totals=totals)
    from kepuasan.io.columnar.reading import read_columnar

    return read_columnar(file)


def _file_and_sheet(path: str | Path) -> tuple[Path, str | None]:
    """The file that is meant, which is there and of a known suffix, and the sheet named after it."""
    if not isinstance(path, (str, Path)):
        raise DataError(f"path is {path!r}; give the path of a file as a text or a Path")
    file, sheet = Path(path), None
    front, mark, back = str(path).rpartition("#")
    if mark and not file.exists() and Path(front).suffix.lower() in _WORKBOOKS:
        file, sheet = Path(front), back
    if file.is_dir():
        raise DataError(f"{file.name or str(file)!r} is a folder; give the path of a file in it")
    if file.suffix.lower() not in SUFFIXES:
        raise DataError(f"{file.name} has the suffix {file.suffix!r}{nearest(file.suffix, SUFFIXES)}; known are {' '.join(SUFFIXES)}")
    if not file.exists():
        raise DataError(f"there is no file {file.name!r} in {str(file.parent)!r}{_similar(file)}")
    try:
        with file.open("rb"):
            return file, sheet
    except OSError as error:
        raise DataError(f"{file.name} cannot be opened: {error.strerror}") from error


def _similar(file: Path) -> str:
    if not file.parent.is_dir():
        return "; the folder is not there either"
    return nearest(file.name, [other.name for other in file.parent.iterdir()]) or "; correct the path"


# ---------------------------------------------------------------- problems


def _raise_errors(problems: Iterable[Problem], name: str) -> None:
    """Refuse what numbers cannot be trusted with: one error for all of it."""
    found = [problem for problem in problems if problem.severity == "error"]
    if not found:
        return
    codes = {problem.code for problem in found}
    kind: type[KepuasanError] = CodebookError if codes & _OF_COLUMNS else ScaleError if codes <= _OF_SCALES else DataError
    lines = [problem.message() for problem in found]
    raise kind(lines[0] if len(lines) == 1 else "\n  ".join([f"{name} has {len(lines)} problems:", *lines]))


def _warn(reading: Reading, name: str) -> None:
    """Warn of what is odd, of each thing once."""
    said = {problem.message(): problem for problem in reading.problems if problem.severity == "warning"}
    for text in [*said, *_refusals(reading.frame, reading.codebook, name)]:
        warnings.warn(DataWarning(text, said.get(text)), stacklevel=3)


def _refusals(frame: pd.DataFrame, book: Codebook, name: str) -> list[str]:
    """Codes that are read as answers though their labels say that there was none."""
    from kepuasan.codebook.roles import says_no_answer

    found = [
        f"{item.name}: {code} {label['id']!r}"
        for item in book.items.values()
        for code, label in item.values.items()
        if item.name in frame.columns and any(says_no_answer(text) for text in label.values()) and frame[item.name].eq(code).any()
    ]
    what = f"{name}: {len(found)} codes whose labels say that there was no answer are read as answers ({some(found, 3)})"
    return [f"{what}; declare them missing in a codebook"] if found else []


# ---------------------------------------------------------------- codebook and design


def _given_codebook(codebook: str | Path | Codebook | None) -> Codebook | None:
    from kepuasan.codebook import Codebook as Book
    from kepuasan.codebook.labels import require_whole_labels

    if codebook is None:
        return None
    if isinstance(codebook, Book):
        require_whole_labels(codebook)
        return codebook
    if isinstance(codebook, (str, Path)):
        return Book.read(codebook)
    raise CodebookError(f"codebook is a {type(codebook).__name__}; give a Codebook or the path of a .toml or .xlsx file")


def _declared_design(design: Design | None, roles: dict[str, Any]) -> Design | None:
    if design is not None and roles:
        raise DesignError(f"design and {', '.join(roles)} are given at once; put the columns into the design, or leave it out")
    return _design(roles) if roles else design


def _design(roles: dict[str, Any]) -> Design:
    from kepuasan.design import Design as Declaration

    for role in roles:
        if role not in _ROLES:
            raise DesignError(f"{role!r} is no role of a column{nearest(role, _ROLES)}; the roles are {', '.join(_ROLES)}")
    return Declaration(**roles)
