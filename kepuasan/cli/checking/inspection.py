"""What is wrong or odd in the files of a recipe: everything that can be found without the rest being right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kepuasan.cli.checking.unconfirmed import unconfirmed_codes
from kepuasan.cli.opening import declared_design, reading_of, request_of, spec_of_recipe, stacked, weighted
from kepuasan.cli.options import skm_columns
from kepuasan.codebook import Codebook
from kepuasan.design import Design, bind
from kepuasan.errors import KepuasanError
from kepuasan.io.matching import design_for
from kepuasan.io.reading import read_file
from kepuasan.problems import Problem
from kepuasan.quality import as_problem, problems_of, unusable_weights
from kepuasan.quality.findings import Number, Words, listed
from kepuasan.refusals.telling import told
from kepuasan.report.gathering import gather_results
from kepuasan.report.gathering.refusing import columns_of_condition
from kepuasan.specification import IndexSpec
from kepuasan.survey import Survey

if TYPE_CHECKING:
    from kepuasan.cli.options import Plan
    from kepuasan.cli.recipe.sections import DesignPart, PopulationWavePart
    from kepuasan.design import BoundDesign
    from kepuasan.io.raw import Reading

__all__ = ["FileSeen", "Inspection", "inspect"]

_ORDER = ("error", "warning", "note")
#: problems that name a column which is missed elsewhere too
_ABSENT = frozenset({"KP170", "KP171", "KP176"})
#: findings on a column that do not follow from its being read wrongly
_OWN = frozenset({"KP200", "KP201", "KP205", "KP206", "KP216", "KP230"})
#: weights that seem not to be declared, and words among numbers
_UNDECLARED, _WORDS_AMONG_NUMBERS = "KP229", "KP219"
#: how like a name must be to one that is missed
_LIKE = 0.6
#: columns that are named where none is like it
_SHOWN = 8
#: items without a column, as many of which show that the codebook is of another file, and what is said then
_NO_COLUMN, _FEW_ABSENT, _OF_ANOTHER = "KP170", 4, "KP180"


@dataclass(frozen=True)
class FileSeen:
    """A data file, and its sheet, as it was taken; `taken_for` is empty where it could not be read, `usable` says whether its codebook could."""

    label: str
    where: str
    taken_for: str = ""
    rows: int = 0
    columns: tuple[str, ...] = ()
    codebook: str = ""
    usable: bool = True


@dataclass
class Inspection:
    """Problems, each once, the files, the waves and the size of what was read, whether every wave has an index, and that of a file alone."""

    problems: list[Problem] = field(default_factory=list)
    files: list[FileSeen] = field(default_factory=list)
    waves: int = 0
    rows: int = 0
    items: int = 0
    indexed: bool = True
    elements: IndexSpec | None = None

    def add(self, *problems: Problem) -> None:
        """Note problems that were not noted yet."""
        known = {_key(one) for one in self.problems}
        for problem in problems:
            if _key(problem) not in known:
                known.add(_key(problem))
                self.problems.append(problem)

    def refuse(self, code: str, error: Exception, file: str, sheet: str = "") -> None:
        """Note what an error says, a problem for each of its findings: by a code of its own, or in the library's words under this code."""
        texts = _texts(error, Path(file).name)
        whole = told(str(error), file, sheet) if len(texts) == 1 else []
        for text in texts:
            self.add(*(whole or told(text, file, sheet) or [Problem(code, {"text": text}, file, sheet)]))

    def sort(self) -> None:
        """Errors first, then by file and by column of the file."""
        files = {one.where: (place, {name: at for at, name in enumerate(one.columns)}) for place, one in enumerate(self.files)}

        def place(problem: Problem) -> tuple[int, int, int]:
            number, columns = files.get(problem.where, (-1, {}))
            return _ORDER.index(problem.severity), number, columns.get(problem.column, len(columns)) if problem.column else -1

        self.problems.sort(key=place)

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(problem.severity == "error" for problem in self.problems)


def inspect(plan: Plan, *, indexed: bool = True) -> Inspection:
    """Read all that the recipe names and note every problem; `indexed` says whether there must be an index."""
    found, recipe = Inspection(), plan.recipe
    waves = {wave.label: _inspect_wave(_Look(wave, plan, found, indexed, recipe.design)) for wave in recipe.waves}
    against: dict[str, Survey | None] = {}
    if recipe.against is not None:
        design = recipe.against.design
        against = {wave.label: _inspect_wave(_Look(wave, plan, found, False, design, own=False)) for wave in recipe.against.waves}
    surveys, theirs = ({label: one for label, one in found_of.items() if one is not None} for found_of in (waves, against))
    if found.indexed and not found.errors and len(surveys) + len(theirs) == len(waves) + len(against):
        _try(plan, found, surveys, theirs)
    found.sort()
    return found


def _try(plan: Plan, found: Inspection, waves: Mapping[str, Survey], against: Mapping[str, Survey]) -> None:
    """Reckon what a run would, and note what it would refuse."""
    try:
        other = stacked(plan.recipe, against) if against else None
        request = request_of(plan.recipe, skm=plan.skm, against=other)
        results = gather_results(stacked(plan.recipe, waves), replace(request, spec=request.spec or found.elements))
        found.items = len(results.spec.items)
    except KepuasanError as error:
        found.refuse("KP013", error, plan.name or Path(plan.recipe.waves[0].data).name)


