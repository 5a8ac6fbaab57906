"""TOML files checked in one go: every problem at once, each with its key and what to do, in the language of the file."""

from __future__ import annotations

import datetime as dt
import os
import tomllib
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from kepuasan.cli.recipe.toml_faults import TomlFault, badly_coded, declared_language
from kepuasan.errors import RecipeError
from kepuasan.quality.findings import Words
from kepuasan.refusals.system import reason_of
from kepuasan.wording import CATALOGUE, LANGUAGES, Language, say

__all__ = [
    "Fault",
    "Label",
    "Name",
    "Names",
    "Near",
    "Part",
    "SpokenError",
    "Text",
    "as_list",
    "language_of",
    "missing_file",
    "quoted",
    "read_toml",
    "refuse_other",
    "sections_of",
    "unfit",
    "validated",
]

#: a file's problems are listed up to this many; the rest are counted
_MOST = 50
#: how like a name must be to one that is known
_LIKE = 0.6

#: what TOML makes of a single \\ before some letters of a file's name, and what was meant
_ESCAPES = str.maketrans({"\b": "/b", "\t": "/t", "\n": "/n", "\f": "/f", "\r": "/r"})

_Model = TypeVar("_Model", bound=BaseModel)


class SpokenError(RecipeError):
    """What cannot be used, told in the language of its reader."""

    spoken = True


class Part(BaseModel):
    """A section of a file; unknown keys and wrong types are problems."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


@dataclass(frozen=True)
class Near:
    """A hint at the known name nearest to a wrong one, in the language that the words around it ask for; nothing where none is near.

    Examples
    --------
    >>> "{hint:en}{none:en}".format(hint=Near("sped", ("speed",)), none=Near("sped", ("age",)))
    "; did you mean 'speed'?"
    """

    name: object
    known: tuple[object, ...]

    def __format__(self, language: str) -> str:
        import difflib

        by_text = {str(one).casefold(): one for one in self.known}
        close = difflib.get_close_matches(str(self.name).casefold(), by_text, n=1, cutoff=_LIKE)
        return say("recipe.near", language or "en", name=by_text[close[0]]) if close else ""


@dataclass(frozen=True)
class Fault:
    """A problem of a file: the key it is about, and the words for it.

    Examples
    --------
    >>> Fault("index.items", "recipe.missing").said("en")
    'index.items: is missing; give it'
    """

    place: str
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def said(self, language: Language | str) -> str:
        """The problem on one line."""
        return f"{self.place or say('recipe.whole', language)}: {say(self.key, language, **self.values)}"


def quoted(values: Iterable[object], limit: int = 12) -> str:
    """The first values in quotation marks, and how many more there are.

    Examples
    --------
    >>> quoted(["a", "b", "c"], limit=2)
    "'a', 'b' (+1)"
    """
    listed = [repr(str(value)) for value in values]
    return ", ".join(listed[:limit]) + (f" (+{len(listed) - limit})" if len(listed) > limit else "")


def unfit(kind: str) -> PydanticCustomError:
    """What a validator raises for a value of another kind; the words are those of ``recipe.give.<kind>``."""
    return PydanticCustomError("unfit", "{kind}", {"kind": kind})


def _as_label(value: Any) -> Any:
    """A wave may be called by a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def as_list(value: Any) -> Any:
    """A single name as the list of it."""
    return [value] if isinstance(value, str) else value


def _as_text(value: Any) -> Any:
    """A text, or texts by language; a date as it is written."""
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and value and set(value) <= set(LANGUAGES) and all(isinstance(text, str) for text in value.values()):
        first = next(iter(value.values()))
        return {language: value.get(language, first) for language in LANGUAGES}
    raise unfit("text")


Label = Annotated[str, BeforeValidator(_as_label), Field(min_length=1)]
Name = Annotated[str, Field(min_length=1)]
Names = Annotated[list[Name], BeforeValidator(as_list), Field(min_length=1)]
Text = Annotated[Any, BeforeValidator(_as_text)]


def language_of(raw: Mapping[str, Any], lang: str | None = None) -> Language:
    """The language that is asked for, else that of the file, else Indonesian.

    Examples
    --------
    >>> language_of({"language": "en"}), language_of({"language": "fr"}), language_of({}, "en")
    ('en', 'id', 'en')
    """
    return next((known for asked in (lang, raw.get("language")) for known in LANGUAGES if asked == known), "id")


