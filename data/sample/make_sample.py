"""Makes the synthetic surveys of this folder: ``python data/sample/make_sample.py`` rewrites them all, with the same bytes each time.

Each is written as .csv, .parquet, .sav and .dta with a codebook in .toml; the tables of the README are brought up to date. The published answers
of Sekadau are no work of this script.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import sample_agency
from sample_agency import agency_codebook, agency_table, draw_agency
from sample_codebook import codebook_of, to_toml
from sample_respondents import DONT_KNOW, draw_wave
from sample_targets import ATTRIBUTES, ENGLISH, NAMED_DRIVERS, PILOT_REGIONS, WAVES, Wave

HERE = Path(__file__).resolve().parent
STAMP = datetime(2022, 12, 31)
ORDINAL = {*ATTRIBUTES, *sample_agency.ELEMENTS, "overall", "education"}
NUMERIC = {"weight", "age", "population", "volume"}
MARKS = ("<!-- reached -->", "<!-- agency -->")


@dataclass(frozen=True)
class About:
    """What the files of a survey say of themselves: the note inside, and an SPSS file label, which holds 64 bytes."""

    note: str
    short: str


WAVE_OF_USERS = About(ENGLISH, "sintetis, dikalibrasi pada angka terbitan; bukan data mikro")
WAVE_OF_ADMINS = About(ENGLISH, "sintetis; angka tentang admin adalah rekaan; bukan data mikro")
AGENCY = About(sample_agency.ENGLISH, "sintetis; bukan data orang atau instansi mana pun")


def main() -> None:
    """Write every file of this folder that is made and not written by hand."""
    frames = {name: draw_wave(name) for name in WAVES}
    for name, frame in frames.items():
        write_wave(WAVES[name], frame, HERE)
    agency = draw_agency()
    write_agency(agency, HERE)
    readme = HERE / "README.md"
    text = readme.read_text(encoding="utf-8")
    for mark, table in zip(MARKS, (reached_table(frames), agency_table(agency)), strict=True):
        head, _, tail = text.split(mark)
        text = f"{head}{mark}\n{table}{mark}{tail}"
    readme.write_text(text, encoding="utf-8", newline="\n")


def write_wave(wave: Wave, frame: pd.DataFrame, folder: Path) -> None:
    """One wave in its four formats, and its codebook."""
    about = WAVE_OF_USERS if wave.of_users else WAVE_OF_ADMINS
    _write(folder / wave.name, frame, codebook_of(wave, list(frame.columns)), about)


def write_agency(frame: pd.DataFrame, folder: Path) -> None:
    """The agency's survey in its four formats, and its codebook."""
    _write(folder / sample_agency.NAME, frame, agency_codebook(list(frame.columns)), AGENCY)


def _write(path: Path, frame: pd.DataFrame, codebook: dict[str, Any], about: About) -> None:
    path.with_suffix(".csv").write_text(csv_text(frame), encoding="utf-8", newline="\n")
    path.with_suffix(".toml").write_text(to_toml(codebook), encoding="utf-8", newline="\n")
    _write_parquet(frame, codebook["source"], path.with_suffix(".parquet"))
    _write_sav(frame, codebook, about, path.with_suffix(".sav"))
    _write_dta(frame, codebook, about, path.with_suffix(".dta"))


def csv_text(frame: pd.DataFrame) -> str:
    """A survey as the text of its CSV file."""
    return frame.to_csv(index=False, lineterminator="\n")


def _small(frame: pd.DataFrame) -> pd.DataFrame:
    """The same frame, its codes in one byte each and its counts in four."""
    whole = [name for name, kind in frame.dtypes.items() if pd.api.types.is_integer_dtype(kind)]
    return frame.astype({name: np.int8 if frame[name].max() <= np.iinfo(np.int8).max else np.int32 for name in whole})


def _value_labels(codebook: dict[str, Any], *, text: bool) -> dict[str, Any]:
    """Indonesian value labels by column, the missing codes included; those of text columns only where they are asked for."""
    labels: dict[str, Any] = {}
    for name, item in codebook["items"].items():
        scale = codebook["scales"][item["scale"]]["labels"] if "scale" in item else {}
        values = {**item.get("values", scale), **item.get("missing", {})}
        if values and (text or item.get("type") != "text"):
            labels[name] = {code: label["id"] for code, label in values.items()}
    return labels


def _write_sav(frame: pd.DataFrame, codebook: dict[str, Any], about: About, path: Path) -> None:
    """An SPSS file with declared user-missing codes, the sentence as its note, and a fixed date in its header."""
    import pyreadstat

    items = codebook["items"]
    formats = {str(name): f"F{len(str(frame[name].max()))}.0" for name, kind in frame.dtypes.items() if pd.api.types.is_integer_dtype(kind)}
    pyreadstat.write_sav(
        _small(frame),
        path,
        file_label=about.short,
        note=about.note,
        column_labels={name: item["label"]["id"] for name, item in items.items()},
        row_compress=True,
        variable_value_labels=_value_labels(codebook, text=True),
        missing_ranges={name: list(item["missing"]) for name, item in items.items() if "missing" in item},
        variable_measure={name: "scale" if name in NUMERIC else "ordinal" if name in ORDINAL else "nominal" for name in items},
        variable_format=formats | ({"weight": "F8.2"} if "weight" in items else {}),
    )
    content = bytearray(path.read_bytes())
    content[92:109] = b"31 Dec 22" + b"00:00:00"  # creation date (9 bytes) and time (8) of the header
    path.write_bytes(content)


