"""The 38 provinces of Indonesia: names, codes, and where their tiles stand."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kepuasan.columns import spelled

__all__ = ["PROVINCES", "Placed", "Province", "placed", "province_of"]


@dataclass(frozen=True)
class Province:
    """A province: its ISO 3166-2 code without "ID-", its name, the statistics office's number, row and column of its tile, what else it is called."""

    code: str
    name: str
    number: str
    tile: tuple[int, int]
    others: tuple[str, ...] = ()


#: rows from north to south, columns from west to east
_ALL = (
    Province("AC", "Aceh", "11", (0, 0), ("nanggroe aceh darussalam", "nad", "istimewa aceh", "di aceh")),
    Province("SU", "Sumatera Utara", "12", (1, 1), ("sumut",)),
    Province("SB", "Sumatera Barat", "13", (2, 1), ("sumbar",)),
    Province("RI", "Riau", "14", (2, 2)),
    Province("KR", "Kepulauan Riau", "21", (2, 3), ("kepri", "riau islands", "riau archipelago")),
    Province("JA", "Jambi", "15", (3, 2)),
    Province("BE", "Bengkulu", "17", (4, 2)),
    Province("SS", "Sumatera Selatan", "16", (4, 3), ("sumsel",)),
    Province("BB", "Kepulauan Bangka Belitung", "19", (4, 4), ("bangka belitung", "babel", "bangka belitung islands")),
    Province("LA", "Lampung", "18", (5, 3)),
    Province("BT", "Banten", "36", (6, 4)),
    Province("JK", "DKI Jakarta", "31", (5, 5), ("jakarta", "khusus jakarta", "khusus ibukota jakarta", "dk jakarta", "dkj", "dki", "jakarta raya")),
    Province("JB", "Jawa Barat", "32", (6, 5), ("jabar",)),
    Province("JT", "Jawa Tengah", "33", (6, 6), ("jateng",)),
    Province("YO", "DI Yogyakarta", "34", (7, 6), ("yogyakarta", "istimewa yogyakarta", "diy", "jogjakarta", "di jogjakarta", "jogja", "yogya")),
    Province("JI", "Jawa Timur", "35", (6, 7), ("jatim",)),
    Province("BA", "Bali", "51", (6, 8)),
    Province("NB", "Nusa Tenggara Barat", "52", (6, 9), ("ntb",)),
    Province("NT", "Nusa Tenggara Timur", "53", (6, 10), ("ntt",)),
    Province("KB", "Kalimantan Barat", "61", (2, 5), ("kalbar",)),
    Province("KT", "Kalimantan Tengah", "62", (2, 6), ("kalteng",)),
    Province("KS", "Kalimantan Selatan", "63", (3, 6), ("kalsel",)),
    Province("KI", "Kalimantan Timur", "64", (2, 7), ("kaltim",)),
    Province("KU", "Kalimantan Utara", "65", (1, 7), ("kaltara", "kalut")),
    Province("SA", "Sulawesi Utara", "71", (1, 11), ("sulut",)),
    Province("GO", "Gorontalo", "75", (1, 10)),
    Province("ST", "Sulawesi Tengah", "72", (2, 10), ("sulteng",)),
    Province("SR", "Sulawesi Barat", "76", (3, 9), ("sulbar",)),
    Province("SN", "Sulawesi Selatan", "73", (4, 9), ("sulsel",)),
    Province("SG", "Sulawesi Tenggara", "74", (4, 10), ("sultra",)),
    Province("MU", "Maluku Utara", "82", (1, 13), ("malut",)),
    Province("MA", "Maluku", "81", (3, 13)),
    Province("PD", "Papua Barat Daya", "92", (2, 14), ("pabar daya", "pbd")),
    Province("PB", "Papua Barat", "91", (2, 15), ("pabar", "irian jaya barat")),
    Province("PA", "Papua", "94", (2, 16), ("irian jaya",)),
    Province("PT", "Papua Tengah", "96", (3, 15), ("pateng",)),
    Province("PE", "Papua Pegunungan", "97", (3, 16), ("papeg", "highland papua")),
    Province("PS", "Papua Selatan", "95", (4, 16), ("pasel",)),
)
#: the provinces by their code
PROVINCES: Mapping[str, Province] = {one.code: one for one in _ALL}

_COMPASS = {"utara": "north", "selatan": "south", "barat": "west", "timur": "east", "tengah": "central", "tenggara": "southeast", "daya": "southwest"}
#: up to 82 the statistics office (BPS) and the Ministry of Home Affairs number them alike; from 91 on they differ
_NUMBERS = {one.number: one.code for one in _ALL if one.number < "91"}
_OF_BPS = {one.number: one.code for one in _ALL if one.number >= "91"}
_OF_MINISTRY = {"91": "PA", "92": "PB", "93": "PS", "94": "PT", "95": "PE", "96": "PD"}
#: words that say no more than that it is a province
_IDLE = re.compile(r"\b(?:provinsi|propinsi|province|prov|prop|of|special|capital|region|daerah)\b")
_NUMBER = re.compile(r"(\d\d)(?:00)?(?:\.0)?")


