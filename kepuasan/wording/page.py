"""What the page of the report says by itself: ways through it, and names of what stands in it."""

from __future__ import annotations

__all__ = ["WORDS"]

WORDS: dict[str, dict[str, str]] = {
    "page.skip": {"id": "Langsung ke isi laporan", "en": "Skip to the report"},
    "page.contents": {"id": "Daftar isi", "en": "Contents"},
    "page.note": {"id": "Catatan", "en": "Note"},
    "page.figure": {"id": "{caption}. Uraiannya tertulis di bawah gambar.", "en": "{caption}. It is told in words below the figure."},
    "page.figure.words": {"id": "Gambar ini dalam kata-kata", "en": "This figure in words"},
    "page.code": {"id": "Kode {program}", "en": "{program} code"},
    "page.absent.lead": {
        "id": "Bagian berikut tidak ada dalam laporan ini. Alasannya tertulis di sampingnya.",
        "en": "This report does not have the following parts. The reason stands beside each.",
    },
}
