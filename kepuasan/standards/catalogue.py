"""The standards there are, as data: to add a regulation is to add one entry; to correct one is to change a line."""

from __future__ import annotations

from fractions import Fraction

from kepuasan.standards.standard import Classes, Element, Grade, Standard, Words

__all__ = ["STANDARDS"]


def _grade(code: str, low: float, high: float, indonesian: str, english: str) -> Grade:
    return Grade(code, low, high, {"id": indonesian, "en": english})


def _item(name: str, indonesian: str, english: str, *words: tuple[str, ...], optional: bool = False) -> Element:
    return Element(name, {"id": indonesian, "en": english}, words, optional=optional)


# ---------------------------------------------------------------- satisfaction of the public (SKM)

_SKM_TITLE = {"id": "Survei Kepuasan Masyarakat (SKM)", "en": "Survey of the satisfaction of the public (SKM)"}
_SKM_FORMULA = "mean score of each element (NRR), times its weight, summed (SKM); times 25 (IKM)"
_SKM_SCALE = (1.0, 4.0)

_PERSYARATAN = _item("persyaratan", "Persyaratan", "Requirements", ("persyarat", "syarat", "requirement"))
_PROSEDUR = _item("prosedur", "Sistem, Mekanisme dan Prosedur", "System, mechanism and procedure", ("prosedur", "mekanisme", "procedure"))
_WAKTU = _item("waktu", "Waktu Penyelesaian", "Completion time", ("waktu", "kecepatan", "completion_time", "time"))
_BIAYA = _item("biaya", "Biaya/Tarif", "Cost/tariff", ("biaya", "tarif", "tariff", "cost"), optional=True)
_PRODUK = _item("produk", "Produk Spesifikasi Jenis Pelayanan", "Product as specified", ("produk", "spesifikasi", "product"))
_KOMPETENSI = _item("kompetensi", "Kompetensi Pelaksana", "Competence of staff", ("kompeten", "kemampuan", "competence"))
_PERILAKU = _item("perilaku", "Perilaku Pelaksana", "Conduct of staff", ("perilaku", "kesopan", "conduct", "behaviour"))
_PENGADUAN = _item(
    "pengaduan", "Penanganan Pengaduan, Saran dan Masukan", "Handling of complaints and suggestions", ("pengaduan", "aduan", "complaint")
)
_SARANA = _item("sarana", "Sarana dan Prasarana", "Facilities", ("sarana", "prasarana", "sarpras", "fasilitas", "facilit"))
_MAKLUMAT = _item("maklumat", "Maklumat Pelayanan", "Service pledge", ("maklumat", "pledge"))

_NEW_BOUNDS = Classes(
    (
        _grade("D", 25.00, 64.99, "Tidak Baik", "Not good"),
        _grade("C", 65.00, 76.60, "Kurang Baik", "Less good"),
        _grade("B", 76.61, 88.30, "Baik", "Good"),
        _grade("A", 88.31, 100.00, "Sangat Baik", "Very good"),
    ),
    low=25.0,
    high=100.0,
    least=24.75,
)
_OLD_BOUNDS = Classes(
    (
        _grade("D", 25.00, 43.75, "Tidak Baik", "Not good"),
        _grade("C", 43.76, 62.50, "Kurang Baik", "Less good"),
        _grade("B", 62.51, 81.25, "Baik", "Good"),
        _grade("A", 81.26, 100.00, "Sangat Baik", "Very good"),
    ),
    low=25.0,
    high=100.0,
    least=24.75,
)
_NINTHS = {"exact": None, "0.1111": Fraction(1111, 10_000), "0.111": Fraction(111, 1000), "0.11": Fraction(11, 100)}

