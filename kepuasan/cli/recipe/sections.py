"""The sections of a recipe, each checked by itself."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from kepuasan.cli.recipe.validation import Label, Name, Names, Part, Text, as_list, unfit
from kepuasan.design import SinglePSU
from kepuasan.scales import Scoring
from kepuasan.specification import Level, Missing
from kepuasan.wording import Language

__all__ = [
    "FORMATS",
    "AgainstPart",
    "ChangePart",
    "DesignPart",
    "DomainsPart",
    "FollowUpPart",
    "Format",
    "GroupPart",
    "ImportancePart",
    "IndexPart",
    "LeaguePart",
    "MapPart",
    "MeasurePart",
    "OutputPart",
    "PopulationWavePart",
    "ReplicatesPart",
    "SuppressionPart",
    "TrimPart",
    "WavePart",
]

Format = Literal["html", "xlsx", "docx", "pdf"]
FORMATS: tuple[Format, ...] = ("html", "xlsx", "docx", "pdf")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _as_weights(value: Any) -> Any:
    """Equal weights, a number for each item, or the importance item of each."""
    if value == "equal":
        return value
    if isinstance(value, dict) and value and (all(map(_is_number, value.values())) or all(isinstance(weight, str) for weight in value.values())):
        return value
    raise unfit("weights")


def _as_margin(value: Any) -> Any:
    """Population totals by code, or a file of them."""
    if isinstance(value, str) and value:
        return value
    if isinstance(value, dict) and value and all(_is_number(total) and total >= 0 for total in value.values()):
        return {code: float(total) for code, total in value.items()}
    raise unfit("margin")


def _as_count(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise unfit("count")


def _as_drivers(value: Any) -> Any:
    """Items, or groups of them by name."""
    if isinstance(value, dict) and value:
        groups = {name: as_list(items) for name, items in value.items()}
        if all(isinstance(items, list) and items and all(isinstance(item, str) and item for item in items) for items in groups.values()):
            return groups
    elif isinstance(value, list) and value and all(isinstance(item, str) and item for item in value):
        return value
    raise unfit("drivers")


Count = Annotated[int, BeforeValidator(_as_count)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]


# ---------------------------------------------------------------- where data come from


class TrimPart(Part):
    """``[waves.trim]``: bounds of weights, as in `kepuasan.trim_weights`."""

    lower: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    upper: Positive | None = None


class PopulationWavePart(Part):
    """A data file, its codebook and catalog of formats where there are such, its decimal sign where the file leaves it open, and its weighting."""

    label: Label = "1"
    data: Name
    codebook: Name | None = None
    catalog: Name | None = None
    decimal: Literal[".", ","] | None = None
    rake: dict[str, Annotated[Any, BeforeValidator(_as_margin)]] | None = Field(default=None, min_length=1)
    trim: TrimPart | None = None

    def margins(self) -> list[str]:
        """The files of margins, as they are written."""
        return [margin for margin in (self.rake or {}).values() if isinstance(margin, str)]

    def files(self) -> list[str]:
        """The files it reads, as they are written."""
        return [one for one in (self.data, self.codebook, self.catalog, *self.margins()) if one is not None]


class WavePart(PopulationWavePart):
    """``[[waves]]``: a wave of the survey, and how it was held."""

    dates: Text = ""
    mode: Text = ""
    frame: Text = ""
    dispositions: dict[str, Count] | None = None


class DesignPart(Part):
    """``[design]``: columns, as in `kepuasan.Design`."""

    weight: Name | None = None
    strata: Names | None = None
    psu: Names | None = None
    fpc: Names | None = None
    single_psu: SinglePSU = "fail"
    nest: bool = True


class ReplicatesPart(Part):
    """``[replicates]``: as in `kepuasan.add_replicates`, of all waves together."""

    method: Literal["jk1", "jkn", "brr", "fay", "bootstrap", "sdr"]
    n: Annotated[int, Field(ge=2)] | None = None
    seed: Count | None = None
    fay_rho: Annotated[float, Field(ge=0, lt=1)] | None = None


class AgainstPart(Part):
    """``[against]``: another population that was asked the same; what both are called, and the items compared, without them all that both have."""

    label: Text
    own: Text
    items: Names | None = None
    waves: Annotated[list[PopulationWavePart], Field(min_length=1)]
    design: DesignPart | None = None


# ---------------------------------------------------------------- what is reckoned


class IndexPart(Part):
    """``[index]``: as in `kepuasan.IndexSpec`."""

    items: Names
    weights: Annotated[Any, BeforeValidator(_as_weights)] = "equal"
    dimensions: dict[str, list[str]] | None = None
    scoring: Scoring = "minmax"
    top: Annotated[int, Field(ge=1)] = 2
    level: Level = "items"
    missing: Missing = "available"
    min_answered: Annotated[float, Field(ge=0, le=1)] = 0.5
    scale: Annotated[list[Finite], Field(min_length=2, max_length=2)] | None = None


class ChangePart(Part):
    """``[change]``: the waves compared, the column of the groups asked, and whether waves share their sampled units."""

    base: Label | None = None
    current: Label | None = None
    frame: Name | None = None
    shared_psu: bool = False


class DomainsPart(Part):
    """``[domains]``: columns by which the index is shown too."""

    by: Names


class LeaguePart(Part):
    """``[league]``: the column of regions or agencies that are put in order."""

    by: Name


class MapPart(Part):
    """``[map]``: the column of provinces."""

    province: Name


class ImportancePart(Part):
    """``[importance]``: the item whose drivers are ranked, and the drivers, without them the items of the index."""

    outcome: Name
    drivers: Annotated[Any, BeforeValidator(_as_drivers)] | None = None


class GroupPart(Part):
    """``[[groups]]``: a group that is looked at by itself, and the condition of its members."""

    label: Text
    where: Name


class MeasurePart(Part):
    """``[[follow_up.measures]]``: what is done about an element, when, and who is responsible."""

    item: Name
    programme: Text = ""
    time: Text = ""
    unit: Text = ""


class FollowUpPart(Part):
    """``[follow_up]``: how many of the lowest elements are followed up, and the measures that are known."""

    lowest: Annotated[int, Field(ge=1, le=50)] = 3
    measures: list[MeasurePart] = Field(default_factory=list)


# ---------------------------------------------------------------- what is written


class SuppressionPart(Part):
    """``[suppression]``: below how many answers numbers are not shown."""

    publication: Annotated[int, Field(ge=1)] = 30
    disclosure: Annotated[int, Field(ge=1)] = 10


class OutputPart(Part):
    """``[output]``: the folder of results, the languages of the reports and the kinds of their files."""

    dir: Name = "out"
    languages: Annotated[list[Language], BeforeValidator(as_list), Field(min_length=1)] | None = None
    formats: Annotated[list[Format], BeforeValidator(as_list), Field(min_length=1)] | None = None
