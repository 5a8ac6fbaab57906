"""`kepuasan skm`: the answers of an agency to its IKM, the sheet that publishes it, and the tables behind it."""

from __future__ import annotations

import re
import textwrap
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kepuasan.cli.speaking import language_option, refusal_text
from kepuasan.columns import CLASS, CLASS_NAME, ITEM, P_OTHER, ROUNDED, spelled
from kepuasan.errors import ClassWarning, DataWarning, KepuasanError, RecipeError, SinglePSUError
from kepuasan.wording import Language, say

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.display.sheet import Sheet
    from kepuasan.report.publication.row import PublishedRow
    from kepuasan.standards import SKM

__all__ = ["skm"]

#: rows of the summary
_ROWS = 40
#: arguments that messages of the library name, and the options that stand for them
_OPTIONS = {
    "unsur": '--unsur "pengaduan=U8,sarana=U9"',
    "exclude": "--exclude biaya",
    "unit": "--unit",
    "volume": "--volume",
    "pool": "--pool",
    "weight": "--weight exact",
    "rule": "--rule",
}
#: warnings of the library that the summary tells in its own words
_TOLD = (r".*their numbers do not tell which are missing", r'weight="[^"]*" stands for')
#: from which probability of another class a unit is told, and how many of them
_LIKELY, _FEW = 0.05, 5
#: letters of a code in the name of a file
_STEM = 48
#: the index in the record of a run, where it is of all
_IKM = "ikm"
#: columns of the record, in which the index is not rounded but for the first
_NUMBERS = (ROUNDED, "estimate", "se", "ci_low", "ci_high", P_OTHER)
_TITLES = ("agency", "service", "period")


@click.command()
@click.argument("path", metavar="DATA")
@click.option("--codebook", metavar="FILE", help="Codebook of the data: TOML, or an XLSForm workbook.")
@click.option("--decimal", type=click.Choice((".", ",")), help="Decimal sign of data that leave it open.")
@click.option("--unit", metavar="COLUMN", help="Column of service units; each has its own IKM too.")
@click.option("--by", metavar="COLUMN", help="Column of services, periods or other groups; each has its own IKM and its own sheet.")
@click.option("--pool", metavar="HOW", default="respondents", show_default=True, help="How units make the agency: respondents, units or volume.")
@click.option("--volume", metavar="COLUMN", help="Column of the services that each unit delivered, for --pool volume.")
@click.option("--rule", metavar="NAME", default="14/2017", show_default=True, help="Regulation: 14/2017, 16/2014 or 25/2004.")
@click.option("--weight", metavar="NAME", default="exact", show_default=True, help="Of an element: exact (1/9), 0.1111, 0.111 or 0.11.")
@click.option("--exclude", metavar="NAME", multiple=True, help="Element left out on purpose, such as biaya; may be given again.")
@click.option("--users", metavar="COLUMN", help="Column with the number of users (of the unit, of the group of --by) of whom these were asked.")
@click.option("--unsur", metavar="NAME=COLUMN,...", help='Which element a column is, such as "pengaduan=U8,sarana=U9".')
@click.option("--agency", metavar="TEXT", default="", help="Who publishes. Without it no sheet is written.")
@click.option("--service", metavar="TEXT", default="", help="The service that was assessed.")
@click.option("--period", metavar="TEXT", default="", help='When the survey was held, such as "Semester I 2025".')
@language_option("Language of the results.", "id")
@click.option("--out", metavar="DIR", default="skm", show_default=True, help="Folder of results; those of an earlier run in it are replaced.")
def skm(path: str, lang: Language, out: str, **options: Any) -> None:
    """The satisfaction of the public (SKM): IKM with its class, sheet, tables.

    DATA is a file of answers (CSV, XLSX, SAV, ...), one row a respondent, with the elements in columns U1 to U9 or called by their names; its missing
    codes and design come from --codebook. Sex and education are found by the headers of agencies' templates. Writes tables (CSV, XLSX), run.json and,
    with --agency, the publication sheet (HTML, PNG).
    """
    from kepuasan.cli.opening import hashes_of
    from kepuasan.report.folder import require_free, whole_folder
    from kepuasan.report.tables import write_workbook

    folder = Path(out)
    require_free(folder)
    with _spoken(lang):
        result = _computed(path, options, lang)
        rows, empty = _rows(result, {name: options[name] for name in _TITLES}, lang)
    sentences = _sentences(rows, empty, options, lang)
    tables = _tables(result, lang)
    read = [("data", one) for one in (path, options["codebook"]) if one is not None]
    with whole_folder(folder) as fresh:
        write_workbook(tables, fresh / "skm.xlsx", title=_caption(options, lang), sentences=sentences)
        files = _write(tables, rows, fresh, hashes_of(read, Path()))
    lines = [*_table(rows, options, lang), "", *(line for text in sentences for line in _folded(text)), ""]
    click.echo("\n".join([*lines, *_folded(say("written", lang, folder=folder.as_posix(), count=len(files)))]))


