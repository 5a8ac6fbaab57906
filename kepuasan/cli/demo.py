"""`kepuasan demo`: the sample surveys, end to end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kepuasan.cli.speaking import language_option
from kepuasan.wording import CATALOGUE, say

if TYPE_CHECKING:
    from kepuasan.report.findings import ResultTree

__all__ = ["demo", "demo_results"]

#: the recipe that the sample brings
_RECIPE = "kepuasan.toml"


@click.command()
@click.argument("folder", required=False, metavar="[DIR]")
@language_option("Language of the results, and of the first report.", "id")
def demo(folder: str | None, lang: str) -> None:
    """Show what accounts for the change of the index in the synthetic sample surveys.

    With DIR, run the recipe of the sample and write there all that `kepuasan run` would.
    """
    if folder is not None:
        _written(Path(folder), lang)
        return
    from kepuasan.cli.options import spoken_warnings
    from kepuasan.cli.summary import summary_lines

    with spoken_warnings(lang):
        results = demo_results(lang)
    click.echo("\n".join(summary_lines(results, lang)))


def _written(folder: Path, lang: str) -> None:
    """The recipe of the sample, run into a folder."""
    from kepuasan.cli.options import plan_of
    from kepuasan.cli.run import run_plan
    from kepuasan.io.samples import sample_folder

    run_plan(plan_of(str(sample_folder() / _RECIPE), lang, {}), folder)
    click.echo(say("demo.synthetic", lang))


def demo_results(language: str) -> ResultTree:
    """The results of the sample of users: index by wave, the difference from 2020 to 2022 and its parts, the frame first."""
    from kepuasan.io import load_sample
    from kepuasan.report.gathering import gather_results
    from kepuasan.report.request import ReportRequest

    request = ReportRequest(
        waves=("2020", "2021", "2022"),
        title=say("demo.title", language),
        change=("2020", "2022"),
        frame="region",
        domains=("sex", "disability"),
        notes=(CATALOGUE["demo.frame"], CATALOGUE["demo.synthetic"]),
    )
    return gather_results(load_sample("users"), request)
