"""`kepuasan reproduce`: published numbers against what they were made of."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kepuasan.cli.speaking import language_option, speak
from kepuasan.columns import MISSES, UNSAID
from kepuasan.wording import CATALOGUE, Language, say

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.cli.published import PublishedPart, Tried
    from kepuasan.reproducing import Reproduction

__all__ = ["reproduce"]

_WIDTH = 100
#: conventions that are named; misses that are
_NAMED, _MISSES = 5, 3
#: the check that the verdict tells already
_TOLD = "conventions"
#: letters of a label in the name of a file
_STEM = 48

_EXAMPLE = """\b
An example of FILE.toml; numbers with a decimal comma stand in quotation marks:

\b
language = "id"
[[published]]
label = "IKM Dinas A, 2023"
value = "87,28"             # as printed
class = "B"                 # the class printed beside it
[published.means]           # NRR of each element, as printed
U1 = "3,31"
U2 = "3,35"
U3 = "3,49"
U4 = "3,93"
U5 = "3,45"
U6 = "3,39"
U7 = "3,39"
U8 = "3,76"
U9 = "3,35"
[published.known]           # what is known of how it was computed
item_weights = ["1/9", "0.11"]

\b
[[published]]
label = "IKM Kabupaten"
value = "85,49"
table = "units.csv"         # Unit Kerja;IKM;Jumlah Responden, or Unsur;NRR;Bobot

\b
[[published]]
label = "IKM Dinas B"
value = "82,78"
data = "answers.csv"        # one row a respondent, U1 to U9

\b
[[published]]
label = "Pengaduan 2018"
value = 57171
parts = { selesai = 15061, proses = 3189, belum = 7542 }

