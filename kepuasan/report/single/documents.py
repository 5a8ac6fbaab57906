"""Results that are not a whole report, put together as one: their tables, their figures, nothing added."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kepuasan.display.numbers import MINUS
from kepuasan.errors import DataError, DataWarning, KepuasanError, some
from kepuasan.report.cleaning import cleaned
from kepuasan.report.document import Document, Paragraph, Picture, Section
from kepuasan.report.findings import ResultTree
from kepuasan.report.single.tables import Spoken, free_table, keyed_table
from kepuasan.report.voice import Voice

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from kepuasan.report.document import Block

__all__ = ["document_of"]

#: rows of a table; more are rows of persons, or no table to read
_MOST_ROWS = 5_000
#: rows that a figure of estimates shows
_MOST_DRAWN = 80
#: decimals of an index that is published
_IKM = 2
#: what is taken, in the order of messages
TAKEN = "Index, Estimates, Change, Drivers, Crosstab, Regression, Rating, SKM, Reproduction or a tidy table"


def document_of(results: Any, language: str) -> Document:
    """A report of a result, of several, or of several under headings.

    Raises
    ------
    DataError
        What is none of those that are taken, and where it stands; no results; a table of too many rows.
    """
    named = _named(results)
    if not named:
        raise DataError(f"there are no results; give {TAKEN}, a list of them, or a mapping of headings to them")
    voice = Voice(language, 1, MINUS)
    made = [_Loose(result, place, voice) for place, (_, result) in enumerate(named, start=1)]
    headings = [heading or one.heading for one, (heading, _) in zip(made, named, strict=True)]
    sections = tuple(Section(f"result_{one.place}", heading, tuple(one.blocks())) for one, heading in zip(made, headings, strict=True))
    title = voice.say("loose.title")
    return cleaned(Document(language, title if len(named) == 1 else "", headings[0] if len(named) == 1 else title, (), sections))


def _named(results: Any) -> list[tuple[str, Any]]:
    """Headings, where there are any, and results."""
    if isinstance(results, Mapping):
        named = [(str(heading), one) for heading, one in results.items()]
    elif isinstance(results, Sequence) and not isinstance(results, str | bytes):
        named = [("", one) for one in results]
    else:
        named = [("", results)]
    for place, (heading, one) in enumerate(named, start=1):
        if isinstance(one, ResultTree):
            raise DataError("a whole report (ResultTree) stands alone; give it without other results")
        if _kind(one) is None:
            where = "" if len(named) == 1 and not heading else f" (number {place}{f', {heading!r}' if heading else ''})"
            raise DataError(f"no report can be made of {type(one).__name__}{where}; give {TAKEN}, a list of them, or a mapping of headings to them")
    return named


def _kind(result: Any) -> str | None:
    """Which of the results it is; None where it is none."""
    from kepuasan.change import Change
    from kepuasan.estimates import Estimates
    from kepuasan.estimators import Crosstab, Regression
    from kepuasan.importance import Drivers
    from kepuasan.index import Index
    from kepuasan.reproducing import Reproduction
    from kepuasan.standards import SKM, Rating

    kinds: dict[str, Any] = {"index": Index, "regression": Regression, "estimates": Estimates, "change": Change, "drivers": Drivers}
    kinds |= {"crosstab": Crosstab, "skm": SKM, "rating": Rating, "reproduction": Reproduction}
    return next((name for name, one in kinds.items() if isinstance(result, one)), "table" if _is_frame(result) else None)


def _is_frame(result: Any) -> bool:
    """Whether it is a frame of any kind whose rows are at hand."""
    import narwhals.stable.v2 as nw

    return isinstance(nw.from_native(result, eager_only=True, pass_through=True), nw.DataFrame)


class _Loose:
    """One result on its way to a section."""

    def __init__(self, result: Any, place: int, voice: Voice) -> None:
        self.result, self.place, self.voice = result, place, voice
        self.kind = _kind(result) or ""
        self.language: Any = voice.language

    @property
    def heading(self) -> str:
        """What the result is called where the caller does not say."""
        one, say = self.result, self.voice.say
        if self.kind == "change":
            return say("loose.change", base=one.base, current=one.current)
        if self.kind == "crosstab":
            return say("loose.crosstab", rows=one.rows, columns=one.columns)
        if self.kind == "reproduction":
            return say("loose.reproduction", published=self.voice.number(one.published, extra=one.decimals - self.voice.decimals))
        return say(f"loose.{self.kind}", place=self.place)

    def blocks(self) -> Iterator[Block]:
        """What it gives: tables, then figures."""
        yield from _KINDS[self.kind](self)

    def share(self, value: float) -> str:
        """A number with three decimals."""
        return self.voice.number(value, extra=3 - self.voice.decimals)

    def keyed(self, part: str, frame: pd.DataFrame, spoken: Spoken) -> Block:
        """A table of estimates."""
        return keyed_table(frame, spoken, name=f"{part}_{self.place}", caption=self.voice.say(f"loose.{part}"))

    def free(self, part: str, frame: pd.DataFrame) -> Block:
        """Any other table."""
        return free_table(frame, self.voice, name=f"{part}_{self.place}", caption=self.voice.say(f"loose.{part}", place=self.place))

    def drawn(self, name: str, rows: int, plot: Any) -> Iterator[Block]:
        """The figure of the result's own, where it can be read; why there is none otherwise."""
        if rows > _MOST_DRAWN:
            yield Paragraph(self.voice.say("loose.many", rows=self.voice.whole(rows), most=self.voice.whole(_MOST_DRAWN)), "small")
            return
        try:
            axes: Axes = plot(language=self.language)
        except KepuasanError as error:
            yield Paragraph(self.voice.say("loose.undrawn", reason=str(error)), "small")
            return
        alt = str(axes.get_label())
        yield Picture(f"{name}_{self.place}", self.heading, alt, axes)


