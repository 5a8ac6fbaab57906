"""A published number, tried under every named convention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from kepuasan.errors import DataError, choose
from kepuasan.reproducing.checks import class_finding, findings_table, value_findings, weights_finding
from kepuasan.reproducing.conventions import crossed
from kepuasan.reproducing.means import means_source, read_means
from kepuasan.reproducing.parts import looks_like_parts, parts_conventions, read_parts
from kepuasan.reproducing.printed import read_published
from kepuasan.reproducing.record import Kind, Reproduction
from kepuasan.reproducing.sources import Source, from_answers
from kepuasan.reproducing.tables import table_source
from kepuasan.specification import IndexSpec
from kepuasan.standards.lookup import find_standard
from kepuasan.survey import Survey
from kepuasan.tabular import as_pandas

if TYPE_CHECKING:
    from kepuasan.reproducing.checks import Finding
    from kepuasan.reproducing.dimensions import Dimension
    from kepuasan.reproducing.printed import Published
    from kepuasan.reproducing.remarks import Remark
    from kepuasan.standards.standard import Standard

__all__ = ["reproduce"]

KINDS: tuple[Kind, ...] = ("microdata", "means", "units", "parts")


def reproduce(
    source: Any,
    published: Any,
    *,
    decimals: int = 1,
    spec: IndexSpec | None = None,
    known: Mapping[str, Any] | None = None,
    kind: Literal["microdata", "means", "units", "parts"] | None = None,
    unit: Any = None,
    volume: Any = None,
    rule: str | Standard = "14/2017",
) -> Reproduction:
    """Which named conventions give a published number, which come within the rounding of the inputs, and how far each other one misses.

    Parameters
    ----------
    source : Survey, mapping, Series or DataFrame
        Answers; or printed item means by name; or a table of one row an item (``unsur, nrr``, besides ``bobot``, ``nrr_tertimbang``), of one row a
        unit with its index (``unit kerja, ikm``, besides ``jumlah responden``, ``volume``, ``mutu``), or of one row a unit with its item means
        (``u1, u2, ...``); or counts that should add up to `published`. Headers are told in Indonesian and English.
    published : number, str, or {"value": ..., "class": ...}
        The number in print. Of text such as ``"87,28"`` the decimals are those it shows; a class is checked against the value.
    decimals : int
        Digits after the decimal sign of a published number that is not text.
    spec : IndexSpec, optional
        What the index is made of. Its own choices are then the rule's. Without it the codebook's ``[index]``, else the unsur of the rule.
    known : mapping of dimension to choice or list of choices, optional
        What is known of the conventions: ``{"scoring": "share-of-max", "item_weights": ["1/9", "0.11"]}``.
    kind : {"microdata", "means", "units", "parts"}, optional
        What the source is, where that cannot be seen: numbers that are whole, one of them above 10, and all below the published one or one of them
        above 100 are parts; other whole numbers above 10 may be scores or parts, and ask for it.
    unit : column, optional
        The units of a survey or table, over which the index may have been pooled.
    volume : column, or mapping of unit to number, optional
        The volume of services of each unit.
    rule : str or Standard
        A rule of the SKM: names the unsur, the scale of answers where nothing else does, fixed item weights, and classes; see `list_standards`.

    Returns
    -------
    Reproduction

    Raises
    ------
    DataError
        A source that is empty or of no known shape; what is no number; a published number with more decimals than were said; an unknown class,
        rule, unit or volume.
    ChoiceError
        An unknown dimension or choice in `known`.
    ScaleError
        Answers or means off their scale.

    Notes
    -----
    Dimensions, the rule's own choice first: ``survey_weights`` (weighted, unweighted); ``item_weights`` (1/m; as given, over their sum; as printed
    in a table, where they do not sum to 1; stated importance; 0.1111, 0.111, 0.11 where the rule has them); ``scoring`` (share-of-max, min-max, raw
    mean, top-1-box, top-2-box); ``level`` (items, respondents); ``missing`` (available; listwise; counted as 0: a missing answer is the answer 0;
    half answered: of respondents with at least half the items); ``early_rounding`` (none; item means, weighted means or their sum to 2 or 3
    decimals; item means, then weighted means; unit values to 2), half up; ``final_rounding`` (half-up, half-even, cut off); ``tariff`` (in, out);
    ``pooling`` (respondents, units, volume). A dimension whose choices cannot differ is not crossed.

    `low` and `high` of a convention bound its values when every printed input lies up to half a unit of its last decimal lower or higher, within
    its scale: a mean printed as 3.31 was 3.305 or more, and less than 3.315. Each convention rises with its inputs, so that the ends suffice. Text
    shows its own decimals; floats have those of the one that shows most, as 3.5 beside 3.23 was 3.50. Printed weights with decimals are rounded
    too; those that are used as printed are not.

    A convention reproduces where its rounded value is the published number. It comes within rounding where another of its values, of inputs within
    their rounding, rounds to the published number by its own final rounding. After an early rounding its values lie on a grid, every point of which
    from `low` to `high` is taken to be one of them; but where rounded item means weigh differently, or units by their volume, all numbers between.
    Answers are not rounded: their conventions reproduce, or miss.

    Examples
    --------
    >>> means = {"u1": 3.31, "u2": 3.35, "u3": 3.49, "u4": 3.93, "u5": 3.45, "u6": 3.39, "u7": 3.39, "u8": 3.76, "u9": 3.35}
    >>> found = reproduce(means, "87,28")
    >>> found.reproduced, found.best["item_weights"], found.best["name"]
    (True, '1/9', '1/9, share-of-max, half-up')
    >>> reproduce({"done": 15061, "open": 7542}, 30145).findings["message"].tolist()
    ["30,145 is printed, but the parts sum to 22,603: 7,542 more; alone would explain it: 'open' counted twice"]
    """
    standard = find_standard(rule, "skm")
    source = _in_own_width(source)
    if kind is not None:
        choose("kind", kind, KINDS)
    if kind == "parts" or (kind is None and spec is None and looks_like_parts(source, published)):
        return _of_parts(source, published, decimals)
    printed = read_published(published, decimals)
    made = _source(source, printed, spec, known, standard, unit=unit, volume=volume)
    if kind is not None and made.kind != kind:
        raise DataError(f"kind is {kind!r}, but the source is of kind {made.kind!r}; {_SHAPES[kind]}")
    conventions, notes = crossed(made.dimensions, made.valued, printed, made.shown)
    own = _own_scoring(made, conventions, scored=spec is not None)
    findings = [*made.findings, *value_findings(printed, conventions, made.possible, own)]
    findings += weights_finding(printed, conventions, made.printed_weights)
    findings += class_finding(printed, printed.grade, standard) if printed.grade is not None else []
    return _record(printed, made.kind, made.dimensions, conventions, findings, (*made.notes, *notes))


def _record(
    published: Published, kind: Kind, dimensions: Sequence[Dimension], conventions: pd.DataFrame, findings: list[Finding], notes: Sequence[Remark]
) -> Reproduction:
    return Reproduction(
        published=published.value,
        decimals=published.decimals,
        kind=kind,
        dimensions=tuple(one.name for one in dimensions),
        conventions=conventions,
        findings=findings_table(findings),
        remarks=tuple(notes),
        finding_remarks=tuple(one.remark for one in findings),
    )


def _own_scoring(made: Source, conventions: pd.DataFrame, *, scored: bool) -> pd.DataFrame:
    """The conventions that score printed means as the rule or the specification does; none where neither does, or units may be pooled."""
    own = next((one.own for one in made.dimensions if one.name == "scoring"), None)
    told = made.kind == "means" and (scored or bool(np.isfinite(made.possible).all()))
    return conventions[conventions["scoring"] == own] if told else conventions.iloc[:0]


def _in_own_width(source: Any) -> Any:
    """A Series of single precision with its numbers as they are stored, so that 3.31 shows two decimals; all else as it is."""
    if isinstance(source, pd.Series) and getattr(source.dtype, "kind", "") == "f":
        return pd.Series(list(source.array), index=source.index, dtype=object)
    return source


_SHAPES = {
    "microdata": "give a Survey",
    "means": "give a mapping of items to means, or a table with a row an item",
    "units": "give a table with a row a unit",
    "parts": "give a mapping of parts to counts",
}


def _source(source: Any, published: Published, spec: IndexSpec | None, known: Any, standard: Standard, *, unit: Any, volume: Any) -> Source:
    """The source as conventions see it."""
    if isinstance(source, Survey):
        return from_answers(source, spec, known, standard, unit=unit, volume=volume)
    if hasattr(source, "columns"):
        return table_source(as_pandas(source), published, spec, known, standard, unit=unit, volume=volume)
    if isinstance(source, (Mapping, pd.Series)):
        if unit is not None or volume is not None:
            raise DataError("unit= and volume= belong to a survey or a table of units, not to item means; leave them out")
        return means_source(read_means(source), spec, known, standard)
    kinds = "a Survey, a mapping or Series of item means, or a DataFrame"
    hint = f" of shape {source.shape}" if isinstance(source, np.ndarray) else ""
    raise DataError(f"the source is {type(source).__name__}{hint}; give {kinds}")


def _of_parts(source: Any, given: Any, decimals: int) -> Reproduction:
    """The one convention of parts."""
    parts, published = read_parts(source, given, decimals)
    conventions, findings = parts_conventions(parts, published)
    return _record(published, "parts", (), conventions, findings, ())
