"""The satisfaction index: what it is made of, its value with a design-based error, and its difference between waves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from scipy import sparse

from kepuasan.columns import ITEM, WAVE
from kepuasan.errors import DataError, EstimateError, choose, nearest, some
from kepuasan.estimates import derived, taken
from kepuasan.estimators.ratios import Request, domain_key, estimate
from kepuasan.numerics.ratios import ANSWERED, Form
from kepuasan.numerics.totals import divided, sum_cells
from kepuasan.specification import IndexSpec, Level, ScoredRows, Specs, dimensions_of, spec_for, spec_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Floats, Rows
    from kepuasan.survey import Survey

__all__ = ["INDEX", "Index", "IndexSpec", "compare_waves", "difference", "satisfaction_index", "wave_index", "wave_mask"]

INDEX = "index"


@dataclass(frozen=True, eq=False, repr=False)
class Index:
    """A satisfaction index and what it is made of.

    Attributes
    ----------
    score : Estimates
        The index, one row a domain; ``item`` is "index".
    items : Estimates
        Scored means of the items.
    dimensions : Estimates or None
        The index over the items of each dimension; ``item`` is the dimension's name.
    spec : IndexSpec
    level : str
        "items": the index of the item means; "respondents": the mean of the respondents' indices.
    importance : Estimates or None
        Mean stated importance, where the items are weighted by it.
    """

    score: Estimates
    items: Estimates
    dimensions: Estimates | None
    spec: Specs
    level: Level
    importance: Estimates | None = None

    @property
    def method(self) -> str:
        """Which of the indices it is, in words."""
        return "index of item means" if self.level == "items" else "mean of respondents' indices"

    def __repr__(self) -> str:
        return f"<Index: {self.method} (level={self.level!r})>\n{self.score!r}"

    def _repr_html_(self) -> str:
        return f"<p>Index: {self.method}</p>{self.score._repr_html_()}"

    def to_frame(self, part: Literal["score", "items", "dimensions"] = "score", level: float = 0.95) -> pd.DataFrame:
        """One of the three as a tidy table; see `Estimates.to_frame`."""
        choose("part", part, ("score", "items", "dimensions"))
        chosen: Estimates | None = getattr(self, part)
        if chosen is None:
            raise EstimateError("the index has no dimensions; give IndexSpec(dimensions={...}), or each item one in the codebook")
        return chosen.to_frame(level)

    def plot(self, ax: Axes | None = None, *, language: Literal["id", "en"] = "id") -> Axes:
        """The scored items as dots with their limits."""
        return self.items.plot(ax, language=language)


def satisfaction_index(survey: Survey, spec: Specs | None = None, *, by: Any = None) -> Index:
    """The satisfaction index of each domain, with its items and dimensions and their joint covariance.

    Parameters
    ----------
    survey : Survey
        The microdata.
    spec : IndexSpec, or {wave: IndexSpec}, optional
        Without it, that of the codebook's ``[index]`` section. One for each wave where item weights changed; `by` is then "wave".
    by : str or list of str, optional
        Domain columns.

    Returns
    -------
    Index
        ``score``, ``items`` and ``dimensions`` are Estimates.

    Raises
    ------
    DataError
        No specification; unknown items.
    ScaleError
        An item without a declared scale, or codes off it.

    Notes
    -----
    At level "items" the index is I = sum_j a_j m_j with m_j the mean score of item j on its own answers; at level "respondents" it is the mean
    over respondents of sum_j a_j s_ij / sum_j a_j over the items answered. Both are linearised, with a_j random where it is stated importance.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> survey = Survey(pd.DataFrame({"speed": [3, 4, 2, 4], "updates": [1, 2, 4, 4]}))
    >>> index = satisfaction_index(survey, IndexSpec(["speed", "updates"], scale=(1, 4)))
    >>> [round(float(number), 4) for number in (index.score.value[0], index.score.se[0])]
    [66.6667, 13.6083]
    """
    if isinstance(spec, Mapping):
        if by not in (WAVE, [WAVE], (WAVE,)):
            raise DataError('a specification for each wave needs by="wave"')
        return _joined([wave_index(survey, wave, one) for wave, one in spec.items()], spec)
    chosen = spec_of(survey, spec)
    read = ScoredRows(survey, chosen)
    domains = survey.domains(by)
    labels = pd.DataFrame({ITEM: [*chosen.items, *(f"importance of {item}" for item in read.importance), INDEX]})
    form = Form(np.arange(len(labels)), np.full(len(labels), ANSWERED))
    base = estimate(survey, domains, Request(read, len(labels), form, labels, "mean"))
    parts = _Parts(base, len(chosen.items), len(labels), domains.key)
    k, rows = len(chosen.items), domains.rows(survey.design)
    groups = dimensions_of(survey, chosen)
    if chosen.level == "respondents":
        score = replace(parts.columns([len(labels) - 1]), kind="index")
    else:
        score = parts.combined({INDEX: chosen.items}, chosen, read, rows)
    dimensions = parts.combined(groups, chosen, read, rows) if groups else None
    importance = parts.columns(range(k, 2 * k)) if read.importance else None
    return Index(score, parts.columns(range(k)), dimensions, chosen, chosen.level, importance)


# ---------------------------------------------------------------- index and dimensions out of item means


@dataclass(frozen=True)
class _Parts:
    """Item means, mean importance and the last column, by domain, and what is put together from them."""

    base: Estimates
    n_items: int
    n_columns: int
    domains: pd.DataFrame

    def columns(self, wanted: Sequence[int]) -> Estimates:
        """Some of the columns in every domain."""
        places = np.arange(len(self.domains))[:, None] * self.n_columns + np.asarray(wanted)
        return taken(self.base, places.ravel())

    def combined(self, groups: Mapping[str, Sequence[str]], spec: IndexSpec, read: ScoredRows, rows: Rows) -> Estimates:
        """The index over groups of items in every domain."""
        value, jacobian = self._linearised(groups, spec)
        last = self.columns([self.n_columns - 1])
        n_groups, n_domains = len(groups), len(self.domains)
        key = domain_key(self.domains, pd.DataFrame({ITEM: list(groups)}))
        row = np.repeat(np.arange(n_domains * n_groups), self.n_columns)
        column = (
            np.arange(n_domains)[:, None, None] * self.n_columns + np.arange(self.n_columns) + np.zeros((1, n_groups, 1), dtype=np.intp)
        ).ravel()
        matrix = sparse.csr_array(sparse.coo_array((jacobian.ravel(), (row, column)), shape=(len(key), len(self.base))))
        matrix.eliminate_zeros()
        means = self.base.value.reshape(n_domains, self.n_columns)
        fields = {"n": np.repeat(last.n, n_groups), "df": np.repeat(last.df, n_groups), "simple": partial(_simple, rows, read, means, jacobian)}
        dense = matrix.toarray() if matrix.shape[0] * matrix.shape[1] <= 1_000_000 else matrix
        return derived(self.base, value.ravel(), dense, key, kind="index", **fields)

    def _linearised(self, groups: Mapping[str, Sequence[str]], spec: IndexSpec) -> tuple[Floats, Floats]:
        """Values (domains, groups), and their Jacobian (domains, groups, columns)."""
        table = self.base.value.reshape(len(self.domains), self.n_columns)
        means = table[:, None, : self.n_items]
        member = np.array([[item in group for item in spec.items] for group in groups.values()], dtype=np.float64)
        importance = bool(spec.importance) and spec.level == "items"
        raw = (table[:, self.n_items : 2 * self.n_items] if importance else spec.item_weights()[None, :])[:, None, :] * member[None, :, :]
        total = raw.sum(axis=2, keepdims=True)
        if (total <= 0).any():
            raise DataError("the weights of an index or dimension sum to 0; give its items positive weights or importance")
        weights = raw / total
        used = weights > 0
        value = np.where(used, weights * means, 0.0).sum(axis=2)
        jacobian = np.zeros((len(table), len(groups), self.n_columns))
        jacobian[:, :, : self.n_items] = weights
        if importance:
            jacobian[:, :, self.n_items : 2 * self.n_items] = np.where(member[None], (means - value[:, :, None]) / total, 0.0)
        return value, jacobian


def _simple(rows: Rows, read: ScoredRows, means: Floats, jacobian: Floats) -> Floats:
    """Variance of a simple random sample with replacement of as many respondents, from each respondent's part in the linearised index."""
    domain, (n_domains, n_groups, n_columns) = rows.domains(), jacobian.shape
    sums = sum_cells(domain, n_domains, rows.weight, read, n_columns)
    answered, weight = sums.answered_weight(), sums.answered_weight()[:, -1]
    scale = jacobian * divided(np.broadcast_to(weight[:, None], answered.shape), answered)[:, None, :]

    def residual(start: int, stop: int) -> Floats:
        here = domain[start:stop]
        gap = np.nan_to_num(read(start, stop) - means[here], nan=0.0)
        return np.asarray(np.einsum("rc,rgc->rg", gap, np.nan_to_num(scale)[here]) ** 2)

    squares = sum_cells(domain, n_domains, rows.weight, residual, n_groups).value
    return divided(squares, np.broadcast_to((weight * (sums.answered_count()[:, -1] - 1))[:, None], squares.shape)).ravel()


