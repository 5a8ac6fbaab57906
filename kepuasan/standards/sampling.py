"""How many respondents a survey of a population needs, by the table that the regulation on satisfaction surveys refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, overload

import numpy as np
import pandas as pd

from kepuasan.errors import DataError, some
from kepuasan.given import real

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kepuasan.numerics.totals import Floats

__all__ = ["skm_sample_size"]

Sizes: TypeAlias = "NDArray[np.int64]"

#: the 95 % quantile of chi-squared with one degree of freedom, to the digits of the published formula
_CHI2 = 3.841


@overload
def skm_sample_size(population: int, *, margin: float = ..., share: float = ...) -> int: ...
@overload
def skm_sample_size(population: pd.Series[Any], *, margin: float = ..., share: float = ...) -> pd.Series[int]: ...
@overload
def skm_sample_size(population: Sequence[int] | Sizes, *, margin: float = ..., share: float = ...) -> Sizes: ...
def skm_sample_size(population: Any, *, margin: float = 0.05, share: float = 0.5) -> int | Sizes | pd.Series[int]:
    """The sample size of Krejcie and Morgan for a population, or for each of several.

    Parameters
    ----------
    population : int, sequence, array or Series of int
        Persons served, 1 or more.
    margin : float
        Half the width of the interval of 95 %, as a share.
    share : float
        The share that is estimated; 0.5 needs the largest sample.

    Returns
    -------
    int, array or Series of int
        An array for a sequence; a Series keeps its index.

    Raises
    ------
    DataError
        A population that is 0, negative, no whole number or missing; a margin or share that is not between 0 and 1.

    Notes
    -----
    S = c N P (1 - P) / (d² (N - 1) + c P (1 - P)) with c = 3.841, rounded to the nearest whole number, ties upwards, and at least 1: all 90 entries
    of the published table are the nearest, and half of them would be wrong if rounded up. The formula is for a simple random sample: clusters or
    unequal weights need more by their design effect.

    References
    ----------
    Krejcie, R. V. and Morgan, D. W. (1970). Determining sample size for research activities. *Educational and Psychological Measurement* 30 (3),
    607-610 (seen).

    Examples
    --------
    >>> skm_sample_size(60), skm_sample_size(1000)
    (52, 278)
    >>> skm_sample_size([200, 5000], margin=0.03).tolist()
    [169, 879]
    """
    for name, value in (("margin", margin), ("share", share)):
        if not (real(value) and 0 < value < 1):
            raise DataError(f"{name} is {value!r}; give a share between 0 and 1, such as {'0.05' if name == 'margin' else '0.5'}")
    several = isinstance(population, (list, tuple, range, np.ndarray, pd.Series, pd.Index)) and np.ndim(population) > 0
    if several and np.ndim(population) != 1:
        raise DataError(f"population has {np.ndim(population)} dimensions; give one number, a list of them, or a Series")
    numbers = _whole(list(population) if several else [population])
    spread = _CHI2 * share * (1.0 - share)
    exact = spread * numbers / (margin**2 * (numbers - 1.0) + spread)
    sizes = np.maximum(np.floor(exact + 0.5), 1.0).astype(np.int64)
    if isinstance(population, pd.Series):
        return pd.Series(sizes, index=population.index, name=population.name)
    return sizes if several else int(sizes[0])


def _whole(population: list[Any]) -> Floats:
    """The populations as floats, each checked."""
    wrong = [one for one in population if not (real(one) and np.isfinite(float(one)) and one >= 1 and float(one).is_integer())]
    if wrong:
        raise DataError(f"population is {some(wrong)}; give whole numbers of persons, 1 or more")
    return np.array([float(one) for one in population], dtype=np.float64)
