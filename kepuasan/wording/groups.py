"""What a report says of drivers, of who changed, of groups and populations, of the follow-up and of the questionnaire."""

from __future__ import annotations

__all__ = ["WORDS"]

WORDS: dict[str, dict[str, str]] = {
    # ------------------------------------------------------------ headings, and why a part is not there
    "heading.importance": {"id": "Kepentingan faktor", "en": "Importance of drivers"},
    "heading.moved": {"id": "Siapa yang berubah", "en": "Who changed"},
    "heading.moved.single": {"id": "Indeks menurut kelompok responden", "en": "Index by group of respondents"},
    "heading.groups": {"id": "Kelompok rentan", "en": "Vulnerable groups"},
    "heading.populations": {"id": "{own} dan {other}: pertanyaan yang sama", "en": "{own} and {other}: the same questions"},
    "heading.populations.absent": {"id": "Dua populasi, pertanyaan yang sama", "en": "Two populations, the same questions"},
    "heading.follow_up": {"id": "Rencana tindak lanjut", "en": "Follow-up plan"},
    "heading.questionnaire": {"id": "Kuesioner", "en": "Questionnaire"},
    "absent.failed": {"id": "Tidak dapat dihitung: {reason}", "en": "It could not be computed: {reason}"},
    "absent.importance": {
        "id": "Butir yang faktornya diperingkat belum ditetapkan, misalnya kepuasan keseluruhan.",
        "en": "No item is named whose drivers are ranked, such as overall satisfaction.",
    },
    "absent.few": {
        "id": "Hanya kurang dari {least} responden menjawab lengkap; terlalu sedikit untuk ditampilkan.",
        "en": "Fewer than {least} respondents answered all of it, too few to be shown.",
    },
    "absent.moved": {
        "id": "Kolom pengelompok responden belum ditetapkan, misalnya jenis kelamin.",
        "en": "No column that groups respondents is named, such as sex.",
    },
    "absent.groups": {
        "id": "Kelompok rentan belum ditetapkan; sebutkan nama dan syarat setiap kelompok.",
        "en": "No vulnerable groups are named; give each group's label and condition.",
    },
    "absent.populations": {
        "id": "Survei populasi lain dengan pertanyaan yang sama belum diberikan, misalnya survei pengelola.",
        "en": "No survey of another population with the same questions is given, such as one of administrators.",
    },
    "absent.follow_up": {
        "id": "Tidak ada unsur yang nilainya dapat ditampilkan pada {current}.",
        "en": "No element has a score that can be shown in {current}.",
    },
    "absent.questionnaire": {
        "id": "Buku kode tidak memuat butir indeks; berikan buku kode setiap gelombang.",
        "en": "The codebook has none of the items of the index; give a codebook of each wave.",
    },
    # ------------------------------------------------------------ two sides and their difference
    "head.side": {"id": "{name} (selang {level} %)", "en": "{name} ({level} % interval)"},
    "head.index_of": {"id": "Indeks {name}", "en": "Index {name}"},
    "head.counts": {"id": "n {first} / {second}", "en": "n {first} / {second}"},
    "head.effective": {"id": "n efektif {first} / {second}", "en": "effective n {first} / {second}"},
    "head.p_holm": {"id": "Nilai p (Holm)", "en": "p-value (Holm)"},
    "head.tested": {"id": "Diuji", "en": "Tested"},
    "head.group": {"id": "Kelompok", "en": "Group"},
    "head.who": {"id": "Responden", "en": "Respondents"},
    "counts.pair": {"id": "{first} / {second}", "en": "{first} / {second}"},
    "tested.beyond": {"id": "melampaui galat sampling", "en": "beyond sampling error"},
    "tested.within": {"id": "dalam batas galat sampling", "en": "within sampling error"},
    "untested.lacking": {"id": "tidak diuji karena jawaban hanya ada pada {side}", "en": "not tested because there are answers from {side} only"},
    "untested.nowhere": {"id": "tidak diuji karena tidak ada jawaban", "en": "not tested because there are no answers"},
    "untested.publication": {"id": "tidak diuji karena n di bawah {least}", "en": "not tested because n is below {least}"},
    "untested.disclosure": {"id": "tidak diuji karena n di bawah {least}", "en": "not tested because n is below {least}"},
    "untested.complement": {
        "id": "tidak diuji karena disembunyikan untuk melindungi baris lain",
        "en": "not tested because it is hidden to protect another row",
    },
    "untested.no_se": {
        "id": "tidak diuji karena galat bakunya tidak dapat dihitung",
        "en": "not tested because its standard error cannot be computed",
    },
    "holm.note": {
        "id": "Kolom Diuji mengikuti nilai p, yang disesuaikan menurut Holm untuk {count} pengujian tabel ini, pada taraf {alpha} %; "
        "selang tiap baris tidak disesuaikan.",
        "en": "The column Tested goes by the p-value, adjusted by Holm for the {count} tests of this table, at the level of {alpha} %; "
        "the interval of each row is not adjusted.",
    },
    "holm.single": {
        "id": "Kolom Diuji mengikuti nilai p pada taraf {alpha} %; hanya satu baris yang diuji, jadi tidak ada yang disesuaikan.",
        "en": "The column Tested goes by the p-value at the level of {alpha} %; one row alone is tested, so nothing is adjusted.",
    },
    "holm.apart": {
        "id": "Karena penyesuaian itu, baris berikut dalam batas galat sampling walaupun selangnya tidak memuat 0: {names}.",
        "en": "By that adjustment these rows are within sampling error though their intervals do not include 0: {names}.",
    },
    # ------------------------------------------------------------ importance
    "caption.importance": {
        "id": "Kepentingan setiap faktor bagi {outcome}, {current}",
        "en": "Importance of each driver for {outcome}, {current}",
    },
    "head.driver": {"id": "Faktor", "en": "Driver"},
    "head.importance": {"id": "Kepentingan (R²)", "en": "Importance (R²)"},
    "head.share": {"id": "Bagian dari R²", "en": "Share of R²"},
    "head.share_of_sum": {"id": "Bagian dari jumlah kepentingan", "en": "Share of the sum of importances"},
    "head.rank_range": {"id": "Peringkat (rentang {level} %)", "en": "Rank ({level} % range)"},
    "head.performance": {"id": "Kinerja (selang {level} %)", "en": "Performance ({level} % interval)"},
    "head.quadrant": {"id": "Kuadran (peluang)", "en": "Quadrant (probability)"},
    "rank.range": {"id": "{rank} ({low} s.d. {high})", "en": "{rank} ({low} to {high})"},
    "quadrant.sure": {"id": "{quadrant} ({probability})", "en": "{quadrant} ({probability})"},
    "quadrant.nearly": {"id": "> 99 %", "en": "> 99 %"},
    "importance.fit": {
        "id": "Perbedaan antarresponden pada semua faktor bersama-sama menyumbang {value} dari ragam {outcome} "
        "(R² {r_squared}, selang kepercayaan {level} % {interval}).",
        "en": "Differences between respondents on all drivers together account for {value} of the variance of {outcome} "
        "(R² {r_squared}, {level} % interval {interval}).",
    },
    "importance.fit.mcfadden": {
        "id": "R² McFadden semua faktor bersama-sama bagi {outcome}: {r_squared}, selang kepercayaan {level} % {interval}.",
        "en": "McFadden's R² of all drivers together for {outcome}: {r_squared}, {level} % interval {interval}.",
    },
    "importance.first": {
        "id": "Yang terpenting: {name}; rentang peringkat {level} % hanya peringkat 1.",
        "en": "The most important is {name}; its {level} % range of ranks is 1 alone.",
    },
    "importance.first.shared": {
        "id": "Data tidak memastikan faktor mana yang terpenting; rentang peringkat {level} % yang memuat peringkat 1: {names}.",
        "en": "The data do not settle which driver is the most important; {level} % ranges of ranks that hold rank 1: {names}.",
    },
    "importance.meaning": {
        "id": "Kepentingan menyatakan seberapa jauh perbedaan antarresponden pada suatu faktor berjalan bersama perbedaan pada {outcome}. "
        "Ini tidak menyatakan mengapa, dan bukan ramalan tentang apa yang berubah bila suatu faktor diperbaiki.",
        "en": "Importance says how far differences between respondents on a driver go together with differences in {outcome}. "
        "It does not say why, and is no forecast of what changes where a driver is improved.",
    },
    "importance.left_out": {
        "id": "{n} baris tidak ikut karena {outcome} atau salah satu faktor tidak dijawab.",
        "en": "{n} rows are left out because {outcome} or a driver is not answered.",
    },
    "importance.left_out.one": {
        "id": "{n} baris tidak ikut karena {outcome} atau salah satu faktor tidak dijawab.",
        "en": "{n} row is left out because {outcome} or a driver is not answered.",
    },
    "importance.left_out.none": {
        "id": "Tidak ada baris yang tidak ikut: semua faktor dan {outcome} selalu dijawab.",
        "en": "No rows are left out: {outcome} and all drivers are always answered.",
    },
    "importance.method.lmg": {
        "id": "Kepentingan menurut Lindeman, Merenda dan Gold (LMG): tambahan R² oleh faktor itu, dirata-ratakan atas semua urutan faktor.",
        "en": "Importance by Lindeman, Merenda and Gold (LMG): what a driver adds to R², averaged over all orders of the drivers.",
    },
    "importance.method.other": {"id": "Kepentingan dihitung dengan metode {method}.", "en": "Importance is computed by the method {method}."},
    "importance.zero": {
        "id": "Selang yang mencapai 0 hanyalah perkiraan kasar, sebab kepentingan tidak dapat di bawah 0: {names}.",
        "en": "Intervals that reach 0, below which importance cannot lie, are no more than rough: {names}.",
    },
    "importance.sampled": {
        "id": "Urutan faktor diambil secara acak; galat Monte Carlo paling besar {value}, tidak termasuk dalam selang.",
        "en": "Orders of the drivers are sampled; Monte Carlo errors are at most {value}, which intervals do not contain.",
    },
    "importance.n_eff": {
        "id": "n: responden yang menjawab lengkap. n efektif tidak ada, sebab efek rancangan tidak didefinisikan bagi kepentingan; "
        "selang memperhitungkan rancangan sampel.",
        "en": "n: respondents who answered all of it. There is no effective n, as a design effect is not defined for importance; "
        "intervals take the design into account.",
    },
    "importance.performance": {
        "id": "Kinerja: {unit}; semua jawaban yang ada dihitung.",
        "en": "Performance: {unit}; all answers there are count.",
    },
    "caption.figure.importance": {
        "id": "Kepentingan setiap faktor bagi {outcome}. Garis: selang kepercayaan {level} %.",
        "en": "Importance of each driver for {outcome}. Lines: {level} % intervals.",
    },
    "caption.figure.map": {
        "id": "Peta kepentingan dan kinerja. Garis silang: rata-rata faktor.",
        "en": "Importance-performance map. Crosshair: mean of the drivers.",
    },
    # ------------------------------------------------------------ who changed
    "caption.moved": {
        "id": "Indeks {base} dan {current} menurut {column}, dan perubahannya (poin)",
        "en": "Index of {base} and {current} by {column}, and its change (points)",
    },
    "caption.by": {"id": "Indeks menurut {column}", "en": "Index by {column}"},
    "caption.by.waves": {"id": "Indeks setiap gelombang menurut {column}", "en": "Index of each wave by {column}"},
    "head.change": {"id": "Perubahan", "en": "Change"},
    "moved.some": {
        "id": "{column}: perubahan yang melampaui galat sampling: {names}.",
        "en": "{column}: changes beyond sampling error: {names}.",
    },
    "moved.none": {
        "id": "{column}: tidak ada perubahan yang melampaui galat sampling.",
        "en": "{column}: no change is beyond sampling error.",
    },
    "moved.untested": {"id": "{column}: tidak ada kelompok yang diuji.", "en": "{column}: no group is tested."},
    "moved.one": {"id": "{name} ({points})", "en": "{name} ({points})"},
    "moved.frame": {
        "id": "Kerangka sampel {base} dan {current} tidak sama ({column}); perubahan setiap kelompok di sini memuat perbedaan kerangka itu.",
        "en": "The frames of {base} and {current} are not the same ({column}); the change of each group here contains that difference of frame.",
    },
    "joint.beyond": {
        "id": "Uji bersama atas {count} kelompok: perubahannya tidak sama, dan perbedaan itu melampaui galat sampling "
        "(F = {statistic}; df {df} dan {df_denominator}; p = {p}).",
        "en": "Joint test of {count} groups: they did not change alike, and that difference is beyond sampling error "
        "(F = {statistic}; df {df} and {df_denominator}; p = {p}).",
    },
    "joint.within": {
        "id": "Uji bersama atas {count} kelompok: perbedaan perubahan antarkelompok masih dalam batas galat sampling "
        "(F = {statistic}; df {df} dan {df_denominator}; p = {p}).",
        "en": "Joint test of {count} groups: how differently they changed is within sampling error "
        "(F = {statistic}; df {df} and {df_denominator}; p = {p}).",
    },
    "joint.untested": {
        "id": "Apakah semua kelompok berubah sama tidak diuji karena kurang dari dua kelompok dapat diuji, atau derajat bebasnya tidak cukup.",
        "en": "Whether all groups changed alike is not tested because fewer than two can be tested, or degrees of freedom do not suffice.",
    },
    # ------------------------------------------------------------ vulnerable groups
    "caption.gaps": {
        "id": "Indeks setiap kelompok dan responden lainnya, {current} (poin)",
        "en": "Index of each group and of all others, {current} (points)",
    },
    "caption.group_changes": {
        "id": "Perubahan indeks setiap kelompok, {base} ke {current} (poin)",
        "en": "Change of the index of each group, {base} to {current} (points)",
    },
    "caption.group_waves": {"id": "Indeks setiap kelompok pada setiap gelombang", "en": "Index of each group in each wave"},
    "head.others": {"id": "Lainnya", "en": "Others"},
    "head.gap": {"id": "Selisih", "en": "Gap"},
    "who.group": {"id": "kelompok ini", "en": "the group"},
    "who.others": {"id": "lainnya", "en": "the others"},
    "side.group": {"id": "kelompok", "en": "group"},
    "side.others": {"id": "lainnya", "en": "others"},
    "groups.meaning": {
        "id": "Selisih adalah indeks kelompok dikurangi indeks responden lainnya. Responden yang keterangannya kosong tidak masuk ke keduanya. "
        "Seorang responden dapat termasuk beberapa kelompok.",
        "en": "A gap is the index of the group minus that of all others. Respondents of whom it is not known belong to neither. "
        "A respondent may belong to several groups.",
    },
    "groups.conditions": {"id": "Syarat setiap kelompok: {conditions}.", "en": "Condition of each group: {conditions}."},
    "groups.condition": {"id": "{name}: {where}", "en": "{name}: {where}"},
    "gaps.some": {
        "id": "Selisih yang melampaui galat sampling pada {current}: {names}.",
        "en": "Gaps beyond sampling error in {current}: {names}.",
    },
    "gaps.none": {
        "id": "Pada {current} tidak ada selisih yang melampaui galat sampling.",
        "en": "In {current} no gap is beyond sampling error.",
    },
    "gaps.untested": {"id": "Pada {current} tidak ada selisih yang diuji.", "en": "In {current} no gap is tested."},
    # ------------------------------------------------------------ two populations
    "caption.populations": {
        "id": "Nilai setiap butir bagi {own} dan {other}, {current}",
        "en": "Score of each item for {own} and {other}, {current}",
    },
    "caption.figure.populations": {
        "id": "Nilai setiap butir bagi {own} dan {other}, {current}. Garis mendatar: selang kepercayaan {level} %.",
        "en": "Score of each item for {own} and {other}, {current}. Horizontal lines: {level} % intervals.",
    },
    "populations.meaning": {
        "id": "Selisih adalah {own} dikurangi {other}. Kedua survei adalah sampel yang saling bebas; hanya butir yang ditanyakan kepada keduanya "
        "yang dibandingkan.",
        "en": "A gap is {own} minus {other}. The two surveys are independent samples; only items that both were asked are compared.",
    },
    "populations.all_answers": {
        "id": "Di sini setiap butir memakai semua jawabannya; nilainya dapat berbeda dari nilai butir di bagian lain, yang hanya memakai responden "
        "yang menjawab semua butir.",
        "en": "Here each item uses all of its answers; scores may differ from those of the items elsewhere, which use only respondents who answered "
        "all items.",
    },
    "populations.wave": {
        "id": "{other} tidak disurvei pada {current}; yang dipakai adalah {wave}.",
        "en": "{other} were not surveyed in {current}; {wave} is used instead.",
    },
    "populations.left_out.not_asked": {
        "id": "Tidak dibandingkan karena hanya ditanyakan kepada salah satunya: {names}.",
        "en": "Not compared because one of the two alone was asked: {names}.",
    },
    "populations.left_out.other_scale": {
        "id": "Tidak dibandingkan karena dijawab pada skala yang berbeda: {names}.",
        "en": "Not compared because answers are on different scales: {names}.",
    },
    # ------------------------------------------------------------ follow-up
    "follow_up.duty": {
        "id": "PermenPANRB 14/2017 meminta setiap unit pelayanan menyusun rencana tindak lanjut hasil survei, dimulai dari unsur dengan nilai "
        "terendah, dengan program, waktu dan penanggung jawab.",
        "en": "PermenPANRB 14/2017 asks every service unit for a follow-up plan of its survey, beginning with the lowest elements, with programme, "
        "time and responsible unit.",
    },
    "follow_up.open": {
        "id": 'Sel bertuliskan "{text}" menunggu isian instansi.',
        "en": 'Cells that say "{text}" are for the agency to complete.',
    },
    "follow_up.to_fill": {"id": "diisi oleh instansi", "en": "to be filled in by the agency"},
    "caption.follow_up": {
        "id": "Unsur dengan nilai terendah pada {current} dan tindak lanjutnya, mulai dari yang terendah",
        "en": "Elements with the lowest scores in {current} and their follow-up, lowest first",
    },
    "caption.follow_up_further": {"id": "Tindak lanjut butir lainnya", "en": "Follow-up of other items"},
    "head.element": {"id": "Unsur", "en": "Element"},
    "head.programme": {"id": "Program", "en": "Programme"},
    "head.time": {"id": "Waktu", "en": "Time"},
    "head.unit": {"id": "Penanggung jawab", "en": "Responsible unit"},
    "follow_up.order": {
        "id": "Urutan menurut nilai; unsur yang selangnya bertumpang tindih dapat bertukar tempat pada sampel lain.",
        "en": "In order of scores; elements whose intervals overlap might change places in another sample.",
    },
    "follow_up.raw": {
        "id": "Urutan menurut letak nilai di antara ujung-ujung skala jawaban setiap unsur.",
        "en": "In order of where scores lie between the ends of each element's answer scale.",
    },
    "follow_up.hidden": {
        "id": "Unsur dengan n di bawah {least} tidak diurutkan: {names}.",
        "en": "Elements with n below {least} are not put in order: {names}.",
    },
    # ------------------------------------------------------------ questionnaire
    "caption.questionnaire": {"id": "Butir indeks, {current}", "en": "Items of the index, {current}"},
    "caption.questionnaire.other": {"id": "Butir lain yang dipakai laporan ini, {current}", "en": "Other items this report uses, {current}"},
    "caption.questionnaire.differences": {
        "id": "Butir yang pada gelombang lain tidak sama dengan {current}",
        "en": "Items that other waves asked otherwise than {current}",
    },
    "head.question": {"id": "Pertanyaan", "en": "Question"},
    "head.answers": {"id": "Pilihan jawaban", "en": "Answers"},
    "head.missing": {"id": "Kode bukan jawaban", "en": "Codes that are no answer"},
    "head.differs": {"id": "Yang berbeda", "en": "What differs"},
    "questionnaire.same_answers": {
        "id": "Semua butir indeks dijawab dengan pilihan: {answers}.",
        "en": "All items of the index have the answers: {answers}.",
    },
    "questionnaire.same_missing": {
        "id": "Bukan jawaban, dan tidak dihitung: {missing}.",
        "en": "No answers, and not counted: {missing}.",
    },
    "questionnaire.no_missing": {"id": "Tidak ada kode bukan jawaban.", "en": "There are no codes for no answer."},
    "questionnaire.code": {"id": "{code} = {label}", "en": "{code} = {label}"},
    "questionnaire.range": {"id": "{low} s.d. {high}", "en": "{low} to {high}"},
    "questionnaire.open_low": {"id": "sampai dengan {high}", "en": "up to {high}"},
    "questionnaire.open_high": {"id": "mulai {low}", "en": "from {low}"},
    "questionnaire.bounds": {"id": "skala {low} s.d. {high}", "en": "scale from {low} to {high}"},
    "questionnaire.number": {"id": "angka", "en": "number"},
    "questionnaire.text": {"id": "teks", "en": "text"},
    "questionnaire.date": {"id": "tanggal", "en": "date"},
    "questionnaire.datetime": {"id": "tanggal dan jam", "en": "date and time"},
    "questionnaire.time": {"id": "jam", "en": "time of day"},
    "questionnaire.reverse": {"id": "{question} (nilai tinggi berarti buruk; dibalik)", "en": "{question} (a high answer is a bad one; reversed)"},
    "questionnaire.label": {
        "id": "Buku kode tidak memuat bunyi pertanyaan butir ini: {names}.",
        "en": "The codebook does not have the wording of these items: {names}.",
    },
    "questionnaire.rest": {
        "id": "Butir lain dalam data, bukan bagian indeks: {names}.",
        "en": "Other items in the data, not part of the index: {names}.",
    },
    "questionnaire.rest.more": {
        "id": "Butir lain dalam data, bukan bagian indeks: {names} dan {count} lainnya.",
        "en": "Other items in the data, not part of the index: {names} and {count} more.",
    },
    "questionnaire.more": {"id": "dan {count} lainnya", "en": "and {count} more"},
    "questionnaire.only": {"id": "Hanya ada pada {wave}, tidak pada {current}: {names}.", "en": "In {wave} alone, not in {current}: {names}."},
    "questionnaire.only.more": {
        "id": "Hanya ada pada {wave}, tidak pada {current}: {names} dan {count} lainnya.",
        "en": "In {wave} alone, not in {current}: {names} and {count} more.",
    },
    "questionnaire.alike": {
        "id": "Butir indeks berbunyi sama dan berpilihan jawaban sama pada semua gelombang.",
        "en": "Items of the index have the same wording and answers in all waves.",
    },
    "questionnaire.unknown": {
        "id": "Buku kode gelombang lain tidak tersedia, jadi bunyi pertanyaannya tidak dibandingkan: {waves}.",
        "en": "Codebooks of other waves are not available, so their questions are not compared: {waves}.",
    },
    "differs.lacking": {"id": "tidak ditanyakan", "en": "not asked"},
    "differs.question": {"id": 'bunyi pertanyaan: "{text}"', "en": 'wording: "{text}"'},
    "differs.answers": {"id": "pilihan jawaban: {text}", "en": "answers: {text}"},
    "differs.missing": {"id": "kode bukan jawaban: {text}", "en": "codes that are no answer: {text}"},
    "differs.reverse": {"id": "arah jawaban terbalik", "en": "direction of the answers is reversed"},
    "differs.nothing": {"id": "tidak ada", "en": "none"},
}
