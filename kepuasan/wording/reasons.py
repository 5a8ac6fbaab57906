"""Why problems matter (`code.why`): for every error, and for others where it does not go without saying."""

from __future__ import annotations

__all__ = ["WORDS"]

_UNREAD = {"id": "tanpa isi berkas ini tidak ada yang dapat dihitung", "en": "without what is in the file nothing can be reckoned"}
_GUESS = {
    "id": "nama yang salah tidak ditebak; kolom yang keliru memberi angka yang tampak benar",
    "en": "a wrong name is not guessed at; another column would give numbers that look right",
}
_HEADER = {
    "id": "kolom dikenali dari namanya; nama yang kosong atau kembar dapat tertukar",
    "en": "columns are known by their names; one without a name, or two of one name, can be mixed up",
}
_SHIFTED = {
    "id": "sel di baris itu bergeser ke kolom lain, sehingga jawaban tertukar tanpa terlihat",
    "en": "cells of these rows stand in other columns, so that answers are exchanged unseen",
}
_BOOK = {
    "id": "buku kode menentukan arti setiap kode; yang tidak terbaca tidak boleh ditebak",
    "en": "the codebook says what every code means; what cannot be read must not be guessed",
}
_SCALE = {
    "id": "satu jawaban 44 di skala 1 sampai 4 menggeser rata-rata, dan kode 9 untuk tidak menjawab menaikkannya",
    "en": "one answer of 44 on a scale from 1 to 4 moves the mean, and a code 9 for no answer raises it",
}
_TEXT = {
    "id": "jawaban yang tidak dikenal tidak boleh hilang diam-diam atau dianggap jawaban lain",
    "en": "an answer that is not known must not be lost unseen, nor be taken for another one",
}
_WEIGHT = {
    "id": "bobot menentukan berapa orang diwakili satu baris; satu bobot yang salah mengubah semua angka",
    "en": "a weight says how many people a row stands for; a single wrong one changes every number",
}
_DESIGN = {
    "id": "selang kepercayaan mengikuti cara sampel diambil; tanpa rancangan yang benar selangnya keliru",
    "en": "intervals follow from how the sample was drawn; without the right design they are wrong",
}
_LONE = {
    "id": "ketelitian dihitung dari perbedaan antarunit di dalam satu strata, dan satu unit tidak mempunyai pembanding",
    "en": "precision is reckoned from differences between units of a stratum, and one unit has none to differ from",
}
_WAVES = {
    "id": "perubahan hanya bermakna bila kedua gelombang diukur dengan cara yang sama",
    "en": "a change has a meaning only where both waves were measured alike",
}
_INDEX = {
    "id": "angka utama laporan dihitung dari butir indeks; daftarnya harus pasti",
    "en": "the headline of the report is made of the items of the index; which they are must be certain",
}
_DRIVERS = {
    "id": "kepentingan sebuah butir dihitung dari perbedaan jawabannya; tanpa perbedaan yang cukup tidak ada yang dihitung",
    "en": "the importance of an item is reckoned from how its answers differ; without enough difference there is nothing to reckon",
}
_MARGINS = {
    "id": "bobot hasil rake membuat sampel menyerupai populasi; margin yang tidak cocok membuatnya menyerupai populasi yang tidak ada",
    "en": "raked weights make the sample look like the population; margins that do not fit make it look like one that does not exist",
}
_OUTPUT = {
    "id": "berkas orang lain tidak boleh tertimpa, dan hasil lama tidak boleh tercampur dengan yang baru",
    "en": "files of others must not be overwritten, nor old results be mixed with new ones",
}
_PERSONAL = {
    "id": "hasil per orang membuka identitas responden; laporan hanya memuat kelompok",
    "en": "results by person tell who the respondents are; reports show groups only",
}
_REPEATED = {
    "id": "satu responden akan dihitung beberapa kali, sehingga angka dan ketelitiannya salah",
    "en": "one respondent would count several times, so that numbers and their precision would be wrong",
}
_SKM = {
    "id": "peraturan menentukan unsur dan skalanya; IKM dari unsur atau skala lain tidak dapat dibandingkan",
    "en": "the rule lays down elements and scale; an IKM of other ones cannot be compared",
}
_EMPTY = {"id": "kelompok tanpa responden tidak mempunyai angka", "en": "a group without respondents has no numbers"}

