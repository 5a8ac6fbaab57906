"""`kepuasan check`: every problem of a recipe and its data, and nothing changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kepuasan.cli.options import Plan, plan_of, raw_of, recipe_options, recipe_path, spoken_warnings
from kepuasan.wording import say

if TYPE_CHECKING:
    from kepuasan.problems import Problem

__all__ = ["check"]


@click.command()
@recipe_options
@click.option("--codes", is_flag=True, help="List every code that a problem may have, its severity, and what to do; read no data.")
@click.option("--format", "written", type=click.Choice(("text", "json", "csv")), default="text", help="text for people, json or csv for machines.")
def check(path: str, lang: str | None, written: str, *, codes: bool, **options: Any) -> None:
    """List every problem of a recipe (or a data file and options); change nothing.

    Exit code 1 where there are errors, 0 where there are warnings and notes at most, 2 where the recipe cannot be read or a file of it
    is not there.
    """
    from kepuasan.cli.checking.listing import as_csv, as_json, as_text, codes_as

    if codes:
        click.echo(codes_as(written, lang or "id").rstrip("\n"))
        return
    from kepuasan.cli.checking.inspection import inspect

    plan, indexed = _plan(path, lang, options)
    language = plan.recipe.language
    heard: list[Problem] = []
    with spoken_warnings(language, keep=heard.append):
        found = inspect(plan, indexed=indexed)
    name = plan.name or Path(plan.recipe.waves[0].data).name
    found.add(*(one if one.file else replace(one, file=name) for one in heard))
    found.sort()
    shown = {"json": as_json, "csv": as_csv, "text": as_text}[written](found, language)
    click.echo(shown, nl=not shown.endswith("\n"))
    if found.errors:
        raise click.exceptions.Exit(1)


def _plan(path: str, lang: str | None, options: dict[str, Any]) -> tuple[Plan, bool]:
    """The plan, and whether it must have an index: a data file alone is checked without one."""
    from kepuasan.cli.recipe.model import parse_recipe
    from kepuasan.cli.recipe.validation import SpokenError

    file = recipe_path(path)
    if file.suffix.lower() == ".toml" or any(options.get(name) for name in ("items", "scale", "scoring")):
        return plan_of(path, lang, options), True
    if not (file.exists() or Path(path.rpartition("#")[0]).is_file()):
        raise SpokenError(say("problem.no_file", lang or "id", path=path))
    return Plan(parse_recipe(raw_of(file, lang, options), Path(), say("recipe.line", lang or "id")), Path(), None, skm=False), False
