"""What is wrong with files that are no TOML, in words for people who do not know what that is."""

from __future__ import annotations

__all__ = ["WORDS"]

WORDS: dict[str, dict[str, str]] = {
    "toml.line": {"id": "baris {line}, '{text}': {what}", "en": "line {line}, '{text}': {what}"},
    "toml.number": {"id": "angka dengan koma atau titik ribuan; tulis {number}", "en": "a number with a comma; write {number}"},
    "toml.quote": {"id": 'tulis "{number}" di antara tanda kutip', "en": 'write "{number}" in quotation marks'},
    "toml.twice": {
        "id": "isian atau bagian ini sudah ada di atas; tulis sekali saja",
        "en": "this key or section was given above; give it once",
    },
    "toml.backslash": {
        "id": "tanda \\ tidak dapat dipakai di antara tanda kutip; tulis / di antara folder",
        "en": "a \\ cannot stand in a text; write / between folders",
    },
    "toml.curly": {
        "id": 'tanda kutip melengkung; pakai tanda kutip lurus, yaitu "',
        "en": 'curly quotation marks; use straight ones, that is "',
    },
    "toml.open": {"id": "tanda kutip dibuka dan tidak ditutup", "en": "a quotation mark is opened and not closed"},
    "toml.zero": {
        "id": "berkas ini bukan teks UTF-8; di Notepad pilih Simpan Sebagai, lalu Pengodean UTF-8",
        "en": "the file is no text in UTF-8; in Notepad choose Save As, then Encoding UTF-8",
    },
    "toml.bracket": {
        "id": "tanda kurung di baris ini atau di atasnya tidak ditutup; bagian ditulis [index], gelombang ditulis [[waves]]",
        "en": "a bracket of this line or above is not closed; a section is written [index], a wave [[waves]]",
    },
    "toml.value": {
        "id": 'isi ini tidak dikenal; apit teks dengan tanda kutip lurus ("), tutup daftar dengan ], dan tulis true atau false',
        "en": 'this value is not known; put text into straight quotation marks ("), close lists with ], and write true or false in small letters',
    },
    "toml.equals": {
        "id": 'baris ini bukan isian; tulis nama = "isi", nama yang memuat spasi di antara tanda kutip, dan catatan di belakang #',
        "en": 'this is no key and value; write name = "value", a name with blanks in quotation marks, and remarks behind a #',
    },
    "toml.end": {
        "id": "berkas berakhir sebelum semua tanda kutip dan kurung ditutup; tutup yang terakhir dibuka",
        "en": "the file ends before every quotation mark and bracket is closed; close the last one that was opened",
    },
    "toml.other": {"id": "tidak dapat dibaca; pesan asli (bahasa Inggris): {error}", "en": "{error}"},
}
