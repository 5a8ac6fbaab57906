"""Importance of drivers as functions of the covariance of drivers and outcome, with their derivatives.

Columns stand in the order: those that are always in, those of each driver, the outcome. Importance is a share of the outcome's variance.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np

from kepuasan.numerics.lattice import shapley, shapley_gradients
from kepuasan.numerics.orders import sampled_gradients, sampled_values
from kepuasan.numerics.totals import Floats, Integers

__all__ = ["METHODS", "Importance", "Layout", "Method"]

Method: TypeAlias = Literal["lmg", "relative-weights", "first", "last", "beta", "pratt"]
METHODS: tuple[Method, ...] = ("lmg", "relative-weights", "first", "last", "beta", "pratt")


@dataclass(frozen=True)
class Layout:
    """Where columns stand: ``n_always`` first, then ``sizes`` columns of each driver, the outcome last."""

    n_always: int
    sizes: tuple[int, ...]

    @property
    def width(self) -> int:
        """Number of columns, the outcome's included."""
        return self.n_always + sum(self.sizes) + 1

    @property
    def always(self) -> Integers:
        """Columns that are always in."""
        return np.arange(self.n_always)

    def columns(self, driver: int) -> Integers:
        """Columns of a driver."""
        first = self.n_always + sum(self.sizes[:driver])
        return np.arange(first, first + self.sizes[driver])

    @property
    def regressors(self) -> Integers:
        """All columns but the outcome."""
        return np.arange(self.width - 1)


