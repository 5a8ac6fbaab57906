"""A recipe as text: what the data suggest, each guess marked, what must be decided behind a #, in forty lines at most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kepuasan.cli.drafting.guesses import Guesses
from kepuasan.cli.drafting.toml_text import toml_key, toml_remark, toml_value
from kepuasan.wording import CATALOGUE, say

__all__ = ["LINES", "DraftedWave", "Plan", "blank_recipe", "recipe_text"]

#: lines of a recipe at most
LINES = 40
#: letters of a line, and where remarks begin, as far as this can be kept
_WIDTH, _REMARK = 118, 36
#: files that have a section each; more of them stand in a list
_SECTIONS = 3
#: files that a remark names
_NAMED = 6


@dataclass(frozen=True)
class _Room:
    """How many lines a list of waves may take, and one of items."""

    waves: int
    items: int


_ROOMS = (_Room(12, 8), _Room(6, 4), _Room(3, 2), _Room(1, 1))


@dataclass(frozen=True)
class DraftedWave:
    """A wave of the recipe: its label and its files, by their names in the folder."""

    label: str
    data: str
    codebook: str = ""
    catalog: str = ""
    drafted: bool = True

    def entries(self) -> dict[str, str]:
        """Keys and values of the wave, those that it has."""
        found = {"label": self.label, "data": self.data, "codebook": self.codebook, "catalog": self.catalog}
        return {key: value for key, value in found.items() if value}


@dataclass(frozen=True)
class Plan:
    """What a recipe is drafted of."""

    waves: Sequence[DraftedWave]
    guesses: Guesses
    against: Sequence[DraftedWave] = ()
    design_against: Mapping[str, str] | None = None
    left_out: Sequence[str] = ()
    out: str = "out"
    declared: bool = False


def recipe_text(plan: Plan, language: str) -> str:
    """The recipe; where forty lines are not enough, lists are written closer, and remarks that can be spared are left out."""
    for room in _ROOMS:
        parts = list(_parts(plan, language, room))
        while sum(len(lines) for _, lines in parts) > LINES and any(spare for spare, _ in parts):
            parts.remove(max(parts, key=lambda part: part[0]))
        if sum(len(lines) for _, lines in parts) <= LINES:
            break
    return "\n".join(_aired([lines for _, lines in parts if lines])) + "\n"


def blank_recipe(language: str) -> str:
    """A recipe to be filled in, for a folder without data."""
    examples = {"label": "2025", "data": "survei_2025.csv"}
    lines = [
        *_remarks("init.head.blank", language),
        *_top(language),
        "",
        "[[waves]]",
        *(_line(key, value, say(f"init.{key}.fill", language)) for key, value in examples.items()),
        _off(_line("codebook", "bukukode.toml", say("init.codebook.fill", language))),
        "",
        "[index]",
        _line("items", ["u1", "u2", "u3"], say("init.items.fill", language)),
        _line("scale", [1, 4], say("init.scale.fill", language)),
        "",
        _off("[design]"),
        *(_off(_line(key, value, say("init.decide", language))) for key, value in (("weight", "bobot"), ("strata", "strata"), ("psu", "psu"))),
        "",
        _off("[domains]"),
        _off(_line("by", ["jenis_kelamin", "kelompok_umur"], say("init.domains.fill", language))),
        "",
        "[output]",
        _line("dir", "out", say("init.dir", language)),
    ]
    return "\n".join(lines) + "\n"


def _aired(parts: Sequence[list[str]]) -> Iterator[str]:
    """The lines of all parts, with an empty line before a part as long as there is room for one."""
    room = LINES - sum(map(len, parts))
    for place, lines in enumerate(parts):
        if place and room > 0 and (len(lines) > 2 or place == len(parts) - 1):
            room -= 1
            yield ""
        yield from lines


# ---------------------------------------------------------------- parts, and how well a recipe can do without them: 0 where it cannot


def _parts(plan: Plan, language: str, room: _Room) -> Iterator[tuple[int, list[str]]]:
    found = plan.guesses
    yield 0, [*_remarks("init.head", language), *_top(language)]
    yield 3, [toml_remark(say("init.left_out", language, names=_named(plan.left_out)))] if plan.left_out else []
    yield 0, _waves(plan, language, room)
    yield 2, [toml_remark(say("init.fieldwork", language))]
    yield 4, _groups(found.groups, language)
    yield 0, _design("design", found.design, language, adjust=found.single_psu)
    yield 0, _index(plan, language, room)
    yield 0, _section("domains", {"by": list(found.domains)}, language) if found.domains else []
    yield 0, _section("importance", {"outcome": found.outcome}, language) if found.outcome else []
    yield 0, _section("league", {"by": found.league}, language) if found.league else []
    yield 0, _section("map", {"province": found.province}, language) if found.province else []
    yield 0, _against(plan, language, room) if plan.against else []
    yield 1, [_off("[change]"), _off(_line("frame", found.frame, say("init.frame", language)))] if found.frame and len(plan.waves) > 1 else []
    yield 0, ["[output]", _line("dir", plan.out, say("init.dir", language))]


def _named(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" (+{more})" if more > 0 else "")


def _top(language: str) -> list[str]:
    return [_line("language", language, say("init.language", language)), _line("title", say("init.title", language), say("init.title.why", language))]


def _waves(plan: Plan, language: str, room: _Room) -> list[str]:
    """The waves, a section each where they are few."""
    if len(plan.waves) + len(plan.against) > _SECTIONS:
        return _listed(plan.waves, say("init.label", language), room)
    lines = []
    for wave in plan.waves:
        marks = {"label": say("init.label", language)} if wave is plan.waves[0] else {}
        marks |= {"codebook": say("init.codebook", language)} if wave.drafted else {}
        lines += ["[[waves]]", *(_line(key, value, marks.get(key, "")) for key, value in wave.entries().items())]
    return lines


def _listed(waves: Sequence[DraftedWave], mark: str, room: _Room) -> list[str]:
    """The waves as a list, one a line while lines last."""
    entries = [toml_value(wave.entries()) for wave in waves]
    each = -(-len(entries) // room.waves)
    rows = [", ".join(entries[start : start + each]) for start in range(0, len(entries), each)]
    return [_beside("waves = [", mark), *(f"  {row}," for row in rows), "]"]


def _design(name: str, design: Mapping[str, str] | None, language: str, *, adjust: bool = False) -> list[str]:
    """The columns of the design; where none was found, what to write if there is one."""
    if design is None:
        return []
    if not design:
        return [_off(_beside("[design]", say("init.design.none", language)))] if name == "design" else []
    lines = [_beside(f"[{name}]", say("init.guess.names", language)), *(_line(role, column) for role, column in design.items())]
    return [*lines, _line("single_psu", "adjust", say("init.single_psu", language))] if adjust else lines


def _index(plan: Plan, language: str, room: _Room) -> list[str]:
    """The items and how they are scored."""
    found = plan.guesses
    if plan.declared:
        return [toml_remark(say("init.index.declared", language))]
    if not found.items:
        return [toml_remark(say("init.index.none", language)), _off("[index]"), _off(_line("items", ["..."])), _off(_line("scale", [1, 4]))]
    low, high = (f"{bound:g}" for bound in found.bounds)
    key = "init.scoring.skm" if found.scoring == "share-of-max" else "init.scoring"
    return [
        _beside("[index]", say("init.items", language, low=low, high=high)),
        *_items(found.items, room),
        _line("scoring", found.scoring, say(key, language)),
    ]


def _items(items: Sequence[str], room: _Room) -> list[str]:
    """The list of items over as few lines as their names fit in."""
    texts = [toml_value(item) for item in items]
    if len("items = []") + sum(len(text) + 2 for text in texts) <= _WIDTH:
        return [f"items = [{', '.join(texts)}]"]
    width = max(_WIDTH, sum(len(text) + 2 for text in texts) // room.items)
    rows = [""]
    for text in texts:
        rows = [*rows, text] if rows[-1] and len(rows[-1]) + len(text) > width else [*rows[:-1], f"{rows[-1]}, {text}" if rows[-1] else text]
    return ["items = [", *(f"  {row}," for row in rows), "]"]


def _section(name: str, entries: Mapping[str, Any], language: str) -> list[str]:
    return [f"[{name}]", *(_line(key, value, say(f"init.{name}", language)) for key, value in entries.items())]


def _against(plan: Plan, language: str, room: _Room) -> list[str]:
    """The other population; what both are called in both languages."""
    lines = [_beside("[against]", say("init.against", language))]
    lines += [_line(key, dict(CATALOGUE[f"init.against.{key}"])) for key in ("label", "own")]
    return [*lines, *_listed(plan.against, "", room), *_design("against.design", plan.design_against, language)]


def _groups(groups: Sequence[tuple[str, str]], language: str) -> list[str]:
    """Vulnerable groups, which hold when the marks are taken away."""
    if not groups:
        return []
    entries = [toml_value({"label": dict(CATALOGUE[f"init.group.{key}"]), "where": where}) for key, where in groups]
    return [_off(line) for line in (_beside("groups = [", say("init.groups", language)), *(f"  {entry}," for entry in entries), "]")]


# ---------------------------------------------------------------- lines


def _line(key: str, value: Any, remark: str = "") -> str:
    return _beside(f"{toml_key(key)} = {toml_value(value)}", remark)


def _beside(text: str, remark: str) -> str:
    """A line with a remark behind it."""
    return f"{text:<{_REMARK}}{'' if len(text) < _REMARK else '  '}{toml_remark(remark)}" if remark else text


def _off(line: str) -> str:
    """A line that does not hold yet."""
    return f"# {line}"


def _remarks(key: str, language: str) -> Iterable[str]:
    return [toml_remark(text) for text in say(key, language).split("\n")]
