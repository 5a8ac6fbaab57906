"""Population margins of a recipe: written in it, or in tidy files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kepuasan.cli.recipe.validation import quoted
from kepuasan.errors import RecipeError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["margins_of"]


def margins_of(written: Mapping[str, Any], folder: Path) -> dict[Any, Any]:
    """Margins as `kepuasan.rake` takes them.

    Parameters
    ----------
    written : {column: {code: total} or file}
        The columns of a crossed margin are joined by commas; its file has a column of codes for each, then one of totals.
    folder : Path
        Where paths begin.

    Raises
    ------
    RecipeError
        A file without these columns, or with totals that are no numbers.

    Examples
    --------
    >>> margins_of({"sex": {"L": 60.0, "P": 40.0}}, Path())
    {'sex': {'L': 60.0, 'P': 40.0}}
    """
    margins: dict[Any, Any] = {}
    for title, margin in written.items():
        names = tuple(name.strip() for name in title.split(","))
        key = names if len(names) > 1 else names[0]
        margins[key] = _read(folder / margin, names) if isinstance(margin, str) else dict(margin)
    return margins


def _read(file: Path, names: tuple[str, ...]) -> pd.DataFrame:
    """A tidy file: its columns of codes as text, then the totals."""
    import pandas as pd

    from kepuasan.io.reading import read_frame

    frame, _ = read_frame(file)
    rest = [name for name in frame.columns if name not in names]
    if len(rest) != 1 or len(frame.columns) != len(names) + 1:
        needed = f"it needs {quoted(names)}, then one of population totals"
        raise RecipeError(f"the file of margins {file.name!r} has the columns {quoted(frame.columns)}; {needed}")
    totals = pd.to_numeric(frame[rest[0]], errors="coerce")
    wrong = ~(totals >= 0) | (totals == float("inf"))
    if wrong.any():
        what = f"the column {str(rest[0])!r} must hold numbers of 0 or more; the cells {quoted(frame.loc[wrong, rest[0]])} are none"
        raise RecipeError(f"the file of margins {file.name!r}: {what}")
    return frame[list(names)].assign(**{str(rest[0]): totals.astype(float)})