# ---------------------------------------------------------------- kinds of results


def _index(one: _Loose) -> Iterator[Block]:
    spoken = Spoken(one.result.codebook, one.voice)
    for part in ("score", "dimensions", "items"):
        if part != "dimensions" or one.result.dimensions is not None:
            yield one.keyed(part, one.result.to_frame(part), spoken)
    yield from one.drawn("items", len(one.result.items), one.result.plot)


def _estimates(one: _Loose) -> Iterator[Block]:
    yield one.keyed("estimates", one.result.to_frame(), Spoken(None, one.voice))
    yield from one.drawn("estimates", len(one.result), one.result.plot)


def _regression(one: _Loose) -> Iterator[Block]:
    yield Paragraph(f"{one.result.formula} ({one.result.family}); n {one.voice.whole(one.result.n[0])}; R² {one.share(one.result.r_squared)}")
    yield one.keyed("regression", one.result.to_frame(), Spoken(None, one.voice))
    yield from one.drawn("regression", len(one.result), one.result.plot)


def _change(one: _Loose) -> Iterator[Block]:
    spoken = Spoken(one.result.codebook, one.voice)
    shown = next(part for part in ("drivers", "items", "parts") if getattr(one.result, part) is not None)
    yield one.keyed("total", one.result.to_frame("total"), spoken)
    yield one.keyed("parts", one.result.to_frame(shown), spoken)
    yield from one.drawn("change", len(getattr(one.result, shown)), one.result.plot)
    yield Paragraph(one.voice.say("sentence.share"))


def _drivers(one: _Loose) -> Iterator[Block]:
    spoken = Spoken(one.result.survey.codebook, one.voice, drivers=one.result.items)
    yield Paragraph(f"R² {', '.join(map(one.share, one.result.r_squared.value[:5]))}; n {one.voice.whole(one.result.r_squared.n[0])}")
    for part in ("importance", "performance"):
        yield one.keyed(part, one.result.to_frame(part), spoken)
    yield from one.drawn("drivers", len(one.result.importance), one.result.plot)


def _crosstab(one: _Loose) -> Iterator[Block]:
    test = (one.result.statistic, *one.result.df)
    numbers = [one.voice.number(value, extra=3 - one.voice.decimals) for value in test]
    yield Paragraph(f"F {numbers[0]} ({numbers[1]}; {numbers[2]}); p {one.voice.p_value(one.result.p_value)}; n {one.voice.whole(one.result.n)}")
    for part in ("shares", "row_shares", "column_shares"):
        yield one.keyed(part, one.result.to_frame(part), Spoken(None, one.voice))


def _skm(one: _Loose) -> Iterator[Block]:
    spoken = Spoken(one.result.survey.codebook, one.voice, labels=one.result.labels(one.language), least=_IKM)
    yield one.keyed("ikm", one.result.to_frame(language=one.language), spoken)
    yield one.keyed("unsur", one.result.to_frame("unsur", language=one.language), spoken)
    if one.result.units is not None:
        yield one.keyed("units", one.result.to_frame("units", language=one.language), spoken)
    yield from one.drawn("unsur", len(one.result.unsur), one.result.plot)


def _rating(one: _Loose) -> Iterator[Block]:
    yield one.keyed("rating", one.result.to_frame(language=one.language), Spoken(None, one.voice, least=_IKM))
    yield from one.drawn("rating", len(one.result.score), one.result.plot)


def _reproduction(one: _Loose) -> Iterator[Block]:
    for remark in one.result.remarks:
        yield Paragraph(remark.said(one.language), "small")
    yield one.free("conventions", one.result.to_frame())
    if len(one.result.findings):
        yield one.free("findings", one.result.to_frame("findings"))
    yield from one.drawn("conventions", min(len(one.result.conventions), _MOST_DRAWN), one.result.plot)


def _table(one: _Loose) -> Iterator[Block]:
    yield one.free("table", _guarded(one.result, one.place))


def _guarded(given: Any, place: int) -> pd.DataFrame:
    """A table of a caller: few rows, columns of one level, none that looks personal."""
    from kepuasan.codebook.personal import personal_kind
    from kepuasan.tabular import as_pandas

    frame = as_pandas(given)
    if len(frame) > _MOST_ROWS:
        raise DataError(
            f"table {place} has {len(frame):,} rows; a report shows results, not rows of persons, and at most {_MOST_ROWS:,}: "
            "give a table of results, or the rows that matter"
        )
    frame = frame.reset_index(drop=str(frame.index.dtype) == "int64" and frame.index.nlevels == 1 and frame.index.name is None)
    frame.columns = [" / ".join(str(part) for part in name if str(part)) if isinstance(name, tuple) else name for name in frame.columns]
    personal = [name for at, name in enumerate(frame.columns) if personal_kind(name, frame.iloc[:, at])]
    if personal:
        warnings.warn(f"{len(personal)} columns of table {place} look personal and are left out: {some(personal)}", DataWarning, stacklevel=2)
    kept = [at for at, name in enumerate(frame.columns) if name not in personal]
    if not kept:
        raise DataError(f"table {place} has no columns to show; give a table of results")
    return frame.iloc[:, kept]


#: what gives the blocks of a result, by its kind
_KINDS: dict[str, Callable[[_Loose], Iterator[Block]]] = {
    "index": _index,
    "estimates": _estimates,
    "regression": _regression,
    "change": _change,
    "drivers": _drivers,
    "crosstab": _crosstab,
    "skm": _skm,
    "rating": _rating,
    "reproduction": _reproduction,
    "table": _table,
}
