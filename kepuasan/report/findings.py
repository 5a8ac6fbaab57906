"""What a run finds, without language and without rounding: one tree, from which every page, table and figure is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kepuasan.columns import WAVE
from kepuasan.report.suppression import Hiding

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.change import Change
    from kepuasan.codebook import Codebook
    from kepuasan.design import BoundDesign
    from kepuasan.estimates import Estimates
    from kepuasan.frames import FrameGap
    from kepuasan.importance import Drivers
    from kepuasan.index import Index
    from kepuasan.report.request import Group, ReportRequest
    from kepuasan.specification import IndexSpec

__all__ = ["Comparison", "Difference", "GroupFound", "League", "Moved", "ResultTree"]


@dataclass(frozen=True)
class Difference:
    """The difference of the index between two waves."""

    base: str
    current: str
    estimate: Estimates


@dataclass(frozen=True)
class League:
    """The index of the current wave by the column of the league, and where each code stands.

    ``score`` has the key column of the league; ``ranks`` its rows in the same order, with ``rank, rank_low, rank_high``: the rank, 1 for the highest,
    and the range of ranks that the data do not rule out, at 95 % for each code: whole numbers (Int64), empty for codes without an error or not shown,
    which count for no other code either. ``n_eff`` and the like are those of ``score.to_frame()``.
    """

    column: str
    score: Estimates
    ranks: pd.DataFrame


@dataclass(frozen=True)
class Moved:
    """The index by a column, and who changed.

    ``score``: by wave and code. ``change``: from the base to the current wave, of the codes that both have; None where there is one wave. ``tests``:
    every code of either wave in order, with ``p_value``, ``p_holm`` (Holm's over the codes tested) and ``untested``, why there is no test: "lacking"
    (one of the two waves lacks the code), "few" (not shown in one of them), "no_se" (no standard error, or one of 0), or "". ``untested`` has this
    by code. ``joint``: whether all tested codes changed alike, as ``statistic, df, df_denominator, p_value``; empty where that is not tested.
    """

    column: str
    score: Estimates
    change: Estimates | None = None
    tests: pd.DataFrame | None = None
    joint: Mapping[str, float] = field(default_factory=dict)
    untested: Mapping[Any, str] = field(default_factory=dict)


@dataclass(frozen=True)
class GroupFound:
    """A group in each wave.

    ``score``: its index; ``others``: that of all others; ``gap``: the group minus the others. All are by wave where there are several; waves in which
    nobody belongs to a side have no row. ``change``: the group's from the base to the current wave, where it is in both.

    Who did not answer a question that the group's condition names belongs to neither side.
    """

    group: Group
    score: Estimates
    others: Estimates
    gap: Estimates
    change: Estimates | None = None


@dataclass(frozen=True)
class Comparison:
    """Two populations on the same items in the current wave.

    ``means``: scored means by ``item`` and ``population`` ("own", "other"); ``gap``: own minus other by ``item``, the two samples independent;
    ``p_holm`` of each gap, in order.

    ``wave``: that of the other population, its last where it has none called as the current one; "" where it has no waves. ``left_out``: items that
    cannot be compared, and why: "not_asked" of one of the two, or on "other_scale".
    """

    means: Estimates
    gap: Estimates
    p_holm: tuple[float, ...]
    wave: str = ""
    left_out: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, repr=False)
class ResultTree:
    """The results of a run, without language and without rounding.

    Attributes
    ----------
    request : ReportRequest
        What was asked for.
    spec : IndexSpec
        What the index is made of.
    codebook : Codebook
        Of all waves together.
    design : BoundDesign
        The weights, units and steps behind every error.
    index : Index
        By wave, where there are several.
    domains : tuple of Moved
        The index by each column asked for, and who changed.
    differences : tuple of Difference
        That of the change first, then those of neighbouring waves.
    change : Change or None
    gap : FrameGap or None
        Where a frame column was named and the waves differ in it.
    rows : {wave: int}
        Respondents of each wave.
    answers : {item: Estimates}
        Shares of the categories of the items of the index, by wave where there are several.
    league, provinces : League, Estimates or None
        The current wave by the column of the league, and by province.
    importance : Drivers or None
        Of the current wave; the outcome is none of its own drivers.
    groups : tuple of GroupFound
    against : Comparison or None
    rates : DataFrame or None
        `response_rates` of the waves whose dispositions are known, by ``wave``.
    comparability, weighting : DataFrame or None
        `comparability` of the change's waves; `weight_diagnostics` where there are weighting steps.
    wave_codebooks : {wave: Codebook}
    inputs : {file: hash}
        For the run record.
    steps : tuple of (step, wave, rows)
        Rows at each step, for the run record: "read"; "index", with an answer to any of its items; "importance", with all answers it needs.
    unsplit : bool
        Whether there is a difference that has no exact parts.
    failed : {part: reason}
        Parts that could not be computed though they were asked for ("moved", "league", "provinces", "importance", "groups", "against",
        "comparability"), and the library's message.
    linked : {(wave, column or key of a group): codes}
        Rows hidden in all tables since a hidden row of another table would follow from them; see `hiding`.

    Examples
    --------
    >>> from kepuasan import ReportRequest, gather_results, load_sample
    >>> results = gather_results(load_sample("users", wave="2022"), ReportRequest(("2022",), domains=("sex",)))
    >>> results.current, [one.column for one in results.domains], results.change
    ('2022', ['sex'], None)
    """

    request: ReportRequest
    spec: IndexSpec
    index: Index
    domains: tuple[Moved, ...]
    differences: tuple[Difference, ...]
    change: Change | None
    gap: FrameGap | None
    rows: Mapping[str, int]
    codebook: Codebook
    design: BoundDesign
    answers: Mapping[str, Estimates] = field(default_factory=dict)
    league: League | None = None
    provinces: Estimates | None = None
    importance: Drivers | None = None
    groups: tuple[GroupFound, ...] = ()
    against: Comparison | None = None
    rates: pd.DataFrame | None = None
    comparability: pd.DataFrame | None = None
    weighting: pd.DataFrame | None = None
    wave_codebooks: Mapping[str, Codebook] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[tuple[str, str, int], ...] = ()
    unsplit: bool = False
    failed: Mapping[str, str] = field(default_factory=dict)
    linked: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def __repr__(self) -> str:
        values = ", ".join(f"{row.result} {row.estimate:.4g}" for row in self._short().itertuples())
        return f"<ResultTree: {values}>"

    def _repr_html_(self) -> str:
        """The index of every wave and the differences, as a table."""
        from kepuasan.display.html_tables import html_table

        title = self.request.title
        named = title if isinstance(title, str) else title["en"]
        return html_table(self._short(), f"Results: {named}" if named else "Results")

    def _short(self) -> pd.DataFrame:
        """Index of every wave, then differences, with their limits."""
        import pandas as pd

        columns = ["estimate", "se", "ci_low", "ci_high", "n"]
        index = self.index.to_frame("score")
        names = [f"index {wave}" for wave in (index[WAVE] if self.several else self.request.waves)]
        tables = [index[columns].assign(result=names)]
        tables += [one.estimate.to_frame()[columns].assign(result=f"{one.current} - {one.base}") for one in self.differences]
        return pd.concat(tables, ignore_index=True)[["result", *columns]]

    @property
    def hiding(self) -> Hiding:
        """Why rows of the tables by column and by group are not shown."""
        return Hiding(self.request.suppression, self.linked)

    @property
    def several(self) -> bool:
        """Whether there is more than one wave."""
        return len(self.request.waves) > 1

    @property
    def base(self) -> str | None:
        """The wave that the change starts from."""
        return None if not self.differences else self.differences[0].base

    @property
    def current(self) -> str:
        """The wave that the change ends with; the last, where there is no change."""
        return self.differences[0].current if self.differences else self.request.waves[-1]

    @property
    def decimals(self) -> int:
        """Decimals of the index: one for shares and scores of 100, two where it is in units of the answers or an SKM."""
        return 2 if self.spec.scoring in ("raw", "share-of-max") else 1

    def item_labels(self, language: str) -> dict[str, str]:
        """Texts of items by their names."""
        return {name: item.label[language] for name, item in self.codebook.items.items()}

    def dimension_labels(self, language: str) -> dict[str, str]:
        """Texts of dimensions by their names."""
        return {name: label[language] for name, label in self.codebook.dimensions.items()}

    def driver_labels(self, language: str) -> dict[str, str]:
        """Texts of drivers by their names; those of the recipe are called by their names."""
        if self.request.drivers is not None:
            return {name: name for name in self.request.drivers}
        return {name: driver.label[language] for name, driver in self.codebook.drivers.items()}

    def code_labels(self, column: str, language: str) -> dict[Any, str]:
        """Texts of the codes of a column."""
        return dict(self.codebook.value_labels(column, language)) if column in self.codebook.items else {}
