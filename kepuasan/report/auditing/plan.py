"""What another program must do to find the same numbers: files, codes, scores, design and weighting steps, without its language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kepuasan.codebook.parts import is_tag
from kepuasan.columns import WAVE, spelled
from kepuasan.report.auditing.rounds import Round, rounds_of
from kepuasan.scales import Scale

if TYPE_CHECKING:
    from kepuasan.codebook import Codebook
    from kepuasan.report.findings import ResultTree

__all__ = ["REPLICATES", "Audit", "Change", "Given", "Scored", "Source", "audit_of"]

#: endings of data files, and what stands between the columns of text files
_DATA = re.compile(r"[^\s()/\\]+\.(?:sav|zsav|por|dta|sas7bdat|xpt|csv|tsv|txt|xlsx|ods|parquet)\b", re.IGNORECASE)
#: replicate methods as R calls them
REPLICATES = {"jk1": "JK1", "jkn": "JKn", "brr": "BRR", "fay": "Fay", "bootstrap": "subbootstrap"}
_SEPARATORS = {"semicolons": ";", "tabs": "\t"}


@dataclass(frozen=True)
class Scored:
    """An item of the index: what is no answer, and how answers become scores.

    ``floor`` is the lowest of the top answers, after reversal, where these are counted; ``low`` and ``high`` are None where scores are the answers.
    """

    name: str
    label: str
    missing: tuple[float, ...] = ()
    ranges: tuple[tuple[float, float], ...] = ()
    low: float | None = None
    high: float | None = None
    reverse: bool = False
    floor: float | None = None


@dataclass(frozen=True)
class Change:
    """What the file of a wave has otherwise: the column's name there, codes that stand for others, and the scale on which it was asked."""

    name: str
    column: str
    recode: Mapping[str, str] = field(default_factory=dict)
    moved: tuple[float, float, float, float] | None = None
    missing: tuple[float, ...] = ()


@dataclass(frozen=True)
class Source:
    """The data of a wave: its label, the file where it is known, what stands between its columns, and what the file has otherwise."""

    wave: str
    file: str | None
    separator: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Given:
    """Replicate weights of the data: columns, what squared gaps are multiplied by, where gaps are from, whether they are whole weights."""

    columns: tuple[str, ...]
    scales: tuple[float, ...]
    mse: bool
    combined: bool


