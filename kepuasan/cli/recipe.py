"""The recipe: what a run reads, reckons and writes, checked in one go."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from kepuasan.cli.validation import Label, Name, Names, Part, as_list, missing_file, read_toml, refuse_other, sections_of, validated
from kepuasan.design import SinglePSU
from kepuasan.errors import nearest, some
from kepuasan.scales import Scoring
from kepuasan.specification import Level, Missing
from kepuasan.wording import Language

__all__ = ["ChangePart", "DesignPart", "DomainsPart", "IndexPart", "OutputPart", "Recipe", "WavePart", "parse_recipe", "read_recipe"]


def _as_weights(value: Any) -> Any:
    """Equal weights, a number for each item, or the importance item of each."""
    if value == "equal":
        return value
    if isinstance(value, dict) and value:
        numbers = [isinstance(weight, (int, float)) and not isinstance(weight, bool) for weight in value.values()]
        if all(numbers) or all(isinstance(weight, str) for weight in value.values()):
            return value
    raise ValueError('give "equal", a number for each item, or the importance item of each')


class WavePart(Part):
    """``[[waves]]``: a data file, its codebook and catalog of formats where there are such, and its decimal sign where the file leaves it open."""

    label: Label = "1"
    data: Name
    codebook: str | None = None
    catalog: str | None = None
    decimal: Literal[".", ","] | None = None


class DesignPart(Part):
    """``[design]``: columns, as in `kepuasan.Design`."""

    weight: str | None = None
    strata: Names | None = None
    psu: Names | None = None
    fpc: Names | None = None
    single_psu: SinglePSU = "fail"
    nest: bool = True


class IndexPart(Part):
    """``[index]``: as in `kepuasan.IndexSpec`."""

    items: Names
    weights: Annotated[Any, BeforeValidator(_as_weights)] = "equal"
    dimensions: dict[str, list[str]] | None = None
    scoring: Scoring = "minmax"
    top: Annotated[int, Field(ge=1)] = 2
    level: Level = "items"
    missing: Missing = "available"
    min_answered: Annotated[float, Field(ge=0, le=1)] = 0.5
    scale: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None


class ChangePart(Part):
    """``[change]``: the waves compared, the column of the groups asked, and whether waves share their sampled units."""

    base: Label | None = None
    current: Label | None = None
    frame: str | None = None
    shared_psu: bool = False


class DomainsPart(Part):
    """``[domains]``: columns by which the index is shown too."""

    by: Names


class OutputPart(Part):
    """``[output]``: the folder of results."""

    dir: Name = "out"


class Recipe(Part):
    """A whole recipe; paths are relative to `folder`."""

    language: Language = "id"
    title: str = ""
    waves: Annotated[list[WavePart], Field(min_length=1)]
    design: DesignPart | None = None
    index: IndexPart | None = None
    change: ChangePart = ChangePart()
    drivers: dict[str, Names] | None = None
    domains: DomainsPart | None = None
    output: OutputPart = OutputPart()

    def labels(self) -> tuple[str, ...]:
        """Labels of the waves, in order."""
        return tuple(wave.label for wave in self.waves)


def read_recipe(path: str | Path) -> Recipe:
    """The recipe of a TOML file.

    Raises
    ------
    RecipeError
        A file that is not there or is no TOML; unknown keys with the nearest known ones, wrong types, files that are missing, names
        that contradict each other: all of them, each with its key.
    """
    path = Path(path)
    raw = read_toml(path, "recipe", "name one, or a data file")
    refuse_other(raw, "published", "waves", f"{path.name} lists [[published]] numbers: kepuasan reproduce {path.name}")
    return parse_recipe(raw, path.parent, path.name)


def parse_recipe(raw: Mapping[str, Any], folder: Path, name: str) -> Recipe:
    """The recipe that a mapping declares; `folder` is where its paths begin, `name` what messages call it."""
    return validated(Recipe, raw, name, [*_missing_files(raw, folder), *_contradictions(raw)])


# ---------------------------------------------------------------- what pydantic cannot see


def _missing_files(raw: Mapping[str, Any], folder: Path) -> list[str]:
    given = [(f"waves[{place}].{key}", wave.get(key)) for place, wave in sections_of(raw.get("waves")) for key in ("data", "codebook", "catalog")]
    return [problem for key, name in given if (problem := missing_file(key, name, folder))]


def _contradictions(raw: Mapping[str, Any]) -> list[str]:
    """Labels given twice, waves that the change does not find, drivers that share an item or name none of the index."""
    waves = sections_of(raw.get("waves"))
    labels = [str(wave.get("label", "1")) for _, wave in waves]
    problems = [
        f"waves: the label {label!r} is given {labels.count(label)} times; give each wave its own"
        for label in dict.fromkeys(labels)
        if labels.count(label) > 1
    ]
    change = raw.get("change")
    if isinstance(change, Mapping):
        named = {key: str(change[key]) for key in ("base", "current") if isinstance(change.get(key), (str, int))}
        problems += [
            f"change.{key}: there is no wave {label!r}{nearest(label, labels)}; the waves are {some(dict.fromkeys(labels), 12)}"
            for key, label in named.items()
            if label not in labels
        ]
        if len(set(named.values())) < len(named):
            problems.append(f"change: base and current are the same wave {named['base']!r}; name two")
        if len(labels) == 1 and change.get("frame") is not None:
            problems.append("change.frame: there is one wave only, so nothing changes; leave [change] out")
    return problems + _driver_problems(raw)


def _driver_problems(raw: Mapping[str, Any]) -> list[str]:
    drivers, index = raw.get("drivers"), raw.get("index")
    if not isinstance(drivers, Mapping):
        return []
    listed = as_list(index.get("items")) if isinstance(index, Mapping) else None
    items = [item for item in listed if isinstance(item, str)] if isinstance(listed, list) else None
    seen: dict[str, str] = {}
    problems = [
        f"drivers.{name}: this name stands for another part of the change; call it something else" for name in drivers if name in ("frame", "rest")
    ]
    for name, members in drivers.items():
        for item in as_list(members) if isinstance(members, (str, list)) else []:
            if items is not None and item not in items:
                problems.append(f"drivers.{name}: {item!r} is no item of the index{nearest(item, items)}")
            if seen.setdefault(str(item), name) != name:
                problems.append(f"drivers.{name}: {item!r} belongs to {seen[str(item)]!r} already; an item has one driver")
    return problems
