"""Labels: apart from each other and from points, inside their axes, the same each time; along a line, exactly where they should be."""

import textwrap
from itertools import pairwise

import numpy as np
import pytest
from display.extents import boxes_of, check_apart
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from scipy.optimize import isotonic_regression, lsq_linear

from kepuasan.display.figures import blank
from kepuasan.display.labels import Room, end_labels, label_points, place, spread

LONG = [textwrap.fill(f"A long name of item number {i}, longer than most", 22) for i in range(60)]


def scatter(seed, count=30, width=0.2):
    return np.random.default_rng(seed).normal(0.5, width, (count, 2)).clip(0.03, 0.97)


def drawn(points, **more):
    axes = blank(6.5)
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(0.0, 1.0)
    axes.plot(*points.T, "o", markersize=6)
    return axes, label_points(axes, points, LONG[: len(points)], **more)


# ---------------------------------------------------------------- in a plane


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_thirty_long_labels_neither_overlap_nor_leave_the_axes(seed):
    axes, texts = drawn(scatter(seed))
    check_apart(axes, texts)
    frame = axes.get_window_extent()
    boxes = boxes_of(axes, texts)
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1 for box in boxes)


def test_no_label_covers_a_point_or_what_must_be_avoided():
    points = scatter(4)
    axes = blank(6.5)
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(0.0, 1.0)
    name = axes.text(0.5, 0.5, "THE NAME OF A QUADRANT", ha="center", fontsize=12)
    texts = label_points(axes, points, LONG[:30], avoid=[name])
    check_apart(axes, [*texts, name])
    dots = axes.transData.transform(points)
    assert not [(i, dot) for i, box in enumerate(boxes_of(axes, texts)) for dot in dots if box.contains(*dot)]


def test_the_same_points_get_the_same_places():
    places = []
    for _ in range(2):
        axes, texts = drawn(scatter(5))
        boxes_of(axes, texts)
        places.append([text.get_position() for text in texts])
    assert places[0] == places[1]


def test_labels_are_apart_at_every_size_of_the_figure():
    axes, texts = drawn(scatter(6, 20))
    for size in ((8.0, 6.5), (10.0, 5.0), (7.0, 7.0)):
        axes.figure.set_size_inches(*size)
        check_apart(axes, texts)


def test_a_lone_point_has_its_label_beside_it_without_a_leader():
    axes, (text,) = drawn(np.array([[0.5, 0.5]]))
    (box,) = boxes_of(axes, [text])
    x, y = axes.transData.transform((0.5, 0.5))
    assert 0 < box.x0 - x < 10 * axes.figure.dpi / 72
    assert box.y0 < y < box.y1
    assert not axes.collections[-1].get_segments()


def test_points_on_one_spot_have_leaders_to_labels_that_moved():
    axes, texts = drawn(np.full((12, 2), 0.5))
    check_apart(axes, texts)
    leaders = axes.collections[-1].get_segments()
    assert len(leaders) >= 6
    assert np.allclose([leader[0] for leader in leaders], 0.5)


def test_labels_keep_off_lines_where_that_is_near():
    cross = np.array([[[0.5, 0.5], [0.9, 0.5]]])
    axes, (text,) = drawn(np.array([[0.5, 0.5]]), lines=cross)
    (box,) = boxes_of(axes, [text])
    low, high = axes.transData.transform([[0.5, 0.5], [0.9, 0.5]])
    assert box.y1 < low[1] or box.y0 > high[1] or box.x1 < low[0]


def test_no_points_have_no_places():
    empty = np.empty((0, 4))
    assert place(np.empty((0, 2)), np.empty((0, 2)), Room(np.array([0.0, 0.0, 1.0, 1.0]), empty, empty)).shape == (0, 2)


def test_a_label_wider_than_its_frame_stands_in_the_middle():
    empty = np.empty((0, 4))
    middle = place(np.array([[10.0, 50.0]]), np.array([[300.0, 10.0]]), Room(np.array([0.0, 0.0, 100.0, 100.0]), empty, empty))
    assert middle[0, 0] == 50.0


# ---------------------------------------------------------------- along a line


def test_labels_that_have_room_stay_where_they_are_wanted():
    wanted = np.array([9.0, 1.0, 5.0])
    assert (spread(wanted, np.full(3, 2.0), 0.0, 10.0) == wanted).all()


def test_equal_ones_share_the_move_and_keep_their_order():
    assert spread(np.array([5.0, 5.0, 5.0]), np.array([2.0, 4.0, 2.0]), 0.0, 20.0) == pytest.approx([2.0, 5.0, 8.0])


def test_the_stack_is_centred_where_there_is_no_room():
    assert spread(np.array([1.0, 2.0]), np.array([6.0, 6.0]), 0.0, 8.0) == pytest.approx([1.0, 7.0])


lists = st.lists(st.tuples(st.floats(0.0, 100.0), st.floats(0.5, 8.0)), min_size=1, max_size=12)


@given(lists)
def test_spread_intervals_touch_at_most_and_lie_within_the_limits(pairs):
    wanted, sizes = np.array(pairs).T
    middles = spread(wanted, sizes, 0.0, 100.0)
    order = np.argsort(wanted, kind="stable")
    assert all(middles[j] - middles[i] >= (sizes[i] + sizes[j]) / 2 - 1e-9 for i, j in pairwise(order))
    assert (middles - sizes / 2 >= -1e-9).all()
    assert (middles + sizes / 2 <= 100 + 1e-9).all()


@given(lists)
def test_no_other_places_are_nearer_by_least_squares(pairs):
    wanted, sizes = np.array(pairs).T
    order = np.argsort(wanted, kind="stable")
    wanted, sizes = wanted[order], sizes[order]
    need = np.concatenate([[sizes[0] / 2], (sizes[:-1] + sizes[1:]) / 2])
    steps = np.tril(np.ones((len(wanted), len(wanted))))
    best = lsq_linear(steps, wanted, bounds=(need, np.inf), tol=1e-12)
    free = spread(wanted, sizes, 0.0, 1e6)
    assert ((free - wanted) ** 2).sum() <= 2 * best.cost + 1e-6
    assert free == pytest.approx(steps @ best.x, abs=1e-3)


def test_pooling_agrees_with_isotonic_regression():
    wanted = np.random.default_rng(8).normal(0.0, 1.0, 50)
    order = np.argsort(wanted)
    below = 0.5 * np.arange(50)
    assert spread(wanted, np.full(50, 0.5), -1e6, 1e6)[order] == pytest.approx(isotonic_regression(wanted[order] - below).x + below)


def test_end_labels_stand_apart_with_the_first_of_equal_ones_on_top():
    axes = blank(3.0)
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(0.0, 10.0)
    texts = end_labels(axes, np.ones(4), np.array([5.0, 5.0, 5.1, 9.0]), ["first", "second", "third\non two lines", "far"])
    check_apart(axes, texts)
    first, second, third, far = boxes_of(axes, texts)
    assert third.y0 > first.y1 > first.y0 > second.y1
    assert (far.y0 + far.y1) / 2 == pytest.approx(axes.transData.transform((0.0, 9.0))[1], abs=1.5)
    assert len(axes.collections[-1].get_segments()) == 4


def test_axes_of_a_plain_figure_are_labelled_too():
    axes = Figure(figsize=(8, 6)).add_subplot()
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(0.0, 1.0)
    check_apart(axes, label_points(axes, scatter(9, 12), LONG[:12]))