_SKM = (
    Standard(
        name="14/2017",
        numbered=7,
        family="skm",
        title=_SKM_TITLE,
        citation="Peraturan Menteri PANRB Nomor 14 Tahun 2017 tentang Pedoman Penyusunan Survei Kepuasan Masyarakat Unit Penyelenggara "
        "Pelayanan Publik",
        standing="seen",
        scale=_SKM_SCALE,
        scoring="share-of-max",
        conversion=_SKM_FORMULA,
        classes=_NEW_BOUNDS,
        elements=(_PERSYARATAN, _PROSEDUR, _WAKTU, _BIAYA, _PRODUK, _KOMPETENSI, _PERILAKU, _PENGADUAN, _SARANA),
        weights=_NINTHS,
        since=2017,
    ),
    Standard(
        name="16/2014",
        family="skm",
        title=_SKM_TITLE,
        citation="Peraturan Menteri PANRB Nomor 16 Tahun 2014 tentang Pedoman Survei Kepuasan Masyarakat terhadap Penyelenggaraan Pelayanan Publik",
        standing="unverified",
        unverified={
            "id": "bahwa batas kelasnya sama dengan 25/2004; nama kesembilan unsurnya",
            "en": "that its bounds are those of 25/2004; the names of its nine elements",
        },
        scale=_SKM_SCALE,
        scoring="share-of-max",
        conversion=_SKM_FORMULA,
        classes=_OLD_BOUNDS,
        elements=(_PERSYARATAN, _PROSEDUR, _WAKTU, _BIAYA, _PRODUK, _KOMPETENSI, _PERILAKU, _MAKLUMAT, _PENGADUAN),
        weights=_NINTHS,
        since=2014,
    ),
    Standard(
        name="25/2004",
        family="skm",
        title={"id": "Indeks Kepuasan Masyarakat (IKM)", "en": "Index of the satisfaction of the public (IKM)"},
        citation="Keputusan Menteri PAN Nomor KEP/25/M.PAN/2/2004 tentang Pedoman Umum Penyusunan Indeks Kepuasan Masyarakat Unit Pelayanan Instansi "
        "Pemerintah",
        standing="seen",
        unverified={"id": "nama keempat belas unsurnya", "en": "the names of its fourteen elements"},
        scale=_SKM_SCALE,
        scoring="share-of-max",
        conversion=_SKM_FORMULA,
        classes=_OLD_BOUNDS,
        elements=(
            _PROSEDUR,
            _PERSYARATAN,
            _item("kejelasan", "Kejelasan Petugas Pelayanan", "Clarity of who serves", ("kejelasan",)),
            _item("kedisiplinan", "Kedisiplinan Petugas Pelayanan", "Discipline of staff", ("disiplin", "kedisiplin")),
            _item("tanggung_jawab", "Tanggung Jawab Petugas Pelayanan", "Responsibility of staff", ("tanggung",)),
            _item("kemampuan", "Kemampuan Petugas Pelayanan", "Ability of staff", ("kemampuan",)),
            _item("kecepatan", "Kecepatan Pelayanan", "Speed of service", ("kecepatan",)),
            _item("keadilan", "Keadilan Mendapatkan Pelayanan", "Fairness of service", ("keadilan",)),
            _item("kesopanan", "Kesopanan dan Keramahan Petugas", "Politeness of staff", ("kesopan", "keramah")),
            _item("kewajaran_biaya", "Kewajaran Biaya Pelayanan", "Fairness of cost", ("kewajaran",), optional=True),
            _item("kepastian_biaya", "Kepastian Biaya Pelayanan", "Certainty of cost", ("kepastian",), ("biaya",), optional=True),
            _item("kepastian_jadwal", "Kepastian Jadwal Pelayanan", "Certainty of schedule", ("kepastian",), ("jadwal",)),
            _item("kenyamanan", "Kenyamanan Lingkungan", "Comfort of surroundings", ("kenyamanan",)),
            _item("keamanan", "Keamanan Pelayanan", "Safety of service", ("keamanan",)),
        ),
        weights={"exact": None, "0.071": Fraction(71, 1000)},
        since=2004,
    ),
)

# ---------------------------------------------------------------- index of public services (IPP)

_IPP_TITLE = {"id": "Indeks Pelayanan Publik (IPP)", "en": "Index of public services (IPP)"}
_IPP_FORMULA = "aspect scores times weights, summed (F02); mean of the means of the users' five aspects (F03); 0.75 F02 + 0.25 F03"
#: name, labels, weights in percent under each rule, and inner weights of the indicators, of which it is unverified whether they are official
_IPP_ASPECTS: tuple[tuple[str, str, str, tuple[int, int], tuple[float, ...]], ...] = (
    ("kebijakan", "Kebijakan Pelayanan", "Service policy", (24, 30), (17, 14, 7, 14, 10, 17, 7, 7, 7)),
    ("sdm", "Profesionalisme SDM", "Professional staff", (25, 18), (10, 20, 20, 20, 30)),
    ("sarana", "Sarana Prasarana", "Facilities", (18, 15), (15, 23, 20, 20, 11, 11)),
    ("sipp", "Sistem Informasi Pelayanan Publik", "Information system", (11, 15), (30, 20, 20, 30)),
    ("pengaduan", "Konsultasi dan Pengaduan", "Consultation and complaints", (10, 15), (20, 25, 25, 30)),
    ("inovasi", "Inovasi", "Innovation", (12, 7), (50, 50)),
)
_IPP_BOUNDS = Classes(
    (
        _grade("F", 0.00, 1.00, "Gagal", "Failed"),
        _grade("E", 1.01, 1.50, "Sangat Buruk", "Very bad"),
        _grade("D", 1.51, 2.00, "Buruk", "Bad"),
        _grade("C-", 2.01, 2.50, "Cukup (Dengan Catatan)", "Sufficient, with notes"),
        _grade("C", 2.51, 3.00, "Cukup", "Sufficient"),
        _grade("B-", 3.01, 3.50, "Baik (Dengan Catatan)", "Good, with notes"),
        _grade("B", 3.51, 4.00, "Baik", "Good"),
        _grade("A-", 4.01, 4.50, "Sangat Baik", "Very good"),
        _grade("A", 4.51, 5.00, "Pelayanan Prima", "Excellent"),
    ),
    low=0.0,
    high=5.0,
)


