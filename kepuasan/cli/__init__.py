"""The street door: commands that read a recipe or a data file and write results."""

from __future__ import annotations

import importlib
import sys
import traceback
from pathlib import Path
from typing import IO, Any

import click

from kepuasan import __version__
from kepuasan.cli.speaking import refusal_text, spoken_language
from kepuasan.errors import KepuasanError
from kepuasan.wording import say

__all__ = ["main"]

#: the commands, each in a module of its name, and what each does
_COMMANDS = {
    "init": "Look at the data of a folder; draft a recipe and a codebook.",
    "check": "List every problem of a recipe and its data; change nothing.",
    "run": "Write tables, figures and reports of a recipe or a data file.",
    "diff": "Say what changed between two runs.",
    "demo": "Show the sample surveys, end to end.",
    "skm": "The satisfaction of the public (SKM): IKM, sheet, tables.",
    "reproduce": "Try every named convention on published numbers.",
    "explain": "Say what a code of a problem means, and what to do.",
}


class _Refusal(click.ClickException):
    """A message instead of a traceback."""

    exit_code = 2

    def __init__(self, message: str, language: str) -> None:
        super().__init__(message)
        self._language = language

    def show(self, file: IO[Any] | None = None) -> None:
        """Say it on the error stream."""
        click.echo(say("run.refused", self._language, text=self.message), file=file, err=file is None)


class _Door(click.Group):
    """A group of commands, each loaded when it is called, that answers a refusal of the library with its message and exit code 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of the commands, in the order in which they are used."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A command by its name."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"kepuasan.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands; none is loaded for it."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a refusal becomes a message on the error stream."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except KepuasanError as error:
            language = spoken_language(ctx)
            raise _Refusal(refusal_text(error, language), language) from error
        except BrokenPipeError:
            sys.stderr.close()
            raise click.exceptions.Exit(0) from None
        except KeyboardInterrupt:
            click.echo(say("run.interrupted", spoken_language(ctx)), err=True)
            raise click.exceptions.Exit(130) from None
        except OSError as error:
            from kepuasan.refusals.system import reason_of

            language = spoken_language(ctx)
            name = Path(str(error.filename)).name if error.filename else say("run.a_file", language)
            raise _Refusal(say("run.no_file", language, name=name, reason=reason_of(error, language)), language) from error
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception:  # noqa: BLE001 - a fault of ours: no finding, so it must not end with exit code 1
            traceback.print_exc()
            language = spoken_language(ctx)
            raise _Refusal(say("run.fault", language), language) from None


_HELP = """Satisfaction surveys: an index that can be defended, and what accounts for its change.

\b
A year's work, in a folder with the data:
kepuasan init .               looks at the data; drafts kepuasan.toml and codebooks
kepuasan check                every problem of the recipe and its data at once
kepuasan run                  tables, figures and reports in out/
kepuasan diff old/out out     what changed since last year

\b
Without a recipe:
kepuasan run data.csv --items u1,u2 --scale 1,4
kepuasan skm data.csv --agency "Dinas Contoh"
kepuasan demo                 the sample surveys
"""
_NAMES = {"help_option_names": ["-h", "--help"]}


@click.group(
    cls=_Door,
    help=_HELP,
    context_settings=_NAMES,
    epilog="Exit codes: 0 done; 1 a finding; 2 bad usage, recipe or data, or a fault of ours; 130 interrupted.",
)
@click.version_option(__version__, prog_name="kepuasan")
def main() -> None:
    """The commands."""
