"""Symmetric matrices as their upper triangles, row by row."""

from __future__ import annotations

import numpy as np

from kepuasan.numerics.totals import Floats

__all__ = ["entries", "packed", "products", "unpacked"]


def entries(m: int) -> int:
    """Number of entries of the upper triangle of an m x m matrix."""
    return m * (m + 1) // 2


def packed(matrices: Floats) -> Floats:
    """Upper triangles (..., entries) of matrices (..., m, m)."""
    left, right = np.triu_indices(matrices.shape[-1])
    return np.asarray(matrices[..., left, right])


def unpacked(triangles: Floats, m: int) -> Floats:
    """Symmetric matrices (..., m, m) from their upper triangles (..., entries)."""
    left, right = np.triu_indices(m)
    matrices = np.empty((*triangles.shape[:-1], m, m), dtype=triangles.dtype)
    matrices[..., left, right] = triangles
    matrices[..., right, left] = triangles
    return matrices


def products(columns: Floats, out: Floats | None = None) -> Floats:
    """Products (entries, n) of each two of some columns (m, n)."""
    m, n = columns.shape
    found, place = np.empty((entries(m), n)) if out is None else out, 0
    for first in range(m):
        np.multiply(columns[first], columns[first:], out=found[place : place + m - first])
        place += m - first
    return found