def _write_dta(frame: pd.DataFrame, codebook: dict[str, Any], about: About, path: Path) -> None:
    """A Stata file; missing codes stay codes with labels, the sentence is the label of the data set."""
    _small(frame).to_stata(
        path,
        write_index=False,
        version=118,
        time_stamp=STAMP,
        data_label=about.note,
        variable_labels={name: item["label"]["id"] for name, item in codebook["items"].items()},
        value_labels=_value_labels(codebook, text=False),
    )


def _write_parquet(frame: pd.DataFrame, source: str, path: Path) -> None:
    """A Parquet file whose metadata carries the sentence."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(_small(frame), preserve_index=False)
    plain = pa.schema([field.with_type(pa.string()) if pa.types.is_large_string(field.type) else field for field in table.schema])
    pq.write_table(table.cast(plain).replace_schema_metadata({"description": source}), path, compression="zstd")


# ---- what was reached ----------------------------------------------------------------------------------------------------------------

_AGAIN = (
    ("keep_using", 2020, "89"),
    ("keep_using", 2021, "80.9"),
    ("keep_using", 2022, "84"),
    ("recommend", 2021, "80.9"),
    ("recommend", 2022, "82.9"),
)
_INDEX = {2020: "75.7", 2021: "72.3", 2022: "73.7"}
_ADMINS = {2020: {1: "76.4", 0: "about 75.5"}, 2022: {1: "80.9", 0: "about 77.0"}}


def shares(frame: pd.DataFrame, items: tuple[str, ...] = ATTRIBUTES, least: int = 3) -> pd.Series:
    """Weighted percent of each item's answers that are at least the code given, among those who answer it."""
    percent = {}
    for item in items:
        given = frame[frame[item] < DONT_KNOW]
        percent[item] = _percent(given[item] >= least, given["weight"])
    return pd.Series(percent)


def reached_table(frames: dict[str, pd.DataFrame]) -> str:
    """Targets and reached values as a Markdown table."""
    lines = ["| figure | source | target | reached |", "|---|---|--:|--:|"]
    lines += [f"| {figure} | {source} | {target} | {value:.3f} |" for figure, source, target, value in _reached(frames)]
    return "\n".join(lines) + "\n"


def _reached(frames: dict[str, pd.DataFrame]) -> list[tuple[str, str, str, float]]:
    """Figure, where its target comes from, target, reached value."""
    u20, u21, u22 = (frames[f"users_{year}"] for year in (2020, 2021, 2022))
    pilot = shares(u20[u20["region"].isin(PILOT_REGIONS)])
    change = (shares(u22) - pilot) / len(ATTRIBUTES)
    named = float(change[list(NAMED_DRIVERS)].sum())
    both = pd.concat([u21, u22], ignore_index=True)
    rows = [(f"index, users {year}", "published", target, float(shares(frames[f"users_{year}"]).mean())) for year, target in _INDEX.items()]
    rows += [
        ("index, users 2020, six pilot regions", "invented", "74.9", float(pilot.mean())),
        ("2020 to 2022: frame", "invented", "-0.8", float(pilot.mean() - shares(u20).mean())),
        ("2020 to 2022 within the frame: three named attributes", "invented", "-2.1", named),
        ("2020 to 2022 within the frame: the other seven", "invented", "+0.9", float(change.sum()) - named),
        ("women, users 2020, weighted", "published", "19.8", _women(u20)),
        ("women, users 2021 and 2022, weighted", "published", "39.5", _women(both)),
    ]
    for item, year, target in _AGAIN:
        rows.append((f"{item}, users {year}", "published", target, float(shares(frames[f"users_{year}"], (item,), 1)[item])))
    for year in (2020, 2022):
        frame = frames[f"admins_{year}"]
        for pilot_agency, target in _ADMINS[year].items():
            name = "pilot agencies" if pilot_agency else "other agencies"
            rows.append((f"index, admins {year}, {name}", "invented", target, float(shares(frame[frame["pilot"] == pilot_agency]).mean())))
    return rows


def _women(frame: pd.DataFrame) -> float:
    """Weighted percent of women."""
    return _percent(frame["sex"] == "P", frame["weight"])


def _percent(held: pd.Series, weight: pd.Series) -> float:
    """Weighted percent of the rows where something holds."""
    return 100 * float(weight[held].sum()) / float(weight.sum())


if __name__ == "__main__":
    main()
