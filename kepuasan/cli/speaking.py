"""The language in which a command speaks to its caller, and what it says when it refuses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kepuasan.wording import LANGUAGES, say

if TYPE_CHECKING:
    from kepuasan.problems import Problem

__all__ = ["in_language", "language_option", "refusal_text", "speak", "spoken_language"]

_F = TypeVar("_F", bound=Callable[..., Any])
#: where a command keeps its language
_KEY = "kepuasan.language"


def speak(language: str) -> None:
    """Let the command that runs refuse in this language from now on."""
    context = click.get_current_context(silent=True)
    if context is not None:
        context.meta[_KEY] = language


def spoken_language(context: click.Context) -> str:
    """The language of a command; Indonesian until it is known."""
    return str(context.meta.get(_KEY, LANGUAGES[0]))


def language_option(text: str, default: str | None = None) -> Callable[[_F], _F]:
    """The option ``--lang``, which refusals follow too."""
    return click.option("--lang", type=click.Choice(LANGUAGES), default=default, show_default=default is not None, callback=_noted, help=text)


def _noted(context: click.Context, _: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        context.meta[_KEY] = value
    return value


def refusal_text(error: Exception, language: str) -> str:
    """What a refusal of the library says, in the language where its kind is known, else in the library's own words.

    Examples
    --------
    >>> refusal_text(ValueError("the file 'a.csv' is empty; give a file with a header"), "en")
    "the file 'a.csv' is empty; give a file with a header [KP024]"
    """
    if getattr(error, "spoken", False):
        return str(error)
    from kepuasan.refusals.telling import told

    return in_language(str(error), told(str(error)), language)


def in_language(text: str, problems: Sequence[Problem], language: str) -> str:
    """A message of the library by the problems that it tells; in English it stands as it is, with their codes."""
    if language == "en":
        return " ".join([text, *(f"[{code}]" for code in dict.fromkeys(one.code for one in problems) if f"[{code}]" not in text)])
    lines = [one.message(language).lstrip(":, ") for one in problems]
    return "\n".join(lines) if lines else say("run.original", language, text=text)
