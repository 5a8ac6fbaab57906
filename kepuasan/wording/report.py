"""What a report says first: the finding, its cards, the change, the answers, the league and the map."""

from __future__ import annotations

__all__ = ["WORDS"]

WORDS: dict[str, dict[str, str]] = {
    # ------------------------------------------------------------ the finding
    "finding.bare": {
        "id": "Indeks kepuasan {value}; selang kepercayaannya tidak dapat dihitung",
        "en": "Satisfaction index {value}; its interval cannot be computed",
    },
    "finding.hidden": {
        "id": "Indeks {wave} tidak diterbitkan: jawaban kurang dari {least}",
        "en": "The index of {wave} is not published: fewer than {least} answers",
    },
    "finding.hidden.base": {
        "id": "Indeks {current} sebesar {value}; selisih dari {base} tidak diterbitkan karena jawaban {base} kurang dari {least}",
        "en": "Index of {current} is {value}; the difference from {base} is not published, as {base} has fewer than {least} answers",
    },
    "finding.untested": {
        "id": "Indeks {current} sebesar {value}: selisih {points} poin dari {base} tidak diuji karena galat bakunya tidak dapat dihitung",
        "en": "Index of {current} is {value}: the difference of {points} points from {base} is not tested, as its standard error cannot be computed",
    },
    # ------------------------------------------------------------ cards
    "card.index": {"id": "Indeks {wave}", "en": "Index {wave}"},
    "card.change": {"id": "Perubahan {base} ke {current}", "en": "Change {base} to {current}"},
    "card.change.absent": {"id": "Perubahan", "en": "Change"},
    "card.one_wave": {"id": "Tidak tersedia: hanya satu gelombang", "en": "Not available: there is one wave only"},
    "card.hidden": {"id": "Tidak diterbitkan: jawaban kurang dari {least}", "en": "Not published: fewer than {least} answers"},
    "card.points": {"id": "{value} poin", "en": "{value} points"},
    "card.interval": {"id": "Selang kepercayaan {level} %: {interval}", "en": "{level} % interval: {interval}"},
    "card.no_interval": {"id": "Selang kepercayaan tidak dapat dihitung", "en": "Its interval cannot be computed"},
    "card.beyond": {"id": "Melampaui galat sampling", "en": "Beyond sampling error"},
    "card.within": {"id": "Dalam batas galat sampling", "en": "Within sampling error"},
    "card.untested": {"id": "Tidak diuji karena galat bakunya tidak dapat dihitung", "en": "Not tested: its standard error cannot be computed"},
    "card.n": {"id": "Responden {wave} (n)", "en": "Respondents {wave} (n)"},
    "card.n_eff": {"id": "n efektif: {n_eff}", "en": "Effective n: {n_eff}"},
    "card.response": {"id": "Tingkat respons {wave}", "en": "Response rate {wave}"},
    "card.rate": {"id": "AAPOR {rate}", "en": "AAPOR {rate}"},
    "card.rate.value": {"id": "{rate}: {value}", "en": "{rate}: {value}"},
    "card.rate.eligible": {
        "id": "{rate}: {value}, bila {e} dari kasus yang tidak diketahui memang layak",
        "en": "{rate}: {value}, where {e} of the unknown cases are taken as eligible",
    },
    "card.response.absent": {
        "id": "Tidak tersedia: berikan jumlah kasus menurut disposisi akhir",
        "en": "Not available: give the cases by final disposition",
    },
    # ------------------------------------------------------------ the change
    "heading.change": {"id": "Perubahan indeks", "en": "Change of the index"},
    "heading.index": {"id": "Indeks", "en": "Index"},
    "column.counts": {"id": "n awal / akhir", "en": "n first / second"},
    "column.effective": {"id": "n efektif awal / akhir", "en": "effective n first / second"},
    "parts.said": {
        "id": "Menurut selang kepercayaan {level} % setiap bagian, {said}.",
        "en": "By the {level} % interval of each part, {said}.",
    },
    "parts.beyond": {"id": "yang melampaui galat sampling: {names}", "en": "beyond sampling error: {names}"},
    "parts.none": {"id": "tidak ada yang melampaui galat sampling", "en": "none is beyond sampling error"},
    "parts.within": {"id": "yang masih dalam batas galat sampling: {names}", "en": "within sampling error: {names}"},
    "parts.untested": {
        "id": "yang tidak diuji karena galat bakunya tidak dapat dihitung: {names}",
        "en": "not tested because the standard error cannot be computed: {names}",
    },
    "parts.name": {"id": "{name} ({points})", "en": "{name} ({points})"},
    "names.more": {"id": "{names} dan {count} lainnya", "en": "{names} and {count} more"},
    "parts.counts": {
        "id": "Setiap bagian dihitung dari kedua gelombang: {base} dengan n {first} (efektif {first_eff}), {current} dengan n {second} "
        "(efektif {second_eff}).",
        "en": "Each part is computed from both waves: {base} with n {first} (effective {first_eff}), {current} with n {second} "
        "(effective {second_eff}).",
    },
    "parts.alone": {
        "id": "Setiap selang berdiri sendiri, tidak disesuaikan dengan banyaknya bagian.",
        "en": "Each interval stands alone; none is adjusted for the number of parts.",
    },
    "change.hidden": {
        "id": "Selisih {base} ke {current} tidak ditampilkan: salah satu gelombang memiliki kurang dari {least} jawaban.",
        "en": "The difference from {base} to {current} is not shown: one of the waves has fewer than {least} answers.",
    },
    "unit.index.minmax": {"id": "Indeks, skor 0 sampai 100", "en": "Index, score of 0 to 100"},
    "unit.index.top-box": {"id": "Indeks, persen", "en": "Index, percent"},
    "unit.index.share-of-max": {"id": "Indeks, maksimum 100", "en": "Index, at most 100"},
    "unit.index.raw": {"id": "Indeks, pada skala jawaban", "en": "Index, on the answer scale"},
    "waterfall.limits": {
        "id": "Garis mendatar: selang kepercayaan {level} %. Biru naik, jingga berarsir turun.",
        "en": "Horizontal lines: {level} % intervals. Blue is a rise, hatched orange a fall.",
    },
    # ------------------------------------------------------------ whether the waves can be compared
    "comparable.none": {
        "id": "Perbandingan kerangka, moda, skala, bunyi pertanyaan, susunan responden, jawaban kosong, dan kesetaraan pengukuran kedua gelombang "
        "tidak menemukan perbedaan serius.",
        "en": "Frame, mode, scale, wording, mix of respondents, missing answers and measurement invariance of the two waves were compared; "
        "no serious difference was found.",
    },
    "comparable.lead": {
        "id": "Hal yang harus dibaca sebelum {base} dan {current} dibandingkan, karena kedua gelombang berbeda secara serius:",
        "en": "To be read before {base} and {current} are compared, since the two waves differ seriously:",
    },
    "comparable.failed": {
        "id": "Keterbandingan kedua gelombang tidak dapat diperiksa: {reason}",
        "en": "Whether the two waves can be compared could not be examined: {reason}",
    },
    "aspect.frame": {"id": "Kerangka sampel", "en": "Frame"},
    "aspect.mode": {"id": "Moda wawancara", "en": "Mode"},
    "aspect.scale": {"id": "Skala jawaban", "en": "Answer scale"},
    "aspect.wording": {"id": "Bunyi pertanyaan", "en": "Wording"},
    "aspect.mix": {"id": "Susunan responden", "en": "Mix of respondents"},
    "aspect.missingness": {"id": "Jawaban kosong", "en": "Missing answers"},
    "aspect.invariance": {"id": "Kesetaraan pengukuran", "en": "Measurement invariance"},
    "comparable.frame": {
        "id": "{items}: {first} kelompok ditanyai pada {base}, {second} pada {current}; {size} % bobot satu gelombang ada pada kelompok yang "
        "hanya ditanyai pada gelombang itu.",
        "en": "{items}: {first} groups were asked in {base}, {second} in {current}; {size} % of one wave's weight lies in groups that it alone "
        "asked.",
    },
    "comparable.mode": {"id": "{base}: {first}; {current}: {second}.", "en": "{base}: {first}; {current}: {second}."},
    "comparable.scale": {"id": "Pilihan jawaban tidak sama: {items}.", "en": "Other answers were offered: {items}."},
    "comparable.scale.index": {
        "id": "Indeks ditetapkan secara berbeda: {first} pada {base}, {second} pada {current}.",
        "en": "The index is defined otherwise: {first} in {base}, {second} in {current}.",
    },
    "comparable.wording": {
        "id": "Pertanyaan berbunyi lain, atau hanya dipakai pada satu gelombang: {items}.",
        "en": "Questions that were worded otherwise, or belong to one wave only: {items}.",
    },
    "comparable.mix": {
        "id": "Yang menjawab tidak sama menurut: {items} (dalam kurung: selisih baku).",
        "en": "Others answered, by: {items} (in brackets: standardised difference).",
    },
    "comparable.missingness": {
        "id": "Bagian jawaban kosong berubah: {items} (dalam kurung: poin persen).",
        "en": "The share of missing answers changed: {items} (in brackets: percentage points).",
    },
    "comparable.invariance": {
        "id": "Jawaban berkaitan secara lain dengan jawaban atas butir lain: {items}. Butir itu mungkin dipahami secara lain, atau halnya sendiri "
        "berubah.",
        "en": "Answers go otherwise with those to the other items: {items}. The item may be understood otherwise, or its subject changed by itself.",
    },
    "comparable.invariance.all": {"id": "semua butir bersama-sama", "en": "all items together"},
    "comparable.item": {"id": "{name} ({size})", "en": "{name} ({size})"},
    # ------------------------------------------------------------ answers
    "heading.answers": {"id": "Nilai dan jawaban setiap butir", "en": "Scores and answers of each item"},
    "caption.answers": {"id": "Jawaban setiap butir, {wave}", "en": "Answers to each item, {wave}"},
    "figure.answers": {"id": "Jawaban setiap butir, {wave}", "en": "Answers to each item, {wave}"},
    "figure.answers.note": {
        "id": "Dari jawaban terburuk di kiri ke yang terbaik di kanan; butir dengan nilai terendah di atas. Angka: persen.",
        "en": "From the worst answer at the left to the best at the right; the item with the lowest score on top. Numbers are percentages.",
    },
    "column.answer": {"id": "Jawaban", "en": "Answer"},
    "column.share": {"id": "Persen", "en": "Percent"},
    "column.share.se": {"id": "Galat baku (poin)", "en": "SE (points)"},
    "answers.coded": {
        "id": "Label jawaban tidak sama antarbutir, sehingga gambar memakai kode; label lengkap ada di tabel.",
        "en": "Items have answers of other names, so the figure shows codes; all labels are in the table.",
    },
    "answers.left_out": {
        "id": "Tidak digambar karena pilihan jawabannya lebih dari {most}, tidak dijawab, atau jawabannya terlalu sedikit: {items}.",
        "en": "Not drawn, as they have more than {most} answers, nobody answered, or too few did: {items}.",
    },
    "answers.first": {
        "id": "Hanya {count} butir dengan nilai terendah yang digambar; semua butir ada di tabel.",
        "en": "The {count} items with the lowest scores are drawn; all items are in the table.",
    },
    # ------------------------------------------------------------ league and map
    "heading.league": {"id": "Peringkat dan peta", "en": "League table and map"},
    "absent.league": {
        "id": "Kolom wilayah atau instansi yang diperingkat dan kolom provinsi untuk peta belum ditetapkan.",
        "en": "No column of regions or agencies to rank is named, and none of provinces for the map.",
    },
    "caption.league": {"id": "Indeks menurut {column}, {wave}, dari yang tertinggi", "en": "Index by {column}, {wave}, from the highest"},
    "figure.league": {"id": "Indeks menurut {column}, {wave}", "en": "Index by {column}, {wave}"},
    "figure.league.note": {
        "id": "Garis mendatar: selang kepercayaan {level} %. Rentang peringkat: peringkat yang tidak dibantah data.",
        "en": "Horizontal lines: {level} % intervals. Range of ranks: the ranks that the data do not rule out.",
    },
    "figure.league.cut": {
        "id": "Gambar memuat {count} teratas dan {count} terbawah dari {all} baris.",
        "en": "The figure has the first {count} and the last {count} of {all} rows.",
    },
    "column.rank": {"id": "Peringkat", "en": "Rank"},
    "column.rank_range": {"id": "Rentang peringkat {level} %", "en": "{level} % range of ranks"},
    "league.ranks": {
        "id": "Rentang peringkat: setiap baris dibandingkan dengan {others} baris lain, dengan koreksi Bonferroni; rentang itu memuat peringkat "
        "sebenarnya dengan peluang sekurang-kurangnya {level} %.",
        "en": "Range of ranks: each row is compared with the {others} others, with Bonferroni's correction; the range holds the true rank with a "
        "probability of at least {level} %.",
    },
    "league.unranked": {
        "id": "Tanpa peringkat: {names}. Nilainya tidak ditampilkan, atau galat bakunya tidak dapat dihitung.",
        "en": "Without a rank: {names}. The value is not shown, or its standard error cannot be computed.",
    },
    "league.shared": {
        "id": "Siapa yang berperingkat 1 tidak pasti: {count} dari {all} dapat menempatinya.",
        "en": "Which is of rank 1 is not certain: {count} of the {all} may hold it.",
    },
    "league.first": {"id": "Peringkat 1 pasti: {name}.", "en": "Rank 1 is certain: {name}."},
    "caption.provinces": {"id": "Indeks menurut provinsi, {wave}", "en": "Index by province, {wave}"},
    "figure.provinces.note": {
        "id": "Satu petak satu provinsi, kira-kira di tempatnya; kodenya ISO 3166-2. Beda warna belum tentu beda nyata: lihat selang di tabel.",
        "en": "A tile a province, about where it lies; codes are ISO 3166-2. Other colours need not be real differences: see the intervals in the "
        "table.",
    },
    "column.province": {"id": "Provinsi", "en": "Province"},
    "column.tile": {"id": "Kode petak", "en": "Tile"},
    "map.codes": {"id": "Kode petak: {codes}.", "en": "Codes of the tiles: {codes}."},
    "map.unknown": {
        "id": "Tidak dikenali sebagai provinsi dan tidak ada di peta: {names}.",
        "en": "Not known as provinces and not on the map: {names}.",
    },
    "map.ambiguous": {
        "id": "Kode {names} berarti provinsi lain menurut BPS dan menurut Kementerian Dalam Negeri, jadi tidak ada di peta; "
        "beri label nama provinsi.",
        "en": "The codes {names} are other provinces by BPS than by the Ministry of Home Affairs, so they are not on the map; label them with names.",
    },
    "map.twice": {
        "id": "Lebih dari satu kode untuk provinsi yang sama, jadi tidak ada di peta: {names}.",
        "en": "More than one code of the same province, so not on the map: {names}.",
    },
    "map.old": {
        "id": "Papua dan Papua Barat: dengan batas yang dipakai data, yang dapat mencakup provinsi yang dibentuk pada 2022.",
        "en": "Papua and Papua Barat have the borders that the data use; these may take in the provinces formed in 2022.",
    },
    "map.nowhere": {
        "id": "Peta tidak dibuat: tidak ada kode di kolom {column} yang dikenali sebagai provinsi dan nilainya ditampilkan.",
        "en": "There is no map: the column {column} has no code that is known as a province and has a value that is shown.",
    },
}