\b
Further keys: decimals (of a value that is a number), rule ("16/2014"), scale = [1, 5],
unit and volume (columns of data or table), codebook, items and weight (with data).
"""


@click.command(epilog=_EXAMPLE)
@click.argument("path", metavar="FILE.toml")
@language_option("Language of the results; without it the file's, or id.")
@click.option("--out", metavar="DIR", help="Folder for every convention of each number: tables (CSV), figures (SVG, PNG) and run.json.")
def reproduce(path: str, lang: Language | None, out: str | None) -> None:
    """Try every named convention on published numbers; change nothing.

    FILE.toml lists [[published]] numbers, each with a label, a value and where its data, item means, table or parts lie. Exit code 1 where a number
    is reproduced by no convention or contradicts itself, 2 where the file or the data of a number cannot be read; the others are told all the same.
    """
    from kepuasan.cli.opening import hashes_of
    from kepuasan.cli.options import spoken_warnings
    from kepuasan.cli.published import read_published_file, tried
    from kepuasan.report.folder import require_free

    file = Path(path)
    asked = read_published_file(file, lang)
    language = lang or asked.language
    speak(language)
    if out is not None:
        require_free(Path(out))
    with spoken_warnings(language):
        numbers = [tried(part, file.parent) for part in asked.published]
    results = [(one.part, one.result) for one in numbers if one.result is not None]
    failed = len(numbers) - len(results)
    lines = [line for part, result in results for line in (*_told(part, result, language), "")]
    unsaid = _unsaid([result for _, result in results], language)
    lines += _folded(unsaid) if unsaid else []
    lines += _folded(say("reproduce.total", language, count=sum(one.good for one in numbers), total=len(numbers)))
    if out is not None and not failed:
        read = [(part.label, name) for part in asked.published for name in part.files()]
        files = _write(results, Path(out), language, hashes_of(dict.fromkeys([("file", file.name), *read]), file.parent))
        lines += _folded(say("written", language, folder=Path(out).as_posix(), count=files))
    click.echo("\n".join(lines))
    click.echo("".join(f"{line}\n" for line in _failures(numbers, out, language)), err=True, nl=False)
    if not all(one.good for one in numbers):
        raise click.exceptions.Exit(2 if failed else 1)


# ---------------------------------------------------------------- in words


def _told(part: PublishedPart, result: Reproduction, language: Language) -> Iterator[str]:
    """The number, which conventions give it, how far the nearest others miss it, what contradicts it, and what is to be noted."""
    value = _number(result.published, result.decimals, language)
    grade = say("reproduce.class", language, grade=part.grade) if part.grade else ""
    yield from _folded(say("reproduce.head", language, label=part.label, value=value) + grade)
    giving, within = result.reproducing, result.within
    yield from _folded(_verdict(len(giving), len(result.conventions), language), 1)
    yield from _listed(giving, result, language)
    if len(within):
        yield from _folded(say("reproduce.within", language, count=_count(len(within), language)), 1)
        if not len(giving):
            yield from _listed(within, result, language, off=True)
    if not len(giving) and len(misses := _nearest(result)):
        yield from _folded(say("reproduce.nearest", language), 1)
        yield from _listed(misses, result, language, off=True)
    told = zip(result.findings["check"], result.finding_remarks, strict=True)
    findings = [remark.said(language) for check, remark in told if check != _TOLD]
    for key, sentences in (("reproduce.findings", findings), ("reproduce.notes", [remark.said(language) for remark in result.remarks])):
        if sentences:
            yield from _folded(say(key, language), 1)
        for sentence in sentences:
            yield from _folded(f"- {sentence}", 2)


def _failures(numbers: Sequence[Tried], out: str | None, language: Language) -> Iterator[str]:
    """The numbers that could not be tried, and why."""
    failed = [one for one in numbers if one.result is None]
    for one in failed:
        first, *rest = say("reproduce.failed", language, label=one.part.label, problem=one.problem).splitlines()
        yield from (first, *(f"  {line.strip()}" for line in rest))
    if failed and out is not None:
        yield say("reproduce.failed.out", language, folder=Path(out).as_posix(), count=len(failed))


def _unsaid(results: Sequence[Reproduction], language: Language) -> str:
    """The choices that go without saying, as far as conventions of the numbers differ in them; nothing where none do."""
    from kepuasan.display.choices import choice_text, differing

    differ = {name for result in results for name in differing(result.conventions, result.dimensions)}
    choices = [choice_text(name, choice, None, language) for name, choice in UNSAID.items() if name in differ]
    return say("reproduce.unsaid", language, choices=", ".join(choices)) if choices else ""


def _verdict(giving: int, total: int, language: Language) -> str:
    if total == 1:
        return say("reproduce.only" if giving else "reproduce.only.not", language)
    counts = {"count": _count(giving, language), "total": _count(total, language)}
    return say("reproduce.by" if giving else "reproduce.by.none", language, **counts)


def _nearest(result: Reproduction) -> pd.DataFrame:
    """The nearest misses, one for each number they give."""
    table = result.nearest
    return table[(table["verdict"] == MISSES).to_numpy()].drop_duplicates("rounded").iloc[:_MISSES]


def _labels(result: Reproduction, language: Language) -> dict[Any, str]:
    """What early roundings are called where the items are the elements of an SKM: it has a tariff, or weights of its own."""
    from kepuasan.display.choices import element_labels

    table = result.conventions
    if "early_rounding" not in table:
        return {}
    of_rule = "tariff" in table or table["item_weights"].str.startswith("0.").any()
    return dict(element_labels(table["early_rounding"].unique(), language)) if of_rule else {}


def _named(row: Mapping[Any, Any], result: Reproduction, labels: Mapping[Any, str], language: Language, *, off: bool) -> str:
    """A convention by its choices, and how far it is off where it is."""
    from kepuasan.display.choices import convention_text

    name = convention_text(row, result.dimensions, labels, language)
    if not name:
        key = f"convention.{row['name']}"
        name = say(key, language) if key in CATALOGUE else str(row["name"])
    if not off:
        return name
    value = _number(row["rounded"], result.decimals, language)
    return say("reproduce.off", language, name=name, value=value, gap=_number(row["gap"], result.decimals, language, signed=True))


def _listed(table: pd.DataFrame, result: Reproduction, language: Language, *, off: bool = False) -> Iterator[str]:
    """The first conventions of a table, and how many more there are."""
    labels = _labels(result, language)
    for row in table.iloc[:_NAMED].to_dict("records"):
        yield from _folded(f"- {_named(row, result, labels, language, off=off)}", 2)
    if len(table) > _NAMED:
        yield from _folded(say("reproduce.more", language, count=_count(len(table) - _NAMED, language)), 2)


def _folded(text: str, depth: int = 0) -> list[str]:
    indent = "  " * depth
    hang = indent + ("  " if text.startswith("- ") else "")
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=hang, break_on_hyphens=False) or [""]


def _number(value: float, decimals: int, language: Language, *, signed: bool = False) -> str:
    from kepuasan.display.numbers import number

    return number(float(value), decimals, language, signed=signed)


def _count(count: int, language: Language) -> str:
    return _number(count, 0, language)


# ---------------------------------------------------------------- files


def _write(results: Sequence[tuple[PublishedPart, Reproduction]], folder: Path, language: Language, inputs: Mapping[str, str]) -> int:
    """Conventions, findings and the figure of each number, and the record; how many files there are. A single convention has no figure."""
    from kepuasan.display.figures import save
    from kepuasan.report.folder import whole_folder, write_record
    from kepuasan.report.tables import write_csv

    with whole_folder(folder) as fresh:
        (fresh / "tables").mkdir()
        for place, (part, result) in enumerate(results, start=1):
            stem = _stem(place, part.label)
            write_csv(result.to_frame(), fresh / "tables" / f"{stem}.csv")
            if len(result.findings):
                write_csv(result.to_frame("findings"), fresh / "tables" / f"{stem}-findings.csv")
            if len(result.conventions) > 1:
                (fresh / "figures").mkdir(exist_ok=True)
                save(result.plot(title=part.label, language=language, labels=_labels(result, language)), fresh / "figures" / stem)
        return len(write_record(fresh, inputs=inputs, headline={part.label: _headline(result) for part, result in results}))


def _stem(place: int, label: str) -> str:
    """The name of a number's files: its place and what is plain in its label."""
    plain = re.sub(r"[^a-z0-9]+", "-", label.casefold())[:_STEM].strip("-")
    return f"{place:02d}-{plain}" if plain else f"{place:02d}"


def _headline(result: Reproduction) -> dict[str, Any]:
    """What became of a number."""
    return {
        "published": result.published,
        "decimals": result.decimals,
        "kind": result.kind,
        "reproduced": bool(result.reproduced),
        "conventions": {str(name): int(count) for name, count in result.conventions["verdict"].value_counts().sort_index().items()},
        "best": None if result.best is None else str(result.best["name"]),
        "notes": list(result.notes),
        "findings": [str(check) for check in result.findings["check"]],
    }
