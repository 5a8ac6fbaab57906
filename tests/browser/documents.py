"""Reports made by hand: a small one with every kind of block, and one whose texts are as bad as texts can be."""

import pandas as pd

from kepuasan.display.dots import dot_plot
from kepuasan.report.document import Absent, Card, Code, Document, Listing, Paragraph, Picture, Section, Table

SCRIPT = '<script>alert("1")</script><img src=x onerror=alert(2)>'
LONG = "Kecepatan penanganan laporan yang disampaikan masyarakat melalui kanal pengaduan " * 4
UNBROKEN = "kecepatanpenangananlaporan" * 12
RIGHT_TO_LEFT = "سرعة الاستجابة (٢٠٢٢) \N{RIGHT-TO-LEFT OVERRIDE}abc"
NAMES = ("Aceh", "Sumatera Utara", "Kepulauan Bangka Belitung", "DI Yogyakarta", "Nusa Tenggara Timur", "Papua Barat Daya")
HOSTILE = (
    SCRIPT,
    '=HYPERLINK("http://192.0.2.1")',
    LONG,
    UNBROKEN,
    RIGHT_TO_LEFT,
    "\N{PILE OF POO}\N{FAMILY}",
    "",
    "]]>--></style></title></table>",
    "&lt;b&gt; {{ 7 * 7 }}",
)


def drawn(name, labels, caption):
    """A figure with a row for each label, and its text."""
    codes = [str(place) for place in range(len(labels))]
    numbers = [70.0 + place for place in range(len(labels))]
    table = pd.DataFrame({"item": codes, "estimate": numbers, "ci_low": [one - 2 for one in numbers], "ci_high": [one + 2 for one in numbers]})
    axes = dot_plot(table, title=caption, unit="skor", labels=dict(zip(codes, labels, strict=True)), language="id", decimals=1)
    told = "; ".join(f"{label}: {value:.1f}" for label, value in zip(labels, numbers, strict=True))
    return Picture(name, caption, f"{caption}. {told}.", axes)


def league(labels):
    """Many rows of seven columns."""
    rows = tuple(
        (label, f"{80 - place},0", f"{78 - place},1 s.d. {82 - place},4", "1.203", "987", str(place + 1), "1 s.d. 38")
        for place, label in enumerate(labels)
    )
    header = ("Provinsi", "Indeks", "Selang kepercayaan 95 %", "n", "n efektif", "Peringkat", "Selang peringkat")
    return Table("league", "Indeks menurut provinsi", header, rows, notes=("* n di bawah 30: tidak ditampilkan.",))


def by_wave(labels):
    """Rows of two headers, three waves each."""
    rows = tuple((label, wave, "75,2", "0,71", "73,8 s.d. 76,6", "1.300", "1.022") for label in labels for wave in ("2020", "2021", "2022"))
    return Table(
        "items", "Nilai setiap butir", ("Butir", "Gelombang", "Nilai", "Galat baku", "Selang kepercayaan 95 %", "n", "n efektif"), rows, heads=2
    )


def banner(labels):
    """Ten columns, the last one of sentences, and a total."""
    rows = tuple(
        (label, "75,7", "73,7", "−2,0", "−4,1 s.d. 0,1", "0,061", "640", "610", "502", "di dalam galat pengambilan sampel") for label in labels
    )
    header = ("", "Indeks 2020", "Indeks 2022", "Selisih", "Selang kepercayaan 95 %", "Nilai p (Holm)", "n 2020", "n 2022", "n efektif", "Diuji")
    return Table("moved", "Siapa yang berubah", header, rows, total=True, text=(9,))


def small(language="id"):
    """Every kind of block once, and an absent part."""
    words = "Indeks 73,7 (selang kepercayaan 95 %: 71,9 s.d. 75,5)."
    cards = (
        Card("Indeks 2022", "73,7", ("selang kepercayaan 95 %: 71,9 s.d. 75,5",)),
        Card("Perubahan dari 2020", "−2,0 poin", ("selang kepercayaan 95 %: −3,9 s.d. −0,1", "melampaui galat pengambilan sampel")),
        Card("Responden", "1.300", ("n efektif 1.022",)),
        Card("Angka respons", "34,2 %", ("AAPOR RR1; RR3 41,0 %",)),
    )
    code = Code("R", 'options(survey.lonely.psu = "adjust")\nd <- d[d$x %in% c(1, 5) & 5 %in% 5, ] # ' + "x" * 200 + "\n")
    listing = Listing(("Satu", "Dua"), (("Rancangan", "acak berstrata"), ("Waktu", "Maret 2022")))
    sections = (
        Section("change", "Perubahan indeks", (Paragraph(words * 3), drawn("change", NAMES[:2], "Indeks menurut gelombang"), banner(NAMES))),
        Section("answers", "Jawaban", (drawn("answers", NAMES * 3, "Nilai setiap butir"), by_wave(NAMES), Paragraph(words, "small"))),
        Section("league", "Peringkat", (Paragraph(words, "note"), league(NAMES * 6))),
        Section("audit", "Kode untuk auditor", (listing, code)),
    )
    absent = (Absent("groups", "Kelompok rentan", "Resep tidak menyebut [[groups]]."),)
    return Document(language, "Survei contoh", "Indeks 2022 adalah 73,7", cards, sections, ("Data ini karangan.",), absent)


def hostile(language="id"):
    """Every text is one that breaks pages that are not careful."""
    blocks = []
    for text in HOSTILE:
        blocks += [Paragraph(text), Paragraph(text, "note"), Listing((text,), ((text, text),)), Code(text, text)]
    blocks += [league(HOSTILE), by_wave(HOSTILE), banner(HOSTILE), drawn("one", HOSTILE, SCRIPT), drawn("two", (UNBROKEN,), UNBROKEN)]
    table = Table("bad", UNBROKEN, (UNBROKEN, SCRIPT, RIGHT_TO_LEFT), ((UNBROKEN, "1", UNBROKEN), ("", "", "")), notes=(UNBROKEN, SCRIPT), text=(2,))
    cards = tuple(Card(text, text, (text,)) for text in HOSTILE)
    absent = (Absent("x", UNBROKEN, SCRIPT), Absent("y", RIGHT_TO_LEFT, UNBROKEN))
    sections = (Section("answers", UNBROKEN, tuple(blocks)), Section("league", RIGHT_TO_LEFT, (table,)), Section("method", SCRIPT, ()))
    return Document(language, SCRIPT, f"{SCRIPT} {UNBROKEN} {RIGHT_TO_LEFT}", cards, sections, HOSTILE, absent)


def bare(language="id"):
    """No title, no cards, no parts."""
    return Document(language, "", "Indeks kepuasan 73,7", (), ())
