"""Printed item means: their names, their scale, and the cells that conventions are computed from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from kepuasan.errors import DataError, ScaleError, some
from kepuasan.given import as_mapping
from kepuasan.reproducing.cells import GIVEN, PRINTED, Cells, shares_of
from kepuasan.reproducing.printed import Printed, evened, read_printed
from kepuasan.reproducing.remarks import Figure, Remark, listed
from kepuasan.reproducing.sources import Source, from_means, named_weights
from kepuasan.scales import Scale
from kepuasan.specification import IndexSpec
from kepuasan.standards.unsur import names_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.standards.standard import Standard

__all__ = [
    "by_tariff",
    "ends_of",
    "means_source",
    "of_rule",
    "read_means",
    "require_different",
    "require_on_scale",
    "scale_notes",
    "spec_of_means",
    "unsur_of",
]

_CODE = re.compile(r"(?:u|unsur)[ _]?0*([1-9]\d?)", re.IGNORECASE)
#: one name in so many may be no element of the rule and still be taken as one more
_KNOWN = 9
#: sums of weights that are no shares; differences of floats that are none
_FAR, _NOTHING = 2.0, 1e-9
#: rows below a table that are no item and no unit
_TOTALS = ("jumlah", "total", "rata rata", "rerata", "ikm", "skm", "indeks", "index", "mean", "average", "sum", "nilai ikm", "nilai skm")


def unsur_of(names: Sequence[Any], standard: Standard) -> list[str | None]:
    """The element that each name speaks of, "" for a number of the rule that tells none, such as u9, None for what is no element."""
    found = names_of({name: [name] for name in names}, standard)
    return [found[name] if found[name] is not None else "" if _is_number(name, standard) else None for name in names]


def _is_number(name: Any, standard: Standard) -> bool:
    code = _CODE.fullmatch(str(name).strip())
    return code is not None and int(code[1]) <= len(standard.elements)


def require_different(names: Sequence[Any], what: str = "item") -> None:
    """Refuse names that occur twice, capitals and blanks apart, and the row of a total."""
    plain = [str(name).strip().casefold() for name in names]
    totals = [name for name, text in zip(names, plain, strict=True) if re.sub(r"[\W_]+", " ", text).strip() in _TOTALS]
    if totals and what != "part":
        raise DataError(f"{some(totals)} is a total or a mean, not {'an' if what == 'item' else 'a'} {what}; leave its row out")
    twice = [name for place, name in enumerate(names) if plain[place] in plain[:place]]
    if twice:
        raise DataError(f"{some(dict.fromkeys(twice))} occurs twice as {what}; give each {what} once")


def read_means(given: Any) -> dict[Any, Printed]:
    """Printed means by name.

    Raises
    ------
    DataError
        None at all; a name twice; what is no number.
    """
    means = as_mapping(given, "the source")
    require_different(list(means))
    return dict(zip(means, evened([read_printed(value, f"the mean of {name!r}") for name, value in means.items()]), strict=True))


def means_source(
    means: Mapping[Any, Printed],
    spec: IndexSpec | None,
    known: Any,
    standard: Standard,
    *,
    weights: Mapping[Any, Printed] | None = None,
    printed: Mapping[Any, Printed] | None = None,
) -> Source:
    """Printed means as a source; `weights` are those of the specification as they are printed, `printed` those of the table."""
    names = sorted(means, key=str)
    values = np.array([[means[name].value for name in names]])
    chosen, scale, optional = spec_of_means(names, spec, standard, values)
    ordered = [means[name] for name in chosen.items]
    values = np.array([[one.value for one in ordered]])
    require_on_scale(values, [f"the mean of {name!r}" for name in chosen.items], scale)
    ends = ends_of(values, np.array([one.decimals for one in ordered]), scale)
    spanned = None if weights is None else [weights[name] for name in chosen.items]
    cells = by_tariff(ends, np.ones((1, len(names))), chosen, scale, optional, standard, spanned)
    decimals, notes = max(one.decimals for one in ordered), scale_notes(names, scale, standard, spec)
    if printed is None:
        return from_means("means", cells, chosen, scale, known, decimals=decimals, notes=notes)
    as_is, same = weights_as_printed([printed[name] for name in chosen.items], cells["in"].named)
    cells["in"] = replace(cells["in"], printed=as_is, same=same)
    source = from_means("means", cells, chosen, scale, known, decimals=decimals, notes=notes)
    used = (*([GIVEN] if weights is not None else []), *([PRINTED] if as_is is not None else [same] if same is not None else []))
    return replace(source, printed_weights=used)


def scale_notes(names: Sequence[Any], scale: Scale | None, standard: Standard, spec: IndexSpec | None = None) -> list[Remark]:
    """What is to be said where no scale is known, or that of the rule is taken for a name that is no element of it."""
    unknown = [name for name, element in zip(names, unsur_of(names, standard), strict=True) if element is None]
    if not unknown or (scale is not None and spec is not None):
        return []
    values = {"names": listed(unknown), "rule": standard.name}
    if scale is None:
        return [Remark("note.no_scale", values)]
    return [Remark("note.further", {**values, "low": Figure(scale.low, 0), "high": Figure(scale.high, 0)})]


def of_rule(names: Sequence[Any], values: Floats, standard: Standard) -> bool:
    """Whether means are those of the rule: all but one in nine of their names are its elements, and none is off its scale where one is not."""
    unknown = unsur_of(names, standard).count(None)
    low, high = standard.scale
    return not unknown or (unknown * _KNOWN <= len(names) and bool(((values >= low) & (values <= high)).all()))


def spec_of_means(
    names: Sequence[Any], spec: IndexSpec | None, standard: Standard, values: Floats
) -> tuple[IndexSpec, Scale | None, NDArray[np.bool_]]:
    """The specification of items that are known by their names alone, their scale, and which of them is the tariff.

    Of means (rows, items) on the scale of the rule one name in nine may be no element of it.

    Raises
    ------
    DataError
        Items that the specification does not have, or it has besides; weights by importance items; two names of one element.
    """
    elements = unsur_of(names, standard)
    own = [one for one in elements if one]
    twice = [name for name, one in zip(names, elements, strict=True) if one and own.count(one) > 1]
    of_standard = of_rule(names, values, standard)
    if spec is not None:
        _require_items(names, spec)
    elif of_standard and twice:
        raise DataError(f"{some(twice)} are one element of {standard.name}; name each element once")
    scale = Scale(*spec.scale) if spec is not None and spec.scale is not None else Scale(*standard.scale) if of_standard else None
    if spec is None:
        spec = IndexSpec(list(names), scoring=(standard.scoring or "share-of-max") if of_standard else "raw")
    if scale is None and spec.scoring != "raw":
        raise ScaleError(f'no scale is known of the means of {some(names)}; give IndexSpec(scale=(low, high)), or scoring="raw"')
    if spec.scoring == "top-box":
        raise DataError(
            'means do not tell who gave one of the top answers; give the answers, or a spec with scoring "share-of-max", "minmax" or "raw"'
        )
    tariffs = {element.name for element in standard.elements if element.optional}
    by_name = dict(zip(names, elements, strict=True))
    optional = np.array([of_standard and by_name[item] in tariffs for item in spec.items])
    return spec, scale, optional if not optional.all() else np.zeros(len(optional), dtype=bool)


def _require_items(names: Sequence[Any], spec: IndexSpec) -> None:
    if not isinstance(spec, IndexSpec):
        raise DataError(f"spec is {type(spec).__name__}; give an IndexSpec")
    lacking, more = [item for item in spec.items if item not in names], [name for name in names if name not in spec.items]
    if lacking or more:
        what = f"the source has no mean of {some(lacking)}" if lacking else f"{some(more)} is no item of the spec"
        raise DataError(f"{what}; give the spec the items {some(names, 12)}")
    if spec.importance:
        raise DataError("means do not carry the importance items of the spec; give weights as numbers, {item: weight}, or the answers")


def require_on_scale(values: Floats, where: Sequence[str], scale: Scale | None) -> None:
    """Refuse means (rows, items) off their scale; all items at fault are named."""
    if scale is None:
        return
    wrong = ((values < scale.low) | (values > scale.high)).any(axis=0)
    if wrong.any():
        off = [
            f"{place} is {some(np.unique(column[(column < scale.low) | (column > scale.high)]))}"
            for place, column, bad in zip(where, values.T, np.atleast_1d(wrong), strict=True)
            if bad
        ]
        raise ScaleError(
            f"{'; '.join(off)}: off the scale {scale.low:g} to {scale.high:g}; "
            "correct it, or give the right scale: spec=IndexSpec(items, scale=(low, high))"
        )


def ends_of(values: Floats, decimals: int | Integers, scale: Scale | None) -> Floats:
    """Values, and the least and the largest that are printed so with their decimals, (3, ...); never off the scale."""
    half = 0.5 * 10.0 ** -np.asarray(decimals, dtype=np.float64)
    low, high = values - half, values + half
    if scale is not None:
        low, high = np.maximum(low, scale.low), np.minimum(high, scale.high)
    return np.stack([values, low, high])


def by_tariff(
    ends: Floats,
    amount: Floats,
    spec: IndexSpec,
    scale: Scale | None,
    optional: NDArray[np.bool_],
    standard: Standard,
    weights: Sequence[Printed] | None = None,
) -> dict[str, Cells]:
    """The cells with all items and, where there is a tariff, without it; weights that are printed, of one unit, are rounded too."""
    bounds = (np.nan, np.nan) if scale is None else (scale.low, scale.high)
    named = named_weights(standard, len(spec.items)) if scale is not None and scale.high > 0 else {}
    cells = {}
    for tariff, keep in (("in", np.ones(len(optional), dtype=bool)), ("out", ~optional)):
        if keep.all() and tariff == "out":
            continue
        low, high = (np.full(int(keep.sum()), bound) for bound in bounds)
        given, span = shares_of(spec.item_weights()[keep]), None
        if weights is not None and given is not None:
            span = _span_of([one for one, kept in zip(weights, keep, strict=True) if kept])
        cells[tariff] = Cells(ends[..., keep], amount[:, keep], low, high, named=named, given=given, span=span)
    return cells


def _span_of(weights: Sequence[Printed]) -> Floats:
    """Printed weights, and the least and the largest that are printed so, (3, items); whole ones are exact."""
    value = np.array([one.value for one in weights])
    half = np.array([one.half if one.decimals else 0.0 for one in weights])
    return np.stack([value, np.maximum(value - half, 0.0), value + half])


def weights_as_printed(weights: Sequence[Printed], named: Mapping[str, float]) -> tuple[Floats | None, str | None]:
    """Printed weights where using them as they are is a convention of its own, else the fixed weight that they are, if they are one.

    Weights that sum to 1 are shares already; those that sum to `_FAR` or more are percents, or numbers of some other kind.
    """
    values = np.array([one.value for one in weights])
    total = float(values.sum())
    if abs(total - 1.0) < _NOTHING or not 0 < total < _FAR:
        return None, None
    known = [name for name, weight in named.items() if bool((np.abs(values - weight) < _NOTHING).all())]
    return (None, known[0]) if known else (values, None)
