"""What figures of drivers, gaps and weights say."""

from __future__ import annotations

__all__ = ["WORDS"]

WORDS: dict[str, dict[str, str]] = {
    # ------------------------------------------------------------ drivers and gaps
    "figure.change": {"id": "Yang menyumbang selisih", "en": "What accounts for the difference"},
    "figure.dots": {"id": "Nilai dengan selang kepercayaan", "en": "Estimates with their limits"},
    "figure.importance": {"id": "Kepentingan setiap faktor", "en": "Importance of each driver"},
    "figure.map": {"id": "Peta kepentingan dan kinerja", "en": "Importance-performance map"},
    "figure.gaps": {"id": "Kesenjangan {first} dan {second}", "en": "Gaps between {first} and {second}"},
    "figure.slopes": {"id": "Perubahan {base} ke {current}", "en": "Change from {base} to {current}"},
    "importance.share": {"id": "Kepentingan, persen dari sumbangan semua faktor", "en": "Importance, percent of what the drivers account for"},
    "importance.share_of_sum": {"id": "Kepentingan, persen dari jumlah kepentingan", "en": "Importance, percent of the sum of importances"},
    "importance.r_squared": {"id": "Kepentingan, dalam satuan R²", "en": "Importance, in units of R²"},
    "importance.mcfadden": {"id": "Kepentingan, dalam satuan R² McFadden", "en": "Importance, in units of McFadden's R²"},
    "map.performance": {"id": "Kinerja", "en": "Performance"},
    "map.performance.unit": {"id": "Kinerja, {unit}", "en": "Performance, {unit}"},
    "map.importance": {"id": "Kepentingan", "en": "Importance"},
    "map.place": {
        "id": "kinerja {performance}, kepentingan {importance}, kuadran {quadrant}",
        "en": "performance {performance}, importance {importance}, quadrant {quadrant}",
    },
    "map.probability": {"id": "peluang kuadran {value}", "en": "probability of the quadrant {value}"},
    "map.crosshair": {"id": "Garis silang", "en": "Crosshair"},
    "map.note": {
        "id": "Dalam kurung: peluang faktor terletak di kuadrannya; penanda kosong bila di bawah 90 %",
        "en": "In brackets: probability that a driver lies in its quadrant; hollow where below 90 %",
    },
    "quadrant.concentrate": {"id": "Prioritas utama", "en": "Concentrate here"},
    "quadrant.keep": {"id": "Pertahankan prestasi", "en": "Keep up the good work"},
    "quadrant.low": {"id": "Prioritas rendah", "en": "Low priority"},
    "quadrant.overkill": {"id": "Berlebihan", "en": "Possible overkill"},
    "gap.heading": {"id": "{minuend} dikurangi {subtrahend}", "en": "{minuend} minus {subtrahend}"},
    "gap.row": {"id": "{values}, selisih {gap}", "en": "{values}, gap {gap}"},
    "gap.group": {"id": "{group} {value}", "en": "{group} {value}"},
    "slope.rise": {"id": "Naik", "en": "Rise"},
    "slope.fall": {"id": "Turun", "en": "Fall"},
    "slope.same": {"id": "Tetap", "en": "No change"},
    "slope.point": {"id": "{wave} {value}", "en": "{wave} {value}"},
    "crosshair.mean": {"id": "rata-rata faktor", "en": "mean of the drivers"},
    "crosshair.median": {"id": "median faktor", "en": "median of the drivers"},
    "crosshair.given": {"id": "ditetapkan", "en": "as given"},
    # ------------------------------------------------------------ weights
    "weights.title": {"id": "Sebaran penimbang", "en": "Spread of the weights"},
    "weights.start": {"id": "Awal", "en": "Start"},
    "weights.now": {"id": "Sekarang", "en": "Now"},
    "weights.only": {"id": "Penimbang", "en": "Weights"},
    "weights.wave": {"id": "{moment} {wave}", "en": "{moment} {wave}"},
    "weights.low": {"id": "min {value}", "en": "min {value}"},
    "weights.median": {"id": "median {value}", "en": "median {value}"},
    "weights.high": {"id": "maks {value}", "en": "max {value}"},
    "weights.same": {"id": "semua {value}", "en": "all {value}"},
    "weights.deff": {"id": "efek rancangan (Kish) {value}", "en": "design effect (Kish) {value}"},
    "weights.zero": {"id": "baris berpenimbang 0: {n}", "en": "rows of weight 0: {n}"},
    "weights.negative": {"id": "penimbang negatif: {n}", "en": "negative weights: {n}"},
    "weights.axis": {
        "id": "Penimbang dibagi rata-ratanya; tinggi tiap kurva menurut puncaknya sendiri",
        "en": "Weight over the mean weight; each outline as high as its own peak",
    },
    "weights.axis.log": {
        "id": "Penimbang dibagi rata-ratanya, skala logaritmik; tinggi tiap kurva menurut puncaknya sendiri",
        "en": "Weight over the mean weight, logarithmic scale; each outline as high as its own peak",
    },
    # ------------------------------------------------------------ standards: importance and performance as stated
    "figure.classes": {"id": "Mutu dimulai pada: {classes}.", "en": "Classes begin at: {classes}."},
    "figure.ikm": {"id": "Nilai IKM dan mutunya", "en": "IKM and its class"},
    "map.means": {"id": "rata-rata butir", "en": "mean of the items"},
}