_BY_CODE: dict[str, dict[str, str]] = {
    **dict.fromkeys(
        ("KP001", "KP015", "KP020", "KP021", "KP022", "KP023", "KP024", "KP029", "KP030", "KP034", "KP036", "KP037", "KP038", "KP039", "KP177"),
        _UNREAD,
    ),
    **dict.fromkeys(("KP002", "KP031", "KP032", "KP033", "KP035", "KP180"), _BOOK),
    **dict.fromkeys(("KP010", "KP014", "KP017", "KP040", "KP041", "KP058", "KP062", "KP170", "KP171"), _GUESS),
    **dict.fromkeys(("KP003", "KP004", "KP043", "KP044", "KP045", "KP070", "KP207"), _INDEX),
    **dict.fromkeys(("KP025", "KP026"), _SHIFTED),
    **dict.fromkeys(("KP027", "KP028", "KP060", "KP064"), _HEADER),
    **dict.fromkeys(("KP012", "KP042", "KP175"), _SCALE),
    **dict.fromkeys(("KP173", "KP174", "KP179"), _TEXT),
    **dict.fromkeys(("KP046", "KP047", "KP048", "KP049", "KP084", "KP220", "KP228"), _WEIGHT),
    **dict.fromkeys(("KP011", "KP050", "KP051", "KP052", "KP053", "KP054", "KP056", "KP057"), _DESIGN),
    **dict.fromkeys(("KP055", "KP223"), _LONE),
    **dict.fromkeys(("KP063", "KP065", "KP066", "KP067", "KP068", "KP069"), _WAVES),
    **dict.fromkeys(("KP071", "KP072", "KP073", "KP074", "KP075"), _DRIVERS),
    **dict.fromkeys(("KP080", "KP081", "KP082", "KP083", "KP085", "KP086", "KP087", "KP088", "KP089"), _MARGINS),
    **dict.fromkeys(("KP090", "KP091", "KP092", "KP093", "KP098"), _OUTPUT),
    **dict.fromkeys(("KP016", "KP094", "KP230"), _PERSONAL),
    **dict.fromkeys(("KP156", "KP176", "KP200", "KP201", "KP202"), _REPEATED),
    **dict.fromkeys(("KP018", "KP019", "KP076", "KP077", "KP078", "KP079", "KP095", "KP096", "KP097"), _SKM),
    **dict.fromkeys(("KP059", "KP061"), _EMPTY),
    "KP013": {
        "id": "resep ini akan berhenti di tengah jalan bila dijalankan",
        "en": "the recipe would stop on its way when it is run",
    },
    "KP132": {
        "id": "baris jumlah atau rata-rata yang dibaca sebagai responden menggeser semua angka",
        "en": "a row of totals or means that is read as a respondent moves every number",
    },
    "KP140": {
        "id": "baris jumlah atau rata-rata yang dibaca sebagai responden menggeser semua angka",
        "en": "a row of totals or means that is read as a respondent moves every number",
    },
    "KP111": {
        "id": "1,250 dapat berarti seribu dua ratus lima puluh atau satu seperempat; bobot yang salah baca mengubah semua angka",
        "en": "1,250 can mean one thousand two hundred and fifty or one and a quarter; weights read wrongly change every number",
    },
    "KP203": {
        "id": "jawaban yang sama untuk semua butir sering berarti formulir tidak dibaca",
        "en": "one answer to every item often means that the form was not read",
    },
    "KP212": {
        "id": "kode 8 untuk tidak tahu yang dihitung sebagai jawaban menaikkan indeks",
        "en": "a code 8 for don't know that counts as an answer raises the index",
    },
    "KP221": {
        "id": "makin beragam bobotnya, makin lebar selang kepercayaan untuk jumlah responden yang sama",
        "en": "the farther weights are spread, the wider the intervals of the same number of respondents",
    },
    "KP229": {
        "id": "tanpa bobot, kelompok yang banyak disampel ikut menentukan angka nasional lebih dari bagiannya",
        "en": "without weights, groups that were sampled more often count for more than their share",
    },
}

WORDS: dict[str, dict[str, str]] = {f"{code}.why": words for code, words in _BY_CODE.items()}