# ---------------------------------------------------------------- a wave


@dataclass(frozen=True)
class _Look:
    """A wave that is looked at, where its problems go, the design of its population, and whether that is the recipe's own or the other one."""

    wave: PopulationWavePart
    plan: Plan
    found: Inspection
    indexed: bool
    design: DesignPart | None
    own: bool = True

    @property
    def file(self) -> str:
        """The name of the file; its path as the recipe writes it where two waves have files of one name."""
        names = [Path(one).name for one in dict.fromkeys(wave.data for _, wave in self.plan.recipe.all_waves())]
        path = Path(self.wave.data)
        return path.name if names.count(path.name) == 1 else path.as_posix()

    @property
    def label(self) -> str:
        """The label of the wave; with the name of its population, where that is the other one."""
        recipe = self.plan.recipe
        if self.own or recipe.against is None:
            return self.wave.label
        called = recipe.against.label
        return f"{self.wave.label} ({called if isinstance(called, str) else called[recipe.language]})"

    def place(self, reading: Reading) -> dict[str, Any]:
        """File and sheet."""
        sheet = reading.raw.sheet
        return {"file": self.file.removesuffix(f"#{sheet}") if sheet else self.file, "sheet": sheet}

    def miss(self, section: str, name: str, reading: Reading) -> None:
        """Note a column that is not there."""
        near = _near(name, [str(column) for column in reading.frame.columns])
        self.found.add(Problem("KP010", {"section": section, "name": name, "near": near}, **self.place(reading), column=name))


def _inspect_wave(look: _Look) -> Survey | None:
    """The survey of a wave, weighted; None where it cannot be made."""
    book, usable = _codebook(look)
    reading = _read(look, book, usable=usable)
    if reading is None or not usable or reading.frame.empty:
        return None
    spec = _index(look, book, reading.frame.columns)
    _columns(look, reading, spec)
    bound, weight = _design(look, reading)
    survey = Survey.assembled(reading.frame, reading.codebook, bound or bind(Design(), reading.frame), None)
    _odd(look, reading, survey, spec, weight)
    try:
        return weighted(look.wave, survey, look.plan.folder)
    except KepuasanError as error:
        look.found.refuse("KP013", error, **look.place(reading))
        return None


def _odd(look: _Look, reading: Reading, survey: Survey, spec: IndexSpec | None, weight: str | None) -> None:
    """What is odd in the data of a wave, and which columns are personal."""
    place = look.place(reading)
    wrong = {one.column for one in reading.problems if one.severity == "error"}
    for one in problems_of(survey, spec=spec, **place, rows_of=reading.raw.rows_of):
        told_before = one.column in wrong and one.code not in _OWN
        if not told_before and (weight is None or (one.code != _UNDECLARED and (one.code, one.column) != (_WORDS_AMONG_NUMBERS, weight))):
            look.found.add(one)
    look.found.add(*unconfirmed_codes(survey.frame, survey.codebook, **place))
    declared = [
        name for name, item in survey.codebook.items.items() if item.role == "personal" and "role" not in item.guessed and name in survey.frame
    ]
    if declared:
        look.found.add(Problem("KP231", {"count": Number(len(declared)), "columns": listed(declared)}, **place))


def _read(look: _Look, book: Codebook | None, *, usable: bool) -> Reading | None:
    """The file of a wave, and what was found on the way; None where it cannot be read."""
    label, name = look.label, Path(look.wave.codebook or "").name
    look.found.waves += look.own
    try:
        reading = read_file(look.plan.folder / look.wave.data, book, **reading_of(look.wave, look.plan.folder))
    except (KepuasanError, OSError) as error:
        look.found.refuse("KP001", error, look.file)
        look.found.files.append(FileSeen(label, look.file, codebook=name, usable=usable))
        return None
    raw, columns, place = reading.raw, tuple(map(str, reading.frame.columns)), look.place(reading)
    where, taken_for = Problem("KP100", **place).where, raw.taken_for.removeprefix(f"{raw.file}, ")
    look.found.files.append(FileSeen(label, where, taken_for, len(reading.frame), columns, name, usable))
    look.found.rows += len(reading.frame)
    look.found.add(*_of_one_file([replace(one, file=place["file"]) for one in reading.problems], book, name))
    look.found.add(*([] if any(one.code == "KP100" for one in reading.problems) else [Problem("KP100", {"taken_for": raw.taken_for}, **place)]))
    return reading


def _codebook(look: _Look) -> tuple[Codebook | None, bool]:
    """The codebook of a wave, and whether it can be used."""
    if look.wave.codebook is None:
        return None, True
    try:
        return Codebook.read(look.plan.folder / look.wave.codebook), True
    except (KepuasanError, OSError) as error:
        look.found.refuse("KP002", error, Path(look.wave.codebook).name)
        return None, False