@dataclass(frozen=True)
class Importance:
    """Importance of each driver, then the R² of all columns and of those that are always in, as `MomentStatistic`.

    ``orders`` (orders, drivers): sampled orders in which drivers enter, for "lmg" where not all can be visited. ``shares``: made to sum to 1.

    Notes
    -----
    With C the covariance, v(S) the residual variance of the outcome y given the columns S and beta the coefficients of all columns: "first" is
    v(always) - v(always and the driver), "last" v(all but the driver) - v(all), "lmg" the mean of such differences over all orders, "beta"
    beta_j² C_jj, "pratt" beta_j times the covariance with y given what is always in, each over C_yy. "relative-weights" (Johnson 2000) are
    sum_k L_jk² z_k² with L the symmetric root of the drivers' correlation and z = L^-1 r, r their correlation with y.

    References
    ----------
    Johnson, J. W. (2000). A heuristic method for estimating the relative weight of predictor variables in multiple regression. *Multivariate
    Behavioral Research* 35, 1-19.
    Pratt, J. W. (1987). Dividing the indivisible: using simple symmetry to partition variance explained. *Proceedings of the Second International
    Conference in Statistics*, Tampere, 245-260.
    """

    method: Method
    layout: Layout
    shares: bool = False
    orders: Integers | None = None

    def values(self, mean: Floats, covariance: Floats) -> Floats:  # noqa: ARG002
        """Importance of each driver and both R² (..., drivers + 2)."""
        outcome = covariance[..., -1, -1, None]
        parts = self._parts(covariance)
        if self.shares:
            parts = parts / parts.sum(axis=-1, keepdims=True) * outcome
        whole = [outcome[..., 0] - _residual(covariance, self.layout.regressors)[0], outcome[..., 0] - _residual(covariance, self.layout.always)[0]]
        return np.asarray(np.concatenate([parts, np.stack(whole, axis=-1)], axis=-1) / outcome)

    def gradients(self, mean: Floats, covariance: Floats) -> tuple[Floats, Floats]:
        """Their derivatives by means (domains, k, m), which are 0, and by covariances (domains, k, m, m)."""
        parts, gradient = self._gradients(covariance)
        if self.shares:
            total, whole = parts.sum(axis=-1)[:, None, None, None], gradient.sum(axis=1, keepdims=True)
            share = (parts / parts.sum(axis=-1, keepdims=True))[:, :, None, None]
            gradient = (gradient - share * whole) / total
        else:
            gradient = _over_outcome(gradient, parts, covariance)
        explained = []
        for columns in (self.layout.regressors, self.layout.always):
            residual, vector = _residual(covariance, columns)
            own = -_outer(vector, vector)
            own[:, -1, -1] += 1.0
            explained.append(_over_outcome(own[:, None], (covariance[:, -1, -1] - residual)[:, None], covariance))
        both = np.concatenate([gradient, *explained], axis=1)
        return np.zeros((*both.shape[:2], mean.shape[1])), both

    def monte_carlo_error(self, covariance: Floats) -> Floats:
        """Standard error (domains, drivers) of sampling orders; 0 where all are visited."""
        if self.orders is None:
            return np.zeros((len(covariance), len(self.layout.sizes)))
        error = sampled_values(covariance, self.layout.sizes, self.layout.n_always, self.orders)[1] / covariance[:, -1, -1, None]
        return np.asarray(error / self.without_shares(covariance).sum(axis=-1, keepdims=True) if self.shares else error)

    def without_shares(self, covariance: Floats) -> Floats:
        """Importance (domains, drivers) as parts of R²."""
        values = replace(self, shares=False).values(covariance[..., -1], covariance)
        return np.asarray(values[..., :-2], dtype=np.float64)

    # ------------------------------------------------------------ in units of the outcome's variance

    def _parts(self, covariance: Floats) -> Floats:
        """Parts (..., drivers) in units of the outcome's variance."""
        layout = self.layout
        if self.method == "lmg" and self.orders is None:
            return shapley(covariance, layout.sizes, layout.n_always)
        if self.method == "lmg" and self.orders is not None:
            return sampled_values(covariance, layout.sizes, layout.n_always, self.orders)[0]
        if self.method == "relative-weights":
            return _relative_weights(covariance, layout)[0]
        if self.method in ("first", "last"):
            pairs = [self._enters(driver) for driver in range(len(layout.sizes))]
            return np.stack([_residual(covariance, before)[0] - _residual(covariance, after)[0] for before, after in pairs], axis=-1)
        beta = -_residual(covariance, layout.regressors)[1][..., layout.n_always : -1]
        if self.method == "beta":
            return np.asarray(beta**2 * np.einsum("...ii->...i", covariance)[..., layout.n_always : -1])
        return _added_up(beta * _given(covariance, layout)[0][..., :-1, -1], self.layout)

    def _enters(self, driver: int) -> tuple[Integers, Integers]:
        """The columns before a driver enters, and after."""
        layout, own = self.layout, self.layout.columns(driver)
        if self.method == "first":
            return layout.always, np.concatenate([layout.always, own])
        return np.setdiff1d(layout.regressors, own), layout.regressors

    def _gradients(self, covariance: Floats) -> tuple[Floats, Floats]:
        """The parts (domains, drivers) and their derivatives (domains, drivers, m, m)."""
        layout = self.layout
        if self.method == "lmg":
            if self.orders is None:
                return shapley_gradients(covariance, layout.sizes, layout.n_always)
            return sampled_gradients(covariance, layout.sizes, layout.n_always, self.orders)
        if self.method == "relative-weights":
            parts, gradient = _relative_weights_gradient(covariance, layout)
            return parts, _added_up(gradient, layout, 1)
        parts = self._parts(covariance)
        if self.method in ("first", "last"):
            vectors = [[_residual(covariance, columns)[1] for columns in self._enters(driver)] for driver in range(len(layout.sizes))]
            return parts, np.stack([_outer(before, before) - _outer(after, after) for before, after in vectors], axis=1)
        return parts, self._by_coefficient(covariance)

    def _by_coefficient(self, covariance: Floats) -> Floats:
        """Derivatives of "beta" and "pratt": those of a coefficient are a_j r', a_j the j-th row of the inverse and r the outcome's residual."""
        layout, own = self.layout, slice(self.layout.n_always, -1)
        vector = _residual(covariance, layout.regressors)[1]
        beta, inverse = -vector[:, own], np.zeros(covariance.shape)
        inverse[:, :-1, :-1] = np.linalg.inv(covariance[:, :-1, :-1])
        by_beta = _symmetric(inverse[:, own, :, None] * vector[:, None, None, :])
        if self.method == "beta":
            diagonal = np.einsum("dii->di", covariance)[:, own]
            gradient = (2 * beta * diagonal)[:, :, None, None] * by_beta
            place = np.arange(layout.n_always, layout.width - 1)
            gradient[:, np.arange(len(place)), place, place] += beta**2
            return np.asarray(gradient, dtype=np.float64)
        given, way = _given(covariance, layout)
        crossed = _symmetric(way.swapaxes(1, 2)[:, :-1, :, None] * way[:, None, None, :, -1])
        gradient = given[:, :-1, -1, None, None] * by_beta + beta[:, :, None, None] * crossed
        return _added_up(gradient, layout, 1)


def _added_up(parts: Floats, layout: Layout, axis: int = -1) -> Floats:
    """Parts by column added up by driver."""
    return np.asarray(np.add.reduceat(parts, np.cumsum([0, *layout.sizes[:-1]]), axis=axis))


# ---------------------------------------------------------------- residual variances


