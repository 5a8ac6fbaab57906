"""What `kepuasan init`, `explain` and `diff` say, and the remarks of a drafted recipe."""

from __future__ import annotations

__all__ = ["WORDS"]

WORDS: dict[str, dict[str, str]] = {
    # ------------------------------------------------------------ remarks of a recipe
    "init.head": {
        "id": "Resep ini dirancang oleh kepuasan init dari data di folder ini. Baca setiap baris bertanda dugaan dan betulkan bila keliru;\n"
        "baris yang diawali # belum berlaku: hapus tanda # bila perlu. Lalu: kepuasan check, kemudian kepuasan run.",
        "en": "Drafted by kepuasan init from the data of this folder. Read every line marked guess, and correct it where it is wrong;\n"
        "lines that begin with # do not hold yet: take the # away where they are wanted. Then: kepuasan check, and kepuasan run.",
    },
    "init.head.blank": {
        "id": "Resep kosong. Taruh berkas data (.sav .dta .csv .xlsx ...) di folder ini, di samping resep ini, lalu isi baris di bawah;\n"
        "atau hapus berkas ini dan jalankan kepuasan init sekali lagi agar resep dirancang dari data.",
        "en": "A recipe to fill in. Put the data files (.sav .dta .csv .xlsx ...) into this folder, beside this recipe, and fill in what is below;\n"
        "or delete this file and call kepuasan init once more, to have it drafted from the data.",
    },
    "init.language": {"id": "bahasa laporan: id atau en", "en": "language of the report: id or en"},
    "init.title": {"id": "Survei kepuasan", "en": "Satisfaction survey"},
    "init.title.why": {"id": "ganti dengan judul laporan", "en": "put the title of the report"},
    "init.label": {"id": "dugaan dari nama berkas", "en": "guess from the file's name"},
    "init.label.fill": {"id": "nama gelombang, misalnya tahunnya", "en": "what the wave is called, such as its year"},
    "init.data.fill": {"id": "berkas data gelombang ini", "en": "the data file of this wave"},
    "init.codebook.fill": {"id": "buku kode, bila ada", "en": "its codebook, where there is one"},
    "init.codebook": {"id": "rancangan: baca dan lengkapi", "en": "a draft: read and complete it"},
    "init.left_out": {"id": "berkas yang tidak dipakai: {names}", "en": "files that are not used: {names}"},
    "init.fieldwork": {
        "id": 'keputusan: lengkapi [[waves]] dengan dates = "1-30 Juni 2025", mode = "telepon", frame = "...", dispositions = {{I = 900, ...}}',
        "en": 'to decide: complete [[waves]] with dates = "1-30 June 2025", mode = "telephone", frame = "...", dispositions = {{I = 900, ...}}',
    },
    "init.guess.names": {"id": "dugaan dari nama kolom", "en": "guess from the names of columns"},
    "init.design.none": {
        "id": 'tidak ada kolom bobot atau strata yang dikenali; tulis weight = "...", strata = "...", psu = "..." bila ada',
        "en": 'no weights or strata were recognised; write weight = "...", strata = "...", psu = "..." where there are any',
    },
    "init.single_psu": {"id": "dugaan: ada strata dengan satu unit", "en": "guess: there are strata with a single unit"},
    "init.items": {"id": "dugaan: kolom dengan skala jawaban {low} s.d. {high}", "en": "guess: columns answered on a scale from {low} to {high}"},
    "init.items.fill": {"id": "kolom yang membentuk indeks", "en": "the columns that make the index"},
    "init.scale.fill": {"id": "jawaban terendah dan tertinggi", "en": "the lowest and the highest answer"},
    "init.index.declared": {"id": "indeks: menurut buku kode", "en": "the index: that of the codebook"},
    "init.index.none": {
        "id": "keputusan: kolom mana yang membentuk indeks? Tidak ada yang dikenali; hapus tanda # dan isi:",
        "en": "to decide: which columns make the index? None was recognised; take the # away and fill in:",
    },
    "init.scoring": {"id": "keputusan: minmax, share-of-max, top-box atau raw", "en": "to decide: minmax, share-of-max, top-box or raw"},
    "init.scoring.skm": {
        "id": "dugaan: sembilan unsur SKM, jadi persen dari nilai tertinggi (untuk IKM dan mutunya: kepuasan skm)",
        "en": "guess: the nine elements of an SKM, so percent of the highest answer (for the IKM and its class: kepuasan skm)",
    },
    "init.domains": {"id": "dugaan dari nama kolom", "en": "guess from the names of columns"},
    "init.domains.fill": {"id": "kelompok yang indeksnya ditampilkan juga", "en": "groups whose index is shown too"},
    "init.importance": {"id": "dugaan: butir kepuasan keseluruhan", "en": "guess: the item on satisfaction as a whole"},
    "init.league": {"id": "dugaan: wilayah atau instansi yang diurutkan", "en": "guess: regions or agencies that are put in order"},
    "init.map": {"id": "dugaan: kolom provinsi untuk peta", "en": "guess: the column of provinces, for the map"},
    "init.against": {"id": "dugaan dari nama berkas: yang melayani", "en": "guess from the files' names: those who serve"},
    "init.against.label": {"id": "Petugas", "en": "Staff"},
    "init.against.own": {"id": "Pengguna layanan", "en": "Users"},
    "init.frame": {"id": "keputusan: gelombang mencakup wilayah yang berbeda", "en": "to decide: the waves were held in different groups"},
    "init.groups": {"id": "keputusan: kelompok rentan", "en": "to decide: vulnerable groups"},
    "init.group.women": {"id": "Perempuan", "en": "Women"},
    "init.group.youth": {"id": "Pemuda (16-30 tahun)", "en": "Youth (16 to 30)"},
    "init.group.disability": {"id": "Penyandang disabilitas", "en": "People with disabilities"},
    "init.decide": {"id": "keputusan: kolom, bila ada", "en": "to decide: a column, where there is one"},
    "init.dir": {"id": "folder hasil", "en": "folder of results"},
    # ------------------------------------------------------------ on the terminal
    "init.there": {
        "id": "{count} berkas sudah ada di {folder}: {names}; tidak ada yang ditulis. Pindahkan, ganti namanya, atau sebutkan folder lain",
        "en": "{count} files are there already in {folder}: {names}; nothing was written. Move or rename them, or name another folder",
    },
    "init.no_folder": {"id": "{name!r} adalah berkas; sebutkan sebuah folder", "en": "{name!r} is a file; name a folder"},
    "init.unwritable": {"id": "berkas tidak dapat ditulis di {folder}: {error}", "en": "files cannot be written in {folder}: {error}"},
    "init.unreadable": {"id": "tidak satu pun berkas data di {folder} dapat dibaca:", "en": "none of the data files in {folder} can be read:"},
    "init.read": {"id": "Dibaca dari {folder}:", "en": "Read from {folder}:"},
    "init.file": {
        "id": "{label}: {name}: {taken_for}; {rows} baris x {columns} kolom",
        "en": "{label}: {name}: {taken_for}; {rows} rows x {columns} columns",
    },
    "init.of_against": {"id": "{label} (yang melayani)", "en": "{label} (those who serve)"},
    "init.skipped": {"id": "tidak dipakai ({reason}): {names}", "en": "not used ({reason}): {names}"},
    "init.reason.twin": {"id": "tampaknya sama dengan berkas lain yang bernama sama", "en": "seem to hold the same as another file of the name"},
    "init.reason.other": {"id": "kolomnya lain daripada berkas yang dipakai", "en": "other columns than those of the files used"},
    "init.reason.text": {"id": "{text}", "en": "{text}"},
    "init.guessed": {"id": "Dugaan, semuanya bertanda di resep dan buku kode:", "en": "Guesses, each marked in the recipe and the codebooks:"},
    "init.guessed.items": {"id": "butir indeks ({count}): {names}", "en": "items of the index ({count}): {names}"},
    "init.guessed.none": {
        "id": "butir indeks: tidak ada yang dikenali; isi bagian [index]",
        "en": "items of the index: none was recognised; fill in [index]",
    },
    "init.guessed.declared": {
        "id": "butir indeks: menurut buku kode yang sudah ada",
        "en": "items of the index: those of the codebook that was there",
    },
    "init.guessed.lone": {
        "id": "tidak masuk indeks karena tidak ada di semua gelombang: {names}; bila pertanyaannya sama dan hanya berbeda kata, beri nama butir yang "
        "sama di kedua buku kode dan tulis column = judul kolomnya",
        "en": "not in the index, as not every wave has them: {names}; where a question is the same in other words, call its item alike in both "
        "codebooks and write column = the header",
    },
    "init.guessed.weight": {
        "id": "kolom bobot {column!r} hanya ada di gelombang {label}; bila memang bobot, tulis [design] weight = {text} di buku kode gelombang itu",
        "en": "the column of weights {column!r} is in wave {label} only; if so meant, put [design] weight = {text} in the codebook of that wave",
    },
    "init.guessed.design": {"id": "rancangan sampel: {names}", "en": "design: {names}"},
    "init.guessed.personal": {
        "id": "kolom pribadi, tidak masuk ke keluaran mana pun: {names}",
        "en": "personal columns, which enter no output: {names}",
    },
    "init.empty": {
        "id": "Tidak ada berkas data di {folder}. Resep kosong ditulis; taruh data di samping resep itu, lalu isi resepnya.",
        "en": "There are no data files in {folder}. A recipe to fill in was written; put the data beside it, then fill it in.",
    },
    "init.written": {"id": "Ditulis: {names}", "en": "Written: {names}"},
    "init.next": {
        "id": "Berikutnya: baca {recipe}, lalu kepuasan check {recipe} dan kepuasan run {recipe}",
        "en": "Next: read {recipe}, then kepuasan check {recipe} and kepuasan run {recipe}",
    },
    "init.guessed.frame": {
        "id": "gelombang mencakup {column!r} yang berbeda; pertimbangkan frame = {text} di bagian [change]",
        "en": "the waves were held in different {column!r}; consider frame = {text} under [change]",
    },
    # ------------------------------------------------------------ what changed between two runs
    "diff.absent": {
        "id": "tidak ada {path}; sebutkan folder hasil, atau run.json di dalamnya",
        "en": "there is no {path}; name a folder of results, or its run.json",
    },
    "diff.no_record": {
        "id": "{path} bukan folder hasil: tidak ada {record} di dalamnya",
        "en": "{path} is no folder of results: it holds no {record}",
    },
    "diff.foreign": {
        "id": "{path} bukan catatan sebuah run kepuasan; sebutkan folder hasil, atau run.json di dalamnya",
        "en": "{path} is not the record of a run of kepuasan; name a folder of results, or its run.json",
    },
    "diff.none": {"id": "Tidak ada yang berubah.", "en": "Nothing changed."},
    "diff.count": {"id": "Yang berubah: {count}.", "en": "Changes: {count}."},
    "diff.lacking.old": {
        "id": "Catatan lama tidak memuat {section:id}, sehingga tidak dibandingkan.",
        "en": "The old record has no {section:en}, which were not compared.",
    },
    "diff.lacking.new": {
        "id": "Catatan baru tidak memuat {section:id}, sehingga tidak dibandingkan.",
        "en": "The new record has no {section:en}, which were not compared.",
    },
    "diff.inputs": {"id": "Berkas masukan", "en": "Input files"},
    "diff.settings": {"id": "Isian resep", "en": "Settings"},
    "diff.seed": {"id": "Benih acak", "en": "Seed"},
    "diff.versions": {"id": "Versi perangkat lunak", "en": "Versions"},
    "diff.rows": {"id": "Jumlah baris", "en": "Rows"},
    "diff.steps": {"id": "Baris di setiap langkah", "en": "Rows at each step"},
    "diff.headline": {"id": "Angka utama", "en": "Headline numbers"},
    "diff.outputs": {"id": "Berkas keluaran", "en": "Output files"},
    "diff.file.added": {"id": "{name}: baru", "en": "{name}: new"},
    "diff.file.removed": {"id": "{name}: tidak ada lagi", "en": "{name}: no longer there"},
    "diff.file.changed": {"id": "{name}: isinya berubah", "en": "{name}: its content changed"},
    "diff.file.renamed": {"id": "{name}: isinya sama, namanya menjadi {new}", "en": "{name}: the same content, now called {new}"},
    "diff.files.changed": {"id": "{count} berkas isinya berubah", "en": "the content of {count} files changed"},
    "diff.value.added": {"id": "{name}: baru, {new}", "en": "{name}: new, {new}"},
    "diff.value.removed": {"id": "{name}: tidak ada lagi, dahulu {old}", "en": "{name}: no longer there, was {old}"},
    "diff.value.changed": {"id": "{name}: {old} -> {new}", "en": "{name}: {old} -> {new}"},
    "diff.number.changed": {"id": "{name}: {old} -> {new} ({difference})", "en": "{name}: {old} -> {new} ({difference})"},
    "diff.beyond": {
        "id": "{name}: {old} -> {new} ({difference}; masing-masing di luar selang kepercayaan yang lain)",
        "en": "{name}: {old} -> {new} ({difference}; each lies outside the interval of the other)",
    },
    "diff.within": {
        "id": "{name}: {old} -> {new} ({difference}; di dalam selang kepercayaan)",
        "en": "{name}: {old} -> {new} ({difference}; within the intervals)",
    },
    # ------------------------------------------------------------ what a code means
    "explain.unknown": {
        "id": "tidak ada kode {code!r}{near:id}; semua kode: kepuasan explain",
        "en": "there is no code {code!r}{near:en}; all codes: kepuasan explain",
    },
    "explain.near": {"id": "; yang terdekat {names}", "en": "; the nearest are {names}"},
    "explain.far": {"id": ", bentuknya seperti KP132", "en": ", they look like KP132"},
    "explain.meaning": {"id": "Artinya: {text}", "en": "What it means: {text}"},
    "explain.why": {"id": "Mengapa penting: {text}", "en": "Why it matters: {text}"},
    "explain.example": {"id": "Contoh: {text}", "en": "An example: {text}"},
    "explain.advice": {"id": "Tindakan: {text}", "en": "To do: {text}"},
}
