"""What columns are taken for in a recipe: by their names, by what they hold, by what every wave has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from kepuasan.cli.drafting.characteristics import AGENCY, PROVINCE, REGION, Characteristics, Columns
from kepuasan.cli.drafting.scales import says_overall
from kepuasan.cli.options import skm_columns
from kepuasan.codebook.roles import compact, words
from kepuasan.design import Design, bind
from kepuasan.quality import unusable_weights
from kepuasan.standards.catalogue import STANDARDS
from kepuasan.standards.unsur import element_of

if TYPE_CHECKING:
    from kepuasan.cli.drafting.drafts import Draft

__all__ = ["Guesses", "guessed"]

#: names of strata and of sampled units
_STRATA = frozenset(["stratum", "strata", "strataid", "stratumid", "idstrata", "idstratum", "kodestrata", "kodestratum", "namastrata", "namastratum"])
_UNITS = frozenset(
    ["psu", "psuid", "idpsu", "kodepsu", "cluster", "clusterid", "klaster", "kluster", "idklaster", "kodeklaster", "bloksensus", "nks", "ea"]
)
#: words of what matters to respondents, beside what they got
_STATED = frozenset({"harapan", "kepentingan", "penting", "importance", "important", "expectation", "expected", "expect"})
#: complete answers that an item needs for its importance to be reckoned
_ANSWERS = 10
_ELEMENTS = 9


@dataclass(frozen=True)
class Guesses:
    """What the waves suggest; empty where they suggest nothing."""

    items: tuple[str, ...] = ()
    bounds: tuple[float, float] = (0.0, 0.0)
    scoring: str = "minmax"
    outcome: str = ""
    design: Mapping[str, str] | None = None
    single_psu: bool = False
    domains: tuple[str, ...] = ()
    province: str = ""
    league: str = ""
    frame: str = ""
    groups: tuple[tuple[str, str], ...] = ()
    personal: tuple[str, ...] = ()
    #: items on the scale of the index that not every wave has, and columns of weights that not every wave has, by wave
    lone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weights: Mapping[str, str] = field(default_factory=dict)


def guessed(drafts: Sequence[Draft]) -> Guesses:
    """What the waves of one population suggest, the current one last.

    Codebooks that were there before keep their own index and design, of which nothing is guessed.
    """
    look = _Look(drafts)
    items, bounds, outcome = ((), (0.0, 0.0), "") if any(one.book.index for one in drafts) else look.index()
    skm = len(items) == _ELEMENTS and bounds == (1.0, 4.0) and look.elements(items)
    design = None if any(one.book.design for one in drafts if one.own is not None) else look.design()
    about = Characteristics(drafts, [column for role, column in (design or {}).items() if role != "strata"])
    province = about.first(PROVINCE)
    region = about.first(REGION) or province
    return Guesses(
        items=items,
        bounds=bounds,
        scoring="share-of-max" if skm else "minmax",
        outcome=outcome if look.complete([*items, outcome]) >= _ANSWERS * (len(items) + 1) else "",
        design=design,
        single_psu=bool(design) and look.lone(design or {}),
        domains=tuple(about.domains()),
        province=province,
        league=about.first(AGENCY) or region,
        frame=region if region and about.differs(region) else "",
        groups=tuple(about.groups()),
        lone=look.lone_items(bounds) if items else {},
        weights={} if (design or {}).get("weight") else look.weights(),
        personal=tuple(dict.fromkeys(name for one in drafts for name, item in one.book.items.items() if item.role == "personal")),
    )


class _Look(Columns):
    """The index and the design, as the columns of every wave suggest them."""

    # ------------------------------------------------------------ the index

    def index(self) -> tuple[tuple[str, ...], tuple[float, float], str]:
        """The items on the scale that most are on, its bounds, and the item on all at once."""
        scaled: dict[tuple[float, float], list[str]] = {}
        for name in self.names:
            scale = self.book.scale_of(name) if name in self.book.items else None
            if scale is not None and all(name in one.book.items and one.book.scale_of(name) == scale for one in self.drafts):
                scaled.setdefault((scale.low, scale.high), []).append(name)
        overall = [name for names in scaled.values() for name in names if says_overall(*self.texts(name))]
        stated = {name for names in scaled.values() for name in names if any(_STATED & set(words(text)) for text in self.texts(name))}
        asked = {bounds: [name for name in names if name not in (*overall, *stated)] or names for bounds, names in scaled.items()}
        if not asked:
            return (), (0.0, 0.0), ""
        bounds = max(asked, key=lambda one: len(asked[one]))
        outcome = next((name for name in reversed(overall) if name not in asked[bounds]), "")
        return tuple(asked[bounds]), bounds, outcome

    def lone_items(self, bounds: tuple[float, float]) -> dict[str, tuple[str, ...]]:
        """Items with the bounds of the index that not every wave has, by wave: new questions, or old ones that were worded otherwise."""
        found: dict[str, tuple[str, ...]] = {}
        for one in self.drafts:
            scales = {name: one.book.scale_of(name) for name in one.book.items if not all(name in other.book.items for other in self.drafts)}
            names = [name for name, scale in scales.items() if scale is not None and (scale.low, scale.high) == bounds]
            found |= {one.label: tuple(names)} if names else {}
        return found

    def elements(self, items: Sequence[str]) -> bool:
        """Whether items are the nine elements of the SKM."""
        if len(skm_columns(items)) == len(items):
            return True
        found = [next((one.name for text in self.texts(item) if (one := element_of(text, STANDARDS["14/2017"])) is not None), "") for item in items]
        return len(set(found) - {""}) == len(items)

    def complete(self, names: Sequence[str]) -> int:
        """Rows of the current wave with an answer to all items."""
        if any(name not in self.names for name in names):
            return 0
        frame = self.current.frame
        answered = np.logical_and.reduce([(frame[name].notna() & ~self.book.items[name].missing_mask(frame[name])).to_numpy() for name in names])
        return int(answered.sum())

    # ------------------------------------------------------------ the design

    def design(self) -> dict[str, str]:
        """Columns of weights, strata and sampled units, such as every wave can use."""
        weight = str((self.book.design or {}).get("weight", ""))
        found = {"weight": weight} if weight in self.names and not any(list(unusable_weights(one.frame[weight])) for one in self.drafts) else {}
        for role, known in (("strata", _STRATA), ("psu", _UNITS)):
            name = next((name for name in self.names if compact(name) in known and self._of_units(name)), "")
            found |= {role: name} if name else {}
        return found

    def weights(self) -> dict[str, str]:
        """Columns of weights that some waves have and others lack, by wave."""
        found = {one.label: str((one.book.design or {}).get("weight", "")) for one in self.drafts}
        return {label: name for label, name in found.items() if name} if len(set(found.values())) > 1 else {}

    def _of_units(self, name: str) -> bool:
        """Whether a column has a code in every row, and fewer codes than rows."""
        return all(one.frame[name].notna().all() and 1 < one.frame[name].nunique() < len(one.frame) for one in self.drafts)

    def lone(self, design: Mapping[str, str]) -> bool:
        """Whether a stratum of a wave has a single sampled unit."""
        return any(len(bind(Design(design.get("weight"), design.get("strata"), design.get("psu")), one.frame).lone_names) > 0 for one in self.drafts)
