"""The record of what drivers carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from kepuasan.codebook import labels_of
from kepuasan.errors import EstimateError, choose, some
from kepuasan.estimates import html_of
from kepuasan.estimators.predictors import column_of, is_factor
from kepuasan.importance.standing import quadrants, rank_table
from kepuasan.index import IndexSpec, satisfaction_index
from kepuasan.wording import incomplete, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kepuasan.display.importance import Measure
    from kepuasan.estimates import Estimates
    from kepuasan.estimators.fitting import Family
    from kepuasan.importance.standing import Crosshair
    from kepuasan.numerics.importance import Method
    from kepuasan.numerics.totals import Floats
    from kepuasan.survey import Survey

__all__ = ["Drivers"]

_PARTS = ("importance", "performance", "r_squared", "ranks", "map")
#: methods whose importances sum to what the drivers account for
_WHOLE = ("lmg", "relative-weights")
_UNITS: dict[Measure, str] = {
    "share": "in shares of what the drivers account for",
    "share_of_sum": "in shares of the sum of importances",
    "r_squared": "in units of R-squared",
    "mcfadden": "in units of McFadden's R-squared",
}


@dataclass(frozen=True, eq=False, repr=False)
class Drivers:
    """Importance of drivers, and how each performs.

    Attributes
    ----------
    importance : Estimates
        One row a domain and driver, named in ``item``: in units of R², or shares that sum to 1. Two waves are compared by
        ``importance.contrast({"wave": "2022"}, {"wave": "2020"})``.
    r_squared : Estimates
        R² of drivers and covariates together, one row a domain; McFadden's where the outcome is a category.
    always : Estimates or None
        R² of the covariates that are always in.
    method, family : str
    shares : bool
    monte_carlo_error : array (domains, drivers) or None
        Standard error of sampling orders, where not all could be visited; ``importance.se`` does not contain it.
    left_out : int
        Rows that lack the outcome, a driver or a covariate, and so left as a domain.
    items : dict of str to tuple
        The items of each driver.
    survey : Survey
        The microdata, for `performance` and labels.
    by : str, list of str or None
        Domain columns.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey, driver_importance
    >>> frame = pd.DataFrame({"overall": [1, 2, 4, 3, 5, 5.0], "speed": [1, 2, 3, 4, 5, 5], "ease": [2, 1, 4, 2, 4, 5]})
    >>> found = driver_importance(Survey(frame), "overall", ["speed", "ease"])
    >>> bool(abs(found.importance.value.sum() - found.r_squared.value[0]) < 1e-12)
    True
    """

    importance: Estimates
    r_squared: Estimates
    always: Estimates | None
    method: Method
    family: Family
    shares: bool
    monte_carlo_error: Floats | None
    left_out: int
    items: Mapping[str, tuple[str, ...]]
    survey: Survey = field(repr=False)
    by: Any = field(default=None, repr=False)

    @cached_property
    def performance(self) -> Estimates:
        """Mean score of each driver, in the order of `importance`.

        It is on 0 to 100 where every item has a scale in the codebook, else in units of the items; a driver of several items has the mean of theirs.
        Every answer there is counts, also of rows that lack another.

        Raises
        ------
        EstimateError
            Drivers that are factors, which have no mean.
        """
        items = [item for members in self.items.values() for item in members]
        factors = [item for item in items if is_factor(self.survey, item)]
        if factors:
            raise EstimateError(f"drivers that are factors have no mean: {some(factors)}; leave them out of the drivers, or name them in always=")
        means = satisfaction_index(self.survey, IndexSpec(items, scoring="minmax" if self._scaled else "raw"), by=self.by).items
        member = np.array([[item in members for item in items] for members in self.items.values()], dtype=np.float64)
        whole = np.kron(np.eye(len(means) // len(items)), member)
        count = whole.sum(axis=1)
        return replace(means.linear(whole / count[:, None], self.importance.key), kind="mean", df=self.importance.df, n=whole @ means.n / count)

    @property
    def _scaled(self) -> bool:
        """Whether every item has a scale in the codebook."""
        book = self.survey.codebook
        return all(item in book.items and book.scale_of(item) is not None for members in self.items.values() for item in members)

    def __repr__(self) -> str:
        return f"<{self._title}>\n" + "".join(f"{line}\n" for line in self._sampled) + repr(self.importance)

    def _repr_html_(self) -> str:
        return html_of(self.importance, self._title, self._sampled)

    @property
    def _title(self) -> str:
        measure = "R-squared" if self.family == "linear" else "McFadden's R-squared"
        whole = some(self.r_squared.value.round(4).tolist())
        return f"Drivers by {self.method}: importance {_UNITS[self._measure]}; {measure} {whole} in all{incomplete(self.left_out)}"

    @property
    def _sampled(self) -> list[str]:
        """A line on the error of sampling orders, where they are."""
        if self.monte_carlo_error is None:
            return []
        return [f"Orders of drivers are sampled: Monte Carlo errors up to {self.monte_carlo_error.max():.2g}, which se does not contain"]

    @property
    def _measure(self) -> Measure:
        """What importance is in."""
        if self.shares:
            return "share" if self.method in _WHOLE else "share_of_sum"
        return "r_squared" if self.family == "linear" else "mcfadden"

    def to_frame(self, part: Literal["importance", "performance", "r_squared", "ranks", "map"] = "importance", level: float = 0.95) -> pd.DataFrame:
        """One of the parts as a tidy table; see `Estimates.to_frame`, `ranks` and `map`.

        The table of importance has a column ``monte_carlo_error`` besides, where orders were sampled.
        """
        choose("part", part, _PARTS)
        if part == "ranks":
            return self.ranks()
        if part == "map":
            return self.map(level=level)
        chosen: Estimates = getattr(self, part)
        table = chosen.to_frame(level)
        if part == "importance" and self.monte_carlo_error is not None:
            return table.assign(monte_carlo_error=self.monte_carlo_error.ravel())
        return table

    def ranks(self) -> pd.DataFrame:
        """The rank of each driver in its domain, and how sure it is.

        Returns
        -------
        DataFrame
            The key, then ``rank`` (1 the most important), ``probability`` of that very rank, ``probability_first``, and ``rank_low`` and
            ``rank_high``, the narrowest ranks between which it lies with 95 % probability. Probabilities are shares of bootstrap replicates where the
            design has such, else of 10,000 normal draws with the covariance of the estimates.

        Examples
        --------
        >>> import pandas as pd
        >>> from kepuasan import Survey, driver_importance
        >>> frame = pd.DataFrame({"overall": [1, 2, 4, 3, 5, 5.0], "speed": [1, 2, 3, 4, 5, 5], "ease": [2, 1, 4, 2, 4, 5]})
        >>> found = driver_importance(Survey(frame), "overall", ["speed", "ease"])
        >>> found.ranks()[["item", "rank", "rank_low", "rank_high"]].values.tolist()
        [['speed', 1, 1, 2], ['ease', 2, 1, 2]]
        """
        return rank_table(self.importance, len(self.items))

    def map(self, *, crosshair: Crosshair = "mean", level: float = 0.95) -> pd.DataFrame:
        """Where each driver stands by performance and importance, and how sure its quadrant is.

        Parameters
        ----------
        crosshair : {"mean", "median"} or (performance, importance)
            Where the quadrants meet in each domain: the mean of the drivers, which varies with the sample as they do; their median, taken as fixed,
            near which a driver has no sure quadrant; or two numbers.
        level : float
            Confidence level of the limits.

        Returns
        -------
        DataFrame
            The key; ``performance`` and ``importance``, each with its limits ``_low`` and ``_high`` and its ``_crosshair``; ``quadrant``
            ("concentrate": important, performs below the crosshair; "keep": above on both; "low": below on both; "overkill": performs above, less
            important); ``probability`` of that quadrant, by the joint normal distribution of both distances from the crosshair.

        Raises
        ------
        EstimateError
            Drivers that are factors; another crosshair.

        References
        ----------
        Martilla, J. A. and James, J. C. (1977). Importance-performance analysis. *Journal of Marketing* 41, 77-79.

        Examples
        --------
        >>> import pandas as pd
        >>> from kepuasan import Survey, driver_importance
        >>> frame = pd.DataFrame({"overall": [1, 2, 4, 3, 5, 5.0], "speed": [1, 2, 3, 4, 5, 5], "ease": [2, 1, 4, 2, 4, 5]})
        >>> found = driver_importance(Survey(frame), "overall", ["speed", "ease"])
        >>> found.map()[["item", "performance", "importance", "quadrant"]].round(2).values.tolist()
        [['speed', 3.33, 0.52, 'keep'], ['ease', 3.0, 0.42, 'low']]
        """
        return quadrants(self.performance, self.importance, len(self.items), crosshair, level)

    def plot(
        self,
        ax: Axes | None = None,
        *,
        kind: Literal["bars", "map"] = "bars",
        crosshair: Crosshair = "mean",
        title: str = "",
        language: Literal["id", "en"] = "id",
        labels: Mapping[Any, str] | None = None,
    ) -> Axes:
        """Importance as bars with limits, or one domain's importance-performance map with limits on both axes.

        Parameters
        ----------
        ax : Axes, optional
            Drawn into; without it a figure of its own, outside pyplot.
        kind : {"bars", "map"}
            The map is drawn of one domain.
        crosshair : {"mean", "median"} or (performance, importance)
            Where the map's quadrants meet, as in `map`.
        title : str
            Above the axes.
        language : {"id", "en"}
            Of words and numbers.
        labels : mapping of code to text, optional
            What drivers and domains are called, before the codebook says so.

        Returns
        -------
        Axes
            ``get_label()`` is the text for those who do not see it.

        Raises
        ------
        EstimateError
            A map of several domains or of drivers that are factors.

        Examples
        --------
        >>> import pandas as pd
        >>> from kepuasan import Survey, driver_importance
        >>> frame = pd.DataFrame({"overall": [1, 2, 4, 3, 5, 5.0], "speed": [1, 2, 3, 4, 5, 5], "ease": [2, 1, 4, 2, 4, 5]})
        >>> found = driver_importance(Survey(frame), "overall", ["speed", "ease"])
        >>> found.plot(language="en").get_label()
        'Importance of each driver. speed: 0.523 (0.307 to 0.738); ease: 0.423 (0.248 to 0.599).'
        """
        choose("kind", kind, ("bars", "map"))
        columns = {name: column_of(name) for name, items in self.items.items() if tuple(items) == (name,)}
        look: dict[str, Any] = {
            "ax": ax,
            "title": title,
            "measure": self._measure,
            "labels": {**labels_of(self.survey.codebook, self.items, language, columns=columns), **(labels or {})},
            "language": language,
        }
        if kind == "bars":
            from kepuasan.display.importance import importance_bars

            return importance_bars(self.importance.to_frame(), **look)
        from kepuasan.display.quadrants import performance_map

        if len(self.importance) > len(self.items):
            raise EstimateError("a map is drawn of one domain; choose it before: driver_importance(survey.where(...), ...).plot(kind='map')")
        table = self.map(crosshair=crosshair)
        rule = say(f"crosshair.{crosshair if isinstance(crosshair, str) else 'given'}", language)
        cross = (float(table["performance_crosshair"].iloc[0]), float(table["importance_crosshair"].iloc[0]), rule)
        importance = self.importance.to_frame().assign(quadrant=table["quadrant"], probability=table["probability"])
        unit = say("unit.answers" if self._scaled else "unit.scale", language)
        return performance_map(importance, self.performance.to_frame(), crosshair=cross, unit=unit, **look)
