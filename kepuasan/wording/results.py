"""What tables, sentences and the page of results say."""

from __future__ import annotations

__all__ = ["WORDS"]

WORDS: dict[str, dict[str, str]] = {
    # ------------------------------------------------------------ columns and captions
    "column.wave": {"id": "Gelombang", "en": "Wave"},
    "column.index": {"id": "Indeks", "en": "Index"},
    "column.item": {"id": "Butir", "en": "Item"},
    "column.dimension": {"id": "Dimensi", "en": "Dimension"},
    "column.estimate": {"id": "Nilai", "en": "Estimate"},
    "column.se": {"id": "Galat baku", "en": "SE"},
    "column.interval": {"id": "Selang kepercayaan {level} %", "en": "{level} % interval"},
    "column.n": {"id": "n", "en": "n"},
    "column.n_eff": {"id": "n efektif", "en": "effective n"},
    "column.t": {"id": "t", "en": "t"},
    "column.p": {"id": "Nilai p", "en": "p-value"},
    "column.difference": {"id": "Selisih", "en": "Difference"},
    "column.points": {"id": "Poin", "en": "Points"},
    "column.part": {"id": "Bagian", "en": "Part"},
    "interval": {"id": "{low} s.d. {high}", "en": "{low} to {high}"},
    "pair": {"id": "{base} ke {current}", "en": "{base} to {current}"},
    "unit.percent": {"id": "persen", "en": "percent"},
    "unit.score": {"id": "skor, maksimum 100", "en": "score, at most 100"},
    "unit.answers": {"id": "rata-rata jawaban pada skala 0 sampai 100", "en": "mean answer on a scale of 0 to 100"},
    "unit.scale": {"id": "nilai pada skala jawaban", "en": "score on the answer scale"},
    "caption.index": {"id": "Indeks kepuasan", "en": "Satisfaction index"},
    "caption.items": {"id": "Nilai setiap butir", "en": "Score of each item"},
    "caption.dimensions": {"id": "Nilai setiap dimensi", "en": "Score of each dimension"},
    "caption.differences": {"id": "Selisih antargelombang (poin)", "en": "Differences between waves (points)"},
    "caption.drivers": {
        "id": "Penyumbang selisih indeks {base} ke {current} (poin)",
        "en": "What accounts for the difference from {base} to {current} (points)",
    },
    "caption.parts": {
        "id": "Sumbangan setiap butir pada selisih indeks {base} ke {current} (poin)",
        "en": "What each item accounts for in the difference from {base} to {current} (points)",
    },
    # ------------------------------------------------------------ the change
    "part.frame": {"id": "Perbedaan kerangka sampel", "en": "Difference of frame"},
    "part.level": {"id": "Jawaban responden", "en": "What was answered"},
    "part.mix": {"id": "Komposisi responden", "en": "Mix of respondents"},
    "part.weights": {"id": "Bobot butir", "en": "Weights of items"},
    "part.rest": {"id": "Butir lainnya", "en": "Other items"},
    "part.explained": {"id": "Dijelaskan oleh rata-rata", "en": "Explained by means"},
    "part.unexplained": {"id": "Tidak dijelaskan", "en": "Unexplained"},
    "part.endowments": {"id": "Rata-rata faktor", "en": "Means of drivers"},
    "part.coefficients": {"id": "Koefisien", "en": "Coefficients"},
    "part.interaction": {"id": "Interaksi", "en": "Interaction"},
    "part.Intercept": {"id": "Konstanta", "en": "Constant"},
    "part.total": {"id": "Jumlah", "en": "Total"},
    "bar.start": {"id": "Indeks {wave}", "en": "Index {wave}"},
    "bar.base": {"id": "Awal", "en": "Start"},
    "bar.end": {"id": "Akhir", "en": "End"},
    "axis.truncated": {"id": "{unit}; sumbu tidak mulai dari nol", "en": "{unit}; the axis does not start at zero"},
    # ------------------------------------------------------------ sentences
    "finding.single": {
        "id": "Indeks kepuasan {value}, selang kepercayaan {level} % {interval}",
        "en": "Satisfaction index {value}, {level} % interval {interval}",
    },
    "finding.up": {
        "id": "Indeks {current} sebesar {value}: naik {points} poin dari {base}, melampaui galat sampling",
        "en": "Index of {current} is {value}: up {points} points from {base}, beyond sampling error",
    },
    "finding.down": {
        "id": "Indeks {current} sebesar {value}: turun {points} poin dari {base}, melampaui galat sampling",
        "en": "Index of {current} is {value}: down {points} points from {base}, beyond sampling error",
    },
    "finding.unclear": {
        "id": "Indeks {current} sebesar {value}: selisih {points} poin dari {base} masih dalam batas galat sampling",
        "en": "Index of {current} is {value}: a difference of {points} points from {base}, within sampling error",
    },
    "sentence.includes": {
        "id": "Selang kepercayaan {level} % selisih {base} ke {current} ({interval} poin) memuat 0: tidak dapat dibedakan dari galat sampling.",
        "en": "The {level} % interval of {base} to {current} ({interval} points) includes 0: it cannot be told from sampling error.",
    },
    "sentence.excludes": {
        "id": "Selang kepercayaan {level} % selisih {base} ke {current} ({interval} poin) tidak memuat 0: melampaui galat sampling.",
        "en": "The {level} % interval of {base} to {current} ({interval} points) does not include 0: it exceeds sampling error.",
    },
    "sentence.untested": {
        "id": "Selisih {base} ke {current} tidak diuji karena galat bakunya tidak dapat dihitung.",
        "en": "The difference from {base} to {current} is not tested because its standard error cannot be computed.",
    },
    "sentence.frame": {
        "id": "Kerangka sampel berbeda ({column}: {lost} hanya ada pada {base}, {new} hanya ada pada {current}, {both} pada keduanya).",
        "en": "The frame is not the same ({column}: {lost} codes in {base} only, {new} in {current} only, {both} in both).",
    },
    "sentence.unsplit": {
        "id": "Selisih itu tidak diuraikan: rata-rata indeks responden tidak terurai tepat menurut butir bila ada jawaban yang kosong.",
        "en": "The difference is not told apart: the mean of respondents' indices has no exact split by item where answers are missing.",
    },
    "sentence.share": {
        "id": "Setiap bagian adalah hasil perhitungan: apa yang menyumbang pada selisih itu, bukan mengapa jawaban berubah.",
        "en": "Each part is arithmetic: what accounts for the difference, not why answers changed.",
    },
    "sentence.rounded": {
        "id": "Bagian dibulatkan agar jumlahnya tepat; nilai lengkap ada di tabel CSV.",
        "en": "Parts are rounded so that they add up as shown; full values are in the CSV tables.",
    },
    "sentence.skm": {
        "id": "Kolom {items} dibaca sebagai unsur SKM: skala 1 s.d. 4, persen dari nilai tertinggi, bobot sama.",
        "en": "Columns {items} are read as elements of the SKM: scale 1 to 4, share of the maximum, equal weights.",
    },
    "rows.incomplete": {"id": "{n} baris tidak menjawab lengkap dan tidak ikut", "en": "{n} rows lack an answer and are left out"},
    "rows.incomplete.one": {"id": "{n} baris tidak menjawab lengkap dan tidak ikut", "en": "{n} row lacks an answer and is left out"},
    # ------------------------------------------------------------ the demonstration
    "demo.title": {"id": "Contoh: survei pengguna SP4N-LAPOR! 2020 s.d. 2022", "en": "Example: SP4N-LAPOR! user surveys 2020 to 2022"},
    "demo.frame": {
        "id": "Gelombang 2020 mencakup 34 provinsi; 2021 dan 2022 hanya enam wilayah percontohan.",
        "en": "The 2020 wave covers 34 provinces; 2021 and 2022 only six pilot regions.",
    },
    "demo.synthetic": {
        "id": "Data contoh: sintetis, dikalibrasi pada angka yang diterbitkan; bukan data mikro survei.",
        "en": "Sample data: synthetic, calibrated to published figures; not the survey's microdata.",
    },
    # ------------------------------------------------------------ method
    "heading.method": {"id": "Metode", "en": "Method"},
    "method.rows": {"id": "Responden: {rows}.", "en": "Respondents: {rows}."},
    "method.rows.wave": {"id": "{wave}: {n}", "en": "{wave}: {n}"},
    "method.rows.all": {"id": "{n}", "en": "{n}"},
    "method.srs": {
        "id": "Tanpa penimbang dan tanpa rancangan: setiap baris dihitung sama, seperti sampel acak sederhana.",
        "en": "No weights and no design are declared: every row counts the same, as in a simple random sample.",
    },
    "method.srs.weighted": {
        "id": "Tanpa penimbang awal dan tanpa rancangan, seperti sampel acak sederhana: penimbang setiap baris berasal dari langkah penimbangan.",
        "en": "No design and no starting weights are declared, as in a simple random sample: the weight of each row is made by weighting steps.",
    },
    "method.design": {"id": "Rancangan sampel: {roles}.", "en": "Sampling design: {roles}."},
    "role.weight": {"id": "penimbang: kolom {columns}", "en": "weight: column {columns}"},
    "role.unweighted": {"id": "tanpa penimbang", "en": "no weights"},
    "role.equal": {"id": "tanpa penimbang awal", "en": "no starting weights"},
    "role.strata": {"id": "strata: kolom {columns}", "en": "strata: column {columns}"},
    "role.psu": {"id": "unit sampel tahap pertama (PSU): kolom {columns}", "en": "primary sampling units: column {columns}"},
    "role.fpc": {"id": "koreksi populasi terhingga: kolom {columns}", "en": "finite population correction: column {columns}"},
    "psu.fail": {
        "id": "Strata dengan satu unit sampel tidak diterima (aturan fail).",
        "en": "A stratum with a single sampled unit is refused (rule fail).",
    },
    "psu.certainty": {
        "id": "Strata dengan satu unit sampel tidak menambah ragam (aturan certainty): {count} strata.",
        "en": "A stratum with a single sampled unit adds no variance (rule certainty): {count} strata.",
    },
    "psu.adjust": {
        "id": "Total unit tunggal dalam strata dipakai tanpa pemusatan (aturan adjust): {count} strata.",
        "en": "The total of a stratum's single unit is taken uncentred (rule adjust): {count} strata.",
    },
    "psu.average": {
        "id": "Strata dengan satu unit sampel diberi rata-rata ragam strata lain (aturan average): {count} strata.",
        "en": "A stratum with a single sampled unit is given the mean variance of the others (rule average): {count} strata.",
    },
    "psu.remove": {
        "id": "Strata dengan satu unit sampel tidak ikut menghitung ragam (aturan remove): {count} strata.",
        "en": "A stratum with a single sampled unit is left out of the variance (rule remove): {count} strata.",
    },
    "missing.available": {"id": "Tiap butir memakai semua jawaban yang ada.", "en": "Each item uses all its answers."},
    "missing.listwise": {"id": "Hanya responden yang menjawab semua butir dipakai.", "en": "Only respondents who answered every item are used."},
    "method.source": {"id": "Sumber data: {source}", "en": "Source of the data: {source}"},
    "method.software": {"id": "Dihitung dengan kepuasan {version}.", "en": "Computed with kepuasan {version}."},
    # ------------------------------------------------------------ figures and files
    "figure.index": {"id": "Indeks kepuasan menurut gelombang", "en": "Satisfaction index by wave"},
    "figure.waterfall": {"id": "Penyumbang selisih indeks {base} ke {current}", "en": "What accounts for the difference from {base} to {current}"},
    "figure.limits": {"id": "Garis mendatar: selang kepercayaan {level} %.", "en": "Horizontal lines: {level} % intervals."},
    "written": {"id": "Hasil ditulis ke {folder} ({count} berkas).", "en": "Results written to {folder} ({count} files)."},
    "warning": {"id": "Peringatan: {text}", "en": "Warning: {text}"},
    "check.none": {
        "id": "Tidak ada masalah. Gelombang: {waves}; baris: {rows}; butir indeks: {items}.",
        "en": "No problems. Waves: {waves}; rows: {rows}; items of the index: {items}.",
    },
}
