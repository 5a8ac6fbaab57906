"""The file of `kepuasan reproduce`: published numbers, where what they were made of lies, and what is known of their conventions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from kepuasan.cli.recipe.validation import (
    Fault,
    Label,
    Name,
    Names,
    Part,
    language_of,
    missing_file,
    read_toml,
    refuse_other,
    sections_of,
    unfit,
    validated,
)
from kepuasan.errors import KepuasanError
from kepuasan.wording import Language, say

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.reproducing import Reproduction
    from kepuasan.specification import IndexSpec

__all__ = ["PublishedFile", "PublishedPart", "Tried", "read_published_file", "tried"]

#: where a number may come from; exactly one of them is given
_SOURCES = ("means", "table", "parts", "data")
#: keys that go with some sources only
_OWN = {
    "codebook": ("data",),
    "items": ("data",),
    "weight": ("data",),
    "scale": ("data", "means"),
    "unit": ("data", "table"),
    "volume": ("data", "table"),
}


#: numbers that are given more decimals have no more than so many, and are no larger
_FINEST, _LARGE = Decimal("1e-12"), Decimal(10) ** 15


class _Written(float):
    """A number of the file that remembers how it is written, so that 3.310 has three decimals."""

    text: str

    def __new__(cls, text: str) -> _Written:
        """The number that a text stands for."""
        made = super().__new__(cls, text)
        made.text = text.replace("_", "")
        return made


def _as_printed(value: Any) -> Any:
    """A number, or text of one; numbers show the decimals they are written with."""
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = Decimal(value.text if isinstance(value, _Written) else repr(value))
        if number.is_finite():
            return number
    raise unfit("printed")


def _as_choices(value: Any) -> Any:
    """A choice, or a list of them; numbers are read as text."""
    if isinstance(value, list) and value:
        return [_as_choices(one) for one in value]
    if isinstance(value, str) and value:
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(_as_printed(value))
    raise unfit("option")


def _as_volume(value: Any) -> Any:
    """A column, or a number for each unit."""
    numbers = isinstance(value, dict) and value and all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in value.values())
    if numbers or (isinstance(value, str) and value):
        return value
    raise unfit("volume")


def _as_numbers(value: Any) -> Any:
    """At least one number."""
    if value == {}:
        raise unfit("numbers")
    return value


def _evened(numbers: dict[str, Any]) -> dict[str, Any]:
    """Numbers without quotation marks with the decimals of the one that shows most, as a float of the library has them; text has its own."""
    shown = [-int(one.as_tuple().exponent) for one in numbers.values() if isinstance(one, Decimal)]
    unit = Decimal(1).scaleb(-max([0, *shown]))
    return {name: one.quantize(max(unit, _FINEST)) if isinstance(one, Decimal) and abs(one) < _LARGE else one for name, one in numbers.items()}


_Numbers = Annotated[dict[str, Annotated[Any, BeforeValidator(_as_printed)]], BeforeValidator(_as_numbers), AfterValidator(_evened)]


class PublishedPart(Part):
    """``[[published]]``: a number, as in `kepuasan.reproduce`, and its source."""

    label: Label
    value: Annotated[Any, BeforeValidator(_as_printed)]
    decimals: Annotated[int, Field(ge=0, le=12)] | None = None
    grade: Annotated[Name | None, Field(alias="class")] = None
    rule: Name = "14/2017"
    means: _Numbers | None = None
    table: Name | None = None
    parts: _Numbers | None = None
    data: Name | None = None
    codebook: Name | None = None
    items: Names | None = None
    scale: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None
    weight: Name | None = None
    unit: Name | None = None
    volume: Annotated[Any, BeforeValidator(_as_volume)] | None = None
    known: Annotated[dict[str, Annotated[Any, BeforeValidator(_as_choices)]], Field(min_length=1)] | None = None

    def files(self) -> list[str]:
        """The files it reads, as they are written."""
        return [one for one in (self.table, self.data, self.codebook) if one is not None]


class PublishedFile(Part):
    """A whole file; its paths begin where it lies."""

    language: Language = "id"
    published: Annotated[list[PublishedPart], Field(min_length=1)]


def read_published_file(path: str | Path, lang: str | None = None) -> PublishedFile:
    """The published numbers of a TOML file; messages are in the language `lang`, without it in that of the file, else in Indonesian.

    Raises
    ------
    RecipeError
        A file that is not there or is no TOML; unknown keys with the nearest known ones, wrong types, files that are missing, a number without
        a source or with several, keys that do not go with its source, a label given twice: all of them, each with its key.
    """
    path = Path(path)
    raw = read_toml(path, "published", lang, parse_float=_Written)
    refuse_other(raw, "waves", "published", say("recipe.is_recipe", language_of(raw, lang), name=path.name))
    return validated(PublishedFile, raw, path.name, [*_missing_files(raw, path.parent), *_contradictions(raw)], lang)


def _missing_files(raw: Mapping[str, Any], folder: Path) -> list[Fault]:
    given = [(f"published[{place}].{key}", one.get(key)) for place, one in sections_of(raw.get("published")) for key in ("table", "data", "codebook")]
    return [fault for key, name in given for fault in missing_file(key, name, folder)]


def _contradictions(raw: Mapping[str, Any]) -> list[Fault]:
    """Sources that are none or several, keys of another source, decimals said twice, labels given twice."""
    sections = sections_of(raw.get("published"))
    faults = [fault for place, one in sections for fault in _source_faults(f"published[{place}]", one)]
    labels = [str(one["label"]) for _, one in sections if isinstance(one.get("label"), (str, int))]
    counts = {label: labels.count(label) for label in labels}
    twice = [Fault("published", "recipe.number_twice", {"label": label, "count": count}) for label, count in counts.items() if count > 1]
    return [*faults, *twice]


def _source_faults(where: str, one: Mapping[str, Any]) -> list[Fault]:
    sources, choices = [key for key in _SOURCES if key in one], {"sources": ", ".join(_SOURCES)}
    if not sources:
        return [Fault(where, "recipe.source.none", choices)]
    if len(sources) > 1:
        return [Fault(where, "recipe.source.several", {"found": " + ".join(sources), **choices})]
    faults = [
        Fault(f"{where}.{key}", "recipe.source.other", {"belongs": " / ".join(belongs), "source": sources[0]})
        for key, belongs in _OWN.items()
        if key in one and sources[0] not in belongs
    ]
    if "scale" in one and "data" in one and "items" not in one:
        faults.append(Fault(f"{where}.scale", "recipe.source.scale"))
    if "decimals" in one and isinstance(one.get("value"), str):
        faults.append(Fault(f"{where}.decimals", "recipe.source.decimals", {"value": one["value"]}))
    return faults


# ---------------------------------------------------------------- numbers tried


@dataclass(frozen=True)
class Tried:
    """A published number and what became of it: the result, or why it could not be tried."""

    part: PublishedPart
    result: Reproduction | None
    problem: str = ""

    @property
    def good(self) -> bool:
        """Whether some convention gives it and nothing contradicts it."""
        return self.result is not None and self.result.reproduced and not len(self.result.findings)


def tried(part: PublishedPart, folder: Path) -> Tried:
    """A number tried under every convention that its source allows; what the library refuses is its problem."""
    from kepuasan.reproducing import reproduce

    value = part.value if part.grade is None else {"value": part.value, "class": part.grade}
    try:
        named: dict[str, Any] = {
            "decimals": _decimals(part),
            "spec": _spec(part),
            "known": part.known,
            "kind": "means" if part.means else "parts" if part.parts else None,
            "unit": part.unit,
            "volume": part.volume,
            "rule": part.rule,
        }
        return Tried(part, reproduce(_source(part, folder), value, **named))
    except KepuasanError as error:
        return Tried(part, None, str(error))


def _decimals(part: PublishedPart) -> int:
    """Those given, else those that the number shows; text tells its own."""
    from kepuasan.reproducing.printed import read_printed

    if part.decimals is not None or isinstance(part.value, str):
        return part.decimals or 0
    return read_printed(part.value, "value").decimals


def _spec(part: PublishedPart) -> IndexSpec | None:
    """The items and their scale, where the file names them."""
    from kepuasan.specification import IndexSpec

    items = part.items or (list(part.means) if part.means and part.scale else None)
    if items is None:
        return None
    scale = None if part.scale is None else (float(part.scale[0]), float(part.scale[1]))
    return IndexSpec(items, scale=scale, scoring="share-of-max")


def _source(part: PublishedPart, folder: Path) -> Any:
    if part.data is not None:
        from kepuasan.io import read_survey

        roles: dict[str, Any] = {} if part.weight is None else {"weight": part.weight}
        return read_survey(folder / part.data, None if part.codebook is None else folder / part.codebook, **roles)
    return part.means or part.parts if part.table is None else _table(folder / part.table)


def _table(path: Path) -> pd.DataFrame:
    """A table with its texts as they are printed, zeros at their end and thousands apart; its rows are counted as in the file, the header first."""
    from kepuasan.io.reading import read_cells

    frame = read_cells(path)
    frame.index = frame.index + 2
    return frame