def _ipp(name: str, citation: str, column: int, unverified: Words, since: int) -> Standard:
    return Standard(
        name=f"ipp {name}",
        family="ipp",
        title=_IPP_TITLE,
        citation=citation,
        standing="unverified" if column else "seen",
        unverified=unverified,
        scale=(0.0, 5.0),
        scoring="raw",
        conversion=_IPP_FORMULA,
        classes=_IPP_BOUNDS,
        elements=tuple(
            Element(code, {"id": indonesian, "en": english}, weight=weights[column] / 100, indicators=inner)
            for code, indonesian, english, weights, inner in _IPP_ASPECTS
        ),
        shares={"f02": 0.75, "f03": 0.25},
        forms={"walk-in": (4, 3, 4, 2, 1), "online": (4, 1, 4, 1, 1)},
        since=since,
    )


_IPP = (
    _ipp(
        "29/2022",
        "Peraturan Menteri PANRB Nomor 29 Tahun 2022 tentang Pemantauan dan Evaluasi Kinerja Penyelenggaraan Pelayanan Publik, diubah dengan Nomor 4 "
        "Tahun 2023",
        0,
        {
            "id": "apakah indikator dalam satu aspek berbobot sama atau dengan bobot dalam; nama kelasnya",
            "en": "whether indicators within an aspect count alike or by inner weights; the names of the classes",
        },
        2022,
    ),
    _ipp(
        "17/2017",
        "Peraturan Menteri PANRB Nomor 17 Tahun 2017",
        1,
        {"id": "bobotnya; bahwa kelasnya sama dengan 29/2022", "en": "its weights; that its classes are those of 29/2022"},
        2017,
    ),
)

# ---------------------------------------------------------------- integrity zones (IPKP, IPAK)

_ZONE = "Peraturan Menteri PANRB Nomor 90 Tahun 2021 tentang Pembangunan dan Evaluasi Zona Integritas"
_NOT_YET = "Belum memenuhi", "Not reached"

_PERCEPTION = (
    Standard(
        name="ipkp",
        family="perception",
        title={"id": "Indeks Persepsi Kualitas Pelayanan (IPKP)", "en": "Perceived quality of service (IPKP)"},
        citation=_ZONE,
        standing="unverified",
        unverified={"id": "ambang nilainya", "en": "its thresholds"},
        scale=(1.0, 4.0),
        scoring="raw",
        conversion="mean of the item means, 1 to 4",
        classes=Classes(
            (
                _grade("-", 1.00, 3.19, *_NOT_YET),
                _grade("WBK", 3.20, 3.59, "Wilayah Bebas dari Korupsi", "Corruption-free area"),
                _grade("WBBM", 3.60, 4.00, "Wilayah Birokrasi Bersih dan Melayani", "Clean and serving area"),
            ),
            low=1.0,
            high=4.0,
        ),
        since=2021,
    ),
    Standard(
        name="ipak",
        family="perception",
        title={"id": "Indeks Persepsi Anti Korupsi (IPAK)", "en": "Perceived freedom from corruption (IPAK)"},
        citation=_ZONE,
        standing="unverified",
        unverified={
            "id": "ambang nilainya. Indeks dengan singkatan yang sama dari badan statistik (0 sampai 5, perilaku) adalah indeks lain",
            "en": "its threshold. The index of that abbreviation by the statistics office (0 to 5, conduct) is another one",
        },
        scale=(1.0, 4.0),
        scoring="raw",
        conversion="mean of the item means, 1 to 4",
        classes=Classes((_grade("-", 1.00, 3.59, *_NOT_YET), _grade("WBK/WBBM", 3.60, 4.00, "Memenuhi WBK dan WBBM", "Reached")), low=1.0, high=4.0),
        since=2021,
    ),
)

# ---------------------------------------------------------------- indices of customers, and the ombudsman's bands

_SATISFIED = (
    ("Tidak Puas", "Not satisfied"),
    ("Kurang Puas", "Less satisfied"),
    ("Cukup Puas", "Fairly satisfied"),
    ("Puas", "Satisfied"),
    ("Sangat Puas", "Very satisfied"),
)


