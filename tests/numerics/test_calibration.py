"""The solver of calibration, and the distances as data."""

import numpy as np
import pytest
from scipy import optimize

from kepuasan.numerics.calibration import DISTANCES, Margin, cross_products, distance_of, fit_margins, solve, whitened


@pytest.mark.parametrize("bounds", [None, (0.4, 2.5)])
@pytest.mark.parametrize("name", DISTANCES)
def test_a_distance_starts_at_one_with_slope_one_and_its_slope_is_the_derivative(name, bounds):
    if name == "logit" and bounds is None:
        with pytest.raises(ValueError, match="needs bounds"):
            distance_of(name, bounds)
        return
    distance, at, step = distance_of(name, bounds), np.array([-0.4, 0.0, 0.3, 0.7]), 1e-6
    assert distance.ratio(np.zeros(1)) == pytest.approx([1.0])
    assert distance.slope(np.zeros(1)) == pytest.approx([1.0])
    assert distance.slope(at) == pytest.approx((distance.ratio(at + step) - distance.ratio(at - step)) / (2 * step), abs=1e-8)
    if bounds is not None:
        far = distance.ratio(np.array([-1e6, 1e6]))
        assert far == pytest.approx(bounds)


def test_every_solvable_problem_is_solved_and_no_other():
    """Feasibility by linear programming is the witness; the plain Newton step with a falling largest gap missed one in 250."""
    stream, solvable = np.random.default_rng(0), 0
    for _ in range(120):
        n, p = stream.integers(20, 120), stream.integers(2, 6)
        table = np.column_stack([np.ones(n), stream.normal(size=(n, p - 1)) * stream.uniform(0.1, 100, p - 1) + stream.normal(size=p - 1) * 10])
        weights, bounds = stream.uniform(1, 20, n), (stream.uniform(0.3, 0.95), stream.uniform(1.05, 3))
        ratio = stream.uniform(*bounds, n) if stream.random() < 0.7 else stream.choice(bounds, n)
        targets = (weights * (ratio + 0.2 * stream.normal() * (stream.random() < 0.3)).clip(0)) @ table
        feasible = optimize.linprog(np.zeros(n), A_eq=(table * weights[:, None]).T, b_eq=targets, bounds=[bounds] * n).status == 0
        solvable += feasible
        turned, turn = whitened(weights, table)
        for name in DISTANCES:
            found = solve(weights[None, :], turned, targets @ turn, distance_of(name, bounds))
            assert found.met[0] == feasible
            if feasible:
                assert (weights * found.ratio[0]) @ table == pytest.approx(targets, rel=1e-7, abs=1e-7 * np.abs(targets).max())
                assert bounds[0] - 1e-12 <= found.ratio.min() <= found.ratio.max() <= bounds[1] + 1e-12
    assert 60 < solvable < 120


def test_many_tables_are_solved_as_each_by_itself():
    stream = np.random.default_rng(3)
    table = np.column_stack([np.ones(50), stream.normal(40, 9, 50)])
    totals, targets = stream.uniform(1, 5, (7, 50)), np.array([150.0, 6100.0])
    turned, turn = whitened(totals[0], table)
    together = solve(totals, turned, targets @ turn, distance_of("raking", None))
    for row, ratio in zip(totals, together.ratio, strict=True):
        assert ratio == pytest.approx(solve(row[None, :], turned, targets @ turn, distance_of("raking", None)).ratio[0], rel=1e-9)


def test_whitening_drops_what_other_columns_determine():
    stream = np.random.default_rng(4)
    table = np.column_stack([np.ones(30), stream.normal(2000, 1, 30), np.zeros(30)])
    table[:, 2] = 3 * table[:, 0] - 0.5 * table[:, 1]
    weights = stream.uniform(1, 9, 30)
    turned, turn = whitened(weights, table)
    assert turned.shape == (30, 2)
    assert table @ turn == pytest.approx(turned)
    assert cross_products(weights[None, :], turned)[0] == pytest.approx(np.eye(2), abs=1e-8)


def test_a_table_without_a_level_cannot_meet_its_margin_and_the_others_can():
    margins = [Margin(np.array([0, 0, 1, 1]), np.array([10.0, 20.0])), Margin(np.array([0, 1, 0, 1]), np.array([12.0, 18.0]))]
    totals = np.array([[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 0.0, 0.0]])
    found = fit_margins(totals, margins, tolerance=1e-12, max_steps=100)
    assert found.met.tolist() == [True, False]
    assert margins[0].sums(totals[:1] * found.ratio[:1])[0] == pytest.approx([10.0, 20.0])
    assert margins[1].sums(totals[:1] * found.ratio[:1])[0] == pytest.approx([12.0, 18.0])
    assert np.isnan(found.ratio[1]).any()
