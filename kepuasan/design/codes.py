"""Labels to codes: 0, 1, ... in the sorted order of the labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.errors import DataError
from kepuasan.numerics.totals import compacted, first_rows
from kepuasan.tabular import require_whole_codes

if TYPE_CHECKING:
    from kepuasan.numerics.totals import Floats, Integers

__all__ = ["compacted", "distinct", "factorized", "first_rows", "nested"]


def nested(columns: Sequence[pd.Series[Any]], parent: Integers | None, n_rows: int) -> Integers:
    """Codes 0, 1, ... of the labels within their parents, in the sorted order of both."""
    code = np.zeros(n_rows, dtype=np.intp) if parent is None else parent
    for column in columns:
        inner, labels = factorized(column)
        code = compacted(code * len(labels) + inner)[1]
    return code


def factorized(column: pd.Series[Any]) -> tuple[Integers, pd.Index[Any]]:
    """Codes of a column in the sorted order of its labels, -1 where missing; labels that cannot be compared sort as text."""
    try:
        code, labels = pd.factorize(column, sort=True)
    except TypeError:
        code, labels = _factorized_as_text(column)
    index = pd.Index(labels)
    require_whole_codes(column, code, index)
    return code.astype(np.intp, copy=False), index


def _factorized_as_text(column: pd.Series[Any]) -> tuple[Integers, pd.Index[Any]]:
    try:
        code, labels = pd.factorize(column)
    except TypeError as error:
        raise DataError(f"{column.name!r} holds values such as {column.dropna().iloc[0]!r}, which are no codes; give numbers or text") from error
    order = np.argsort([f"{type(label).__name__} {label}" for label in labels], kind="stable")
    rank = np.empty(len(order), dtype=np.intp)
    rank[order] = np.arange(len(order))
    return np.where(code < 0, -1, rank[code]), labels[order]


def distinct(code: Integers, n_codes: int, domain: Integers, n_domains: int) -> Floats:
    """How many distinct codes occur in each domain."""
    if (code[1:] > code[:-1]).all():
        return np.bincount(domain, minlength=n_domains).astype(np.float64)
    if n_codes * n_domains <= 10_000_000:
        seen = np.zeros(n_domains * n_codes, dtype=bool)
        seen[domain * n_codes + code] = True
        return np.asarray(seen.reshape(n_domains, n_codes).sum(axis=1), dtype=np.float64)
    return np.asarray(np.bincount(np.unique(domain * n_codes + code) // n_codes, minlength=n_domains), dtype=np.float64)
