"""The codebook of a synthetic wave: what each column means, in Indonesian and in English, and how it is written down."""

from __future__ import annotations

import json
import re
from typing import Any

from sample_targets import ADMINS_NOTE, ATTRIBUTES, DIMENSION_OF, ENGLISH, INDONESIAN, NAMED_DRIVERS, OFFICE_FIELDS, REGIONS, SURROUNDED, Wave

Label = dict[str, str]
Values = dict[int | str, Label]


def _label(indonesian: str, english: str) -> Label:
    return {"id": indonesian, "en": english}


SCALE: Values = {
    1: _label("Sangat tidak puas", "Very dissatisfied"),
    2: _label("Tidak puas", "Dissatisfied"),
    3: _label("Puas", "Satisfied"),
    4: _label("Sangat puas", "Very satisfied"),
}
MISSING: Values = {8: _label("Tidak tahu", "Don't know"), 9: _label("Menolak menjawab", "Refused")}
NO_YES: Values = {0: _label("Tidak", "No"), 1: _label("Ya", "Yes")}
DIMENSIONS = {
    "access": _label("Akses", "Access"),
    "process": _label("Proses", "Process"),
    "response": _label("Tanggapan", "Response"),
    "fairness": _label("Perlindungan dan keadilan", "Protection and fairness"),
}
ASKED = {  # item -> label, and what the question asks about
    "registering": (_label("Kemudahan mendaftar", "Ease of registering"), "kemudahan membuat akun dan mendaftar", "how easy it is to register"),
    "ease_of_use": (_label("Kemudahan menggunakan", "Ease of using"), "kemudahan menyampaikan laporan", "how easy it is to submit a report"),
    "confidentiality": (
        _label("Kerahasiaan identitas", "Confidentiality"),
        "jaminan kerahasiaan identitas pelapor",
        "how the reporter's identity is protected",
    ),
    "verification": (_label("Verifikasi laporan", "Verification"), "kejelasan verifikasi laporan", "how clearly reports are verified"),
    "disposition_accuracy": (
        _label("Ketepatan disposisi", "Disposition accuracy"),
        "ketepatan penerusan laporan kepada instansi yang berwenang",
        "how accurately reports are passed to the agency in charge",
    ),
    "response_speed": (
        _label("Kecepatan tanggapan", "Response speed"),
        "kecepatan instansi menanggapi laporan",
        "how fast agencies respond to reports",
    ),
    "ease_of_updates": (
        _label("Kemudahan memantau perkembangan", "Ease of updates"),
        "kemudahan memperoleh kabar perkembangan laporan",
        "how easy it is to get updates on a report",
    ),
    "answer_quality": (_label("Kualitas jawaban", "Quality of the answer"), "kualitas jawaban atas laporan", "the quality of the answer to a report"),
    "fairness": (_label("Keadilan perlakuan", "Fairness"), "perlakuan yang adil terhadap setiap pelapor", "the fair treatment of every reporter"),
    "inclusiveness": (_label("Inklusivitas", "Inclusiveness"), "keterjangkauan layanan bagi semua kelompok", "how open the service is to all groups"),
    "overall": (_label("Kepuasan keseluruhan", "Overall satisfaction"), "layanan pengaduan secara keseluruhan", "the complaint service as a whole"),
}
AGAIN = {
    "keep_using": (
        _label("Akan terus menggunakan", "Will keep using"),
        _label("Apakah Anda akan terus menggunakan layanan ini?", "Will you keep using this service?"),
    ),
    "recommend": (
        _label("Akan merekomendasikan", "Will recommend"),
        _label("Apakah Anda akan merekomendasikan layanan ini?", "Will you recommend this service?"),
    ),
}
OFFICES: Values = {name: _label(name, english) for name, english in OFFICE_FIELDS.items()}
PEOPLE: dict[str, tuple[Label, Values]] = {
    "sex": (_label("Jenis kelamin", "Sex"), {"L": _label("Laki-laki", "Men"), "P": _label("Perempuan", "Women")}),
    "age": (_label("Umur (tahun)", "Age (years)"), {}),
    "disability": (
        _label("Penyandang disabilitas", "Disability"),
        {0: _label("Bukan penyandang disabilitas", "Person without disability"), 1: _label("Penyandang disabilitas", "Person with disability")},
    ),
    "education": (
        _label("Pendidikan terakhir", "Highest education"),
        {
            1: _label("SD atau kurang", "Primary school or less"),
            2: _label("SMP", "Lower secondary school"),
            3: _label("SMA/SMK", "Upper secondary school"),
            4: _label("D1-D3", "Diploma"),
            5: _label("D4/S1", "Bachelor's degree"),
            6: _label("S2", "Master's degree"),
            7: _label("S3", "Doctorate"),
        },
    ),
    "channel": (
        _label("Saluran pengaduan", "Complaint channel"),
        {
            1: _label("Situs web", "Website"),
            2: _label("Aplikasi ponsel", "Mobile application"),
            3: _label("SMS", "Text message"),
            4: _label("Media sosial", "Social media"),
            5: _label("Tatap muka", "In person"),
            6: _label("Surat atau telepon", "Letter or telephone"),
        },
    ),
}
AGENCY_TYPES: Values = {
    1: _label("Instansi nasional", "National agency"),
    2: _label("Instansi percontohan", "Pilot agency"),
    3: _label("Instansi lain", "Other agency"),
}


