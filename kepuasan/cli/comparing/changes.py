"""Two records of runs, and everything that is not the same in them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kepuasan.cli.recipe.validation import SpokenError
from kepuasan.report.folder import RECORD
from kepuasan.wording import say

__all__ = ["SECTIONS", "Change", "Comparison", "compared", "read_run"]

#: sections of a record, in the order in which changes are told
SECTIONS = ("inputs", "settings", "seed", "versions", "rows", "steps", "headline", "outputs")
_FILES = ("inputs", "outputs")
_ESTIMATE = "estimate"
#: entries by which the parts of a list are known, where they have one
_NAMES = ("label", "item", "step", "name")


@dataclass(frozen=True)
class Change:
    """One thing that is not the same.

    Attributes
    ----------
    section : str
        One of `SECTIONS`.
    name : str
        File, flattened key of a setting, package, number.
    kind : {"added", "removed", "changed", "renamed"}
    old, new : Any
        None where there is none; of files whose content changed, None both.
    difference : float or None
        New minus old, of numbers.
    beyond : bool or None
        Of estimates: whether each lies outside the interval of the other; None where an interval is not recorded.
    """

    section: str
    name: str
    kind: str
    old: Any = None
    new: Any = None
    difference: float | None = None
    beyond: bool | None = None


@dataclass(frozen=True)
class Comparison:
    """The changes, and the sections that only one of the records has, with whether the old one is that which lacks it."""

    changes: list[Change]
    lacking: dict[str, bool] = field(default_factory=dict)


def read_run(path: Path, language: str) -> dict[str, Any]:
    """The record of a run, from its folder or its file.

    Raises
    ------
    SpokenError
        A path that is not there; a folder without a record; a file that is none.
    """
    if not path.exists():
        raise SpokenError(say("diff.absent", language, path=path.as_posix()))
    file = path / RECORD if path.is_dir() else path
    if not file.is_file():
        raise SpokenError(say("diff.no_record", language, path=path.as_posix(), record=RECORD))
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        record = None
    if not isinstance(record, dict) or record.get("made_by") != "kepuasan":
        raise SpokenError(say("diff.foreign", language, path=path.as_posix()))
    return record


def compared(old: Mapping[str, Any], new: Mapping[str, Any]) -> Comparison:
    """Everything that is not the same in two records.

    Examples
    --------
    >>> old = {"inputs": {"a.csv": "1"}, "headline": {"index": {"2022": {"estimate": 75.5, "ci_low": 74.0, "ci_high": 77.0}}}}
    >>> new = {"inputs": {"a.csv": "2"}, "headline": {"index": {"2022": {"estimate": 73.0, "ci_low": 72.0, "ci_high": 74.0}}}}
    >>> [(one.name, one.kind, one.difference, one.beyond) for one in compared(old, new).changes]
    [('a.csv', 'changed', None, None), ('index.2022', 'changed', -2.5, True)]
    """
    both = [name for name in SECTIONS if name in old and name in new]
    lacking = {name: name in new for name in SECTIONS if (name in old) != (name in new)}
    return Comparison([change for name in both for change in _section(name, old[name], new[name])], lacking)


def _section(name: str, old: Any, new: Any) -> Iterator[Change]:
    if name in _FILES:
        return _files(name, _mapping(old), _mapping(new))
    if name == "headline":
        return _numbers(_estimates(_mapping(old)), _estimates(_mapping(new)))
    return _values(name, dict(_flat(old, "")), dict(_flat(new, "")))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _files(section: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Files that are there no more, are new, have another name or another content."""
    gone, come = [name for name in old if name not in new], [name for name in new if name not in old]
    for name in gone:
        twin = next((other for other in come if new[other] == old[name]), None)
        if twin is None:
            yield Change(section, name, "removed")
        else:
            come.remove(twin)
            yield Change(section, name, "renamed", name, twin)
    yield from (Change(section, name, "added") for name in come)
    yield from (Change(section, name, "changed") for name in old if name in new and old[name] != new[name])


