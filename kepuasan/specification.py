"""What an index is made of, and how rows become the scores that enter it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from kepuasan.errors import DataError, ScaleError, choose, nearest, some
from kepuasan.estimators.reading import item_names, read_items
from kepuasan.numerics.totals import divided
from kepuasan.scales import SCORINGS, Scale, Scorer, Scoring, scorer
from kepuasan.survey import require_survey

if TYPE_CHECKING:
    from kepuasan.estimators.reading import Block
    from kepuasan.numerics.totals import Floats
    from kepuasan.survey import Survey

__all__ = [
    "INDEX",
    "IndexSpec",
    "Level",
    "Missing",
    "ScoredRows",
    "Specs",
    "check_scale",
    "dimensions_of",
    "require_one_level",
    "require_scale",
    "spec_for",
    "spec_of",
]

Level = Literal["items", "respondents"]
Missing = Literal["available", "listwise"]
#: what the index is called among items and dimensions
INDEX = "index"
LEVELS: tuple[Level, ...] = ("items", "respondents")
MISSING: tuple[Missing, ...] = ("available", "listwise")


@dataclass(frozen=True)
class IndexSpec:
    """What an index is made of.

    Parameters
    ----------
    items : list of str
        The items, each on a declared scale (by the codebook, or `scale`).
    weights : "equal", {item: weight} or {item: importance_item}
        Item weights are made to sum to 1. Names of importance items stand for stated importance: items are weighted in proportion to
        its mean in each domain (level "items"), or to what each respondent stated (level "respondents").
    dimensions : {dimension: [items]}, optional
        Without it those of the codebook, where every item has one.
    scoring : {"minmax", "share-of-max", "top-box", "raw"}
        100 (x - low) / (high - low); 100 x / high; 100 for one of the `top` answers, else 0; x.
    top : int
        How many of the highest answers count, for "top-box".
    level : {"items", "respondents"}
        The index of the item means, or the mean of the respondents' indices. They differ once answers are missing.
    missing : {"available", "listwise"}
        Use the answers there are, or only respondents who answered every item.
    min_answered : float
        At level "respondents": the least share of the items (counted, not weighted) a respondent must have answered.
    scale : (low, high), optional
        Bounds of every item's scale, before those of the codebook.

    Examples
    --------
    >>> IndexSpec(["speed", "updates"], weights={"speed": 3, "updates": 1}, scale=(1, 4)).item_weights()
    array([0.75, 0.25])
    """

    items: Sequence[str]
    weights: Literal["equal"] | Mapping[str, float] | Mapping[str, str] = field(default="equal", kw_only=True)
    dimensions: Mapping[str, Sequence[str]] | None = field(default=None, kw_only=True)
    scoring: Scoring = field(default="minmax", kw_only=True)
    top: int = field(default=2, kw_only=True)
    level: Level = field(default="items", kw_only=True)
    missing: Missing = field(default="available", kw_only=True)
    min_answered: float = field(default=0.5, kw_only=True)
    scale: tuple[float, float] | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", tuple(item_names(self.items)))
        choose("scoring", self.scoring, SCORINGS)
        choose("level", self.level, LEVELS)
        choose("missing", self.missing, MISSING)
        if not isinstance(self.min_answered, (int, float)) or not 0 <= self.min_answered <= 1:
            raise DataError(f"min_answered is {self.min_answered!r}; give a share of the items between 0 and 1")
        if not isinstance(self.top, int) or self.top < 1:
            raise DataError(f"top is {self.top!r}; give the number of answers that count, 1 or more")
        if self.scale is not None:
            if len(self.scale) != 2:
                raise ScaleError(f"scale is {self.scale!r}; give its bounds (low, high)")
            Scale(*self.scale)
        self._check_weights()
        for name, members in (self.dimensions or {}).items():
            self._check_members(members, f"dimension {name!r}")

    def _check_weights(self) -> None:
        if isinstance(self.weights, str):
            if self.weights != "equal":
                raise DataError(f'weights is {self.weights!r}; give "equal", a weight for each item, or the importance item of each')
            return
        self._check_members(self.weights, "weights")
        lacking = [item for item in self.items if item not in self.weights]
        if lacking:
            raise DataError(f"weights leave out {some(lacking)}; give each item of the index one")
        kinds = {isinstance(weight, str) for weight in self.weights.values()}
        if len(kinds) > 1:
            raise DataError("weights mix numbers with importance items; give one of the two for all items")
        if kinds == {False}:
            values = np.array([self.weights[item] for item in self.items], dtype=np.float64)
            if not np.isfinite(values).all() or (values < 0).any() or values.sum() <= 0:
                raise DataError(f"weights are {some(values.tolist(), 20)}; give finite weights of 0 or more that do not all vanish")

    def _check_members(self, members: Any, where: str) -> None:
        for item in members:
            if item not in self.items:
                raise DataError(f"{where} names {item!r}, which is no item of the index{nearest(item, self.items)}")

    def _repr_html_(self) -> str:
        from kepuasan.display.html_tables import html_facts

        return html_facts({one.name: getattr(self, one.name) for one in fields(self)}, "IndexSpec")

    @property
    def importance(self) -> tuple[str, ...]:
        """The importance items, in the order of the items; none where weights are numbers."""
        if isinstance(self.weights, str) or not isinstance(next(iter(self.weights.values())), str):
            return ()
        return tuple(str(self.weights[item]) for item in self.items)

    def item_weights(self) -> Floats:
        """Weights (items,) that sum to 1, where they are numbers."""
        if isinstance(self.weights, str) or self.importance:
            return np.full(len(self.items), 1.0 / len(self.items))
        weights = np.array([float(self.weights[item]) for item in self.items])
        return np.asarray(weights / weights.sum())


#: one specification, or one for each wave
Specs: TypeAlias = IndexSpec | Mapping[Any, IndexSpec]


def require_one_level(indices: Iterable[Any]) -> None:
    """Refuse indices, or specifications, of different levels."""
    if len({one.level for one in indices}) > 1:
        raise DataError("the waves' indices are of different levels; give each IndexSpec the same level")


def spec_of(survey: Survey, spec: IndexSpec | None, wave: Any = None) -> IndexSpec:
    """The specification given, or the codebook's; where the codebooks of stacked waves differ in it, that of the wave.

    Raises
    ------
    DataError
        Where there is neither.
    """
    require_survey(survey)
    if isinstance(spec, IndexSpec):
        return spec
    if spec is not None:
        raise DataError(f"spec is {type(spec).__name__}; give an IndexSpec")
    own = {str(label): book.index for label, book in survey.wave_codebooks.items() if book.index is not None}
    if survey.codebook.index is None and str(wave) in own:
        return IndexSpec(**own[str(wave)])
    if survey.codebook.index is None and own:
        raise DataError("the codebooks of the waves have different indices; give spec={wave: IndexSpec([...])}, or look at one wave at a time")
    if survey.codebook.index is None:
        raise DataError("no spec is given and the codebook has no [index] section; give spec=IndexSpec([...])")
    return IndexSpec(**survey.codebook.index)


def spec_for(spec: Specs | None, wave: Any) -> IndexSpec | None:
    """The specification of a wave."""
    if not isinstance(spec, Mapping):
        return spec
    by_text = {str(label): one for label, one in spec.items()}
    if str(wave) not in by_text:
        raise DataError(f"spec has none for wave {wave!r}; it has those of {some(by_text)}")
    return by_text[str(wave)]


def dimensions_of(survey: Survey, spec: IndexSpec) -> Mapping[str, Sequence[str]]:
    """The items of each dimension: the specification's, or the codebook's where every item has one."""
    if spec.dimensions is not None:
        return spec.dimensions
    found = {item: survey.codebook.items[item].dimension for item in spec.items if item in survey.codebook.items}
    if len(found) < len(spec.items) or None in found.values():
        return {}
    return {str(name): [item for item in spec.items if found[item] == name] for name in dict.fromkeys(found.values())}


# ---------------------------------------------------------------- scores of a block of rows


class ScoredRows:
    """Reads rows as scored items, then importance items, then further columns whose means, n and degrees of freedom are the index's.

    At level "respondents" these are the index of each respondent over the items of each group; at level "items" a single one, 1 where any item
    was answered. ``columns`` names all, and ``groups`` holds the items of the index and of each dimension.
    """

    def __init__(self, survey: Survey, spec: IndexSpec) -> None:
        self.spec, self.importance = spec, spec.importance
        self.weights = spec.item_weights()
        scales, reverse = _scales(survey, spec)
        self.scorer: Scorer = scorer(scales, reverse, spec.scoring, top=spec.top)
        names = list(dict.fromkeys([*spec.items, *self.importance]))
        self.read: Block = read_items(survey, names)
        self.importance_place = [names.index(name) for name in self.importance]
        if spec.scale is not None:
            check_scale(survey, spec.items, Scale(*spec.scale))
        _check_importance(survey, self.importance)
        self.groups = {INDEX: tuple(spec.items), **dimensions_of(survey, spec)}
        self.members = np.array([[item in group for item in spec.items] for group in self.groups.values()])
        last = list(self.groups) if spec.level == "respondents" else [INDEX]
        self.columns = [*spec.items, *(f"importance of {item}" for item in self.importance), *last]

    def __call__(self, start: int, stop: int) -> Floats:
        """Give the block of rows start..stop."""
        answers = self.read(start, stop)
        k = len(self.spec.items)
        scores, importance = self.scorer(answers[:, :k]), answers[:, self.importance_place]
        if self.spec.missing == "listwise":
            lacking = np.isnan(scores).any(axis=1) | np.isnan(importance).any(axis=1)
            scores[lacking], importance[lacking] = np.nan, np.nan
        if self.spec.level == "items":
            return np.column_stack([scores, importance, np.where(np.isnan(scores).all(axis=1), np.nan, 1.0)])
        return np.column_stack([scores, importance, self._respondents(scores, importance)])

    def _respondents(self, scores: Floats, importance: Floats) -> Floats:
        """The index of each respondent over each group of items, (rows, groups); NaN for those who answered too little."""
        weights = importance if self.importance else np.broadcast_to(self.weights, scores.shape)
        answered = ~(np.isnan(scores) | np.isnan(weights))
        share, member = np.where(answered, weights, 0.0), self.members.T.astype(np.float64)
        index = divided((share * np.where(answered, scores, 0.0)) @ member, share @ member)
        count = answered @ member
        return np.where((count > 0) & (count >= self.spec.min_answered * member.sum(axis=0) - 1e-9), index, np.nan)


def _scales(survey: Survey, spec: IndexSpec) -> tuple[list[Scale | None], list[bool]]:
    """The scale of each item and whether it is reversed; the specification's bounds come before the codebook's."""
    book = survey.codebook
    scales = [Scale(*spec.scale) if spec.scale is not None else book.scale_of(item) if item in book.items else None for item in spec.items]
    reverse = [item in book.items and book.items[item].reverse for item in spec.items]
    bare = [item for item, scale, back in zip(spec.items, scales, reverse, strict=True) if scale is None and (spec.scoring != "raw" or back)]
    if bare:
        raise ScaleError(f"no scale is declared for {some(bare, 12)}; give IndexSpec(scale=(low, high)), or each item a scale in the codebook")
    return scales, reverse


def check_scale(survey: Survey, items: Sequence[str], scale: Scale) -> None:
    """Refuse answers off the bounds that a specification gives, among rows of the domain; every item at fault is named."""
    faults = []
    for item in items:
        values = survey.numbers(item)
        if survey.domain is not None:
            values = np.where(survey.domain, values, np.nan)
        if np.fmin.reduce(values) < scale.low or np.fmax.reduce(values) > scale.high:
            rows = np.flatnonzero(scale.off(values))
            faults.append(f"{item!r}: {some(np.unique(values[rows]))} in {rows.size} rows ({some(survey.frame.index[rows])})")
    if faults:
        raise ScaleError(
            f"answers off the scale {scale.low:g} to {scale.high:g}:\n  "
            + "\n  ".join(faults)
            + "\nCorrect them, declare them missing, or give the right scale"
        )


def require_scale(survey: Survey, items: Sequence[Any], *, lows: Collection[float], highs: Collection[float], where: str) -> None:
    """Refuse items that are declared on a scale with other ends than these, and items that are yes or no.

    Raises
    ------
    ScaleError
        With the items, their scales, and where others are asked for.
    """
    from pandas.api.types import is_bool_dtype

    survey.require(items)
    yes_no = [item for item in items if is_bool_dtype(survey.frame[item].dtype)]
    wanted = f"{' or '.join(f'{low:g}' for low in lows)} to {' or '.join(f'{high:g}' for high in highs)}"
    if yes_no:
        raise ScaleError(f"{some(yes_no)} is yes or no; {where} takes answers from {wanted}")
    declared = {item: survey.codebook.scale_of(item) for item in items if item in survey.codebook.items}
    wrong = [
        f"{item!r} ({scale.low:g} to {scale.high:g})" for item, scale in declared.items() if scale and not (scale.low in lows and scale.high in highs)
    ]
    if wrong:
        raise ScaleError(
            f"{', '.join(wrong)}: declared on another scale than {wanted}, which {where} takes; answers on another scale are not comparable "
            "and are not converted"
        )


def _check_importance(survey: Survey, names: Sequence[str]) -> None:
    for name in names:
        negative = survey.numbers(name) < 0
        rows = np.flatnonzero(negative if survey.domain is None else negative & survey.domain)
        if rows.size:
            raise DataError(
                f"the importance item {name!r} is negative in {rows.size} rows ({some(survey.frame.index[rows])}); importance is 0 or more"
            )
