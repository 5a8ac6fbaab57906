"""What accounts for the gap between two groups' means of an outcome: means of drivers, and coefficients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pandas as pd

from kepuasan.change.record import Change
from kepuasan.columns import CATEGORY, DRIVER, ITEM, PART, spelled
from kepuasan.design import factorized
from kepuasan.errors import ChoiceError, DataError, choose, nearest, some
from kepuasan.estimates import derived, taken
from kepuasan.estimators.moments import complete_rows
from kepuasan.estimators.predictors import Factor, Predictors, column_of, grouped, is_factor, read_predictors, refuse_dependent
from kepuasan.formulas import INTERCEPT
from kepuasan.numerics.blinder import BlinderParts, MeansAndSlopes, terms
from kepuasan.numerics.derivatives import jacobian
from kepuasan.survey import RESERVED, Domains, require_survey

if TYPE_CHECKING:
    from kepuasan.estimates import Estimates
    from kepuasan.estimators.moments import CompleteRows
    from kepuasan.numerics.totals import Integers
    from kepuasan.survey import Survey

__all__ = ["oaxaca_blinder"]

Reference = Literal["half", "base", "current", "pooled", "neumark", "cotton", "gelbach"]
REFERENCES: tuple[Reference, ...] = get_args(Reference)
EXPLAINED, UNEXPLAINED = "explained", "unexplained"
ENDOWMENTS, COEFFICIENTS, INTERACTION = "endowments", "coefficients", "interaction"

#: references that need a regression of both groups together
_TOGETHER = ("pooled", "neumark", "gelbach")


def oaxaca_blinder(
    survey: Survey,
    outcome: str,
    drivers: Sequence[str] | Mapping[str, Sequence[str]],
    *,
    group: str,
    base: Any,
    current: Any,
    fold: Literal[2, 3] = 2,
    reference: Reference = "half",
) -> Change:
    """The parts that account for the gap between two groups' means of an outcome, current minus base.

    Parameters
    ----------
    survey : Survey
    outcome : str
        A column of numbers, such as overall satisfaction.
    drivers : list of str, or {name: [items]}
        Columns of numbers; text, categories and ``"C(column)"`` are factors. Items gathered under names are also added up by name. Codes are taken as
        they are: neither scored to 0-100 nor turned where the codebook reverses an item.
    group : str
        The column that tells the two groups apart: a wave, sex, a pilot region.
    base, current : label
        Two of its codes; 2, 2.0 and "2" are one code.
    fold : {2, 3}
        2: what the means of the drivers account for (explained) and the rest (unexplained). 3: means at the base group's coefficients (endowments),
        coefficients at the base group's means (coefficients), and both at once (interaction).
    reference : {"half", "base", "current", "pooled", "neumark", "cotton", "gelbach"}
        Of two folds, the coefficients at which a difference of means is valued: the average of both groups', one group's, those of both groups
        together with the current group's indicator (pooled) or without (neumark), or both groups' by their share of the weights (cotton; the shares
        are held fixed in the standard errors). "gelbach" has pooled's explained parts, and the indicator's coefficient as its one unexplained part.

    Returns
    -------
    Change
        ``parts`` has the key columns ``part`` and ``item`` (the constant is "Intercept"), ``category`` where some driver is a factor (its level), and
        ``driver`` where drivers are named. Parts sum to the total exactly. ``start`` and ``end`` are the outcome's means.

    Raises
    ------
    DataError
        Base equal to current, unknown columns or codes, an outcome that is text or among the drivers, an outcome or drivers that do not vary in a
        group, drivers that determine each other there, a level of a factor that a group lacks.

    Notes
    -----
    With means x, coefficients b and reference coefficients r: explained (x1 - x0) r, unexplained x1 (b1 - r) + x0 (r - b0). Rows that lack the
    outcome or a driver leave as a domain; means and coefficients are both random, under the survey's design. Coefficients of a factor are deviations
    from the mean of its levels, so that no part depends on the level left out. "Accounts for" is arithmetic: it names no cause.

    References
    ----------
    Blinder, A. S. (1973). Wage discrimination: reduced form and structural estimates. *Journal of Human Resources* 8, 436-455.
    Oaxaca, R. (1973). Male-female wage differentials in urban labor markets. *International Economic Review* 14, 693-709.
    Jann, B. (2008). The Blinder-Oaxaca decomposition for linear regression models. *Stata Journal* 8, 453-479.
    Gelbach, J. B. (2016). When do covariates matter? And which ones, and how much? *Journal of Labor Economics* 34, 509-543.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> frame = pd.DataFrame({"sex": list("LLLPPP"), "speed": [1, 2, 3, 2, 3, 4], "overall": [2, 3, 4, 3, 4, 5]})
    >>> change = oaxaca_blinder(Survey(frame), "overall", ["speed"], group="sex", base="L", current="P")
    >>> change.to_frame()[["part", "item", "estimate"]].round(6).values.tolist()
    [['explained', 'speed', 1.0], ['unexplained', 'Intercept', 0.0], ['unexplained', 'speed', 0.0]]
    """
    _check_form(fold, reference)
    require_survey(survey)
    named = grouped(drivers)
    _check_columns(survey, outcome, named, group)
    pair = _pair(survey, group, base, current)
    read = read_predictors(survey, [item for items in named.values() for item in items], outcome, pair.domains.weight)
    p = read.width - 1
    found = complete_rows(survey, pair.domains, read, read.width, n_free=p)
    _check_levels(read, found, pair)
    refuse_dependent(found, read.names, outcome)
    both = joint = found.estimates(MeansAndSlopes(p), pd.DataFrame({ITEM: [*read.names, outcome, *(f"slope of {name}" for name in read.names)]}))
    if fold == 2 and reference in _TOGETHER:
        joint = both.join(_together(survey, read, found, reference))
    function = BlinderParts(terms(_n_levels(read)), fold, reference, float(found.moments.weight[1] / found.moments.weight.sum()))
    key = _key(read, fold, reference, named if isinstance(drivers, Mapping) else {})
    parts = derived(joint, function, jacobian(function, joint.value), key, kind="difference", n=np.full(len(key), found.moments.n.sum()))
    start, end = _means(both, found, outcome, pair)
    return Change(
        total=_total(start, end, outcome, pair),
        parts=parts,
        drivers=_by_name(parts),
        start=start,
        end=end,
        base=pair.labels[0],
        current=pair.labels[1],
        codebook=survey.codebook,
        what=str(outcome),
        left_out=found.left_out,
    )


# ---------------------------------------------------------------- what was asked


def _check_form(fold: Any, reference: Any) -> None:
    if fold not in (2, 3):
        raise ChoiceError(f"fold is {fold!r}; choose one of 2 (explained, unexplained), 3 (endowments, coefficients, interaction)")
    choose("reference", reference, REFERENCES)
    if fold == 3 and reference != "half":
        raise DataError(f"reference={reference!r} is for two folds: three take each group's own coefficients; leave it out, or set fold=2")


def _check_columns(survey: Survey, outcome: Any, named: Mapping[str, Sequence[str]], group: Any) -> None:
    """Refuse columns that are not there, and those that have two parts to play."""
    columns = [column_of(item) for items in named.values() for item in items]
    survey.require([outcome, group, *columns])
    if group in RESERVED:
        raise DataError(f"group is {group!r}, which is a column of every table of results; rename the column of the data")
    if outcome == group:
        raise DataError(f"{outcome!r} is both the outcome and the group; name two columns")
    for name, role in ((outcome, "outcome"), (group, "group")):
        if name in columns:
            raise DataError(f"the {role} {name!r} is among the drivers; leave it out of them")
    twice = {name for name in columns if columns.count(name) > 1}
    if twice:
        raise DataError(f"drivers name {some(sorted(twice, key=str))} twice, as numbers and as a factor; name each once")
    if INTERCEPT in (*named, *columns):
        raise DataError(f"a driver is called {INTERCEPT!r}, which names the constant; call it something else")
    if is_factor(survey, outcome):
        raise DataError(
            f"the outcome {outcome!r} holds text such as {some(survey.column(outcome).dropna().unique()[:3])}; name a column of numbers, "
            "or code one category as 1 and the others as 0"
        )


@dataclass(frozen=True)
class _Pair:
    """The two groups: their labels, and the rows of each as a domain."""

    labels: tuple[str, str]
    domains: Domains


def _pair(survey: Survey, group: Any, base: Any, current: Any) -> _Pair:
    """The rows of the two groups."""
    labels = spelled(base), spelled(current)
    if labels[0] == labels[1]:
        raise DataError(f"base and current are the same code {base!r} of {group!r}; name two")
    code, levels = factorized(survey.column(group))
    weight = survey.domains().weight
    used = np.bincount(code[(weight != 0) & (code >= 0)], minlength=len(levels)) > 0
    texts = np.array([spelled(level) for level in levels], dtype=object)
    place = np.full(len(levels) + 1, -1)
    for position, label in enumerate(labels):
        if not (used & (texts == label)).any():
            known = texts[used]
            raise DataError(f"no row with a weight has {group!r} {label!r}{nearest(label, known)}; its codes are {some(known, 12)}")
        place[:-1][texts == label] = position
    member: Integers = place[code]
    key = pd.DataFrame({group: [levels[np.flatnonzero(texts == label)[0]] for label in labels]})
    return _Pair(labels, Domains(member.clip(0), key, np.where(member < 0, 0.0, weight)))


def _check_levels(read: Predictors, found: CompleteRows, pair: _Pair) -> None:
    """Refuse a level that occurs in one group only."""
    rows = np.flatnonzero(found.rows.weight)
    group = found.rows.domains()[rows]
    for part in read.parts:
        if not isinstance(part, Factor):
            continue
        k = len(part.levels)
        empty = np.bincount(group * k + part.code[rows], minlength=2 * k).reshape(2, k) == 0
        lacking = [f"{some([part.levels[level]])} in {pair.labels[position]!r}" for position, level in np.argwhere(empty)]
        if lacking:
            more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
            raise DataError(
                f"levels of {part.name!r} that one group lacks: {', '.join(lacking[:5])}{more}; their coefficient there is unknown. "
                "Merge them with others, or leave their rows out with survey.where"
            )


# ---------------------------------------------------------------- estimates


def _n_levels(read: Predictors) -> list[int]:
    """Levels of each driver, 0 for numbers."""
    return [len(part.levels) if isinstance(part, Factor) else 0 for part in read.parts[:-1]]


def _together(survey: Survey, read: Predictors, found: CompleteRows, reference: str) -> Estimates:
    """Slopes of the rows of both groups together, with the current group's indicator where the reference has it."""
    p = read.width - 1
    if reference != "neumark":
        *drivers, outcome = read.parts
        read = replace(read, items=(*read.items, "indicator"), parts=(*drivers, found.rows.domains(), outcome))
    whole = Domains(None, pd.DataFrame(index=range(1)), found.rows.weight)
    union = complete_rows(survey, whole, read, read.width, n_free=read.width - 1)
    slopes = union.estimates(MeansAndSlopes(read.width - 1, means=False), pd.DataFrame({ITEM: read.names}))
    return taken(slopes, np.arange(p)) if reference == "pooled" else slopes