@contextmanager
def _spoken(language: Language) -> Iterator[None]:
    """Warnings in plain words, those that the summary tells left to it; refusals with the options that stand for the arguments they name."""
    from kepuasan.cli.options import spoken_warnings
    from kepuasan.cli.recipe.validation import SpokenError

    with spoken_warnings(language):
        warnings.simplefilter("ignore", ClassWarning)
        for text in _TOLD:
            warnings.filterwarnings("ignore", text, DataWarning)
        try:
            yield
        except KepuasanError as error:
            named = [
                say("skm.option", language, name=name, option=option) for name, option in _OPTIONS.items() if re.search(rf"\b{name}=", str(error))
            ]
            hints = [say("skm.options", language, options="; ".join(named))] if named else []
            hints += [say("skm.lone", language)] if isinstance(error, SinglePSUError) else []
            said = [] if isinstance(error, SinglePSUError) else [refusal_text(error, language)]
            raise SpokenError("\n".join([*said, *hints])) from error


def _computed(path: str, options: Mapping[str, Any], language: Language) -> SKM:
    from kepuasan.cli.answers import check_answers, element_names, elements_of, refuse_names_of_persons, with_names, with_users
    from kepuasan.io import read_survey
    from kepuasan.standards import skm as computed
    from kepuasan.standards.lookup import find_standard

    if Path(path).suffix.lower() == ".toml":
        raise RecipeError(f"{Path(path).name!r} holds no answers; give a file of them, or call `kepuasan run` (a recipe) or `kepuasan reproduce`")
    unit, by = options["unit"], options["by"]
    refuse_names_of_persons({"--unit": unit, "--by": by})
    survey, rule = read_survey(path, options["codebook"], decimal=options["decimal"]), find_standard(options["rule"], "skm")
    named: list[str] = []
    survey.require([name for name in (unit, by, options["volume"]) if name is not None])
    if options["unsur"]:
        survey, named = with_names(survey, rule, options["unsur"])
    columns = elements_of(survey, rule, named)
    exclude = element_names(options["exclude"], columns, rule)
    check_answers(survey, rule, columns, exclude, language)
    if options["users"]:
        survey = with_users(survey, options["users"], unit, by)
    weight = options["weight"].replace(",", ".")
    return computed(
        survey,
        unsur=columns,
        by=by,
        rule=rule,
        weight=weight,
        pool=options["pool"],
        unit=unit,
        volume=options["volume"],
        exclude=exclude,
    )


# ---------------------------------------------------------------- rows and their sheets


@dataclass(frozen=True)
class _Row:
    """A row of the result: its code, what it is called, the name of its files, its sheet, and what that lacks."""

    code: str
    label: str
    stem: str
    row: PublishedRow
    sheet: Sheet
    lacking: tuple[str, ...]


