"""What a request may not ask for: columns that are not there, and columns of persons. All of them are named at once."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from kepuasan.codebook.personal import personal_kind
from kepuasan.errors import DataError, RecipeError, nearest, some
from kepuasan.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kepuasan.report.request import ReportRequest
    from kepuasan.survey import Survey

__all__ = ["columns_of_condition", "is_personal", "refuse_persons", "require_allowed"]

#: texts, names in backticks, and the signs that pandas reads as "and" and "or"
_SPOKEN = re.compile(r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|`([^`]*)`|([&|])""")
#: what a condition is made of, besides the comparison of columns with values
_ALLOWED = (ast.Expression, ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Compare, ast.Name, ast.Constant, ast.List, ast.Tuple)
_PARTS = (ast.boolop, ast.unaryop, ast.cmpop, ast.expr_context, ast.Add, ast.Sub, ast.Mult, ast.Div)
_SUCH = "age <= 30 and sex == 'P'"


def require_allowed(survey: Survey, request: ReportRequest, spec_items: Iterable[str]) -> None:
    """Refuse a request for columns that the survey does not have, and for results by columns of persons.

    Raises
    ------
    DataError
        Unknown columns, all of them, each with the nearest name.
    RecipeError
        Conditions that cannot be read; columns that look like personal data; waves of the fieldwork and items of the plan that nobody knows.
    """
    conditions = {group.where: columns_of_condition(group.where) for group in request.groups}
    single = [request.frame, request.league, request.provinces, request.outcome]
    by = [*request.domains, *(one for one in single[1:3] if one is not None)]
    ranked = _members(request.ranked)
    listed = [*spec_items, *by, *(one for one in single if one is not None), *ranked, *_members(request.drivers)]
    survey.require(dict.fromkeys([*listed, *(name for names in conditions.values() for name in names)]))
    if request.against is not None and request.against.items is not None:
        _require_shared(survey, request.against.survey, request.against.items)
    shown = [*by, *(one for one in (request.frame, request.outcome) if one is not None), *ranked]
    refuse_persons(survey, [*shown, *(name for names in conditions.values() for name in names)])
    _require_known("fieldwork", request.fieldwork, request.waves, "the waves are")
    _require_known("plan", [plan.item for plan in request.plan], [*survey.codebook.items, *survey.frame.columns], "the items are")


def _members(given: Any) -> list[str]:
    """Items of named drivers, or those of a list; ``C(column)`` is the column."""
    names = [item for items in given.values() for item in ([items] if isinstance(items, str) else items)] if hasattr(given, "values") else given or ()
    return [name[2:-1].strip() if isinstance(name, str) and name.startswith("C(") and name.endswith(")") else name for name in names]


def _require_shared(survey: Survey, other: Survey, items: Sequence[str]) -> None:
    """Refuse items on which two populations are to be compared, but which one of them lacks."""
    survey.require(items)
    try:
        other.require(items)
    except DataError as error:
        raise DataError(f"the other population: {error}") from error


def _require_known(what: str, given: Iterable[str], known: Sequence[str], are: str) -> None:
    unknown = [one for one in given if one not in known]
    if unknown:
        hints = "; ".join(f"{one!r}{nearest(one, known)}" for one in unknown)
        raise RecipeError(f"the {what} names {hints}, which nobody knows; {are} {some(known, 12)}")


# ---------------------------------------------------------------- conditions


def columns_of_condition(condition: str) -> list[str]:
    """The columns that a condition of `Group` names, in order.

    Raises
    ------
    RecipeError
        What is no comparison of columns with values.

    Examples
    --------
    >>> columns_of_condition("age <= 30 and `home town` in ['Ambon', 'Sorong']")
    ['age', 'home town']
    """
    quoted: dict[str, str] = {}

    def plain(found: re.Match[str]) -> str:
        text, name, sign = found.groups()
        if name is None:
            return str(text or {"&": " and ", "|": " or "}[sign])
        quoted[f"_quoted{len(quoted)}_"] = name
        return list(quoted)[-1]

    try:
        tree = ast.parse(_SPOKEN.sub(plain, condition.strip()), mode="eval")
    except (SyntaxError, ValueError) as error:
        raise RecipeError(f"the condition {condition!r} cannot be read: {error.args[0]}; write it such as {_SUCH!r}") from error
    for node in ast.walk(tree):
        if not isinstance(node, (*_ALLOWED, *_PARTS)):
            part = ast.unparse(node) if isinstance(node, ast.expr) else type(node).__name__
            raise RecipeError(f"the condition {condition!r} holds {part!r}; compare columns with values, such as {_SUCH!r}")
    names = [quoted.get(node.id, node.id) for node in ast.walk(tree) if isinstance(node, ast.Name)]
    if not names:
        raise RecipeError(f"the condition {condition!r} names no column; write it such as {_SUCH!r}")
    return list(dict.fromkeys(names))


# ---------------------------------------------------------------- persons


def is_personal(survey: Survey, name: str) -> str:
    """What kind of personal data a column is, as a key of the words; nothing where it is none."""
    item = survey.codebook.items.get(name)
    if item is not None and item.role == "personal":
        return "declared"
    described = item is not None and (item.values or survey.codebook.scale_of(name) is not None)
    return "" if described else personal_kind(name, survey.column(name))


def refuse_persons(survey: Survey, named: Iterable[str]) -> None:
    """Refuse results by, or of, columns of persons; that a column is of the design too, such as a number of families as units, is no excuse.

    Raises
    ------
    RecipeError
        With all of them, and what kind of personal data each holds.
    """
    found = {name: kind for name in dict.fromkeys(named) if (kind := is_personal(survey, name))}
    if found:
        listed = ", ".join(f"{name!r} ({say(f'problem.personal.{kind}', 'en')})" for name, kind in found.items())
        raise RecipeError(f"personal data are shown by no result: {listed}; name other columns, or declare values of the column in the codebook")