def read_toml(path: Path, kind: str, lang: str | None = None, *, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """The contents of a TOML file; `kind` is "recipe" or "published".

    Raises
    ------
    SpokenError
        A file that is not there, cannot be read, or is no TOML.
    """
    text, what = "", Words(f"recipe.what.{kind}")
    language = lang or "id"
    try:
        language = lang or declared_language(path)
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text, parse_float=parse_float)
    except FileNotFoundError as error:
        raise SpokenError(say(f"recipe.absent.{kind}", language, name=path.name, folder=path.parent.as_posix())) from error
    except UnicodeDecodeError as error:
        line, coding = badly_coded(path)
        raise SpokenError(say(f"recipe.coding.{coding}", language, what=what, name=path.name, line=line)) from error
    except OSError as error:
        raise SpokenError(say("recipe.unreadable", language, what=what, name=path.name, error=reason_of(error, language))) from error
    except tomllib.TOMLDecodeError as error:
        fault = TomlFault(text, str(error), recipe=kind == "recipe")
        raise SpokenError(say("recipe.no_toml", language, what=what, name=path.name, fault=fault)) from error


def refuse_other(raw: Mapping[str, Any], key: str, own: str, advice: str) -> None:
    """Refuse a file that has the key of another command, and not its own.

    Raises
    ------
    SpokenError
        With the command that takes it.
    """
    if key in raw and own not in raw:
        raise SpokenError(advice)


def validated(model: type[_Model], raw: Mapping[str, Any], name: str, others: Iterable[Fault] = (), lang: str | None = None) -> _Model:
    """The model that a mapping declares.

    Raises
    ------
    SpokenError
        All that pydantic finds and the problems found by `others`, under the `name` of the file.
    """
    faults: list[Fault] = []
    made = None
    try:
        made = model.model_validate(dict(raw))
    except ValidationError as error:
        faults += [_fault(found, model) for found in error.errors(include_url=False)]
    language = language_of(raw, lang)
    found = list(dict.fromkeys(fault.said(language) for fault in [*faults, *others]))
    if found or made is None:
        more = [say("recipe.more", language, count=len(found) - _MOST)] if len(found) > _MOST else []
        head = say("recipe.problems" if len(found) != 1 else "recipe.problems.one", language, name=name, count=len(found))
        raise SpokenError("\n".join([head, *(f"  {problem}" for problem in [*found[:_MOST], *more])]))
    return made


def sections_of(value: Any) -> list[tuple[int, Mapping[str, Any]]]:
    """The sections of a list of them, numbered from 1."""
    return [(place, one) for place, one in enumerate(value, start=1) if isinstance(one, Mapping)] if isinstance(value, list) else []


def missing_file(key: str, name: Any, folder: Path) -> list[Fault]:
    """The problem of a file, or of a sheet of a workbook, that is not there; none where it is, or where no name is given."""
    if not isinstance(name, str) or not name:
        return []
    file = folder / name.rpartition("#")[0] if "#" in name and not (folder / name).exists() else folder / name
    if file.is_file():
        return []
    other = name.translate(_ESCAPES)
    other = other.replace("\\", "/") if os.sep == "/" else other
    if other != name:
        return [Fault(key, "recipe.backslash", {"name": name, "other": other})]
    there = tuple(sorted(one.name for one in file.parent.iterdir())) if file.parent.is_dir() else ()
    return [Fault(key, "recipe.no_file", {"name": name, "near": Near(file.name, there)})]


# ---------------------------------------------------------------- what pydantic found, in our words


def _path(place: Iterable[int | str]) -> str:
    text = ""
    for step in place:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _fault(found: Any, model: type[BaseModel]) -> Fault:
    kind, value, place = found["type"], found["input"], _path(found["loc"])
    if kind == "extra_forbidden":
        known = _known(model, found["loc"][:-1])
        return Fault(place, "recipe.unknown", {"near": Near(found["loc"][-1], tuple(known)), "known": ", ".join(known)})
    if kind == "missing":
        return Fault(place, "recipe.missing")
    if kind == "literal_error":
        choices = [choice.strip("'") for choice in found["ctx"]["expected"].replace(" or ", ", ").split(", ")]
        return Fault(place, "recipe.choice", {"value": value, "choices": quoted(choices), "near": Near(value, tuple(choices))})
    if kind == "list_type" and isinstance(value, Mapping):
        return Fault(place, "recipe.table", {"name": place})
    context = dict(found.get("ctx", {}))
    key = f"recipe.give.{context.get('kind', '')}" if kind == "unfit" else f"recipe.give.{kind}"
    advice = Words(key, context) if key in CATALOGUE else Words("recipe.give.other", {"text": found["msg"]})
    return Fault(place, "recipe.is", {"value": value, "advice": advice})


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
