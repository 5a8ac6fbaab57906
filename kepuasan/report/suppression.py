"""Which numbers a report shows: none of too few answers, and none from which a hidden one follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from kepuasan.columns import spelled

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from kepuasan.report.request import Suppression
    from kepuasan.report.voice import Voice

__all__ = [
    "COMPLEMENT",
    "DISCLOSURE",
    "MARKS",
    "PUBLICATION",
    "SHOWN",
    "SIDES",
    "Hiding",
    "blanked",
    "for_waves",
    "group_key",
    "marked",
    "notes_of",
    "suppressed",
]

#: why a row is not shown, and that it is
SHOWN, PUBLICATION, DISCLOSURE, COMPLEMENT = "", "publication", "disclosure", "complement"
#: what stands behind the name of a row that is not shown
MARKS = {SHOWN: "", PUBLICATION: "*", DISCLOSURE: "**", COMPLEMENT: "***"}
#: the column of a tidy frame that says why
COLUMN = "suppressed"
#: the two rows that a group and all others are
SIDES = ("group", "others")
#: counts of respondents, which "publication" leaves; the level of limits, which tells nothing
_COUNTS, _LEVEL = ("n", "n_eff"), "level"
#: types that can be empty, of those that cannot
_NULLABLE: dict[str, Any] = {"i": "Int64", "u": "UInt64", "b": "boolean"}


def suppressed(n: Any, rule: Suppression, *, within: Any = None, total: bool = True) -> NDArray[np.object_]:
    """Why each row is not shown: "", "publication", "disclosure" or "complement".

    Parameters
    ----------
    n : array (rows,)
        Answers of each row, unweighted. What is not known counts as 0.
    rule : Suppression
    within : array (rows,), optional
        What rows add up to a total together, such as the codes of a wave; without it all do.
    total : bool
        Whether that total is shown somewhere, so that a single hidden row would follow from the others.

    Notes
    -----
    Where rows of a total are hidden for disclosure, the smallest row that still shows its n is hidden with them as long as

    * a single row is hidden, whose n is the total less the others;
    * the hidden rows have fewer answers together than the bound of disclosure; or
    * the marks leave an n only one value: two rows below 10 that have 18 answers together have 9 each.

    Rows that are not published for their n alone show that n, so they may serve.

    Examples
    --------
    >>> from kepuasan.report.request import Suppression
    >>> suppressed([120, 41, 24, 6], Suppression()).tolist()
    ['', '', 'complement', 'disclosure']
    >>> suppressed([120, 41, 24, 6], Suppression(), total=False).tolist()
    ['', '', 'publication', 'disclosure']
    """
    count = np.nan_to_num(np.asarray(n, dtype=np.float64).ravel(), nan=0.0)
    why = np.full(len(count), SHOWN, dtype=object)
    why[count < rule.publication] = PUBLICATION
    why[count < rule.disclosure] = DISCLOSURE
    if total and (why == DISCLOSURE).any():
        groups = np.zeros(len(count), dtype=np.intp) if within is None else _codes(within)
        for group in np.unique(groups[why == DISCLOSURE]):
            rows = np.flatnonzero(groups == group)
            why[rows] = _complemented(count[rows], why[rows], rule.disclosure)
    return why


def for_waves(rule: Suppression) -> Suppression:
    """The rule for whole waves: their n is shown, as fieldwork and the rows at each step tell it, so that none is hidden for disclosure.

    Examples
    --------
    >>> from kepuasan.report.request import Suppression
    >>> suppressed([120, 8], for_waves(Suppression()), total=False).tolist()
    ['', 'publication']
    """
    return replace(rule, publication=max(rule.publication, rule.disclosure), disclosure=0)


@dataclass(frozen=True)
class Hiding:
    """Why rows of the tables by column and by group are not shown: for what they hold, or for what they tell of other tables.

    ``linked``: by wave, and column or `group_key`, the codes that are hidden since a row of another table would follow from them.
    """

    rule: Suppression
    linked: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def why(self, n: Any, codes: Iterable[Any], *, wave: str, of: str) -> NDArray[np.object_]:
        """`suppressed` of the rows of one total, and "complement" where other tables ask for it.

        Examples
        --------
        >>> from kepuasan.report.request import Suppression
        >>> hiding = Hiding(Suppression(), {("2022", "sex"): frozenset({"L"})})
        >>> [hiding.why([60, 70], ["L", "P"], wave=wave, of="sex").tolist() for wave in ("2022", "2023")]
        [['complement', ''], ['', '']]
        """
        why = suppressed(n, self.rule)
        linked = self.linked.get((wave, of), frozenset())
        told = np.array([spelled(code) in linked for code in codes], dtype=bool)
        why[told & (why != DISCLOSURE)] = COMPLEMENT
        return why


def group_key(where: str) -> str:
    """What the two rows of a group are of, as a column is what the rows of its table are of."""
    return f"where {where}"


def _codes(within: Any) -> NDArray[np.intp]:
    """A code for each value, numbers and texts alike."""
    values = [str(value) for value in np.asarray(within, dtype=object).ravel()]
    return np.unique(np.array(values, dtype=object).astype(str), return_inverse=True)[1].ravel()


def _complemented(n: NDArray[np.float64], why: NDArray[np.object_], bound: int) -> NDArray[np.object_]:
    """The rows of one total, of which some are hidden for disclosure, with as many more hidden as it takes."""
    why = why.copy()
    for row in np.argsort(n, kind="stable"):
        if not _follows(n, why, bound):
            break
        if why[row] != DISCLOSURE:
            why[row] = COMPLEMENT
    return why


def _follows(n: NDArray[np.float64], why: NDArray[np.object_], bound: int) -> bool:
    """Whether the n of a hidden row follows from the total, the rows that show theirs, and the marks."""
    few, hidden = why == DISCLOSURE, (why == DISCLOSURE) | (why == COMPLEMENT)
    together = n[hidden].sum()
    if hidden.sum() == 1 or together < bound:
        return True
    low = np.where(few, 0.0, bound)[hidden]
    high = np.where(few, bound - 1.0, np.minimum(n[~hidden].min(initial=together), together))[hidden]
    at_least = np.maximum(low, together - (high.sum() - high))
    at_most = np.minimum(high, together - (low.sum() - low))
    return bool((at_most - at_least < 1.0).any())


def blanked(frame: pd.DataFrame, why: Sequence[str] | NDArray[np.object_], *, keys: Iterable[str] | None = None) -> pd.DataFrame:
    """The tidy frame of a table with a column ``suppressed`` and empty numbers in the rows that are not shown.

    Parameters
    ----------
    frame : DataFrame
    why : array (rows,)
        From `suppressed`.
    keys : list of str, optional
        Columns that say what a row is of, and so stay. Without it those left of ``estimate``, or, where there is none, all that hold no numbers.

    Returns
    -------
    DataFrame
        Texts and keys stay. ``n``, ``n_eff`` and columns whose names begin with ``n_`` stay in rows that are not published for their n alone.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"region": [11, 12], "estimate": [70.5, 81.0], "n": [25, 8]})
    >>> blanked(table, ["publication", "disclosure"]).isna().to_dict("list")
    {'region': [False, False], 'estimate': [True, True], 'n': [False, True], 'suppressed': [False, False]}
    """
    reason = np.asarray(why, dtype=object)
    columns = list(frame.columns)
    left = columns[: columns.index("estimate")] if "estimate" in columns else []
    kept = {*(left if keys is None else keys), _LEVEL}
    made = frame.copy()
    for name in columns:
        if name in kept or made[name].dtype.kind not in "biufc":
            continue
        count = name in _COUNTS or str(name).startswith("n_")
        hidden = np.isin(reason, (DISCLOSURE, COMPLEMENT)) if count else reason != SHOWN
        if hidden.any():
            nullable = _NULLABLE.get(str(made[name].dtype.kind))
            made[name] = (made[name].astype(nullable) if nullable else made[name]).mask(hidden)
    made[COLUMN] = reason
    return made


def marked(name: str, why: str) -> str:
    """The name of a row with the mark of why it is not shown.

    Examples
    --------
    >>> marked("Papua", "disclosure"), marked("Bali", "")
    ('Papua**', 'Bali')
    """
    return f"{name}{MARKS[why]}"


def notes_of(why: Iterable[str], rule: Suppression, voice: Voice) -> tuple[str, ...]:
    """The sentences below a table that explain its marks; none where every row is shown."""
    there = set(why)
    counts = {"publication": voice.whole(rule.publication), "disclosure": voice.whole(rule.disclosure)}
    return tuple(voice.say(f"suppressed.{one}", mark=mark, **counts) for one, mark in MARKS.items() if one and one in there)
