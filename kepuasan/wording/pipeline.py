"""What the yearly run says: problems of its recipe, how far it has come, and what it left out."""

from __future__ import annotations

__all__ = ["WORDS"]

WORDS: dict[str, dict[str, str]] = {
    # ------------------------------------------------------------ files that are no recipes
    "recipe.what.recipe": {"id": "resep", "en": "recipe"},
    "recipe.what.published": {"id": "berkas angka terbitan", "en": "file of published numbers"},
    "recipe.absent.recipe": {
        "id": "tidak ada resep {name!r} di {folder!r}; sebutkan resep atau berkas data, atau buat resep dengan kepuasan init",
        "en": "there is no recipe {name!r} in {folder!r}; name one, or a data file, or make one with kepuasan init",
    },
    "recipe.absent.published": {
        "id": "tidak ada berkas {name!r} di {folder!r}; sebutkan berkas dengan angka [[published]]",
        "en": "there is no file {name!r} in {folder!r}; name one with [[published]] numbers",
    },
    "recipe.unreadable": {
        "id": "{what:id} {name!r} tidak dapat dibaca ({error}); periksa berkas itu dan izin membacanya",
        "en": "the {what:en} {name!r} cannot be read ({error}); look at the file and at the right to read it",
    },
    "recipe.coding.other": {
        "id": "{what:id} {name!r} tidak dapat dibaca: huruf di baris {line} bukan UTF-8; di Notepad pilih Simpan Sebagai, lalu Pengodean UTF-8",
        "en": "the {what:en} {name!r} cannot be read: line {line} has letters that are not in UTF-8; in Notepad choose Save As, then Encoding UTF-8",
    },
    "recipe.coding.utf-16": {
        "id": "{what:id} {name!r} tidak dapat dibaca: disimpan dalam UTF-16 (Unicode); di Notepad pilih Simpan Sebagai, lalu Pengodean UTF-8",
        "en": "the {what:en} {name!r} cannot be read: it is in UTF-16 (Unicode); in Notepad choose Save As, then Encoding UTF-8",
    },
    "recipe.no_toml": {
        "id": "{what:id} {name!r} tidak mengikuti tata tulis TOML: {fault:id}",
        "en": "the {what:en} {name!r} is not valid TOML: {fault:en}",
    },
    "recipe.is_published": {
        "id": "{name} berisi angka [[published]]: pakai kepuasan reproduce {name}",
        "en": "{name} lists [[published]] numbers: kepuasan reproduce {name}",
    },
    "recipe.is_recipe": {"id": "{name} adalah resep: pakai kepuasan run {name}", "en": "{name} is a recipe: kepuasan run {name}"},
    "recipe.problems": {"id": "{name} mempunyai {count} masalah:", "en": "{name} has {count} problems:"},
    "recipe.problems.one": {"id": "{name} mempunyai 1 masalah:", "en": "{name} has 1 problem:"},
    "recipe.more": {"id": "dan {count} lagi", "en": "and {count} more"},
    "recipe.whole": {"id": "resep", "en": "the recipe"},
    "recipe.line": {"id": "baris perintah", "en": "the command line"},
    "recipe.near": {"id": "; mungkin maksudnya {name!r}?", "en": "; did you mean {name!r}?"},
    # ------------------------------------------------------------ what one key says
    "recipe.unknown": {"id": "isian tidak dikenal{near:id}; yang dikenal: {known}", "en": "unknown key{near:en}; known are {known}"},
    "recipe.missing": {"id": "belum diisi; isilah", "en": "is missing; give it"},
    "recipe.choice": {"id": "berisi {value!r}; pilih salah satu: {choices}{near:id}", "en": "is {value!r}; choose one of {choices}{near:en}"},
    "recipe.table": {
        "id": "ditulis sekali dengan satu kurung; tulis dengan dua kurung: [[{name}]]",
        "en": "is written in single brackets; write them double: [[{name}]]",
    },
    "recipe.is": {"id": "berisi {value!r}; {advice:id}", "en": "is {value!r}; {advice:en}"},
    "recipe.give.string_type": {"id": "tulis sebuah teks di antara tanda kutip", "en": "give a text"},
    "recipe.give.string_too_short": {"id": "tulis teks yang tidak kosong", "en": "give a text that is not empty"},
    "recipe.give.int_type": {"id": "tulis bilangan bulat", "en": "give a whole number"},
    "recipe.give.float_type": {"id": "tulis sebuah angka", "en": "give a number"},
    "recipe.give.finite_number": {"id": "tulis angka yang berhingga", "en": "give a finite number"},
    "recipe.give.bool_type": {"id": "tulis true atau false", "en": "give true or false"},
    "recipe.give.list_type": {"id": "tulis sebuah daftar, seperti [...]", "en": "give a list"},
    "recipe.give.dict_type": {"id": "tulis sebagai bagian yang berisi isian", "en": "give a section of keys"},
    "recipe.give.model_type": {"id": "tulis sebagai bagian yang berisi isian", "en": "give a section of keys"},
    "recipe.give.greater_than_equal": {"id": "tulis angka paling kecil {ge}", "en": "give a number of at least {ge}"},
    "recipe.give.greater_than": {"id": "tulis angka di atas {gt}", "en": "give a number above {gt}"},
    "recipe.give.less_than_equal": {"id": "tulis angka paling besar {le}", "en": "give a number of at most {le}"},
    "recipe.give.less_than": {"id": "tulis angka di bawah {lt}", "en": "give a number below {lt}"},
    "recipe.give.too_short": {"id": "tulis paling sedikit {min_length} isi", "en": "give a list of at least {min_length}"},
    "recipe.give.too_long": {"id": "tulis paling banyak {max_length} isi", "en": "give a list of at most {max_length}"},
    "recipe.give.other": {"id": "isi ini tidak dapat dipakai (asli: {text})", "en": "{text}"},
    "recipe.give.weights": {
        "id": 'tulis "equal", angka untuk setiap butir, atau butir kepentingan dari setiap butir',
        "en": 'give "equal", a number for each item, or the importance item of each',
    },
    "recipe.give.text": {
        "id": 'tulis teks, atau teks dalam dua bahasa: {{id = "...", en = "..."}}',
        "en": 'give a text, or texts in both languages: {{id = "...", en = "..."}}',
    },
    "recipe.give.count": {"id": "tulis bilangan bulat, 0 atau lebih", "en": "give a whole number, 0 or more"},
    "recipe.give.margin": {
        "id": 'tulis jumlah populasi setiap kode, seperti {{L = 1200, P = 1100}}, atau nama berkas margin, seperti "margin.csv"',
        "en": 'give the population total of each code, such as {{L = 1200, P = 1100}}, or a file of margins, such as "margins.csv"',
    },
    "recipe.give.drivers": {
        "id": 'tulis daftar butir, atau kelompok butir: {{"Kecepatan" = ["u3"]}}',
        "en": 'give a list of items, or groups of them: {{"Speed" = ["u3"]}}',
    },
    "recipe.give.printed": {
        "id": 'tulis angka seperti 87.28, atau teks seperti "87,28"',
        "en": 'give a number such as 87.28, or text such as "87,28"',
    },
    "recipe.give.option": {
        "id": 'tulis pilihan seperti "share-of-max", atau daftar pilihan',
        "en": 'give a choice such as "share-of-max", or a list of choices',
    },
    "recipe.give.volume": {"id": "sebutkan kolom, atau angka untuk setiap unit", "en": "name a column, or give a number for each unit"},
    "recipe.give.numbers": {
        "id": 'tulis paling sedikit satu angka dengan namanya, seperti U1 = "3,31"',
        "en": 'give at least one number by its name, such as U1 = "3,31"',
    },
    # ------------------------------------------------------------ what keys say together
    "recipe.no_file": {"id": "tidak ada berkas {name!r}{near:id}", "en": "there is no file {name!r}{near:en}"},
    "recipe.backslash": {
        "id": "tidak ada berkas {name!r}; tulis / di antara folder: '{other}'",
        "en": "there is no file {name!r}; use / between folders: '{other}'",
    },
    "recipe.label_twice": {
        "id": "label {label!r} dipakai {count} kali; beri setiap gelombang label sendiri",
        "en": "the label {label!r} is given {count} times; give each wave its own",
    },
    "recipe.name_twice": {"id": "{name!r} ditulis lebih dari sekali; tulis sekali saja", "en": "{name!r} is given more than once; give it once"},
    "recipe.no_wave": {
        "id": "tidak ada gelombang {label!r}{near:id}; gelombangnya {waves}",
        "en": "there is no wave {label!r}{near:en}; the waves are {waves}",
    },
    "recipe.same_wave": {
        "id": "base dan current menyebut gelombang yang sama, {label!r}; sebutkan dua gelombang",
        "en": "base and current are the same wave {label!r}; name two",
    },
    "recipe.one_wave": {
        "id": "hanya ada satu gelombang, jadi tidak ada perubahan; hapus bagian [change]",
        "en": "there is one wave only, so nothing changes; leave [change] out",
    },
    "recipe.reserved": {
        "id": "nama ini dipakai untuk bagian lain dari perubahan; pakai nama lain",
        "en": "this name stands for another part of the change; call it something else",
    },
    "recipe.no_item": {"id": "{item!r} bukan butir indeks{near:id}", "en": "{item!r} is no item of the index{near:en}"},
    "recipe.item_taken": {
        "id": "{item!r} sudah termasuk {driver!r}; satu butir hanya masuk satu faktor",
        "en": "{item!r} belongs to {driver!r} already; an item has one driver",
    },
    "recipe.own_driver": {
        "id": "{item!r} adalah hasil yang dijelaskan (outcome); hapus dari daftar ini",
        "en": "{item!r} is the outcome itself; leave it out",
    },
    "recipe.disposition": {
        "id": "bukan kode disposisi{near:id}; kodenya {codes}",
        "en": "is no disposition{near:en}; the codes are {codes}",
    },
    "recipe.dispositions": {
        "id": "belum memuat {codes}; tulis 0 bila tidak ada kasusnya",
        "en": "lack {codes}; give 0 where there was no such case",
    },
    "recipe.crossed": {
        "id": "margin silang dari beberapa kolom ditulis dalam berkas: kolom-kolom kodenya, lalu kolom jumlah populasi",
        "en": "margins of crossed columns stand in a file: the columns of codes, then one of population totals",
    },
    "recipe.no_bound": {"id": "belum ada batasnya; tulis lower, upper, atau keduanya", "en": "has no bound; give lower, upper or both"},
    "recipe.scale": {
        "id": "skala berjalan dari nilai terendah ke tertinggi; tulis [{high}, {low}]",
        "en": "a scale runs from its lowest answer to its highest; write [{high}, {low}]",
    },
    "recipe.bounds": {
        "id": "lower {lower} tidak di bawah upper {upper}; tukar keduanya",
        "en": "lower {lower} is not below upper {upper}; exchange them",
    },
    "recipe.no_seed": {
        "id": "seed hanya untuk bootstrap; cara {method!r} tidak mengacak, jadi hapus isian ini",
        "en": "a seed belongs to the bootstrap; {method!r} draws nothing, so leave it out",
    },
    "recipe.no_number": {
        "id": "cara {method!r} mempunyai satu replikasi untuk setiap unit; hapus isian ini",
        "en": "{method!r} has one replicate a unit; leave it out",
    },
    "recipe.no_rho": {"id": "fay_rho hanya untuk cara 'fay'; hapus isian ini", "en": "fay_rho belongs to the method 'fay'; leave it out"},
    "recipe.rho": {"id": "cara 'fay' memerlukan fay_rho, seperti 0.5", "en": "the method 'fay' needs fay_rho, such as 0.5"},
    "recipe.thresholds": {
        "id": "disclosure {disclosure} di atas publication {publication}; batas kerahasiaan tidak boleh lebih besar dari batas publikasi",
        "en": "disclosure {disclosure} is above publication {publication}; the bound of disclosure is the lower one",
    },
    "recipe.source.none": {"id": "tidak mempunyai sumber; tulis salah satu dari {sources}", "en": "has no source; give one of {sources}"},
    "recipe.source.several": {"id": "mempunyai {found}; tulis salah satu saja dari {sources}", "en": "has {found}; give one of {sources}"},
    "recipe.source.other": {
        "id": "hanya untuk sumber {belongs}, bukan {source}; hapus isian ini",
        "en": "goes with {belongs}, not with {source}; leave it out",
    },
    "recipe.source.scale": {
        "id": "butir mana yang memakai skala ini? Tulis juga items, atau pakai codebook",
        "en": "which items have it? Give items too, or a codebook instead",
    },
    "recipe.source.decimals": {
        "id": "teks {value!r} sudah menunjukkan desimalnya; hapus decimals, atau tulis value sebagai angka",
        "en": "the text {value!r} shows its decimals; leave decimals out, or give the value as a number",
    },
    "recipe.number_twice": {
        "id": "label {label!r} dipakai {count} kali; beri setiap angka label sendiri",
        "en": "the label {label!r} is given {count} times; give each number its own",
    },
    # ------------------------------------------------------------ before and after a run
    "run.no_index": {
        "id": "tidak ada indeks: resep {name} dan buku kode tidak mempunyai bagian [index]; tulis bagian [index] dengan daftar butirnya (items) "
        "di salah satunya",
        "en": "there is no index: neither the recipe {name} nor the codebook has an [index] section; write [index] with its items in one of them",
    },
    "run.formats.absent": {
        "id": "format {formats} pada output.formats memerlukan paket yang belum terpasang ({packages}); "
        'pasang dengan: pip install "kepuasan[report]"',
        "en": "the formats {formats} of output.formats need packages that are not installed: {packages}; "
        'install them: pip install "kepuasan[report]"',
    },
    "run.formats.left": {
        "id": 'laporan {formats} tidak ditulis karena paket {packages} belum terpasang; pasang dengan: pip install "kepuasan[report]"',
        "en": 'no {formats} report is written, as the packages {packages} are not installed; install them: pip install "kepuasan[report]"',
    },
    "run.step": {"id": "[{step}/{steps}] {doing:id}", "en": "[{step}/{steps}] {doing:en}"},
    "run.read": {"id": "membaca {name}", "en": "reading {name}"},
    "run.weigh": {"id": "menyiapkan penimbang dan menggabungkan gelombang", "en": "weighting and stacking the waves"},
    "run.compute": {"id": "menghitung", "en": "computing"},
    "run.write": {"id": "menulis {name}", "en": "writing {name}"},
    "run.refused": {"id": "Galat: {text}", "en": "Error: {text}"},
    "run.original": {"id": "pesan asli (bahasa Inggris): {text}", "en": "{text}"},
    "run.wave": {"id": "gelombang {label!r}, {file}: {text}", "en": "wave {label!r}, {file}: {text}"},
    "run.interrupted": {
        "id": "Dihentikan. Tidak ada hasil yang ditulis; hasil yang lama tidak berubah.",
        "en": "Stopped. No results were written; those that were there are as they were.",
    },
    "run.no_file": {
        "id": "{name}: {reason}; periksa tempat itu, lalu ulangi",
        "en": "{name}: {reason}; look at the place, then try again",
    },
    "run.a_file": {"id": "sebuah berkas", "en": "a file"},
    "run.fault": {
        "id": "ini kesalahan kepuasan, bukan kesalahan data Anda; mohon laporkan bersama baris-baris di atas",
        "en": "this is a fault of kepuasan, not of your data; please report it with the lines above",
    },
    # ------------------------------------------------------------ a data file and options
    "option.beside": {
        "id": "--{option} diberikan di samping resep {name!r}, yang sudah memuatnya; tulis di dalam resep",
        "en": "--{option} is given beside the recipe {name!r}, which says it itself; write it there",
    },
    "option.no_scale": {
        "id": "skala {items} belum disebutkan; beri --scale dengan kedua batasnya, seperti 1,4, atau --codebook",
        "en": "no scale is declared for {items}; give --scale with its bounds, such as 1,4, or --codebook",
    },
    "option.scale": {
        "id": "--scale berisi {text!r}; beri kedua batasnya, seperti 1,4",
        "en": "--scale is {text!r}; give its two bounds, such as 1,4",
    },
    "option.no_items": {
        "id": "kolom mana dari {name!r} yang membentuk indeks? Tidak ada yang bernama u1 sampai u9; beri --items dengan kolom di antara {columns}, "
        "atau --codebook dengan bagian [index]",
        "en": "which columns of {name!r} make the index? None is named u1 to u9; give --items with columns among {columns}, or --codebook with an "
        "[index] section",
    },
}
