"""What stops a run: by stable code, what is so and what to do (`code.advice`)."""

from __future__ import annotations

__all__ = ["FRAGMENTS", "WORDS"]

#: parts of lists in messages of the library, as patterns, and how they are said in Indonesian
FRAGMENTS: tuple[tuple[str, str], ...] = (
    (r" is in the sample but has no target", " ada dalam sampel tetapi tidak mempunyai jumlah populasi"),
    (r" has the target (\S+) but no row with a weight", r" mempunyai jumlah populasi \1 tetapi tidak ada baris berbobot"),
    (r" is in the sample but has the target 0", " ada dalam sampel tetapi jumlah populasinya 0"),
    (r" in (\d+) rows \((.*?)\)", r" di \1 baris (\2)"),
    (r", scale (\S+) to (\S+)", r", skala \1 s.d. \2"),
    (r"(\d) to (\d)", r"\1 s.d. \2"),
    (r": (.*?) there, (.*?) before", r": \1 di sini, \2 sebelumnya"),
    (r" \(national identity number\)| \(identity number\)", " (nomor identitas)"),
    (r" \(bank account number\)", " (nomor rekening)"),
    (r" \(telephone number\)", " (nomor telepon)"),
    (r" \(telephone numbers within texts\)", " (nomor telepon di dalam teks)"),
    (r" \(e-mail address\)", " (alamat surel)"),
    (r" \(e-mail addresses within texts\)", " (alamat surel di dalam teks)"),
    (r" \(postal address\)", " (alamat)"),
    (r" \(coordinates of a place\)", " (koordinat tempat)"),
    (r" \(date of birth\)", " (tanggal lahir)"),
    (r" \(IP address\)", " (alamat IP)"),
    (r" \(name of a person\)", " (nama orang)"),
    (r" \(declared personal by the codebook\)", " (dinyatakan pribadi oleh buku kode)"),
    (r"\band (\d+) more\b", r"(+\1)"),
)

