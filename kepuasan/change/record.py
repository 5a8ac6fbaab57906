"""The record of a change and its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from kepuasan.codebook import labels_of
from kepuasan.columns import DRIVER
from kepuasan.errors import EstimateError, choose
from kepuasan.specification import INDEX

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

    @property
    def _shown(self) -> Estimates:
        """What a reader sees first: the drivers, the items, or the parts."""
        return next(one for one in (self.drivers, self.items, self.parts) if one is not None)

    @property
    def _title(self) -> str:
        return f"Change of {'the index' if self.what == INDEX else self.what}, {self.base} to {self.current}"

    def __repr__(self) -> str:
        return f"<{self._title}>\n{self.total!r}\naccounted for by\n{self._shown!r}"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(self._title)}</p>{self.total._repr_html_()}<p>accounted for by</p>{self._shown._repr_html_()}"

    def to_frame(self, part: Literal["parts", "drivers", "items", "dimensions", "hierarchy", "total"] = "parts", level: float = 0.95) -> pd.DataFrame:
        """One of these as a tidy table, nothing rounded; see `Estimates.to_frame`."""
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
        """A waterfall from the base wave to the current one: frame, mix and weights first, then drivers (or items); printed decimals add up.

        `labels` say what codes are called, before the codebook does.
        """
        from kepuasan.display.waterfall import waterfall

        own = {} if self.drivers is None else dict.fromkeys(self.drivers.key[DRIVER])
        named = {**labels_of(self.codebook, own, language), "start": self.base, "end": self.current, **(labels or {})}
        unit = None if self.what == INDEX else named.get(self.what, self.what)
        look: dict[str, Any] = {"ax": ax, "title": title, "labels": named, "language": language, "unit": unit}
        return waterfall(self._shown.to_frame(), start=_bar(self.start), end=_bar(self.end), **look)


def _bar(index: Estimates) -> tuple[float, float, float]:
    """The index with its limits."""
    low, high = index.ci()[0]
    return float(index.value[0]), float(low), float(high)
