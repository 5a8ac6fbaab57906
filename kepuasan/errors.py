"""The errors and warnings of the library: one tree each.

Every message says what is wrong, the value, where it was found and what to do.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence

__all__ = [
    "CalibrationError",
    "ChoiceError",
    "ClassWarning",
    "CodebookError",
    "ConvergenceError",
    "DataError",
    "DataWarning",
    "DesignError",
    "EstimateError",
    "KepuasanError",
    "KepuasanWarning",
    "RecipeError",
    "ScaleError",
    "SinglePSUError",
    "choose",
    "nearest",
    "refuse_infinite",
    "some",
]


class KepuasanError(Exception):
    """Any refusal of the library."""


class DataError(KepuasanError, ValueError):
    """A file or a frame that cannot be read as it was asked to be."""


class CodebookError(KepuasanError, ValueError):
    """A codebook that contradicts itself or the data."""


class ScaleError(DataError):
    """A code that lies off the scale its item declares."""


class DesignError(KepuasanError, ValueError):
    """A sampling design that the rows contradict."""


class SinglePSUError(DesignError):
    """A stratum with a single sampled unit, whose variance cannot be estimated."""


class EstimateError(KepuasanError, ValueError):
    """Estimates asked for a row, a contrast or a covariance that they do not have."""


class CalibrationError(KepuasanError, ValueError):
    """Targets that the weights cannot meet."""


class ConvergenceError(KepuasanError, ArithmeticError):
    """An iteration that did not arrive."""


class RecipeError(KepuasanError, ValueError):
    """A recipe of the command line with wrong or unknown keys; all of them are listed."""


class KepuasanWarning(UserWarning):
    """Any warning of the library."""


class DataWarning(KepuasanWarning):
    """Rows or cells that an estimate could not use, with their count; what is odd in a file.

    Attributes
    ----------
    problem : Problem or None
        The finding about a file, which can be said in either language.
    """

    def __init__(self, text: str = "", problem: object = None) -> None:
        super().__init__(text)
        self.problem = problem


class ClassWarning(KepuasanWarning):
    """An index whose interval crosses a bound between classes, so that its class is not certain."""


def some(values: Iterable[object], limit: int = 5) -> str:
    """The first values, quoted as Python writes them, and how many more there are.

    Examples
    --------
    >>> some(["a", "b", "c"], limit=2)
    "'a', 'b' and 1 more"
    """
    listed = [_plain(value) for value in values]
    shown = ", ".join(repr(value) for value in listed[:limit])
    return f"{shown} and {len(listed) - limit} more" if len(listed) > limit else shown


def nearest(name: object, known: Iterable[object]) -> str:
    """A hint at the known name nearest to a wrong one: ``; did you mean 'speed'?``, or nothing.

    Examples
    --------
    >>> nearest("sped", ["speed", "updates"])
    "; did you mean 'speed'?"
    """
    by_text = {str(one).casefold(): one for one in known}
    close = difflib.get_close_matches(str(name).casefold(), by_text, n=1, cutoff=0.6)
    return f"; did you mean {_plain(by_text[close[0]])!r}?" if close else ""


def refuse_infinite(name: object, rows: Collection[object]) -> None:
    """Refuse a column that is infinite in these rows, where there are any.

    Raises
    ------
    DataError
        With the column, how many rows they are and the first of them.
    """
    if len(rows):
        raise DataError(f"{_plain(name)!r} is infinite in {len(rows)} rows ({some(rows)}); give finite numbers, or leave the cells empty")


def choose(argument: str, value: object, choices: Sequence[str]) -> None:
    """Refuse a choice string that is not one of those listed.

    Raises
    ------
    ValueError
        With the argument, the value and the whole list.
    """
    if value not in choices:
        raise ChoiceError(f"{argument} is {value!r}; choose one of {', '.join(map(repr, choices))}{nearest(value, choices)}")


class ChoiceError(KepuasanError, ValueError):
    """A choice string that is not in the list of choices."""


def _plain(value: object) -> object:
    """A numpy scalar as the Python value it stands for."""
    item = getattr(value, "item", None)
    return item() if callable(item) and getattr(value, "shape", None) == () else value
