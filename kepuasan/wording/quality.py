"""What is odd in a survey's data: by stable code, what is so and what to do (`code.advice`)."""

from __future__ import annotations

__all__ = ["ERRORS", "NOTES", "WORDS"]

#: numbers cannot be trusted before these are mended
ERRORS: frozenset[str] = frozenset({"KP201", "KP207", "KP220", "KP223", "KP228"})

#: nothing to mend
NOTES: frozenset[str] = frozenset({"KP215", "KP225", "KP226", "KP231", "KP240"})

WORDS: dict[str, dict[str, str]] = {
    "problem.personal.declared": {"id": "dinyatakan pribadi oleh buku kode", "en": "declared personal by the codebook"},
    "problem.personal.nik": {"id": "nomor identitas (NIK, KTP, NPWP, paspor)", "en": "identity number"},
    "problem.personal.account": {"id": "nomor rekening", "en": "bank account number"},
    "problem.personal.phone": {"id": "nomor telepon", "en": "telephone number"},
    "problem.personal.phone.within": {"id": "nomor telepon di dalam teks", "en": "telephone numbers within texts"},
    "problem.personal.email": {"id": "alamat surel", "en": "e-mail address"},
    "problem.personal.email.within": {"id": "alamat surel di dalam teks", "en": "e-mail addresses within texts"},
    "problem.personal.address": {"id": "alamat", "en": "postal address"},
    "problem.personal.coordinates": {"id": "koordinat tempat", "en": "coordinates of a place"},
    "problem.personal.birth": {"id": "tanggal lahir", "en": "date of birth"},
    "problem.personal.ip": {"id": "alamat IP", "en": "IP address"},
    "problem.personal.name": {"id": "nama orang", "en": "name of a person"},
    "KP200": {
        "id": "nomor responden yang sama dipakai lagi; baris berlebih: {count:id}; nomornya {found}",
        "en": "the same respondent's number is given again; rows too many: {count:en}; numbers {found}",
    },
    "KP200.advice": {
        "id": "periksa apakah seorang responden tercatat dua kali; bila ya, hapus baris yang berlebih",
        "en": "see whether a respondent is recorded twice; if so, delete the row that is too many",
    },
    "KP201": {
        "id": "pengenal responden yang sama dipakai lagi; baris berlebih: {count:id}; pengenalnya {found}",
        "en": "the same identifier is given again; rows too many: {count:en}; identifiers {found}",
    },
    "KP201.advice": {
        "id": 'sisakan satu baris untuk tiap responden; bila satu responden memang boleh beberapa baris, hapus role = "identifier" dari buku kode',
        "en": 'leave one row for each respondent; if one may have several rows, take role = "identifier" out of the codebook',
    },
    "KP202": {
        "id": "{count:id} pasang baris isinya sama pada {columns:id} kolom jawaban dan ciri responden; secara kebetulan "
        "wajarnya sekitar {expected:id}",
        "en": "{count:en} pairs of rows are the same in {columns:en} columns of answers and characteristics; chance would give some {expected:en}",
    },
    "KP202.advice": {
        "id": "periksa apakah formulir yang sama terkirim atau tersalin dua kali; bila ya, hapus salinannya",
        "en": "see whether a form was sent or copied twice; if so, delete the copy",
    },
    "KP203": {
        "id": "{count:id} responden ({share:id} %) memberi satu jawaban yang sama untuk {items:id} butir ({names}); wajarnya sekitar {expected:id} %",
        "en": "{count:en} respondents ({share:en} %) gave one and the same answer to {items:en} items ({names}); some {expected:en} % would be usual",
    },
    "KP203.advice": {
        "id": "tanyakan cara mengisinya kepada pewawancara; jangan hapus baris hanya karena ini",
        "en": "ask the interviewers how the forms were filled in; do not delete rows for this alone",
    },
    "KP204": {
        "id": "{count:id} responden ({share:id} %) memberi jawaban yang sama pada butir biasa dan butir terbalik ({items:id} butir: {names}); "
        "wajarnya sekitar {expected:id} %",
        "en": "{count:en} respondents ({share:en} %) gave the same answer to items asked either way round ({items:en} items: {names}); "
        "some {expected:en} % would be usual",
    },
    "KP204.advice": {
        "id": "bila jawaban butir terbalik sudah dibalik dalam berkas, hapus reverse dari buku kode; bila belum, tanyakan "
        "cara mengisinya kepada pewawancara",
        "en": "if the file has the reversed items turned already, take reverse out of the codebook; if not, ask the "
        "interviewers how the forms were filled in",
    },
    "KP205": {
        "id": "{count:id} tanggal tidak mungkin: {found}; yang mungkin {low} s.d. {high}",
        "en": "{count:en} dates cannot be: {found}; possible are {low} to {high}",
    },
    "KP205.advice": {
        "id": "betulkan tanggal itu, atau kosongkan selnya",
        "en": "correct the dates, or leave the cells empty",
    },
    "KP206": {
        "id": "{count:id} wawancara lebih singkat dari {limit:id} detik, sedangkan separuhnya {median:id} detik atau lebih",
        "en": "{count:en} interviews took less than {limit:en} seconds, while half of all took {median:en} or more",
    },
    "KP206.advice": {
        "id": "periksa apakah wawancara itu sungguh dilakukan",
        "en": "see whether these interviews were held",
    },
    "KP207": {"id": "tidak seorang pun menjawab butir indeks ini", "en": "nobody answered this item of the index"},
    "KP207.advice": {
        "id": "periksa apakah kolomnya benar dan jawabannya terbaca, atau keluarkan butir ini dari indeks",
        "en": "see whether the column is the right one and its answers are read, or take the item out of the index",
    },
    "KP208": {
        "id": "semua {count:id} responden memberi jawaban yang sama: {found}",
        "en": "all {count:en} respondents gave the same answer: {found}",
    },
    "KP208.advice": {
        "id": "cocokkan kolom ini dengan kuesioner; bila memang begitu jawabannya, biarkan",
        "en": "hold the column against the questionnaires; if these are the answers, leave it as it is",
    },
    "KP209": {
        "id": "jawaban yang tidak ada di buku kode: {found} ({count:id} baris)",
        "en": "answers that the codebook does not list: {found} ({count:en} rows)",
    },
    "KP209.advice": {
        "id": "betulkan jawaban itu, atau tambahkan kode dan artinya di buku kode",
        "en": "correct the answers, or list the codes and what they mean in the codebook",
    },
    "KP210": {
        "id": "umur yang tidak mungkin: {found} ({count:id} baris)",
        "en": "ages that cannot be: {found} ({count:en} rows)",
    },
    "KP210.advice": {
        "id": "betulkan atau kosongkan selnya; bila itu kode tanpa jawaban, tulis pada isian missing di buku kode",
        "en": "correct the cells or leave them empty; if these are codes of no answer, list them under missing in the codebook",
    },
    "KP211": {
        "id": "tampaknya kode tanpa jawaban: {found} ({count:id} baris), sedangkan nilai lain {low} s.d. {high}",
        "en": "these look like codes of no answer: {found} ({count:en} rows), while all others are {low} to {high}",
    },
    "KP211.advice": {
        "id": "bila memang tanpa jawaban, tulis pada isian missing di buku kode atau kosongkan selnya; bila bukan, biarkan",
        "en": "if they are no answers, list them under missing in the codebook or leave the cells empty; if they are, leave them as they are",
    },
    "KP212": {
        "id": "kode yang artinya tanpa jawaban ikut dihitung sebagai jawaban: {found} ({count:id} baris)",
        "en": "codes whose labels say that there was no answer count as answers: {found} ({count:en} rows)",
    },
    "KP212.advice": {
        "id": "tulis kode itu pada isian missing di buku kode",
        "en": "list these codes under missing in the codebook",
    },
    "KP213": {"id": "tidak seorang pun menjawab butir ini", "en": "nobody answered this item"},
    "KP213.advice": {
        "id": "periksa apakah butir ini ditanyakan; bila tidak, hapus dari buku kode",
        "en": "see whether it was asked; if not, take it out of the codebook",
    },
    "KP214": {
        "id": "hanya {count:id} responden ({share:id} %) menjawab butir indeks ini",
        "en": "only {count:en} respondents ({share:en} %) answered this item of the index",
    },
    "KP214.advice": {
        "id": "periksa apakah butir ini ditanyakan kepada semua responden, dan apakah jawabannya terbaca",
        "en": "see whether it was asked of all respondents, and whether its answers are read",
    },
    "KP215": {
        "id": "{count:id} kolom tidak berisi apa pun: {columns}",
        "en": "{count:en} columns are empty: {columns}",
    },
    "KP215.advice": {"id": "tidak perlu tindakan", "en": "nothing to do"},
    "KP216": {
        "id": "{count:id} baris bertanggal atau berjam lebih awal daripada kolom {other!r}: {found}",
        "en": "{count:en} rows are earlier than the column {other!r}: {found}",
    },
    "KP216.advice": {
        "id": "betulkan tanggal atau jamnya; periksa juga jam pada ponsel atau tablet yang dipakai",
        "en": "correct the dates or times; look at the clock of the device as well",
    },
    "KP217": {
        "id": "{count:id} sel bukan tanggal yang ada di kalender: {found}",
        "en": "{count:en} cells are no date of the calendar: {found}",
    },
    "KP217.advice": {
        "id": "betulkan tanggal itu (tulis seperti 2022-12-31), atau kosongkan selnya",
        "en": "correct the dates (write them as 2022-12-31), or leave the cells empty",
    },
    "KP218": {
        "id": "jawaban yang sama ditulis dengan beberapa cara, sehingga dihitung sebagai jawaban berbeda: {found}",
        "en": "one answer is written in several ways, and so counts as several: {found}",
    },
    "KP218.advice": {
        "id": "samakan tulisannya dalam berkas",
        "en": "write it in one way in the file",
    },
    "problem.weight.empty": {"id": "{count} kosong", "en": "{count} empty"},
    "problem.weight.text": {"id": "{count} bukan angka", "en": "{count} no numbers"},
    "problem.weight.negative": {"id": "{count} negatif", "en": "{count} negative"},
    "problem.weight.infinite": {"id": "{count} tak hingga", "en": "{count} infinite"},
    "KP219": {
        "id": "hampir semua sel kolom ini berisi angka, tetapi {count:id} sel tidak, sehingga kolom ini dibaca sebagai teks: {found}",
        "en": "nearly all cells of the column are numbers, but {count:en} are not, so that it is read as text: {found}",
    },
    "KP219.advice": {"id": "betulkan atau kosongkan sel-sel itu", "en": "correct these cells, or leave them empty"},
    "KP220": {"id": "bobot yang tidak dapat dipakai: {kinds:id}", "en": "weights that cannot be used: {kinds:en}"},
    "KP220.advice": {
        "id": "isi bobot di setiap baris dengan angka; 0 untuk baris yang tidak dihitung",
        "en": "give every row a number as its weight; 0 for rows that must not count",
    },
    "KP221": {
        "id": "bobot sangat beragam, sehingga {n:id} baris hanya setara {n_eff:id} baris berbobot sama (efek rancangan "
        "{kish:id}); bobot terbesar {ratio:id} kali rata-rata",
        "en": "the weights are spread far, so that {n:en} rows are worth {n_eff:en} of equal weight (design effect "
        "{kish:en}); the largest is {ratio:en} times the mean",
    },
    "KP221.advice": {
        "id": "periksa apakah bobot terbesar itu benar; bila benar, minta ahli statistik mempertimbangkan pemangkasan bobot (trim_weights)",
        "en": "see whether the largest weights are right; if they are, consider trimming them (trim_weights)",
    },
    "KP222": {
        "id": "jumlah bobot tidak sama dengan populasi di {count:id} dari {of:id} kelompok, misalnya {group}: {sum:id}, seharusnya {size:id}",
        "en": "the weights do not sum to the population in {count:en} of {of:en} groups, such as {group}: {sum:en}, not {size:en}",
    },
    "KP222.advice": {
        "id": "periksa kolom bobot dan angka populasinya; bila keduanya benar, minta ahli statistik mengalibrasi bobot (rake)",
        "en": "look at the weights and the population; if both are right, calibrate the weights (rake)",
    },
    "KP223": {
        "id": "ada strata yang sampelnya hanya satu unit, sehingga ketelitiannya tidak dapat dihitung: {count:id} ({strata})",
        "en": "strata with one sampled unit only, so that their precision cannot be computed: {count:en} ({strata})",
    },
    "KP223.advice": {
        "id": 'gabungkan dengan strata yang mirip, atau tulis single_psu = "adjust" di bagian [design]',
        "en": 'merge them with strata like them, or write single_psu = "adjust" under [design]',
    },
    "KP224": {
        "id": "kode unit sampel ada di lebih dari satu strata: {found}, misalnya {first} di {strata}; kode lainnya masing-masing di satu strata",
        "en": "codes of sampled units are in more than one stratum: {found}, such as {first} in {strata}; each of the others is in one",
    },
    "KP224.advice": {
        "id": "betulkan kode unit atau kode stratanya",
        "en": "correct the code of the unit or of the stratum",
    },
    "KP225": {"id": "{count:id} baris berbobot 0 dan tidak dihitung", "en": "{count:en} rows have the weight 0 and do not count"},
    "KP225.advice": {
        "id": "pastikan baris itu memang tidak untuk dihitung",
        "en": "make sure that these rows must not count",
    },
    "KP226": {"id": "semua bobot sama: {found}", "en": "all weights are alike: {found}"},
    "KP226.advice": {
        "id": "pastikan kolom bobotnya benar; bila memang tanpa bobot, biarkan",
        "en": "make sure that the column is the right one; if there are no weights, leave it as it is",
    },
    "KP227": {
        "id": "bobot berjumlah {total:id}, jadi tampaknya berupa bagian atau persentase",
        "en": "the weights sum to {total:en}, so they look like shares or percentages",
    },
    "KP227.advice": {
        "id": "rata-rata dan indeks tetap benar; bila perlu jumlah orang, pakai bobot yang menyatakan berapa orang diwakili satu baris",
        "en": "means and indices are right all the same; where totals are wanted, give weights that say how many people a row stands for",
    },
    "KP228": {"id": "semua bobot 0", "en": "every weight is 0"},
    "KP228.advice": {
        "id": "beri bobot lebih dari 0 kepada baris yang dihitung",
        "en": "give weights above 0 to the rows that count",
    },
    "KP229": {
        "id": "kolom ini tampaknya bobot, tetapi tidak dinyatakan sebagai bobot; semua baris dihitung sama",
        "en": "this column looks like weights, but is not declared as such; all rows count alike",
    },
    "KP229.advice": {
        "id": "bila memang bobot, tulis namanya pada isian weight di bagian [design] resep atau buku kode; bila bukan, biarkan",
        "en": "if it is, name it under weight in the [design] section of the recipe or the codebook; if not, leave it as it is",
    },
    "KP230": {
        "id": "tampaknya berisi data pribadi: {reason:id} ({count:id} sel terisi)",
        "en": "this looks like personal data: {reason:en} ({count:en} filled cells)",
    },
    "KP230.advice": {
        "id": 'kolom ini tidak masuk ke keluaran mana pun; hapus sebelum data dibagikan, atau tandai role = "personal" di buku kode; '
        "jangan tampilkan isinya",
        "en": 'it is dropped from every output; delete the column before the data are shared, or mark it role = "personal" in the codebook; '
        "do not show its cells",
    },
    "KP231": {
        "id": "{count:id} kolom pribadi menurut buku kode, tidak masuk ke keluaran mana pun: {columns}",
        "en": "{count:en} columns that the codebook declares personal are dropped from every output: {columns}",
    },
    "KP231.advice": {"id": "tidak perlu tindakan", "en": "nothing to do"},
    "KP240": {
        "id": "{count:id} butir di buku kode berisi keterangan yang masih dugaan: {columns}",
        "en": "{count:en} items of the codebook have attributes that were guessed: {columns}",
    },
    "KP240.advice": {
        "id": "baca keterangannya di buku kode; bila sudah benar, hapus tanda guessed",
        "en": "read them in the codebook; where they are right, delete the mark guessed",
    },
    "KP241": {
        "id": "kode {codes} dianggap tidak menjawab, dan itu masih dugaan: {count:id} sel pada {columns}",
        "en": "the codes {codes} are taken for no answer, which is still a guess: {count:en} cells of {columns}",
    },
    "KP241.advice": {
        "id": "tanyakan arti kode itu; bila memang tidak menjawab, beri label pada isian missing di buku kode dan hapus missing dari guessed; "
        "bila itu jawaban, hapus dari missing dan lebarkan skala",
        "en": "ask what the codes mean; if they are no answers, label them under missing in the codebook and delete missing from guessed; if they "
        "are answers, delete them from missing and widen the scale",
    },
}
