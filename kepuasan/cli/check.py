"""`kepuasan check`: every problem of a recipe and its data, and nothing changed."""

from __future__ import annotations

from typing import Any

import click

from kepuasan.cli.options import plan_of, recipe_options, spoken_warnings
from kepuasan.wording import say

__all__ = ["check"]


@click.command()
@recipe_options
def check(path: str, lang: str | None, **options: Any) -> None:
    """List every problem of a recipe (or a data file and options); change nothing.

    Exit code 1 where there are problems, 2 where the recipe itself cannot be read.
    """
    from kepuasan.cli.problems import inspect

    plan = plan_of(path, lang, options)
    language = plan.recipe.language
    with spoken_warnings(language):
        found = inspect(plan)
    if not found.problems:
        click.echo(say("check.none", language, waves=len(plan.recipe.waves), rows=found.rows, items=found.items))
        return
    click.echo(say("check.some", language, count=len(found.problems)))
    for number, problem in enumerate(found.problems, start=1):
        first, *rest = problem.splitlines()
        click.echo("\n".join([f"{number:3}. {first}", *(f"     {line.strip()}" for line in rest)]))
    raise click.exceptions.Exit(1)
