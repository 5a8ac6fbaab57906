"""What a programme's group gained beyond others: differences in differences of the index."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import ADJUSTMENT, ITEM, WAVE, spelled
from kepuasan.design import compacted, factorized
from kepuasan.errors import DataError, DataWarning, some
from kepuasan.estimates import derived
from kepuasan.estimators.ratios import Request, estimate
from kepuasan.estimators.reading import item_names
from kepuasan.index import INDEX, require_two_waves, satisfaction_index, wave_mask
from kepuasan.numerics.derivatives import jacobian
from kepuasan.numerics.ratios import NOTHING, Form
from kepuasan.specification import ScoredRows, require_one_level, spec_for, spec_of
from kepuasan.survey import RESERVED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.specification import IndexSpec, Specs
    from kepuasan.survey import Survey

__all__ = ["programme_effect"]


RAW, ADJUSTED = "raw", "mix-adjusted"

#: what the codes of a treated column mean
_FLAGS = {"0": 0, "False": 0, "1": 1, "True": 1}
#: cells of a mix that a message names
_SHOWN = 5


def programme_effect(survey: Survey, *, treated: str, base: Any, current: Any, spec: Specs | None = None, mix: Any = None) -> Estimates:
    """The change of the index among those a programme reached, less the change among the others.

    Parameters
    ----------
    survey : Survey
        Waves stacked by `stack_waves`.
    treated : str
        A column that is 1 (or True) for those the programme reached by the current wave, in both waves, and 0 for the others.
    base, current : label
        A wave before the programme and one after.
    spec : IndexSpec, or {wave: IndexSpec}, optional
        Without it, that of the codebook.
    mix : str or list of str, optional
        Columns of who answered, such as sex and age group; several are crossed.

    Returns
    -------
    Estimates
        Of kind "difference", item "index". One row; with `mix` two, "raw" and "mix-adjusted" in the key column ``adjustment``, with their covariance.

    Raises
    ------
    DataError
        Unknown waves and columns; codes of `treated` other than 0 and 1, or missing; a wave without treated or without other members; a cell of the
        mix in which one of the four groups has no index.

    Warns
    -----
    DataWarning
        Rows that the mix-adjusted row leaves out: without a code in `mix`, or in cells where nobody was treated.

    Notes
    -----
    Raw: (I11 - I10) - (I01 - I00), the first digit for treated, the second for the wave. Mix-adjusted: the same of sum_g p_g I_g, where I_g is a
    group's index in cell g of the mix and p_g the treated group's share of the cell, averaged over both waves; these shares are random. Both are what
    the groups' changes differ by; that the programme accounts for it rests on equal changes without it, which the data cannot show.

    References
    ----------
    Abadie, A. (2005). Semiparametric difference-in-differences estimators. *Review of Economic Studies* 72, 1-19.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import IndexSpec, Survey, stack_waves
    >>> pilot = [0, 0, 1, 1]
    >>> first = Survey(pd.DataFrame({"pilot": pilot, "speed": [2, 3, 2, 3]}))
    >>> second = Survey(pd.DataFrame({"pilot": pilot, "speed": [2, 4, 4, 4]}))
    >>> waves = stack_waves({"2020": first, "2022": second})
    >>> programme_effect(waves, treated="pilot", base="2020", current="2022", spec=IndexSpec(["speed"], scale=(1, 5))).value
    array([25.])
    """
    require_two_waves(base, current)
    masks = [wave_mask(survey, wave) for wave in (base, current)]
    specs = [spec_of(survey, spec_for(spec, wave), wave) for wave in (base, current)]
    require_one_level(specs)
    flag = _flags(survey, treated, (base, current), masks)
    waves = [_Wave(survey, mask, one) for mask, one in zip(masks, specs, strict=True)]
    groups = [wave.indices(None, flag) for wave in waves]
    raw = groups[0].join(groups[1])
    key = {ITEM: [INDEX], WAVE: [f"{current} - {base}"], treated: ["1 - 0"]}
    if mix is None:
        return derived(raw, None, np.array([[1.0, -1.0, -1.0, 1.0]]), pd.DataFrame(key), kind="difference", n=np.array([raw.n.sum()]))
    cells = _Cells.read(survey, _mix_columns(survey, mix, treated, specs))
    kept = cells.kept(np.where(masks[0], 0, 2) + flag, survey.domains().weight * (masks[0] | masks[1]), (base, current))
    waves = [_Wave(survey, mask & kept, one) for mask, one in zip(masks, specs, strict=True)]
    within = [wave.indices(cells.columns, flag) for wave in waves]
    _check_known(within, (base, current))
    shares = [wave.weights(cells.columns, flag == 1) for wave in waves]
    joint = raw.join(within[0]).join(within[1]).join(shares[0]).join(shares[1])
    rows = pd.DataFrame({**{name: value * 2 for name, value in key.items()}, ADJUSTMENT: [RAW, ADJUSTED]})
    n = np.array([raw.n.sum(), within[0].n.sum() + within[1].n.sum()])
    return derived(joint, _both, jacobian(_both, joint.value), rows, kind="difference", n=n)


def _both(values: Any) -> Any:
    """The raw and the adjusted difference (..., 2) of indices by wave and group, indices by wave, group and cell, and weights by wave and cell."""
    n_cells = (values.shape[-1] - 4) // 6
    signs = np.array([1.0, -1.0, -1.0, 1.0])
    within = values[..., 4 : 4 + 4 * n_cells].reshape(*values.shape[:-1], 4, n_cells)
    weight = values[..., 4 + 4 * n_cells :].reshape(*values.shape[:-1], 2, n_cells)
    share = (weight / weight.sum(axis=-1, keepdims=True)).sum(axis=-2) / 2
    raw = (values[..., :4] * signs).sum(axis=-1)
    return np.stack([raw, (share * (within * signs[:, None]).sum(axis=-2)).sum(axis=-1)], axis=-1)


@dataclass(frozen=True)
class _Wave:
    """Some rows of one wave, and the specification of its index."""

    survey: Survey
    rows: NDArray[np.bool_]
    spec: IndexSpec

    def indices(self, by: list[Any] | None, flag: Integers) -> Estimates:
        """The index of the others in every cell, then that of the treated."""
        found = [satisfaction_index(self.survey.where(self.rows & (flag == one)), self.spec, by=by).score for one in (0, 1)]
        return found[0].join(found[1])

    def weights(self, by: list[Any], among: NDArray[np.bool_]) -> Estimates:
        """The weight, by cell, of those with an index."""
        chosen = self.survey.where(self.rows & among)
        scores = ScoredRows(chosen, self.spec)
        place = len(scores.columns) - (len(scores.groups) if self.spec.level == "respondents" else 1)

        def read(start: int, stop: int) -> Floats:
            index = scores(start, stop)[:, place : place + 1]
            return np.where(np.isnan(index), np.nan, 1.0)

        request = Request(read, 1, Form(np.array([0]), np.array([NOTHING])), pd.DataFrame({ITEM: ["weight"]}), "total")
        return estimate(chosen, chosen.domains(by), request)


# ---------------------------------------------------------------- who was treated


def _flags(survey: Survey, treated: Any, waves: Sequence[Any], masks: Sequence[NDArray[np.bool_]]) -> Integers:
    """1 for the rows treated, 0 for the others.

    Raises
    ------
    DataError
        Other codes, missing ones; a wave without one of the two groups.
    """
    survey.require([treated])
    if treated in RESERVED:
        raise DataError(f"treated is {treated!r}, which is a column of every table of results; rename the column of the data")
    code, levels = factorized(survey.column(treated))
    used = (survey.domains().weight != 0) & (masks[0] | masks[1])
    known = np.array([_FLAGS.get(spelled(level), -1) for level in levels] + [-1])[code]
    counts = {repr(spelled(level)): int((used & (code == place)).sum()) for place, level in enumerate(levels) if spelled(level) not in _FLAGS}
    counts["missing"] = int((used & (code < 0)).sum())
    wrong = [f"{name} in {count:,} rows" for name, count in counts.items() if count]
    if wrong:
        more = f" and {len(wrong) - _SHOWN} more codes" if len(wrong) > _SHOWN else ""
        raise DataError(
            f"{treated!r} tells the treated (1) from the others (0), but is {', '.join(wrong[:_SHOWN])}{more}; "
            "recode it, or choose rows with survey.where"
        )
    for wave, mask in zip(waves, masks, strict=True):
        for flag, who, lack in ((0, "untreated", "change among others to compare with"), (1, "treated", "change among the treated to look at")):
            if not (used & mask & (known == flag)).any():
                raise DataError(
                    f"wave {wave!r} has no {who} member: nobody has {treated!r} {flag}. Without them there is no {lack}, and a difference in "
                    "differences does not exist; compare_waves gives the change alone, which does not tell the programme from whatever else changed"
                )
    return np.where(known == 1, 1, 0)


# ---------------------------------------------------------------- the respondents' mix


def _mix_columns(survey: Survey, mix: Any, treated: Any, specs: Sequence[IndexSpec]) -> list[Any]:
    columns = item_names(mix, "mix")
    survey.require(columns)
    for name, what in ((treated, "the column of the treated"), (WAVE, "the column of the waves")):
        if name in columns:
            raise DataError(f"mix names {name!r}, {what}, within which mixes are compared; leave it out")
    items = [name for name in columns if any(name in spec.items for spec in specs)]
    if items:
        raise DataError(f"mix names {some(items)}, which are items of the index; name columns that say who answered")
    return columns


@dataclass(frozen=True)
class _Cells:
    """The crossed columns of a mix: the cell of each row (-1 where a code is missing), and what cells are called."""

    columns: list[Any]
    code: Integers
    names: list[str]

    @classmethod
    def read(cls, survey: Survey, columns: list[Any]) -> _Cells:
        """The cells that occur."""
        code, names = np.zeros(len(survey.frame), dtype=np.intp), [""]
        for column in columns:
            inner, levels = factorized(survey.column(column))
            used, code = compacted(np.where((code < 0) | (inner < 0), -1, code * len(levels) + inner))
            names = [f"{names[one // len(levels)]} {column} {spelled(levels[one % len(levels)])}".strip() for one in used]
        return cls(columns, code, names)

    def kept(self, group: Integers, weight: Floats, waves: Sequence[Any]) -> NDArray[np.bool_]:
        """Rows of the cells with treated members; `group` is 2 x (current wave) + treated.

        Raises
        ------
        DataError
            Where such a cell is empty in one of the four groups.
        """
        used = weight != 0
        lost = int((used & (self.code < 0)).sum())
        member = np.flatnonzero(used & (self.code >= 0))
        count = np.bincount(group[member] * len(self.names) + self.code[member], minlength=4 * len(self.names)).reshape(4, -1)
        needed = count[1] + count[3] > 0
        empty = [
            f"{self.names[cell]!r} among the {'treated' if place % 2 else 'untreated'} of {waves[place // 2]!r}"
            for place, cell in np.argwhere((count == 0) & needed)
        ]
        if empty:
            more = f" and {len(empty) - _SHOWN} more" if len(empty) > _SHOWN else ""
            raise DataError(f"empty cells of the mix: {'; '.join(empty[:_SHOWN])}{more}; merge codes, or cross fewer columns")
        outside = int(count[:, ~needed].sum())
        for rows, what in ((lost, f"have no code in {some(self.columns)}"), (outside, "lie in cells of the mix without treated members")):
            if rows:
                warnings.warn(f"{rows:,} rows {what}; the mix-adjusted difference is that of the others", DataWarning, stacklevel=3)
        return np.append(needed, False)[self.code]


def _check_known(within: Sequence[Estimates], waves: Sequence[Any]) -> None:
    """Refuse a cell in which nobody has an index."""
    for wave, found in zip(waves, within, strict=True):
        empty = found.key.drop(columns=ITEM)[np.isnan(found.value)].drop_duplicates().astype(str).agg(" ".join, axis=1)
        if len(empty):
            raise DataError(f"nobody has an index in cells of the mix of {wave!r}: {some(empty)}; merge codes, or cross fewer columns")
