"""Results to files: one report, or a folder of reports, tables, figures and the record of the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from kepuasan.errors import DataError, KepuasanError, choose, nearest
from kepuasan.report.composing import compose
from kepuasan.report.findings import ResultTree
from kepuasan.report.folder import whole_file, whole_folder, write_record
from kepuasan.report.headlines import headline_numbers, seeds_of
from kepuasan.report.rendering import NEEDS, RENDERERS, lacking, rendered
from kepuasan.report.single.documents import document_of
from kepuasan.report.tables import table_frame, write_csv
from kepuasan.wording import LANGUAGES

if TYPE_CHECKING:
    from kepuasan.report.document import Document

__all__ = ["FORMATS", "write_outputs", "write_report"]

Progress: TypeAlias = Callable[[str], None]

#: kinds of reports, by the suffix of their files without its dot
FORMATS = tuple(suffix[1:] for suffix in RENDERERS)


def write_report(results: Any, path: str | Path, *, language: str = "id") -> Path:
    """Write a report; the suffix of the file says what kind it is.

    Parameters
    ----------
    results : ResultTree, a result, list of results, or {heading: result}
        From `gather_results`, for the whole report. A single result (Index, Estimates, Change, Drivers, Crosstab, Regression, Rating, SKM,
        Reproduction, a tidy table), or several of them, make a report of their tables and figures, in which every row is shown, however few answers
        it has.
    path : str or Path
        ``.html``, ``.xlsx``, ``.docx`` or ``.pdf``; a file of that name is replaced at once when the report is made.
    language : {"id", "en"}
        Of words and numbers.

    Returns
    -------
    Path
        The file. The same results give the same bytes.

    Raises
    ------
    DataError
        An unknown suffix; a folder that is not there; results of another kind; a table of more than 5,000 rows.
    KepuasanError
        A kind of report whose package is not installed, with the command that installs it.

    Warns
    -----
    DataWarning
        Columns of tables that look personal, which are left out.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> from kepuasan import Survey, mean
    >>> speed = mean(Survey(pd.DataFrame({"speed": [3, 4, 2, 4]})), "speed")
    >>> with tempfile.TemporaryDirectory() as place:
    ...     write_report({"Kecepatan layanan": speed}, Path(place, "speed.xlsx")).name
    'speed.xlsx'
    """
    choose("language", language, LANGUAGES)
    file = Path(path)
    _require_place(file)
    document = compose(results, language) if isinstance(results, ResultTree) else document_of(results, language)
    whole_file(file, rendered(document, file.suffix.lower()))
    return file


def _require_place(file: Path) -> None:
    """Refuse a file whose kind is not known or cannot be written here, or whose folder is not there."""
    suffix = file.suffix.lower()
    if suffix not in RENDERERS:
        called = f"the suffix {file.suffix!r}" if suffix else "no suffix"
        raise DataError(f"the report {file.name!r} has {called}{nearest(suffix, RENDERERS)}; give one of {', '.join(RENDERERS)}")
    _require_packages([suffix])
    if file.is_dir():
        raise DataError(f"the report {str(file)!r} is a folder; give a file in it, such as report{suffix}")
    if not file.parent.is_dir():
        raise DataError(f"the folder {str(file.parent)!r} is not there; make it first, or name another")


def _require_packages(suffixes: Sequence[str]) -> None:
    """Refuse kinds of reports whose packages are not installed."""
    absent = lacking(suffixes)
    if absent:
        kinds, packages = " and ".join(absent), " and ".join(absent.values())
        raise KepuasanError(f'{kinds} needs {packages}; install with: pip install "kepuasan[report]", or write .html or .xlsx')


# ---------------------------------------------------------------- a folder of results


def write_outputs(
    results: ResultTree,
    folder: str | Path,
    *,
    languages: Sequence[str] = ("id",),
    formats: Sequence[str] = FORMATS,
    settings: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> list[str]:
    """Write all results into a folder, whole or not at all.

    Parameters
    ----------
    results : ResultTree
        From `gather_results`.
    folder : str or Path
        Made where it is not there. A folder that an earlier run wrote is replaced.
    languages : sequence of {"id", "en"}
        Of the reports. Tables, figures and ``report.*`` are in the first; reports in the others are ``report.en.*`` or ``report.id.*``.
    formats : sequence of {"html", "xlsx", "docx", "pdf"}
        Kinds of reports.
    settings : mapping, optional
        What the run was asked for, for its record.
    progress : callable, optional
        Called with the name of each file before it is made.

    Returns
    -------
    list of str
        The files, relative to the folder: ``tables/*.csv``, ``figures/*.svg``, ``figures/*.png``, ``report.*``, and ``run.json`` last. The same
        results give the same bytes.

    Raises
    ------
    DataError
        A folder that holds files of others.
    KepuasanError
        A kind of report whose package is not installed.
    """
    chosen = _chosen(languages, formats)
    with whole_folder(Path(folder)) as fresh:
        for place, language in enumerate(dict.fromkeys(languages)):
            document = compose(results, language)
            if not place:
                _write_pieces(document, fresh, progress)
            for suffix in chosen:
                name = f"report{suffix}" if not place else f"report.{language}{suffix}"
                _say(progress, name)
                (fresh / name).write_bytes(rendered(document, suffix))
        more: dict[str, Any] = {"seed": seeds_of(results), **({} if settings is None else {"settings": dict(settings)})}
        return write_record(
            fresh,
            inputs=results.inputs,
            headline=headline_numbers(results),
            packages=[package for suffix, (_, package) in NEEDS.items() if suffix in chosen],
            rows=dict(results.rows),
            steps=[{"step": step, "wave": wave, "rows": rows} for step, wave, rows in results.steps],
            **more,
        )


def _chosen(languages: Sequence[str], formats: Sequence[str]) -> list[str]:
    """The suffixes of the reports, in the order in which they are made."""
    if not languages:
        raise DataError("languages is empty; give at least one of 'id', 'en'")
    for language in languages:
        choose("language", language, LANGUAGES)
    for one in formats:
        choose("format", one, FORMATS)
    chosen = [suffix for suffix in RENDERERS if suffix[1:] in formats]
    _require_packages(chosen)
    return chosen


def _write_pieces(document: Document, folder: Path, progress: Progress | None) -> None:
    """Each table and each figure of the report in files of their own."""
    for kind, there in (("tables", document.tables), ("figures", document.pictures)):
        if there:
            (folder / kind).mkdir()
    for table in document.tables:
        name = f"tables/{table.name}.csv"
        _say(progress, name)
        write_csv(table_frame(table), folder / name)
    for picture in document.pictures:
        for suffix, content in ((".svg", picture.svg), (".png", picture.png)):
            name = f"figures/{picture.name}{suffix}"
            _say(progress, name)
            (folder / name).write_bytes(content)


def _say(progress: Progress | None, name: str) -> None:
    if progress is not None:
        progress(name)
