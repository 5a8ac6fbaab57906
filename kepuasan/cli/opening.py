"""From a recipe to what the library is asked: surveys opened and stacked, the request, the hashes of what was read."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kepuasan.design import Design
from kepuasan.io import read_survey
from kepuasan.report.results import Request
from kepuasan.specification import IndexSpec
from kepuasan.waves import stack_waves
from kepuasan.wording import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kepuasan.cli.recipe import Recipe, WavePart
    from kepuasan.codebook import Label
    from kepuasan.survey import Survey

__all__ = ["declared_design", "hashes", "hashes_of", "open_waves", "reading_of", "request_of", "spec_of_recipe", "stacked"]


def open_waves(recipe: Recipe, folder: Path) -> dict[str, Survey]:
    """The survey of each wave."""
    design = declared_design(recipe)
    return {wave.label: _open(wave, folder, design) for wave in recipe.waves}


def _open(wave: WavePart, folder: Path, design: Design | None) -> Survey:
    codebook = None if wave.codebook is None else folder / wave.codebook
    return read_survey(folder / wave.data, codebook, design=design, **reading_of(wave, folder))


def reading_of(wave: WavePart, folder: Path) -> dict[str, Any]:
    """What a wave says of how its file is read."""
    return {"catalog": None if wave.catalog is None else folder / wave.catalog, "decimal": wave.decimal}


def stacked(recipe: Recipe, waves: Mapping[str, Survey]) -> Survey:
    """All waves as one survey; a single one as it is."""
    if len(waves) == 1:
        return next(iter(waves.values()))
    return stack_waves(dict(waves), shared_psu=recipe.change.shared_psu)


def declared_design(recipe: Recipe) -> Design | None:
    """The design of the recipe; None leaves it to the codebook."""
    if recipe.design is None:
        return None
    part = recipe.design
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


def request_of(recipe: Recipe, *, skm: bool = False) -> Request:
    """What the recipe asks for; `skm` says that the items were taken for the elements of the SKM, which the reader is told."""
    labels, change = recipe.labels(), recipe.change
    pair = (change.base or labels[0], change.current or labels[-1]) if len(labels) > 1 else None
    notes: list[Label] = []
    if skm and recipe.index is not None:
        items = ", ".join(recipe.index.items)
        notes.append({language: say("sentence.skm", language, items=items) for language in LANGUAGES})
    return Request(
        waves=labels,
        title=recipe.title,
        spec=spec_of_recipe(recipe),
        change=pair,
        frame=change.frame,
        drivers=recipe.drivers,
        domains=tuple(recipe.domains.by) if recipe.domains is not None else (),
        notes=tuple(notes),
    )


def hashes(recipe: Recipe, folder: Path, name: str | None) -> dict[str, str]:
    """SHA-256 of every file read, by its path as the recipe writes it; `name` is the recipe's own file, where there is one."""
    written = [("recipe", name)] if name is not None else []
    for wave in recipe.waves:
        written += [(wave.label, one) for one in (wave.data, wave.codebook, wave.catalog) if one is not None]
    return hashes_of(written, folder)


def hashes_of(written: Iterable[tuple[str, str]], folder: Path) -> dict[str, str]:
    """SHA-256 of files by their paths as they are written; of two that are shown alike, the later is told by its label."""
    found: dict[str, str] = {}
    for label, one in dict.fromkeys(written):
        digest, shown = hashlib.sha256(_file(folder, one).read_bytes()).hexdigest(), _shown(one)
        found[shown if found.get(shown, digest) == digest else f"{label}: {shown}"] = digest
    return found


def _file(folder: Path, written: str) -> Path:
    """The file of a path that may end in the sheet of a workbook."""
    file = folder / written
    return file if file.exists() else folder / written.rpartition("#")[0]


def _shown(written: str) -> str:
    """A path without the folders of this machine."""
    path = Path(written)
    return path.name if path.is_absolute() else path.as_posix()
