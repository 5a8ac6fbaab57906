"""What drives the overall answer: importance, ranks and performance of each driver, and where they stand together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from kepuasan.codebook import labels_of
from kepuasan.columns import ITEM
from kepuasan.display.figures import written
from kepuasan.display.numbers import MINUS, fitting_decimals, interval, number, percent, reconcile
from kepuasan.errors import EstimateError
from kepuasan.estimators.predictors import column_of
from kepuasan.report.document import Absent, Paragraph, Picture, Section, Table
from kepuasan.report.parts.differences import called, listed
from kepuasan.report.voice import LEVEL

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.importance import Drivers
    from kepuasan.report.document import Block
    from kepuasan.report.findings import ResultTree
    from kepuasan.report.voice import Voice

__all__ = ["importance_part"]

#: methods whose importances sum to R²
_WHOLE = ("lmg", "relative-weights")
#: methods whose importances are never negative
_POSITIVE = (*_WHOLE, "first", "last", "beta")
#: a probability that is written as more than 99 percent
_NEARLY = 0.995
#: decimals of R² and of importance in its units
_DECIMALS = 3


def importance_part(results: ResultTree, voice: Voice) -> Section | Absent:
    """The table of drivers, both figures, and what importance does not say."""
    heading, drivers = voice.say("heading.importance"), results.importance
    if drivers is None:
        failed = results.failed.get("importance")
        return Absent("importance", heading, voice.say("absent.failed", reason=voice.reason(failed)) if failed else voice.say("absent.importance"))
    least = results.request.suppression.publication
    frame = _frame(results, drivers, voice)
    if not frame["n"].min() >= least:
        return Absent("importance", heading, voice.say("absent.few", least=voice.whole(least)))
    outcome = called(str(results.request.outcome), results.item_labels(voice.language))
    blocks: list[Block] = [
        Paragraph(_fit(drivers, outcome, voice)),
        *([Paragraph(_first(frame, voice))] if len(frame) > 1 else []),
        Paragraph(voice.say("importance.meaning", outcome=outcome), "note"),
        _table(results, drivers, frame, outcome, voice),
        *_pictures(results, drivers, outcome, voice),
    ]
    return Section("importance", heading, tuple(blocks))


# ---------------------------------------------------------------- numbers


def _frame(results: ResultTree, drivers: Drivers, voice: Voice) -> pd.DataFrame:
    """A row each driver, the most important first: importance, its share, rank, performance and quadrant, nothing rounded."""
    table = drivers.to_frame("importance", LEVEL)
    ranks = drivers.ranks()
    labels = _labels(results, drivers, voice)
    table.insert(1, "label", [called(name, labels) for name in table[ITEM]])
    sum_of_all = float(table["estimate"].sum())
    table["share"] = table["estimate"] / sum_of_all if sum_of_all > 0 else np.nan
    table = table.assign(**{name: ranks[name] for name in ("rank", "rank_low", "rank_high")})
    place = _map(drivers)
    if place is not None:
        names = ["performance", "performance_low", "performance_high", "quadrant", "probability"]
        table = table.assign(**{name: place[name] for name in names}, performance_n=drivers.performance.n)
    return table.sort_values("rank", kind="stable").reset_index(drop=True)


def _map(drivers: Drivers) -> pd.DataFrame | None:
    """The importance-performance map; none where drivers have no mean, or where there is a single driver."""
    if len(drivers.items) < 2:
        return None
    try:
        return drivers.map(level=LEVEL)
    except EstimateError:
        return None


def _labels(results: ResultTree, drivers: Drivers, voice: Voice) -> dict[Any, str]:
    """What drivers are called."""
    columns = {name: column_of(name) for name, items in drivers.items.items() if tuple(items) == (name,)}
    labels = labels_of(results.codebook, drivers.items, voice.language, columns=columns)
    return {
        name: results.codebook.label(columns[name], voice.language) if columns.get(name) in results.codebook.items else labels.get(name, name)
        for name in drivers.items
    }


# ---------------------------------------------------------------- table


def _table(results: ResultTree, drivers: Drivers, frame: pd.DataFrame, outcome: str, voice: Voice) -> Table:
    """The table as it is read."""
    performs = "performance" in frame.columns
    header = (
        voice.say("head.driver"),
        voice.say("head.importance"),
        *voice.headers("interval"),
        voice.say("head.share" if drivers.method in _WHOLE else "head.share_of_sum"),
        voice.say("head.rank_range", level=voice.level),
        *(voice.say(f"head.{name}", level=voice.level) for name in (("performance", "quadrant") if performs else ())),
        *voice.headers("n", "n_eff"),
    )
    shares = _shares(frame["share"].tolist(), voice)
    decimals = fitting_decimals(float(np.nanmax(np.abs(frame["performance"])))) if performs else 0
    rows = tuple(
        (
            row["label"],
            number(row["estimate"], _DECIMALS, voice.language, minus=MINUS),
            interval(row["ci_low"], row["ci_high"], _DECIMALS, voice.language, minus=MINUS),
            share,
            voice.say("rank.range", rank=row["rank"], low=row["rank_low"], high=row["rank_high"]),
            *(_performance(row, decimals, voice) if performs else ()),
            voice.whole(row["n"]),
            voice.whole(row["n_eff"]),
        )
        for row, share in zip(frame.to_dict("records"), shares, strict=True)
    )
    caption = voice.say("caption.importance", outcome=outcome, current=results.current)
    return Table("importance", caption, header, rows, frame=frame, notes=tuple(_notes(drivers, frame, outcome, voice)), text=(6,) if performs else ())


def _shares(shares: list[float], voice: Voice) -> list[str]:
    """Shares in percent, which add up as they are written."""
    whole = [100.0 * share for share in shares]
    if np.isfinite(whole).all():
        whole = reconcile(whole, 100.0)
    return [percent(share, 1, voice.language) for share in whole]


def _performance(row: dict[Any, Any], decimals: int, voice: Voice) -> tuple[str, str]:
    """Performance with its limits, and the quadrant with its probability."""
    value = written((row["performance"], row["performance_low"], row["performance_high"]), decimals, voice.language)
    quadrant, probability = voice.say(f"quadrant.{row['quadrant']}"), row["probability"]
    sure = voice.say("quadrant.nearly") if probability > _NEARLY else percent(100.0 * probability, 0, voice.language)
    return value, voice.say("quadrant.sure", quadrant=quadrant, probability=sure)


def _notes(drivers: Drivers, frame: pd.DataFrame, outcome: str, voice: Voice) -> list[str]:
    """How importance, ranks and performance were computed, and who is left out."""
    count = {0: ".none", 1: ".one"}.get(drivers.left_out, "")
    notes = [voice.say(f"importance.left_out{count}", n=voice.whole(drivers.left_out), outcome=outcome)]
    notes.append(voice.say("importance.method.lmg") if drivers.method == "lmg" else voice.say("importance.method.other", method=drivers.method))
    zero = frame.loc[frame["ci_low"] <= 0, "label"].tolist()
    if zero and drivers.method in _POSITIVE and drivers.importance.limits is None:
        notes.append(voice.say("importance.zero", names=listed(zero)))
    if drivers.monte_carlo_error is not None:
        notes.append(voice.say("importance.sampled", value=number(float(drivers.monte_carlo_error.max()), 4, voice.language)))
    if "performance" in frame.columns:
        notes.append(voice.say("importance.performance", unit=_unit(drivers, voice)))
    return [*notes, voice.say("importance.n_eff")]


def _unit(drivers: Drivers, voice: Voice) -> str:
    """What performance is in."""
    book = drivers.survey.codebook
    items = [item for members in drivers.items.values() for item in members]
    scaled = all(item in book.items and book.scale_of(item) is not None for item in items)
    return voice.say("unit.answers" if scaled else "unit.scale")


# ---------------------------------------------------------------- sentences and figures


def _fit(drivers: Drivers, outcome: str, voice: Voice) -> str:
    """What all drivers account for together."""
    row = drivers.to_frame("r_squared", LEVEL).iloc[0]
    limits = interval(row["ci_low"], row["ci_high"], _DECIMALS, voice.language, minus=MINUS)
    values = {"outcome": outcome, "r_squared": number(row["estimate"], _DECIMALS, voice.language), "interval": limits, "level": voice.level}
    if drivers.family != "linear":
        return voice.say("importance.fit.mcfadden", **values)
    return voice.say("importance.fit", value=percent(100.0 * row["estimate"], 1, voice.language), **values)


def _first(frame: pd.DataFrame, voice: Voice) -> str:
    """Which driver is the most important, or which may be."""
    names = frame.loc[frame["rank_low"] == 1, "label"].tolist()
    sure = len(names) == 1 and int(frame["rank_high"].iloc[0]) == 1
    return voice.say("importance.first" if sure else "importance.first.shared", name=names[0], names=listed(names), level=voice.level)


def _pictures(results: ResultTree, drivers: Drivers, outcome: str, voice: Voice) -> list[Picture]:
    """Bars of importance; the map, where drivers have a performance."""
    labels = _labels(results, drivers, voice)
    language: Any = voice.language
    bars = drivers.plot(language=language, labels=labels)
    made = [Picture("importance", voice.say("caption.figure.importance", outcome=outcome, level=voice.level), str(bars.get_label()), bars)]
    if _map(drivers) is not None:
        axes = drivers.plot(kind="map", language=language, labels=labels)
        made.append(Picture("importance_map", voice.say("caption.figure.map"), str(axes.get_label()), axes))
    return made
