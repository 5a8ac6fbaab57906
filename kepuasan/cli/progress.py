"""How far a command has come: one line on a terminal, written over at each step; nothing elsewhere."""

from __future__ import annotations

import shutil
import sys
from types import TracebackType

import click

from kepuasan.quality.findings import Words
from kepuasan.wording import say

__all__ = ["Progress"]


class Progress:
    """Steps of a command on the error stream, where that is a terminal.

    Parameters
    ----------
    language : {"id", "en"}
    steps : int
        How many there are.
    shown : bool
        False for a caller who wants no such line.
    """

    def __init__(self, language: str, steps: int, *, shown: bool = True) -> None:
        self._language, self._steps = language, steps
        self._shown = shown and sys.stderr.isatty()
        self._width = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.clear()

    def at(self, step: int, key: str, name: str = "") -> None:
        """Say which step is being done, of what."""
        if not self._shown:
            return
        doing = Words(key, {"name": name} if name else {})
        line = say("run.step", self._language, step=step, steps=self._steps, doing=doing)[: shutil.get_terminal_size().columns - 1]
        click.echo("\r" + line.ljust(self._width), nl=False, err=True)
        self._width = len(line)

    def clear(self) -> None:
        """Take the line away, so that something else can be said."""
        if self._width:
            click.echo("\r" + " " * self._width + "\r", nl=False, err=True)
            self._width = 0
