"""Problems of data and what was done about them: by stable code, what is so and what to do (`code.advice`)."""

from __future__ import annotations

from kepuasan.wording import quality, refusals, run_warnings

__all__ = ["ERRORS", "NOTES", "READ_AS", "WORDS"]

#: numbers cannot be trusted before these are mended; `check` ends with exit code 1
ERRORS: frozenset[str] = (
    refusals.ERRORS | quality.ERRORS | frozenset({"KP156", "KP170", "KP171", "KP173", "KP174", "KP175", "KP176", "KP177", "KP179", "KP180"})
)

#: what was done or recognised, nothing to mend
NOTES: frozenset[str] = quality.NOTES | frozenset(
    f"KP{number}" for number in (100, 105, 107, 110, 112, 118, 119, 130, 131, 135, 136, 139, 142, 150, 155, 157, 158, 159, 172, 178)
)

#: what readers take files for, as patterns, and how that is said in Indonesian
READ_AS: tuple[tuple[str, str], ...] = (
    (r"text separated by commas", "teks dengan pemisah koma"),
    (r"text separated by semicolons", "teks dengan pemisah titik koma"),
    (r"text separated by tabs", "teks dengan pemisah tab"),
    (r"text separated by (?:vertical )?(?:bars|pipes)", "teks dengan pemisah garis tegak"),
    (r"sheet ('.*?') of a workbook", r"lembar \1 dari buku kerja"),
    (r"compressed SPSS data file", "berkas data SPSS terkompresi"),
    (r"(SPSS|Stata|SAS) data file", r"berkas data \1"),
    (r"SPSS portable file", "berkas portabel SPSS"),
    (r"SAS transport file", "berkas transpor SAS"),
    (r"(Parquet|Arrow|Feather) file", r"berkas \1"),
    (r"(\w[\w ]*) export\b", r"ekspor \1"),
)

