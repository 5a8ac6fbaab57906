"""What a report is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kepuasan.errors import RecipeError

if TYPE_CHECKING:
    from kepuasan.codebook import Label
    from kepuasan.specification import IndexSpec
    from kepuasan.survey import Survey

__all__ = ["Against", "Fieldwork", "Group", "Plan", "ReportRequest", "Suppression"]


@dataclass(frozen=True)
class Suppression:
    """Below how many answers a number is not shown.

    Parameters
    ----------
    publication : int
        Fewer are too few for a number that can be relied on; n itself is shown.
    disclosure : int
        Fewer would tell on persons; n is not shown either, and rows from which it would follow, in that table or in another, are hidden with it.

    Raises
    ------
    RecipeError
        What is no whole number, or negative.

    Examples
    --------
    >>> Suppression(publication=50)
    Suppression(publication=50, disclosure=10)
    """

    publication: int = 30
    disclosure: int = 10

    def __post_init__(self) -> None:
        for name in ("publication", "disclosure"):
            bound: object = getattr(self, name)
            if not isinstance(bound, int) or isinstance(bound, bool) or bound < 0:
                raise RecipeError(f"suppression: {name} is {bound!r}; give a number of answers, 0 or more")


@dataclass(frozen=True)
class Fieldwork:
    """How a wave was held.

    Parameters
    ----------
    dispositions : {code: int}, optional
        Final dispositions of sampled cases, as `response_rates` takes them.
    dates, frame, mode : label
        In words, one text or one in each language.

    Examples
    --------
    >>> Fieldwork({"I": 600, "P": 50, "R": 150, "NC": 100, "O": 20, "UH": 0, "UO": 80}, dates="1-30 September 2022").dates
    '1-30 September 2022'
    """

    dispositions: Mapping[str, int] | None = None
    dates: Label | str = ""
    frame: Label | str = ""
    mode: Label | str = ""


@dataclass(frozen=True)
class Group:
    """A group of respondents: what it is called, and a condition such as ``"age <= 30 and sex == 'P'"``, as of `Survey.where`.

    The condition compares columns with values; names that are no plain words stand in backticks. Who did not answer a question that it names
    belongs neither to the group nor to the others.

    Examples
    --------
    >>> Group({"id": "Pemuda", "en": "Youth"}, "age >= 16 and age <= 30").where
    'age >= 16 and age <= 30'
    """

    label: Label | str
    where: str


@dataclass(frozen=True)
class Plan:
    """What follows up a low element: the programme, when, and who is responsible; one text each, or one in each language.

    Examples
    --------
    >>> Plan("response_speed", programme="Published response times", time="Second quarter", unit="Each agency").unit
    'Each agency'
    """

    item: str
    programme: Label | str = ""
    time: Label | str = ""
    unit: Label | str = ""


@dataclass(frozen=True)
class Against:
    """Another population that was asked the same.

    Parameters
    ----------
    survey : Survey
        Stacked by the same waves, where there are several.
    label, own : label
        What the other population and the surveyed one are called.
    items : tuple of str, optional
        Without it all items of the index that both were asked on the same scale.

    Examples
    --------
    >>> from kepuasan import load_sample
    >>> Against(load_sample("admins", wave="2022"), "Admins", own="Users").own
    'Users'
    """

    survey: Survey
    label: Label | str
    own: Label | str
    items: tuple[str, ...] | None = None


@dataclass(frozen=True)
class ReportRequest:
    """What a report is asked for; what is not asked for is listed as not available.

    Parameters
    ----------
    waves : tuple of str
        Labels of the waves, in order; one for a single survey.
    title : str or label
        Above the finding.
    spec : IndexSpec, optional
        Without it the codebook's.
    change : (base, current), optional
        The waves between which the change is told apart; without it the first and the last, where there are several.
    frame : str, optional
        Column of the groups asked, such as regions.
    drivers : {name: [items]}, optional
        By which the change is told apart; without it the codebook's.
    domains : tuple of str
        Columns by which the index and its change are shown too.
    notes : tuple of labels
        Sentences in both languages that the reader must have seen.
    fieldwork : {wave: Fieldwork}
    league : str, optional
        Column of regions or agencies that are put in order.
    provinces : str, optional
        Column of provinces, for the map: names, BPS codes of two digits or ISO codes.
    outcome : str, optional
        The item whose drivers are ranked, such as overall satisfaction.
    ranked : {name: [items]} or tuple of items, optional
        The drivers that are ranked; without it the items of the index.
    groups : tuple of Group
        Vulnerable groups.
    against : Against, optional
    plan : tuple of Plan
    lowest : int
        Elements with which the follow-up begins.
    suppression : Suppression

    Examples
    --------
    >>> request = ReportRequest(("2020", "2022"), frame="region", domains=("sex",), groups=(Group("Women", "sex == 'P'"),))
    >>> request.suppression.publication
    30
    """

    waves: tuple[str, ...]
    title: Label | str = ""
    spec: IndexSpec | None = None
    change: tuple[str, str] | None = None
    frame: str | None = None
    drivers: Mapping[str, Sequence[str]] | None = None
    domains: tuple[str, ...] = ()
    notes: tuple[Label, ...] = ()
    fieldwork: Mapping[str, Fieldwork] = field(default_factory=dict)
    league: str | None = None
    provinces: str | None = None
    outcome: str | None = None
    ranked: Mapping[str, Sequence[str]] | tuple[str, ...] | None = None
    groups: tuple[Group, ...] = ()
    against: Against | None = None
    plan: tuple[Plan, ...] = ()
    lowest: int = 3
    suppression: Suppression = field(default_factory=Suppression)

    def __post_init__(self) -> None:
        for name in ("waves", "domains"):
            given: object = getattr(self, name)
            if isinstance(given, str) or not isinstance(given, Sequence):
                raise RecipeError(f"{name} is {given!r}; give a list, such as ('2020', '2022') or ('sex',)")
        object.__setattr__(self, "waves", tuple(str(label) for label in self.waves))
        if self.change is not None:
            if isinstance(self.change, str) or len(self.change) != 2:
                raise RecipeError(f"change is {self.change!r}; give the base and the current wave, such as ('2020', '2022')")
            object.__setattr__(self, "change", tuple(str(label) for label in self.change))
