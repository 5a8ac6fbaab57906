"""`kepuasan run`: a recipe or a data file to tables, figures and reports."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kepuasan.cli.options import plan_of, recipe_options, spoken_warnings
from kepuasan.cli.speaking import speak
from kepuasan.wording import say

if TYPE_CHECKING:
    from kepuasan.cli.options import Plan
    from kepuasan.cli.progress import Progress
    from kepuasan.report.findings import ResultTree

__all__ = ["run", "run_plan"]

#: reading, weighting, computing, writing
_STEPS = 4


@click.command()
@recipe_options
@click.option("--out", metavar="DIR", help="Folder of results; without it the recipe's, or out.")
@click.option("--quiet", is_flag=True, help="Say nothing but warnings and refusals.")
def run(path: str, lang: str | None, out: str | None, *, quiet: bool, **options: Any) -> None:
    """Write tables (CSV), figures (SVG, PNG), reports (HTML, XLSX, DOCX, PDF) in Indonesian and English, and run.json.

    PATH is a recipe (kepuasan.toml), or a data file described by options. The results take the place of an earlier run's when all are written.
    """
    plan = plan_of(path, lang, options)
    run_plan(plan, plan.folder / plan.recipe.output.dir if out is None else Path(out), quiet=quiet)


def run_plan(plan: Plan, folder: Path, *, quiet: bool = False) -> None:
    """All that a recipe asks for, written into a folder and told on the terminal; what cannot be written is refused before anything is read."""
    from kepuasan.cli.formats import formats_to_write
    from kepuasan.cli.progress import Progress
    from kepuasan.cli.recipe.model import settings_of
    from kepuasan.cli.summary import summary_lines
    from kepuasan.report.folder import require_free
    from kepuasan.report.writing import write_outputs

    recipe, language = plan.recipe, plan.recipe.language
    speak(language)
    require_free(folder)
    formats = formats_to_write(recipe.output.formats, language)
    with Progress(language, _STEPS, shown=not quiet) as progress, spoken_warnings(language, progress.clear):
        results = _results(plan, progress)
        lines = summary_lines(results, language)
        write = partial(progress.at, _STEPS, "run.write")
        files = write_outputs(results, folder, languages=recipe.languages(), formats=formats, settings=settings_of(recipe), progress=write)
    if not quiet:
        click.echo("\n".join([*lines, "", say("written", language, folder=folder.as_posix(), count=len(files))]))


def _results(plan: Plan, progress: Progress) -> ResultTree:
    """Files read, weighted and stacked, and all that the recipe asks for."""
    from kepuasan.cli.opening import hashes, open_against, open_waves, request_of, require_index, stacked
    from kepuasan.report.gathering import gather_results

    recipe, seen = plan.recipe, partial(progress.at, 1, "run.read")
    waves, against = open_waves(recipe, plan.folder, seen), open_against(recipe, plan.folder, seen)
    progress.at(2, "run.weigh")
    survey = stacked(recipe, waves)
    require_index(recipe, survey, plan.name or Path(recipe.waves[0].data).name)
    progress.at(3, "run.compute")
    return gather_results(survey, request_of(recipe, skm=plan.skm, against=against), inputs=hashes(recipe, plan.folder, plan.name))
