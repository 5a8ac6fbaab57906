"""Regions or agencies in order, with the ranks that each may have, and the map of the provinces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import ITEM
from kepuasan.display.numbers import NONE
from kepuasan.display.provinces import PROVINCES, placed
from kepuasan.display.standing import standing_plot
from kepuasan.display.tiles import tile_map
from kepuasan.report.document import Absent, Paragraph, Picture, Section, Table
from kepuasan.report.parts.differences import called, listed
from kepuasan.report.parts.moved import index_rows
from kepuasan.report.parts.waves import full, of_waves
from kepuasan.report.suppression import COMPLEMENT, MARKS, SHOWN, blanked, marked, notes_of

if TYPE_CHECKING:
    from kepuasan.display.provinces import Placed
    from kepuasan.report.document import Block
    from kepuasan.report.findings import League, ResultTree
    from kepuasan.report.voice import Voice

__all__ = ["league_part"]

#: rows that the figure has at most, and how many of the first and of the last it has where there are more
_MOST_ROWS, _ENDS = 40, 15
_RANKS = ("rank", "rank_low", "rank_high")
#: provinces formed in 2022, and those they were part of
_NEW, _OLD = {"PD", "PS", "PT", "PE"}, {"PA", "PB"}


def league_part(results: ResultTree, voice: Voice) -> Section | Absent:
    """The league table with its figure, and the map of the provinces with its table."""
    heading = voice.say("heading.league")
    failed = dict.fromkeys(voice.reason(results.failed[part]) for part in ("league", "provinces") if part in results.failed)
    if results.league is None and results.provinces is None:
        reason = voice.say("absent.failed", reason="; ".join(failed)) if failed else voice.say("absent.league")
        return Absent("league", heading, reason)
    blocks: list[Block] = [Paragraph(voice.say("absent.failed", reason=reason), "note") for reason in failed]
    if results.league is not None:
        blocks += _league(results, results.league, voice)
    if results.provinces is not None:
        blocks += _map(results, full(results.provinces), voice)
    return Section("league", heading, tuple(blocks))


def _title(results: ResultTree, column: str, voice: Voice) -> str:
    """What a column is called within a sentence."""
    text = called(column, results.item_labels(voice.language))
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _why(results: ResultTree, table: pd.DataFrame, column: str) -> np.ndarray[Any, np.dtype[np.object_]]:
    """Why rows of the current wave are not shown, by their own total and by other tables."""
    return results.hiding.why(table["n"], table[column], wave=results.current, of=column)


# ---------------------------------------------------------------- the league


def _league(results: ResultTree, league: League, voice: Voice) -> list[Block]:
    """One sentence on the first rank, the figure, the table."""
    table = _ranked(results, league, voice)
    known = table[table["rank"].notna()]
    blocks: list[Block] = []
    if len(known) > 1:
        first = known[known["rank_low"] == 1]
        kind = "league.first" if len(first) == 1 else "league.shared"
        counts = {"count": voice.whole(len(first)), "all": voice.whole(len(known))}
        blocks.append(Paragraph(voice.say(kind, name=first["label"].iloc[0], **counts)))
    if len(known):
        blocks.append(_standing(results, known, league.column, voice))
    return [*blocks, _league_table(results, league, table, voice)]


def _ranked(results: ResultTree, league: League, voice: Voice) -> pd.DataFrame:
    """The rows from the first rank to the last, then those without one, and why they are not shown."""
    table = pd.concat([full(league.score).reset_index(drop=True), league.ranks.reset_index(drop=True)], axis=1)
    labels = results.code_labels(league.column, voice.language)
    table = table.assign(label=[called(code, labels) for code in table[league.column]], why=_why(results, table, league.column))
    order = np.lexsort((np.arange(len(table)), table["rank"].astype("Float64").fillna(np.inf).to_numpy(np.float64)))
    return table.iloc[order].reset_index(drop=True)


def _league_table(results: ResultTree, league: League, table: pd.DataFrame, voice: Voice) -> Table:
    why = table["why"].tolist()
    ranks = [_rank_cells(row, voice) for row in table.to_dict("records")]
    cells = index_rows([(marked(name, reason),) for name, reason in zip(table["label"], why, strict=True)], table, why, voice)
    rows = tuple((*row, *rank) for row, rank in zip(cells, ranks, strict=True))
    title = called(league.column, results.item_labels(voice.language))
    header = (title, *voice.headers("index", "se", "interval", "n", "n_eff", "rank", "rank_range"))
    known = int(table["rank"].notna().sum())
    notes = [*notes_of(why, results.request.suppression, voice)]
    if known > 1:
        notes.append(voice.say("league.ranks", others=voice.whole(known - 1), level=voice.level))
    lone = [name for name, rank, reason in zip(table["label"], table["rank"], why, strict=True) if pd.isna(rank) and reason == SHOWN]
    if lone:
        notes.append(voice.say("league.unranked", names=listed(lone)))
    tidy = blanked(table.drop(columns="why"), why, keys=[ITEM, league.column, "label"])
    tidy.insert(list(tidy.columns).index(league.column) + 1, "label", tidy.pop("label"))
    caption = voice.say("caption.league", column=_title(results, league.column, voice), wave=results.current)
    return Table("league", caption, header, rows, tidy, notes=tuple(notes))


def _rank_cells(row: Mapping[Any, Any], voice: Voice) -> tuple[str, str]:
    """The rank and its range."""
    if any(pd.isna(row[name]) for name in _RANKS):
        return NONE, NONE
    rank, low, high = (voice.whole(int(row[name])) for name in _RANKS)
    return rank, voice.say("interval", low=low, high=high)


def _standing(results: ResultTree, known: pd.DataFrame, column: str, voice: Voice) -> Picture:
    """The figure of the league; its two ends where it is long."""
    cut = len(known) > _MOST_ROWS
    shown = pd.concat([known.iloc[:_ENDS], known.iloc[-_ENDS:]]) if cut else known
    shown = shown.astype(dict.fromkeys(_RANKS, np.float64))
    title = voice.say("figure.league", column=_title(results, column, voice), wave=results.current)
    now = of_waves(results)[results.current]
    axes = standing_plot(
        shown,
        whole=float(now.row["estimate"]) if now.why == SHOWN else None,
        left_out=len(known) - len(shown),
        title=title,
        unit=voice.say(f"unit.index.{results.spec.scoring}"),
        language=voice.language,
        decimals=voice.decimals,
    )
    said = [f"{title}.", voice.say("figure.league.note", level=voice.level)]
    if cut:
        said.append(voice.say("figure.league.cut", count=_ENDS, all=voice.whole(len(known))))
    return Picture("league", " ".join(said), str(axes.get_label()), axes)


# ---------------------------------------------------------------- the map


def _map(results: ResultTree, table: pd.DataFrame, voice: Voice) -> list[Block]:
    """The map, what is not on it, and the table behind it, unless that is the league's."""
    column = str(results.request.provinces)
    labels = results.code_labels(column, voice.language)
    why = _why(results, table, column)
    where = placed(table[column].tolist(), labels)
    tiles = table.assign(province=[where.provinces.get(code, "") for code in table[column]], mark=[MARKS[one] for one in why])
    tiles["hidden"] = [voice.say("tiles.protecting" if one == COMPLEMENT else "tiles.hidden") for one in why]
    tiles = tiles[tiles["province"] != ""]
    blocks: list[Block] = []
    if (np.isfinite(tiles["estimate"]) & (tiles["mark"] == "")).any():
        blocks.append(_tiles(results, tiles, voice))
        codes = ", ".join(f"{one.code} {one.name}" for one in sorted(PROVINCES.values(), key=lambda one: one.code))
        blocks.append(Paragraph(voice.say("map.codes", codes=codes), "small"))
    else:
        blocks.append(Paragraph(voice.say("map.nowhere", column=column)))
    blocks += [Paragraph(text, "small") for text in _not_on_map(where, labels, voice)]
    if results.league is None or results.league.column != column:
        blocks.append(_provinces_table(results, table.assign(why=why), where, voice))
    return blocks