def _index(look: _Look, book: Codebook | None, columns: Iterable[Any]) -> IndexSpec | None:
    """The index, where it is declared rightly; that of the SKM, where a file alone has the columns of its elements."""
    file = look.plan.name or look.file
    try:
        spec = spec_of_recipe(look.plan.recipe)
        if spec is None and book is not None and book.index is not None:
            file = Path(str(look.wave.codebook)).name
            spec = IndexSpec(**book.index)
    except (KepuasanError, TypeError) as error:
        look.found.refuse("KP003", error, file)
        return None
    elements = skm_columns(columns) if spec is None and book is None and not look.indexed else []
    if elements:
        spec = look.found.elements = IndexSpec(elements, scoring="share-of-max", scale=(1.0, 4.0))
    if spec is None and look.own:
        look.found.indexed = False
        look.found.add(*([Problem("KP004", {}, file)] if look.indexed else []))
    return spec


def _of_one_file(problems: Sequence[Problem], book: Codebook | None, name: str) -> list[Problem]:
    """The problems of a file; items without a column as one where they are so many that the codebook must be of another file."""
    absent = [one for one in problems if one.code == _NO_COLUMN]
    if book is None or len(absent) < _FEW_ABSENT or len(absent) < len(book.items) / 2:
        return list(problems)
    values = {"count": len(absent), "of": len(book.items), "book": name, "items": listed([one.column for one in absent], _SHOWN)}
    one = replace(absent[0], code=_OF_ANOTHER, values=values, column="", count=len(absent))
    return [one, *(problem for problem in problems if problem not in absent)]


def _columns(look: _Look, reading: Reading, spec: IndexSpec | None) -> None:
    """Columns that the recipe and the index need."""
    columns = [str(name) for name in reading.frame.columns]
    missed = {one.column for one in reading.problems if one.code in _ABSENT}
    needed = [("index", str(item)) for item in ((*spec.items, *spec.importance) if spec is not None and look.own else ())]
    for section, name in [*needed, *(_needed_by(look) if look.own else [])]:
        if name not in columns and name not in missed:
            look.miss(section, name, reading)


def _needed_by(look: _Look) -> list[tuple[str, str]]:
    """The columns that sections of the recipe name, where these are of every wave; those of the current wave alone are asked of it."""
    recipe = look.plan.recipe
    needed = [("domains", name) for name in (recipe.domains.by if recipe.domains is not None else [])]
    needed += [("change.frame", recipe.change.frame)] if recipe.change.frame is not None else []
    for group in recipe.groups:
        try:
            needed += [("groups", name) for name in columns_of_condition(group.where)]
        except KepuasanError as error:
            look.found.refuse("KP013", error, look.plan.name or look.file)
    if look.wave.label == (recipe.change.current or recipe.waves[-1].label):
        needed += [("league", recipe.league.by)] if recipe.league is not None else []
        needed += [("map", recipe.map.province)] if recipe.map is not None else []
        needed += [("importance", recipe.importance.outcome)] if recipe.importance is not None else []
    return needed


def _design(look: _Look, reading: Reading) -> tuple[BoundDesign | None, str | None]:
    """The design, where the rows allow it, and the column of weights that is declared."""
    frame, book, place = reading.frame, reading.codebook, look.place(reading)
    weight: str | None = None
    try:
        own = declared_design(look.plan.recipe.model_copy(update={"design": look.design}))
        declared = design_for(own, reading) if own is not None else Design(**book.design) if book.design is not None else Design()
        weight = declared.weight
        absent = [name for name in dict.fromkeys(declared.all_columns()) if name not in frame.columns]
        for name in absent:
            look.miss("design", name, reading)
        faults = [] if weight is None or weight in absent else list(unusable_weights(frame[weight]))
        look.found.add(*(as_problem(one, **place, rows_of=reading.raw.rows_of) for one in faults))
        if absent:
            return None, weight
        declared = replace(declared, weight=None, replicates=None) if faults else declared
        return bind(declared, frame), weight
    except (KepuasanError, TypeError) as error:
        look.found.refuse("KP011", error, **place)
        return None, weight


# ---------------------------------------------------------------- words


def _key(problem: Problem) -> tuple[Any, ...]:
    return (problem.code, problem.file, problem.sheet, problem.column, problem.rows, problem.said("en"))


def _texts(error: Exception, file: str) -> list[str]:
    """The findings that an error lists, else what it says on one line; without the file's name before it."""
    if isinstance(error, OSError) and not isinstance(error, KepuasanError):
        return [str(error.strerror or error)]
    first, *rest = str(error).splitlines()
    listed = [line.strip() for line in rest if line.startswith("  ")]
    if first.rstrip().endswith(":") and listed and len(listed) == len(rest):
        return listed
    text = "; ".join([first.removeprefix("codebook ").removeprefix(f"{file}: "), *(line.strip() for line in rest)])
    return [text.replace(":; ", ": ")]


def _near(name: str, columns: Sequence[str]) -> Words:
    """The column most like a name; the first ones where none is."""
    folded = {column.casefold(): column for column in columns}
    close = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=_LIKE)
    return Words("problem.near" if close else "problem.columns", {"names": listed([folded[one] for one in close] or columns, _SHOWN)})
