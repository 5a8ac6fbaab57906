"""One answer to every item of a scale, held against what the answers' own distribution makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kepuasan.quality.findings import Finding, Number, listed, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from kepuasan.quality.subject import Subject
    from kepuasan.scales import Scale

__all__ = ["straight_lines"]

#: items that a line has at least, and rows that answered all of them
_ITEMS, _ROWS = 5, 30
#: rows from which correlations are read, and rows drawn from the model
_READ, _DRAWN = 20_000, 20_000
#: lines above what is expected that are worth a word: share of the rows, share of the expected, and rows
_MARGIN, _TURNED_MARGIN, _RELATIVE, _LEAST = 0.08, 0.02, 0.5, 5
_STEPS = 14


@dataclass(frozen=True)
class _Battery:
    """Items on one scale, and which of them are asked the other way round."""

    items: tuple[str, ...]
    turned: NDArray[np.bool_]
    scale: Scale


def straight_lines(subject: Subject) -> Iterator[Finding]:
    """Rows with one answer to all items of a scale, where they are more than the answers' own distribution explains.

    Notes
    -----
    What is expected comes from a model in which the answers of a respondent share one normal factor: every item keeps its distribution, and the
    items the mean of their correlations. Where items are asked the other way round, one answer to all of them is a contradiction.
    """
    for battery in _batteries(subject):
        complete, alike = _lines(subject, battery)
        rows = np.flatnonzero(alike)
        n = int(complete.sum())
        if n < _ROWS or rows.size < _LEAST:
            continue
        chosen = np.flatnonzero(complete)
        chosen = chosen[np.linspace(0, n - 1, min(n, _READ)).astype(np.intp)]
        block = np.column_stack([subject.numbers(name)[chosen] for name in battery.items])
        expected = _expected(block, battery)
        reversed_too = bool(battery.turned.any())
        margin = max(_TURNED_MARGIN if reversed_too else _MARGIN, _RELATIVE * expected)
        if rows.size / n - expected <= margin + 3.0 * np.sqrt(expected / n):
            continue
        values = {
            "items": Number(len(battery.items)),
            "names": listed(battery.items, 3),
            "count": Number(rows.size),
            "share": share(rows.size, n),
            "expected": share(expected, 1.0),
        }
        yield Finding("KP204" if reversed_too else "KP203", values, battery.items[0], rows, rows.size)


def _batteries(subject: Subject) -> list[_Battery]:
    """Items that share a scale of three answers or more."""
    groups: dict[tuple[str | None, float, float], list[str]] = {}
    for name in subject.frame.columns:
        scale = subject.scale(name)
        if scale is not None and scale.high - scale.low >= 2:
            own = subject.item(name).scale if not subject.specs or name not in subject.index else None
            groups.setdefault((own, scale.low, scale.high), []).append(name)
    found = []
    for names in groups.values():
        scale = subject.scale(names[0])
        if len(names) >= _ITEMS and scale is not None:
            found.append(_Battery(tuple(names), np.array([subject.item(name).reverse for name in names]), scale))
    return found


def _lines(subject: Subject, battery: _Battery) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Rows that answered every item, and those of them that gave one answer; the middle of the scale contradicts nothing."""
    first = subject.numbers(battery.items[0])
    complete = ~np.isnan(first)
    alike = complete.copy()
    for name in battery.items[1:]:
        numbers = subject.numbers(name)
        complete &= ~np.isnan(numbers)
        alike &= numbers == first
    if battery.turned.any():
        alike &= first != (battery.scale.low + battery.scale.high) / 2.0
    return complete, alike


def _expected(block: NDArray[np.float64], battery: _Battery) -> float:
    """The share of rows with one answer under the model."""
    ends = battery.scale.low + battery.scale.high
    aligned = np.where(battery.turned, ends - block, block)
    rng = np.random.default_rng(1)
    factor, own = rng.standard_normal((_DRAWN, 1)), rng.standard_normal((_DRAWN, block.shape[1]))
    parts = [np.unique(column, return_counts=True) for column in aligned.T]
    wanted, low, high = _mean_correlation(aligned), 0.0, 0.999
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        if _mean_correlation(_answered(factor, own, middle, parts)) < wanted:
            low = middle
        else:
            high = middle
    drawn = _answered(factor, own, (low + high) / 2.0, parts)
    drawn = np.where(battery.turned, ends - drawn, drawn)
    alike = (drawn == drawn[:, :1]).all(axis=1)
    if battery.turned.any():
        alike &= drawn[:, 0] != ends / 2.0
    return float(alike.mean())


def _answered(
    factor: NDArray[np.float64], own: NDArray[np.float64], correlation: float, parts: list[tuple[NDArray[np.float64], NDArray[np.intp]]]
) -> NDArray[np.float64]:
    """Answers drawn with a common factor: normal numbers cut where the shares of the answers are."""
    from scipy.special import ndtri

    normal = np.sqrt(correlation) * factor + np.sqrt(1.0 - correlation) * own
    drawn: NDArray[np.float64] = np.empty(normal.shape)
    for place, (codes, counts) in enumerate(parts):
        cuts = ndtri(np.cumsum(counts)[:-1] / counts.sum())
        drawn[:, place] = codes[np.searchsorted(cuts, normal[:, place])]
    return drawn


def _mean_correlation(block: NDArray[np.float64]) -> float:
    """The mean of the correlations of all pairs of columns that vary."""
    spread = block.std(axis=0)
    block = (block[:, spread > 0] - block[:, spread > 0].mean(axis=0)) / spread[spread > 0]
    k = block.shape[1]
    return 0.0 if k < 2 else float((block.sum(axis=1).var() - k) / (k * (k - 1)))