@dataclass(frozen=True)
class Audit:
    """Everything that code for another program is made of.

    ``stacked`` says that each wave has a file of its own; ``apart`` that strata of waves are kept apart. ``weights`` of items sum to 1;
    ``importance`` holds the items that weight them instead. ``made`` is the entry of `add_replicates` in the design's history. ``df`` are the
    degrees of freedom of differences where the design has more rows than the waves told here.
    """

    waves: tuple[str, ...]
    sources: tuple[Source, ...]
    items: tuple[Scored, ...]
    importance: tuple[Scored, ...]
    weights: tuple[float, ...]
    scoring: str
    level: str
    listwise: bool
    least: float
    stacked: bool
    apart: bool
    weight: str | None
    strata: tuple[str, ...]
    psu: tuple[str, ...]
    fpc: tuple[str, ...]
    single_psu: str
    lone: int
    zeros: bool
    given: Given | None
    made: Mapping[str, Any] | None
    rounds: tuple[Round, ...]
    pairs: tuple[tuple[int, int], ...]
    df: float | None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the code reads, once."""
        design = [*([self.weight] if self.weight else []), *self.strata, *self.psu, *self.fpc, *(self.given.columns if self.given else ())]
        steps = [name for one in self.rounds for name in one.columns]
        own = [] if self.stacked or len(self.waves) == 1 else [WAVE]
        named = dict.fromkeys([*own, *design, *(item.name for item in (*self.items, *self.importance)), *steps])
        return tuple(name for name in named if not (self.stacked and name == WAVE))

    @property
    def replicated(self) -> bool:
        """Whether R has the replicates that errors come from, or makes them."""
        return self.given is not None or (self.made is not None and self.made["method"] in REPLICATES)

    @property
    def by_wave(self) -> bool:
        """Whether lone units are averaged over the strata of each wave, so that waves are estimated one by one."""
        return self.single_psu == "average" and self.lone > 0 and len(self.waves) > 1 and not self.rounds and self.given is None

    @property
    def stages(self) -> int:
        """Stages that contribute to the variance: the first, and those with a finite population."""
        return max(1, len(self.fpc))


def audit_of(results: ResultTree, language: str) -> Audit:
    """What code of the same results needs."""
    spec, design = results.spec, results.design
    declared, waves = design.declaration, results.request.waves
    books = {str(wave): book for wave, book in results.wave_codebooks.items() if book is not results.codebook}
    stacked = len(waves) > 1 and bool(books)
    given = declared.replicates
    fields: dict[str, Any] = {
        "waves": waves,
        "items": tuple(_scored(results, item, language) for item in spec.items),
        "importance": tuple(_scored(results, item, language, scored=False) for item in spec.importance),
        "weights": tuple(float(one) for one in spec.item_weights()),
        "scoring": spec.scoring,
        "level": spec.level,
        "listwise": spec.missing == "listwise",
        "least": float(spec.min_answered),
        "stacked": stacked,
        "apart": len(waves) > 1 and len(design.labels.strata[0] if design.labels.strata else ()) > 1,
        "weight": declared.weight,
        "strata": declared.columns("strata"),
        "psu": declared.columns("psu"),
        "fpc": declared.columns("fpc"),
        "single_psu": declared.single_psu,
        "lone": len(design.lone_names),
        "zeros": bool(((design.weights if design.base is None else design.base) == 0).any()),
        "given": None if given is None else Given(tuple(given.columns), tuple(float(one) for one in given.scales()), given.mse, given.combined),
        "made": next((step for step in design.history if step["step"] == "add_replicates"), None),
        "rounds": tuple(rounds_of(design.history, waves, results.codebook)),
        "pairs": tuple((waves.index(one.base), waves.index(one.current)) for one in results.differences),
        "df": float(design.df) if sum(results.rows.values()) != len(design.weights) else None,
    }
    plan = Audit(sources=(), **fields)
    return replace(plan, sources=tuple(_sources(results, books, plan)))


# ---------------------------------------------------------------- items


def _scored(results: ResultTree, name: str, language: str, *, scored: bool = True) -> Scored:
    """An item with its codes and its scale; importance items are read as they are."""
    book, spec = results.codebook, results.spec
    item = book.items.get(name)
    label = name if item is None else item.label[language]
    missing = () if item is None else tuple(float(code) for code in item.missing if not isinstance(code, str))
    ranges = () if item is None else tuple((float(low), float(high)) for low, high in item.missing_ranges)
    if not scored:
        return Scored(name, label, missing, ranges)
    scale = Scale(*spec.scale) if spec.scale is not None else None if item is None else book.scale_of(name)
    reverse = item is not None and item.reverse
    if scale is None or (spec.scoring == "raw" and not reverse):
        return Scored(name, label, missing, ranges)
    floor = scale.floor_of_top(spec.top, reverse=reverse) if spec.scoring == "top-box" else None
    return Scored(name, label, missing, ranges, float(scale.low), float(scale.high), reverse, floor)


# ---------------------------------------------------------------- files


def _sources(results: ResultTree, books: Mapping[str, Codebook], plan: Audit) -> Iterator[Source]:
    """The file of each wave; a single one where waves were not stacked."""
    from_one = [(results.request.waves[0], next(iter(books.values()), results.codebook))]
    for wave, book in [(wave, books[wave]) for wave in plan.waves if wave in books] if plan.stacked else from_one:
        read_as = " ".join(book.read_as)
        separator = next((sign for word, sign in _SEPARATORS.items() if f"separated by {word}" in read_as), ",")
        yield Source(wave, _file(book, list(results.inputs)), separator, tuple(_changes(book, plan.columns)))


def _file(book: Codebook, inputs: Sequence[str]) -> str | None:
    """The data file that a codebook was read with, as the inputs of the run name it."""
    names = [name for text in (*book.read_as, *book.read_as.values()) for name in _DATA.findall(text)]
    for name in names:
        here = [path for path in inputs if path.replace("\\", "/").rpartition("/")[2].partition("#")[0] == name]
        if here:
            return here[0].partition("#")[0]
    return names[0] if names else None


def _changes(book: Codebook, columns: Sequence[str]) -> Iterator[Change]:
    for name in columns:
        item = book.items.get(name)
        if item is None:
            continue
        moved = None
        if item.asked_scale is not None and item.scale is not None:
            asked, own = book.scales[item.asked_scale].scale, book.scales[item.scale].scale
            moved = (float(asked.low), float(asked.high), float(own.low), float(own.high))
        recode = {spelled(code): spelled(new) for code, new in item.recode.items() if not is_tag(new)}
        missing = tuple(float(code) for code in item.missing if not isinstance(code, str))
        if recode or moved or item.column not in (None, name):
            yield Change(name, item.column or name, recode, moved, missing)