@dataclass(frozen=True)
class Placed:
    """Which provinces codes of the data are.

    ``provinces``: by code of the data; ``unknown``: codes that are none; ``ambiguous``: numbers that two offices use for different provinces;
    ``twice``: codes of which several are one province.
    """

    provinces: Mapping[Any, str]
    unknown: tuple[Any, ...] = ()
    ambiguous: tuple[Any, ...] = ()
    twice: tuple[Any, ...] = ()


def placed(codes: Sequence[Any], labels: Mapping[Any, str] | None = None) -> Placed:
    """Which provinces codes are: by what they are called, then by what they are.

    Parameters
    ----------
    codes : sequence
        Names, ISO 3166-2 codes (``ID-AC`` or ``AC``), or numbers of two digits (or four, ending on 00).
    labels : mapping of code to text, optional
        What codes are called.

    Returns
    -------
    Placed
        Numbers from 91 on are taken only where the numbers themselves tell whose they are: 97 stands in the list of the statistics office alone, 93
        in that of the Ministry of Home Affairs alone.

    Examples
    --------
    >>> placed(["Prov. Jawa Barat", "ID-AC", 34, "Kabupaten Sleman", 94]).provinces
    {'Prov. Jawa Barat': 'JB', 'ID-AC': 'AC', 34: 'YO'}
    >>> placed([91, 94, 97]).provinces
    {91: 'PB', 94: 'PA', 97: 'PE'}
    """
    texts = {code: (spelled(code), str((labels or {}).get(code, ""))) for code in codes}
    found = {code: province_of(label) or province_of(text) for code, (text, label) in texts.items()}
    numbers = {code: _two_digits(text) for code, (text, _) in texts.items() if found[code] is None and _two_digits(text) is not None}
    late = _late({number for number in numbers.values() if number is not None})
    found |= {code: late.get(str(number)) for code, number in numbers.items()}
    ambiguous = tuple(code for code, number in numbers.items() if found[code] is None and (number in _OF_BPS or number in _OF_MINISTRY))
    counts = Counter(one for one in found.values() if one is not None)
    return Placed(
        provinces={code: one for code, one in found.items() if one is not None and counts[one] == 1},
        unknown=tuple(code for code, one in found.items() if one is None and code not in ambiguous),
        ambiguous=ambiguous,
        twice=tuple(code for code, one in found.items() if one is not None and counts[one] > 1),
    )


def province_of(text: str) -> str | None:
    """The code of the province that a name or a code is, whatever its case; None where it is none, or a number that offices use differently.

    Examples
    --------
    >>> [province_of(text) for text in ("D.I. Yogyakarta", "West Java", "id-ps", "3200", "91", "Sleman")]
    ['YO', 'JB', 'PS', 'JB', None, None]
    """
    number = _two_digits(text.strip())
    return _NUMBERS.get(number) if number is not None else _KNOWN.get(_plain(text))


def _two_digits(text: str) -> str | None:
    found = _NUMBER.fullmatch(text)
    return None if found is None else found[1]


def _late(numbers: set[str]) -> dict[str, str]:
    """What the numbers from 91 on are; nothing where they do not tell whose they are."""
    if ("97" in numbers) == ("93" in numbers):
        return {}
    return _OF_BPS if "97" in numbers else _OF_MINISTRY


def _plain(text: str) -> str:
    """A name in small letters, without marks, dots and words that say no more than that it is a province."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    words = re.sub(r"[^a-z0-9]+", " ", "".join(one for one in letters if not unicodedata.combining(one))).strip()
    words = re.sub(r"\bd k i\b|\bd (?=[ik]\b)", lambda found: found[0].replace(" ", ""), words)
    words = _IDLE.sub(" ", words).replace("sumatra", "sumatera").replace("ibu kota", "ibukota")
    return " ".join(re.sub(r"\bkep\b", "kepulauan", words).split())


def _names(one: Province) -> list[str]:
    """What a province is called, in Indonesian and in English, and its code."""
    island, *rest = one.name.casefold().split()
    english = [f"{_COMPASS[rest[-1]]} {island}"] if len(rest) in (1, 2) and rest[-1] in _COMPASS else []
    english += [f"{_COMPASS[rest[-1]]} nusa tenggara"] if one.code in ("NB", "NT") else []
    return [one.name, *one.others, *english, *(name.replace("jawa", "java") for name in english), one.code, f"id {one.code}"]


#: provinces by their plain names
_KNOWN: Mapping[str, str] = {_plain(name): one.code for one in _ALL for name in _names(one)}
