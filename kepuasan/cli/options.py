"""What `run` and `check` share: the recipe or data file, and the options that stand for a recipe."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kepuasan.cli.speaking import in_language, language_option, speak
from kepuasan.errors import KepuasanWarning, RecipeError, some
from kepuasan.problems import Problem
from kepuasan.wording import say

if TYPE_CHECKING:
    from kepuasan.cli.recipe.model import Recipe

__all__ = ["RECIPE", "Plan", "plan_of", "raw_of", "recipe_options", "recipe_path", "skm_columns", "spoken_warnings", "warned", "wave_of"]

_F = TypeVar("_F", bound=Callable[..., Any])

#: what a recipe is called
RECIPE = "kepuasan.toml"
#: columns that bear the names of the nine elements of the SKM
_SKM = re.compile(r"[uU][1-9]")
#: options that say what a recipe says, so that they go with a data file only
_RECIPE_ONLY = ("codebook", "decimal", "items", "scoring", "scale", "weight", "strata", "psu")


@dataclass(frozen=True)
class Plan:
    """A recipe, the folder where its paths begin, its own file, and whether its items were taken for elements of the SKM."""

    recipe: Recipe
    folder: Path
    name: str | None
    skm: bool


def recipe_options(command: _F) -> _F:
    """The argument and options of a recipe."""
    for decorate in reversed(
        (
            click.argument("path", default=RECIPE, metavar="[RECIPE.toml|DATA]"),
            click.option("--codebook", metavar="FILE", help="Codebook of a data file: TOML, or an XLSForm workbook."),
            click.option("--decimal", type=click.Choice((".", ",")), help="Decimal sign of a data file that leaves it open."),
            click.option("--items", metavar="A,B,...", help="Items of the index; without it the codebook's, or the columns u1 to u9."),
            click.option("--scoring", metavar="NAME", help="minmax, share-of-max, top-box or raw."),
            click.option("--scale", metavar="LOW,HIGH", help="Bounds of the answer scale, such as 1,4."),
            click.option("--weight", metavar="COLUMN", help="Column of weights."),
            click.option("--strata", metavar="COLUMN", help="Column of strata."),
            click.option("--psu", metavar="COLUMN", help="Column of primary sampling units."),
            language_option("Language of the results; without it the recipe's, or id."),
        )
    ):
        command = decorate(command)
    return command


def plan_of(path: str, lang: str | None, options: dict[str, str | None]) -> Plan:
    """The plan of a recipe file, or of a data file and options.

    Raises
    ------
    RecipeError
        A recipe with problems; options beside a recipe, which says the same itself.
    """
    from kepuasan.cli.recipe.model import parse_recipe, read_recipe

    file = recipe_path(path)
    given = [name for name in _RECIPE_ONLY if options.get(name) is not None]
    if file.suffix.lower() == ".toml":
        if given:
            raise _refused("option.beside", lang, option=given[0], name=file.name)
        recipe = read_recipe(file, lang)
        speak(lang or recipe.language)
        return Plan(_in_language(recipe, lang) if lang else recipe, file.parent, file.name, skm=False)
    raw, skm = _raw(file, lang, options)
    return Plan(parse_recipe(raw, Path(), say("recipe.line", lang or "id")), Path(), None, skm)


def recipe_path(path: str) -> Path:
    """The file of a path: of a folder, the recipe in it."""
    file = Path(path)
    return file / RECIPE if file.is_dir() and file.suffix.lower() != ".toml" else file


def _in_language(recipe: Recipe, lang: str) -> Recipe:
    """The recipe with results in this language first."""
    languages = [lang, *(one for one in recipe.languages() if one != lang)]
    return recipe.model_copy(update={"language": lang, "output": recipe.output.model_copy(update={"languages": languages})})


def _refused(key: str, lang: str | None, **values: object) -> RecipeError:
    from kepuasan.cli.recipe.validation import SpokenError

    return SpokenError(say(key, lang or "id", **values))


def _raw(file: Path, lang: str | None, options: dict[str, str | None]) -> tuple[dict[str, Any], bool]:
    """The recipe that a data file and options stand for, and whether its items are taken for elements of the SKM."""
    index, skm = _index(file, {**options, "lang": lang})
    return raw_of(file, lang, options) | ({"index": index} if index else {}), skm


def raw_of(file: Path, lang: str | None, options: Mapping[str, Any]) -> dict[str, Any]:
    """The recipe that a data file and options stand for, without an index."""
    design = {role: options[role] for role in ("weight", "strata", "psu") if options.get(role)}
    return {"language": lang or "id", "waves": [wave_of(file, options)]} | ({"design": design} if design else {})


def wave_of(file: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    """The wave of a recipe that a data file and options stand for."""
    return {"label": file.stem, "data": str(file), **{name: options[name] for name in ("codebook", "decimal") if options.get(name)}}


def _index(file: Path, options: dict[str, str | None]) -> tuple[dict[str, Any], bool]:
    items = [name.strip() for name in (options.get("items") or "").split(",") if name.strip()]
    if not items and options.get("codebook"):
        items = _codebook_items(str(options["codebook"]), options)
        if not items:
            return {}, False
    items = items or _skm_columns(file, options.get("lang"))
    index: dict[str, Any] = {"items": items}
    if options.get("scoring"):
        index["scoring"] = options["scoring"]
    if options.get("scale"):
        index["scale"] = _scale(str(options["scale"]), options.get("lang"))
    skm = not index.keys() & {"scoring", "scale"} and not options.get("codebook") and all(_SKM.fullmatch(name) for name in items)
    if skm:
        index |= {"scoring": "share-of-max", "scale": [1.0, 4.0]}
    if "scale" not in index and not options.get("codebook") and index.get("scoring") != "raw":
        raise _refused("option.no_scale", options.get("lang"), items=some(items))
    return index, skm


def _codebook_items(codebook: str, options: dict[str, str | None]) -> list[str]:
    """The items of the codebook's index, where options change its scoring or scale; else none, and the codebook's index stands."""
    if not options.get("scoring") and not options.get("scale"):
        return []
    from kepuasan.codebook import Codebook

    return list((Codebook.read(codebook).index or {}).get("items", []))


def _skm_columns(file: Path, lang: str | None) -> list[str]:
    """The columns named u1 to u9."""
    from kepuasan.io.reading import read_frame

    frame, _ = read_frame(file)
    found = skm_columns(frame.columns)
    if not found:
        raise _refused("option.no_items", lang, name=file.name, columns=some(frame.columns, 20))
    return found


def skm_columns(names: Iterable[Any]) -> list[str]:
    """The names of the nine elements of the SKM among those of columns, in their order.

    Examples
    --------
    >>> skm_columns(["U2", "no", "U1"])
    ['U1', 'U2']
    """
    return sorted((str(name) for name in names if _SKM.fullmatch(str(name))), key=lambda name: name[1:])


def _scale(text: str, lang: str | None) -> list[float]:
    try:
        low, high = (float(part) for part in text.split(","))
    except ValueError as error:
        raise _refused("option.scale", lang, text=text) from error
    return [low, high]


@contextmanager
def spoken_warnings(language: str, before: Callable[[], None] = lambda: None, keep: Callable[[Problem], None] | None = None) -> Iterator[None]:
    """Warnings of the library, said once each on the error stream in plain words, but for those that `keep` takes; `before` makes room for a line."""
    heard: set[str] = set()
    with warnings.catch_warnings():
        elsewhere = warnings.showwarning

        def speak(message: Warning | str, category: type[Warning], *rest: Any, **named: Any) -> None:
            if not issubclass(category, KepuasanWarning):
                elsewhere(message, category, *rest, **named)
            elif str(message) not in heard:
                heard.add(str(message))
                problems = warned(message)
                if keep is not None and problems:
                    for one in problems:
                        keep(one)
                    return
                before()
                click.echo(say("warning", language, text=in_language(str(message), problems, language)), err=True)

        warnings.simplefilter("always", KepuasanWarning)
        warnings.showwarning = speak
        yield


def warned(message: Warning | str) -> list[Problem]:
    """The problems that a warning of the library tells; none where its kind is not known.

    Examples
    --------
    >>> [one.said("en") for one in warned("12 rows have no code in 'sex' and belong to no domain")]
    ["12 rows have no code in 'sex' and belong to no group"]
    """
    from kepuasan.refusals.telling import told
    from kepuasan.refusals.warning_kinds import WARNED

    own = getattr(message, "problem", None)
    return [own] if isinstance(own, Problem) else told(str(message), kinds=WARNED)