def _values(section: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Values by their flattened keys."""
    for name in [*old, *(name for name in new if name not in old)]:
        if name not in new:
            yield Change(section, name, "removed", old[name])
        elif name not in old:
            yield Change(section, name, "added", None, new[name])
        elif old[name] != new[name] or isinstance(old[name], bool) != isinstance(new[name], bool):
            yield Change(section, name, "changed", old[name], new[name], _difference(old[name], new[name]))


def _flat(value: Any, before: str) -> Iterator[tuple[str, Any]]:
    """Leaves of nested mappings and lists by their keys; lists of plain values are leaves."""
    if isinstance(value, Mapping) and (value or not before):
        for key, inner in value.items():
            yield from _flat(inner, f"{before}.{key}" if before else str(key))
    elif isinstance(value, list) and any(isinstance(one, (Mapping, list)) for one in value):
        names = [_called(one, place) for place, one in enumerate(value, start=1)]
        names = names if len(set(names)) == len(names) else [str(place) for place in range(1, len(value) + 1)]
        for name, one in zip(names, value, strict=True):
            yield from _flat(_row(one), f"{before}[{name}]" if before else name)
    else:
        yield before, value


def _called(part: Any, place: int) -> str:
    """What a part of a list is called: by its name, and its wave; a row of a table by what stands before its number."""
    if isinstance(part, Mapping):
        name = next((part[key] for key in _NAMES if isinstance(part.get(key), (str, int))), place)
        return " ".join(str(one) for one in (name, part.get("wave", "")) if one != "")
    if isinstance(part, list) and len(part) > 1 and all(isinstance(one, str) for one in part[:-1]):
        return " ".join(one for one in part[:-1] if one)
    return str(place)


def _row(part: Any) -> Any:
    """What a part of a list says beside its name; a single value without its key."""
    if isinstance(part, Mapping):
        rest = {key: value for key, value in part.items() if key not in (*_NAMES, "wave")}
        return next(iter(rest.values())) if len(rest) == 1 and len(part) > 1 else rest or part
    return part[-1] if isinstance(part, list) and len(part) > 1 and all(isinstance(one, str) for one in part[:-1]) else part


# ---------------------------------------------------------------- numbers


def _estimates(headline: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Estimates with what is known of them, and other values, by their flattened keys."""
    found: dict[str, Any] = {}
    for key, value in headline.items():
        name = f"{before}.{key}" if before else str(key)
        if isinstance(value, Mapping) and _ESTIMATE not in value:
            found |= _estimates(value, name)
        else:
            found[name] = value
    return found


def _numbers(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Estimates and numbers that are not the same; of equal estimates, what else is known of them."""
    for name in [*old, *(name for name in new if name not in old)]:
        mine, theirs = old.get(name), new.get(name)
        if name not in new or name not in old:
            yield Change("headline", name, "removed" if name in old else "added", _value(mine), _value(theirs))
        elif _value(mine) != _value(theirs):
            was, now = _value(mine), _value(theirs)
            yield Change("headline", name, "changed", was, now, _difference(was, now), _beyond(mine, theirs))
        elif isinstance(mine, Mapping) and isinstance(theirs, Mapping):
            beside = ({key: value for key, value in one.items() if key != _ESTIMATE} for one in (mine, theirs))
            for change in _values("headline", *beside):
                yield Change("headline", f"{name}.{change.name}", change.kind, change.old, change.new, change.difference)


def _value(number: Any) -> Any:
    return number.get(_ESTIMATE) if isinstance(number, Mapping) else number


def _difference(old: Any, new: Any) -> float | None:
    """New minus old, to ten digits."""
    if not all(isinstance(one, (int, float)) and not isinstance(one, bool) and math.isfinite(one) for one in (old, new)):
        return None
    return new - old if isinstance(old, int) and isinstance(new, int) else float(f"{new - old:.10g}")


def _beyond(old: Any, new: Any) -> bool | None:
    """Whether each estimate lies outside the interval of the other."""
    limits: Sequence[Any] = [one.get(key) if isinstance(one, Mapping) else None for one in (old, new) for key in ("ci_low", "ci_high")]
    values = [_value(old), _value(new), *limits]
    if not all(isinstance(one, (int, float)) and math.isfinite(one) for one in values):
        return None
    was, now, was_low, was_high, now_low, now_high = values
    return not (was_low <= now <= was_high) and not (now_low <= was <= now_high)
