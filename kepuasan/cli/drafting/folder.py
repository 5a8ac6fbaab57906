"""The data files of a folder: which they are, to which population and wave each belongs, and the codebooks that lie beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING

from kepuasan.codebook.roles import words
from kepuasan.codebook.spellings import folded
from kepuasan.errors import KepuasanError

if TYPE_CHECKING:
    from kepuasan.codebook import Codebook

__all__ = ["alike", "data_files", "is_of_others", "labels_of_waves", "own_codebook"]

#: suffixes of data files, those first that keep most of what a survey means
_SUFFIXES = (".sav", ".zsav", ".dta", ".sas7bdat", ".por", ".xpt", ".xlsx", ".ods", ".csv", ".tsv", ".parquet", ".arrow", ".feather")
_WORKBOOKS = (".xlsx", ".ods")
#: words in the names of files that hold the answers of those who serve
_OTHERS = frozenset(
    {"admin", "admins", "administrator", "administrators", "petugas", "pengelola", "operator", "operators", "staf", "staff", "pejabat", "aparatur"}
    | {"pegawai", "internal", "officer", "officers", "provider", "providers", "penyelenggara"}
)
#: a year within a name, and what stands for what a platform puts before or behind it
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20\d{2})(?!\d)")
#: columns that two files must share, and their share of the columns of the smaller
_SHARED, _ALIKE = 3, 0.6


def data_files(folder: Path, written: Set[str] = frozenset()) -> tuple[list[Path], list[Path]]:
    """The data files of a folder, one for each name, and files that hold the same in another format.

    Hidden files, locks of spreadsheet programs, codebooks and what a run has `written` are none of them.
    """
    found = [path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in _SUFFIXES and not path.name.startswith((".", "~$"))]
    found = [path for path in found if path.name not in written and not (path.suffix.lower() in _WORKBOOKS and _is_codebook(path))]
    chosen: dict[str, Path] = {}
    twins = []
    for path in sorted(found, key=lambda path: (_SUFFIXES.index(path.suffix.lower()), _natural(path.name))):
        if path.stem.casefold() in chosen:
            twins.append(path)
        else:
            chosen[path.stem.casefold()] = path
    return sorted(chosen.values(), key=lambda path: _natural(path.name)), twins


def _is_codebook(path: Path) -> bool:
    """Whether a workbook describes items: an XLSForm, or a sheet that lists them; faults in it do not make it data."""
    from kepuasan.codebook.xlsform.sheets import says_items
    from kepuasan.files.workbooks import read_sheet, sheet_names

    try:
        if {"survey", "choices"} <= {name.strip().casefold() for name in sheet_names(path)}:
            return True
        return says_items(read_sheet(path))
    except (KepuasanError, OSError):
        return False


def own_codebook(data: Path) -> tuple[Path, Codebook] | None:
    """A codebook of the same name beside a data file, where it can be read."""
    from kepuasan.codebook import Codebook

    stems = (data.stem, f"codebook_{data.stem}", f"{data.stem}_codebook")
    for path in (data.with_name(f"{stem}{suffix}") for stem in stems for suffix in (".toml", ".xlsx", ".ods")):
        if path != data and path.is_file():
            try:
                return path, Codebook.read(path)
            except KepuasanError:
                continue
    return None


def is_of_others(path: Path) -> bool:
    """Whether a file's name says that those answered who serve, not those who are served.

    Examples
    --------
    >>> is_of_others(Path("admins_2022.csv")), is_of_others(Path("Survei Petugas 2022.xlsx")), is_of_others(Path("users_2022.csv"))
    (True, True, False)
    """
    return bool(_OTHERS & set(words(path.stem)))


def alike(columns: Sequence[Iterable[str]]) -> list[list[int]]:
    """Files, by place, whose columns are alike, the largest set of them first.

    Examples
    --------
    >>> alike([["u1", "u2", "u3"], ["a", "b", "c"], ["U1", "U2", "u3", "u4"]])
    [[0, 2], [1]]
    """
    names = [{folded(name) for name in one} for one in columns]
    groups: list[list[int]] = []
    for place, mine in enumerate(names):
        for group in groups:
            shared = [len(mine & names[other]) for other in group]
            if all(n >= max(min(_SHARED, len(mine)), _ALIKE * min(len(mine), len(names[other]))) for n, other in zip(shared, group, strict=True)):
                group.append(place)
                break
        else:
            groups.append([place])
    return sorted(groups, key=lambda group: -len(group))


def labels_of_waves(stems: Sequence[str]) -> dict[str, str]:
    """Labels of waves by the names of their files, without suffix: years, where each has its own; what stands from the year on; else the names.

    Examples
    --------
    >>> labels_of_waves(["users_2022", "users_2020"])
    {'users_2020': '2020', 'users_2022': '2022'}
    >>> labels_of_waves(["skm_2025_2", "skm_2025_1"])
    {'skm_2025_1': '2025_1', 'skm_2025_2': '2025_2'}
    >>> labels_of_waves(["lama", "Baru 2"])
    {'Baru 2': 'Baru 2', 'lama': 'lama'}
    """
    years = {stem: found for stem in stems if (found := _YEAR.search(stem)) is not None}
    for labels in ({stem: year[0] for stem, year in years.items()}, {stem: stem[year.start() :].strip(" _-.") for stem, year in years.items()}):
        if len(set(labels.values())) == len(stems):
            return dict(sorted(labels.items(), key=lambda one: _natural(one[1])))
    return {stem: stem for stem in sorted(stems, key=_natural)}


def _natural(text: str) -> list[tuple[bool, int, str]]:
    """Text in the order in which people count: file 2 before file 10."""
    return [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in re.split(r"(\d+)", text.casefold()) if part]
