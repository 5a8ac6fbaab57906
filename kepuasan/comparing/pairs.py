"""Two waves of one survey, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse

from kepuasan.columns import WAVE
from kepuasan.errors import DataError
from kepuasan.estimates import derived
from kepuasan.index import require_two_waves, wave_mask
from kepuasan.numerics.regression import wald
from kepuasan.specification import IndexSpec, spec_for
from kepuasan.survey import Domains

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.codebook import Codebook
    from kepuasan.estimates import Estimates
    from kepuasan.specification import Specs
    from kepuasan.survey import Survey

__all__ = ["Pair", "joint_test", "paired"]


@dataclass(frozen=True)
class Pair:
    """Two waves: the survey with them as its domain, their labels in the data, the rows of each that count, and what each asked.

    ``codebooks``: of each wave, or the survey's own for both where it holds no other; ``specs``: the index of each, None where there is none.
    """

    survey: Survey
    base: Any
    current: Any
    rows: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    codebooks: tuple[Codebook, Codebook]
    specs: tuple[IndexSpec | None, IndexSpec | None]

    @property
    def items(self) -> list[Any]:
        """The items of either wave's index."""
        return list(dict.fromkeys(item for spec in self.specs if spec is not None for item in spec.items))

    @property
    def comparable(self) -> bool:
        """Whether each wave has a codebook of its own that says something."""
        kept = {str(wave) for wave in self.survey.wave_codebooks}
        return {str(self.base), str(self.current)} <= kept and all(book.items for book in self.codebooks)

    def domains(self) -> Domains:
        """The two waves as domains, base first."""
        weight = np.where(self.rows[0] | self.rows[1], self.survey.design.weights, 0.0)
        return Domains(self.rows[1].astype(np.intp), pd.DataFrame({WAVE: [self.base, self.current]}), weight)

    def difference(self, estimates: Estimates) -> Estimates:
        """Current minus base (k,) of estimates of these domains (2 k,)."""
        k = len(estimates) // 2
        every = np.arange(k)
        matrix = sparse.csr_array((np.repeat([-1.0, 1.0], k), (np.tile(every, 2), np.arange(2 * k))), shape=(k, 2 * k))
        return derived(estimates, None, matrix, estimates.key.iloc[:k].drop(columns=WAVE).reset_index(drop=True), kind="difference")

    def answered(self, column: Any) -> bool:
        """Whether both waves have an answer to a column."""
        known = self.survey.column(column).notna().to_numpy(dtype=bool)
        return all(bool((known & rows).any()) for rows in self.rows)


def paired(survey: Survey, base: Any, current: Any, spec: Specs | None) -> Pair:
    """The two waves side by side.

    Raises
    ------
    DataError
        Twice the same wave, an unknown wave, a wave without a row that counts; unknown items of the index.
    """
    require_two_waves(base, current)
    first, second = (_counted(survey, wave) for wave in (base, current))
    one, two = (survey.frame[WAVE][rows].iloc[0] for rows in (first, second))
    books = {str(label): book for label, book in survey.wave_codebooks.items()}
    books = {str(wave): books.get(str(wave), survey.codebook) for wave in (one, two)}
    specs = (_spec(survey, books[str(one)], spec, one), _spec(survey, books[str(two)], spec, two))
    pair = Pair(survey.where(first | second), one, two, (first, second), (books[str(one)], books[str(two)]), specs)
    survey.require(pair.items)
    return pair


def _counted(survey: Survey, wave: Any) -> NDArray[np.bool_]:
    """The rows of a wave that lie in the domain and have a weight."""
    rows: NDArray[np.bool_] = wave_mask(survey, wave) & (survey.design.weights != 0)
    if survey.domain is not None:
        rows &= survey.domain
    if not rows.any():
        raise DataError(f"wave {wave!r} has no row with a weight in the domain chosen; there is nothing to compare")
    return rows


def _spec(survey: Survey, codebook: Codebook, spec: Specs | None, wave: Any) -> IndexSpec | None:
    """The index of a wave: as given, else as its codebook has it, else as the survey's has it."""
    given = spec_for(spec, wave)
    if given is not None and not isinstance(given, IndexSpec):
        raise DataError(f"spec is {type(given).__name__}; give an IndexSpec")
    own = codebook.index or survey.codebook.index
    return given if given is not None else None if own is None else IndexSpec(**own)


def joint_test(differences: Estimates) -> tuple[float, float]:
    """F of the hypothesis that all differences are 0, and its p; NaN where their covariance is singular.

    Notes
    -----
    With q differences b, their covariance V and the design's degrees of freedom v, F = b' V⁻¹ b (v - q + 1) / (q v) on q and v - q + 1.

    References
    ----------
    Korn, E. L. and Graubard, B. I. (1990). Simultaneous testing of regression coefficients with complex survey data: use of Bonferroni t
    statistics. *American Statistician* 44, 270-276.
    """
    from scipy import special

    q, df = len(differences), float(differences.design_df)
    found = wald(differences.value, differences.vcov, df) if 0 < q <= df else None
    if found is None:
        return np.nan, np.nan
    statistic = found[0] * (df - q + 1) / df
    return statistic, float(special.fdtrc(q, df - q + 1, statistic))
