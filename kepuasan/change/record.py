"""The record of a change and its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from kepuasan.codebook import labels_of
from kepuasan.columns import CATEGORY, DRIVER, ITEM
from kepuasan.errors import EstimateError, choose
from kepuasan.estimates import html_of
from kepuasan.estimators.predictors import column_of
from kepuasan.specification import INDEX
from kepuasan.wording import incomplete

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

    from kepuasan.codebook import Codebook
    from kepuasan.estimates import Estimates

__all__ = ["FRAME", "LEVEL", "MIX", "REST", "WEIGHTS", "Change"]

#: what a part is called: groups asked in one wave only, what was answered, who answered, index weights that changed; items under no driver
FRAME, LEVEL, MIX, WEIGHTS, REST = "frame", "level", "mix", "weights", "rest"
#: what `Change.to_frame` gives, and what to do where there is none
_TABLES = {
    "parts": "",
    "total": "",
    "drivers": "no drivers were named; give drivers={name: [items]}",
    "items": "this change is not one of an index of items; take to_frame('parts')",
    "dimensions": "the items have no dimensions, or some have several; give IndexSpec(dimensions={...}), or each item one in the codebook",
    "hierarchy": "this change is not one of an index of items; take to_frame('parts')",
    "mix": "no mix was named; call attribute_change(method='mix', mix=[...])",
}


@dataclass(frozen=True, eq=False, repr=False)
class Change:
    """The change of an index, or the gap between two means, and the parts that account for it.

    Attributes
    ----------
    total : Estimates
        Current minus base, one row.
    parts : Estimates
        They sum to `total` exactly. Key columns ``part`` ("frame": groups asked in one wave only; "mix": who answered; "weights": index weights
        that changed; "level": what was answered; of `oaxaca_blinder` "explained" and "unexplained", or "endowments", "coefficients" and
        "interaction"), ``item``, those of the mix (empty where a part is of no cell), ``category`` for levels of factors, and ``driver`` where
        drivers are named.
    drivers : Estimates or None
        The parts added up: frame, mix and weights, as far as there are any, then the level by named driver, then "rest".
    start, end : Estimates
        The index in the base and the current wave, one row each.
    base, current : str
        Labels of the waves, or of the two groups compared.
    codebook : Codebook or None
        For the labels of plots.
    what : str
        What changed: "index", or the item whose mean it is.
    left_out : int
        Rows that lack the outcome or a driver, and so left as a domain.
    items, dimensions : Estimates or None
        The same sums with the level by item, and by dimension of the index.
    hierarchy : Estimates or None
        All of them in one: key column ``tier`` ("item", "driver", "dimension", "total"), then ``part, dimension, driver, item``. Each tier sums to
        the total, and each row is the sum of those below it.
    mix : Estimates or None
        Mix and level by cell of the mix: the margin of the items x mix table.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import IndexSpec, Survey, attribute_change, stack_waves
    >>> first = Survey(pd.DataFrame({"speed": [3, 4, 2, 4], "updates": [2, 3, 4, 4]}))
    >>> second = Survey(pd.DataFrame({"speed": [2, 4, 2, 3], "updates": [3, 3, 4, 4]}))
    >>> spec = IndexSpec(["speed", "updates"], scale=(1, 4))
    >>> change = attribute_change(stack_waves({"2020": first, "2022": second}), "2020", "2022", spec=spec, drivers={"pace": ["speed"]})
    >>> change.to_frame("hierarchy")[["tier", "driver", "item", "estimate"]].round(2).values.tolist()[1:4]
    [['item', 'rest', 'updates', 4.17], ['driver', 'pace', '', -8.33], ['driver', 'rest', '', 4.17]]
    """

    total: Estimates
    parts: Estimates
    drivers: Estimates | None
    start: Estimates
    end: Estimates
    base: str
    current: str
    codebook: Codebook | None = None
    what: str = INDEX
    left_out: int = 0
    items: Estimates | None = None
    dimensions: Estimates | None = None
    hierarchy: Estimates | None = None
    mix: Estimates | None = None

    @property
    def _shown(self) -> Estimates:
        """What a reader sees first: the drivers, the items, or the parts."""
        return next(one for one in (self.drivers, self.items, self.parts) if one is not None)

    @property
    def _title(self) -> str:
        return f"Change of {'the index' if self.what == INDEX else self.what}, {self.base} to {self.current}{incomplete(self.left_out)}"

    def __repr__(self) -> str:
        return f"<{self._title}>\n{self.total!r}\naccounted for by\n{self._shown!r}"

    def _repr_html_(self) -> str:
        return html_of(self.total, self._title) + html_of(self._shown, f"{self.base} to {self.current}: accounted for by")

    def to_frame(
        self, part: Literal["parts", "total", "drivers", "items", "dimensions", "hierarchy", "mix"] = "parts", level: float = 0.95
    ) -> pd.DataFrame:
        """One of these as a tidy table, nothing rounded; see `Estimates.to_frame`.

        Raises
        ------
        EstimateError
            A part that this change does not have, with what to do.
        """
        choose("part", part, tuple(_TABLES))
        chosen: Estimates | None = getattr(self, part)
        if chosen is None:
            raise EstimateError(_TABLES[part])
        return chosen.to_frame(level)

    def plot(
        self,
        ax: Axes | None = None,
        *,
        title: str = "",
        language: Literal["id", "en"] = "id",
        labels: Mapping[Any, str] | None = None,
    ) -> Axes:
        """A waterfall from the base wave to the current one: frame, mix and weights first, then drivers (or items, or parts).

        Parameters
        ----------
        ax : Axes, optional
            Drawn into; without it a figure of its own, outside pyplot.
        title : str
            Above the axes.
        language : {"id", "en"}
            Of words and numbers.
        labels : mapping of code to text, optional
            What parts, drivers and items are called, before the codebook says so; a level of a factor is (item, code).

        Returns
        -------
        Axes
            Printed decimals add up. ``get_label()`` is the text for those who do not see it.
        """
        from kepuasan.display.waterfall import waterfall

        named = {**self._labels(language), "start": self.base, "end": self.current, **(labels or {})}
        unit = None if self.what == INDEX else named.get(self.what, self.what)
        look: dict[str, Any] = {"ax": ax, "title": title, "labels": named, "language": language, "unit": unit}
        return waterfall(self._shown.to_frame(), start=_bar(self.start), end=_bar(self.end), **look)

    def _labels(self, language: str) -> dict[Any, str]:
        """What drivers, items, factors and their levels are called by the codebook."""
        key = self._shown.key
        columns = {item: column_of(item) for item in key[ITEM]} if ITEM in key else {}
        levels = list(zip(key[ITEM], key[CATEGORY], strict=True)) if {ITEM, CATEGORY} <= set(key.columns) else []
        drivers = [] if self.drivers is None else list(self.drivers.key[DRIVER])
        return labels_of(self.codebook, drivers, language, columns=columns, levels=levels)


def _bar(index: Estimates) -> tuple[float, float, float]:
    """The index with its limits."""
    low, high = index.ci()[0]
    return float(index.value[0]), float(low), float(high)
