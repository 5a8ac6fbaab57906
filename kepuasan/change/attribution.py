"""What accounts for the change of an index: exact parts with design-based standard errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from kepuasan.change.cells import change_cells, mix_columns, refuse_lopsided
from kepuasan.change.record import FRAME, LEVEL, MIX, WEIGHTS, Change
from kepuasan.change.scores import answers_of, totals_of, wave_scores
from kepuasan.change.sums import by_cell, tree_of, tree_of_respondents
from kepuasan.columns import DRIVER, ITEM, PART, WAVE
from kepuasan.errors import DataError, EstimateError, choose, some
from kepuasan.estimates import derived, taken
from kepuasan.estimators.spreads import warn_of_lost
from kepuasan.frames import warn_of_frame
from kepuasan.index import require_two_waves
from kepuasan.numerics.decomposition import KITAGAWA, SHAPLEY, ChangeOfTotals
from kepuasan.numerics.derivatives import jacobian
from kepuasan.numerics.spread import Replicated
from kepuasan.specification import INDEX, IndexSpec, Specs, require_one_level, spec_for, spec_of

if TYPE_CHECKING:
    from kepuasan.change.cells import Cells
    from kepuasan.change.scores import Answers, WaveScores
    from kepuasan.change.sums import Tree
    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Floats
    from kepuasan.survey import Survey

__all__ = ["attribute_change"]

Method = Literal["items", "mix", "shapley"]
METHODS: tuple[Method, ...] = ("items", "mix", "shapley")


def attribute_change(
    survey: Survey,
    base: Any,
    current: Any,
    *,
    spec: Specs | None = None,
    drivers: Mapping[str, Sequence[str]] | None = None,
    method: Method = "items",
    mix: Any = None,
    frame: str | None = None,
) -> Change:
    """The parts that account for the change of the index from the base wave to the current one.

    Parameters
    ----------
    survey : Survey
        Waves stacked by `stack_waves`.
    base, current : label
        Two different waves.
    spec : IndexSpec, or {wave: IndexSpec}, optional
        Without it, that of the codebook. One a wave, of the same items, where index weights (or scales) changed; weights are then a part.
    drivers : {name: [items]}, optional
        Items gathered under a name; items under none are the "rest". Without it the codebook's ``[drivers]``.
    method : {"items", "mix", "shapley"}
        "items": each item accounts for its index weight times the change of its mean. "mix": who answered is told apart from what was answered
        (Kitagawa). "shapley": item means, mix (where columns are named) and index weights, averaged over all orders in which they change.
    mix : str or list of str, optional
        Columns that tell respondents apart, such as sex or region; several are crossed. For "mix" and "shapley".
    frame : str, optional
        A column of groups such as regions. What groups asked in one wave only account for becomes a part of its own, and the
        others are within the groups asked in both.

    Returns
    -------
    Change
        Parts sum to the total exactly; each has a standard error from the joint covariance of all that enters.

    Raises
    ------
    DataError
        Unknown waves, columns, items of drivers; no group asked in both waves; rows without a code in a mix column; a cell of the mix answered in one
        wave only.
    EstimateError
        An index of respondents with missing answers, by "items" or "shapley": a threshold of answers a person has no exact split by item. By "mix"
        the respondents' index is split as a whole.

    Warns
    -----
    DataWarning
        Strata asked in one wave only where no `frame` is named; replicates in which a cell is empty.

    Notes
    -----
    With m_gj the mean of item j in cell g, p_gj the share of the cell in the weight of those who answered the item, M_j = sum_g p_gj m_gj, a_j the
    index weights, d the change and a bar the average of both waves, the parts are

    * level: abar_j pbar_gj dm_gj (without a mix abar_j dM_j);
    * mix: abar_j dp_gj (mbar_gj - Mbar_j);
    * weights: da_j (Mbar_j - Mbar), Mbar = sum_j abar_j Mbar_j;
    * frame: (I1 - I1C) - (I0 - I0C) with C the groups asked in both waves, within which the others are.

    The Shapley value takes, for each product of the other two factors, a third of both waves' own and a sixth of both crossed ones; with fixed index
    weights it is the same as "mix". Index weights given as numbers are taken as fixed, also where they were estimated. "Accounts for" is arithmetic:
    it names no cause.

    References
    ----------
    Kitagawa, E. M. (1955). Components of a difference between two rates. *JASA* 50, 1168-1194.
    Shapley, L. S. (1953). A value for n-person games. *Contributions to the Theory of Games* 2, 307-317.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import IndexSpec, Survey, stack_waves
    >>> first = Survey(pd.DataFrame({"speed": [3, 4, 2, 4], "updates": [2, 3, 4, 4], "sex": list("LPLP")}))
    >>> second = Survey(pd.DataFrame({"speed": [2, 4, 2, 3], "updates": [3, 3, 4, 4], "sex": list("LPPP")}))
    >>> waves, spec = stack_waves({"2020": first, "2022": second}), IndexSpec(["speed", "updates"], scale=(1, 4))
    >>> change = attribute_change(waves, "2020", "2022", spec=spec)
    >>> [round(float(value), 2) for value in change.parts.value]
    [-8.33, 4.17]
    >>> change = attribute_change(waves, "2020", "2022", spec=spec, method="mix", mix="sex")
    >>> [round(float(value), 2) for value in change.items.value]
    [7.64, -13.54, 1.74]
    """
    specs = _specs(survey, base, current, spec, method)
    columns = mix_columns(mix, specs)
    if method == "mix" and not columns:
        raise DataError('method="mix" needs the columns that tell respondents apart: mix=["sex", "region"]')
    if method == "items" and columns:
        raise DataError(f'mix names {some(columns)}, but method "items" has no part for it; use method="mix" or method="shapley"')
    respondents = method == "mix" and specs[0].level == "respondents"
    tree = tree_of_respondents(drivers) if respondents else tree_of(survey, drivers, specs)
    cells = change_cells(survey, base, current, frame, columns)
    scores = wave_scores(survey, cells, specs, respondents=respondents)
    answers = answers_of(survey, cells, scores)
    _check_exact(specs, answers, respondents=respondents)
    if columns:
        refuse_lopsided(cells, answers.count[:, : len(cells.key), : len(scores.items)] > 0, scores.items)
    if frame is None:
        warn_of_frame(survey, base, current, stacklevel=2)
    made = _Attribution(survey, cells, scores, answers, _function(cells, scores, answers, method))
    totals = totals_of(survey, cells, scores, answers.centre)
    total, start, end = made.wholes(totals)
    parts, items = made.parts(totals, tree)
    if tree.drivers:
        parts = replace(parts, key=parts.key.assign(**{DRIVER: tree.driver_column(parts.key[PART].tolist(), parts.key[ITEM].tolist())}))
    return Change(
        total=total,
        parts=parts,
        drivers=tree.by_driver(items),
        start=start,
        end=end,
        base=str(base),
        current=str(current),
        codebook=survey.codebook,
        items=items,
        mix=by_cell(parts, columns) if columns else None,
        dimensions=tree.by_dimension(items),
        hierarchy=tree.hierarchy(items),
    )


# ---------------------------------------------------------------- what was asked


def _specs(survey: Survey, base: Any, current: Any, spec: Specs | None, method: str) -> tuple[IndexSpec, IndexSpec]:
    """The specifications of both waves."""
    choose("method", method, METHODS)
    require_two_waves(base, current)
    specs = spec_of(survey, spec_for(spec, base), base), spec_of(survey, spec_for(spec, current), current)
    if set(specs[0].items) != set(specs[1].items):
        gone = sorted(set(specs[0].items) ^ set(specs[1].items))
        raise DataError(f"{some(gone, 12)} belong to the index of one wave only; a change by item needs the same items in both")
    require_one_level(specs)
    return specs


def _check_exact(specs: tuple[IndexSpec, IndexSpec], answers: Answers, *, respondents: bool) -> None:
    """Refuse to split an index of respondents by item where answers are missing."""
    if specs[0].level != "respondents" or respondents:
        return
    instead = 'use IndexSpec(level="items"), or split the index as a whole: method="mix"'
    if any(spec.importance for spec in specs):
        raise EstimateError(
            f"the mean of respondents' indices has no exact split by item where respondents weight the items by what they stated; {instead}"
        )
    if (answers.count.sum(axis=1) != answers.anyone[:, None]).any():
        raise EstimateError(
            f'the mean of respondents\' indices has no exact split by item where answers are missing; {instead}, or missing="listwise"'
        )


def _function(cells: Cells, scores: WaveScores, answers: Answers, method: str) -> ChangeOfTotals:
    """The function of the totals that the method stands for."""
    first, second = scores.weights
    return ChangeOfTotals(
        place=cells.place,
        n_cells=len(cells.key),
        n_items=len(scores.items),
        weights=scores.weights,
        centre=answers.centre,
        answered=answers.count[0, : len(cells.key), : len(scores.items)] > 0,
        averages=SHAPLEY if method == "shapley" else KITAGAWA,
        frame=cells.frame is not None,
        mix=bool(len(cells.key.columns)),
        changed=first is None or second is None or bool((first != second).any()),
    )


# ---------------------------------------------------------------- totals to estimates


@dataclass(frozen=True)
class _Attribution:
    """From the totals to the indices of both waves, the change and its parts."""

    survey: Survey
    cells: Cells
    scores: WaveScores
    answers: Answers
    function: ChangeOfTotals

    def wholes(self, totals: Estimates) -> tuple[Estimates, Estimates, Estimates]:
        """The change, the base wave's index and the current one's."""
        unit, wave = self.cells.members(self.survey.design)
        df = np.append(self.survey.design.degrees(unit, wave, 2), totals.design_df)
        n = np.append(self.answers.anyone, self.answers.anyone.sum())
        first, second = map(str, self.cells.waves)
        key = pd.DataFrame({ITEM: INDEX, WAVE: [first, second, f"{second} - {first}"]})
        three = derived(totals, self.function.whole, jacobian(self.function.whole, totals.value), key, kind="index", df=df, n=n)
        return replace(taken(three, np.array([2])), kind="difference"), taken(three, np.array([0])), taken(three, np.array([1]))

    def parts(self, totals: Estimates, tree: Tree) -> tuple[Estimates, Estimates]:
        """The parts, those with the level by item, and a warning of replicates that have none."""
        key, slopes = self._key(), jacobian(self.function.parts, totals.value)
        sums, by_item = tree.by_item(key)
        n = self.answers.anyone.sum()
        parts = derived(totals, self.function.parts, slopes, key, kind="difference", n=np.full(len(key), n))
        summed = partial(self._summed, sums)
        items = derived(totals, summed, sums @ slopes, by_item, kind="difference", n=np.full(len(by_item), n))
        if isinstance(parts.spread, Replicated):
            why = "in them a cell of the mix or an item is empty in a wave: merge codes of the mix where they are many"
            warn_of_lost(parts.spread.gaps, why, stacklevel=3)
        return parts, items

    def _summed(self, sums: Floats, values: Floats) -> Floats:
        """The parts added up by a matrix (sums, parts)."""
        return np.asarray(self.function.parts(values) @ sums.T)

    def _key(self) -> pd.DataFrame:
        """Part, item and codes of the mix, in the order of the function's parts."""
        items, cells = list(self.scores.items), self.cells.key
        by_cell = cells.iloc[np.repeat(np.arange(len(cells)), len(items))].reset_index(drop=True)
        by_cell.insert(0, ITEM, items * len(cells))
        blocks = []
        if self.function.frame:
            blocks.append(self._of_no_cell(FRAME, [INDEX]))
        if self.function.mix:
            blocks.append(by_cell.assign(**{PART: MIX}))
        if self.function.changed:
            blocks.append(self._of_no_cell(WEIGHTS, items))
        blocks.append(by_cell.assign(**{PART: LEVEL}))
        key = pd.concat(blocks, ignore_index=True)
        return key[[PART, ITEM, *cells.columns]]

    def _of_no_cell(self, part: str, items: Sequence[str]) -> pd.DataFrame:
        """Rows whose codes of the mix are empty text."""
        empty = {name: pd.Series([""] * len(items), dtype=object) for name in self.cells.key.columns}
        return pd.DataFrame({PART: part, ITEM: list(items), **empty})
