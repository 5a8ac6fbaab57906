"""One answer in words that is written in several ways, and so counts as several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kepuasan.codebook.roles import kind_of
from kepuasan.codebook.spellings import folded
from kepuasan.quality.findings import Finding, Number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kepuasan.quality.subject import Subject

__all__ = ["spellings"]

#: different answers up to which texts are kinds and not remarks, and the answers that each has on average
_KINDS, _EACH = 100, 10
#: spellings that are named
_NAMED = 6


def spellings(subject: Subject) -> Iterator[Finding]:
    """Answers that differ in case, blanks and punctuation alone, in columns of few different answers that no codebook lists."""
    for name in subject.columns("text"):
        item, found = subject.item(name), subject.counted(name)
        if item.values or item.scale is not None or found.values is None or kind_of(pd.Series(found.values)) != "text":
            continue
        counts = pd.Series(found.counts, index=found.values).sort_values(ascending=False, kind="stable")
        keys = np.array([folded(str(value)) for value in counts.index])
        kinds = pd.Series(keys).value_counts()
        several = pd.Series(keys).map(kinds).gt(1).to_numpy() & (keys != "")
        if not several.any() or len(kinds) > min(_KINDS, found.answered / _EACH):
            continue
        again = pd.Series(keys).duplicated().to_numpy() & several
        rows = np.flatnonzero(subject.frame[name].isin(counts.index[again]).to_numpy())
        order = np.argsort(pd.factorize(keys[several])[0], kind="stable")
        written = [f"{value!r} {count}x" for value, count in counts[several].iloc[order].items()]
        more = f" (+{len(written) - _NAMED})" if len(written) > _NAMED else ""
        yield Finding("KP218", {"found": ", ".join(written[:_NAMED]) + more, "count": Number(rows.size)}, name, rows, rows.size)