def _satisfied(*highs: int) -> Classes:
    """Five classes of whole percents, by where each ends."""
    lows = (0, *(high + 1 for high in highs))
    grades = [_grade(f"{place}", low, high, *names) for place, (low, high, names) in enumerate(zip(lows, highs, _SATISFIED, strict=False), start=1)]
    return Classes(grades, decimals=0, low=0, high=100)


_NEIGHBOURS = (
    Standard(
        name="csi",
        family="csi",
        title={"id": "Indeks Kepuasan Pelanggan (CSI)", "en": "Customer satisfaction index (CSI)"},
        citation="as Indonesian reports compute it; classes as seen in several of them",
        standing="seen",
        scale=(1.0, 5.0),
        scoring="share-of-max",
        conversion="mean satisfaction weighted by each item's share of the mean importances, over the top of the scale, in percent",
        classes=_satisfied(34, 50, 65, 80, 100),
    ),
    Standard(
        name="csi-quintiles",
        family="csi",
        title={"id": "Indeks Kepuasan Pelanggan (CSI), kelas seperlima", "en": "Customer satisfaction index (CSI), classes of a fifth"},
        citation="classes of 20 points",
        standing="unverified",
        unverified={"id": "kelasnya", "en": "its classes"},
        scale=(1.0, 5.0),
        scoring="share-of-max",
        conversion="as csi",
        classes=_satisfied(20, 40, 60, 80, 100),
    ),
    Standard(
        name="acsi",
        family="acsi",
        title={"id": "Indeks kepuasan pelanggan Amerika (ACSI)", "en": "American Customer Satisfaction Index (ACSI)"},
        citation="Fornell, C., Johnson, M. D., Anderson, E. W., Cha, J. and Bryant, B. E. (1996). The American Customer Satisfaction Index: nature, "
        "purpose, and findings. Journal of Marketing 60 (4), 7-18",
        standing="seen",
        scale=(1.0, 10.0),
        scoring="minmax",
        conversion="100 (sum of w x - sum of w) / (9 sum of w), three items",
        elements=(
            _item("overall", "Kepuasan keseluruhan", "Overall satisfaction"),
            _item("expectations", "Dibanding harapan", "Compared with expectations"),
            _item("ideal", "Dibanding yang ideal", "Compared with the ideal"),
        ),
    ),
    Standard(
        name="nps",
        family="nps",
        title={"id": "Skor promotor bersih (NPS)", "en": "Net promoter score (NPS)"},
        citation="Reichheld, F. F. (2003). The one number you need to grow. Harvard Business Review 81 (12), 46-54",
        standing="seen",
        scale=(0.0, 10.0),
        conversion="share of 9 and 10 less share of 0 to 6, in points",
        elements=(_item("recommend", "Bersedia menyarankan", "Likely to recommend"),),
    ),
)
_OMBUDSMAN_TITLE = {"id": "Kepatuhan standar pelayanan (Ombudsman RI)", "en": "Compliance with service standards (Ombudsman)"}
_OMBUDSMAN = (
    Standard(
        name="ombudsman 2021",
        family="ombudsman",
        title=_OMBUDSMAN_TITLE,
        citation="Ombudsman Republik Indonesia, compliance survey 2021",
        standing="seen",
        scale=(0.0, 100.0),
        conversion="score of 0 to 100",
        classes=Classes(
            (
                _grade("red", 0.00, 50.99, "Zona merah", "Red zone"),
                _grade("yellow", 51.00, 80.99, "Zona kuning", "Yellow zone"),
                _grade("green", 81.00, 100.00, "Zona hijau", "Green zone"),
            ),
            low=0.0,
            high=100.0,
        ),
    ),
    Standard(
        name="ombudsman 2022",
        family="ombudsman",
        title=_OMBUDSMAN_TITLE,
        citation="Ombudsman Republik Indonesia, compliance survey from 2022",
        standing="unverified",
        unverified={"id": "batas kelas dan namanya", "en": "its bands and their names"},
        scale=(0.0, 100.0),
        conversion="score of 0 to 100",
        classes=Classes(
            (
                _grade("E", 0.00, 31.99, "Kualitas terendah", "Lowest quality"),
                _grade("D", 32.00, 53.99, "Kualitas rendah", "Low quality"),
                _grade("C", 54.00, 77.99, "Kualitas sedang", "Medium quality"),
                _grade("B", 78.00, 87.99, "Kualitas tinggi", "High quality"),
                _grade("A", 88.00, 100.00, "Kualitas tertinggi", "Highest quality"),
            ),
            low=0.0,
            high=100.0,
        ),
        since=2022,
    ),
)

#: every standard by name
STANDARDS: dict[str, Standard] = {one.name: one for one in (*_SKM, *_IPP, *_PERCEPTION, *_NEIGHBOURS, *_OMBUDSMAN)}
