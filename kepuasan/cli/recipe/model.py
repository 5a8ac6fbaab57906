"""The recipe: what a run reads, reckons and writes, checked in one go."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PureWindowsPath
from typing import Annotated, Any

from pydantic import Field

from kepuasan.cli.recipe.contradictions import contradictions, missing_files
from kepuasan.cli.recipe.sections import (
    AgainstPart,
    ChangePart,
    DesignPart,
    DomainsPart,
    FollowUpPart,
    GroupPart,
    ImportancePart,
    IndexPart,
    LeaguePart,
    MapPart,
    OutputPart,
    PopulationWavePart,
    ReplicatesPart,
    SuppressionPart,
    WavePart,
)
from kepuasan.cli.recipe.validation import Names, Part, Text, language_of, read_toml, refuse_other, validated
from kepuasan.wording import LANGUAGES, Language, say

__all__ = ["Recipe", "parse_recipe", "read_recipe", "settings_of", "shown_path"]


class Recipe(Part):
    """A whole recipe; paths are relative to its folder."""

    language: Language = "id"
    title: Text = ""
    waves: Annotated[list[WavePart], Field(min_length=1)]
    design: DesignPart | None = None
    replicates: ReplicatesPart | None = None
    index: IndexPart | None = None
    change: ChangePart = ChangePart()
    drivers: dict[str, Names] | None = None
    domains: DomainsPart | None = None
    league: LeaguePart | None = None
    map: MapPart | None = None
    importance: ImportancePart | None = None
    groups: list[GroupPart] = Field(default_factory=list)
    against: AgainstPart | None = None
    follow_up: FollowUpPart = FollowUpPart()
    suppression: SuppressionPart = SuppressionPart()
    notes: list[Text] = Field(default_factory=list)
    output: OutputPart = OutputPart()

    def labels(self) -> tuple[str, ...]:
        """Labels of the waves, in order."""
        return tuple(wave.label for wave in self.waves)

    def all_waves(self) -> list[tuple[str, PopulationWavePart]]:
        """Every wave that is read, with the label that tells it from all others: those of the other population after those of the survey."""
        other = [] if self.against is None else self.against.waves
        return [*((wave.label, wave) for wave in self.waves), *((f"against: {wave.label}", wave) for wave in other)]

    def languages(self) -> tuple[Language, ...]:
        """The languages of the reports, the first being that of tables and figures: those it names, else its own and then the other."""
        if self.output.languages is not None:
            return tuple(self.output.languages)
        return (self.language, *(one for one in LANGUAGES if one != self.language))


def read_recipe(path: str | Path, lang: str | None = None) -> Recipe:
    """The recipe of a TOML file.

    Parameters
    ----------
    path : str or Path
    lang : {"id", "en"}, optional
        The language of messages; without it that of the recipe, else Indonesian.

    Raises
    ------
    RecipeError
        A file that is not there or is no TOML; unknown keys with the nearest known ones, wrong types, files that are missing, names
        that contradict each other: all of them, each with its key.
    """
    path = Path(path)
    raw = read_toml(path, "recipe", lang)
    refuse_other(raw, "published", "waves", say("recipe.is_published", language_of(raw, lang), name=path.name))
    return parse_recipe(raw, path.parent, path.name, lang)


def parse_recipe(raw: Mapping[str, Any], folder: Path, name: str, lang: str | None = None) -> Recipe:
    """The recipe that a mapping declares; `folder` is where its paths begin, `name` what messages call it."""
    return validated(Recipe, raw, name, [*missing_files(raw, folder), *contradictions(raw)], lang)


# ---------------------------------------------------------------- what the record of a run keeps


def settings_of(recipe: Recipe) -> dict[str, Any]:
    """The recipe as it was understood, for the record of a run: defaults filled in, waves, groups and measures by their names, no folders.

    Examples
    --------
    >>> recipe = Recipe.model_validate({"waves": [{"label": "2020", "data": "/home/ani/a.csv"}]})
    >>> settings_of(recipe)["waves"]["2020"]["data"]
    'a.csv'
    """
    given = recipe.model_dump(mode="json", exclude={"output": {"dir"}}, exclude_none=True)
    for part in (given, given.get("against", {})):
        if "waves" in part:
            part["waves"] = {wave.pop("label"): _without_folders(wave) for wave in part["waves"]}
    given["groups"] = {_name(group["label"]): group["where"] for group in given["groups"]}
    given["follow_up"]["measures"] = {measure.pop("item"): measure for measure in given["follow_up"]["measures"]}
    return given


def _without_folders(wave: dict[str, Any]) -> dict[str, Any]:
    shown = {key: shown_path(wave[key]) for key in ("data", "codebook", "catalog") if key in wave}
    rake = {name: shown_path(margin) if isinstance(margin, str) else margin for name, margin in wave.get("rake", {}).items()}
    return wave | shown | ({"rake": rake} if rake else {})


def _name(label: str | Mapping[str, str]) -> str:
    return label if isinstance(label, str) else label[LANGUAGES[0]]


def shown_path(written: str) -> str:
    """A path without the folders of this machine.

    Examples
    --------
    >>> shown_path("data/a.csv"), shown_path("/home/ani/a.csv"), shown_path("../ani/a.csv")
    ('data/a.csv', 'a.csv', 'a.csv')
    """
    path = Path(written)
    outside = path.is_absolute() or PureWindowsPath(written).is_absolute() or ".." in path.parts
    return (PureWindowsPath(written).name if PureWindowsPath(written).is_absolute() else path.name) if outside else path.as_posix()