def _residual(covariance: Floats, columns: Integers) -> tuple[Floats, Floats]:
    """The outcome's variance given some columns (...), and its residual b as a combination of all columns (..., m); b b' is the derivative."""
    vector = np.zeros(covariance.shape[:-1])
    vector[..., -1] = 1.0
    if len(columns):
        crossed = covariance[..., columns, -1, None]
        vector[..., columns] = -np.linalg.solve(covariance[..., columns[:, None], columns], crossed)[..., 0]
    return np.asarray(np.einsum("...i,...i->...", covariance[..., -1, :], vector)), vector


def _given(covariance: Floats, layout: Layout) -> tuple[Floats, Floats]:
    """The covariance of drivers and outcome given what is always in, and their residuals as combinations of all columns (..., m, columns)."""
    n, m = layout.n_always, layout.width
    way = np.zeros((*covariance.shape[:-2], m, m - n))
    way[..., n:, :] = np.eye(m - n)
    if n:
        way[..., :n, :] = -np.linalg.solve(covariance[..., :n, :n], covariance[..., :n, n:])
    return np.asarray(way.swapaxes(-1, -2) @ covariance @ way), way


def _outer(one: Floats, other: Floats) -> Floats:
    return np.asarray(one[..., :, None] * other[..., None, :])


def _symmetric(matrix: Floats) -> Floats:
    return np.asarray((matrix + matrix.swapaxes(-1, -2)) / 2)


def _over_outcome(gradient: Floats, parts: Floats, covariance: Floats) -> Floats:
    """Derivatives of parts over the outcome's variance, from those of the parts."""
    outcome = covariance[:, -1, -1]
    gradient = gradient / outcome[:, None, None, None]
    gradient[:, :, -1, -1] -= parts / outcome[:, None] ** 2
    return gradient


# ---------------------------------------------------------------- relative weights


@dataclass(frozen=True)
class _Roots:
    """The symmetric root of a correlation matrix: eigenvalues' roots (..., p), eigenvectors and the root (..., p, p), and z = root^-1 r (..., p)."""

    roots: Floats
    vectors: Floats
    root: Floats
    crossed: Floats
    z: Floats


def _relative_weights(covariance: Floats, layout: Layout) -> tuple[Floats, Floats, _Roots]:
    """Relative weights by driver (..., drivers) in units of the outcome's variance, the covariance they are of, and what they were made with."""
    given = _given(covariance, layout)[0]
    size = np.sqrt(np.einsum("...ii->...i", given)[..., :-1])
    values, vectors = np.linalg.eigh(given[..., :-1, :-1] / _outer(size, size))
    roots = np.sqrt(values.clip(1e-300))
    root = (vectors * roots[..., None, :]) @ vectors.swapaxes(-1, -2)
    crossed = given[..., :-1, -1] / size
    z = np.einsum("...ik,...k->...i", vectors / roots[..., None, :], np.einsum("...ik,...i->...k", vectors, crossed))
    parts = np.einsum("...jk,...k->...j", root**2, z**2)
    return _added_up(parts, layout), given, _Roots(roots, vectors, root, crossed, z)


def _relative_weights_gradient(covariance: Floats, layout: Layout) -> tuple[Floats, Floats]:
    """Relative weights (domains, drivers), and the derivatives of those of each column (domains, columns, m, m).

    Notes
    -----
    The derivative of the root is that of Daleckii and Krein: in the basis of the eigenvectors, divided by the sums of two roots.
    """
    parts, given, made = _relative_weights(covariance, layout)
    p, root, z = given.shape[-1] - 1, made.root, made.z
    by_z = 2 * root**2 * z[:, None, :]
    inverse = (made.vectors / made.roots[:, None, :]) @ made.vectors.swapaxes(1, 2)
    by_crossed = by_z @ inverse
    by_root = -by_crossed[:, :, :, None] * z[:, None, None, :]
    own = np.arange(p)
    by_root[:, own, own, :] += 2 * root * z[:, None, :] ** 2
    basis = made.vectors[:, None]
    turned = basis.swapaxes(2, 3) @ _symmetric(by_root) @ basis
    by_correlation = basis @ (turned / (made.roots[:, :, None] + made.roots[:, None, :])[:, None]) @ basis.swapaxes(2, 3)
    size = np.sqrt(np.einsum("dii->di", given)[:, :-1])
    correlation = given[:, :-1, :-1] / _outer(size, size)
    by_given = np.zeros((len(given), p, p + 1, p + 1))
    by_given[:, :, :p, :p] = by_correlation / _outer(size, size)[:, None]
    by_given[:, :, :p, p] = by_given[:, :, p, :p] = by_crossed / size[:, None] / 2
    lost = (by_correlation * correlation[:, None]).sum(axis=3) + by_crossed * made.crossed[:, None] / 2
    by_given[:, :, own, own] -= lost / (size**2)[:, None]
    way = _given(covariance, layout)[1][:, None]
    return parts, way @ by_given @ way.swapaxes(2, 3)
