"""Results to files: tables, workbook, figures, page and the record of the run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kepuasan.columns import DRIVER, ITEM, WAVE
from kepuasan.report.folder import whole_folder, write_record
from kepuasan.report.results import LEVEL
from kepuasan.report.sentences import change_sentences, method_sentences, notes
from kepuasan.report.shown import Voice, finding
from kepuasan.report.tables import tidy_tables, write_csv, write_workbook

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.report.results import ResultTree

__all__ = ["write_outputs"]


def write_outputs(results: ResultTree, folder: str | Path, *, language: str = "id") -> list[str]:
    """Write all results into a folder, whole or not at all.

    Parameters
    ----------
    results : ResultTree
        From `gather`.
    folder : str or Path
        Made where it is not there. A folder that an earlier run wrote is replaced.
    language : {"id", "en"}
        Of labels, page and figures.

    Returns
    -------
    list of str
        The files, relative to the folder: ``tables/*.csv``, ``tables.xlsx``, ``figures/*.svg``, ``figures/*.png``, ``report.html``,
        ``run.json``. The same results give the same bytes.

    Raises
    ------
    DataError
        A folder that holds files of others.
    """
    from kepuasan.display.figures import save
    from kepuasan.report.drawing import draw
    from kepuasan.report.page import render_page

    voice = Voice(language, results.decimals, "\N{MINUS SIGN}")
    tables = tidy_tables(results, language)
    with whole_folder(Path(folder)) as fresh:
        (fresh / "tables").mkdir()
        (fresh / "figures").mkdir()
        for name, table in tables.items():
            write_csv(table, fresh / "tables" / f"{name}.csv")
        sentences = [*notes(results, voice), *change_sentences(results, voice), *method_sentences(results, voice)]
        write_workbook(tables, fresh / "tables.xlsx", title=finding(results, voice), sentences=sentences)
        figures = []
        for drawing in draw(results, voice):
            vector, _ = save(drawing.axes, fresh / "figures" / drawing.name)
            figures.append((drawing.caption, drawing.alt, vector))
        _write_text(fresh / "report.html", render_page(results, voice, figures))
        return write_record(fresh, inputs=results.inputs, headline=_headline(results), rows=dict(results.rows))


def _headline(results: ResultTree) -> dict[str, Any]:
    """The numbers that matter."""
    headline: dict[str, Any] = {"index": _numbers(results.index.to_frame("score", LEVEL), WAVE if results.several else ITEM)}
    if results.differences:
        headline["differences"] = {
            f"{one.current} - {one.base}": next(iter(_numbers(one.estimate.to_frame(LEVEL), WAVE).values())) for one in results.differences
        }
    if results.change is not None and results.change.drivers is not None:
        headline["change_by_driver"] = _numbers(results.change.to_frame("drivers", LEVEL), DRIVER)
    return headline


def _numbers(table: pd.DataFrame, key: str) -> dict[str, dict[str, float]]:
    """Estimate, SE and limits of each row, to ten digits, so that the last bits of a processor do not show."""
    columns = ("estimate", "se", "ci_low", "ci_high")
    return {str(row[key]): {name: float(f"{row[name]:.10g}") for name in columns if row[name] == row[name]} for row in table.to_dict("records")}


def _write_text(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
