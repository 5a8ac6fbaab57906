"""Why the operating system refuses, by the name of its error number."""

from __future__ import annotations

__all__ = ["WORDS"]

WORDS: dict[str, dict[str, str]] = {
    "system.ENOENT": {"id": "berkas atau folder tidak ada", "en": "no such file or folder"},
    "system.EACCES": {"id": "tidak ada izin, atau berkas sedang dibuka program lain", "en": "not allowed, or open in another program"},
    "system.EPERM": {"id": "tidak ada izin", "en": "not allowed"},
    "system.EROFS": {"id": "tempat ini hanya dapat dibaca", "en": "the place is read-only"},
    "system.ENOSPC": {"id": "ruang penyimpanan habis", "en": "no space is left on the disk"},
    "system.EDQUOT": {"id": "jatah ruang penyimpanan habis", "en": "the quota of the disk is used up"},
    "system.EFBIG": {"id": "berkas terlalu besar", "en": "the file is too large"},
    "system.EBUSY": {"id": "sedang dipakai program lain", "en": "in use by another program"},
    "system.EISDIR": {"id": "ini folder, bukan berkas", "en": "a folder, not a file"},
    "system.ENOTDIR": {"id": "sebagian jalurnya berkas, bukan folder", "en": "part of the path is a file, not a folder"},
    "system.EEXIST": {"id": "nama itu sudah dipakai", "en": "the name is taken"},
    "system.ENAMETOOLONG": {"id": "namanya terlalu panjang", "en": "the name is too long"},
    "system.EMFILE": {"id": "terlalu banyak berkas terbuka", "en": "too many files are open"},
    "system.EIO": {"id": "cakram atau jaringan tidak menjawab dengan benar", "en": "the disk or the network fails"},
    "system.ENOMEM": {"id": "memori tidak cukup", "en": "not enough memory"},
}
