"""What the sections of a recipe say together, and the files they name: problems that no section has by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kepuasan.cli.recipe.validation import Fault, Near, as_list, missing_file, quoted, sections_of

__all__ = ["contradictions", "missing_files"]

#: final dispositions of sampled cases, all of which a wave gives but the last
_DISPOSITIONS = ("I", "P", "R", "NC", "O", "UH", "UO", "NE")
#: names that the parts of a change have
_PARTS = ("frame", "rest")


def missing_files(raw: Mapping[str, Any], folder: Path) -> list[Fault]:
    """Every file that a recipe names and that is not there."""
    return [
        fault
        for where, wave in _every_wave(raw)
        for key, name in [*((key, wave.get(key)) for key in ("data", "codebook", "catalog")), *_margin_files(wave)]
        for fault in missing_file(f"{where}.{key}", name, folder)
    ]


def contradictions(raw: Mapping[str, Any]) -> list[Fault]:
    """Every contradiction of a recipe, in the order of its sections."""
    return [
        *_label_faults("waves", raw),
        *(fault for where, wave in _every_wave(raw) for fault in _wave_faults(where, wave)),
        *_replicate_faults(_section(raw, "replicates")),
        *_change_faults(raw),
        *_scale_faults(_section(raw, "index").get("scale")),
        *_driver_faults(raw),
        *_importance_faults(raw),
        *_twice("groups", [_text(one.get("label")) for _, one in sections_of(raw.get("groups"))]),
        *_label_faults("against.waves", _section(raw, "against")),
        *_twice("against.items", _texts(_section(raw, "against").get("items"))),
        *_measure_faults(raw),
        *_suppression_faults(_section(raw, "suppression")),
        *_output_faults(_section(raw, "output")),
    ]


def _section(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A section; an empty one where it is none."""
    found = raw.get(name)
    return found if isinstance(found, Mapping) else {}


