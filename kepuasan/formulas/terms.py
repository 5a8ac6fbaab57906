"""A formula as its outcome and its terms, as formulaic reads it."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kepuasan.errors import DataError

__all__ = ["INTERCEPT", "Factor", "Formula", "read_formula", "reason", "term_name"]

INTERCEPT = "Intercept"

_CODED = re.compile(r"C\((\w+|`[^`]+`)\)")
_QUOTED = re.compile(r"`([^`]+)`")
_EVERY = re.compile(r"(?<![\w.])\.(?![\w.])")
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m|⧛.*?⧚", re.DOTALL)


@dataclass(frozen=True)
class Factor:
    """One factor of a term: its text, the columns it uses, and whether it is that column bare or coded as ``C(column)``."""

    text: str
    columns: tuple[str, ...]
    bare: bool = False
    coded: bool = False


@dataclass(frozen=True, eq=False)
class Formula:
    """A formula as it was read.

    Attributes
    ----------
    text : str
        As it was written.
    outcome : Factor or None
        The left side; None where there is none.
    terms : dict of str to tuple of Factor
        The terms of the right side and their factors, in the order of the columns; the intercept has none.
    parsed : object
        formulaic's own form of it.
    """

    text: str
    outcome: Factor | None
    terms: Mapping[str, tuple[Factor, ...]]
    parsed: Any

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the right side uses, each once."""
        return tuple(dict.fromkeys(name for factors in self.terms.values() for factor in factors for name in factor.columns))


def read_formula(text: str) -> Formula:
    """The formula as its outcome and its terms.

    Raises
    ------
    DataError
        What is no formula, with formulaic's reason; a right side that is empty or in parts; more than one outcome.

    Examples
    --------
    >>> formula = read_formula("speed ~ age + C(sex)")
    >>> formula.columns, list(formula.terms)
    (('age', 'sex'), ['Intercept', 'age', 'C(sex)'])
    """
    import formulaic
    from formulaic.errors import FormulaicError
    from formulaic.formula import SimpleFormula

    if not isinstance(text, str):
        raise DataError(f"the formula is {type(text).__name__}, not text such as 'y ~ x1 + C(x2)'")
    if not text.split("~")[-1].strip():
        raise DataError(f"the formula {text!r} has nothing on its right side; name at least one column there, or 1 for the mean alone")
    if _EVERY.search(text):
        raise DataError(f"the formula {text!r} asks for every column by '.', weights and codes among them; name those that it needs")
    try:
        parsed = formulaic.Formula(text)
        right, left = getattr(parsed, "rhs", parsed), getattr(parsed, "lhs", None)
        outcomes = [] if left is None else [_factors(term) for term in left]
        terms = {term_name(term): _factors(term) for term in right} if isinstance(right, SimpleFormula) else None
    except (FormulaicError, SyntaxError, ValueError, TypeError) as error:
        raise DataError(f"the formula {text!r} cannot be read: {reason(error)}") from error
    if terms is None:
        raise DataError(f"the formula {text!r} has several parts on its right side; write one, without '|'")
    if not terms:
        raise DataError(f"the formula {text!r} has nothing on its right side; name at least one column there, or 1 for the mean alone")
    if len(outcomes) > 1 or any(len(factors) != 1 for factors in outcomes):
        raise DataError(f"the formula {text!r} has more than one outcome on its left side; name one column there")
    return Formula(text, outcomes[0][0] if outcomes else None, terms, parsed)


def term_name(term: Any) -> str:
    """What a term of formulaic's is called here."""
    return INTERCEPT if str(term) == "1" else str(term)


def _factors(term: Any) -> tuple[Factor, ...]:
    return () if str(term) == "1" else tuple(_factor(factor) for factor in term.factors)


def _factor(factor: Any) -> Factor:
    text, method = str(factor.expr), factor.eval_method.value
    if method == "lookup":
        return Factor(text, (text,), bare=True)
    if method == "literal":
        return Factor(text, ())
    coded = _CODED.fullmatch(text)
    return Factor(text, (coded[1].strip("`"),), coded=True) if coded else Factor(text, _columns_of(text))


def _columns_of(text: str) -> tuple[str, ...]:
    """The names in a Python expression that are neither functions nor modules, those between backticks, and those that Q() quotes."""
    quoted = _QUOTED.findall(text)
    tree = ast.parse(_QUOTED.sub("_quoted_", text), mode="eval")
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    functions = {node.func for node in calls} | {node.value for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node not in functions and node.id != "_quoted_"]
    cited = [str(arg.value) for node in calls for arg in node.args if getattr(node.func, "id", "") == "Q" and isinstance(arg, ast.Constant)]
    return tuple(dict.fromkeys([*names, *quoted, *cited]))


def reason(error: Exception) -> str:
    """The first line of an error's message, without colours."""
    lines = [line.strip() for line in _ESCAPES.sub("", str(error)).splitlines() if line.strip()]
    return lines[0].rstrip(".") if lines else type(error).__name__
