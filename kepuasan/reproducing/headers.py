"""What the columns of published tables are called, and the rows below them that sum up the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kepuasan.errors import DataError, some
from kepuasan.standards.unsur import element_of

if TYPE_CHECKING:
    from kepuasan.standards.standard import Standard

__all__ = ["HEADERS", "is_area", "roles_of", "sums_up"]

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
    "index": {"ikm", "skm", "indeks", "index", "konversi", "interval", "persepsi", "ni", "nik"},
    "class": {"mutu", "kinerja"},
    "": {
        *("nrr", "nrrt", "tertimbang", "weighted", "nilai", "per", "unsur", "item", "items", "unit", "units", "pelayanan", "layanan", "kepuasan"),
        *("masyarakat", "hasil", "grand", "keseluruhan", "semua", "seluruh", "responden", "setelah", "dikonversi", "x", "kategori"),
        *("all", "overall", "of", "the"),
    },
}
#: what names of rows begin with that sum up whatever follows, those that do so where an area follows, and counts of respondents
_LEADS = {("jumlah",): "sum", ("total",): "sum", ("grand", "total"): "sum", ("rata",): "mean", ("rerata",): "mean"}
_OF_AREA = {"nilai", "interval", "konversi", "ikm", "skm", "ni", "nik", "hasil", "persepsi", "indeks", "index"}
_AREAS = (
    *("kabupaten", "kab", "kota", "provinsi", "propinsi", "prov", "pemkab", "pemkot", "pemprov", "pemerintah", "pemda"),
    *("daerah", "opd", "kecamatan"),
)
_COUNTED, _PEOPLE = {"jumlah", "jml", "total", "banyak", "banyaknya"}, {"responden", "respondents", "kuesioner", "sampel"}


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


def is_area(name: Any) -> bool:
    """Whether a name is that of a regency, a city or a province."""
    return _words(name)[:1] in [[area] for area in _AREAS[:-3]]


def _words(name: Any) -> list[str]:
    return re.findall(r"[^\W\d_]+", str(name).casefold())


def sums_up(name: Any, standard: Standard) -> str:
    """What a row below a table holds by its name: "sum", "mean", "index" or "class"; "count" of respondents; nothing where it is an item or a unit.

    An index with a name of its own after the area is "place": units may be called so too.

    Examples
    --------
    >>> from kepuasan.standards.catalogue import STANDARDS
    >>> names = ("Jumlah", "Rata-rata Kota Serang", "IKM Unit Pelayanan", "Jumlah Responden", "Produk", "Dinas A")
    >>> [sums_up(name, STANDARDS["14/2017"]) for name in names]
    ['sum', 'mean', 'index', 'count', '', '']
    """
    if element_of(name, standard) is not None:
        return ""
    texts = (str(name), re.sub(r"\([^)]*\)", " ", str(name)))
    return next((kind for text in texts if (kind := _kind(_words(text)))), "")


def _kind(words: Sequence[str]) -> str:
    """What words in a row say that a row holds."""
    if (words[:1] and words[0] in _COUNTED and words[1:] and words[1] in _PEOPLE) or list(words) == ["responden"]:
        return "count"
    known: set[str] = set(_AREAS).union(*_SUMMARIES.values())
    if known.issuperset(words):
        kind = next((kind for kind in ("index", "mean", "sum", "class") if _SUMMARIES[kind].intersection(words)), "")
        if kind or list(words) == ["hasil"]:
            return kind or "index"
    own = next((place for place, word in enumerate(words) if word not in _OF_AREA), len(words))
    if own and words[own:] and words[own] in _AREAS:
        return "index" if known.issuperset(words) else "place"
    return next((kind for lead, kind in _LEADS.items() if tuple(words[: len(lead)]) == lead), "")