def _rows(result: SKM, texts: Mapping[str, str], language: Language) -> tuple[list[_Row], list[str]]:
    """The rows with an index, and the labels of those without."""
    from kepuasan.display.numbers import MINUS
    from kepuasan.report.publication.row import PublishedRow
    from kepuasan.report.publication.sheet import compose_sheet, plain_text
    from kepuasan.report.voice import Voice

    key, plain = result.score.key, {name: plain_text(name, text) for name, text in texts.items()}
    by = [name for name in key.columns if name != ITEM]
    labels = result.survey.codebook.value_labels(by[0], language) if by and by[0] in result.survey.codebook.items else {}
    codes = [spelled(code) for code in key[by[0]]] if by else [""]
    shown = {spelled(code): str(label) for code, label in labels.items()}
    known = result.score.value == result.score.value
    rows, empty = [], []
    for code, stem, answered in zip(codes, _stems(codes), known, strict=True):
        label = shown.get(code) or code
        if known.any() and not answered:
            empty.append(label)
            continue
        row = PublishedRow(result, {by[0]: code} if by else None, Voice(language, 2, MINUS))
        rows.append(_Row(code, label, stem, row, *compose_sheet(row, plain)))
    return rows, empty


def _stems(codes: Sequence[str]) -> list[str]:
    """Names of files for codes, no two alike; the only row needs none."""
    if codes == [""]:
        return ["sheet"]
    plain = [re.sub(r"[^\w.-]+", "-", code)[:_STEM].strip("-.") for code in codes]
    lower = [one.casefold() for one in plain]
    alone = [bool(one) and lower.count(one.casefold()) == 1 for one in plain]
    return [f"sheet-{one}" if known else f"sheet-{one}~{place}" for place, (one, known) in enumerate(zip(plain, alone, strict=True), start=1)]


# ---------------------------------------------------------------- in words


def _sentences(rows: Sequence[_Row], empty: Sequence[str], options: Mapping[str, Any], language: Language) -> list[str]:
    """How certain each class is and the lowest elements, then what the reader must know of all, each said once."""
    from kepuasan.report.publication.remarks import computing_notes
    from kepuasan.report.publication.sheet import lowest_texts

    said = []
    for one in rows[:_ROWS]:
        key, lowest = "skm.lowest.of" if one.label else "skm.lowest", "; ".join(lowest_texts(one.row))
        said += [f"{one.label}: {sentence}" if one.label else sentence for sentence in one.sheet.headline.sentences]
        said.append(say(key, language, row=one.label, elements=lowest))
    said += _units_near(rows[0].row.result, language)
    said += [text for one in rows for text in one.sheet.remarks]
    notes = [computing_notes(one.row) for one in rows]
    said += [note for note in notes[0] if all(note in others for others in notes)]
    said += [say("skm.weighted", language)] if options["users"] else []
    said += [say("skm.empty", language, rows=", ".join(empty))] if empty else []
    rules = {one.row.standard.name: one.row.standard for one in rows}.values()
    said += [say("sheet.unverified", language, what=rule.unverified[language]) for rule in rules if rule.unverified]
    lacking = [say(f"skm.lacking.{role}", language) for role in dict.fromkeys(role for one in rows for role in one.lacking)]
    lacking = lacking if options["agency"].strip() else [say("skm.agency", language)]
    return list(dict.fromkeys([*said, *(say("warning", language, text=text) for text in lacking)]))


def _units_near(result: SKM, language: Language) -> list[str]:
    """How many units have an interval that crosses a bound between classes, and the first of them."""
    from kepuasan.display.numbers import number, percent

    if result.units is None:
        return []
    unit, table = result.units.key.columns[-1], result.to_frame("units")
    near = table[(table[P_OTHER] >= _LIKELY).to_numpy()].sort_values(P_OTHER, ascending=False, kind="stable")
    if not len(near):
        return []
    book = result.survey.codebook
    labels = book.value_labels(unit, language) if unit in book.items else {}
    first = [
        f"{labels.get(row[unit], row[unit])} {number(row['ikm'], 2, language)} ({row[CLASS]}; {percent(100 * row[P_OTHER], 1, language)})"
        for row in near.head(_FEW).to_dict("records")
    ]
    return [say("skm.near", language, count=len(near), total=len(table), units=", ".join(first))]


