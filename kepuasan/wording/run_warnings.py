"""What a run warns of: by stable code, what is so and what to do (`code.advice`)."""

from __future__ import annotations

__all__ = ["WORDS"]

WORDS: dict[str, dict[str, str]] = {
    "KP300": {
        "id": "{lost} kode {column!r} hanya ada di gelombang {base!r} dan {new} hanya di gelombang {current!r}; "
        "pengaruhnya tersebar di bagian-bagian perubahan",
        "en": "{lost} codes of {column!r} are in wave {base!r} only and {new} in wave {current!r} only; "
        "what they account for is spread over the parts of the change",
    },
    "KP300.advice": {
        "id": "tulis frame di bagian [change], yaitu kolom wilayah atau kelompok yang ditanyai, misalnya frame = {column!r}",
        "en": "write frame under [change], the column of the regions or groups that were asked, such as frame = {column!r}",
    },
    "KP301": {
        "id": "selang kepentingan mencapai 0 ({names:id}), padahal kepentingan tidak dapat kurang dari 0; selang itu hanya perkiraan kasar",
        "en": "limits of importance reach 0 ({names:en}), below which none can lie; they are rough there",
    },
    "KP301.advice": {
        "id": 'tulis [replicates] dengan method = "bootstrap" dan n = 1000 bila selang yang tepat diperlukan',
        "en": 'write [replicates] with method = "bootstrap" and n = 1000 where exact limits matter',
    },
    "KP302": {
        "id": "{count} baris tidak mempunyai kode di {names:id}, sehingga tidak masuk kelompok mana pun",
        "en": "{count} rows have no code in {names:en} and belong to no group",
    },
    "KP302.advice": {
        "id": "isi kode yang kosong bila diketahui; tabel kelompok tidak memuat baris itu",
        "en": "fill in the codes that are known; tables of groups leave these rows out",
    },
    "KP303": {
        "id": "{count} angka kosong karena tidak ada yang menjawab: {names:id}",
        "en": "{count} numbers are empty, as nobody answered: {names:en}",
    },
    "KP303.advice": {
        "id": "periksa apakah kelompok itu memang tidak ditanyai",
        "en": "see whether these groups were not asked indeed",
    },
    "KP304": {"id": "{count} rasio kosong karena pembaginya 0: {names:id}", "en": "{count} ratios are empty, as their denominator is 0: {names:en}"},
    "KP304.advice": {"id": "periksa data pembaginya", "en": "look at the data of the denominator"},
    "KP305": {
        "id": "{count} dari {of} replikasi tidak dapat dihitung; ketelitian dihitung dari yang lain",
        "en": "{count} of {of} replicates cannot be reckoned; errors are those of the others",
    },
    "KP305.advice": {
        "id": "gabungkan kelompok kecil, atau hapus bagian [replicates] bila jumlahnya banyak",
        "en": "merge small groups, or leave [replicates] out where they are many",
    },
    "KP306": {
        "id": "replikasi {method} hanya memakai unit tahap pertama; populasi terhingga pada tahap berikutnya tidak dihitung",
        "en": "{method} replicates are of first-stage units; finite populations of later stages count for nothing",
    },
    "KP306.advice": {
        "id": "hapus bagian [replicates] bila semua tahap harus dihitung",
        "en": "leave [replicates] out where all stages must count",
    },
    "KP307": {
        "id": "{count} replikasi tidak lebih banyak daripada {of} unit sampel, sehingga galat baku hanya perkiraan",
        "en": "{count} replicates are no more than the {of} sampled units, so that errors are approximate",
    },
    "KP307.advice": {"id": "besarkan n di bagian [replicates]", "en": "raise n under [replicates]"},
    "KP308": {
        "id": "margin rake berjumlah {total}, sedangkan bobot berjumlah {whole:id}; jumlah populasi di laporan menjadi {total}",
        "en": "the margins sum to {total} where the weights sum to {whole:en}, so that totals will be of {total}",
    },
    "KP308.advice": {
        "id": "bila itu persen atau bagian, tulis jumlah orangnya; indeks tidak terpengaruh",
        "en": "if they are percentages or shares, give numbers of people; the index is not affected",
    },
    "KP309": {
        "id": "faktor di buku kode yang memuat butir di luar indeks tidak dipakai: {names:id}",
        "en": "drivers of the codebook with items outside of the index are left out: {names:en}",
    },
    "KP309.advice": {
        "id": "sebutkan faktor dan butirnya di bagian [drivers] resep",
        "en": "name drivers and their items under [drivers] of the recipe",
    },
    "KP310": {
        "id": "{count} pertanyaan berulang di formulir tidak dipakai: {names:id}",
        "en": "{count} questions that the form asks repeatedly are left out: {names:en}",
    },
    "KP310.advice": {"id": "tidak perlu tindakan; itu bukan kolom responden", "en": "nothing to do; they are no columns of a respondent"},
    "KP311": {
        "id": "kolom {names:id} di lembar {sheet!r} buku kode tidak dibaca",
        "en": "the columns {names:en} of the sheet {sheet!r} are not read",
    },
    "KP311.advice": {
        "id": "betulkan judul kolom itu bila seharusnya dibaca, misalnya label, scale, values, missing",
        "en": "correct their headers where they should be read, such as label, scale, values, missing",
    },
    "KP312": {
        "id": "{count} kode berlabel tidak menjawab dihitung sebagai jawaban: {names:id}",
        "en": "{count} codes whose labels say that there was no answer are read as answers: {names:en}",
    },
    "KP312.advice": {"id": "tulis kode itu pada isian missing di buku kode", "en": "list these codes under missing in the codebook"},
    "KP313": {
        "id": "kolom {column!r} berisi kode {label!r} di {count} dari {of} baris, dan hanya baris itu yang dipakai",
        "en": "the column {column!r} has the code {label!r} in {count} of {of} rows, which alone are the report's",
    },
    "KP313.advice": {"id": "ganti nama kolom itu bila bukan kolom gelombang", "en": "call the column otherwise where it is not one of waves"},
    "KP314": {
        "id": "PDF dapat dibaca pembaca layar, tetapi tidak memenuhi seluruh baku PDF/UA-1",
        "en": "the PDF is tagged, but does not meet all of PDF/UA-1",
    },
    "KP314.advice": {
        "id": "cari huruf langka pada label; bagikan .html atau .docx kepada pembaca yang memerlukannya",
        "en": "look for rare letters in labels; give .html or .docx to readers who need it",
    },
    "KP315": {
        "id": "lembar publikasi tidak memuat jumlah responden menurut {names:id} yang diminta peraturan",
        "en": "the sheet lacks the counts of respondents by {names:en} that the regulation asks for",
    },
    "KP315.advice": {
        "id": "beri nama jenis_kelamin dan pendidikan pada kolom-kolom itu",
        "en": "call these columns sex and education",
    },
    "KP316": {
        "id": "{count} dari {of} unit tidak mempunyai indeks karena tidak ada yang menjawab suatu unsur, dan tidak dihitung: {names:id}",
        "en": "{count} of {of} units have no index, as nobody there answered an element, and are left out: {names:en}",
    },
    "KP316.advice": {
        "id": "keluarkan unsur itu dengan --exclude, atau pakai --pool respondents",
        "en": "leave the element out by --exclude, or take --pool respondents",
    },
    "KP317": {
        "id": "buku kode memuat {of} unit {column!r}, tetapi tidak memuat {names:id}; cakupan unit tidak diketahui",
        "en": "the codebook lists {of} units of {column!r}, but not {names:en}, so that their coverage is not known",
    },
    "KP317.advice": {"id": "lengkapi daftar unit di buku kode", "en": "complete the list of units in the codebook"},
    "KP318": {
        "id": "tanpa jumlah kasus di luar populasi (NE), semua kasus yang belum jelas dianggap memenuhi syarat",
        "en": "without the count of ineligible cases (NE) all cases of unknown eligibility are taken as eligible",
    },
    "KP318.advice": {"id": "tulis NE pada dispositions di resep", "en": "give NE under dispositions of the recipe"},
    "KP319": {
        "id": "mutu {grade} tidak pasti: selang {low:id} s.d. {high:id} mencapai mutu {first} sampai {last}",
        "en": "class {grade} is not certain: the interval {low:en} to {high:en} reaches from class {first} to {last}",
    },
    "KP319.advice": {"id": "sebutkan selangnya di samping mutu", "en": "tell the interval beside the class"},
    "KP320": {
        "id": "bobot {weight:id} berlaku untuk {of} unsur, sedangkan di sini {count}; indeks paling tinggi {top:id}",
        "en": "the weight {weight} stands for 1/{of}, but there are {count} elements: the index cannot exceed {top:en}",
    },
    "KP320.advice": {"id": "pakai --weight exact", "en": "take --weight exact"},
    "KP321": {
        "id": "hanya {count} dari {of} unsur {rule} yang ada, dan nomornya tidak menunjukkan mana yang tidak ada",
        "en": "{count} of the {of} elements of {rule} are there, and their numbers do not tell which are missing",
    },
    "KP321.advice": {"id": "sebutkan kolom setiap unsur dengan --unsur", "en": "name the column of each element by --unsur"},
    "KP322": {
        "id": "tabel menurut {names} terlalu panjang ({count:id} baris) untuk dibandingkan dengan tabel lain: angka yang disembunyikan di sana "
        "mungkin dapat dihitung dari tabel lain",
        "en": "the table by {names} is too long ({count:en} rows) to be compared with the others: a number hidden there may follow from them",
    },
    "KP322.advice": {
        "id": "terbitkan tabel itu sendiri, atau pakai kolom dengan kode yang lebih sedikit",
        "en": "publish it apart, or by a column of fewer codes",
    },
}