def _texts(value: Any) -> list[str]:
    """The texts of a list, or a single one."""
    listed = as_list(value)
    return [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []


def _text(label: Any) -> str:
    return str(next(iter(label.values()), "")) if isinstance(label, Mapping) else str(label)


def _twice(place: str, names: Sequence[str]) -> list[Fault]:
    return [Fault(place, "recipe.name_twice", {"name": name}) for name in dict.fromkeys(names) if names.count(name) > 1]


# ---------------------------------------------------------------- waves


def _every_wave(raw: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every wave with its place in the file."""
    for place, wave in sections_of(raw.get("waves")):
        yield f"waves[{place}]", wave
    for place, wave in sections_of(_section(raw, "against").get("waves")):
        yield f"against.waves[{place}]", wave


def _margin_files(wave: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(f"rake.{name}", margin) for name, margin in _section(wave, "rake").items() if isinstance(margin, str)]


def _labels(raw: Mapping[str, Any]) -> list[str]:
    return [str(wave.get("label", "1")) for _, wave in sections_of(raw.get("waves"))]


def _label_faults(place: str, raw: Mapping[str, Any]) -> list[Fault]:
    labels = _labels(raw)
    counts = {label: labels.count(label) for label in labels}
    return [Fault(place, "recipe.label_twice", {"label": label, "count": count}) for label, count in counts.items() if count > 1]


def _wave_faults(where: str, wave: Mapping[str, Any]) -> Iterator[Fault]:
    """Margins of crossed columns outside a file, bounds that are none, dispositions that are unknown or not all there."""
    for name, margin in _section(wave, "rake").items():
        if "," in name and isinstance(margin, Mapping):
            yield Fault(f"{where}.rake.{name}", "recipe.crossed")
    trim = _section(wave, "trim")
    lower, upper = trim.get("lower"), trim.get("upper")
    if isinstance(wave.get("trim"), Mapping) and not trim.keys() & {"lower", "upper"}:
        yield Fault(f"{where}.trim", "recipe.no_bound")
    if isinstance(lower, (int, float)) and isinstance(upper, (int, float)) and lower >= upper:
        yield Fault(f"{where}.trim", "recipe.bounds", {"lower": lower, "upper": upper})
    given = _section(wave, "dispositions")
    known = {"codes": ", ".join(_DISPOSITIONS)}
    unknown = [code for code in given if code not in _DISPOSITIONS]
    yield from (Fault(f"{where}.dispositions.{code}", "recipe.disposition", {"near": Near(code, _DISPOSITIONS), **known}) for code in unknown)
    lacking = [code for code in _DISPOSITIONS[:-1] if code not in given]
    if "dispositions" in wave and lacking and isinstance(wave["dispositions"], Mapping):
        yield Fault(f"{where}.dispositions", "recipe.dispositions", {"codes": ", ".join(lacking)})


def _replicate_faults(replicates: Mapping[str, Any]) -> Iterator[Fault]:
    """Keys that belong to another method."""
    method = replicates.get("method")
    if not isinstance(method, str):
        return
    if "seed" in replicates and method != "bootstrap":
        yield Fault("replicates.seed", "recipe.no_seed", {"method": method})
    if "n" in replicates and method in ("jk1", "jkn"):
        yield Fault("replicates.n", "recipe.no_number", {"method": method})
    if "fay_rho" in replicates and method != "fay":
        yield Fault("replicates.fay_rho", "recipe.no_rho")
    if "fay_rho" not in replicates and method == "fay":
        yield Fault("replicates.fay_rho", "recipe.rho")


# ---------------------------------------------------------------- what is reckoned


def _change_faults(raw: Mapping[str, Any]) -> Iterator[Fault]:
    """Waves that the change does not find, or takes twice."""
    change, labels = _section(raw, "change"), _labels(raw)
    named = {key: str(change[key]) for key in ("base", "current") if isinstance(change.get(key), (str, int))}
    for key, label in named.items():
        if label not in labels:
            shown = {"label": label, "near": Near(label, tuple(labels)), "waves": quoted(dict.fromkeys(labels))}
            yield Fault(f"change.{key}", "recipe.no_wave", shown)
    if len(set(named.values())) < len(named):
        yield Fault("change", "recipe.same_wave", {"label": named["base"]})
    if len(labels) == 1 and change.get("frame") is not None:
        yield Fault("change.frame", "recipe.one_wave")


def _scale_faults(scale: Any) -> Iterator[Fault]:
    """Bounds of the answers the wrong way round."""
    if isinstance(scale, list) and len(scale) == 2 and all(isinstance(one, (int, float)) for one in scale) and scale[0] > scale[1]:
        yield Fault("index.scale", "recipe.scale", {"low": scale[0], "high": scale[1]})


def _items(raw: Mapping[str, Any]) -> list[str] | None:
    """The items of the index, where the recipe names them."""
    items = as_list(_section(raw, "index").get("items"))
    return _texts(items) if isinstance(items, list) else None


def _driver_faults(raw: Mapping[str, Any]) -> Iterator[Fault]:
    """Drivers that share an item, name none of the index, or bear the name of another part."""
    drivers, items = _section(raw, "drivers"), _items(raw)
    yield from (Fault(f"drivers.{name}", "recipe.reserved") for name in drivers if name in _PARTS)
    for name, item in _members(drivers):
        if items is not None and item not in items:
            yield Fault(f"drivers.{name}", "recipe.no_item", {"item": item, "near": Near(item, tuple(items))})
    yield from _shared("drivers", drivers)


def _members(groups: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    return ((name, item) for name, members in groups.items() for item in _texts(members))


def _shared(place: str, groups: Mapping[str, Any]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name, item in _members(groups):
        if seen.setdefault(item, name) != name:
            yield Fault(f"{place}.{name}", "recipe.item_taken", {"item": item, "driver": seen[item]})


def _importance_faults(raw: Mapping[str, Any]) -> Iterator[Fault]:
    """Drivers that hold the outcome, or share an item."""
    part = _section(raw, "importance")
    outcome, drivers = part.get("outcome"), part.get("drivers")
    groups: Mapping[str, Any] = drivers if isinstance(drivers, Mapping) else {"": drivers}
    for name, item in _members(groups):
        if item == outcome:
            yield Fault(f"importance.drivers{f'.{name}' if name else ''}", "recipe.own_driver", {"item": item})
    if isinstance(drivers, Mapping):
        yield from _shared("importance.drivers", drivers)
    else:
        yield from _twice("importance.drivers", _texts(drivers))


def _measure_faults(raw: Mapping[str, Any]) -> Iterator[Fault]:
    """Measures for what is no item of the index, or for one item twice."""
    items = _items(raw)
    measures = sections_of(_section(raw, "follow_up").get("measures"))
    named = [(place, str(one["item"])) for place, one in measures if isinstance(one.get("item"), str)]
    for place, item in named if items is not None else ():
        if item not in (items or ()):
            yield Fault(f"follow_up.measures[{place}].item", "recipe.no_item", {"item": item, "near": Near(item, tuple(items or ()))})
    yield from _twice("follow_up.measures", [item for _, item in named])


# ---------------------------------------------------------------- what is written


def _suppression_faults(part: Mapping[str, Any]) -> Iterator[Fault]:
    publication, disclosure = part.get("publication", 30), part.get("disclosure", 10)
    if isinstance(publication, int) and isinstance(disclosure, int) and disclosure > publication:
        yield Fault("suppression", "recipe.thresholds", {"publication": publication, "disclosure": disclosure})


def _output_faults(part: Mapping[str, Any]) -> Iterable[Fault]:
    return [fault for key in ("languages", "formats") for fault in _twice(f"output.{key}", _texts(part.get(key)))]