def source_of(wave: Wave) -> str:
    """The sentence that everything made from a wave carries, in both languages."""
    return f"{ENGLISH} ({INDONESIAN})" + ("" if wave.of_users else f"; {ADMINS_NOTE}")


def codebook_of(wave: Wave, columns: list[str]) -> dict[str, Any]:
    """The codebook of a wave as nested mappings, its items in the order of the columns."""
    items = {**_places(wave), **_questions(), **{name: _coded(label, values) for name, (label, values) in PEOPLE.items()}}
    items["sex"]["type"] = "text"
    return {
        "source": source_of(wave),
        "scales": {"puas4": {"low": 1, "high": 4, "labels": SCALE}},
        "dimensions": {name: {"label": label} for name, label in DIMENSIONS.items()},
        "items": {column: items[column] for column in columns},
        "index": {"items": list(ATTRIBUTES), "scoring": "top-box", "top": 2, "level": "items", "missing": "available"},
        "drivers": {item: {"label": ASKED[item][0], "items": [item]} for item in NAMED_DRIVERS},
        "design": {"weight": "weight", "strata": "stratum", "psu": "psu"},
    }


def _coded(label: Label, values: Values, **more: Any) -> dict[str, Any]:
    """An item with value labels, or with none where there are none."""
    return {"label": label, **more, **({"values": values} if values else {})}


def _questions() -> dict[str, dict[str, Any]]:
    """The attributes, the overall item and what users will do."""
    items: dict[str, dict[str, Any]] = {}
    for name, (label, indonesian, english) in ASKED.items():
        dimension = {"dimension": DIMENSION_OF[name]} if name in DIMENSION_OF else {}
        question = _label(f"Seberapa puas Anda dengan {indonesian}?", f"How satisfied are you with {english}?")
        items[name] = {"label": label, "scale": "puas4", **dimension, "missing": MISSING, "question": question}
    for name, (label, question) in AGAIN.items():
        items[name] = _coded(label, NO_YES, missing=MISSING, question=question)
    return items


def _places(wave: Wave) -> dict[str, dict[str, Any]]:
    """Identity, place and design columns."""
    regions: Values = {name: _region(name) if wave.of_users else _label(name, english) for name, (_, english, _) in REGIONS.items()}
    provinces: Values = {name: _label(name, english) for name, (province, english, _) in REGIONS.items() if name == province}
    if not wave.of_users:
        regions["Nasional"] = _label("Nasional", "National")
    stratum = regions if wave.of_users else {}
    unit = _label("Unit layanan (nomor dalam strata)", "Service unit (number within the stratum)")
    if not wave.of_users:
        unit = _label("Instansi (nomor dalam strata)", "Agency (number within the stratum)")
    places = {
        "respondent": _coded(_label("Responden", "Respondent"), {}, type="text"),
        "region": _coded(_label("Wilayah survei", "Survey region"), regions, type="text"),
        "province": _coded(_label("Provinsi", "Province"), provinces, type="text"),
        "agency": _coded(_label("Instansi (urusan)", "Agency (its field)"), OFFICES, type="text"),
        "agency_type": _coded(_label("Jenis instansi", "Type of agency"), AGENCY_TYPES),
        "pilot": _coded(_label("Instansi percontohan", "Pilot agency"), NO_YES),
        "stratum": _coded(_label("Strata", "Stratum"), stratum, type="text"),
        "psu": _coded(unit, {}),
        "weight": _coded(_label("Penimbang", "Weight"), {}),
    }
    if not wave.of_users:
        places["agency"] = _coded(_label("Instansi", "Agency"), {}, type="text")
    return places


def _region(name: str) -> Label:
    """A region's label; a province that surrounds a pilot regency says that it leaves it out."""
    english = REGIONS[name][1]
    if name in SURROUNDED:
        regency = SURROUNDED[name]
        return _label(f"{name} di luar {regency}", f"{english} outside {REGIONS[regency][1]}")
    return _label(name, english)


# ---- TOML ----------------------------------------------------------------------------------------------------------------------------


def to_toml(codebook: dict[str, Any]) -> str:
    """A codebook as TOML: one table an item, long value labels in a table of their own."""
    lines = ["# " + codebook["source"], f"source = {json.dumps(codebook['source'], ensure_ascii=False)}"]
    for section, content in codebook.items():
        if section == "source":
            continue
        if section in ("index", "design"):
            lines += ["", f"[{section}]", *(f"{_key(name)} = {_inline(value)}" for name, value in content.items())]
            continue
        for name, entry in content.items():
            lines += ["", *_table(f"{section}.{_key(name)}", entry)]
    return "\n".join(lines) + "\n"


def _table(path: str, entry: dict[str, Any]) -> list[str]:
    """One table, and below it those of its mappings that have more than two entries besides id and en."""
    long = {name: value for name, value in entry.items() if isinstance(value, dict) and len(value) > 2}
    lines = [f"[{path}]", *(f"{name} = {_inline(value)}" for name, value in entry.items() if name not in long)]
    for name, value in long.items():
        lines += ["", f"[{path}.{name}]", *(f"{_key(code)} = {_inline(label)}" for code, label in value.items())]
    return lines


def _key(code: int | str) -> str:
    """A key, quoted where TOML asks for it."""
    text = str(code)
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else json.dumps(text, ensure_ascii=False)


def _inline(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(name)} = {_inline(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)
