"""What the parts about method, run record and code for auditors say."""

from __future__ import annotations

__all__ = ["WORDS"]

WORDS: dict[str, dict[str, str]] = {
    # ------------------------------------------------------------ method
    "column.frame": {"id": "Kerangka sampel", "en": "Frame"},
    "column.dates": {"id": "Waktu pengumpulan data", "en": "Dates"},
    "column.mode": {"id": "Cara pengumpulan data", "en": "Mode"},
    "column.respondents": {"id": "Responden", "en": "Respondents"},
    "column.answered": {"id": "Menjawab butir indeks", "en": "With an answer to the index"},
    "column.rate": {"id": "Ukuran", "en": "Rate"},
    "column.formula": {"id": "Rumus", "en": "Formula"},
    "column.code": {"id": "Kode", "en": "Code"},
    "column.meaning": {"id": "Arti", "en": "Meaning"},
    "column.step": {"id": "Langkah", "en": "Step"},
    "column.rows": {"id": "Baris", "en": "Rows"},
    "column.sum": {"id": "Jumlah penimbang", "en": "Sum of weights"},
    "column.least": {"id": "Terkecil", "en": "Smallest"},
    "column.largest": {"id": "Terbesar", "en": "Largest"},
    "column.cv": {"id": "Koefisien variasi", "en": "Coefficient of variation"},
    "column.deff": {"id": "Efek rancangan penimbang", "en": "Design effect of weights"},
    "column.margin": {"id": "Margin", "en": "Margin"},
    "column.level": {"id": "Kategori", "en": "Level"},
    "column.before": {"id": "Sebelum", "en": "Before"},
    "column.target": {"id": "Sasaran", "en": "Target"},
    "column.after": {"id": "Sesudah", "en": "After"},
    "caption.fieldwork": {"id": "Pelaksanaan survei", "en": "Fieldwork"},
    "caption.dispositions": {"id": "Hasil akhir kasus sampel", "en": "Final dispositions of sampled cases"},
    "caption.rates": {"id": "Tingkat respons menurut AAPOR", "en": "Outcome rates by AAPOR's definitions"},
    "caption.weighting": {"id": "Penimbang pada awal dan sesudah setiap langkah", "en": "Weights at the start and after each step"},
    "caption.margins": {
        "id": "Jumlah penimbang pada setiap margin, sebelum dan sesudah penimbangan",
        "en": "Sums of weights in each margin, before and after weighting",
    },
    "method.unsaid": {"id": "tidak disebutkan", "en": "not stated"},
    "method.no_fieldwork": {
        "id": "Kerangka sampel, waktu, dan cara pengumpulan data tidak disebutkan dalam resep.",
        "en": "Frame, dates and mode of the survey are not stated in the recipe.",
    },
    "method.no_rates": {
        "id": "Tingkat respons tidak tersedia: jumlah kasus sampel menurut hasil akhirnya tidak disebutkan dalam resep.",
        "en": "Response rates are not available: the recipe does not state how many sampled cases had each final disposition.",
    },
    "method.rates": {
        "id": "Definisi: American Association for Public Opinion Research, Standard Definitions, edisi ke-10 (2023).",
        "en": "Definitions: American Association for Public Opinion Research, Standard Definitions, 10th edition (2023).",
    },
    "method.eligible": {
        "id": "e, bagian kasus yang tidak diketahui kelayakannya yang dianggap layak: {shares}.",
        "en": "e, the share of cases of unknown eligibility that are taken as eligible: {shares}.",
    },
    "disposition.I": {"id": "wawancara lengkap", "en": "complete interviews"},
    "disposition.P": {"id": "wawancara sebagian", "en": "partial interviews"},
    "disposition.R": {"id": "menolak atau berhenti", "en": "refusals and break-offs"},
    "disposition.NC": {"id": "tidak dapat dihubungi", "en": "non-contacts"},
    "disposition.O": {"id": "layak, sebab lain", "en": "other eligible cases"},
    "disposition.UH": {"id": "tidak diketahui apakah ada rumah tangga", "en": "unknown whether there is a household"},
    "disposition.UO": {"id": "tidak diketahui kelayakannya, lainnya", "en": "unknown eligibility, other"},
    "disposition.NE": {"id": "tidak layak", "en": "not eligible"},
    "method.weights_as_given": {
        "id": "Penimbang dipakai seperti dalam data; laporan ini tidak mengubahnya.",
        "en": "Weights are used as they are in the data; this report does not change them.",
    },
    "method.step.rake": {
        "id": "{wave}Penimbang diselaraskan dengan raking pada margin {margins}{ratios}{bounds}.",
        "en": "{wave}Weights are raked to the margins {margins}{ratios}{bounds}.",
    },
    "method.step.poststratify": {
        "id": "{wave}Penimbang dipascastratifikasi menurut {margins}{ratios}{bounds}.",
        "en": "{wave}Weights are poststratified by {margins}{ratios}{bounds}.",
    },
    "method.step.calibrate": {
        "id": "{wave}Penimbang dikalibrasi pada total {margins} (jarak {distance}){ratios}{bounds}.",
        "en": "{wave}Weights are calibrated to the totals of {margins} ({distance} distance){ratios}{bounds}.",
    },
    "method.ratios": {"id": "; rasio penimbang {low} s.d. {high}", "en": "; ratios of weights from {low} to {high}"},
    "method.bounds": {"id": ", rasio dibatasi {low} s.d. {high}", "en": ", ratios bounded to {low} to {high}"},
    "method.step.trim_weights": {
        "id": "{wave}Penimbang dipangkas {limits}{counts}; jumlahnya tetap.",
        "en": "{wave}Weights are trimmed to {limits}{counts}; their sum is kept.",
    },
    "method.trim.counts": {"id": ": {cut} dipotong, {raised} dinaikkan", "en": ": {cut} cut, {raised} raised"},
    "method.trim.both": {"id": "menjadi {lower} s.d. {upper}", "en": "{lower} to {upper}"},
    "method.trim.lower": {"id": "menjadi paling sedikit {lower}", "en": "at least {lower}"},
    "method.trim.upper": {"id": "menjadi paling banyak {upper}", "en": "at most {upper}"},
    "method.step.adjust_nonresponse.cells": {
        "id": "{wave}Penimbang disesuaikan untuk nonrespons dalam {count} sel ({cells}); tingkat respons tertimbang {rate}.",
        "en": "{wave}Weights are adjusted for nonresponse in {count} cells ({cells}); weighted response rate {rate}.",
    },
    "method.step.adjust_nonresponse.whole": {"id": "seluruh sampel", "en": "the whole sample"},
    "method.step.adjust_nonresponse.formula": {
        "id": "{wave}Penimbang disesuaikan untuk nonrespons dengan peluang menjawab menurut {formula}; tingkat respons tertimbang {rate}.",
        "en": "{wave}Weights are adjusted for nonresponse by response propensities from {formula}; weighted response rate {rate}.",
    },
    "method.of_wave": {"id": "{wave}: ", "en": "{wave}: "},
    "method.linearised": {
        "id": "Galat baku dihitung dengan linearisasi Taylor menurut rancangan sampel; "
        "selang kepercayaan adalah selang t {level} % dengan derajat bebas rancangan.",
        "en": "Standard errors are by Taylor linearisation under the sampling design; "
        "intervals are t intervals of {level} % with the degrees of freedom of the design.",
    },
    "method.linearised.steps": {
        "id": "Galat baku dihitung dengan linearisasi Taylor menurut rancangan sampel dan langkah penimbangan; "
        "selang kepercayaan adalah selang t {level} % dengan derajat bebas rancangan.",
        "en": "Standard errors are by Taylor linearisation under the sampling design and the weighting steps; "
        "intervals are t intervals of {level} % with the degrees of freedom of the design.",
    },
    "method.replicated": {
        "id": "Galat baku dihitung dari {count} replikasi ({method}){seed}, setiap langkah penimbangan diulang di dalamnya; "
        "selang kepercayaan adalah selang t {level} %.",
        "en": "Standard errors are from {count} replicates ({method}){seed}, in each of which every weighting step is taken again; "
        "intervals are t intervals of {level} %.",
    },
    "method.replicated.given": {
        "id": "Galat baku dihitung dari {count} replikasi yang ada dalam data ({method}); selang kepercayaan adalah selang t {level} %.",
        "en": "Standard errors are from the {count} replicates that came with the data ({method}); intervals are t intervals of {level} %.",
    },
    "method.seed": {"id": ", benih acak {seed}", "en": ", seed {seed}"},
    "replicates.bootstrap": {"id": "bootstrap Rao-Wu", "en": "bootstrap of Rao and Wu"},
    "replicates.jk1": {"id": "jackknife tanpa strata", "en": "jackknife without strata"},
    "replicates.jkn": {"id": "jackknife dalam strata", "en": "jackknife within strata"},
    "replicates.brr": {"id": "replikasi berulang seimbang", "en": "balanced repeated replication"},
    "replicates.fay": {"id": "replikasi seimbang cara Fay", "en": "balanced replication in Fay's way"},
    "replicates.sdr": {"id": "selisih berurutan", "en": "successive differences"},
    "replicates.other": {"id": "cara sendiri", "en": "a method of their own"},
    "method.tests": {
        "id": "Selisih diuji dengan uji t dua sisi yang memperhitungkan kovarians antargelombang.",
        "en": "Differences are tested by two-sided t tests that take the covariance between waves into account.",
    },
    "method.apart": {
        "id": "Gelombang adalah sampel yang saling bebas: strata dan unitnya tersendiri.",
        "en": "The waves are independent samples: each has strata and units of its own.",
    },
    "method.shared": {
        "id": "Gelombang memakai unit sampel yang sama: kovarians di antaranya diperhitungkan.",
        "en": "The waves share their sampled units: the covariance between them is taken into account.",
    },
    "method.srs_waves": {
        "id": "Gelombang adalah sampel yang saling bebas.",
        "en": "The waves are independent samples.",
    },
    "method.formula.items": {
        "id": "Indeks = rata-rata {count} nilai butir; nilai butir = rata-rata tertimbang skor jawabannya.",
        "en": "Index = mean of {count} item scores; the score of an item = the weighted mean of the scores of its answers.",
    },
    "method.formula.respondents": {
        "id": "Indeks = rata-rata tertimbang indeks responden; indeks responden = rata-rata skor dari {count} butir yang dijawabnya.",
        "en": "Index = weighted mean of respondents' indices; a respondent's index = the mean score over those of the {count} items answered.",
    },
    "score.minmax": {
        "id": "Skor = 100 × (jawaban - terendah) / (tertinggi - terendah): 0 untuk jawaban terendah, 100 untuk tertinggi.",
        "en": "Score = 100 × (answer - lowest) / (highest - lowest): 0 for the lowest answer, 100 for the highest.",
    },
    "score.share-of-max": {"id": "Skor = 100 × jawaban / jawaban tertinggi.", "en": "Score = 100 × answer / highest answer."},
    "score.top-box": {
        "id": "Skor = 100 untuk salah satu dari {top} jawaban teratas, selain itu 0: nilai butir adalah persentase jawaban teratas.",
        "en": "Score = 100 for one of the {top} highest answers, otherwise 0: the score of an item is the percentage of top answers.",
    },
    "score.raw": {"id": "Skor = jawaban apa adanya.", "en": "Score = the answer as it is."},
    "method.reversed": {
        "id": "Butir yang kode tingginya berarti buruk dibalik: {items}.",
        "en": "Items whose high codes are bad answers are reversed: {items}.",
    },
    "method.item_weights": {"id": "Bobot butir: {weights}.", "en": "Weights of items: {weights}."},
    "method.item_weight": {"id": "{item} {share}", "en": "{item} {share}"},
    "method.stated": {
        "id": "Bobot butir menurut kepentingan yang dinyatakan responden: {items}.",
        "en": "Items are weighted by the importance that respondents state: {items}.",
    },
    "method.equal": {"id": "Semua butir berbobot sama.", "en": "All items have equal weights."},
    "method.least": {
        "id": "Responden yang menjawab kurang dari {share} butir tidak mempunyai indeks.",
        "en": "Respondents who answered less than {share} of the items have no index.",
    },
    "method.suppression": {
        "id": "Angka dari kurang dari {publication} jawaban tidak diterbitkan; bila kurang dari {disclosure} jawaban, n pun tidak ditampilkan, "
        "dan baris lain, di tabel yang sama atau tabel lain, ikut disembunyikan bila yang tersembunyi dapat dihitung darinya. "
        "n seluruh gelombang selalu ditampilkan.",
        "en": "Numbers from fewer than {publication} answers are not published; with fewer than {disclosure} answers n is not shown either, "
        "and other rows, of that table or of another, are hidden with it where the hidden one would follow from them. "
        "The n of a whole wave is always shown.",
    },
    "method.counted": {
        "id": "Jumlah awal, penimbang terkecil dan terbesar, sebarannya, dan rasionya tidak ditampilkan: penimbang awal sama besar, "
        "sehingga angka itu menunjukkan kelompok yang kurang dari {disclosure} responden.",
        "en": "The sum before, the least and largest weight, their spread and their ratios are not shown: starting weights are equal, "
        "so that these would tell of a group of fewer than {disclosure} respondents.",
    },
    # ------------------------------------------------------------ steps of weighting, in tables
    "weighting.start": {"id": "awal", "en": "start"},
    "weighting.stacked": {"id": "gabungan gelombang", "en": "waves together"},
    "weighting.rake": {"id": "raking", "en": "raking"},
    "weighting.poststratify": {"id": "pascastratifikasi", "en": "poststratification"},
    "weighting.calibrate": {"id": "kalibrasi", "en": "calibration"},
    "weighting.trim_weights": {"id": "pemangkasan", "en": "trimming"},
    "weighting.adjust_nonresponse": {"id": "penyesuaian nonrespons", "en": "adjustment for nonresponse"},
    # ------------------------------------------------------------ run record
    "heading.record": {"id": "Catatan proses", "en": "Run record"},
    "record.versions": {"id": "Perangkat lunak", "en": "Software"},
    "record.seed": {"id": "Benih acak", "en": "Seed"},
    "record.no_seed": {
        "id": "tidak diatur; perhitungan yang mengundi memakai benih tetap",
        "en": "none set; what is drawn at random uses a fixed seed",
    },
    "record.lead": {
        "id": "Masukan yang sama memberi hasil yang sama. Berkas masukan dikenali dari SHA-256.",
        "en": "The same inputs give the same results. Inputs are told by their SHA-256.",
    },
    "record.no_inputs": {"id": "Berkas masukan tidak dicatat.", "en": "No input files were recorded."},
    "column.file": {"id": "Berkas", "en": "File"},
    "column.number": {"id": "Angka", "en": "Number"},
    "column.low": {"id": "Batas bawah", "en": "Lower limit"},
    "column.high": {"id": "Batas atas", "en": "Upper limit"},
    "caption.inputs": {"id": "Berkas masukan", "en": "Inputs"},
    "caption.steps": {"id": "Baris pada setiap langkah", "en": "Rows at each step"},
    "caption.headline": {"id": "Angka pokok, sepuluh angka penting", "en": "Main numbers to ten digits"},
    "step.read": {"id": "dibaca", "en": "read"},
    "step.index": {"id": "menjawab butir indeks", "en": "with an answer to the index"},
    "step.importance": {"id": "dipakai untuk kepentingan pendorong", "en": "used for the importance of drivers"},
    "record.index": {"id": "Indeks {wave}", "en": "Index {wave}"},
    "record.difference": {"id": "Selisih {base} ke {current}", "en": "Difference {base} to {current}"},
    "record.driver": {"id": "Sumbangan pada selisih: {driver}", "en": "Part of the difference: {driver}"},
    # ------------------------------------------------------------ code for auditors
    "heading.audit": {"id": "Lampiran: kode setara untuk auditor", "en": "Appendix: equivalent code for auditors"},
    "audit.lead": {
        "id": "Kode berikut menghitung indeks, setiap butir, dan selisih antargelombang dari berkas data dengan program lain, "
        "agar angka laporan ini dapat diperiksa tanpa kepuasan.",
        "en": "The code below finds the index, its items and the differences between waves from the data files with other programs, "
        "so that the numbers of this report can be checked without kepuasan.",
    },
    "audit.lead.r": {
        "id": "R dengan paket survey. Nilai dan galat bakunya sama dengan laporan ini, kecuali bila catatan dalam kode menyebut lain.",
        "en": "R with the package survey. Its values and standard errors equal those of this report, unless a remark in the code says otherwise.",
    },
    "audit.lead.stata": {
        "id": "Stata 16 atau yang lebih baru. Kode ini ditulis menurut manual Stata dan belum dijalankan. "
        "Selang kepercayaan Stata memakai derajat bebas seluruh rancangan.",
        "en": "Stata 16 or later. This code follows Stata's manual and has not been run. "
        "Stata's intervals use the degrees of freedom of the whole design.",
    },
    "audit.r": {"id": "Kode R yang setara; paket survey diperlukan", "en": "Equivalent code in R; needs the package survey"},
    "audit.stata": {
        "id": "Kode Stata yang setara; ditulis menurut manual dan belum dijalankan",
        "en": "Equivalent code in Stata; written by its manual and not run",
    },
    "audit.data": {"id": "Membaca data", "en": "Reading the data"},
    "audit.foreign": {
        "id": "Selain haven: foreign::read.spss(berkas, to.data.frame = TRUE, use.value.labels = FALSE, use.missings = FALSE)",
        "en": "Instead of haven: foreign::read.spss(file, to.data.frame = TRUE, use.value.labels = FALSE, use.missings = FALSE)",
    },
    "audit.unknown_file": {
        "id": "Nama berkas tidak diketahui; ganti dengan berkas data, yang jawabannya berupa kode",
        "en": "The name of the file is not known; put that of the data file, whose answers are codes",
    },
    "audit.scores": {"id": "Dari jawaban ke skor", "en": "From answers to scores"},
    "audit.scoring.minmax": {
        "id": "Skor: 0 untuk jawaban terendah, 100 untuk tertinggi",
        "en": "Scores: 0 for the lowest answer, 100 for the highest",
    },
    "audit.scoring.share-of-max": {"id": "Skor: persen dari jawaban tertinggi", "en": "Scores: percent of the highest answer"},
    "audit.scoring.top-box": {"id": "Skor: 100 untuk jawaban teratas, selain itu 0", "en": "Scores: 100 for the top answers, 0 otherwise"},
    "audit.scoring.raw": {"id": "Skor: jawaban apa adanya", "en": "Scores: the answers as they are"},
    "audit.importance": {"id": "Kepentingan yang dinyatakan responden, sebagai bobot butir", "en": "Stated importance, which weights the items"},
    "audit.listwise": {
        "id": "Hanya responden yang menjawab semua butir",
        "en": "Only respondents who answered every item",
    },
    "audit.respondents": {
        "id": "Indeks setiap responden: rata-rata butir yang dijawab, bila cukup banyak yang dijawab",
        "en": "The index of each respondent: the mean over the items answered, where enough of them are",
    },
    "audit.ratio": {
        "id": "Setiap rata-rata adalah total skor dibagi total yang menjawab, sehingga setiap butir memakai semua jawabannya",
        "en": "Each mean is a total of scores over a total of those who answered, so that every item uses all its answers",
    },
    "audit.design": {"id": "Rancangan sampel", "en": "The sampling design"},
    "audit.apart": {
        "id": "Setiap gelombang adalah sampel tersendiri: strata dipisah menurut gelombang",
        "en": "Waves are samples of their own: strata are kept apart by wave",
    },
    "audit.shared": {"id": "Unit sampel yang sama dipakai di semua gelombang", "en": "The waves share their sampled units"},
    "audit.steps": {"id": "Langkah penimbangan", "en": "Weighting steps"},
    "audit.all": {"id": "semua baris", "en": "all rows"},
    "audit.zeros": {"id": "Baris dengan penimbang 0 tidak ikut dikalibrasi", "en": "Rows of weight 0 are left out of the calibration"},
    "audit.step.rake": {"id": "Raking pada margin ({waves})", "en": "Raking to margins ({waves})"},
    "audit.step.poststratify": {"id": "Pascastratifikasi ({waves})", "en": "Poststratification ({waves})"},
    "audit.step.calibrate": {"id": "Kalibrasi ({waves})", "en": "Calibration ({waves})"},
    "audit.step.trim_weights": {"id": "Pemangkasan penimbang ({waves})", "en": "Trimming of weights ({waves})"},
    "audit.step.adjust_nonresponse": {"id": "Penyesuaian nonrespons ({waves})", "en": "Adjustment for nonresponse ({waves})"},
    "audit.chain": {
        "id": "Beberapa kalibrasi berturut-turut: sisa dihitung dari langkah terbaru ke yang terlama, seperti dalam laporan",
        "en": "Calibrations one after another: residuals are taken from the newest step to the oldest, as in the report",
    },
    "audit.cells": {
        "id": "Kode ini menganggap rasio sel tetap; laporan memperhitungkannya, sehingga galat bakunya dapat berbeda",
        "en": "This code takes the ratios of cells as fixed; the report does not, so that standard errors may differ",
    },
    "audit.untold": {
        "id": "Langkah ini tidak dapat ditulis dalam program ini; nilai dan galat baku dapat berbeda",
        "en": "This step cannot be written in this program; values and standard errors may differ",
    },
    "audit.trim.replicates": {
        "id": "Dalam replikasi, laporan memangkas penimbang tanpa faktor replikasinya; galat bakunya dapat berbeda",
        "en": "In replicates the report trims weights without their replicate's factor; standard errors may differ",
    },
    "audit.replicates.jk1": {"id": "Jackknife tanpa strata: {n} replikasi", "en": "Jackknife without strata: {n} replicates"},
    "audit.replicates.jkn": {"id": "Jackknife dalam strata: {n} replikasi", "en": "Jackknife within strata: {n} replicates"},
    "audit.replicates.brr": {
        "id": "Replikasi berulang seimbang: {n} replikasi; R memakai matriks sendiri",
        "en": "Balanced repeated replication: {n} replicates; R uses a matrix of its own",
    },
    "audit.replicates.fay": {
        "id": "Replikasi seimbang cara Fay: {n} replikasi; R memakai matriks sendiri",
        "en": "Balanced replication in Fay's way: {n} replicates; R uses a matrix of its own",
    },
    "audit.replicates.bootstrap": {
        "id": "Bootstrap: {n} replikasi. R mengundi replikasi lain, sehingga galat baku sama hanya sejauh galat simulasi",
        "en": "Bootstrap: {n} replicates. R draws other replicates, so that standard errors agree up to simulation error only",
    },
    "audit.replicates.sdr": {
        "id": "Laporan memakai {n} replikasi selisih berurutan, yang tidak dibuat oleh paket ini; di bawah ini linearisasi",
        "en": "The report uses {n} replicates of successive differences, which this package does not make; below is linearisation",
    },
    "audit.estimates": {"id": "Indeks, butir, dan selisih", "en": "Index, items and differences"},
    "audit.together": {
        "id": "Semua gelombang bersama-sama, agar kovarians di antaranya diketahui",
        "en": "All waves at once, so that the covariance between them is known",
    },
    "audit.df": {
        "id": "Rancangan laporan juga memuat gelombang lain: derajat bebas selisih {df}",
        "en": "The design of the report holds other waves too: differences have {df} degrees of freedom",
    },
    "audit.by_wave": {
        "id": "Setiap gelombang sendiri-sendiri: unit tunggal diberi rata-rata ragam strata gelombangnya",
        "en": "Each wave by itself: a single unit is given the mean variance of the strata of its wave",
    },
    "audit.renamed": {
        "id": "Kolom {column} bernama {name} di sini karena nama itu tidak dapat dipakai di Stata: ubah dulu namanya",
        "en": "The column {column} is called {name} here, since Stata cannot hold its name: rename it first",
    },
    "audit.recoded": {
        "id": "Kode berkas ini berbeda dan diubah",
        "en": "The codes of this file differ and are changed",
    },
    "audit.many_steps": {
        "id": "Penimbangan dengan beberapa langkah tidak dapat ditulis untuk svyset; lihat kode R. Galat baku di bawah ini tanpa langkah itu",
        "en": "Weighting in several steps cannot be written for svyset; see the code in R. What follows leaves the steps out",
    },
    "audit.others": {"id": "Gelombang lain tetap seperti semula", "en": "Other waves stay as they are"},
    "audit.no_stata": {
        "id": "Replikasi ini tidak ditulis untuk Stata; lihat kode R. Di bawah ini linearisasi",
        "en": "These replicates are not written for Stata; see the code in R. What follows is linearisation",
    },
    "audit.index": {"id": "Indeks {wave}", "en": "Index of {wave}"},
    "audit.difference": {"id": "Selisih {base} ke {current}", "en": "Difference from {base} to {current}"},
}
