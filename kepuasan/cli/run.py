"""`kepuasan run`: a recipe or a data file to tables, figures and a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kepuasan.cli.options import plan_of, recipe_options, spoken_warnings
from kepuasan.wording import say

__all__ = ["run"]


@click.command()
@recipe_options
@click.option("--out", metavar="DIR", help="Folder of results; without it the recipe's, or out.")
def run(path: str, lang: str | None, out: str | None, **options: Any) -> None:
    """Write tables (CSV, XLSX), figures (SVG, PNG), a page (HTML) and run.json.

    PATH is a recipe (kepuasan.toml), or a data file described by options.
    """
    from kepuasan.cli.opening import hashes, open_waves, request_of, stacked
    from kepuasan.cli.summary import summary_lines
    from kepuasan.report import gather, write_outputs
    from kepuasan.report.folder import require_free

    plan = plan_of(path, lang, options)
    language = plan.recipe.language
    folder = plan.folder / plan.recipe.output.dir if out is None else Path(out)
    require_free(folder)
    with spoken_warnings(language):
        survey = stacked(plan.recipe, open_waves(plan.recipe, plan.folder))
        results = gather(survey, request_of(plan.recipe, skm=plan.skm), inputs=hashes(plan.recipe, plan.folder, plan.name))
        lines = summary_lines(results, language)
        files = write_outputs(results, folder, language=language)
    click.echo("\n".join(lines))
    click.echo("\n" + say("written", language, folder=folder.as_posix(), count=len(files)))
