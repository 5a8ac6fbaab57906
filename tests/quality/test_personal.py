"""Columns that look like personal data, by name and by cells."""

import numpy as np
import pandas as pd
import pytest
from quality.surveys import DESIGN, book, rows

from kepuasan import Survey
from kepuasan.codebook import Item
from kepuasan.codebook.personal import personal_kind
from kepuasan.quality import check_survey, personal_columns

NAMES = [f"{first} {last}" for first in ("Ani", "Budi", "Citra", "Dewi") for last in ("Lestari", "Santoso", "Wijaya", "Putri", "Nugroho")]


def cells(make, n=400):
    return [make(place) for place in range(n)]


NIK = cells(lambda k: f"31740{1 + k % 9}{10 + k % 19:02}0{1 + k % 9}85{k:04}")
PHONE = cells(lambda k: f"0812{k:07}")
SEEN = {
    "Nama lengkap": (cells(lambda k: NAMES[k % 20]), "name of a person"),
    "nama_pewawancara": (cells(lambda k: NAMES[k % 20]), "name of a person"),
    "x1": (NIK, "identity number"),
    "x2": ([int(one) for one in NIK], "identity number"),
    "No. KTP": (cells(lambda k: f"{k:08}"), "identity number"),
    "kontak": (PHONE, "telephone number"),
    "kontak2": (cells(lambda k: f"+62 812-{1000 + k}-{k:04}"), "telephone number"),
    "kontak3": (cells(lambda k: 81200000000 + k), "telephone number"),
    "no_hp": (cells(lambda k: f"{7000000 + k}"), "telephone number"),
    "Nomor Rekening": (cells(lambda k: f"00{12345000 + k}"), "bank account number"),
    "nohp": (cells(lambda k: 81200000000 + k), "telephone number"),
    "npwp16": (cells(lambda k: f"00123456789{10000 + k}"), "identity number"),
    "nama_1": (cells(lambda k: NAMES[k % 20]), "name of a person"),
    "x5": (cells(lambda k: f"01.234.567.8-901.{k:03}"), "identity number"),
    "x6": ([9.0, *map(float, NIK[1:])], "identity number"),
    "petugas": (cells(lambda k: NAMES[k % 3]), "name of a person"),
    "Siapa petugas yang melayani Anda?": (cells(lambda k: f"{('Ahmad Wijaya', 'Siti')[k % 2]} {k}"), "name of a person"),
    "pewawancara": (cells(lambda k: ("Marthen Kogoya", "Yosepha Tabuni")[k % 2]), "name of a person"),
    "Nama Petugas": (cells(lambda k: ("H. ABDUL RAHMAN, S.Sos", "ny. siti (loket 1)")[k % 2]), "name of a person"),
    "alamat": (cells(lambda k: ("Jl. Melati 3", "Gg. Kelinci RT 02/03")[k % 2]), "postal address"),
    "x3": (cells(lambda k: f"orang{k}@contoh.go.id"), "e-mail address"),
    "Alamat rumah": (cells(lambda k: f"Jalan Melati {k}, RT 3"), "postal address"),
    "_gps_latitude": (cells(lambda k: -6.2 - k / 1000), "coordinates of a place"),
    "lokasi": (cells(lambda k: f"-6.20{k:03} 106.80{k:03} 0 5"), "coordinates of a place"),
    "tgl_lahir": (cells(lambda k: f"{1 + k % 28:02}/05/198{k % 10}"), "date of birth"),
    "IP Address": (cells(lambda k: f"10.0.{k % 250}.{k % 99}"), "IP address"),
    "x4": (cells(lambda k: f"10.0.{k % 250}.{k % 99}"), "IP address"),
    "saran": (["baik", "hubungi saya di 0812 3456 7890"] * 200, "telephone numbers within texts"),
    "keluhan": (["baik", "kirim ke a.b@contoh.id saja"] * 200, "e-mail addresses within texts"),
}

