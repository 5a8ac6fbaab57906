"""One table of estimates, drawn in the way that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from kepuasan.errors import DataError, choose, some

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

    from kepuasan.estimates import Estimates

__all__ = ["plot"]


def plot(
    self: Estimates,
    ax: Axes | None = None,
    *,
    kind: Literal["dots", "gaps", "slopes"] = "dots",
    group: str | None = None,
    title: str = "",
    unit: str = "",
    language: Literal["id", "en"] = "id",
    labels: Mapping[Any, str] | None = None,
) -> Axes:
    """The estimates with their limits of 95 %.

    Parameters
    ----------
    ax : Axes, optional
        Drawn into; without it a figure of its own, outside pyplot.
    kind : {"dots", "gaps", "slopes"}
        "dots": one row each; "gaps": two codes of a key column, and the second less the first; "slopes": lines of items over two to four waves.
    group : str, optional
        The key column of gaps.
    title, unit : str
        Above the axes, and below them.
    language : {"id", "en"}
        Of words and numbers.
    labels : mapping of code to text, optional
        What codes of the key are called.

    Returns
    -------
    Axes
        ``get_label()`` is the text for those who do not see it.

    Raises
    ------
    DataError
        Gaps without a key column of two codes, or a group without gaps; slopes of fewer than two waves or of more than four; an item that stands
        twice in a group or a wave.

    Examples
    --------
    >>> from kepuasan import load_sample, mean
    >>> by_sex = mean(load_sample("users"), "overall", by="sex")
    >>> by_sex.plot(kind="gaps", group="sex", unit="1 to 4", labels={"L": "men", "P": "women"}, language="en").get_label()
    'Gaps between men and women. overall: men 2.93 (2.89 to 2.98), women 2.85 (2.79 to 2.92), gap −0.08 (−0.16 to −0.00).'
    """
    from kepuasan.display.dots import dot_plot
    from kepuasan.display.gaps import dumbbells, slopes

    choose("kind", kind, ("dots", "gaps", "slopes"))
    table = _table(self)
    look: dict[str, Any] = {"ax": ax, "title": title, "unit": unit, "language": language, "labels": labels}
    if kind != "gaps":
        if group is not None:
            raise DataError(f'group={group!r} is of kind="gaps"; leave it out, or choose rows before: e[{{{group!r}: code}}]')
        return dot_plot(table, **look) if kind == "dots" else slopes(table, **look)
    if group not in self.key.columns:
        raise DataError(f"gaps are drawn between the two codes of a key column; name it: group=... ({some(self.key.columns)})")
    codes = list(self.key[group].unique())
    if len(codes) != 2:
        raise DataError(f"gaps are drawn between two codes, but {group!r} has {some(codes)}; choose two of them before")
    return dumbbells(table, str(group), gaps=_table(self.contrast({group: codes[1]}, {group: codes[0]})), **look)


def _table(estimates: Estimates) -> pd.DataFrame:
    """The key with values and limits: what needs no second pass over the rows."""
    limits = estimates.ci()
    return estimates.key.reset_index(drop=True).assign(estimate=estimates.value, ci_low=limits[:, 0], ci_high=limits[:, 1])
