"""`kepuasan init`: a recipe and codebooks drafted from the data files of a folder; nothing is overwritten."""

from __future__ import annotations

from pathlib import Path

import click

from kepuasan.cli.speaking import language_option

__all__ = ["init"]


@click.command()
@click.argument("folder", default=".", metavar="[DIR]")
@click.option(
    "--codebook", "kind", type=click.Choice(("toml", "xlsx")), default="toml", show_default=True, help="toml, or a workbook in XLSForm shape."
)
@language_option("Language of the recipe and its remarks.", default="id")
def init(folder: str, kind: str, lang: str) -> None:
    """Draft a recipe and codebooks from the data files in a folder.

    Files alike are taken for waves; every guess is marked, and what must be decided stands behind a #. Files that are there are never overwritten.
    A folder without data gets a recipe to fill in.
    """
    from kepuasan.cli.drafting.placing import placed
    from kepuasan.cli.drafting.survey_folder import look_at

    place = Path(folder)
    found = look_at(place, lang)
    written = placed(place, found.files(kind, lang), lang)
    click.echo("\n".join(found.told(written, lang)))
