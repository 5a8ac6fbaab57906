"""From a recipe to what the library is asked: surveys opened, weighted and stacked, the request, the hashes of what was read."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kepuasan.cli.checking.unconfirmed import warn_of_unconfirmed
from kepuasan.cli.recipe.margins import margins_of
from kepuasan.cli.recipe.model import shown_path
from kepuasan.cli.recipe.validation import SpokenError
from kepuasan.cli.speaking import refusal_text
from kepuasan.codebook.parts import label_of
from kepuasan.design import Design
from kepuasan.errors import KepuasanError
from kepuasan.io import read_survey
from kepuasan.report.gathering.refusing import refuse_persons
from kepuasan.report.request import Against, Fieldwork, Group, Plan, ReportRequest, Suppression
from kepuasan.specification import IndexSpec
from kepuasan.waves import stack_waves
from kepuasan.weights import add_replicates, rake, trim_weights
from kepuasan.wording import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kepuasan.cli.recipe.model import Recipe
    from kepuasan.cli.recipe.sections import DesignPart, PopulationWavePart
    from kepuasan.codebook import Label
    from kepuasan.survey import Survey

__all__ = [
    "declared_design",
    "hashes",
    "hashes_of",
    "open_against",
    "open_waves",
    "reading_of",
    "request_of",
    "require_index",
    "seed_of",
    "spec_of_recipe",
    "stacked",
    "weighted",
]

#: the seed of a bootstrap that names none: the same recipe gives the same numbers
_SEED = 1


def open_waves(recipe: Recipe, folder: Path, seen: Callable[[str], None] | None = None) -> dict[str, Survey]:
    """The survey of each wave, weighted; `seen` is told each file that is read."""
    return _opened(recipe.waves, declared_design(recipe), folder, (recipe.language, seen))


def open_against(recipe: Recipe, folder: Path, seen: Callable[[str], None] | None = None) -> Survey | None:
    """The other population, its waves weighted and stacked; None where there is none."""
    if recipe.against is None:
        return None
    waves = _opened(recipe.against.waves, _design(recipe.against.design), folder, (recipe.language, seen))
    return stacked(recipe, waves)


def _opened(
    waves: Sequence[PopulationWavePart], design: Design | None, folder: Path, reader: tuple[str, Callable[[str], None] | None]
) -> dict[str, Survey]:
    language, seen = reader
    found: dict[str, Survey] = {}
    for wave in waves:
        if seen is not None:
            seen(Path(wave.data).name)
        codebook = None if wave.codebook is None else folder / wave.codebook
        try:
            survey = read_survey(folder / wave.data, codebook, design=design, **reading_of(wave, folder))
            warn_of_unconfirmed(survey.frame, survey.codebook, Path(wave.data).name)
            found[wave.label] = weighted(wave, survey, folder)
        except KepuasanError as error:
            raise _of_wave(wave, error, language) from error
    return found


def _of_wave(wave: PopulationWavePart, error: KepuasanError, language: str) -> SpokenError:
    """A refusal with the wave and the file it is about, each line of it by its own."""
    file = Path(wave.data).name
    lines = [line.removeprefix(f"{file}: ").removeprefix(f"{file}, ") for line in refusal_text(error, language).splitlines()]
    return SpokenError(say("run.wave", language, label=wave.label, file=file, text="\n  ".join(lines)))


def reading_of(wave: PopulationWavePart, folder: Path) -> dict[str, Any]:
    """What a wave says of how its file is read."""
    return {"catalog": None if wave.catalog is None else folder / wave.catalog, "decimal": wave.decimal}


def weighted(wave: PopulationWavePart, survey: Survey, folder: Path) -> Survey:
    """The survey of a wave raked to its margins, then trimmed, where the recipe says so.

    Raises
    ------
    KepuasanError
        Margins that the rows do not fit; those of a column that tells who a person is, whose codes would stand in messages and tables.
    """
    if wave.rake is not None:
        margins = margins_of(wave.rake, folder)
        refuse_persons(survey, (name for key in margins for name in ((key,) if isinstance(key, str) else key) if name in survey.frame.columns))
        survey = rake(survey, margins)
    if wave.trim is not None:
        survey = trim_weights(survey, lower=wave.trim.lower, upper=wave.trim.upper)
    return survey


def stacked(recipe: Recipe, waves: Mapping[str, Survey]) -> Survey:
    """All waves as one survey, a single one as it is, with replicates of the whole where the recipe asks for them."""
    survey = next(iter(waves.values())) if len(waves) == 1 else stack_waves(dict(waves), shared_psu=recipe.change.shared_psu)
    part = recipe.replicates
    return survey if part is None else add_replicates(survey, part.method, n=part.n, seed=seed_of(recipe), fay_rho=part.fay_rho)


def seed_of(recipe: Recipe) -> int | None:
    """The seed of everything that is drawn; None where nothing is."""
    part = recipe.replicates
    if part is None or part.method != "bootstrap":
        return None
    return _SEED if part.seed is None else part.seed


def declared_design(recipe: Recipe) -> Design | None:
    """The design of the recipe; None leaves it to the codebook."""
    return _design(recipe.design)


def _design(part: DesignPart | None) -> Design | None:
    if part is None:
        return None
    return Design(part.weight, _columns(part.strata), _columns(part.psu), _columns(part.fpc), single_psu=part.single_psu, nest=part.nest)


def _columns(names: list[str] | None) -> str | list[str] | None:
    return names[0] if names is not None and len(names) == 1 else names


def spec_of_recipe(recipe: Recipe) -> IndexSpec | None:
    """The index of the recipe; None leaves it to the codebook."""
    if recipe.index is None:
        return None
    given: dict[str, Any] = recipe.index.model_dump()
    if given["scale"] is not None:
        given["scale"] = tuple(given["scale"])
    return IndexSpec(**given)


def require_index(recipe: Recipe, survey: Survey, name: str) -> None:
    """Refuse a run without an index.

    Raises
    ------
    SpokenError
        Where neither the recipe, called `name`, nor the codebook has one.
    """
    if recipe.index is None and survey.codebook.index is None:
        raise SpokenError(say("run.no_index", recipe.language, name=name))


# ---------------------------------------------------------------- what is asked for


def request_of(recipe: Recipe, *, skm: bool = False, against: Survey | None = None) -> ReportRequest:
    """What the recipe asks for; `against` is the other population, `skm` says that the items were taken for elements of the SKM, which is told."""
    labels, change = recipe.labels(), recipe.change
    return ReportRequest(
        waves=labels,
        title=recipe.title,
        spec=spec_of_recipe(recipe),
        change=(change.base or labels[0], change.current or labels[-1]) if len(labels) > 1 else None,
        frame=change.frame,
        drivers=recipe.drivers,
        domains=tuple(recipe.domains.by) if recipe.domains is not None else (),
        notes=_notes(recipe, skm=skm),
        fieldwork=_fieldwork(recipe),
        league=recipe.league.by if recipe.league is not None else None,
        provinces=recipe.map.province if recipe.map is not None else None,
        outcome=recipe.importance.outcome if recipe.importance is not None else None,
        ranked=_ranked(recipe),
        groups=tuple(Group(group.label, group.where) for group in recipe.groups),
        against=_against(recipe, against),
        plan=tuple(Plan(one.item, one.programme, one.time, one.unit) for one in recipe.follow_up.measures),
        lowest=recipe.follow_up.lowest,
        suppression=Suppression(recipe.suppression.publication, recipe.suppression.disclosure),
    )


def _notes(recipe: Recipe, *, skm: bool) -> tuple[Label, ...]:
    notes: list[Label] = [label_of(note) for note in recipe.notes]
    if skm and recipe.index is not None:
        items = ", ".join(recipe.index.items)
        notes.append({language: say("sentence.skm", language, items=items) for language in LANGUAGES})
    return tuple(notes)


def _fieldwork(recipe: Recipe) -> dict[str, Fieldwork]:
    """How each wave was held, as far as the recipe says."""
    told = {wave.label: Fieldwork(wave.dispositions, wave.dates, wave.frame, wave.mode) for wave in recipe.waves}
    return {label: one for label, one in told.items() if one != Fieldwork()}


def _ranked(recipe: Recipe) -> Mapping[str, Sequence[str]] | tuple[str, ...] | None:
    drivers = None if recipe.importance is None else recipe.importance.drivers
    return tuple(drivers) if isinstance(drivers, list) else drivers


def _against(recipe: Recipe, survey: Survey | None) -> Against | None:
    part = recipe.against
    if part is None or survey is None:
        return None
    return Against(survey, part.label, part.own, None if part.items is None else tuple(part.items))


# ---------------------------------------------------------------- what was read


def hashes(recipe: Recipe, folder: Path, name: str | None) -> dict[str, str]:
    """SHA-256 of every file read, by its path as the recipe writes it; `name` is the recipe's own file, where there is one."""
    written = [("recipe", name)] if name is not None else []
    return hashes_of([*written, *((label, one) for label, wave in recipe.all_waves() for one in wave.files())], folder)


def hashes_of(written: Iterable[tuple[str, str]], folder: Path) -> dict[str, str]:
    """SHA-256 of files by their paths as they are written; of two that are shown alike, the later is told by its label."""
    found: dict[str, str] = {}
    for label, one in dict.fromkeys(written):
        digest, shown = hashlib.sha256(_file(folder, one).read_bytes()).hexdigest(), shown_path(one)
        found[shown if found.get(shown, digest) == digest else f"{label}: {shown}"] = digest
    return found


def _file(folder: Path, written: str) -> Path:
    """The file of a path that may end in the sheet of a workbook."""
    file = folder / written
    return file if file.exists() else folder / written.rpartition("#")[0]
