"""Reports made by hand: a plain one, one of hostile texts, and one of nothing but its finding."""

import pandas as pd

from kepuasan.display.dots import dot_plot
from kepuasan.report.document import Absent, Card, Code, Document, Listing, Paragraph, Picture, Section, Table

HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://evil.example","x")',
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "#set page(width: 1pt) *bold* $x$ @ref <label> `raw`",
    "\u0633\u0631\u0639\u0629 \u0627\u0644\u062e\u062f\u0645\u0629 100 %",
    "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "",
    "x" * 300,
    "word " * 60,
    "a\x00b\x1bc\ufffe\ufeff\u2028d\ud800e",
    "\u4e2d\u6587 \u0939\u093f\u0928\u094d\u0926\u0940",
    "]]> & \" ' < > {{ 7*7 }} {% x %} \\ %",
)


def tidy(names):
    count = len(names)
    return pd.DataFrame(
        {
            "item": pd.Series(list(names), dtype=object),
            "estimate": [70.123456789 + place for place in range(count)],
            "se": [0.5] * count,
            "ci_low": [69.0 + place for place in range(count)],
            "ci_high": [71.0 + place for place in range(count)],
            "level": [0.95] * count,
            "n": [float(1000 + place) for place in range(count)],
        }
    )


def odd(text):
    """A table in full whose column is called by a hostile text too."""
    return pd.DataFrame([[text, 1.5]], columns=pd.Index([text, "estimate"], dtype=object), dtype=object)


def picture(names):
    return dot_plot(tidy(names), title="Nilai", language="id")


def table_of(names, name="items", **more):
    rows = tuple((one, f"{70 + place},1", "0,50", f"{69 + place},0 s.d. {71 + place},0", "1.000", "812") for place, one in enumerate(names))
    header = ("Butir", "Nilai", "Galat baku", "Selang kepercayaan 95 %", "n", "n efektif")
    return Table(name, "Nilai setiap butir", header, rows, tidy(names), **more)


def plain_document(language="id"):
    names = [f"Butir {place}" for place in range(1, 10)]
    hidden = tidy(["L", "P"]).assign(suppressed=["", "publication"])
    hidden.loc[1, ["estimate", "se", "ci_low", "ci_high"]] = float("nan")
    wide = Table(
        "league",
        "Peringkat provinsi",
        ("Provinsi", "Indeks", "Selang kepercayaan 95 %", "n", "n efektif", "Peringkat", "Rentang peringkat", "Selisih", "Nilai p"),
        tuple((f"Provinsi {place}", "75,7", "73,1 s.d. 78,2", "1.234", "987", str(place), "1 s.d. 38", "+1,2", "0,034") for place in range(1, 39)),
        total=True,
        text=(0,),
    )
    sections = (
        Section("change", "Perubahan", (Paragraph("Selisih itu melampaui galat sampling."), table_of(names, notes=("* catatan",)))),
        Section("answers", "Jawaban", (Picture("items", "Nilai setiap butir", "Nilai. Butir 1: 70,1.", picture(names)),)),
        Section("league", "Peringkat", (wide, Table("hidden", "Indeks menurut jenis kelamin", ("", "Indeks"), (("L", "70"), ("P*", "–")), hidden))),
        Section(
            "method", "Metode", (Listing(("satu", "dua"), (("Penimbang", "kolom w"),)), Paragraph("Catatan", "note"), Paragraph("kecil", "small"))
        ),
        Section("audit", "Lampiran", (Code("R", 'svydesign(ids = ~psu, data = "x")\n  svymean(~speed)'),)),
    )
    cards = (
        Card("Indeks", "75,7", ("selang kepercayaan 95 %", "73,1 s.d. 78,2")),
        Card("Perubahan", "−2,0 poin", ("melampaui galat sampling",)),
        Card("n", "1.300", ("n efektif 987",)),
        Card("Tingkat respons", "tidak tersedia", ("beri disposisi",)),
    )
    absent = (Absent("groups", "Kelompok rentan", "beri kondisi kelompok"),)
    return Document(language, "Survei contoh", "Indeks 2022 sebesar 75,7: turun 2,0 poin dari 2020", cards, sections, ("Data karangan.",), absent)


def hostile_document(language="en"):
    from kepuasan.report.cells import plain_text

    drawn = [plain_text(one) or "-" for one in HOSTILE]
    paragraphs = tuple(Paragraph(one, kind) for one in HOSTILE for kind in ("plain", "note", "small"))
    answers = tuple((f"{at} {one}", *("12,3 %" for _ in range(13))) for at, one in enumerate(HOSTILE))
    blocks = (
        *paragraphs,
        Listing(HOSTILE, tuple((one, one) for one in HOSTILE)),
        *(Table(f"t{place}", one, (one, one), ((one, one),), odd(one), notes=(one,)) for place, one in enumerate(HOSTILE)),
        Table("wide", "Wide", ("Item", *(f"{one}"[:40] for one in HOSTILE[:13])), answers),
        table_of(HOSTILE, "items"),
        Code(HOSTILE[7], "\n".join(HOSTILE)),
        *(Picture(f"p{place}", one, one, picture([drawn[place]])) for place, one in enumerate(HOSTILE[:3])),
    )
    sections = tuple(Section(f"s{place}", one, blocks if not place else (Paragraph(one),)) for place, one in enumerate(HOSTILE))
    cards = tuple(Card(one, one[:30], (one,)) for one in HOSTILE[:4])
    return Document(language, HOSTILE[0], HOSTILE[7], cards, sections, HOSTILE, tuple(Absent("a", one, one) for one in HOSTILE))


def bare_document(language="id"):
    return Document(language, "", "Indeks kepuasan 75,0", (), ())
