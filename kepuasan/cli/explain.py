"""`kepuasan explain`: what a code means, why it matters, what it looks like, and what to do."""

from __future__ import annotations

import click

from kepuasan.cli.speaking import language_option

__all__ = ["explain"]


@click.command()
@click.argument("code", required=False, metavar="[CODE]")
@language_option("Language of what is said.", default="id")
def explain(code: str | None, lang: str) -> None:
    """Say what a code such as KP132 means, why it matters, what it looks like, and what to do; without one, list all."""
    from kepuasan.cli.checking.explaining import explained
    from kepuasan.cli.checking.listing import codes_as

    click.echo(codes_as("text", lang) if code is None else "\n".join(explained(code, lang)))
