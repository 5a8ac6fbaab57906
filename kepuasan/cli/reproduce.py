"""`kepuasan reproduce`: published numbers against what they were made of."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kepuasan.wording import CATALOGUE, LANGUAGES, say

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.cli.published import Tried
    from kepuasan.reproducing import Reproduction

__all__ = ["reproduce"]

_WIDTH = 100
#: conventions that are named; misses that are
_NAMED, _MISSES = 5, 3
#: the check that the verdict tells already
_TOLD = "conventions"
#: letters of a label in the name of a file
_STEM = 48
_VERSIONS = ("numpy", "pandas", "matplotlib")


@click.command()
@click.argument("path", metavar="FILE.toml")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the results; without it the file's, or id.")
@click.option("--out", metavar="DIR", help="Folder for every convention of each number: tables (CSV), figures (SVG, PNG) and run.json.")
def reproduce(path: str, lang: str | None, out: str | None) -> None:
    """Try every named convention on published numbers; change nothing.

    FILE.toml lists [[published]] numbers, each with a label, a value and where its data, item means, table or parts lie. Exit code 1 where a number
    is reproduced by no convention or contradicts itself, 2 where the file or its data cannot be read.
    """
    from kepuasan.cli.opening import hashes_of
    from kepuasan.cli.options import spoken_warnings
    from kepuasan.cli.published import read_published_file, tried
    from kepuasan.report.folder import require_free

    file = Path(path)
    asked = read_published_file(file)
    language = lang or asked.language
    if out is not None:
        require_free(Path(out))
    with spoken_warnings(language):
        numbers = [tried(part, file.parent) for part in asked.published]
    lines = [line for one in numbers for line in (*_told(one, language), "")]
    lines += _folded(_unsaid(numbers, language))
    lines += _folded(say("reproduce.total", language, count=sum(one.good for one in numbers), total=len(numbers)))
    if out is not None:
        read = [(part.label, name) for part in asked.published for name in part.files()]
        files = _write(numbers, Path(out), language, hashes_of(dict.fromkeys([("file", file.name), *read]), file.parent))
        lines += _folded(say("written", language, folder=Path(out).as_posix(), count=files))
    click.echo("\n".join(lines))
    if not all(one.good for one in numbers):
        raise click.exceptions.Exit(1)


# ---------------------------------------------------------------- in words


def _told(one: Tried, language: str) -> Iterator[str]:
    """The number, which conventions give it, how far the nearest others miss it, and what contradicts it."""
    result = one.result
    table = result.conventions
    value = _number(result.published, result.decimals, language)
    grade = say("reproduce.class", language, grade=one.part.grade) if one.part.grade else ""
    yield from _folded(say("reproduce.head", language, label=one.part.label, value=value) + grade)
    giving = table[(table["verdict"] == "reproduces").to_numpy()]
    yield from _folded(_verdict(len(giving), len(table), language), 1)
    yield from _listed(giving, result, language)
    within = result.within
    if len(within):
        yield from _folded(say("reproduce.within", language, count=_count(len(within), language)), 1)
        if not len(giving):
            yield from _listed(within, result, language, off=True)
    if not len(giving) and len(misses := _nearest(table)):
        yield from _folded(say("reproduce.nearest", language), 1)
        yield from _listed(misses, result, language, off=True)
    if one.unscaled:
        yield from _folded(say("reproduce.scale", language), 1)
    findings = [row for row in _rows(result.findings) if row["check"] != _TOLD]
    if findings:
        yield from _folded(say("reproduce.findings", language), 1)
        for row in findings:
            yield from _folded(f"- {_finding(row, result.decimals, language)}", 2)


def _unsaid(numbers: Sequence[Tried], language: str) -> str:
    """The choices that go without saying, as far as conventions of the numbers differ in them; nothing where none do."""
    from kepuasan.display.choices import UNSAID, choice_text, differing

    differ = {name for one in numbers for name in differing(one.result.conventions, one.result.dimensions)}
    choices = [choice_text(name, choice, None, language) for name, choice in UNSAID.items() if name in differ]
    return say("reproduce.unsaid", language, choices=", ".join(choices)) if choices else ""


def _rows(table: pd.DataFrame) -> list[Mapping[Any, Any]]:
    return list(table.to_dict("records"))


def _verdict(giving: int, total: int, language: str) -> str:
    if total == 1:
        return say("reproduce.only" if giving else "reproduce.only.not", language)
    counts = {"count": _count(giving, language), "total": _count(total, language)}
    return say("reproduce.by" if giving else "reproduce.by.none", language, **counts)


def _nearest(table: pd.DataFrame) -> pd.DataFrame:
    """The nearest misses, one for each number they give."""
    misses = table[(table["verdict"] == "misses").to_numpy()]
    order = misses["gap"].abs().sort_values(kind="stable").index
    return misses.loc[order].drop_duplicates("rounded").iloc[:_MISSES]


def _named(row: Mapping[Any, Any], result: Reproduction, language: str, *, off: bool) -> str:
    """A convention by its choices, and how far it is off where it is."""
    from kepuasan.display.choices import convention_text

    name = convention_text(row, result.dimensions, None, language)
    if not name:
        key = f"convention.{row['name']}"
        name = say(key, language) if key in CATALOGUE else str(row["name"])
    if not off:
        return name
    value = _number(row["rounded"], result.decimals, language)
    return say("reproduce.off", language, name=name, value=value, gap=_number(row["gap"], result.decimals, language, signed=True))


def _finding(row: Mapping[Any, Any], decimals: int, language: str) -> str:
    """What contradicts the number, in the language where the catalogue has words for it."""
    from kepuasan.reproducing.checks import digit_apart

    key = f"check.{row['check']}"
    if language == "en" or key not in CATALOGUE:
        return str(row["message"])
    values = {name: _cell(row[name], decimals, language) for name in ("printed", "found", "difference")}
    text = say(key, language, **values)
    slip = row["check"] == "parts" and digit_apart(row["printed"], row["found"], decimals)
    return say("check.digit", language, text=text) if slip else text


def _cell(value: Any, decimals: int, language: str) -> str:
    return _number(value, decimals, language) if isinstance(value, (int, float)) else str(value)


def _listed(table: pd.DataFrame, result: Reproduction, language: str, *, off: bool = False) -> Iterator[str]:
    """The first conventions of a table, and how many more there are."""
    for row in _rows(table.iloc[:_NAMED]):
        yield from _folded(f"- {_named(row, result, language, off=off)}", 2)
    if len(table) > _NAMED:
        yield from _folded(say("reproduce.more", language, count=_count(len(table) - _NAMED, language)), 2)


def _folded(text: str, depth: int = 0) -> list[str]:
    indent = "  " * depth
    hang = indent + ("  " if text.startswith("- ") else "")
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=hang, break_on_hyphens=False) or [""]


def _number(value: float, decimals: int, language: str, *, signed: bool = False) -> str:
    from kepuasan.display.numbers import number

    return number(float(value), decimals, language, signed=signed)


def _count(count: int, language: str) -> str:
    return _number(count, 0, language)


# ---------------------------------------------------------------- files


def _write(numbers: Sequence[Tried], folder: Path, language: str, inputs: Mapping[str, str]) -> int:
    """Conventions, findings and the figure of each number, and the record; how many files there are."""
    from kepuasan.display.figures import save
    from kepuasan.display.specification import specification_plot
    from kepuasan.report.folder import RECORD, whole_folder
    from kepuasan.report.tables import write_csv

    with whole_folder(folder) as fresh:
        (fresh / "tables").mkdir()
        (fresh / "figures").mkdir()
        for place, one in enumerate(numbers, start=1):
            result, stem = one.result, _stem(place, one.part.label)
            write_csv(result.to_frame(), fresh / "tables" / f"{stem}.csv")
            if len(result.findings):
                write_csv(result.to_frame("findings"), fresh / "tables" / f"{stem}-findings.csv")
            look: dict[str, Any] = {"published": result.published, "decimals": result.decimals, "dimensions": result.dimensions}
            axes = specification_plot(result.conventions, title=one.part.label, language=language, **look)
            save(axes, fresh / "figures" / stem)
        record = _record(numbers, inputs, fresh)
        with (fresh / RECORD).open("w", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(record, indent=2, ensure_ascii=False, sort_keys=True) + "\n")
    return len(record["outputs"]) + 1


def _stem(place: int, label: str) -> str:
    """The name of a number's files: its place and what is plain in its label."""
    plain = re.sub(r"[^a-z0-9]+", "-", label.casefold())[:_STEM].strip("-")
    return f"{place:02d}-{plain}" if plain else f"{place:02d}"


def _record(numbers: Sequence[Tried], inputs: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """What went in, what came out, and what became of each number; no times, so that the same run gives the same record."""
    from kepuasan.report.writing import metadata_version

    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        "made_by": "kepuasan",
        "versions": {"python": platform.python_version(), **{name: metadata_version(name) for name in ("kepuasan", *_VERSIONS)}},
        "inputs": dict(inputs),
        "outputs": {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
        "headline": {one.part.label: _headline(one) for one in numbers},
    }


def _headline(one: Tried) -> dict[str, Any]:
    result = one.result
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