# ---------------------------------------------------------------- waves


def wave_mask(survey: Survey, wave: Any) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Rows of a wave.

    Raises
    ------
    DataError
        A survey without waves, or without this one.
    """
    if WAVE not in survey.frame.columns:
        raise DataError(f"the survey has no column {WAVE!r}; stack its waves first: stack_waves({{'2020': ..., '2022': ...}})")
    labels = survey.frame[WAVE].astype(str)
    mask = (labels == str(wave)).to_numpy(dtype=bool)
    if not mask.any():
        raise DataError(f"there is no wave {wave!r}{nearest(wave, labels.unique())}; the waves are {some(labels.unique(), 12)}")
    return mask


def wave_index(survey: Survey, wave: Any, spec: Specs | None = None) -> Index:
    """The index of one wave, with the wave in its keys."""
    index = satisfaction_index(survey.where(wave_mask(survey, wave)), spec_for(spec, wave))
    score, items = _labelled(index.score, wave), _labelled(index.items, wave)
    dimensions = None if index.dimensions is None else _labelled(index.dimensions, wave)
    importance = None if index.importance is None else _labelled(index.importance, wave)
    return Index(score, items, dimensions, index.spec, index.level, importance)


def _labelled(estimates: Estimates, wave: Any) -> Estimates:
    key = estimates.key.copy()
    key.insert(1, WAVE, str(wave))
    return replace(estimates, key=key)


def _joined(waves: Sequence[Index], spec: Specs) -> Index:
    """The indices of several waves as one."""
    first = waves[0]
    if len({wave.level for wave in waves}) > 1:
        raise DataError("the waves' indices are of different levels; give each IndexSpec the same level")
    score, items, dimensions = first.score, first.items, first.dimensions
    for wave in waves[1:]:
        score, items = score.join(wave.score), items.join(wave.items)
        dimensions = dimensions.join(wave.dimensions) if dimensions is not None and wave.dimensions is not None else None
    return Index(score, items, dimensions, spec, first.level)


def compare_waves(survey: Survey, base: Any, current: Any, *, spec: Specs | None = None) -> Estimates:
    """The difference of the index between two waves, current minus base, with its joint standard error.

    Parameters
    ----------
    survey : Survey
        Waves stacked by `stack_waves`; its `shared_psu` decides whether they covary.
    base, current : label
        Two different waves.
    spec : IndexSpec, or {wave: IndexSpec}, optional
        Without it, that of the codebook.

    Returns
    -------
    Estimates
        One row of kind "difference": ``to_frame()`` has t, df and p_value.

    Raises
    ------
    DataError
        Unknown waves; twice the same.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey, stack_waves
    >>> first, second = Survey(pd.DataFrame({"speed": [3, 4, 2, 4]})), Survey(pd.DataFrame({"speed": [2, 4, 2, 3]}))
    >>> change = compare_waves(stack_waves({"2020": first, "2022": second}), "2020", "2022", spec=IndexSpec(["speed"], scale=(1, 4)))
    >>> round(float(change.value[0]), 4)
    -16.6667
    """
    if str(base) == str(current):
        raise DataError(f"base and current are the same wave {base!r}; name two")
    first, second = wave_index(survey, base, spec), wave_index(survey, current, spec)
    if first.level != second.level:
        raise DataError("the waves' indices are of different levels; give each IndexSpec the same level")
    return difference(first.score, second.score, base, current)


def difference(first: Estimates, second: Estimates, base: Any, current: Any) -> Estimates:
    """Current minus base, its n the answers behind both."""
    change = first.join(second).contrast({WAVE: str(current)}, {WAVE: str(base)})
    return replace(change, n=first.n + second.n)
