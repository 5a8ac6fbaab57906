"""What is wrong with the data of a recipe: everything that can be found without the rest being right."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kepuasan.cli.opening import declared_design, request_of, spec_of_recipe, stacked
from kepuasan.codebook import Codebook
from kepuasan.design import Design, bind
from kepuasan.errors import KepuasanError, nearest
from kepuasan.io.reading import read_frame
from kepuasan.report import gather
from kepuasan.scales import Scale
from kepuasan.specification import IndexSpec, check_scale
from kepuasan.survey import Survey
from kepuasan.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kepuasan.cli.options import Plan
    from kepuasan.cli.recipe import WavePart

__all__ = ["Inspection", "inspect"]


@dataclass
class Inspection:
    """Problems, each once and in the order found, and the size of what was read."""

    problems: list[str] = field(default_factory=list)
    rows: int = 0
    items: int = 0

    def add(self, where: str, problem: object) -> None:
        """Note a problem of a file."""
        text = str(problem)
        line = text if text.startswith(f"{where}: ") else f"{where}: {text}"
        if line not in self.problems:
            self.problems.append(line)


def inspect(plan: Plan) -> Inspection:
    """Read all that the recipe names and note every problem."""
    found = Inspection()
    surveys = {wave.label: _inspect_wave(wave, plan, found) for wave in plan.recipe.waves}
    good = {label: survey for label, survey in surveys.items() if survey is not None}
    if not found.problems and len(good) == len(surveys):
        try:
            results = gather(stacked(plan.recipe, good), request_of(plan.recipe, skm=plan.skm))
            found.items = len(results.spec.items)
        except KepuasanError as error:
            found.add(plan.name or plan.recipe.waves[0].data, error)
    return found


def _inspect_wave(wave: WavePart, plan: Plan, found: Inspection) -> Survey | None:
    """The survey of a wave; None where it cannot be made."""
    book = None
    if wave.codebook is not None:
        try:
            book = Codebook.read(plan.folder / wave.codebook)
        except KepuasanError as error:
            found.add(Path(wave.codebook).name, error)
            return None
    try:
        frame, whole = read_frame(plan.folder / wave.data, book)
    except KepuasanError as error:
        found.add(Path(wave.data).name, error)
        return None
    found.rows += len(frame)
    spec = _inspect_columns(wave, plan, frame, found, book)
    design = _inspect_design(wave, plan, frame, found, book)
    try:
        survey = Survey(frame, whole, design)
        if spec is not None and spec.scale is not None:
            check_scale(survey, [item for item in spec.items if item in frame.columns], Scale(*spec.scale))
    except KepuasanError as error:
        found.add(Path(wave.data).name, error)
        return None
    return survey


def _inspect_columns(wave: WavePart, plan: Plan, frame: pd.DataFrame, found: Inspection, book: Codebook | None) -> IndexSpec | None:
    """Columns that the index, the domains and the frame need; the index, where it is declared rightly."""
    spec = None
    where, recipe = Path(wave.data).name, plan.recipe
    needed: list[tuple[str, str]] = []
    try:
        spec = spec_of_recipe(recipe) or (IndexSpec(**book.index) if book is not None and book.index is not None else None)
        if spec is None:
            found.add(where, "neither the recipe nor the codebook has an [index] section; list its items in one of them")
        else:
            needed += [("index", item) for item in (*spec.items, *spec.importance)]
    except KepuasanError as error:
        found.add(plan.name or where, error)
    needed += [("domains", name) for name in (recipe.domains.by if recipe.domains is not None else [])]
    needed += [("change.frame", recipe.change.frame)] if recipe.change.frame is not None else []
    for key, name in needed:
        if name not in frame.columns:
            found.add(where, f"the column {name!r} of [{key}] is not there{nearest(name, frame.columns)}")
    return spec


def _inspect_design(wave: WavePart, plan: Plan, frame: pd.DataFrame, found: Inspection, book: Codebook | None) -> Design | None:
    """The design, where the rows allow it; strata with one unit are a problem too."""
    where, declared = Path(wave.data).name, None
    try:
        declared = declared_design(plan.recipe) or (Design(**_arguments(book)) if book is not None and book.design is not None else None)
        bound = bind(declared or Design(), frame)
    except KepuasanError as error:
        found.add(where, error)
        return None
    if bound.lone_names and bound.declaration.single_psu == "fail":
        found.add(where, say("check.lone", plan.recipe.language, count=len(bound.lone_names), strata=_listed(bound.lone_names)))
    return declared


def _listed(names: Sequence[str], limit: int = 8) -> str:
    """The first names, and how many more there are."""
    return ", ".join([*names[:limit], *([f"+{len(names) - limit}"] if len(names) > limit else [])])


def _arguments(book: Codebook) -> dict[str, Any]:
    return dict(book.design or {})