UNSEEN = {
    "nama_layanan": cells(lambda k: f"Layanan {NAMES[k % 20]}"),
    "Nama OPD": cells(lambda k: f"Dinas {NAMES[k % 20]}"),
    "nama_kecamatan": cells(lambda k: NAMES[k % 20]),
    "kanal/telepon": [0, 1] * 200,
    "wa": [0, 1] * 200,
    "punya_email": ["Ya", "Tidak"] * 200,
    "biaya": cells(lambda k: 8_000_000_000 + 10_000_000 * k),
    "anggaran": cells(lambda k: 8_150_000_000 + 1_000_000 * k),
    "penduduk": cells(lambda k: 812_345 + k),
    "kode": cells(lambda k: f"{k:016}"),
    "tahun_lahir": cells(lambda k: 1950 + k % 50),
    "tempat_lahir": ["Jakarta", "Medan"] * 200,
    "alamat_jelas": ["Ya", "Tidak"] * 200,
    "versi": ["1.2.3", "1.2.4"] * 200,
    "hipotesis": cells(lambda k: f"teks {k}"),
    "saran": cells(lambda k: f"pelayanan 24 jam, antrean {k} orang, tahun 2024/2025"),
    "latihan": cells(lambda k: k / 7),
    "petugas": cells(lambda k: 1 + k % 3),
    "petugas_loket": cells(lambda k: f"Loket {'ABC'[k % 3]}"),
    "Perilaku petugas": cells(lambda k: ("Sangat Ramah", "Ramah", "Kurang Ramah")[k % 3]),
    "pewawancara": cells(lambda k: f"P{k % 7:02}"),
    "enumerator": cells(lambda k: ("Mitra BPS", "Organik BPS")[k % 2]),
    "responden": cells(lambda k: ("Masyarakat Umum", "Pelaku Usaha", "Aparatur Sipil Negara")[k % 3]),
    "operator": cells(lambda k: ("Telkomsel", "Indosat Ooredoo")[k % 2]),
    "nama": cells(lambda k: f"{('Dinas Kesehatan', 'Badan Pendapatan', 'Kantor Pertanahan')[k % 3]} {k % 90}"),
    "instansi": cells(lambda k: NAMES[k % 20]),
    "unit_petugas": cells(lambda k: NAMES[k % 3]),
    "kecamatan": cells(lambda k: NAMES[k % 20]),
    "alamat": cells(lambda k: f"Kabupaten {NAMES[k % 20]} {k}"),
    "alamat_kantor": cells(lambda k: f"Jalan Melati {k}"),
    "plat_nomor": cells(lambda k: f"B {1000 + k} XY"),
    "rekening": ["Ya", "Tidak"] * 200,
}


@pytest.mark.parametrize("name", SEEN)
def test_personal_data_are_recognised(found, name):
    values, reason = SEEN[name]
    table = found(rows().assign(**{name: values}))
    assert table.index.tolist() == ["KP230"]
    assert table.loc["KP230", ["severity", "column", "count"]].tolist() == ["warning", name, 400]
    assert table.loc["KP230", "message"] == f"this looks like personal data: {reason} (400 filled cells)"
    assert "do not show its cells" in table.loc["KP230", "advice"]


@pytest.mark.parametrize("name", UNSEEN)
def test_what_only_resembles_personal_data_is_left_alone(found, name):
    assert found(rows().assign(**{name: UNSEEN[name]})).empty


def test_declared_personal_columns_are_known_and_no_finding():
    declared = book(kontak=Item("kontak", type="text", role="personal"), umpan=Item("umpan", type="text", role="personal"))
    survey = Survey(rows().assign(kontak=PHONE, umpan="x"), declared, DESIGN)
    assert personal_columns(survey) == {"kontak": "declared personal by the codebook", "umpan": "declared personal by the codebook"}
    assert check_survey(survey).empty
    assert personal_columns(survey, language="id")["kontak"] == "dinyatakan pribadi oleh buku kode"


