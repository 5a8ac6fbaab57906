"""`kepuasan demo`: the sample surveys, end to end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kepuasan.wording import CATALOGUE, LANGUAGES, say

if TYPE_CHECKING:
    from kepuasan.report.results import ResultTree

__all__ = ["demo", "demo_results"]


@click.command()
@click.argument("folder", required=False, metavar="[DIR]")
@click.option("--lang", type=click.Choice(LANGUAGES), default="id", show_default=True, help="Language of the results.")
def demo(folder: str | None, lang: str) -> None:
    """Show what accounts for the change of the index in the synthetic sample surveys.

    With DIR, write there all that `kepuasan run` would.
    """
    from kepuasan.cli.options import spoken_warnings
    from kepuasan.cli.summary import summary_lines
    from kepuasan.report.folder import require_free

    if folder is not None:
        require_free(Path(folder))
    with spoken_warnings(lang):
        results = demo_results(lang)
    lines = summary_lines(results, lang)
    if folder is not None:
        from kepuasan.report import write_outputs

        files = write_outputs(results, folder, language=lang)
        lines.insert(-1, say("written", lang, folder=Path(folder).as_posix(), count=len(files)))
    click.echo("\n".join(lines))


def demo_results(language: str) -> ResultTree:
    """The results of the sample of users: index by wave, the difference from 2020 to 2022 and its parts, the frame first."""
    from kepuasan.io import load_sample
    from kepuasan.report import Request, gather

    request = Request(
        waves=("2020", "2021", "2022"),
        title=say("demo.title", language),
        change=("2020", "2022"),
        frame="region",
        domains=("sex", "disability"),
        notes=(CATALOGUE["demo.frame"], CATALOGUE["demo.synthetic"]),
    )
    return gather(load_sample("users"), request)