def _key(read: Predictors, fold: int, reference: str, named: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """The key of the parts."""
    levels = [part.levels if isinstance(part, Factor) else ("",) for part in read.parts[:-1]]
    rows = [(item, level) for item, several in zip(read.items, levels, strict=True) for level in several]
    with_constant = [(INTERCEPT, ""), *rows]
    if fold == 3:
        by_part = {ENDOWMENTS: rows, COEFFICIENTS: with_constant, INTERACTION: rows}
    else:
        by_part = {EXPLAINED: rows, UNEXPLAINED: with_constant[:1] if reference == "gelbach" else with_constant}
    key = pd.DataFrame([(part, *row) for part, members in by_part.items() for row in members], columns=[PART, ITEM, CATEGORY])
    if not read.factors:
        key = key.drop(columns=CATEGORY)
    driver = {item: name for name, items in named.items() for item in items}
    return key.assign(**{DRIVER: [driver.get(item, INTERCEPT) for item in key[ITEM]]}) if named else key


def _means(both: Estimates, found: CompleteRows, outcome: Any, pair: _Pair) -> tuple[Estimates, Estimates]:
    """The outcome's mean in the base group and in the current one."""
    size = len(both) // 2
    place = found.moments.mean.shape[1] - 1
    variance = found.moments.covariance[:, -1, -1]

    def of(position: int) -> Estimates:
        n = found.moments.n[position]
        simple = np.array([variance[position] / (n - 1) if n > 1 else np.nan])
        key = pd.concat([pd.DataFrame({ITEM: [outcome]}), pair.domains.key.iloc[[position]].reset_index(drop=True)], axis=1)
        return replace(taken(both, np.array([position * size + place])), key=key, kind="mean", simple=lambda: simple)

    return of(0), of(1)


def _total(start: Estimates, end: Estimates, outcome: Any, pair: _Pair) -> Estimates:
    """The gap of the outcome's means."""
    key = pd.DataFrame({ITEM: [outcome], pair.domains.key.columns[0]: [f"{pair.labels[1]} - {pair.labels[0]}"]})
    return derived(start.join(end), None, np.array([[-1.0, 1.0]]), key, kind="difference", n=start.n + end.n)


def _by_name(parts: Estimates) -> Estimates | None:
    """Parts added up by driver, where drivers are named."""
    if DRIVER not in parts.key.columns:
        return None
    sums = parts.key[[PART, DRIVER]].drop_duplicates().reset_index(drop=True)
    of = [parts.key[column].to_numpy()[None, :] == sums[column].to_numpy()[:, None] for column in (PART, DRIVER)]
    return replace(parts.linear((of[0] & of[1]).astype(np.float64), sums), kind="difference")