def _table(rows: Sequence[_Row], options: Mapping[str, Any], language: Language) -> list[str]:
    """The table of the index; the first column is the group where there are several rows."""
    from kepuasan.cli.summary import aligned
    from kepuasan.report.document import Table
    from kepuasan.report.voice import Voice

    by = options["by"]
    header = [say(f"skm.{name}", language) for name in ("value", "class", "name", "other", "respondents")]
    header.insert(3, say("column.interval", language, level=Voice(language).level))
    header += [] if rows[0].row.coverage is None else [say("skm.units", language)]
    cells = [(*([one.label] if by else []), *_cells(one.row)) for one in rows[:_ROWS]]
    first = [rows[0].row.label(by)] if by else []
    lines = [_plain(line) for line in aligned(Table("skm", _caption(options, language), (*first, *header), tuple(cells)))]
    return lines + (_folded(say("skm.more", language, count=len(rows) - _ROWS)) if len(rows) > _ROWS else [])


def _caption(options: Mapping[str, Any], language: Language) -> str:
    return ", ".join(text for text in (say("sheet.title", language), *(options[name].strip() for name in _TITLES)) if text)


def _cells(row: PublishedRow) -> tuple[str, ...]:
    from kepuasan.display.numbers import percent

    index, classes = row.index, row.standard.require_classes()
    cells = [row.number(index[ROUNDED], classes.decimals), str(index[CLASS]), str(index[CLASS_NAME])]
    cells += [row.limits(index["ci_low"], index["ci_high"], classes.range, classes.decimals), percent(100 * index[P_OTHER], 1, row.language)]
    cells.append(row.number(int(row.members.sum()), 0))
    if row.coverage is not None:
        reported, existing = (row.number(row.coverage[name], 0) for name in ("units_reported", "units_existing"))
        known = row.coverage["units_existing"] == row.coverage["units_existing"]
        cells.append(row.voice.say("skm.of", reported=reported, existing=existing) if known else reported)
    return tuple(cells)


def _folded(text: str) -> list[str]:
    from kepuasan.cli.summary import WIDTH

    return textwrap.wrap(_plain(text), WIDTH, break_on_hyphens=False) or [""]


def _plain(text: str) -> str:
    """Text of a terminal, where a space is a space."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


# ---------------------------------------------------------------- files


def _write(tables: Mapping[str, pd.DataFrame], rows: Sequence[_Row], folder: Path, inputs: Mapping[str, str]) -> list[str]:
    """Tables, sheets and record into a folder; all files there are."""
    from kepuasan.report.folder import write_record
    from kepuasan.report.publication.sheet import KINDS
    from kepuasan.report.tables import write_csv

    (folder / "tables").mkdir()
    for name, table in tables.items():
        write_csv(table, folder / "tables" / f"{name}.csv")
    for one in rows:
        for suffix in (".html", ".png") if one.sheet.agency else ():
            (folder / f"{one.stem}{suffix}").write_bytes(KINDS[suffix](one.sheet))
    return write_record(folder, inputs=inputs, headline={one.code or _IKM: _headline(one.row) for one in rows})


def _tables(result: SKM, language: Language) -> dict[str, pd.DataFrame]:
    lowest = min(3, len(result.names))
    tables = {"ikm": result.to_frame(language=language), "unsur": result.to_frame("unsur", language=language)}
    if result.units is not None:
        tables["units"] = result.to_frame("units", language=language)
    return {**tables, "follow_up": result.follow_up(lowest, language=language)}


def _headline(row: PublishedRow) -> dict[str, Any]:
    """The numbers of a row, to ten digits, so that the last bits of a processor do not show."""
    numbers = {name: float(f"{row.index[name]:.10g}") for name in _NUMBERS if row.index[name] == row.index[name]}
    return {**numbers, CLASS: row.index[CLASS], "respondents": int(row.members.sum())}
