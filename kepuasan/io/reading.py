"""The door for survey files: which reader takes a file, and what becomes of the codebook and the design given with it."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kepuasan.errors import CodebookError, DataError, DataWarning, DesignError, KepuasanError, nearest, some

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.codebook import Codebook
    from kepuasan.design import Design
    from kepuasan.io.drafting import Raw
    from kepuasan.survey import Survey

__all__ = ["SUFFIXES", "read_cells", "read_frame", "read_survey"]

_STATISTICAL = (".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".xpt")
_TEXT = (".csv", ".tsv")
_WORKBOOKS = (".xlsx", ".ods")
SUFFIXES = (*_STATISTICAL, *_TEXT, *_WORKBOOKS, ".parquet")
#: labels of codes that are no answers
_NO_ANSWER = re.compile(r"\b(tidak tahu|tidak menjawab|menolak|don[’']?t know|refused|no answer|not applicable|tidak berlaku)\b", re.IGNORECASE)
_ROLES = ("weight", "strata", "psu", "fpc", "single_psu", "nest")


def read_survey(path: str | Path, codebook: str | Path | Codebook | None = None, *, design: Design | None = None, **column_roles: Any) -> Survey:
    r"""The survey in a file, with labels, their order and user-missing codes kept.

    Parameters
    ----------
    path : str or Path
        .sav .zsav .por .dta .sas7bdat .xpt .csv .tsv .xlsx .ods or .parquet. A workbook's first sheet is read, another as
        ``file.xlsx#Sheet``.
    codebook : str, Path or Codebook, optional
        What the columns mean. Columns it does not list are kept, with items drafted from the file. Without it the whole codebook is
        drafted: types, labels and missing codes as the file has them, and no answer scales, which a file does not state.
    design : Design, optional
        How the sample was drawn.
    **column_roles
        ``weight``, ``strata``, ``psu``, ``fpc``, ``single_psu``, ``nest``: a design by its arguments. Without a design or roles, the
        design of the codebook given is taken.

    Returns
    -------
    Survey
        ``.frame`` holds the codes of the file; ``.codebook.source`` says what the file was taken for where the codebook was drafted.

    Raises
    ------
    DataError
        A file that is not there, damaged, ragged, of an unknown suffix, or without rows; cells that are not of the type declared.
    CodebookError
        A codebook that contradicts itself, or has items that are no column of the file.
    DesignError
        A design and column roles at once; an unknown role; a design that the rows contradict.

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
    from kepuasan.survey import Survey

    declared = _declared_design(design, column_roles)
    given = _given_codebook(codebook)
    frame, book = read_frame(path, given)
    if declared is None and given is not None and given.design is not None:
        declared = _design(dict(given.design))
    if frame.empty:
        raise DataError(f"{Path(path).name} has a header but no rows; a survey needs at least one")
    _warn_of_refusals(frame, book, Path(path).name)
    try:
        return Survey(frame, codebook=book, design=declared)
    except KepuasanError as error:
        raise type(error)(f"{Path(path).name}: {error}") from error


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
    from kepuasan.io.drafting import settled

    file, sheet = _file_and_sheet(path)
    return settled(_raw(file, sheet), file, given)


def read_cells(path: str | Path) -> pd.DataFrame:
    r"""The cells of a file as they are written: those of delimited text stay text, so that ``3.30`` keeps its zero.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "table.csv").write_text("unsur,nrr\nwaktu,3.30\n")
    ...     read_cells(Path(folder, "table.csv")).loc[0, "nrr"]
    '3.30'
    """
    return _raw(*_file_and_sheet(path)).frame


def _raw(file: Path, sheet: str | None) -> Raw:
    suffix = file.suffix.lower()
    if suffix in _STATISTICAL:
        from kepuasan.io.statistical import read_statistical

        return read_statistical(file)
    if suffix in _TEXT:
        from kepuasan.io.text import read_text

        return read_text(file)
    if suffix in _WORKBOOKS:
        from kepuasan.io.workbooks import read_workbook

        return read_workbook(file, sheet)
    from kepuasan.io.parquet import read_parquet

    return read_parquet(file)


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


def _warn_of_refusals(frame: pd.DataFrame, book: Codebook, name: str) -> None:
    """Say which codes are read as answers though their labels say that there was none."""
    found = [
        f"{item.name}: {code} {label['id']!r}"
        for item in book.items.values()
        for code, label in item.values.items()
        if item.name in frame.columns and _NO_ANSWER.search(f"{label['id']} {label['en']}") and frame[item.name].eq(code).any()
    ]
    if found:
        warnings.warn(
            f"{name}: {len(found)} codes whose labels say that there was no answer are read as answers ({some(found, 3)}); "
            "declare them missing in a codebook",
            DataWarning,
            stacklevel=3,
        )


# ---------------------------------------------------------------- codebook and design


def _given_codebook(codebook: str | Path | Codebook | None) -> Codebook | None:
    from kepuasan.codebook import Codebook as Book

    if codebook is None or isinstance(codebook, Book):
        return codebook
    if isinstance(codebook, (str, Path)):
        return Book.read(codebook)
    raise CodebookError(f"codebook is a {type(codebook).__name__}; give a Codebook or the path of a .toml file")


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
