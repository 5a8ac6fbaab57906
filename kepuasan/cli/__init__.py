"""The street door: commands that read a recipe or a data file and write results."""

from __future__ import annotations

import sys
import traceback
from typing import Any

import click

from kepuasan import __version__
from kepuasan.cli.check import check
from kepuasan.cli.demo import demo
from kepuasan.cli.reproduce import reproduce
from kepuasan.cli.run import run
from kepuasan.cli.skm import skm
from kepuasan.errors import KepuasanError

__all__ = ["main"]


class _Refusal(click.ClickException):
    """A message instead of a traceback."""

    exit_code = 2


class _Door(click.Group):
    """A group of commands that answers a refusal of the library with its message and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a refusal becomes a message on the error stream."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except KepuasanError as error:
            raise _Refusal(str(error)) from error
        except BrokenPipeError:
            sys.stderr.close()
            raise click.exceptions.Exit(0) from None
        except KeyboardInterrupt:
            raise click.exceptions.Exit(130) from None
        except OSError as error:
            raise _Refusal(f"{error.filename or 'a file'}: {error.strerror or error}; check that it is there and may be written") from error
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception:  # noqa: BLE001 - a fault of ours: no finding, so it must not end with exit code 1
            traceback.print_exc()
            raise _Refusal("this is a fault of kepuasan, not of your data; please report it with the lines above") from None


_HELP = """Satisfaction surveys: an index that can be defended, and what accounts for its change.

\b
kepuasan demo                 the sample surveys, end to end
kepuasan check kepuasan.toml  every problem of a recipe and its data at once
kepuasan run kepuasan.toml    tables, figures and a page
kepuasan run data.csv --items u1,u2 --scale 1,4
kepuasan skm data.csv --agency "Dinas Contoh"  IKM with its class, sheet and tables
kepuasan reproduce numbers.toml  which conventions give a published number
"""
_NAMES = {"help_option_names": ["-h", "--help"]}


@click.group(cls=_Door, help=_HELP, context_settings=_NAMES, epilog="Exit codes: 0 done; 1 a finding; 2 bad usage, recipe or data.")
@click.version_option(__version__, prog_name="kepuasan")
def main() -> None:
    """The commands."""


for _command in (check, demo, reproduce, run, skm):
    main.add_command(_command)
