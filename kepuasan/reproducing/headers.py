"""What the columns of published tables are called, and the rows below them that sum up the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kepuasan.errors import DataError, some
from kepuasan.standards.unsur import element_of

if TYPE_CHECKING:
    from kepuasan.standards.standard import Standard

__all__ = ["HEADERS", "roles_of", "sums_up"]

#: what a column is called, in small letters with single blanks; the first ones are preferred
HEADERS: dict[str, tuple[str, ...]] = {
    "item": (
        *("item", "unsur", "unsur pelayanan", "unsur layanan", "unsur skm", "nama unsur", "butir", "indikator", "element", "indicator"),
        *("pertanyaan", "uraian"),
    ),
    "mean": (
        *("mean", "nrr", "nilai nrr", "nrr unsur", "nrr per unsur", "rata rata", "rerata", "nilai rata rata", "nilai rata rata unsur"),
        *("rata rata unsur", "nilai unsur", "average"),
    ),
    "weight": ("weight", "bobot", "penimbang", "bobot nilai", "bobot nilai rata rata tertimbang"),
    "weighted": (
        "weighted",
        "nrr weighted",
        "weighted mean",
        "nrr tertimbang",
        "nrrt",
        "nilai tertimbang",
        "rata rata tertimbang",
        "rerata tertimbang",
    ),
    "unit": (
        *("unit", "unit kerja", "unit pelayanan", "unit layanan", "nama unit", "layanan", "jenis layanan", "pelayanan", "nama layanan", "service"),
        *("opd", "nama opd", "perangkat daerah", "nama perangkat daerah", "instansi", "nama instansi", "agency", "dinas"),
    ),
    "index": (
        *("ikm", "skm", "index", "indeks", "value", "nilai", "nilai ikm", "nilai skm", "ikm unit", "ikm unit pelayanan", "hasil skm", "nilai indeks"),
        *("indeks kepuasan masyarakat", "nilai konversi", "nilai interval konversi", "nilai ikm konversi", "ikm konversi", "score", "skor"),
    ),
    "n": (
        *("n", "responden", "jumlah responden", "banyak responden", "total responden", "respondents", "number of respondents", "jml responden"),
        *("sampel", "jumlah sampel"),
    ),
    "volume": ("volume", "volume layanan", "volume pelayanan", "jumlah layanan", "jumlah pelayanan", "jumlah pengguna"),
    "class": ("mutu", "mutu pelayanan", "mutu layanan", "mutu unit pelayanan", "class", "kelas", "kinerja", "kinerja unit pelayanan"),
}
_YEAR = re.compile(r" (?:tahun )?(?:19|20)\d\d$")
#: words that names of rows below a table are made of, by what the row holds; those of the last row say nothing alone
_SUMMARIES = {
    "sum": {"jumlah", "total", "sum"},
    "mean": {"rata", "rerata", "mean", "average"},
    "index": {"ikm", "skm", "indeks", "index", "konversi"},
    "class": {"mutu", "kinerja"},
    "": {
        *("nrr", "nrrt", "tertimbang", "weighted", "nilai", "per", "unsur", "item", "items", "unit", "units", "pelayanan", "layanan", "kepuasan"),
        *("masyarakat", "hasil", "interval", "keseluruhan", "semua", "seluruh", "responden", "setelah", "dikonversi", "x", "kategori"),
        *("all", "overall", "of", "the"),
    },
}


def _spelt(name: Any) -> list[str]:
    """What a header may be read as: as it is, without what stands in brackets, and without a year at its end."""
    plain = [re.sub(r"[\s_\-/.:()]+", " ", text).strip().casefold() for text in (str(name), re.sub(r"\([^)]*\)", " ", str(name)))]
    return list(dict.fromkeys([*plain, *(_YEAR.sub("", text) for text in plain)]))


def roles_of(columns: Iterable[Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The columns by role, beside those that are given.

    Raises
    ------
    DataError
        Two columns that may both be it, such as the index of two years.
    """
    spelt = {name: _spelt(name) for name in columns}
    roles = dict(given)
    for role, headers in HEADERS.items():
        places = {
            name: min((headers.index(text), place) for place, text in enumerate(texts) if text in headers)
            for name, texts in spelt.items()
            if any(text in headers for text in texts)
        }
        first = [name for name, place in places.items() if place == min(places.values())]
        if role in roles or not first:
            continue
        if len(first) > 1:
            raise DataError(f"{some(first)} may all be the column {role!r} ({headers[0]}); keep one of them, and give its year as a table of its own")
        roles[role] = first[0]
    return roles


def sums_up(name: Any, standard: Standard) -> str:
    """What a row below a table holds by its name: "sum", "mean", "index" or "class"; nothing where it is an item or a unit like others.

    Examples
    --------
    >>> from kepuasan.standards.catalogue import STANDARDS
    >>> [sums_up(name, STANDARDS["14/2017"]) for name in ("Jumlah", "Rata-rata Tertimbang", "IKM Unit Pelayanan", "Produk", "Dinas A")]
    ['sum', 'mean', 'index', '', '']
    """
    words = re.findall(r"[^\W\d_]+", str(name).casefold())
    known: set[str] = set().union(*_SUMMARIES.values())
    if not words or not known.issuperset(words) or element_of(name, standard) is not None:
        return ""
    return next((kind for kind in ("index", "mean", "sum", "class") if _SUMMARIES[kind].intersection(words)), "")
