"""What is said of published numbers, and on the sheet that an agency posts."""

from __future__ import annotations

__all__ = ["WORDS"]

WORDS: dict[str, dict[str, str]] = {
    # ------------------------------------------------------------ a published number and its conventions
    "figure.specification": {"id": "Angka menurut setiap cara hitung", "en": "The number under every convention"},
    "specification.published": {"id": "Angka tercetak", "en": "Published"},
    "specification.band": {"id": "Angka tercetak {value} dan batas pembulatannya", "en": "Published {value} and what rounds to it"},
    "specification.range": {"id": "Rentang semua cara hitung", "en": "Range of all conventions"},
    "specification.first": {"id": "Cara hitung terdekat", "en": "Nearest convention"},
    "specification.value": {"id": "Nilai yang dihitung", "en": "Value computed"},
    "specification.distance": {"id": "Jarak dari angka tercetak, skala log", "en": "Distance from the published number, log scale"},
    "specification.columns": {
        "id": "Digambar {drawn} dari {count} nilai berbeda: yang terdekat dan sebaran lainnya.",
        "en": "{drawn} of {count} different values are drawn: the nearest, and others spread over the rest.",
    },
    "specification.hollow": {
        "id": "Penanda kosong: sebagian saja cara hitung dengan nilai itu memakai pilihan tersebut.",
        "en": "Hollow: only some of the conventions with that value make the choice.",
    },
    "specification.hidden": {"id": "{count} baris pilihan tidak muat.", "en": "{count} rows of choices find no room."},
    "verdict.reproduces": {"id": "Menghasilkan angka itu", "en": "Reproduces the number"},
    "verdict.within rounding": {"id": "Mungkin, sejauh pembulatan angka masukan", "en": "Within the rounding of the inputs"},
    "verdict.misses": {"id": "Tidak cocok", "en": "Misses"},
    "dimension.survey_weights": {"id": "Penimbang survei", "en": "Survey weights"},
    "dimension.item_weights": {"id": "Bobot butir", "en": "Item weights"},
    "dimension.scoring": {"id": "Penskoran", "en": "Scoring"},
    "dimension.level": {"id": "Tingkat perhitungan", "en": "Level"},
    "dimension.missing": {"id": "Jawaban kosong", "en": "Missing answers"},
    "dimension.early_rounding": {"id": "Pembulatan awal", "en": "Early rounding"},
    "dimension.final_rounding": {"id": "Pembulatan akhir", "en": "Final rounding"},
    "dimension.tariff": {"id": "Unsur tarif", "en": "Tariff item"},
    "dimension.pooling": {"id": "Penggabungan unit", "en": "Pooling of units"},
    "choice.survey_weights.weighted": {"id": "dengan penimbang survei", "en": "survey weights used"},
    "choice.survey_weights.unweighted": {"id": "tanpa penimbang survei", "en": "survey weights not used"},
    "choice.item_weights": {"id": "bobot {choice}", "en": "weight {choice}"},
    "choice.item_weights.as given": {"id": "bobot sesuai spesifikasi", "en": "weights as given"},
    "choice.item_weights.as printed": {"id": "bobot seperti tercetak", "en": "weights as printed"},
    "choice.item_weights.stated importance": {"id": "bobot menurut kepentingan", "en": "stated importance"},
    "choice.share-of-max": {"id": "persen dari nilai tertinggi", "en": "share of the maximum"},
    "choice.min-max": {"id": "skala 0 s.d. 100", "en": "min-max, 0 to 100"},
    "choice.raw mean": {"id": "rata-rata apa adanya", "en": "raw mean"},
    "choice.top-1-box": {"id": "persen jawaban teratas", "en": "top box"},
    "choice.top-2-box": {"id": "persen dua jawaban teratas", "en": "top two boxes"},
    "choice.top-box": {"id": "persen {count} jawaban teratas", "en": "top {count} boxes"},
    "choice.level.items": {"id": "dihitung per butir", "en": "by items"},
    "choice.level.respondents": {"id": "dihitung per responden", "en": "by respondents"},
    "choice.available": {"id": "semua jawaban yang ada", "en": "all answers there are"},
    "choice.listwise": {"id": "hanya yang menjawab lengkap", "en": "complete answers only"},
    "choice.counted as 0": {"id": "kosong dihitung 0", "en": "missing counts as 0"},
    "choice.half answered": {"id": "menjawab minimal separuh", "en": "at least half answered"},
    "choice.answered": {"id": "menjawab minimal {share} %", "en": "at least {share} % answered"},
    "choice.early_rounding.none": {"id": "tanpa pembulatan awal", "en": "no early rounding"},
    "choice.early.item means": {"id": "rata-rata butir dibulatkan {decimals} desimal", "en": "item means to {decimals} decimals"},
    "choice.early.unsur means": {"id": "NRR setiap unsur dibulatkan {decimals} desimal", "en": "mean of each element (NRR) to {decimals} decimals"},
    "choice.early.weighted means": {"id": "NRR tertimbang dibulatkan {decimals} desimal", "en": "weighted means to {decimals} decimals"},
    "choice.early.item and weighted means": {
        "id": "rata-rata butir dan NRR tertimbang dibulatkan {decimals} desimal",
        "en": "item and weighted means to {decimals} decimals",
    },
    "choice.early.unsur and weighted means": {
        "id": "NRR setiap unsur dan NRR tertimbang dibulatkan {decimals} desimal",
        "en": "means (NRR) and weighted means to {decimals} decimals",
    },
    "choice.early.sum": {"id": "jumlah dibulatkan {decimals} desimal", "en": "sum to {decimals} decimals"},
    "choice.early.unit values": {"id": "nilai unit dibulatkan {decimals} desimal", "en": "unit values to {decimals} decimals"},
    "choice.then": {"id": "{first}, lalu {second}", "en": "{first}, then {second}"},
    "choice.half-up": {"id": "dibulatkan ke atas bila tepat setengah", "en": "half up"},
    "choice.half-even": {"id": "ke angka genap bila tepat setengah", "en": "half to even"},
    "choice.cut off": {"id": "desimal dipotong", "en": "cut off"},
    "choice.tariff.in": {"id": "dengan unsur tarif", "en": "with the tariff item"},
    "choice.tariff.out": {"id": "tanpa unsur tarif", "en": "without the tariff item"},
    "choice.pooling.respondents": {"id": "semua responden digabung", "en": "pooled over respondents"},
    "choice.pooling.units": {"id": "rata-rata unit", "en": "mean of units"},
    "choice.pooling.volume": {"id": "menurut volume layanan", "en": "by service volume"},
    "convention.sum of the parts": {"id": "jumlah semua bagian", "en": "sum of the parts"},
    # ------------------------------------------------------------ what is said of each published number
    "reproduce.head": {"id": "{label}: tercetak {value}", "en": "{label}: {value} in print"},
    "reproduce.class": {"id": ", mutu {grade}", "en": ", class {grade}"},
    "reproduce.by": {"id": "Dapat dihasilkan dengan {count} dari {total} cara hitung:", "en": "Given by {count} of {total} conventions:"},
    "reproduce.by.none": {"id": "Tidak satu pun dari {total} cara hitung menghasilkannya.", "en": "Given by none of {total} conventions."},
    "reproduce.only": {"id": "Dapat dihasilkan dengan satu-satunya cara hitung yang dicoba:", "en": "Given by the only convention:"},
    "reproduce.only.not": {"id": "Satu-satunya cara hitung yang dicoba tidak menghasilkannya.", "en": "Not given by the only convention."},
    "reproduce.more": {"id": "dan {count} lagi", "en": "and {count} more"},
    "reproduce.within": {
        "id": "Cara hitung yang juga mungkin, sejauh pembulatan angka masukan: {count}",
        "en": "Conventions possible within the rounding of the inputs: {count}",
    },
    "reproduce.nearest": {"id": "Yang tidak cocok, mulai dari yang terdekat:", "en": "Misses, the nearest first:"},
    "reproduce.off": {"id": "{name}: {value} ({gap})", "en": "{name}: {value} ({gap})"},
    "reproduce.findings": {"id": "Temuan:", "en": "Findings:"},
    "reproduce.notes": {"id": "Catatan:", "en": "Notes:"},
    "reproduce.unsaid": {"id": "Bila tidak disebut lain: {choices}.", "en": "Where a convention does not say otherwise: {choices}."},
    "reproduce.failed": {"id": "{label}: tidak dapat dicoba: {problem}", "en": "{label}: could not be tried: {problem}"},
    "reproduce.failed.out": {
        "id": "Folder {folder} tidak ditulis, karena {count} angka tidak dapat dicoba.",
        "en": "The folder {folder} is not written, as {count} numbers could not be tried.",
    },
    "reproduce.total": {
        "id": "{count} dari {total} angka dapat dihasilkan kembali, tanpa temuan.",
        "en": "Reproduced without findings: {count} of {total} numbers.",
    },
    # ------------------------------------------------------------ what contradicts a published number
    "check.unit": {"id": "{unit}: {finding}", "en": "{unit}: {finding}"},
    "check.both": {"id": "{first}{second}", "en": "{first}{second}"},
    "check.or": {"id": "{first} atau {second}", "en": "{first}, or {second}"},
    "check.class": {
        "id": "tercetak mutu {printed}, padahal {value} termasuk mutu {found} menurut {rule} ({classes})",
        "en": "{value} is class {found} under {rule} ({classes}), but {printed} is printed",
    },
    "check.class.bounds": {"id": "{code} {low}-{high}", "en": "{code} {low}-{high}"},
    "check.range": {
        "id": "{printed} berada di luar rentang yang mungkin, {low} s.d. {high}{hint}",
        "en": "{printed} lies outside the possible range {low} to {high}{hint}",
    },
    "check.range.percent": {
        "id": "; bobot dalam persen mungkin belum dibagi 100",
        "en": "; weights in percent may not have been divided by 100",
    },
    "check.inputs.lowest": {
        "id": "{printed} tidak mungkin diperoleh dari angka yang tercetak (paling rendah {bound})",
        "en": "{printed} lies outside what the printed inputs allow by its own scoring: at least {bound}",
    },
    "check.inputs.highest": {
        "id": "{printed} tidak mungkin diperoleh dari angka yang tercetak (paling tinggi {bound})",
        "en": "{printed} lies outside what the printed inputs allow by its own scoring: at most {bound}",
    },
    "check.conventions": {
        "id": "tidak ada cara hitung yang menghasilkan {printed}; yang terdekat menghasilkan {found} ({name}){slip}",
        "en": "no convention gives {printed}; the nearest gives {found} ({name}){slip}",
    },
    "check.digit": {"id": "; hanya satu digit yang berbeda", "en": "; one digit differs"},
    "check.slip": {"id": "; cukup satu digit yang berbeda: {found} ({name})", "en": "; one digit makes it {found} ({name})"},
    "check.parts.more": {
        "id": "tercetak {printed}, padahal jumlah bagiannya {found}: selisih {difference}{reasons}",
        "en": "{printed} is printed, but the parts sum to {found}: {difference} more{reasons}",
    },
    "check.parts.less": {
        "id": "tercetak {printed}, padahal jumlah bagiannya {found}: kurang {difference}{reasons}",
        "en": "{printed} is printed, but the parts sum to {found}: {difference} less{reasons}",
    },
    "check.parts.explained": {"id": "; cukup dijelaskan oleh: {reasons}", "en": "; alone would explain it: {reasons}"},
    "check.parts.left": {"id": "{part} tidak ikut dijumlahkan", "en": "{part} left out of the total"},
    "check.parts.twice": {"id": "{part} terhitung dua kali", "en": "{part} counted twice"},
    "check.parts.digit": {"id": "; cukup satu digit yang berbeda: {places}", "en": "; one digit would explain it: {places}"},
    "check.parts.total": {"id": "pada jumlahnya (menjadi {value})", "en": "of the total, for {value}"},
    "check.parts.part": {"id": "pada {part} (menjadi {value})", "en": "of {part}, for {value}"},
    "check.parts.some": {"id": "pada salah satu dari {parts}", "en": "of one of {parts}"},
    "check.parts.none": {"id": "; tidak ada satu bagian pun yang menjelaskannya", "en": "; no single part explains it"},
    "check.weights": {
        "id": "dengan bobot yang tercetak diperoleh {found}, bukan {printed}",
        "en": "the weights that are printed make {found}, not {printed}",
    },
    "check.weighted": {
        "id": "NRR tertimbang {item} tercetak {printed}, padahal NRR-nya dikalikan {weight} adalah {found}",
        "en": "{printed} is printed as the weighted mean of {item}, but {weight} of its mean is {found}",
    },
    "check.weighted.sum": {
        "id": "NRR tertimbang yang tercetak berjumlah {total}, sehingga nilainya {found}, padahal tercetak {printed}{digit}",
        "en": "the printed weighted means sum to {total}, which makes {found}, but {printed} is printed{digit}",
    },
    "check.unit.index": {
        "id": "{unit}: tercetak {printed}, padahal dari rata-rata butirnya diperoleh {low} s.d. {high}",
        "en": "{unit}: {printed} is printed, but its item means make {low} to {high}",
    },
    "check.total": {
        "id": "baris {row}: pada kolom {column} tercetak {printed}, padahal dari baris lain diperoleh {found}",
        "en": "the row {row} has {printed} in the column {column}, but the other rows make {found}",
    },
    # ------------------------------------------------------------ what is to be known of the source
    "note.totals": {
        "id": "baris {rows} adalah jumlah atau rata-rata: tidak dihitung sebagai {what}, angkanya diperiksa terhadap baris lain",
        "en": "the rows {rows} are totals or means: they are not taken as {what}; their numbers are checked against the others",
    },
    "note.totals.items": {"id": "butir", "en": "items"},
    "note.totals.units": {"id": "unit", "en": "units"},
    "note.counts": {
        "id": "baris {rows} berisi jumlah responden: dilewati",
        "en": "the rows {rows} count respondents: they are left out",
    },
    "note.nameless": {"id": "ke-{row} tanpa nama", "en": "{row} without a name"},
    "note.blank": {"id": "{count} baris kosong dilewati", "en": "{count} empty rows are left out"},
    "note.idle": {
        "id": "unit {units} tidak punya responden atau nilai, dan tidak diikutkan",
        "en": "the units {units} have no respondents or no value, and are left out",
    },
    # ------------------------------------------------------------ the publication sheet
    "sheet.title": {"id": "INDEKS KEPUASAN MASYARAKAT (IKM)", "en": "INDEX OF PUBLIC SATISFACTION (IKM)"},
    "sheet.value": {"id": "Nilai IKM", "en": "IKM"},
    "sheet.class": {"id": "Mutu pelayanan", "en": "Class of service (mutu)"},
    "sheet.name": {"id": "Kinerja unit pelayanan", "en": "Performance (kinerja)"},
    "sheet.exact": {
        "id": "Tanpa galat sampel: semua pengguna disurvei.",
        "en": "No sampling error: every user was asked.",
    },
    "sheet.alike": {
        "id": "Galat sampel tidak dapat diperkirakan: semua jawaban sama.",
        "en": "The sampling error cannot be estimated: all answers are alike.",
    },
    "sheet.no_interval": {"id": "Selang kepercayaan tidak dapat dihitung.", "en": "An interval cannot be computed."},
    "sheet.other": {
        "id": "Peluang bahwa mutu sebenarnya bukan {code}: {p} (paling mungkin {other}, {name}).",
        "en": "Probability that the true class is not {code}: {p} (most likely {other}, {name}).",
    },
    "sheet.service": {"id": "Layanan", "en": "Service"},
    "sheet.period": {"id": "Periode survei", "en": "Survey period"},
    "sheet.respondents": {"id": "Jumlah responden", "en": "Respondents"},
    "sheet.by": {"id": "Responden menurut {column}", "en": "Respondents by {column}"},
    "sheet.sex": {"id": "Jenis kelamin", "en": "Sex"},
    "sheet.education": {"id": "Pendidikan", "en": "Education"},
    "sheet.L": {"id": "Laki-laki", "en": "Men"},
    "sheet.P": {"id": "Perempuan", "en": "Women"},
    "sheet.unstated": {"id": "Tidak disebutkan", "en": "Not stated"},
    "sheet.count": {"id": "Jumlah", "en": "Count"},
    "sheet.elements": {
        "id": "Nilai rata-rata (NRR) setiap unsur, skala {low} s.d. {high}",
        "en": "Mean score (NRR) of each element (unsur), scale {low} to {high}",
    },
    "sheet.element": {"id": "Unsur", "en": "Element (unsur)"},
    "sheet.nrr": {"id": "NRR", "en": "NRR"},
    "sheet.grade": {"id": "Mutu", "en": "Class"},
    "sheet.answers": {"id": "Jumlah jawaban", "en": "Answers"},
    "sheet.lowest": {"id": "{element} (terendah)", "en": "{element} (lowest)"},
    "sheet.follow_up": {
        "id": "Rencana tindak lanjut dimulai dari unsur terendah: {elements}.",
        "en": "The follow-up plan starts from the lowest elements (unsur): {elements}.",
    },
    "sheet.weights": {
        "id": "IKM = jumlah NRR × bobot, × {factor}; bobot setiap unsur {weight} ({count} unsur).",
        "en": "IKM = sum of NRR × weight, × {factor}; weight of each element {weight} ({count} elements).",
    },
    "sheet.few.named": {
        "id": "Hanya {count} dari {total} unsur peraturan {rule} yang dinilai; yang tidak dinilai: {elements}.",
        "en": "Only {count} of the {total} elements of regulation {rule} were rated; not rated: {elements}.",
    },
    "sheet.few.numbered": {
        "id": "Hanya {count} dari {total} unsur peraturan {rule} yang dinilai; unsur yang tidak ada tidak dapat dikenali dari nomornya.",
        "en": "Only {count} of the {total} elements of regulation {rule} were rated; which are missing cannot be told from their numbers.",
    },
    "sheet.few": {
        "id": "Hanya {count} dari {total} unsur peraturan {rule} yang dinilai.",
        "en": "Only {count} of the {total} elements of regulation {rule} were rated.",
    },
    "sheet.unnamed": {"id": "{elements}: isi unsur belum diberi nama.", "en": "{elements}: these elements have not been named."},
    "sheet.and": {"id": "{first} dan {last}", "en": "{first} and {last}"},
    "sheet.plain": {
        "id": "Selang kepercayaan dihitung seperti untuk sampel acak sederhana dari pengguna yang sangat banyak; "
        "bila semua pengguna disurvei, tidak ada galat sampel.",
        "en": "Intervals are those of a simple random sample of very many users; where every user was asked, there is no sampling error.",
    },
    "sheet.highest": {
        "id": "Dengan bobot itu IKM tertinggi yang mungkin adalah {top}.",
        "en": "With that weight the largest possible IKM is {top}.",
    },
    "sheet.excluded": {"id": "Sengaja tidak diikutkan: {elements}.", "en": "Left out on purpose: {elements}."},
    "sheet.pool.respondents": {"id": "IKM dihitung dari jawaban semua responden.", "en": "The IKM is that of all respondents together."},
    "sheet.pool.units": {"id": "IKM adalah rata-rata sederhana IKM unit.", "en": "The IKM is the simple mean of the units."},
    "sheet.pool.volume": {
        "id": "IKM adalah rata-rata IKM unit, ditimbang menurut volume layanan.",
        "en": "The IKM is the mean of the units, weighted by their volume of services.",
    },
    "sheet.coverage": {"id": "Unit yang melapor: {reported} dari {existing}.", "en": "Units that reported: {reported} of {existing}."},
    "sheet.reported": {
        "id": "Unit yang melapor: {reported}; jumlah unit seluruhnya tidak diketahui.",
        "en": "Units that reported: {reported}; how many there are is not known.",
    },
    "sheet.weighted": {
        "id": "Jumlah responden dan jawaban tidak ditimbang; IKM dan NRR memakai penimbang survei.",
        "en": "Respondents and answers are counted without weights; IKM and NRR use the survey weights.",
    },
    "sheet.classes": {"id": "Mutu menurut IKM: {classes}.", "en": "Classes of the IKM: {classes}."},
    "sheet.rule": {"id": "Dasar: {citation}.", "en": "Regulation: {citation}."},
    "sheet.unverified": {
        "id": "Belum dicocokkan dengan naskah peraturan: {what}.",
        "en": "Not checked against the text of the regulation: {what}.",
    },
    "sheet.thanks": {
        "id": "Terima kasih atas penilaian yang telah Anda berikan. Masukan Anda membantu kami memperbaiki pelayanan.",
        "en": "Thank you for the assessment you have given. What you told us helps us to improve our service.",
    },
    # ------------------------------------------------------------ kepuasan skm
    "skm.near": {
        "id": "{count} dari {total} unit dekat batas mutu (peluang mutu lain 5 % atau lebih): {units}; semua unit ada di tables/units.csv.",
        "en": "{count} of {total} units lie near a bound of their class (probability of another 5 % or more): {units}; all units: tables/units.csv.",
    },
    "skm.value": {"id": "IKM", "en": "IKM"},
    "skm.class": {"id": "Mutu", "en": "Class"},
    "skm.name": {"id": "Kinerja", "en": "Performance"},
    "skm.other": {"id": "Peluang mutu lain", "en": "Another class"},
    "skm.respondents": {"id": "Responden", "en": "Respondents"},
    "skm.units": {"id": "Unit melapor", "en": "Units reported"},
    "skm.of": {"id": "{reported} dari {existing}", "en": "{reported} of {existing}"},
    "skm.more": {"id": "dan {count} lagi; semuanya ada di tables/ikm.csv", "en": "and {count} more; all are in tables/ikm.csv"},
    "skm.lowest": {"id": "Unsur terendah: {elements}.", "en": "Lowest elements (unsur): {elements}."},
    "skm.lowest.of": {"id": "{row}: unsur terendah {elements}.", "en": "{row}: lowest elements (unsur) {elements}."},
    "skm.empty": {"id": "Tanpa jawaban, sehingga tanpa IKM: {rows}.", "en": "No answers, and so no IKM: {rows}."},
    "skm.weighted": {
        "id": "Setiap responden mewakili sejumlah pengguna: jumlah pengguna dibagi jumlah responden.",
        "en": "Every respondent stands for a number of users: the users divided by the respondents.",
    },
    "skm.lacking.sex": {
        "id": "lembar publikasi belum memuat jumlah responden menurut jenis kelamin: data tidak punya kolom JENIS KELAMIN.",
        "en": "the sheet lacks the counts of respondents by sex: the data have no column called sex or JENIS KELAMIN.",
    },
    "skm.lacking.education": {
        "id": "lembar publikasi belum memuat jumlah responden menurut pendidikan: data tidak punya kolom PENDIDIKAN.",
        "en": "the sheet lacks the counts of respondents by education: the data have no column called education or PENDIDIKAN.",
    },
    "skm.agency": {
        "id": 'lembar publikasi belum dibuat; tambahkan nama unit dan instansi: --agency "Nama unit, instansi".',
        "en": 'no sheet was written; add the name of the unit and its agency: --agency "Unit, agency".',
    },
    "skm.answers": {
        "id": "{count} jawaban bukan angka {low} s.d. {high}: {cells}. Betulkan, kosongkan sel yang tidak dijawab, "
        "atau nyatakan kodenya sebagai tidak menjawab dalam --codebook.",
        "en": "{count} answers are no numbers from {low} to {high}: {cells}. Correct them, empty the cells without an answer, "
        "or declare the code missing in a --codebook.",
    },
    "skm.cell": {"id": "{column} '{cell}' (baris data ke-{row})", "en": "{column} '{cell}' (row {row} of the data)"},
    "skm.cell.often": {
        "id": "{column} '{cell}' ({count} kali, mulai baris data ke-{row})",
        "en": "{column} '{cell}' ({count} times, first in row {row} of the data)",
    },
    "skm.cells": {"id": "dan {count} macam lagi", "en": "and {count} kinds more"},
    "skm.options": {"id": "Pada perintah ini: {options}.", "en": "On the command line: {options}."},
    "skm.option": {"id": "{name}= ditulis {option}", "en": "{name}= is {option}"},
    "skm.lone": {
        "id": "Ada unit dengan satu responden saja, sehingga galatnya tidak dapat dihitung: gabungkan unit itu, atau jangan pakai --users.",
        "en": "A unit has a single respondent, so that its error cannot be computed: join it with another, or leave --users out.",
    },
    # ------------------------------------------------------------ what was taken for granted about a published number
    "note.more": {"id": "{names}, dan {count} lagi", "en": "{names} and {count} more"},
    "note.elements": {"id": "butirnya adalah unsur {rule}: {items}", "en": "the items are those of {rule}: {items}"},
    "note.equal_weights": {
        "id": "semua penimbang survei sama: dengan atau tanpa penimbang hasilnya sama",
        "en": "all survey weights are equal: with or without them the result is the same",
    },
    "note.none_missing": {
        "id": "tidak ada jawaban kosong: perlakuan jawaban kosong, dan hitungan per butir atau per responden, tidak mengubah hasil",
        "en": "no answer is missing: how missing answers are treated, and whether means are by item or by respondent, changes nothing",
    },
    "note.none_missing.stated": {
        "id": "tidak ada jawaban kosong: perlakuan jawaban kosong tidak mengubah hasil",
        "en": "no answer is missing: how missing answers are treated changes nothing",
    },
    "note.no_tie": {
        "id": "tidak ada nilai yang dibulatkan lain oleh aturan setengah ke genap",
        "en": "no value is rounded otherwise by half-even",
    },
    "note.no_value": {
        "id": "cara hitung tanpa nilai, karena tidak ada jawaban yang tersisa untuknya: {count}",
        "en": "conventions without a value, as no answer is left for them: {count}",
    },
    "note.no_sizes": {
        "id": "jumlah responden tiap unit tidak tercantum: rata-rata semua responden tidak dicoba",
        "en": "no unit says how many respondents it has: pooling over respondents is not tried",
    },
    "note.no_scale": {
        "id": "bukan unsur {rule}: {names}; skalanya tidak diketahui, jadi hanya rata-rata apa adanya yang dicoba; tulis batas skalanya, misalnya 1 "
        "sampai 4 (scale = [1, 4])",
        "en": "no element of {rule}: {names}; so no scale is known and only the raw mean is tried; give its bounds, such as 1 to 4: "
        "spec=IndexSpec(items, scale=(1, 4)), or scale = [1, 4] in a file",
    },
    "note.unnumbered": {
        "id": "hanya {count} dari {total} unsur {rule} yang ada, dan nomornya tidak menunjukkan unsur mana yang tidak ada; beri nama unsurnya",
        "en": "{count} of the {total} elements of {rule} are there, and their numbers do not tell which are missing; name the elements",
    },
    "note.further": {
        "id": "bukan unsur {rule}: {names}; dianggap unsur tambahan dengan skala {low} sampai {high}, seperti unsur lainnya",
        "en": "no element of {rule}: {names}; taken as one more, on the scale {low} to {high} of the others",
    },
    "note.scale": {
        "id": "skala {names} tidak diketahui; dianggap {low} sampai {high}, seperti pada {rule}",
        "en": "no scale is known of {names}; that of {rule} is taken, {low} to {high}",
    },
    "note.empty_units": {
        "id": "unit tanpa jawaban, atau yang jawabannya tanpa penimbang: {units}; tidak ikut dalam rata-rata unit "
        "(yang tanpa penimbang: bila penimbang dipakai)",
        "en": "units without answers, or whose answers have no weight: {units}; means of units leave them out (the latter where weights are used)",
    },
    "note.lacking_units": {
        "id": "unit yang sebagian butirnya tidak dijawab: {units}; tidak ikut dalam rata-rata unit bila butir itu dihitung",
        "en": "units without an answer to some item: {units}; they are left out of means of units where that item counts",
    },
}
