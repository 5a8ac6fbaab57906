"""The recipe: what a run reads, reckons and writes, checked in one go."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from kepuasan.design import SinglePSU
from kepuasan.errors import RecipeError, nearest, some
from kepuasan.scales import Scoring
from kepuasan.specification import Level, Missing
from kepuasan.wording import Language

__all__ = ["ChangePart", "DesignPart", "DomainsPart", "IndexPart", "OutputPart", "Recipe", "WavePart", "parse_recipe", "read_recipe"]

#: a recipe lists at most this many problems; the rest are counted
_MOST = 50


class _Part(BaseModel):
    """A section of the recipe; unknown keys and wrong types are problems."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _as_label(value: Any) -> Any:
    """A wave may be called by a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _as_weights(value: Any) -> Any:
    """Equal weights, a number for each item, or the importance item of each."""
    if value == "equal":
        return value
    if isinstance(value, dict) and value:
        numbers = [isinstance(weight, (int, float)) and not isinstance(weight, bool) for weight in value.values()]
        if all(numbers) or all(isinstance(weight, str) for weight in value.values()):
            return value
    raise ValueError('give "equal", a number for each item, or the importance item of each')


_Label = Annotated[str, BeforeValidator(_as_label), Field(min_length=1)]
_Name = Annotated[str, Field(min_length=1)]
_Names = Annotated[list[_Name], BeforeValidator(_as_list), Field(min_length=1)]


class WavePart(_Part):
    """``[[waves]]``: a data file, and its codebook where there is one."""

    label: _Label = "1"
    data: _Name
    codebook: str | None = None


class DesignPart(_Part):
    """``[design]``: columns, as in `kepuasan.Design`."""

    weight: str | None = None
    strata: _Names | None = None
    psu: _Names | None = None
    fpc: _Names | None = None
    single_psu: SinglePSU = "fail"
    nest: bool = True


class IndexPart(_Part):
    """``[index]``: as in `kepuasan.IndexSpec`."""

    items: _Names
    weights: Annotated[Any, BeforeValidator(_as_weights)] = "equal"
    dimensions: dict[str, list[str]] | None = None
    scoring: Scoring = "minmax"
    top: Annotated[int, Field(ge=1)] = 2
    level: Level = "items"
    missing: Missing = "available"
    min_answered: Annotated[float, Field(ge=0, le=1)] = 0.5
    scale: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None


class ChangePart(_Part):
    """``[change]``: the waves compared, the column of the groups asked, and whether waves share their sampled units."""

    base: _Label | None = None
    current: _Label | None = None
    frame: str | None = None
    shared_psu: bool = False


class DomainsPart(_Part):
    """``[domains]``: columns by which the index is shown too."""

    by: _Names


class OutputPart(_Part):
    """``[output]``: the folder of results."""

    dir: _Name = "out"


class Recipe(_Part):
    """A whole recipe; paths are relative to `folder`."""

    language: Language = "id"
    title: str = ""
    waves: Annotated[list[WavePart], Field(min_length=1)]
    design: DesignPart | None = None
    index: IndexPart | None = None
    change: ChangePart = ChangePart()
    drivers: dict[str, _Names] | None = None
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
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise RecipeError(f"there is no recipe {path.name!r} in {str(path.parent)!r}; name one, or a data file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise RecipeError(f"the recipe {path.name!r} cannot be read: {error}; give a text file in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(f"the recipe {path.name!r} is not valid TOML: {error}") from error
    return parse_recipe(raw, path.parent, path.name)


def parse_recipe(raw: Mapping[str, Any], folder: Path, name: str) -> Recipe:
    """The recipe that a mapping declares; `folder` is where its paths begin, `name` what messages call it."""
    problems: list[str] = []
    recipe = None
    try:
        recipe = Recipe.model_validate(dict(raw))
    except ValidationError as error:
        problems += _problems(error)
    problems += [*_missing_files(raw, folder), *_contradictions(raw)]
    found = list(dict.fromkeys(problems))
    if found or recipe is None:
        more = [f"and {len(found) - _MOST} more"] if len(found) > _MOST else []
        listed = "\n".join(f"  {problem}" for problem in [*found[:_MOST], *more])
        raise RecipeError(f"{name} has {len(found)} problem{'s' if len(found) != 1 else ''}:\n{listed}")
    return recipe


# ---------------------------------------------------------------- what pydantic found, in our words


#: what to give instead, by the kind of fault
_PLAIN = {
    "string_type": "give a text",
    "string_too_short": "give a text that is not empty",
    "int_type": "give a whole number",
    "float_type": "give a number",
    "bool_type": "give true or false",
    "list_type": "give a list",
    "dict_type": "give a section of keys",
    "model_type": "give a section of keys",
    "greater_than_equal": "give a number of at least {ge}",
    "less_than_equal": "give a number of at most {le}",
    "too_short": "give a list of at least {min_length}",
    "too_long": "give a list of at most {max_length}",
    "value_error": "{error}",
}


def _problems(error: ValidationError) -> list[str]:
    """One line for each fault."""
    return [f"{_path(fault['loc'])}: {_said(fault)}" for fault in error.errors(include_url=False)]


def _path(place: Iterable[int | str]) -> str:
    text = ""
    for step in place:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text or "the recipe"


def _said(fault: Any) -> str:
    kind, value = fault["type"], fault["input"]
    if kind == "extra_forbidden":
        known = _known(fault["loc"][:-1])
        return f"unknown key{nearest(fault['loc'][-1], known)}; known are {', '.join(known)}"
    if kind == "missing":
        return "is missing; give it"
    if kind == "literal_error":
        choices = [choice.strip("'") for choice in fault["ctx"]["expected"].replace(" or ", ", ").split(", ")]
        return f"is {value!r}; choose one of {', '.join(map(repr, choices))}{nearest(value, choices)}"
    advice = _PLAIN[kind].format(**fault.get("ctx", {})) if kind in _PLAIN else fault["msg"]
    return f"is {value!r}; {advice}"


def _known(place: tuple[int | str, ...]) -> list[str]:
    """The keys of a section."""
    sections: dict[str, type[BaseModel]] = {
        "waves": WavePart,
        "design": DesignPart,
        "index": IndexPart,
        "change": ChangePart,
        "domains": DomainsPart,
        "output": OutputPart,
    }
    names = [step for step in place if isinstance(step, str)]
    return list((sections[names[0]] if names and names[0] in sections else Recipe).model_fields)


# ---------------------------------------------------------------- what pydantic cannot see


def _dicts(value: Any) -> list[tuple[int, Mapping[str, Any]]]:
    return [(place, one) for place, one in enumerate(value, start=1) if isinstance(one, Mapping)] if isinstance(value, list) else []


def _missing_files(raw: Mapping[str, Any], folder: Path) -> list[str]:
    problems = []
    for place, wave in _dicts(raw.get("waves")):
        for key in ("data", "codebook"):
            name = wave.get(key)
            if not isinstance(name, str) or not name:
                continue
            file = folder / name.rpartition("#")[0] if "#" in name and not (folder / name).exists() else folder / name
            if not file.is_file():
                near = nearest(file.name, [one.name for one in file.parent.iterdir()] if file.parent.is_dir() else [])
                problems.append(f"waves[{place}].{key}: there is no file {name!r}{near}")
    return problems


def _contradictions(raw: Mapping[str, Any]) -> list[str]:
    """Labels given twice, waves that the change does not find, drivers that share an item or name none of the index."""
    waves = _dicts(raw.get("waves"))
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
    listed = _as_list(index.get("items")) if isinstance(index, Mapping) else None
    items = [item for item in listed if isinstance(item, str)] if isinstance(listed, list) else None
    seen: dict[str, str] = {}
    problems = [
        f"drivers.{name}: this name stands for another part of the change; call it something else" for name in drivers if name in ("frame", "rest")
    ]
    for name, members in drivers.items():
        for item in _as_list(members) if isinstance(members, (str, list)) else []:
            if items is not None and item not in items:
                problems.append(f"drivers.{name}: {item!r} is no item of the index{nearest(item, items)}")
            if seen.setdefault(str(item), name) != name:
                problems.append(f"drivers.{name}: {item!r} belongs to {seen[str(item)]!r} already; an item has one driver")
    return problems
