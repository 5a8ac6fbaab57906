"""Numbers of a table that follow from others of it: weighted means, the index of a unit, and rows of totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kepuasan.errors import some
from kepuasan.reproducing.cells import GIVEN, Cells, Recipe
from kepuasan.reproducing.checks import Finding, class_finding, class_of, digit_apart, figure
from kepuasan.reproducing.dimensions import MIN_MAX, RAW, SHARE
from kepuasan.reproducing.printed import Printed, printed_or_none
from kepuasan.reproducing.remarks import Figure, Remark
from kepuasan.reproducing.sources import named_weights

if TYPE_CHECKING:
    from kepuasan.numerics.totals import Floats
    from kepuasan.reproducing.printed import Published
    from kepuasan.reproducing.tables import Columns
    from kepuasan.specification import IndexSpec
    from kepuasan.standards.standard import Standard

__all__ = ["Span", "Total", "Weights", "class_totals", "item_totals", "recomputed", "unit_totals", "weighted_findings", "weights_in_use"]

#: differences of floats that are none
_NOTHING = 1e-9
#: decimals beyond those printed that a number found is told with
_FINER = 2


class Span(NamedTuple):
    """A number, and the least and the largest that its rounding allows."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, numbers: Sequence[Printed], *, cut: bool = False) -> Span:
        """Numbers added up; `cut` says that their last decimals may have been cut off."""
        total, half = sum(one.value for one in numbers), sum(one.half for one in numbers)
        return cls(total, total - half, total + half * (2 if cut else 1))

    def times(self, factor: float) -> Span:
        """The number times a factor above 0."""
        return Span(*(factor * one for one in self))

    def holds(self, printed: Printed) -> bool:
        """Whether what is printed so may be this number, rounded or cut off."""
        return self.low < printed.value + 2 * printed.half + _NOTHING and self.high > printed.value - printed.half - _NOTHING


class Total(NamedTuple):
    """A row below the others: what it holds by its name, how it is named, and the row itself."""

    kind: str
    told: Remark | str
    row: Columns

    @property
    def quoted(self) -> Remark | str:
        """Its name, as sentences have it."""
        return self.told if isinstance(self.told, Remark) else repr(self.told)


@dataclass(frozen=True)
class Weights:
    """Weights of items as they may have been in use: how they are told, and the span of each."""

    told: Mapping[Any, Figure | str]
    span: Mapping[Any, Span]


def weights_in_use(items: Sequence[Any], spec: IndexSpec | None, printed: Mapping[Any, Printed] | None, standard: Standard) -> list[Weights]:
    """The weights that a table prints where they differ, else those of the specification, else one over the items and those of the rule."""
    given = [] if printed is None else _printed_weights(printed)
    if printed is not None and len({one.value for one in printed.values()}) > 1:
        return given
    if spec is not None and spec.weights != "equal":
        return [_weights(dict(zip(spec.items, spec.item_weights().tolist(), strict=True)))]
    count = len(items)
    equal: dict[Figure | str, float] = {f"1/{count}": 1.0 / count}
    equal |= {Figure(weight, len(name.partition(".")[2])): weight for name, weight in named_weights(standard, count).items()}
    return [*(Weights(dict.fromkeys(items, told), dict.fromkeys(items, Span(one, one, one))) for told, one in equal.items()), *given]


def _printed_weights(printed: Mapping[Any, Printed]) -> list[Weights]:
    """Weights as they are printed, and over their sum where that is not 1."""
    span = {item: Span(one.value, one.value - one.half, one.value + one.half) for item, one in printed.items()}
    as_printed = Weights({item: figure(one) for item, one in printed.items()}, span)
    total = sum(one.value for one in printed.values())
    if total <= 0 or abs(total - 1.0) < _NOTHING:
        return [as_printed]
    shares = _weights({item: one.value for item, one in printed.items()}).told
    return [as_printed, Weights(shares, {item: one.times(1 / total) for item, one in span.items()})]


def _weights(weights: Mapping[Any, float]) -> Weights:
    """Weights that are not printed, over their sum."""
    total = sum(weights.values())
    shares = {item: one / total for item, one in weights.items()}
    return Weights({item: Figure(one, 4) for item, one in shares.items()}, {item: Span(one, one, one) for item, one in shares.items()})


# ---------------------------------------------------------------- weighted means


def weighted_findings(
    means: Mapping[Any, Printed], weighted: Mapping[Any, Printed], used: Sequence[Weights], published: Published, top: float
) -> list[Finding]:
    """Whether printed weighted means are the means times a weight, and whether their sum is the published index; both may be cut off."""
    fitting = [{item: _product(means[item], weights.span[item]).holds(one) for item, one in weighted.items()} for weights in used]
    best = int(np.argmax([sum(fits.values()) for fits in fitting]))
    findings = []
    for item, fits in fitting[best].items():
        if not fits:
            found, printed = means[item].value * used[best].span[item].value, weighted[item]
            values = {"printed": figure(printed), "item": some([item]), "weight": used[best].told[item]}
            remark = Remark("check.weighted", {**values, "found": Figure(found, printed.decimals + _FINER)})
            findings.append(Finding("weighted means", printed.value, found, printed.value - found, remark))
    total = Span.of(list(weighted.values()), cut=True)
    index = total.times(top)
    if not index.holds(published):
        slip = digit_apart(float(f"{index.value:.{published.decimals}f}"), published.value, published.decimals)
        decimals = max(one.decimals for one in weighted.values())
        values = {"total": Figure(total.value, decimals), "found": Figure(index.value, published.decimals), "printed": figure(published)}
        remark = Remark("check.weighted.sum", {**values, "digit": Remark("check.digit") if slip else ""})
        findings.append(Finding("sum of weighted means", published.value, index.value, published.value - index.value, remark))
    return findings


