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
from kepuasan.estimates import derived, html_of, taken
from kepuasan.estimators.ratios import Request, domain_key, estimate
from kepuasan.numerics.ratios import ANSWERED, Form
from kepuasan.numerics.totals import divided, sum_cells
from kepuasan.specification import INDEX, IndexSpec, Level, ScoredRows, Specs, require_one_level, spec_for, spec_of
from kepuasan.survey import require_survey

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kepuasan.codebook import Codebook
    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Floats, Rows
    from kepuasan.survey import Domains, Survey

__all__ = ["INDEX", "Index", "IndexSpec", "compare_waves", "difference", "require_two_waves", "satisfaction_index", "wave_index", "wave_mask"]


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
    codebook : Codebook or None
        For the labels of plots.
    """

    score: Estimates
    items: Estimates
    dimensions: Estimates | None
    spec: Specs
    level: Level
    importance: Estimates | None = None
    codebook: Codebook | None = None

    @property
    def method(self) -> str:
        """Which of the indices it is, in words."""
        return "index of item means" if self.level == "items" else "mean of respondents' indices"

    def __repr__(self) -> str:
        return f"<Index: {self.method} (level={self.level!r})>\n{self.score!r}"

    def _repr_html_(self) -> str:
        return html_of(self.score, f"Index: {self.method}")

    def to_frame(self, part: Literal["score", "items", "dimensions"] = "score", level: float = 0.95) -> pd.DataFrame:
        """One of the three as a tidy table; see `Estimates.to_frame`."""
        choose("part", part, ("score", "items", "dimensions"))
        chosen: Estimates | None = getattr(self, part)
        if chosen is None:
            raise EstimateError("the index has no dimensions; give IndexSpec(dimensions={...}), or each item one in the codebook")
        return chosen.to_frame(level)

    def plot(self, ax: Axes | None = None, *, language: Literal["id", "en"] = "id") -> Axes:
        """The scored items as dots with their limits."""
        return self.items.plot(ax, language=language, labels=self.codebook.labels(language) if self.codebook is not None else None)


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
    read, domains = ScoredRows(survey, chosen), survey.domains(by)
    labels = pd.DataFrame({ITEM: read.columns})
    form = Form(np.arange(len(labels)), np.full(len(labels), ANSWERED))
    base = estimate(survey, domains, Request(read, len(labels), form, labels, "mean"))
    k, parts = len(chosen.items), _Parts(base, read, domains)
    importance = parts.columns(range(k, 2 * k)) if read.importance else None
    if chosen.level == "respondents":
        whole = replace(parts.columns(range(len(labels) - len(read.groups), len(labels))), kind="index")
    else:
        whole = parts.combined(chosen, domains.rows(survey.design))
    is_index = (whole.key[ITEM] == INDEX).to_numpy()
    dimensions = taken(whole, np.flatnonzero(~is_index)) if len(read.groups) > 1 else None
    return Index(taken(whole, np.flatnonzero(is_index)), parts.columns(range(k)), dimensions, chosen, chosen.level, importance, survey.codebook)


# ---------------------------------------------------------------- index and dimensions out of item means


@dataclass(frozen=True)
class _Parts:
    """What `ScoredRows` gives, estimated by domain, and what is put together from it."""

    base: Estimates
    read: ScoredRows
    domains: Domains

    def columns(self, wanted: Sequence[int]) -> Estimates:
        """Some of the columns in every domain."""
        places = np.arange(len(self.domains.key))[:, None] * len(self.read.columns) + np.asarray(wanted)
        return taken(self.base, places.ravel())

    def combined(self, spec: IndexSpec, rows: Rows) -> Estimates:
        """The index over each group of items in every domain, out of item means."""
        if (self._sums(spec, self._table(self.base.value)) <= 0).any():
            raise DataError("the weights of an index or dimension sum to 0; give its items positive weights or importance")
        jacobian = self._jacobian(spec)
        n_domains, n_groups, n_columns = jacobian.shape
        last = self.columns([n_columns - 1])
        key = domain_key(self.domains.key, pd.DataFrame({ITEM: list(self.read.groups)}))
        domain, group, column = np.nonzero(jacobian)
        places = (domain * n_groups + group, domain * n_columns + column)
        matrix = sparse.csr_array((jacobian[domain, group, column], places), shape=(len(key), len(self.base)))
        means = self.base.value.reshape(n_domains, n_columns)
        fields = {"n": np.repeat(last.n, n_groups), "df": np.repeat(last.df, n_groups)}
        simple = partial(_simple, rows, self.read, means, jacobian)
        jacobian_2d = matrix.toarray() if n_domains == 1 else matrix
        return derived(self.base, partial(self._values, spec), jacobian_2d, key, kind="index", simple=simple, **fields)

    def _table(self, values: Floats) -> Floats:
        """The estimates (..., k) by domain and column (..., domains, columns)."""
        return values.reshape(*values.shape[:-1], len(self.domains.key), len(self.read.columns))

    def _raw(self, spec: IndexSpec, table: Floats) -> Floats:
        """Item weights (..., domains, groups, items) as they are given or stated, 0 outside a group."""
        k = len(spec.items)
        given = table[..., k : 2 * k] if spec.importance else np.broadcast_to(spec.item_weights(), table[..., :k].shape)
        return np.where(self.read.members, given[..., None, :], 0.0)

    def _sums(self, spec: IndexSpec, table: Floats) -> Floats:
        return np.asarray(self._raw(spec, table).sum(axis=-1))

    def _weights(self, spec: IndexSpec, table: Floats) -> tuple[Floats, Floats]:
        """Item weights (..., domains, groups, items) that sum to 1, and what they summed to; NaN where that is nothing."""
        raw = self._raw(spec, table)
        total = raw.sum(axis=-1, keepdims=True)
        total = np.where(total > 0, total, np.nan)
        return raw / total, total

    def _values(self, spec: IndexSpec, values: Floats) -> Floats:
        """The index of every domain and group (..., domains x groups) out of the estimates (..., k)."""
        table = self._table(values)
        weights = self._weights(spec, table)[0]
        index = np.where(weights == 0, 0.0, weights * table[..., None, : len(spec.items)]).sum(axis=-1)
        return np.asarray(index.reshape(*values.shape[:-1], -1))

    def _jacobian(self, spec: IndexSpec) -> Floats:
        """The derivatives (domains, groups, columns)."""
        k, table = len(spec.items), self._table(self.base.value)
        weights, total = self._weights(spec, table)
        means, value = table[:, None, :k], self._values(spec, self.base.value).reshape(len(table), -1, 1)
        jacobian = np.zeros((len(table), weights.shape[1], table.shape[1]))
        jacobian[:, :, :k] = weights
        if spec.importance:
            jacobian[:, :, k : 2 * k] = np.where(self.read.members, (means - value) / total, 0.0)
        return np.nan_to_num(jacobian)


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
    require_survey(survey)
    if WAVE not in survey.frame.columns:
        raise DataError(f"the survey has no column {WAVE!r}; stack its waves first: stack_waves({{'2020': ..., '2022': ...}})")
    labels = survey.frame[WAVE].astype(str)
    mask = (labels == str(wave)).to_numpy(dtype=bool)
    if not mask.any():
        raise DataError(f"there is no wave {wave!r}{nearest(wave, labels.unique())}; the waves are {some(labels.unique(), 12)}")
    return mask


def require_two_waves(base: Any, current: Any) -> None:
    """Refuse to compare a wave with itself."""
    if str(base) == str(current):
        raise DataError(f"base and current are the same wave {base!r}; name two")


def wave_index(survey: Survey, wave: Any, spec: Specs | None = None) -> Index:
    """The index of one wave, with the wave in its keys."""
    chosen = spec_of(survey, spec_for(spec, wave), wave)
    index = satisfaction_index(survey.where(wave_mask(survey, wave)), chosen)
    score, items = _labelled(index.score, wave), _labelled(index.items, wave)
    dimensions = None if index.dimensions is None else _labelled(index.dimensions, wave)
    importance = None if index.importance is None else _labelled(index.importance, wave)
    return Index(score, items, dimensions, index.spec, index.level, importance, index.codebook)


def _labelled(estimates: Estimates, wave: Any) -> Estimates:
    key = estimates.key.copy()
    key.insert(1, WAVE, str(wave))
    return replace(estimates, key=key)


def _joined(waves: Sequence[Index], spec: Specs) -> Index:
    """The indices of several waves as one."""
    first = waves[0]
    require_one_level(waves)
    score, items, dimensions, importance = first.score, first.items, first.dimensions, first.importance
    for wave in waves[1:]:
        score, items = score.join(wave.score), items.join(wave.items)
        dimensions = _both(dimensions, wave.dimensions)
        importance = _both(importance, wave.importance)
    return Index(score, items, dimensions, spec, first.level, importance, first.codebook)


def _both(one: Estimates | None, other: Estimates | None) -> Estimates | None:
    """Two estimates as one; none where either is none."""
    return None if one is None or other is None else one.join(other)


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
    require_two_waves(base, current)
    first, second = wave_index(survey, base, spec), wave_index(survey, current, spec)
    require_one_level((first, second))
    return difference(first.score, second.score, base, current)


def difference(first: Estimates, second: Estimates, base: Any, current: Any) -> Estimates:
    """Current minus base, its n the answers behind both."""
    change = first.join(second).contrast({WAVE: str(current)}, {WAVE: str(base)})
    return replace(change, n=first.n + second.n)