def test_empty_columns_and_few_cells_are_read_without_a_fault():
    frame = pd.DataFrame({"nama": [None, None], "email": [np.nan, "a@b.id"], "nik": [np.nan, 3.0], "lat": ["x", None], "tgl_lahir": pd.NaT})
    assert personal_columns(Survey(frame)) == {"email": "e-mail address"}


def test_columns_of_the_design_and_of_answers_are_not_looked_at():
    labelled = book(nama=Item("nama", type="text", values={name: name for name in NAMES}))
    assert personal_columns(Survey(rows().assign(nama=cells(lambda k: NAMES[k % 20])), labelled, DESIGN)) == {}


@pytest.mark.parametrize(
    ("name", "places"),
    [("_gps_latitude", [-6.2001, -6.3127, 1.1234]), ("lokasi", ["-6.2001 106.8001", "-6.3127 106.9002", "1.1234 99.5678"])],
)
def test_coordinates_of_a_few_offices_are_not_personal(name, places):
    assert not personal_kind(name, pd.Series(places * 100))  # was "coordinates"


SHORT = {
    "pewawancara": ["Budi Santoso"],
    "nama_petugas": ["Siti Rahma", "Siti Rahma"],
    "petugas": ["Ahmad Wijaya 0", "Siti Aminah 1", "Dewi 2"],
    "responden": ["Ani", "Budi", "Joko"],
    "nama": ["Marthen Kogoya", "Ani"],
    "no_wa": ["+62 812-3456-7890"],
    "alamat": ["Jl. Melati 3, Ambon"],
    "x1": ["'3174 0101 0185 0001"],
    "x2": [3174010101850001.0],
}


@pytest.mark.parametrize("name", SHORT)
def test_personal_data_are_recognised_in_few_rows(name):
    assert personal_kind(name, pd.Series(SHORT[name]))  # "petugas", "pewawancara", "responden" were "" and accepted as groups


@pytest.mark.parametrize("name", ["instansi", "unit", "kecamatan", "Nama Instansi", "wilayah", "region", "agency", "province", "kanal"])
@pytest.mark.parametrize("cells", [["Budi Santoso", "Siti Rahma"], ["Dinas Kesehatan", "Puskesmas Melati"], ["Ambon", "Jawa Barat"]])
def test_offices_and_regions_are_no_persons_in_few_rows(name, cells):
    assert personal_kind(name, pd.Series(cells)) == ""


@pytest.mark.parametrize(
    "cells", [["Loket A"], ["Petugas 1", "Petugas 2"], ["P01", "P02"], [1, 2, 3], ["Satpam", "Front Office"], ["Baik", "Tidak ramah"]]
)
def test_a_column_of_officers_without_names_is_a_group_like_others(cells):
    assert personal_kind("petugas", pd.Series(cells)) == ""


def test_no_finding_shows_a_cell_of_a_column_declared_personal():
    declared = book(umur=Item("umur", role="personal"), kota=Item("kota", type="text", role="personal"), kode=Item("kode", role="personal"))
    cells = {"umur": [450, *range(20, 74), *[30] * 345], "kota": ["Ambon"] * 390 + ["AMBON"] * 10, "kode": [9999, *[1, 2, 3] * 133]}
    table = check_survey(Survey(rows().assign(**cells, kosong=np.nan), declared, DESIGN)).set_index("code")
    assert table.loc[["KP210", "KP211", "KP218"], "column"].tolist() == ["umur", "kode", "kota"]
    said = " ".join(table["message"])
    assert "***" in said
    assert not any(cell in said for cell in ("450", "9,999", "9999", "AMBON"))  # was "ages that cannot be: 450"


def test_a_column_declared_personal_is_not_called_empty():
    declared = book(nama=Item("nama", role="personal"))
    assert check_survey(Survey(rows().assign(nama=np.nan), declared, DESIGN)).empty  # was KP215: 1 columns are empty: 'nama'
