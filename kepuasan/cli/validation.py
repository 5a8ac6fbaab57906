"""TOML files checked in one go: every problem at once, each with its key and what to do."""

from __future__ import annotations

import os
import re
import tomllib
import types
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from kepuasan.errors import RecipeError, nearest

__all__ = ["Label", "Name", "Names", "Part", "as_list", "missing_file", "read_toml", "refuse_other", "sections_of", "validated"]

#: a file's problems are listed up to this many; the rest are counted
_MOST = 50
#: a number with a decimal comma, or thousands apart, that is not in quotation marks; quoted text
_UNQUOTED = re.compile(r"(?:=\s*|[\[{,]\s*)(\d+(?:\.\d{3})*,\d+|\d+\.\d+(?:\.\d+)+)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")

_Model = TypeVar("_Model", bound=BaseModel)


class Part(BaseModel):
    """A section of a file; unknown keys and wrong types are problems."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _as_label(value: Any) -> Any:
    """A wave may be called by a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def as_list(value: Any) -> Any:
    """A single name as the list of it."""
    return [value] if isinstance(value, str) else value


Label = Annotated[str, BeforeValidator(_as_label), Field(min_length=1)]
Name = Annotated[str, Field(min_length=1)]
Names = Annotated[list[Name], BeforeValidator(as_list), Field(min_length=1)]


def read_toml(path: Path, what: str, otherwise: str, *, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """The contents of a TOML file; messages call it a `what`, and say what to do `otherwise`.

    Raises
    ------
    RecipeError
        A file that is not there, cannot be read, or is no TOML.
    """
    text = ""
    try:
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text, parse_float=parse_float)
    except FileNotFoundError as error:
        raise RecipeError(f"there is no {what} {path.name!r} in {str(path.parent)!r}; {otherwise}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise RecipeError(f"the {what} {path.name!r} cannot be read: {error}; give a text file in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(f"the {what} {path.name!r} is not valid TOML: {error}{_unquoted(text, str(error))}") from error


def _unquoted(text: str, error: str) -> str:
    """A hint where the line at fault has a number such as 87,28 that is not in quotation marks."""
    place = re.search(r"at line (\d+)", error)
    lines = text.splitlines()
    line = lines[int(place[1]) - 1] if place is not None and int(place[1]) <= len(lines) else ""
    found = _UNQUOTED.search(_QUOTED.sub('""', line))
    return f'; write "{found[1]}" in quotation marks' if found is not None else ""


def refuse_other(raw: Mapping[str, Any], key: str, own: str, advice: str) -> None:
    """Refuse a file that has the key of another command, and not its own.

    Raises
    ------
    RecipeError
        With the command that takes it.
    """
    if key in raw and own not in raw:
        raise RecipeError(advice)


def validated(model: type[_Model], raw: Mapping[str, Any], name: str, others: Iterable[str] = ()) -> _Model:
    """The model that a mapping declares.

    Raises
    ------
    RecipeError
        All that pydantic finds and the problems found by `others`, under the `name` of the file.
    """
    problems: list[str] = []
    made = None
    try:
        made = model.model_validate(dict(raw))
    except ValidationError as error:
        problems += [f"{_path(fault['loc'])}: {_said(fault, model)}" for fault in error.errors(include_url=False)]
    found = list(dict.fromkeys([*problems, *others]))
    if found or made is None:
        more = [f"and {len(found) - _MOST} more"] if len(found) > _MOST else []
        listed = "\n".join(f"  {problem}" for problem in [*found[:_MOST], *more])
        raise RecipeError(f"{name} has {len(found)} problem{'s' if len(found) != 1 else ''}:\n{listed}")
    return made


def sections_of(value: Any) -> list[tuple[int, Mapping[str, Any]]]:
    """The sections of a list of them, numbered from 1."""
    return [(place, one) for place, one in enumerate(value, start=1) if isinstance(one, Mapping)] if isinstance(value, list) else []


def missing_file(key: str, name: Any, folder: Path) -> str:
    """The problem of a file, or of a sheet of a workbook, that is not there; nothing where it is, or where no name is given."""
    if not isinstance(name, str) or not name:
        return ""
    file = folder / name.rpartition("#")[0] if "#" in name and not (folder / name).exists() else folder / name
    if file.is_file():
        return ""
    if "\\" in name and os.sep == "/":
        return f"{key}: there is no file {name!r}; use / between folders: '{name.replace(chr(92), '/')}'"
    near = nearest(file.name, [one.name for one in file.parent.iterdir()] if file.parent.is_dir() else [])
    return f"{key}: there is no file {name!r}{near}"


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


def _path(place: Iterable[int | str]) -> str:
    text = ""
    for step in place:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text or "the recipe"


def _said(fault: Any, model: type[BaseModel]) -> str:
    kind, value = fault["type"], fault["input"]
    if kind == "extra_forbidden":
        known = _known(model, fault["loc"][:-1])
        return f"unknown key{nearest(fault['loc'][-1], known)}; known are {', '.join(known)}"
    if kind == "missing":
        return "is missing; give it"
    if kind == "literal_error":
        choices = [choice.strip("'") for choice in fault["ctx"]["expected"].replace(" or ", ", ").split(", ")]
        return f"is {value!r}; choose one of {', '.join(map(repr, choices))}{nearest(value, choices)}"
    advice = _PLAIN[kind].format(**fault.get("ctx", {})) if kind in _PLAIN else fault["msg"]
    return f"is {value!r}; {advice}"


def _known(model: type[BaseModel], place: Iterable[int | str]) -> list[str]:
    """The keys of a section."""
    for step in place:
        if isinstance(step, str):
            fields = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
            model = _section(fields[step]) or model if step in fields else model
    return [field.alias or name for name, field in model.model_fields.items()]


def _section(annotation: Any) -> type[BaseModel] | None:
    """The model within an annotation such as ``list[Part]`` or ``Part | None``."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := _section(one)) is not None), None)