def _tiles(results: ResultTree, tiles: pd.DataFrame, voice: Voice) -> Picture:
    title = voice.say("caption.provinces", wave=results.current)
    unit = voice.say(f"unit.index.{results.spec.scoring}")
    axes = tile_map(tiles, title=title, unit=unit, language=voice.language, decimals=voice.decimals)
    return Picture("provinces", f"{title}. {voice.say('figure.provinces.note')}", str(axes.get_label()), axes)


def _not_on_map(where: Placed, labels: Mapping[Any, str], voice: Voice) -> list[str]:
    """Codes that the map does not have, and why; what Papua is in older data."""

    def names(codes: Sequence[Any]) -> str:
        return listed(called(code, labels) for code in codes)

    said = [voice.say(f"map.{kind}", names=names(codes)) for kind in ("unknown", "ambiguous", "twice") if (codes := getattr(where, kind))]
    present = set(where.provinces.values())
    return [*said, *([voice.say("map.old")] if present & _OLD and not present & _NEW else [])]


def _provinces_table(results: ResultTree, table: pd.DataFrame, where: Placed, voice: Voice) -> Table:
    """The index by province in the order of the codebook, with the codes of the tiles."""
    column = str(results.request.provinces)
    labels = results.code_labels(column, voice.language)
    why = table["why"].tolist()
    names = [called(code, labels) for code in table[column]]
    tiles = [where.provinces.get(code, "") for code in table[column]]
    heads = [(marked(name, reason), tile or NONE) for name, reason, tile in zip(names, why, tiles, strict=True)]
    tidy = blanked(table.drop(columns="why"), why, keys=[ITEM, column])
    place = list(tidy.columns).index(column) + 1
    tidy.insert(place, "label", names)
    tidy.insert(place + 1, "tile", tiles)
    header = voice.headers("province", "tile", "index", "se", "interval", "n", "n_eff")
    caption = voice.say("caption.provinces", wave=results.current)
    notes = notes_of(why, results.request.suppression, voice)
    return Table("provinces", caption, header, index_rows(heads, table, why, voice), tidy, heads=2, notes=notes)
