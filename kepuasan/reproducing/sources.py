"""What each kind of source offers: the dimensions of its conventions, and the value that a choice in each of them makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from kepuasan.errors import ScaleError
from kepuasan.reproducing.answers import AVAILABLE, HALF, LISTWISE, ZERO, Answers, asked_of, read_units
from kepuasan.reproducing.cells import GIVEN, PRINTED, STATED, Cells, Reach, Recipe, spread_over_units
from kepuasan.reproducing.conventions import FINAL
from kepuasan.reproducing.dimensions import EARLY, HALF_UP, MIN_MAX, NO_EARLY, RAW, ROUNDINGS, SHARE, Dimension, fixed, top_box
from kepuasan.reproducing.remarks import Remark

if TYPE_CHECKING:
    from kepuasan.numerics.totals import Floats
    from kepuasan.reproducing.checks import Finding
    from kepuasan.reproducing.conventions import Shown, Valued
    from kepuasan.reproducing.record import Kind
    from kepuasan.scales import Scale
    from kepuasan.specification import IndexSpec
    from kepuasan.standards.standard import Standard
    from kepuasan.survey import Survey

__all__ = ["Source", "early_of", "final_of", "from_answers", "from_means", "from_units", "named_weights"]

_SCORINGS = {"share-of-max": SHARE, "minmax": MIN_MAX, "raw": RAW}
POOLING = ("respondents", "units", "volume")


@dataclass(frozen=True)
class Source:
    """A source as conventions see it.

    ``possible`` is the range of the index by its own scoring; ``findings`` are inconsistencies within the source.
    """

    kind: Kind
    dimensions: tuple[Dimension, ...]
    valued: Valued
    shown: Shown = dict
    possible: tuple[float, float] = (float("-inf"), float("inf"))
    notes: tuple[Remark, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    #: the choices of item weights that are those of a printed column
    printed_weights: tuple[str, ...] = ()


def named_weights(standard: Standard, items: int) -> dict[str, float]:
    """The fixed weights of an item that a rule knows, where the items are as many as its own."""
    if len(standard.elements) != items:
        return {}
    return {name: float(weight) for name, weight in standard.weights.items() if weight is not None}


def final_of() -> Dimension:
    """How the value is rounded at last."""
    return Dimension.of(FINAL, ROUNDINGS, HALF_UP)


def _pooling_of(choices: Sequence[str], units: int) -> Dimension:
    """How units are pooled; of one unit it makes no difference."""
    dimension = Dimension("pooling", tuple(choices), POOLING[0])
    return dimension if units > 1 else replace(dimension, own=choices[0]).settled()


def early_of(*, units: bool, decimals: int | None = None) -> Dimension:
    """What is rounded before; item means that show so few decimals already are left out."""
    kept = [name for name, one in EARLY.items() if (units or one.units is None) and not _shown_already(one.items, decimals)]
    return Dimension.of("early_rounding", kept, NO_EARLY)


def _shown_already(to: int | None, decimals: int | None) -> bool:
    """Whether item means that show so many decimals are rounded to as many or more."""
    return to is not None and decimals is not None and to >= decimals


def item_weights_of(
    spec: IndexSpec | None, named: Mapping[str, float], counts: Sequence[int], *, printed: bool = False, same: str | None = None
) -> Dimension:
    """Weights of the items: equal ones, those that are specified or stated, those of a table as they are, and the fixed ones of the rule.

    Where those of a table are a fixed one of the rule, `same` is its name.
    """
    own = "equal" if spec is None or spec.weights == "equal" else STATED if spec.importance else GIVEN
    choices = ["equal", *([own] if own != "equal" else []), *([PRINTED] if printed else []), *named]
    known = {} if same is None else {PRINTED: same}
    return Dimension.of("item_weights", choices, own, exact="equal", **known, **{f"1/{count}": "equal" for count in counts})


def scoring_of(spec: IndexSpec, scales: Sequence[Scale], *, boxes: bool = True) -> tuple[Dimension, dict[str, int]]:
    """The ways of scoring that the scales allow, and how many answers each top box counts."""
    if spec.scoring == "top-box":
        for scale in scales:
            scale.floor_of_top(spec.top)
    least = min(_answers_on(scale) for scale in scales)
    tops = {top_box(top): top for top in sorted({1, 2, spec.top}) if top < least} if boxes else {}
    share = [SHARE] if all(scale.high > 0 for scale in scales) else []
    if spec.scoring == "share-of-max" and not share:
        raise ScaleError("a share of the maximum needs a scale whose highest answer is above 0; choose another scoring")
    own = top_box(spec.top) if spec.scoring == "top-box" else _SCORINGS[spec.scoring]
    return Dimension.of("scoring", [*share, MIN_MAX, RAW, *tops], own, **{"top-box": top_box(spec.top)}), tops


def _answers_on(scale: Scale) -> int:
    return len(scale.codes) if scale.codes is not None else int(np.floor(scale.high - scale.low + 0.5)) + 1


def possible_of(scoring: str, lows: Floats, highs: Floats) -> tuple[float, float]:
    """The range of an index of items on these scales."""
    if scoring == RAW:
        return (-np.inf, np.inf) if np.isnan(lows).all() else (float(lows.min()), float(highs.max()))
    return (float(np.min(100.0 * lows / highs)), 100.0) if scoring == SHARE else (0.0, 100.0)


# ---------------------------------------------------------------- microdata


def from_answers(survey: Survey, spec: IndexSpec | None, known: Any, standard: Standard, *, unit: Any, volume: Any) -> Source:
    """Answers of respondents."""
    chosen, scales, optional, notes = asked_of(survey, spec, standard)
    units = read_units(survey, unit, volume)
    scoring, tops = scoring_of(chosen, scales)
    named = named_weights(standard, len(chosen.items)) if SHARE in scoring.choices else {}
    answers = Answers(survey, chosen, scales, units, tops, named, optional)
    counts = [len(chosen.items), len(chosen.items) - sum(optional)]
    dimensions = [
        _survey_weights(answers),
        item_weights_of(chosen, named, counts),
        scoring,
        *_level_and_missing(answers),
        early_of(units=units.count > 1),
        final_of(),
        *([Dimension.of("tariff", ("in", "out"))] if any(optional) else []),
        *([_pooling_of(POOLING if volume is not None else POOLING[:2], units.count)] if unit is not None else []),
    ]
    one_scale = len({(scale.low, scale.high) for scale in scales}) == 1

    def valued(choice: Mapping[str, str]) -> Reach | None:
        recipe = Recipe(**choice)
        if not recipe.applies(one_scale=one_scale, named=named):
            return None
        return answers.cells(recipe.survey_weights, recipe.missing, recipe.tariff).reach(recipe, units.volume)

    lows, highs = (np.array([getattr(scale, end) for scale in scales]) for end in ("low", "high"))
    remarks = (*notes, *answers.empty_units())
    return Source("microdata", fixed(dimensions, known), valued, shown_by(counts), possible_of(scoring.own, lows, highs), remarks)


def _survey_weights(answers: Answers) -> Dimension:
    dimension = Dimension.of("survey_weights", ("weighted", "unweighted"))
    return dimension if answers.weighted else dimension.settled(Remark("note.equal_weights"))


def _level_and_missing(answers: Answers) -> tuple[Dimension, Dimension]:
    """Level and missing rule, which make no difference where every answer is there."""
    spec = answers.spec
    rules = [AVAILABLE, LISTWISE, ZERO, HALF]
    own = LISTWISE if spec.missing == "listwise" else AVAILABLE
    if spec.missing == "available" and spec.level == "respondents" and spec.min_answered > 0:
        own = {0.5: HALF, 1.0: LISTWISE}.get(float(spec.min_answered), f"{100 * spec.min_answered:.15g} % answered")
    level = Dimension.of("level", ("items", "respondents"), spec.level)
    if answers.missing:
        return level, Dimension.of("missing", rules, own)
    if not spec.importance:
        level = Dimension.of("level", ("items", "respondents")).settled()
    return level, Dimension.of("missing", rules).settled(Remark("note.none_missing.stated" if spec.importance else "note.none_missing"))


def shown_by(counts: Sequence[int]) -> Shown:
    """Choices as tables name them: equal weights by their number, of all items or of those without the tariff."""

    def shown(choice: Mapping[str, str]) -> Mapping[str, str]:
        if choice["item_weights"] != "equal":
            return choice
        return {**choice, "item_weights": f"1/{counts[choice.get('tariff') == 'out']}"}

    return shown


# ---------------------------------------------------------------- printed means, of one unit or several


def from_means(
    kind: Kind,
    cells: Mapping[str, Cells],
    spec: IndexSpec,
    scale: Scale | None,
    known: Any,
    *,
    decimals: int,
    pooling: Sequence[str] = (),
    volume: Floats | None = None,
    notes: Sequence[Remark] = (),
) -> Source:
    """Printed item means; `cells` by tariff in or out; `decimals` are the most that one of the means shows."""
    first, counts = cells["in"], [one.means.shape[-1] for one in cells.values()]
    scoring = Dimension.of("scoring", (RAW,), RAW) if scale is None else scoring_of(spec, [scale], boxes=False)[0]
    dimensions = [
        item_weights_of(spec, first.named, counts, printed=first.printed is not None, same=first.same),
        scoring,
        early_of(units=len(pooling) > 0 and len(first.amount) > 1, decimals=None if "respondents" in pooling else decimals),
        final_of(),
        *([Dimension.of("tariff", ("in", "out"))] if len(cells) > 1 else []),
        *([_pooling_of(pooling, len(first.amount))] if pooling else []),
    ]

    def valued(choice: Mapping[str, str]) -> Reach | None:
        recipe = Recipe(**choice)
        if not recipe.applies(one_scale=True, named=first.named):
            return None
        if recipe.pooling != "respondents" and _shown_already(recipe.early.items, decimals):
            return None
        return cells[recipe.tariff].reach(recipe, volume)

    return Source(kind, fixed(dimensions, known), valued, shown_by(counts), possible_of(scoring.own, first.low, first.high), tuple(notes))


def from_units(values: Floats, sizes: Floats | None, volume: Floats | None, known: Any) -> Source:
    """Printed indices of units (3, units), pooled by their respondents, alike or by volume."""
    kept = [name for name, there in zip(POOLING, (sizes is not None, True, volume is not None), strict=True) if there]
    size = {"respondents": sizes, "units": None, "volume": volume}

    def valued(choice: Mapping[str, str]) -> Reach:
        return Reach.of(spread_over_units(values, size[choice["pooling"]]), True)

    dimensions = (_pooling_of(kept, values.shape[-1]), final_of())
    note = () if sizes is not None or values.shape[-1] == 1 else (Remark("note.no_sizes"),)
    return Source("units", fixed(dimensions, known), valued, possible=(float(values[1].min()), float(values[2].max())), notes=note)
