"""The record of a change and its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kepuasan.errors import EstimateError, choose

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from kepuasan.codebook import Codebook
    from kepuasan.estimates import Estimates

__all__ = ["FRAME", "LEVEL", "MIX", "REST", "WEIGHTS", "Change"]

#: what a part is called: groups asked in one wave only, what was answered, who answered, index weights that changed; items under no driver
FRAME, LEVEL, MIX, WEIGHTS, REST = "frame", "level", "mix", "weights", "rest"


@dataclass(frozen=True, eq=False, repr=False)
class Change:
    """The change of an index between two waves and the parts that account for it.

    Attributes
    ----------
    total : Estimates
        Current minus base, one row.
    parts : Estimates
        They sum to `total` exactly. Key columns ``part`` ("frame": groups asked in one wave only; "level": what was answered;
        "weights": index weights that changed), ``item``, and ``driver`` where drivers are named.
    drivers : Estimates or None
        The same parts added up by named driver: the frame first, then the drivers in their order, then "rest".
    start, end : Estimates
        The index in the base and the current wave, one row each.
    base, current : str
        Labels of the waves.
    codebook : Codebook or None
        For the labels of plots.
    """

    total: Estimates
    parts: Estimates
    drivers: Estimates | None
    start: Estimates
    end: Estimates
    base: str
    current: str
    codebook: Codebook | None = None

    @property
    def _shown(self) -> Estimates:
        """What a reader sees first: the drivers, or the parts where none is named."""
        return self.parts if self.drivers is None else self.drivers

    def __repr__(self) -> str:
        return f"<Change of the index, {self.base} to {self.current}>\n{self.total!r}\naccounted for by\n{self._shown!r}"

    def _repr_html_(self) -> str:
        title = f"<p>Change of the index, {self.base} to {self.current}</p>"
        return f"{title}{self.total._repr_html_()}<p>accounted for by</p>{self._shown._repr_html_()}"

    def to_frame(self, part: Literal["parts", "drivers", "total"] = "parts", level: float = 0.95) -> pd.DataFrame:
        """The parts, the drivers or the total as a tidy table; see `Estimates.to_frame`."""
        choose("part", part, ("parts", "drivers", "total"))
        chosen: Estimates | None = getattr(self, part)
        if chosen is None:
            raise EstimateError("no drivers were named; call attribute_change(drivers={name: [items]})")
        return chosen.to_frame(level)

    def plot(self, ax: Axes | None = None, *, language: Literal["id", "en"] = "id") -> Axes:
        """A waterfall from the base wave's index to the current one's."""
        from kepuasan.display.waterfall import waterfall

        labels = {**(self.codebook.labels(language) if self.codebook else {}), "start": self.base, "end": self.current}
        start, end = _bar(self.start), _bar(self.end)
        return waterfall(self._shown.to_frame(), start=start, end=end, ax=ax, labels=labels, language=language)


def _bar(index: Estimates) -> tuple[float, float, float]:
    """The index with its limits."""
    low, high = index.ci()[0]
    return float(index.value[0]), float(low), float(high)
