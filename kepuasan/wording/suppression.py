"""Why rows of a table are not shown."""

from __future__ import annotations

__all__ = ["WORDS"]

WORDS: dict[str, dict[str, str]] = {
    "suppressed.publication": {
        "id": "{mark} Jawaban kurang dari {publication}: terlalu sedikit untuk angka yang andal. Hanya n yang ditampilkan.",
        "en": "{mark} Fewer than {publication} answers: too few for a reliable number. Only n is shown.",
    },
    "suppressed.disclosure": {
        "id": "{mark} Jawaban kurang dari {disclosure}: tidak ditampilkan agar tidak mengungkap jawaban perseorangan.",
        "en": "{mark} Fewer than {disclosure} answers: not shown, so that nobody's answers are disclosed.",
    },
    "suppressed.complement": {
        "id": "{mark} Tidak ditampilkan karena baris lain yang tidak ditampilkan, di tabel ini atau tabel lain, dapat dihitung darinya.",
        "en": "{mark} Not shown, since another row that is not shown, of this table or of another, would follow from it.",
    },
}