WORDS: dict[str, dict[str, str]] = {
    "problem.row": {"id": "baris {rows}", "en": "row {rows}"},
    "problem.rows": {"id": "baris {rows}", "en": "rows {rows}"},
    "problem.size": {
        "id": "{taken_for}; {rows} baris x {columns} kolom; {codebook}",
        "en": "{taken_for}; {rows} rows x {columns} columns; {codebook}",
    },
    "problem.codebook": {"id": "buku kode {name}", "en": "codebook {name}"},
    "problem.codebook.none": {"id": "tanpa buku kode", "en": "no codebook"},
    "problem.codebook.bad": {"id": "buku kode {name} tidak dapat dipakai", "en": "the codebook {name} cannot be used"},
    "problem.unread": {"id": "tidak dapat dibaca", "en": "cannot be read"},
    "problem.counts": {
        "id": "Kesalahan: {errors}; peringatan: {warnings}; catatan: {notes}.",
        "en": "Errors: {errors}; warnings: {warnings}; notes: {notes}.",
    },
    "problem.counts.fit": {
        "id": "Tidak ada kesalahan. Peringatan: {warnings}; catatan: {notes}.",
        "en": "No errors. Warnings: {warnings}; notes: {notes}.",
    },
    "problem.no_file": {
        "id": "tidak ada berkas {path!r}; periksa nama dan foldernya",
        "en": "there is no file {path!r}; look at its name and folder",
    },
    "problem.bare": {
        "id": "Indeks tidak diperiksa, sebab belum dinyatakan; tulis resep, atau beri --codebook, atau --items dan --scale.",
        "en": "The index was not checked, since none is declared; write a recipe, or give --codebook, or --items and --scale.",
    },
    "problem.error": {"id": "KESALAHAN (harus diperbaiki)", "en": "ERRORS (to be mended)"},
    "problem.warning": {"id": "PERINGATAN (perlu diperiksa)", "en": "WARNINGS (to be looked at)"},
    "problem.note": {"id": "CATATAN", "en": "NOTES"},
    "problem.kind.error": {"id": "kesalahan", "en": "error"},
    "problem.kind.warning": {"id": "peringatan", "en": "warning"},
    "problem.kind.note": {"id": "catatan", "en": "note"},
    "problem.column": {"id": "kolom {column}", "en": "column {column}"},
    "problem.advice": {"id": "Tindakan: {text}", "en": "To do: {text}"},
    # ------------------------------------------------------------ KP001-KP099: refusals
    **refusals.WORDS,
    # ------------------------------------------------------------ KP100-KP109: files
    "KP100": {"id": "dibaca sebagai {taken_for}", "en": "read as {taken_for}"},
    "KP100.advice": {"id": "tidak perlu tindakan", "en": "nothing to do"},
    "KP101": {
        "id": "teks tidak ditulis dalam pengodean yang dinyatakan berkas; dibaca sebagai {used}",
        "en": "text is not in the encoding that the file states; read as {used}",
    },
    "KP101.advice": {
        "id": "periksa label yang berisi huruf khusus; bila salah, simpan ulang berkas ini sebagai UTF-8 dari program asalnya",
        "en": "look at labels with letters beyond a-z; where they are wrong, save the file anew as UTF-8 from the program it comes from",
    },
    "KP102": {
        "id": "teks tampaknya ditulis dalam UTF-8 tetapi berkas menyatakan pengodean lain: {texts}",
        "en": "text seems to be UTF-8 though the file states another encoding: {texts}",
    },
    "KP102.advice": {
        "id": "simpan ulang berkas ini sebagai UTF-8 dari program asalnya, atau perbaiki label dalam buku kode",
        "en": "save the file anew as UTF-8 from the program it comes from, or correct the labels in a codebook",
    },
    "KP103": {
        "id": "kolom ini berformat tanggal {form}, tetapi ada sel di luar tahun 1 sampai 9999; angkanya dibiarkan",
        "en": "the column has the date format {form}, but cells lie outside the years 1 to 9999; its numbers are kept as they are",
    },
    "KP103.advice": {"id": "perbaiki sel itu di berkas asalnya", "en": "correct these cells in the file"},
    "KP104": {
        "id": "kolom tanggal ini berisi kode tanpa jawaban ({codes}); sel itu sekarang kosong",
        "en": "the column holds dates and user-missing codes ({codes}); these cells are empty now",
    },
    "KP104.advice": {"id": "tidak perlu tindakan, kecuali alasannya harus dihitung", "en": "nothing to do, unless the reasons are to be counted"},
    "KP105": {
        "id": "himpunan jawaban ganda {set!r} tidak dipakai: kolomnya kurang dari dua, tidak ada, dipakai himpunan lain, atau kodenya tidak jelas",
        "en": "the multiple-response set {set!r} is left out: it has fewer than two columns, one that is not there or is in another set, or no code",
    },
    "KP105.advice": {"id": "tulis pertanyaan ini dalam buku kode bila diperlukan", "en": "write the question into a codebook where it is needed"},
    "KP107": {"id": "waktu dibaca menurut jam zona {zone}", "en": "times are read as the clocks of the zone {zone} show them"},
    "KP107.advice": {"id": "tidak perlu tindakan", "en": "nothing to do"},
    # ------------------------------------------------------------ KP110-KP129: delimited text and cells
    "KP110": {"id": "kolom {columns} tanpa nama dan seluruhnya kosong; dilewati", "en": "column {columns} has no name and no cell; left out"},
    "KP110.advice": {"id": "tidak perlu tindakan", "en": "nothing to do"},
    "KP111": {
        "id": "{cells} sel seperti {example!r} dapat berarti {point} atau {comma}; titik dibaca sebagai tanda desimal",
        "en": "{cells} cells such as {example!r} can mean {point} or {comma}; they are read with the point as the decimal sign",
    },
    "KP111.advice": {
        "id": 'bila keliru, simpan berkas sebagai .xlsx dari Excel, atau baca dengan decimal="," (--decimal , di terminal)',
        "en": 'if that is wrong, save the file as .xlsx from the spreadsheet program, or read it with decimal="," (--decimal , in the terminal)',
    },
    "KP112": {"id": "angka dibaca dengan koma sebagai tanda desimal", "en": "numbers are read with the comma as their decimal sign"},
    "KP112.advice": {"id": "tidak perlu tindakan", "en": "nothing to do"},
    "KP113": {
        "id": "tanggal seperti {example!r} dibaca dengan bulan di depan, sebab tidak semuanya dapat dibaca dengan hari di depan",
        "en": "dates such as {example!r} are read with the month first, because not all of them can be read with the day first",
    },
    "KP113.advice": {"id": "tulis tanggal sebagai 2022-12-31 bila ini keliru", "en": "write dates as 2022-12-31 if that is wrong"},
    "KP114": {
        "id": "berkas dipisahkan koma, dan angkanya dibaca dengan koma sebagai tanda desimal",
        "en": "the file is separated by commas, and its numbers are read with the comma as their decimal sign",
    },
    "KP114.advice": {
        "id": 'bila sel seperti "1,3" adalah daftar kode, simpan berkas sebagai .xlsx, atau baca dengan decimal="." (--decimal . di terminal)',
        "en": 'if cells such as "1,3" are lists of codes, save the file as .xlsx, or read it with decimal="." (--decimal . in the terminal)',
    },
    "KP115": {
        "id": "sel seperti {example!r} adalah angka dengan tanda desimal {sign!r}, tetapi tanda desimal berkas ini {decimal!r}; kolom tetap teks",
        "en": "cells such as {example!r} are numbers with the decimal sign {sign!r}, but that of the file is {decimal!r}; the column stays text",
    },
    "KP115.advice": {
        "id": "samakan tanda desimal di seluruh berkas, atau baca dengan decimal={sign!r} (--decimal {sign} di terminal)",
        "en": "use one decimal sign in the whole file, or read it with decimal={sign!r} (--decimal {sign} in the terminal)",
    },
    "KP116": {
        "id": "sel seperti {example!r} dapat berupa daftar kode maupun angka; kolom tetap teks",
        "en": "cells such as {example!r} can be lists of codes or numbers; the column stays text",
    },
    "KP116.advice": {
        "id": 'bila ini angka, simpan berkas sebagai .xlsx dari Excel, atau baca dengan decimal="," atau "." (--decimal di terminal)',
        "en": 'if they are numbers, save the file as .xlsx from the spreadsheet, or read it with decimal="," or "." (--decimal in the terminal)',
    },
    "KP117": {
        "id": "{rows} baris tidak berisi satu sel pun, tetapi dihitung sebagai baris",
        "en": "{rows} rows have no cell at all, and count as rows",
    },
    "KP117.advice": {"id": "hapus baris kosong dari berkas", "en": "delete the empty rows from the file"},
    "KP118": {"id": "{rows} baris kosong di antara data dilewati", "en": "{rows} blank lines between the data are left out"},
    "KP118.advice": {"id": "tidak perlu tindakan", "en": "nothing to do"},
    "KP119": {
        "id": "zona waktu dalam sel seperti {example!r} diabaikan; jam tetap seperti tertulis",
        "en": "time zones in cells such as {example!r} are left out; clocks stay as they are written",
    },
    "KP119.advice": {"id": "tidak perlu tindakan", "en": "nothing to do"},
    # ------------------------------------------------------------ KP130-KP149: workbooks
    "KP130": {
        "id": "lembar lain yang tidak disembunyikan juga berisi tabel dan tidak dibaca: {sheets}",
        "en": "other sheets, not hidden, hold tables too and are not read: {sheets}",
    },
    "KP130.advice": {"id": "untuk membaca salah satunya, tulis {path} sebagai nama berkas", "en": "to read one of them, give {path} as the path"},
    "KP131": {
        "id": "buku kerja ini memiliki lembar tersembunyi yang tidak dibaca: {sheets}",
        "en": "the workbook has hidden sheets, which are not read: {sheets}",
    },
    "KP131.advice": {"id": "untuk membaca salah satunya, tulis {path} sebagai nama berkas", "en": "to read one of them, give {path} as the path"},
    "KP132": {
        "id": "{count} baris di akhir tabel bukan responden dan tidak dibaca: {labels}",
        "en": "{count} rows at the end of the table are no respondents and are left out: {labels}",
    },
    "KP132.advice": {
        "id": "hapus baris itu dari berkas; bila salah satunya memang responden, pindahkan barisnya ke tengah data",
        "en": "delete them from the file; if one is a respondent, move its row up among the others",
    },
    "KP133": {
        "id": "{count} sel berisi kesalahan rumus ({texts}) dan dibaca sebagai sel kosong",
        "en": "{count} cells hold an error ({texts}) and are read as empty",
    },
    "KP133.advice": {"id": "perbaiki rumusnya, atau isi nilainya", "en": "mend the formulas, or type the values"},
    "KP134": {
        "id": "{count} sel berisi rumus yang hasilnya tidak tersimpan dan dibaca sebagai sel kosong",
        "en": "{count} cells hold a formula whose result was not saved and are read as empty",
    },
    "KP134.advice": {
        "id": "buka berkas dengan program lembar kerja, lalu simpan agar hasil rumus ikut tersimpan",
        "en": "open the file in a spreadsheet program and save it, so that the results are saved with it",
    },
    "KP135": {"id": "{count} baris kosong di tengah tabel dilewati", "en": "{count} empty rows within the table are skipped"},
    "KP135.advice": {"id": "tidak perlu tindakan", "en": "nothing to do"},
    "KP136": {
        "id": "baris di atas baris {row} dibaca sebagai judul dan kepala tabel; kolomnya {names} ...",
        "en": "the rows above row {row} are read as titles and header; the columns are {names} ...",
    },
    "KP136.advice": {
        "id": "periksa nama kolom; jika keliru, sisakan satu baris kepala tabel di atas data",
        "en": "check the names of the columns; if they are wrong, leave one header row above the data",
    },
    "KP138": {
        "id": "{count} sel gabungan berada di antara data; nilainya hanya ada di sel pertama, sel lainnya kosong",
        "en": "{count} merged cells are among the data; only the first cell of each has the value, the others are empty",
    },
    "KP138.advice": {
        "id": "pisahkan sel gabungan dan isi setiap barisnya",
        "en": "unmerge the cells and fill every row",
    },
    "KP139": {
        "id": "{count} baris mengulang judul atau kepala tabel, seperti pada tabel yang dibuat per halaman, dan tidak dibaca",
        "en": "{count} rows repeat the header or a title, as tables made page by page do, and are left out",
    },
    "KP139.advice": {"id": "tidak perlu tindakan", "en": "nothing to do"},
    "KP140": {
        "id": "{count} baris di tengah tabel tampaknya jumlah atau rata-rata ({labels}), tetapi dibaca sebagai responden",
        "en": "{count} rows within the table look like totals or means ({labels}), but are read as respondents",
    },
    "KP140.advice": {"id": "hapus baris itu dari berkas", "en": "delete them from the file"},
    "KP141": {
        "id": "nilainya hanya ada di baris pertama dari tiap kelompok ({groups} kelompok); pada {count} baris lainnya sel itu kosong",
        "en": "only the first row of each group has a value ({groups} groups); in {count} other rows the cell is empty",
    },
    "KP141.advice": {"id": "isi setiap baris dengan nilai kelompoknya", "en": "fill every row with the value of its group"},
    "KP142": {
        "id": "{count} baris tersembunyi (oleh filter atau pengelompokan) tetap dibaca",
        "en": "{count} rows are hidden, by a filter or by hand, and are read like all others",
    },
    "KP142.advice": {"id": "hapus baris itu jika tidak boleh ikut dihitung", "en": "delete them if they must not be counted"},
    "KP143": {
        "id": "lembar ini tampaknya tabel pivot: barisnya hasil hitungan, bukan responden",
        "en": "the sheet looks like a pivot table: its rows are counts or means, no respondents",
    },
    "KP143.advice": {
        "id": "pakai lembar yang berisi data responden: berkas.xlsx#nama lembar",
        "en": "read the sheet with the respondents: file.xlsx#name of the sheet",
    },
    "KP144": {
        "id": "{count} baris hanya berisi sel di samping tabel, di balik kolom kosong, tetapi dibaca sebagai responden",
        "en": "{count} rows have cells only beside the table, behind an empty column, but are read as respondents",
    },
    "KP144.advice": {
        "id": "pindahkan isi di samping tabel ke lembar lain",
        "en": "move what stands beside the table to another sheet",
    },
    "KP145": {
        "id": "baris pertama di bawah kepala tabel tampaknya nama, satuan, atau bobot kolom ({cells} ...), tetapi dibaca sebagai responden",
        "en": "the first row below the header looks like names, units or weights of the columns ({cells} ...), but is read as a respondent",
    },
    "KP145.advice": {"id": "hapus baris itu jika bukan responden", "en": "delete it if it is no respondent"},
    # ------------------------------------------------------------ KP150-KP169: survey platforms
    "KP150": {
        "id": "{rows} baris pertama dibaca sebagai satu kepala tabel, seperti ekspor {platform}",
        "en": "the first {rows} rows are read as one header, as {platform} exports have it",
    },
    "KP150.advice": {"id": "tidak perlu tindakan", "en": "nothing to do"},
    "KP151": {
        "id": "baris pertama di bawah kepala tabel tampak seperti baris kepala kedua, tetapi dibaca sebagai responden",
        "en": "the first row below the header looks like a second row of headers, but is read as a respondent",
    },
    "KP151.advice": {
        "id": "hapus baris itu dari berkas bila bukan jawaban seorang responden",
        "en": "delete the row from the file if it is not a respondent's answers",
    },
    "KP152": {
        "id": "{question}: {count} sel memuat pilihan yang tidak ada di buku kode: {texts}; pilihan itu tidak dihitung",
        "en": "{question}: {count} cells name options that the codebook does not have: {texts}; these are not counted",
    },
    "KP152.advice": {"id": "tambahkan pilihan itu, atau ejaannya, ke buku kode", "en": "add the options, or their spellings, to the codebook"},
    "KP153": {
        "id": "{question}: di {count} baris, kolom gabungan dan kolom per pilihan saling bertentangan; kolom per pilihan yang dipakai",
        "en": "{question}: in {count} rows the joined column and the columns of options contradict each other; the columns of options are used",
    },
    "KP153.advice": {"id": "periksa baris itu, lalu ekspor berkas sekali lagi", "en": "look at these rows, then export the file again"},
    "KP154": {
        "id": "setiap baris tampaknya satu anggota dari kelompok berulang (terhubung ke {parent}), bukan satu responden",
        "en": "each row seems to be a member of a repeated group (linked to {parent}), not a respondent",
    },
    "KP154.advice": {
        "id": "baca tabel utama, atau ringkas anggota menjadi satu baris per responden lebih dahulu",
        "en": "read the main table, or aggregate the members to one row a respondent first",
    },
    "KP155": {
        "id": "{question}: {count} sel memuat teks bebas, dihitung sebagai {other}: {texts}",
        "en": "{question}: {count} cells hold a free text, counted as {other}: {texts}",
    },
    "KP155.advice": {
        "id": "periksa apakah ada teks yang sebenarnya ejaan lain dari sebuah pilihan",
        "en": "see whether a text is another spelling of an option",
    },
    "KP156": {
        "id": "setiap baris lembar ini adalah satu anggota dari kelompok berulang (terhubung ke {parent}), bukan satu responden",
        "en": "each row of this sheet is a member of a repeated group (linked to {parent}), not a respondent",
    },
    "KP156.advice": {
        "id": "baca lembar utama, atau ringkas anggota menjadi satu baris per responden lebih dahulu",
        "en": "read the main sheet, or aggregate the members to one row a respondent first",
    },
    "KP157": {
        "id": "{texts} di {columns} kolom dibaca sebagai sel kosong; {platform} menulisnya bila tidak ada jawaban",
        "en": "{texts} in {columns} columns is read as an empty cell; {platform} writes it where there is no answer",
    },
    "KP157.advice": {
        "id": "tidak perlu tindakan; bila teks itu sebuah jawaban, nyatakan sebagai kode di buku kode",
        "en": "nothing to do; where the text is an answer, declare it as a code in the codebook",
    },
    "KP158": {
        "id": "{question}: {count} sel kosong dibaca sebagai tidak dipilih; {empty} baris tanpa pilihan apa pun tetap kosong",
        "en": "{question}: {count} blank cells are read as not chosen; {empty} rows with nothing chosen stay empty",
    },
    "KP158.advice": {"id": "tidak perlu tindakan", "en": "nothing to do"},
    "KP159": {
        "id": "{question}: {count} sel gabungan dipisah menjadi {options} kolom pilihan menurut buku kode",
        "en": "{question}: {count} joined cells are split into {options} columns of options by the codebook",
    },
    "KP159.advice": {"id": "tidak perlu tindakan", "en": "nothing to do"},
    "KP160": {
        "id": "{question}: {count} baris tanpa pilihan dihitung sebagai jawaban; {platform} menulis 'tidak dijawab' dengan cara yang sama",
        "en": "{question}: {count} rows with nothing chosen count as answers; {platform} writes a question without an answer in the same way",
    },
    "KP160.advice": {
        "id": "kosongkan sel-sel baris itu bila pertanyaannya tidak dijawab",
        "en": "empty the cells of these rows where the question was not answered",
    },
    # ------------------------------------------------------------ KP170-KP189: columns and answers against the codebook
    "KP170": {
        "id": "butir ini ada dalam buku kode, tetapi tidak ada kolomnya dalam berkas (kolom terdekat: {nearest})",
        "en": "the codebook has this item, but the file has no column for it (nearest column: {nearest})",
    },
    "KP170.lone": {
        "id": "butir ini ada dalam buku kode, tetapi tidak ada kolomnya dalam berkas, dan tidak ada kolom yang mirip",
        "en": "the codebook has this item, but the file has no column for it, nor one like it",
    },
    "KP170.advice": {
        "id": "betulkan nama butir di buku kode, tulis nama kolomnya pada isian column, atau hapus butir itu",
        "en": "correct the item's name in the codebook, state its column there under column, or take the item out",
    },
    "KP171": {"id": "lebih dari satu kolom dapat menjadi butir ini: {columns}", "en": "more than one column could be this item: {columns}"},
    "KP171.advice": {
        "id": "hapus kolom yang lain dari berkas, atau tulis nama kolom yang benar pada isian column di buku kode",
        "en": "delete the other columns from the file, or state the right one under column in the codebook",
    },
    "KP172": {"id": "kolom {column!r} dibaca sebagai butir ini", "en": "the column {column!r} is read as this item"},
    "KP172.advice": {
        "id": "bila keliru, tulis nama kolom yang benar pada isian column di buku kode",
        "en": "if that is wrong, state the right column under column in the codebook",
    },
    "KP173": {
        "id": "jawaban yang tidak dikenal buku kode (berapa kali; label yang mirip, atau missing? bila tampaknya tanpa jawaban): {texts}",
        "en": "answers that the codebook does not know (how often; the label like it, or missing? if it seems to be no answer): {texts}",
    },
    "KP173.advice": {
        "id": "betulkan sel-sel itu, atau tambahkan tulisannya di buku kode: pada isian spellings, atau missing bila berarti tanpa jawaban",
        "en": "correct the cells, or add what is written there to the codebook: to spellings, or to missing if it is no answer",
    },
    "KP174": {
        "id": "menurut buku kode jenis kolom ini {type!r}, tetapi sel-sel ini bukan: {cells}",
        "en": "declared as {type}, but these cells are not: {cells}",
    },
    "KP174.advice": {
        "id": "betulkan sel-sel itu (tanggal seperti 2022-12-31, jam seperti 23:59:59), atau ubah isian type di buku kode: "
        "beri butir itu type text bila kolomnya berisi kata-kata",
        "en": "correct the cells (write dates as 2022-12-31, times as 23:59:59), or change the item's type in the codebook: "
        "give the item the type text if the column holds words",
    },
    "KP175": {"id": "jawaban di luar skala {low} sampai {high}: {codes}", "en": "answers off the scale {low} to {high}: {codes}"},
    "KP175.advice": {
        "id": "betulkan sel-sel itu; bila itu kode tanpa jawaban, tulis pada isian missing di buku kode; bila skalanya yang "
        "keliru, betulkan batasnya",
        "en": "correct the cells; list codes that are no answer under missing in the codebook; correct the bounds if the scale is wrong",
    },
    "KP176": {
        "id": "butir ini berada dalam grup berulang (kolom seperti {columns}), yang barisnya bukan responden",
        "en": "the item lies in a repeated group (columns such as {columns}), whose rows are no respondents",
    },
    "KP176.advice": {
        "id": "hapus butir ini dari buku kode, atau ringkas dahulu menjadi satu kolom dengan satu nilai per responden",
        "en": "take the item out of the codebook, or make one column a respondent of it first",
    },
    "KP177": {"id": "ada judul kolom tetapi tidak ada baris data", "en": "there is a header but no rows"},
    "KP177.advice": {"id": "berikan berkas dengan sedikitnya satu baris data", "en": "give a file with at least one row"},
    "KP178": {
        "id": "butir ini diisi sendiri oleh formulir, dan tidak ada kolomnya dalam berkas; dilewati",
        "en": "the form makes this item by itself, and the file has no column for it; left out",
    },
    "KP178.advice": {"id": "tidak perlu tindakan", "en": "nothing to do"},
    "KP179": {
        "id": "sel ini berupa angka, dan angka itu label dari kode lain; tidak jelas apakah berkas berisi kode atau label: {cells}",
        "en": "these cells are numbers that are labels of other codes; it is open whether the file holds codes or labels: {cells}",
    },
    "KP179.advice": {
        "id": "tulis di buku kode, pada isian recode, kode yang dimaksud oleh setiap angka itu, juga bila kodenya sama",
        "en": "state in the codebook, under recode, the code that each of these numbers stands for, also where it is the same",
    },
    "KP180": {
        "id": "{count} dari {of} butir buku kode {book} tidak ada kolomnya dalam berkas ini: {items}; tampaknya buku kode ini milik berkas lain",
        "en": "{count} of {of} items of the codebook {book} have no column in this file: {items}; the codebook seems to be that of another file",
    },
    "KP180.advice": {
        "id": "sebutkan buku kode berkas ini pada isian codebook, atau rancang yang baru dengan kepuasan init di folder lain",
        "en": "name the codebook of this file under codebook, or draft one by kepuasan init in another folder",
    },
    # ------------------------------------------------------------ KP190-KP199: codebooks
    # ------------------------------------------------------------ KP200-KP299: quality of the data
    **quality.WORDS,
    # ------------------------------------------------------------ KP300-KP399: what a run warns of
    **run_warnings.WORDS,
}
