"""The sheet that an agency publishes with its index: the IKM with its class, who answered, and the mean score of each element."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import numpy as np

from kepuasan.columns import CLASS, CLASS_NAME, OTHER_CLASS, P_OTHER, ROUNDED, spelled
from kepuasan.display.figures import describe
from kepuasan.display.numbers import MINUS, NONE, percent, rounded
from kepuasan.display.sheet import Block, Headline, Sheet, sheet_bytes
from kepuasan.errors import DataError, DataWarning, choose, nearest
from kepuasan.report.folder import whole_file
from kepuasan.report.publication.remarks import EQUAL, computing_notes, remarks
from kepuasan.report.publication.respondents import respondents
from kepuasan.report.publication.row import PublishedRow
from kepuasan.report.voice import Voice
from kepuasan.standards import SKM
from kepuasan.wording import LANGUAGES

__all__ = ["KINDS", "compose_sheet", "lowest_texts", "plain_text", "publication_sheet"]

#: decimals of the NRR, and where a class would not follow from them
_NRR, _MOST_NRR = 3, 5
#: from which probability on another class is spoken of
_LIKELY = 0.005
#: elements that the follow-up begins with
_LOWEST = 3


def publication_sheet(
    result: SKM,
    path: str | Path,
    *,
    agency: str,
    service: str = "",
    period: str = "",
    sex: str | None = "sex",
    education: str | None = "education",
    language: Literal["id", "en"] = "id",
    of: Mapping[str, Any] | None = None,
) -> Path:
    """Write the sheet that publishes an IKM, as a page of HTML or as a picture of one page of A4.

    It shows the IKM with its class, its interval of 95 % and the probability that the true class is another (where that is 0.5 % or more),
    respondents by sex and education, the mean score of each element (NRR) with its class, where the follow-up begins, and how all was computed.

    Parameters
    ----------
    result : SKM
        From `skm`.
    path : str or Path
        ``.html``, ``.png`` (150 dots an inch) or ``.svg``. A file that is there is replaced.
    agency : str
        Who publishes: the unit, with the agency it belongs to.
    service : str
        The service that was assessed.
    period : str
        When the survey was held, such as "Semester I 2025".
    sex, education : str or None
        Columns of the survey; "sex" and "education" are found by the headers of agencies' templates too, such as JENIS KELAMIN and PENDIDIKAN
        TERAKHIR. Respondents are counted without weights, in the order of the codebook's codes. None leaves the counts out.
    language : {"id", "en"}
        Of words, labels and numbers.
    of : mapping of column to code, optional
        The row to publish, where the IKM was computed by a column: ``of={"unit": 3}``.

    Returns
    -------
    Path
        The file written. The same result gives the same bytes; a write that fails leaves the file as it was.

    Raises
    ------
    DataError
        Another suffix; a folder that is not there; a result of several rows without `of`; a row or a column that is not there; no agency;
        a picture of more text than a page holds.
    ChoiceError
        Another language.

    Warns
    -----
    DataWarning
        No column of sex or of education, which the regulation asks for.

    Examples
    --------
    >>> import tempfile
    >>> from kepuasan import load_sample, skm
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = publication_sheet(skm(load_sample("skm")), f"{folder}/ikm.html", agency="Dinas Contoh", period="2025")
    ...     "INDEKS KEPUASAN MASYARAKAT" in file.read_text(encoding="utf-8")
    True
    """
    choose("language", language, LANGUAGES)
    if not isinstance(result, SKM):
        raise DataError(f"the first argument is {type(result).__name__}, not the result of skm(survey)")
    file, written = _file(path)
    texts = {name: plain_text(name, text) for name, text in (("agency", agency), ("service", service), ("period", period))}
    if not texts["agency"]:
        raise DataError("agency is empty; name the unit that publishes the sheet")
    sheet, lacking = compose_sheet(PublishedRow(result, of, Voice(language, 2, MINUS)), texts, sex, education)
    if lacking:
        roles, named = " and by ".join(lacking), ", ".join(f'{role}="column"' for role in lacking)
        warnings.warn(
            f"the sheet lacks the counts of respondents by {roles} that the regulation asks for: no column of groups is called so; "
            f"name it, {named}, or leave it out on purpose, {lacking[0]}=None",
            DataWarning,
            stacklevel=2,
        )
    whole_file(file, written(sheet))
    return file


def _file(path: str | Path) -> tuple[Path, Callable[[Sheet], bytes]]:
    """The file to write, and what makes its bytes."""
    if not isinstance(path, (str, os.PathLike)):
        raise DataError(f"path is {type(path).__name__}; give the file to write, such as 'ikm.html' or 'ikm.png'")
    file = Path(path)
    suffix = file.suffix.lower()
    if suffix not in KINDS:
        raise DataError(f"the sheet {file.name!r} ends in {file.suffix!r}; name a file that ends in {', '.join(KINDS)}{nearest(suffix, KINDS)}")
    if not file.parent.is_dir():
        raise DataError(f"the folder {str(file.parent)!r} of the sheet {file.name!r} is not there; make it first")
    if file.is_dir():
        raise DataError(f"the sheet {str(file)!r} is a folder; name a file")
    return file, KINDS[suffix]


def plain_text(name: str, text: object) -> str:
    """A text of the caller on one line."""
    if not isinstance(text, str):
        raise DataError(f"{name} is {text!r}, which is no text; write it in quotes")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


# ---------------------------------------------------------------- what it says


def compose_sheet(
    row: PublishedRow, texts: Mapping[str, str], sex: str | None = "sex", education: str | None = "education"
) -> tuple[Sheet, tuple[str, ...]]:
    """The sheet of a row, and by which of sex and education it should count respondents but cannot.

    ``texts`` are those of the agency, the service and the period, empty where there are none.
    """
    say, headline = row.voice.say, _headline(row)
    counts, lacking = respondents(row, sex, education)
    decimals = _decimals(row)
    chosen = [(row.label(name), row.code_labels(name).get(spelled(code), spelled(code))) for name, code in row.codes.items()]
    details = [
        (say("sheet.service"), texts["service"]),
        *chosen,
        (say("sheet.period"), texts["period"]),
        (say("sheet.respondents"), row.number(int(row.members.sum()), 0)),
    ]
    source = row.result.survey.codebook.origin
    title = ", ".join(text for text in (say("sheet.title"), texts["agency"], texts["period"]) if text)
    scores = [(one["label"], f"{row.number(one['estimate'], decimals)} ({one[CLASS] or NONE})") for one in row.elements]
    sheet = Sheet(
        language=row.language,
        title=say("sheet.title"),
        agency=texts["agency"],
        period=texts["period"],
        headline=headline,
        details=tuple((label, text) for label, text in details if text),
        respondents=counts,
        elements=_elements(row),
        remarks=tuple(remarks(row)),
        follow_up=say("sheet.follow_up", elements="; ".join(lowest_texts(row))),
        thanks=say("sheet.thanks"),
        notes=tuple(_notes(row)),
        source=say("method.source", source=source) if source else "",
        description=describe(title, [(headline.label, headline.value), *headline.facts, *scores]),
    )
    return sheet, lacking


def _headline(row: PublishedRow) -> Headline:
    """The IKM with its class, its interval, and how likely another class is."""
    say, index, classes = row.voice.say, row.index, row.standard.require_classes()
    facts, sentences = [(say("sheet.class"), str(index[CLASS])), (say("sheet.name"), str(index[CLASS_NAME]))], []
    low, high = index["ci_low"], index["ci_high"]
    if index["se"] == 0:
        sentences.append(say("sheet.exact" if row.counted else "sheet.alike"))
    elif not (np.isfinite(low) and np.isfinite(high)):
        sentences.append(say("sheet.no_interval"))
    else:
        facts.append((say("column.interval", level=row.voice.level), row.limits(low, high, classes.range, classes.decimals)))
    if index[P_OTHER] >= _LIKELY:
        other = next(grade for grade in classes.all if grade.code == index[OTHER_CLASS])
        likely = percent(100 * index[P_OTHER], 1, row.language)
        sentences.append(say("sheet.other", code=index[CLASS], p=_held(likely), other=other.code, name=_held(other.name[row.language])))
    return Headline(say("sheet.value"), row.number(index[ROUNDED], classes.decimals), tuple(facts), tuple(sentences))


def lowest_texts(row: PublishedRow) -> list[str]:
    """The lowest elements, from which the follow-up starts, with their mean scores."""
    decimals = _decimals(row)
    return [f"{one['label']}\N{NO-BREAK SPACE}({row.number(one['estimate'], decimals)})" for one in row.lowest[:_LOWEST]]


def _held(text: str) -> str:
    """A text that no line parts."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _decimals(row: PublishedRow) -> int:
    """With how many decimals the mean scores are written, so that the class follows from what is read."""
    classes, factor = row.standard.require_classes(), float(row.standard.conversion_factor)
    values, own = [one["estimate"] for one in row.lowest], [one[CLASS] for one in row.lowest]
    enough = (n for n in range(_NRR, _MOST_NRR) if classes.codes([factor * float(rounded(value, n)) for value in values]) == own)
    return next(enough, _MOST_NRR)


