"""`kepuasan diff`: what changed between two runs."""

from __future__ import annotations

from pathlib import Path

import click

from kepuasan.cli.speaking import language_option

__all__ = ["diff"]


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--format", "written", type=click.Choice(("text", "json", "csv")), default="text", help="text for people, json or csv for machines.")
@language_option("Language of what is said.", default="id")
def diff(old: str, new: str, written: str, lang: str) -> None:
    """Say what changed between two runs, each a folder of results or its run.json.

    Every input, setting, version, number of rows and headline number that is not the same. Exit code 0 where nothing changed, 1 where something did.
    """
    from kepuasan.cli.comparing.changes import compared, read_run
    from kepuasan.cli.comparing.listing import changes_as

    found = compared(read_run(Path(old), lang), read_run(Path(new), lang))
    shown = changes_as(written, found, lang)
    click.echo(shown, nl=not shown.endswith("\n"))
    if found.changes:
        raise click.exceptions.Exit(1)
