"""Labels that keep off each other, off points and off lines; and labels spread along the end of lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from numpy.typing import NDArray

from kepuasan.display.figures import INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.text import Text

__all__ = ["Room", "end_labels", "label_points", "place", "spread"]

Floats: TypeAlias = NDArray[np.float64]

#: points of the page, 1/72 inch: from a marker's middle to its label, between labels, and where a leader is drawn
_CLEAR, _BETWEEN, _LEADER = 5.5, 1.5, 9.0
_RINGS = (0.0, 3.0, 7.0, 12.0, 18.0, 26.0, 36.0, 48.0, 64.0, 84.0)
#: around a point, the sides first: right, left, above, below, then corners and what lies between
_AROUND = np.array(
    [[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, 1], [1, -1], [-1, -1], [0.5, 1], [-0.5, 1], [0.5, -1], [-0.5, -1], [1, 0.5], [-1, 0.5]],
    dtype=np.float64,
)
_SHORT_LIST = 80
_ROUNDS, _TRIES = 12, 12
_OVER_TAKEN, _OVER_LINE, _OVER_LEADER, _NEAR_OTHER = 1e4, 12.0, 40.0, 12.0


# ---------------------------------------------------------------- along a line


def spread(wanted: Floats, sizes: Floats, low: float, high: float) -> Floats:
    """Middles of intervals on a line that keep their order, do not overlap and lie nearest to where they are wanted.

    Parameters
    ----------
    wanted, sizes : array (n,)
        Middles wanted, and the room each takes; equal ones keep the order in which they are given.
    low, high : float
        Between which all must lie. Where they have no room together, the stack is centred and leaves on both sides.

    Returns
    -------
    array (n,)
        Of all such places those with the least sum of squared moves.

    Notes
    -----
    After the room below each is taken off, "in order and apart" is "not falling": isotonic regression by pooling adjacent violators, whose
    bounded solution is the unbounded one clipped.

    References
    ----------
    Barlow, R. E., Bartholomew, D. J., Bremner, J. M., & Brunk, H. D. (1972). *Statistical inference under order restrictions*. Wiley.

    Examples
    --------
    >>> spread(np.array([5.0, 5.0, 20.0]), np.array([2.0, 2.0, 2.0]), 0.0, 30.0)
    array([ 4.,  6., 20.])
    """
    order = np.argsort(wanted, kind="stable")
    size = sizes[order]
    below = np.concatenate([[0.0], np.cumsum((size[:-1] + size[1:]) / 2)])
    least, most = low + size[0] / 2, high - size[-1] / 2 - below[-1]
    if least > most:
        least = most = (least + most) / 2
    result = np.empty(len(wanted))
    result[order] = np.clip(_isotonic(wanted[order] - below), least, most) + below
    return result


def _isotonic(values: Floats) -> Floats:
    """The nearest sequence that does not fall."""
    sums: list[float] = []
    counts: list[int] = []
    for value in values.tolist():
        sums.append(value)
        counts.append(1)
        while len(sums) > 1 and sums[-2] * counts[-1] >= sums[-1] * counts[-2]:
            sums[-2:], counts[-2:] = [sums[-2] + sums[-1]], [counts[-2] + counts[-1]]
    return np.repeat(np.array(sums) / np.array(counts), counts)


# ---------------------------------------------------------------- in a plane


@dataclass(frozen=True, eq=False)
class Room:
    """Where labels may stand: boxes (left, bottom, right, top), in points of the page.

    Parameters
    ----------
    frame : array (4,)
        All labels lie inside.
    taken : array (m, 4)
        What no label may touch, besides the points themselves.
    lines : array (k, 4)
        What labels keep off where that costs no long way.
    """

    frame: Floats
    taken: Floats
    lines: Floats


def place(points: Floats, sizes: Floats, room: Room) -> Floats:
    """Middles of labels beside their points, apart from each other, from all points and from what is taken.

    Parameters
    ----------
    points, sizes : array (n, 2)
        Points labelled; width and height of each label.
    room : Room
        Frame and obstacles.

    Returns
    -------
    array (n, 2)
        The same input gives the same places. Labels overlap only where no free place was found for all of them.

    Notes
    -----
    Each label chooses among places on rings around its point and on a grid of the frame, those in the densest surroundings first; then each in
    turn moves to what is best given all others, until none moves. Labels that found no free place choose first in the next try. The cost of a
    place is its distance, lines and leaders crossed, and other points nearer than its own.
    """
    if not len(points):
        return np.empty((0, 2))
    choices = [_Choices.of(number, points, sizes, room) for number in range(len(points))]
    crowd = (np.abs(points[:, None] - points[None]) < sizes.max(axis=0) * [1.2, 3.0]).all(axis=2).sum(axis=1)
    order = np.lexsort((np.arange(len(points)), -crowd))
    best, least = np.zeros(len(points), dtype=np.intp), np.inf
    for _ in range(_TRIES):
        chosen, costs = _settle(choices, points, order)
        if costs.max() < least:
            best, least = chosen, float(costs.max())
        if least < _OVER_TAKEN:
            break
        blocked = costs[order] >= _OVER_TAKEN
        order = np.concatenate([order[blocked], order[~blocked]])
    return np.array([choice.middles[number] for choice, number in zip(choices, best, strict=True)])


@dataclass(frozen=True, eq=False)
class _Choices:
    """Places a label may take: middles (c, 2), boxes (c, 4), what each costs whatever the other labels do, ends of leaders (c, 2)."""

    middles: Floats
    boxes: Floats
    cost: Floats
    ends: Floats
    led: NDArray[np.bool_]

    @classmethod
    def of(cls, number: int, points: Floats, sizes: Floats, room: Room) -> _Choices:
        point, half = points[number], sizes[number] / 2
        low, high = room.frame[:2] + half, room.frame[2:] - half
        rings = np.concatenate([point + _AROUND * (half + _CLEAR + ring) for ring in _RINGS])
        steps = [np.linspace(low[axis], max(low[axis], high[axis]), 30) for axis in (0, 1)]
        grid = np.stack(np.meshgrid(*steps), axis=-1).reshape(-1, 2)
        middles = np.concatenate([rings, grid])
        middles = np.where(low < high, np.clip(middles, low, np.maximum(low, high)), (low + high) / 2)
        boxes = np.hstack([middles - half - _BETWEEN, middles + half + _BETWEEN])
        ends = np.clip(point, middles - half, middles + half)
        away = np.hypot(*(ends - point).T)
        turn = np.concatenate([np.tile(0.3 * np.arange(len(_AROUND)), len(_RINGS)), np.full(len(grid), 5.0)])
        cost = np.maximum(away - _CLEAR, 0.0) + turn + _fixed_cost(number, points, boxes, ends, room)
        return cls(middles, boxes, cost, ends, away > _LEADER)


def _fixed_cost(number: int, points: Floats, boxes: Floats, ends: Floats, room: Room) -> Floats:
    """What touching points, taken boxes and lines costs each place, and lying nearer to another point."""
    dots = np.hstack([points - (_CLEAR - 2.0), points + (_CLEAR - 2.0)])
    wide, tall = _overlap(boxes, np.concatenate([dots, room.taken]))
    cost = np.where((wide > 0) & (tall > 0), _OVER_TAKEN + 10 * wide * tall, 0.0).sum(axis=1)
    wide, tall = _overlap(boxes, room.lines)
    cost += np.where((wide > 0) & (tall > 0), _OVER_LINE + 0.4 * np.maximum(wide, tall), 0.0).sum(axis=1)
    others = np.delete(points, number, axis=0)
    gaps = np.maximum(np.maximum(boxes[:, None, :2] - others, others - boxes[:, None, 2:]), 0.0)
    nearer = np.hypot(gaps[..., 0], gaps[..., 1]) < np.hypot(*(ends - points[number]).T)[:, None]
    passed = _passes(points[number], ends, others) & (np.hypot(*(ends - points[number]).T) > _LEADER)[:, None]
    return np.asarray(cost + _NEAR_OTHER * np.minimum(nearer.sum(axis=1), 3) + _OVER_LEADER * passed.sum(axis=1))


def _settle(choices: Sequence[_Choices], points: Floats, order: NDArray[np.intp]) -> tuple[NDArray[np.intp], Floats]:
    """The place of each label after all have chosen in this order, and again until none moves; and what each costs."""
    chosen = np.full(len(choices), -1, dtype=np.intp)
    boxes, ends = np.full((len(choices), 4), np.nan), points.copy()
    costs = np.zeros(len(choices))
    for _ in range(_ROUNDS):
        before = chosen.copy()
        for number in order:
            choice = choices[number]
            boxes[number], ends[number] = np.nan, points[number]
            chosen[number], costs[number] = _choose(choice, points[number], boxes, (points, ends))
            boxes[number] = choice.boxes[chosen[number]]
            ends[number] = choice.ends[chosen[number]] if choice.led[chosen[number]] else points[number]
        if (before == chosen).all():
            break
    return chosen, costs


def _choose(choice: _Choices, point: Floats, boxes: Floats, leaders: tuple[Floats, Floats]) -> tuple[int, float]:
    """The cheapest place given the boxes and leaders of the others; leaders are looked at for the cheapest places only."""
    wide, tall = _overlap(choice.boxes, boxes)
    cost = choice.cost + np.where((wide > 0) & (tall > 0), _OVER_TAKEN + 10 * wide * tall, 0.0).sum(axis=1)
    few = np.argsort(cost, kind="stable")[:_SHORT_LIST]
    ends = np.where(choice.led[few, None], choice.ends[few], point)
    crossed = _crosses(point, ends, *leaders).sum(axis=1) + _enters(point, ends, boxes).sum(axis=1)
    starts, others = leaders
    drawn = np.flatnonzero((starts != others).any(axis=1))
    entered = sum(_enters(starts[number], others[number, None], choice.boxes[few])[0].astype(np.intp) for number in drawn)
    total = cost[few] + _OVER_LEADER * (crossed + entered)
    best = int(np.argmin(total))
    return int(few[best]), float(total[best])


def _overlap(boxes: Floats, others: Floats) -> tuple[Floats, Floats]:
    """How wide and how tall each box (c, 4) overlaps each other one (m, 4); an empty place (NaN) overlaps none."""
    wide = np.minimum(boxes[:, None, 2], others[:, 2]) - np.maximum(boxes[:, None, 0], others[:, 0])
    tall = np.minimum(boxes[:, None, 3], others[:, 3]) - np.maximum(boxes[:, None, 1], others[:, 1])
    return np.maximum(wide, 0.0), np.maximum(tall, 0.0)


def _passes(start: Floats, ends: Floats, points: Floats) -> NDArray[np.bool_]:
    """Whether the way from a point to each end (c, 2) comes near each of the others (m, 2)."""
    way = ends - start
    length = np.maximum((way**2).sum(axis=1), 1e-9)
    along = np.clip((points - start) @ way.T / length, 0.0, 1.0).T
    nearest = start + along[..., None] * way[:, None]
    return np.asarray(np.hypot(*np.moveaxis(nearest - points, -1, 0)) < _CLEAR)


def _crosses(start: Floats, ends: Floats, starts: Floats, others: Floats) -> NDArray[np.bool_]:
    """Whether the way from a point to each end (c, 2) crosses each of the ways of others (m, 2) to theirs."""

    def side(a: Floats, b: Floats, c: Floats) -> Floats:
        return np.asarray((b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0]))

    own = ends[:, None]
    apart = side(start, own, starts) * side(start, own, others) < 0
    return np.asarray(apart & (side(starts, others, start) * side(starts, others, own) < 0))


def _enters(start: Floats, ends: Floats, boxes: Floats) -> NDArray[np.bool_]:
    """Whether the way from a point to each end (c, 2) passes through each box (m, 4) on its way."""
    way = (ends - start)[:, None]
    flat = np.abs(way) < 1e-9
    first, last = ((side - start) / np.where(flat, 1.0, way) for side in (boxes[:, :2], boxes[:, 2:]))
    inside = (boxes[:, :2] < start) & (start < boxes[:, 2:])
    enter = np.where(flat, np.where(inside, -np.inf, np.inf), np.minimum(first, last)).max(axis=2)
    leave = np.where(flat, np.where(inside, np.inf, -np.inf), np.maximum(first, last)).min(axis=2)
    return np.asarray((np.maximum(enter, 0.0) < np.minimum(leave, 0.999)) & ~flat.all(axis=2))


# ---------------------------------------------------------------- on axes


class _Arranged(Artist):
    """Drawn before all else in its axes, when the layout is known: it moves labels and draws nothing itself."""

    def __init__(self, arrange: Callable[[RendererBase], None]) -> None:
        super().__init__()
        self._arrange = arrange
        self.set_zorder(-100.0)
        self.set_in_layout(False)

    def draw(self, renderer: RendererBase) -> None:
        self._arrange(renderer)


def label_points(
    axes: Axes,
    points: Floats,
    texts: Sequence[str],
    *,
    avoid: Sequence[Artist] = (),
    lines: Floats | None = None,
    colours: Sequence[str] | None = None,
    size: float = 7.5,
) -> list[Text]:
    """Label points inside the axes; places are found anew whenever the axes are drawn, so they suit every size and file.

    Parameters
    ----------
    axes : Axes
        With its limits set.
    points : array (n, 2)
        In data coordinates.
    texts : sequence of str
        One a point; line breaks are kept.
    avoid : sequence of Artist
        What labels must not touch.
    lines : array (k, 2, 2), optional
        Ends of lines, in data coordinates, that labels keep off where they can.
    colours : sequence of str, optional
        Of the labels.
    size : float
        Of the letters, in points.

    Returns
    -------
    list of Text
        Thin leaders join a label to its point where it had to move away.
    """
    ground = {"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 0.4}
    fixed: dict[str, Any] = {"transform": axes.transAxes, "ha": "center", "va": "center", "fontsize": size, "in_layout": False, "zorder": 6}
    written = [
        axes.text(0.5, 0.5, text, color=colour, bbox=ground, **fixed)
        for text, colour in zip(texts, colours if colours is not None else [INK] * len(texts), strict=True)
    ]
    leaders = _leaders(axes)
    ways = np.empty((0, 2, 2)) if lines is None else np.asarray(lines, dtype=np.float64)

    def arrange(renderer: RendererBase) -> None:
        scale = 72.0 / axes.figure.dpi
        dots = scale * axes.transData.transform(points)
        sizes = scale * np.array([text.get_window_extent(renderer).size for text in written]).reshape(-1, 2)
        ends = scale * axes.transData.transform(ways.reshape(-1, 2)).reshape(-1, 2, 2)
        taken = scale * np.array([artist.get_window_extent(renderer).extents for artist in avoid]).reshape(-1, 4)
        frame = scale * np.asarray(axes.bbox.extents) + np.array([2.0, 2.0, -2.0, -2.0])
        room = Room(frame, taken, np.hstack([ends.min(axis=1) - 0.5, ends.max(axis=1) + 0.5]))
        middles = place(dots, sizes, room)
        back = axes.transAxes.inverted()
        segments = []
        for text, dot, middle, half in zip(written, dots, middles, sizes / 2, strict=True):
            text.set_position(tuple(back.transform(middle / scale)))
            text.set_multialignment("left" if middle[0] > dot[0] + half[0] else "right" if middle[0] < dot[0] - half[0] else "center")
            end = np.clip(dot, middle - half, middle + half)
            if np.hypot(*(end - dot)) > _LEADER:
                segments.append(back.transform(np.array([dot, end]) / scale))
        leaders.set_segments(segments)

    axes.add_artist(_Arranged(arrange))
    return written


def end_labels(
    axes: Axes, places: Floats, values: Floats, texts: Sequence[str], *, side: Literal["right", "left"] = "right", size: float = 8.0
) -> list[Text]:
    """Labels beside the axes, each as near to its value's height as the others allow, with leaders from where the values are drawn.

    Parameters
    ----------
    axes : Axes
        With its limits set.
    places, values : array (n,)
        Where values are drawn, and their heights, in data coordinates; of equal heights the first stands on top.
    texts : sequence of str
        One a value.
    side : {"right", "left"}
        Of the axes.
    size : float
        Of the letters, in points.

    Returns
    -------
    list of Text
    """
    right = side == "right"
    sign = 1.0 if right else -1.0
    x = 1.02 if right else -0.02
    style: dict[str, Any] = {"transform": axes.transAxes, "va": "center", "ha": "left" if right else "right", "fontsize": size, "color": INK}
    written = [axes.text(x, 0.5, text, linespacing=1.15, **style) for text in texts]
    leaders = _leaders(axes)

    def arrange(renderer: RendererBase) -> None:
        point = axes.figure.dpi / 72.0
        dots = axes.transData.transform(np.column_stack([places, values]))
        sizes = np.array([text.get_window_extent(renderer).height for text in written]) + 2.0 * point
        middles = spread(dots[::-1, 1], sizes[::-1], axes.bbox.y0 - 6.0 * point, axes.bbox.y1 + 6.0 * point)[::-1]
        edge = axes.transAxes.transform((x, 0.0))[0]
        begin, end = dots + np.array([sign * 5.0 * point, 0.0]), np.column_stack([np.full(len(middles), edge - sign * 2.0 * point), middles])
        back = axes.transAxes.inverted()
        for text, middle in zip(written, back.transform(end)[:, 1], strict=True):
            text.set_y(float(middle))
        leaders.set_segments(list(back.transform(np.stack([begin, end], axis=1).reshape(-1, 2)).reshape(-1, 2, 2)))

    axes.add_artist(_Arranged(arrange))
    return written


def _leaders(axes: Axes) -> LineCollection:
    lines = LineCollection([], colors="#8A8A8A", linewidths=0.6, zorder=2.5, transform=axes.transAxes, clip_on=False)
    lines.set_in_layout(False)
    axes.add_artist(lines)
    return lines
