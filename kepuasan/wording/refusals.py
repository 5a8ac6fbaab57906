"""Files, codebooks and recipes that cannot be used: by stable code, what is so and what to do (`code.advice`)."""

from __future__ import annotations

from kepuasan.wording import run_refusals

__all__ = ["ERRORS", "WORDS"]

WORDS: dict[str, dict[str, str]] = {
    "KP001": {"id": "berkas ini tidak dapat dipakai; pesan asli (bahasa Inggris): {text}", "en": "{text}"},
    "KP001.advice": {"id": "perbaiki berkas ini, lalu periksa lagi", "en": "mend the file, then check again"},
    "KP002": {"id": "buku kode bermasalah; pesan asli (bahasa Inggris): {text}", "en": "{text}"},
    "KP002.advice": {"id": "perbaiki buku kode ini; datanya belum diperiksa lengkap", "en": "mend the codebook; its data were not checked fully"},
    "KP003": {"id": "indeks tidak dapat dipakai; pesan asli (bahasa Inggris): {text}", "en": "the index cannot be used: {text}"},
    "KP003.advice": {"id": "perbaiki bagian [index] dalam resep atau buku kode", "en": "mend the [index] section of the recipe or the codebook"},
    "KP004": {"id": "resep dan buku kode tidak mempunyai bagian [index]", "en": "neither the recipe nor the codebook has an [index] section"},
    "KP004.advice": {
        "id": "tulis bagian [index] dengan daftar butirnya (items) di salah satunya",
        "en": "write an [index] section with its items in one of them",
    },
    "problem.near": {"id": "kolom yang mirip: {names}", "en": "one like it is {names}"},
    "problem.columns": {"id": "kolom yang ada: {names}", "en": "the columns are {names}"},
    "KP010": {
        "id": "kolom {name!r} untuk bagian [{section}] tidak ada; {near:id}",
        "en": "the column {name!r} of [{section}] is not there; {near:en}",
    },
    "KP010.advice": {"id": "betulkan nama kolom dalam resep atau buku kode", "en": "correct the name in the recipe or the codebook"},
    "KP011": {"id": "rancangan sampel tidak dapat dipakai; pesan asli (bahasa Inggris): {text}", "en": "the design cannot be used: {text}"},
    "KP011.advice": {"id": "betulkan bagian [design] atau kolom-kolomnya", "en": "mend the [design] section or its columns"},
    "KP012": {
        "id": "jawaban di luar skala {low} sampai {high}: {found}",
        "en": "answers off the scale {low} to {high}: {found}",
    },
    "KP012.advice": {
        "id": "betulkan sel-sel itu; bila itu kode tanpa jawaban, kosongkan selnya atau tulis pada isian missing di buku kode",
        "en": "correct the cells; if they are codes of no answer, empty them or list them under missing in the codebook",
    },
    "KP013": {"id": "kepuasan run akan menolak; pesan asli (bahasa Inggris): {text}", "en": "kepuasan run would refuse: {text}"},
    "KP013.advice": {"id": "ikuti pesan itu, lalu periksa lagi", "en": "do what the message says, then check again"},
    "KP014": {
        "id": "{argument} berisi {value:id}; pilihannya {choices:id}{near:id}",
        "en": "{argument} is {value:en}, not one of {choices:en}{near:en}",
    },
    "KP014.advice": {"id": "tulis salah satu pilihan itu", "en": "write one of them"},
    "KP015": {"id": "{name!r} bukan berkas jawaban", "en": "{name!r} holds no answers"},
    "KP015.advice": {
        "id": "sebutkan berkas jawaban; untuk resep pakai kepuasan run, untuk angka terbitan pakai kepuasan reproduce",
        "en": "name a file of answers; a recipe goes to kepuasan run, published numbers to kepuasan reproduce",
    },
    "KP016": {"id": "{option} berisi kolom {name!r}, yang menunjuk orang", "en": "{option} is the column {name!r}, which tells who a person is"},
    "KP016.advice": {"id": "sebutkan kolom kelompok, seperti jenis layanan", "en": "name a column of groups, such as the kind of service"},
    "KP017": {
        "id": "tidak ada peraturan {name!r}{near:id}; yang dikenal {known:id}",
        "en": "there is no rule {name!r}{near:en}; known are {known:en}",
    },
    "KP017.advice": {"id": "tulis salah satunya pada --rule", "en": "give one of them to --rule"},
    "KP018": {
        "id": "pilihan --unsur berisi {text!r}; bentuknya unsur=kolom, setiap kolom sekali",
        "en": "the option --unsur is {text!r}, not element=column with each column once",
    },
    "KP018.advice": {"id": 'tulis seperti "pengaduan=U8,sarana=U9"', "en": 'write it such as "pengaduan=U8,sarana=U9"'},
    "KP019": {"id": "{name!r} bukan unsur {rule}{near:id}", "en": "{name!r} is no element of {rule}{near:en}"},
    "KP019.advice": {"id": "pakai nama unsur dari peraturan itu", "en": "take the names of elements of the rule"},
    "KP020": {
        "id": "berkas ini rusak atau tidak lengkap, sehingga tidak dapat dibaca",
        "en": "the file is damaged or incomplete, and cannot be read",
    },
    "KP020.advice": {
        "id": "salin ulang dari sumbernya; bila tetap tidak terbaca, buka dengan program asalnya lalu simpan sebagai berkas baru",
        "en": "copy it anew from where it comes from; if that does not help, open it in the program it was made with and save it as a new file",
    },
    "KP021": {"id": "berkas ini terkunci dengan kata sandi", "en": "the file is locked with a password"},
    "KP021.advice": {
        "id": "buka dengan kata sandinya, simpan salinan tanpa kata sandi, lalu pakai salinan itu",
        "en": "open it with the password, save a copy without one, and give that copy",
    },
    "KP022": {
        "id": "isi berkas ini bukan jenis yang dikatakan akhiran namanya (.xlsx, .csv, ...)",
        "en": "the file is of another kind than its suffix (.xlsx, .csv, ...) says",
    },
    "KP022.advice": {
        "id": "buka dengan Excel atau program asalnya, lalu simpan sebagai .xlsx atau .csv; mengganti nama berkas saja tidak cukup",
        "en": "open it in Excel or the program it was made with, and save it as .xlsx or .csv; giving it another name is not enough",
    },
    "KP023": {"id": "berkas dengan akhiran nama {suffix!r} tidak dapat dibaca", "en": "files with the suffix {suffix!r} cannot be read"},
    "KP023.advice": {
        "id": "buka dengan program asalnya, lalu simpan sebagai .xlsx atau .csv",
        "en": "open it in the program it was made with, and save it as .xlsx or .csv",
    },
    "KP024": {"id": "berkas atau lembar ini kosong", "en": "the file or sheet is empty"},
    "KP024.advice": {
        "id": "berikan berkas yang berisi kepala tabel dan baris data",
        "en": "give a file with a header and rows",
    },
    "KP025": {
        "id": "kepala tabel mempunyai {width} sel, tetapi {count} baris tidak; yang pertama mempunyai {first} sel",
        "en": "the header has {width} cells, but {count} rows have another number; the first has {first}",
    },
    "KP025.advice": {
        "id": "lengkapi baris itu; sel yang berisi tanda pemisah harus diapit tanda kutip; simpan ulang dari Excel bila ragu",
        "en": "complete the rows; a cell that contains the separator must stand in quotes; where in doubt, save the file anew from Excel",
    },
    "KP026": {"id": "tanda kutip dibuka di baris ini dan tidak ditutup", "en": "a quote is opened in this row and never closed"},
    "KP026.advice": {"id": "tutup atau hapus tanda kutip itu", "en": "close the quote, or delete it"},
    "KP027": {"id": "{count} kolom tidak bernama: kolom {columns}", "en": "{count} columns have no name: column {columns}"},
    "KP027.advice": {"id": "beri nama pada setiap kolom di kepala tabel", "en": "give every column a name in the header"},
    "KP028": {"id": "{count} nama kolom dipakai lebih dari sekali: {columns}", "en": "{count} names are those of several columns: {columns}"},
    "KP028.advice": {"id": "beri setiap kolom nama yang berbeda", "en": "give each column a name of its own"},
    "KP029": {
        "id": "buku kerja ini tidak mempunyai lembar {sheet!r}; lembarnya {sheets}",
        "en": "the workbook has no sheet {sheet!r}; its sheets are {sheets}",
    },
    "KP029.advice": {
        "id": "tulis salah satu nama lembar itu di belakang tanda # pada nama berkas",
        "en": "write the name of one of these sheets behind the # of the path",
    },
    "KP030": {"id": "huruf dalam berkas ini tidak terbaca", "en": "the letters of the file cannot be read"},
    "KP030.advice": {"id": 'simpan ulang sebagai "CSV UTF-8"', "en": 'save it anew as "CSV UTF-8"'},
    "KP031": {"id": "baris ini tidak mengikuti tata tulis buku kode (TOML)", "en": "this line is not written as codebooks are (TOML)"},
    "KP031.advice": {
        "id": "periksa tanda kutip, kurung, dan sama dengan di baris itu; datanya belum diperiksa lengkap",
        "en": "look at the quotes, brackets and equals signs of the line; the data were not checked fully",
    },
    "KP032": {"id": "isian {entry!r} tidak dikenal{near:id}", "en": "the key {entry!r} is not known{near:en}"},
    "KP032.advice": {"id": "betulkan nama isian itu, atau hapus", "en": "correct the key, or take it out"},
    "KP033": {
        "id": "isian {entry!r} menyebut {name!r}, yang tidak ada di buku kode{near:id}",
        "en": "the key {entry!r} names {name!r}, which the codebook does not have{near:en}",
    },
    "KP033.advice": {"id": "betulkan nama itu, atau tambahkan di buku kode", "en": "correct the name, or add it to the codebook"},
    **run_refusals.WORDS,
}

#: nothing can be reckoned before these are mended
ERRORS: frozenset[str] = frozenset(key for key in WORDS if key.startswith("KP") and "." not in key)