def _product(mean: Printed, weight: Span) -> Span:
    return Span(mean.value * weight.value, (mean.value - mean.half) * max(weight.low, 0.0), (mean.value + mean.half) * weight.high)


# ---------------------------------------------------------------- indices of units


def recomputed(names: Sequence[Any], printed: Sequence[Printed], cells: Cells, spec: IndexSpec) -> list[Finding]:
    """Units whose printed index no weights of the items make of their printed means."""
    scoring = {"minmax": MIN_MAX, "raw": RAW}.get(spec.scoring, SHARE)
    own = "equal" if spec.weights == "equal" else GIVEN
    ends = [cells.index(Recipe(item_weights=one, scoring=scoring)) for one in (own, *(cells.named if scoring == SHARE else ()))]
    low, high = np.min([one[1] for one in ends], axis=0), np.max([one[2] for one in ends], axis=0)
    findings = []
    for row, one in enumerate(printed):
        found = float(ends[0][0, row])
        if not Span(found, float(low[row]), float(high[row])).holds(one):
            bounds = {name: Figure(float(bound[row]), max(one.decimals, _FINER)) for name, bound in (("low", low), ("high", high))}
            remark = Remark("check.unit.index", {"unit": some([names[row]]), "printed": figure(one), **bounds})
            findings.append(Finding("unit index", one.value, found, one.value - found, remark))
    return findings


# ---------------------------------------------------------------- rows of totals


def item_totals(total: Total, columns: Mapping[str, Mapping[Any, Printed]], used: Sequence[Weights], top: float) -> Iterator[Finding]:
    """Whether the numbers in a row below a table of items are what its items make: sums, means, weighted sums or the index."""
    means, weighted = columns["mean"], columns["weighted"]
    sums = [_weighted_sum(means, weights) for weights in used]
    sums += [Span.of(list(weighted.values()), cut=True)] if weighted else []
    index = [one.times(top) for one in sums]
    for role, numbers in columns.items():
        if not numbers or total.kind == "class":
            continue
        own = Span.of(list(numbers.values()), cut=True)
        others = [] if role == "weight" else [*sums, *index]
        yield from _unlike(total, total.row.role[role], [own, own.times(1 / len(numbers)), *others])


def _weighted_sum(means: Mapping[Any, Printed], weights: Weights) -> Span:
    products = [_product(mean, weights.span[item]) for item, mean in means.items()]
    return Span(*(sum(ends) for ends in zip(*products, strict=True)))


def unit_totals(total: Total, units: Columns, sizes: Floats | None, volumes: Floats | None) -> Iterator[Finding]:
    """Whether the numbers in a row below a table of units are what its units make: sums of counts, and means of any pooling."""
    row = total.row
    for role, values in (("n", sizes), ("volume", volumes)):
        if values is not None and role in row.role and total.kind != "class":
            whole = float(values.sum())
            yield from _unlike(total, row.role[role], [Span(one, one, one) for one in (whole, whole / len(values))], counts=row.count_sign(role))
    for name in [*([row.role["index"]] if "index" in row.role else []), *units.unsur]:
        numbers = units.numbers(name)
        ends = np.array([[one.value, one.value - one.half, one.value + one.half] for one in numbers])
        pooled = [Span(*np.average(ends, axis=0, weights=size)) for size in (None, sizes, volumes) if size is None or size.sum() > 0]
        unknown = [] if sizes is not None or total.kind == "mean" else [Span(pooled[0].value, float(ends[:, 1].min()), float(ends[:, 2].max()))]
        yield from _unlike(total, name, [*pooled, Span.of(numbers), *unknown])


def class_totals(totals: Sequence[Total], role: str, published: Published | None, standard: Standard) -> Iterator[Finding]:
    """Whether the class in a row of totals is that of the index in it, in the row of the index, or of the published number."""
    if standard.classes is None:
        return
    low, high = standard.classes.range
    values = [cell if cell is not None and low <= cell.value <= high else None for cell in (_cell(total, role) for total in totals)]
    below = next((value for value in values if value is not None), published)
    for total, own in zip(totals, values, strict=True):
        value = below if total.kind == "class" else own
        cells = total.row.table.iloc[0] if total.kind == "class" else total.row.column("class") if "class" in total.row.role else []
        grades = [cell for cell in cells if isinstance(cell, str) and class_of(cell, standard) is not None]
        if value is not None and grades:
            for finding in class_finding(value, grades[0], standard):
                yield replace(finding, remark=Remark("check.unit", {"unit": total.quoted, "finding": finding.remark}))


def _cell(total: Total, role: str) -> Printed | None:
    """The number that a row of totals has in the column of a role."""
    row = total.row
    return printed_or_none(row.table[row.role[role]].array[0], sign=row.sign) if role in row.role else None


def _unlike(total: Total, column: Any, spans: Sequence[Span], *, counts: str | None = None) -> Iterator[Finding]:
    """The number of a row of totals in a column, where it is none of these."""
    printed = printed_or_none(total.row.table[column].array[0], counts=counts is not None, sign=counts or "")
    if printed is None or any(span.holds(printed) for span in spans):
        return
    near = min(spans, key=lambda span: abs(span.value - printed.value))
    values = {"row": total.quoted, "printed": figure(printed), "column": some([column])}
    remark = Remark("check.total", {**values, "found": Figure(near.value, printed.decimals if counts is not None else printed.decimals + _FINER)})
    yield Finding("total row", printed.value, near.value, printed.value - near.value, remark)
