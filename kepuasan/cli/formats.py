"""The kinds of reports that a run writes: those asked for, as far as what they need is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kepuasan.cli.recipe.sections import FORMATS
from kepuasan.cli.recipe.validation import SpokenError
from kepuasan.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["formats_to_write"]


def formats_to_write(asked: Sequence[str] | None, language: str) -> tuple[str, ...]:
    """The kinds asked for; without such a wish all that can be written, the others being named in a warning.

    Raises
    ------
    SpokenError
        A kind asked for by its name whose package is not installed, with the command that installs it.
    """
    from kepuasan.report.rendering import lacking

    packages = lacking(f".{kind}" for kind in asked or FORMATS)
    absent = [kind for kind in asked or FORMATS if f".{kind}" in packages]
    named = {"formats": ", ".join(absent), "packages": ", ".join(packages[f".{kind}"] for kind in absent)}
    if absent and asked is not None:
        raise SpokenError(say("run.formats.absent", language, **named))
    if absent:
        click.echo(say("warning", language, text=say("run.formats.left", language, **named)), err=True)
    return tuple(kind for kind in asked or FORMATS if kind not in absent)