def _elements(row: PublishedRow) -> Block:
    """The mean score of each element; the lowest is marked, in its name too. Limits have a column where there are any."""
    say, scale = row.voice.say, row.standard.scale
    least, decimals = row.lowest[0]["estimate"] + EQUAL, _decimals(row)
    spread, marked = any(one["se"] > 0 for one in row.elements), []
    rows = []
    for place, one in enumerate(row.elements):
        if one["estimate"] <= least:
            marked.append(place)
        limits = row.limits(one["ci_low"], one["ci_high"], scale, decimals) if one["se"] > 0 else NONE
        name = say("sheet.lowest", element=one["label"]) if place in marked else str(one["label"])
        cells = (name, row.number(one["estimate"], decimals), *([limits] if spread else []), one[CLASS] or NONE, row.number(one["n"], 0))
        rows.append(cells)
    header = ("sheet.element", "sheet.nrr", *(["column.interval"] if spread else []), "sheet.grade", "sheet.answers")
    caption = say("sheet.elements", low=row.number(scale[0], 0), high=row.number(scale[1], 0))
    return Block(caption, tuple(say(key, level=row.voice.level).replace(" %", _held(" %")) for key in header), tuple(rows), tuple(marked))


def _notes(row: PublishedRow) -> list[str]:
    """How the index was computed, and by which regulation."""
    from kepuasan import __version__

    say, rule = row.voice.say, row.standard
    notes = [*computing_notes(row), say("sheet.classes", classes=_bounds(row)), say("sheet.rule", citation=rule.citation)]
    if rule.unverified:
        notes.append(say("sheet.unverified", what=rule.unverified[row.language]))
    return [*notes, say("method.software", version=__version__)]


def _bounds(row: PublishedRow) -> str:
    """The classes with their bounds, which lines do not part."""
    classes = row.standard.require_classes()
    low, high = ([row.number(getattr(grade, end), classes.decimals) for grade in classes.all] for end in ("low", "high"))
    return "; ".join(_held(f"{grade.code} {low[at]}{NONE}{high[at]}") for at, grade in enumerate(classes.all))


# ---------------------------------------------------------------- the file


def _page(sheet: Sheet) -> bytes:
    """The sheet as a page of HTML; every text is escaped."""
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    template = environment.from_string(resources.files("kepuasan.report.publication").joinpath("sheet.html").read_text(encoding="utf-8"))
    return template.render(sheet=sheet).encode("utf-8")


#: what makes the bytes of a sheet, by the suffix of its file
KINDS: dict[str, Callable[[Sheet], bytes]] = {
    ".html": _page,
    ".png": lambda sheet: sheet_bytes(sheet, "png"),
    ".svg": lambda sheet: sheet_bytes(sheet, "svg"),
}
