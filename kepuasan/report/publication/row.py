"""One row of an SKM as it is published: its index, its elements, its respondents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from kepuasan.columns import ITEM, spelled
from kepuasan.display.numbers import MINUS, interval, number
from kepuasan.errors import DataError, nearest, some
from kepuasan.report.voice import LEVEL

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from kepuasan.report.voice import Voice
    from kepuasan.standards import SKM, Standard

__all__ = ["PublishedRow"]


class PublishedRow:
    """One row of an SKM, and how it is spoken of."""

    def __init__(self, result: SKM, of: Mapping[str, Any] | None, voice: Voice) -> None:
        self.result, self.voice, self.language = result, voice, voice.language
        self.place = _place(result.score.key, of)
        key = result.score.key.iloc[self.place].to_dict()
        self.codes: dict[Any, Any] = {name: code for name, code in key.items() if name != ITEM}
        self.standard: Standard = result.standards[self.place]
        self.index: dict[Any, Any] = result.rating.to_frame(LEVEL, language=voice.language).iloc[self.place].to_dict()
        if not np.isfinite(self.index["estimate"]):
            raise DataError(f"there is no IKM{self._where()}: no answers; there is nothing to publish")
        elements = result.to_frame("unsur", LEVEL, language=voice.language)
        self.elements: list[dict[Any, Any]] = elements.loc[self._same(elements)].to_dict("records")

    def _where(self) -> str:
        return f" of {_named(self.codes)}" if self.codes else ""

    def _same(self, table: pd.DataFrame) -> NDArray[np.bool_]:
        """The rows of a table that are of this row."""
        return _having(table, self.codes, np.ones(len(table), dtype=np.bool_))

    @property
    def members(self) -> NDArray[np.bool_]:
        """The rows of the survey that belong to it and count."""
        survey = self.result.survey
        return _having({name: survey.column(name) for name in self.codes}, self.codes, self.result.rows)

    @property
    def counted(self) -> bool:
        """Whether everyone was asked."""
        return bool(self.result.counted[self.place])

    @property
    def coverage(self) -> dict[Any, Any] | None:
        """Units that reported and that there are; None where no units are told."""
        table = self.result.coverage
        return None if table is None else table.loc[self._same(table)].iloc[0].to_dict()

    @property
    def lowest(self) -> list[dict[Any, Any]]:
        """Elements with a score, from the lowest up."""
        return sorted((one for one in self.elements if np.isfinite(one["estimate"])), key=lambda one: float(one["estimate"]))

    def label(self, column: Any) -> str:
        """What a column is called; its name where the codebook has no other."""
        item = self.result.survey.codebook.items.get(column)
        return str(column) if item is None else item.label[self.language] or str(column)

    def code_labels(self, column: Any) -> dict[str, str]:
        """What the codes of a column are called, in the order of the codebook."""
        item = self.result.survey.codebook.items.get(column)
        return {} if item is None else {spelled(code): label[self.language] or spelled(code) for code, label in item.values.items()}

    def number(self, value: float, decimals: int) -> str:
        """A number as it is written."""
        return number(value, decimals, self.language, minus=MINUS)

    def limits(self, low: float, high: float, reach: tuple[float, float], decimals: int) -> str:
        """Limits, cut off where no value can lie."""
        inside = np.clip([low, high], *reach)
        return interval(inside[0], inside[1], decimals, self.language, minus=MINUS)


def _having(columns: Mapping[Any, pd.Series[Any]] | pd.DataFrame, codes: Mapping[Any, Any], among: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The rows, among some, that have the code of each column."""
    for name, code in codes.items():
        among = among & (columns[name] == code).to_numpy(dtype=bool, na_value=False)
    return among


def _place(key: pd.DataFrame, of: Mapping[str, Any] | None) -> int:
    """The row of the key that `of` chooses; the only one where there is no other."""
    by = [name for name in key.columns if name != ITEM]
    chosen = np.ones(len(key), dtype=bool)
    if of is not None and not isinstance(of, Mapping):
        raise DataError(f"of is {of!r}; name a column and its code, such as of={{'unit': 3}}")
    for name, code in (of or {}).items():
        if name not in by:
            hint = f"{nearest(name, by)}; it was computed by {some(by)}" if by else ": it was computed for all rows together; leave out of="
            raise DataError(f"of names {name!r}, by which the result was not computed{hint}")
        same = np.array([spelled(one) == spelled(code) for one in key[name]])
        if not same.any():
            raise DataError(
                f"of asks for {name} {code!r}, which has no row{nearest(code, key[name].unique())}; there are {some(key[name].unique(), 20)}"
            )
        chosen &= same
    places = np.flatnonzero(chosen)
    if len(places) == 1:
        return int(places[0])
    rows = [_named(row) for row in key[by].to_dict("records")] if by else []
    if not len(places):
        raise DataError(f"of asks for {_named(dict(of or {}))}, which has no row; there are {'; '.join(rows[:20])}")
    kept = [rows[place] for place in places]
    more = f" and {len(kept) - 20} more" if len(kept) > 20 else ""
    first = {name: key[name].iloc[places[0]] for name in by}
    raise DataError(
        f"the result has {len(kept)} rows, a sheet publishes one; choose it, as in of={{{_quoted(first)}}}. The rows are {'; '.join(kept[:20])}{more}"
    )


def _named(codes: Mapping[Any, Any]) -> str:
    return ", ".join(f"{name} {code}" for name, code in codes.items())


def _quoted(codes: Mapping[Any, Any]) -> str:
    plain = {name: getattr(code, "item", lambda code=code: code)() for name, code in codes.items()}
    return ", ".join(f"{name!r}: {code!r}" for name, code in plain.items())