WORDS: dict[str, dict[str, str]] = {
    # ------------------------------------------------------------ files
    "KP034": {"id": "tidak ada berkas {name!r}{near:id}", "en": "there is no file {name!r}{near:en}"},
    "KP034.advice": {"id": "periksa nama berkas dan foldernya", "en": "look at the file's name and folder"},
    "KP035": {"id": "tidak ada buku kode {name!r}", "en": "there is no codebook {name!r}"},
    "KP035.advice": {"id": "betulkan nama buku kode pada isian codebook", "en": "correct the name under codebook"},
    "KP036": {"id": "{name!r} adalah folder", "en": "{name!r} is a folder"},
    "KP036.advice": {"id": "sebutkan berkas di dalam folder itu", "en": "name a file in it"},
    "KP037": {"id": "berkas {name} tidak dapat dibuka ({reason:id})", "en": "the file {name} cannot be opened ({reason:en})"},
    "KP037.advice": {
        "id": "tutup berkas itu di program lain, atau minta izin membacanya",
        "en": "close it in other programs, or ask for the right to read it",
    },
    "KP038": {"id": "berkas {kind} memerlukan paket {library} yang belum terpasang", "en": "{kind} files need {library}, which is not installed"},
    "KP038.advice": {
        "id": "pasang dengan: pip install {package}; atau simpan data sebagai .csv",
        "en": "pip install {package}; or save the data as .csv",
    },
    "KP039": {
        "id": "kolom {name!r} berisi teks ({values}), padahal perlu kode angka",
        "en": "the column {name!r} holds text ({values}) where codes in numbers are needed",
    },
    "KP039.advice": {
        "id": "sebutkan butir lain, atau beri butir itu skala dengan labels di buku kode",
        "en": "name another item, or give it a scale with labels in the codebook",
    },
    # ------------------------------------------------------------ columns and conditions
    "KP040": {"id": "kolom {name!r} tidak ada dalam data{near:id}", "en": "the data have no column {name!r}{near:en}"},
    "KP040.advice": {"id": "betulkan nama kolom di resep atau buku kode", "en": "correct the name in the recipe or the codebook"},
    "KP041": {
        "id": "kolom {name!r} untuk {role} di bagian [design] tidak ada dalam data{near:id}",
        "en": "the column {name!r} for {role} of [design] is not in the data{near:en}",
    },
    "KP041.advice": {
        "id": "betulkan nama kolom di bagian [design]; bila hanya sebagian gelombang mempunyainya, tulis [design] di buku kode gelombang itu",
        "en": "correct the name under [design]; where some waves only have it, write [design] in the codebook of these",
    },
    "KP042": {"id": "ada jawaban di luar skala: {found:id}", "en": "answers lie off the scale: {found:en}"},
    "KP042.advice": {
        "id": "betulkan sel-sel itu; kode tanpa jawaban ditulis pada isian missing di buku kode; kepuasan check menyebut barisnya di berkas",
        "en": "correct the cells; codes of no answer belong under missing in the codebook; kepuasan check tells their rows in the file",
    },
    "KP043": {"id": "skala jawaban belum dinyatakan untuk {items}", "en": "no answer scale is declared for {items}"},
    "KP043.advice": {
        "id": "tulis scale = [1, 4] di bagian [index] resep, atau beri setiap butir skala di buku kode",
        "en": "write scale = [1, 4] under [index] of the recipe, or give each item a scale in the codebook",
    },
    "KP044": {"id": "buku kode gelombang-gelombang mempunyai indeks yang berbeda", "en": "the codebooks of the waves have different indices"},
    "KP044.advice": {"id": "tulis satu bagian [index] di resep", "en": "write one [index] section in the recipe"},
    "KP045": {
        "id": "{where} menyebut {name!r}, yang bukan butir indeks{near:id}",
        "en": "{where} names {name!r}, which is no item of the index{near:en}",
    },
    "KP045.advice": {
        "id": "betulkan nama itu, atau tambahkan ke items di bagian [index]",
        "en": "correct the name, or add it to items under [index]",
    },
    # ------------------------------------------------------------ weights and design
    "KP046": {
        "id": "{count} baris tidak mempunyai bobot di kolom {name!r} (baris data {where}, dihitung dari 0)",
        "en": "{count} rows have no weight in the column {name!r} (data rows {where}, counted from 0)",
    },
    "KP046.advice": {
        "id": "isi bobot di setiap baris; 0 untuk baris yang tidak dihitung",
        "en": "give every row a weight; 0 for rows that must not count",
    },
    "KP047": {
        "id": "{count} bobot di kolom {name!r} negatif, yang pertama {value} (baris data {where}, dihitung dari 0)",
        "en": "{count} weights in the column {name!r} are negative, the first {value} (data rows {where}, counted from 0)",
    },
    "KP047.advice": {"id": "betulkan bobot itu; bobot paling kecil 0", "en": "correct them; weights are 0 or more"},
    "KP048": {"id": "semua bobot di kolom {name!r} 0", "en": "every weight in the column {name!r} is 0"},
    "KP048.advice": {"id": "beri bobot lebih dari 0 kepada baris yang dihitung", "en": "give weights above 0 to the rows that count"},
    "KP049": {
        "id": "kolom {name!r} untuk {role} berisi {count} sel yang bukan angka, yang pertama {value} (baris data {where}, dihitung dari 0)",
        "en": "the column {name!r} for {role} has {count} cells that are no numbers, the first {value} (data rows {where}, counted from 0)",
    },
    "KP049.advice": {"id": "isi dengan angka; periksa tanda desimalnya", "en": "give numbers; look at their decimal sign"},
    "KP050": {
        "id": "{count} baris tidak mempunyai kode di kolom {name!r} untuk {role} (baris data {where}, dihitung dari 0)",
        "en": "{count} rows have no code in the column {name!r} for {role} (data rows {where}, counted from 0)",
    },
    "KP050.advice": {"id": "isi kode strata dan unit sampel di setiap baris", "en": "give every row the code of its stratum and unit"},
    "KP051": {
        "id": "kolom fpc {name!r} tidak berisi ukuran populasi yang positif di {count} baris",
        "en": "the fpc column {name!r} has no population size in {count} rows",
    },
    "KP051.advice": {
        "id": "isi jumlah unit dalam populasi, atau bagian yang disampel",
        "en": "give the number of units in the population, or the share sampled",
    },
    "KP052": {"id": "fpc mencampur bagian yang disampel dengan jumlah unit", "en": "the fpc mix shares sampled with numbers of units"},
    "KP052.advice": {"id": "pakai salah satu di seluruh kolom dan tahap", "en": "use one of the two in every column and stage"},
    "KP053": {"id": "fpc tidak cocok dengan sampelnya", "en": "the fpc do not fit the sample"},
    "KP053.advice": {
        "id": "beri satu ukuran populasi untuk setiap strata dan tahap, tidak kurang dari yang disampel",
        "en": "give one size a stratum and stage, not below what was sampled",
    },
    "KP054": {
        "id": "{count} kode unit sampel ada di lebih dari satu strata: {found}",
        "en": "{count} codes of sampled units are in more than one stratum: {found}",
    },
    "KP054.advice": {
        "id": "betulkan kodenya, atau tulis nest = true di bagian [design]",
        "en": "correct the codes, or write nest = true under [design]",
    },
    "KP055": {
        "id": "ada {count} strata yang sampelnya hanya satu unit, sehingga ketelitiannya tidak dapat dihitung: {strata}",
        "en": "{count} strata have one sampled unit only, so that their precision cannot be computed: {strata}",
    },
    "KP055.advice": {
        "id": 'gabungkan dengan strata yang mirip, atau tulis single_psu = "adjust" di bagian [design]',
        "en": 'merge them with strata like them, or write single_psu = "adjust" under [design]',
    },
    "KP056": {"id": "cara replikasi {method} tidak cocok dengan rancangan sampel", "en": "replicates by {method} do not fit the design"},
    "KP056.advice": {
        "id": 'tulis method = "jkn" atau "bootstrap" di bagian [replicates]',
        "en": 'write method = "jkn" or "bootstrap" under [replicates]',
    },
    "KP057": {
        "id": "replikasi terlalu sedikit; cara {method} memerlukan sedikitnya {least}",
        "en": "too few replicates; {method} needs {least} or more",
    },
    "KP057.advice": {
        "id": "tulis n yang lebih besar di bagian [replicates], atau hapus n",
        "en": "give a larger n under [replicates], or leave n out",
    },
    # ------------------------------------------------------------ groups and waves
    "KP058": {"id": "kondisi {query!r} tidak dapat dibaca", "en": "the condition {query!r} cannot be read"},
    "KP058.advice": {"id": "tulis seperti: umur <= 30 and jk == 'P'", "en": "write it such as: age <= 30 and sex == 'P'"},
    "KP059": {"id": 'kondisi "{what}" tidak menyisakan satu baris pun yang berbobot', "en": 'the condition "{what}" leaves no row with a weight'},
    "KP059.advice": {"id": "periksa kode di kondisi itu", "en": "look at the codes of the condition"},
    "KP060": {
        "id": "nama kolom {names} dipakai tabel hasil, sehingga tidak dapat menjadi kelompok",
        "en": "{names} is a column of every table of results, and cannot be one of groups",
    },
    "KP060.advice": {"id": "ganti nama kolom itu dalam data", "en": "rename the column in the data"},
    "KP061": {"id": "tidak ada baris berbobot dengan kode di {names}", "en": "no row with a weight has a code in {names}"},
    "KP061.advice": {"id": "pilih kolom lain, atau isi kodenya", "en": "name another column, or fill in its codes"},
    "KP062": {"id": "tidak ada gelombang {name!r}{near:id}; gelombangnya {waves}", "en": "there is no wave {name!r}{near:en}; the waves are {waves}"},
    "KP062.advice": {"id": "betulkan label gelombang di resep", "en": "correct the label of the wave in the recipe"},
    "KP063": {"id": "base dan current menyebut gelombang yang sama, {name!r}", "en": "base and current are the same wave, {name!r}"},
    "KP063.advice": {"id": "sebutkan dua gelombang di bagian [change]", "en": "name two waves under [change]"},
    "KP064": {"id": "data gelombang {wave!r} sudah mempunyai kolom {name!r}", "en": "the data of wave {wave!r} have a column {name!r} already"},
    "KP064.advice": {"id": "hapus atau ganti nama kolom itu dalam data", "en": "delete the column from the data, or rename it"},
    "KP065": {"id": "buku kode gelombang tidak sejalan: {found:id}", "en": "the codebooks of the waves disagree: {found:en}"},
    "KP065.advice": {
        "id": "samakan jenis, skala, dan kode tanpa jawaban butir itu di semua buku kode",
        "en": "give these items the same type, scale and missing codes in all codebooks",
    },
    "KP066": {"id": "rancangan sampel gelombang tidak sejalan: {found}", "en": "the designs of the waves disagree: {found}"},
    "KP066.advice": {
        "id": "tulis rancangan yang sama di bagian [design] untuk semua gelombang",
        "en": "write one design for all waves under [design]",
    },
    "KP067": {"id": "ada baris tanpa kode di kolom kerangka {name!r}", "en": "rows have no code in the frame column {name!r}"},
    "KP067.advice": {
        "id": "isi kodenya di semua gelombang, atau hapus frame dari bagian [change]",
        "en": "fill in its codes in all waves, or take frame out of [change]",
    },
    "KP068": {"id": "tidak ada kelompok {name!r} yang ditanyai di kedua gelombang", "en": "no group of {name!r} was asked in both waves"},
    "KP068.advice": {
        "id": "samakan ejaan kodenya di kedua berkas, atau hapus frame dari bagian [change]",
        "en": "spell its codes alike in both files, or take frame out of [change]",
    },
    "KP069": {"id": "{names} hanya ada di indeks satu gelombang", "en": "{names} belong to the index of one wave only"},
    "KP069.advice": {"id": "pakai butir yang sama di kedua gelombang", "en": "use the same items in both waves"},
    "KP070": {"id": "tidak seorang pun menjawab {names}", "en": "nobody answered {names}"},
    "KP070.advice": {
        "id": "periksa apakah kolomnya benar dan jawabannya terbaca, atau keluarkan butir itu",
        "en": "see whether the column is right and its answers are read, or leave the item out",
    },
    # ------------------------------------------------------------ drivers
    "KP071": {"id": "butir {name!r} yang dijelaskan hanya berisi satu nilai", "en": "the outcome {name!r} has one value only"},
    "KP071.advice": {"id": "pilih outcome lain di bagian [importance]", "en": "name another outcome under [importance]"},
    "KP072": {"id": "{names} isinya sama di semua baris", "en": "{names} never vary"},
    "KP072.advice": {"id": "keluarkan dari drivers di bagian [importance]", "en": "leave them out of the drivers under [importance]"},
    "KP073": {
        "id": "hanya {count} baris yang lengkap, terlalu sedikit untuk {width} kolom",
        "en": "{count} complete rows are too few for {width} columns",
    },
    "KP073.advice": {
        "id": "kurangi drivers di bagian [importance], atau hapus bagian itu",
        "en": "name fewer drivers under [importance], or leave the section out",
    },
    "KP074": {"id": "butir ini mengatakan hal yang sama dengan butir lain: {names}", "en": "these items say the same as others: {names}"},
    "KP074.advice": {"id": "keluarkan salah satunya dari drivers", "en": "leave one of them out of the drivers"},
    "KP075": {
        "id": "model tidak mempunyai hasil yang berhingga, sebab jawaban dipisahkan sepenuhnya oleh {names}",
        "en": "the model has no finite solution: its answers are told apart by {names}",
    },
    "KP075.advice": {
        "id": "keluarkan butir itu, atau gabungkan kategori yang sedikit barisnya",
        "en": "leave that item out, or merge categories with few rows",
    },
    # ------------------------------------------------------------ options of the SKM
    "KP076": {
        "id": "jumlah pengguna {name!r} berisi {value}, bukan bilangan bulat",
        "en": "the number of users {name!r} is {value}, no whole number",
    },
    "KP076.advice": {"id": "tulis 1250, bukan 1.250", "en": "write 1250, not 1.250"},
    "KP077": {
        "id": "jumlah pengguna {name!r} berbeda-beda di dalam satu kelompok ({found:id})",
        "en": "the number of users {name!r} varies within a group ({found:en})",
    },
    "KP077.advice": {"id": "tulis satu angka untuk setiap kelompok", "en": "give one number for each of its groups"},
    "KP078": {"id": "semua unsur dikeluarkan", "en": "every element is left out"},
    "KP078.advice": {"id": "sisakan sedikitnya satu unsur pada --exclude", "en": "keep at least one from --exclude"},
    "KP079": {"id": "{names:id} sama-sama unsur {element!r}", "en": "{names:en} are both the element {element!r}"},
    "KP079.advice": {"id": "sebutkan satu kolom untuk unsur itu dengan --unsur", "en": "name one column for the element by --unsur"},
    # ------------------------------------------------------------ calibration
    "KP080": {
        "id": "kode {name} dalam sampel dan margin rake tidak cocok: {found:id}",
        "en": "the codes of {name} in the sample and the margin do not match: {found:en}",
    },
    "KP080.advice": {
        "id": "beri jumlah populasi untuk setiap kode dalam sampel, dan hapus kode yang tidak dimiliki seorang pun",
        "en": "give a total for every code of the sample, and leave out codes that nobody has",
    },
    "KP081": {"id": "jumlah margin-margin rake berbeda: {found:id}", "en": "the margins sum to different totals: {found:en}"},
    "KP081.advice": {"id": "samakan jumlah populasinya di semua margin", "en": "give all margins one population total"},
    "KP082": {
        "id": "{count} baris berbobot tidak mempunyai kode di {name!r} (baris data {where}, dihitung dari 0)",
        "en": "{count} rows with a weight have no code in {name!r} (data rows {where}, counted from 0)",
    },
    "KP082.advice": {
        "id": "isi kodenya, atau beri kode sendiri beserta jumlah populasinya",
        "en": "fill in the codes, or give such rows one of their own with a total",
    },
    "KP083": {
        "id": "pembobotan (rake) tidak tercapai: setelah {steps} putaran {name} menjadi {value:id}, seharusnya {target:id}",
        "en": "raking did not arrive: after {steps} rounds {name} is at {value:en}, not {target:en}",
    },
    "KP083.advice": {
        "id": "periksa apakah margin saling bertentangan; gabungkan kode yang sedikit barisnya",
        "en": "see whether margins contradict each other; merge codes with few rows",
    },
    "KP084": {
        "id": "batas trim tidak dapat dipenuhi; rata-rata bobot {mean:id}",
        "en": "the bounds of trim cannot be met; the weights average {mean:en}",
    },
    "KP084.advice": {
        "id": "pilih batas di sekitar rata-rata bobot, lower di bawahnya dan upper di atasnya",
        "en": "choose bounds around the mean weight, lower below and upper above it",
    },
    "KP085": {"id": "{count} sel pembobotan tidak mempunyai responden: {found}", "en": "{count} weighting cells have no respondent: {found}"},
    "KP085.advice": {"id": "gabungkan dengan sel yang mirip", "en": "merge them with cells like them"},
    "KP086": {"id": "jumlah populasi untuk {what} tidak dapat dipakai: {value}", "en": "the total of {what} cannot be used: {value}"},
    "KP086.advice": {"id": "tulis angka 0 atau lebih", "en": "give a number of 0 or more"},
    "KP087": {"id": "batas ({low}, {high}) membuat jumlah populasi tidak tercapai", "en": "the bounds ({low}, {high}) make the totals unreachable"},
    "KP087.advice": {"id": "longgarkan batasnya, atau gabungkan kode yang sedikit barisnya", "en": "widen the bounds, or merge codes with few rows"},
    "KP088": {
        "id": "berkas margin {file_name!r} mempunyai kolom {columns:id}; perlu kolom {names:id}, lalu satu kolom jumlah populasi",
        "en": "the file of margins {file_name!r} has the columns {columns:en}; it needs {names:en}, then one of population totals",
    },
    "KP088.advice": {
        "id": "samakan judul kolomnya dengan nama kolom data, dan hapus kolom lain",
        "en": "call its columns as those of the data, and delete others",
    },
    "KP089": {
        "id": "berkas margin {file_name!r}: kolom {name!r} harus berisi angka saja, 0 atau lebih; sel {found:id} tidak demikian",
        "en": "the file of margins {file_name!r}: the column {name!r} must hold numbers of 0 or more; the cells {found:en} are none",
    },
    "KP089.advice": {"id": "betulkan sel itu; hapus baris jumlah", "en": "correct the cells; delete a row of totals"},
    # ------------------------------------------------------------ results
    "KP090": {"id": "tempat hasil {name!r} adalah berkas", "en": "the output {name!r} is a file"},
    "KP090.advice": {"id": "sebutkan sebuah folder pada dir di bagian [output]", "en": "name a folder as dir under [output]"},
    "KP091": {"id": "folder hasil {name!r} berisi berkas lain: {files}", "en": "the output folder {name!r} holds files of others: {files}"},
    "KP091.advice": {"id": "pindahkan berkas itu, atau sebutkan folder lain", "en": "move them, or name another folder"},
    "KP092": {
        "id": "berkas di folder hasil {name!r} diubah sejak ditulis: {files}",
        "en": "files of the output folder {name!r} were changed since they were written: {files}",
    },
    "KP092.advice": {
        "id": "pindahkan berkas yang diubah itu, atau sebutkan folder lain",
        "en": "move the files that were changed, or name another folder",
    },
    "KP093": {"id": "berkas {name!r} tidak dapat ditulis ({reason:id})", "en": "the file {name!r} cannot be written ({reason:en})"},
    "KP093.advice": {
        "id": "tutup berkas itu di program lain, atau minta izin menulis di folder itu",
        "en": "close it in other programs, or ask for the right to write there",
    },
    "KP094": {"id": "hasil menurut data pribadi tidak pernah ditampilkan: {names:id}", "en": "personal data are shown by no result: {names:en}"},
    "KP094.advice": {"id": "sebutkan kolom kelompok yang tidak menunjuk orang", "en": "name columns of groups that tell on no one"},
    "KP095": {"id": "{names:id} memakai skala lain daripada {wanted:id}", "en": "{names:en} are on another scale than {wanted:en}"},
    "KP095.advice": {
        "id": "pakai butir dengan skala itu; jawaban tidak diubah ke skala lain",
        "en": "use items on that scale; answers are not converted",
    },
    "KP096": {
        "id": "tidak ada kolom yang merupakan unsur SKM; kolomnya {columns}",
        "en": "no column is an element of the SKM; the columns are {columns}",
    },
    "KP096.advice": {
        "id": "sebutkan kolom setiap unsur, seperti --unsur persyaratan=q1,prosedur=q2",
        "en": "name the column of each element, such as --unsur persyaratan=q1,prosedur=q2",
    },
    "KP097": {
        "id": "SKM menurut {rule} mempunyai {least} unsur, di sini {count}; yang tidak ada {names}",
        "en": "the SKM of {rule} has {least} elements, here are {count}; missing is {names}",
    },
    "KP097.advice": {
        "id": "sebutkan kolom unsur yang tidak ada, atau keluarkan dengan --exclude",
        "en": "name the columns of the missing elements, or leave them out by --exclude",
    },
    "KP098": {
        "id": "folder hasil {name!r} tidak dapat ditulis ({reason:id}); hasil yang lama tidak berubah",
        "en": "the output folder {name!r} cannot be written ({reason:en}); what was there is as it was",
    },
    "KP098.advice": {
        "id": "kosongkan ruang penyimpanan, tutup berkas hasil di program lain, atau sebutkan folder lain dengan --out",
        "en": "make room, close the results in other programs, or name another folder by --out",
    },
}
