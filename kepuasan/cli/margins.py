"""Population margins of a recipe: written in it, or in tidy files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kepuasan.cli.validation import SpokenError, quoted
from kepuasan.wording import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["margins_of"]


def margins_of(written: Mapping[str, Any], folder: Path, language: str) -> dict[Any, Any]:
    """Margins as `kepuasan.rake` takes them.

    Parameters
    ----------
    written : {column: {code: total} or file}
        The columns of a crossed margin are joined by commas; its file has a column of codes for each, then one of totals.
    folder : Path
        Where paths begin.
    language : {"id", "en"}
        Of refusals.

    Raises
    ------
    SpokenError
        A file without these columns, or with totals that are no numbers.

    Examples
    --------
    >>> margins_of({"sex": {"L": 60.0, "P": 40.0}}, Path(), "en")
    {'sex': {'L': 60.0, 'P': 40.0}}
    """
    margins: dict[Any, Any] = {}
    for title, margin in written.items():
        names = tuple(name.strip() for name in title.split(","))
        key = names if len(names) > 1 else names[0]
        margins[key] = _read(folder / margin, names, language) if isinstance(margin, str) else dict(margin)
    return margins


def _read(file: Path, names: tuple[str, ...], language: str) -> pd.DataFrame:
    """A tidy file: its columns of codes as text, then the totals."""
    import pandas as pd

    from kepuasan.io.reading import read_frame

    frame, _ = read_frame(file)
    rest = [name for name in frame.columns if name not in names]
    if len(rest) != 1 or len(frame.columns) != len(names) + 1:
        said = {"file": file.name, "columns": quoted(frame.columns), "names": quoted(names)}
        raise SpokenError(say("run.margins.columns", language, **said))
    totals = pd.to_numeric(frame[rest[0]], errors="coerce")
    wrong = ~(totals >= 0) | (totals == float("inf"))
    if wrong.any():
        said = {"file": file.name, "column": str(rest[0]), "found": quoted(frame.loc[wrong, rest[0]])}
        raise SpokenError(say("run.margins.numbers", language, **said))
    return frame[list(names)].assign(**{str(rest[0]): totals.astype(float)})
