"""The sample surveys that come with the library: synthetic, calibrated to published figures; not the survey's microdata."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kepuasan.errors import DataError, choose
from kepuasan.io.reading import read_survey

if TYPE_CHECKING:
    from kepuasan.survey import Survey

__all__ = ["SAMPLES", "load_sample"]

#: waves by kind
SAMPLES: dict[str, tuple[str, ...]] = {"users": ("2020", "2021", "2022"), "admins": ("2020", "2022")}


def load_sample(kind: str, wave: str | int | None = None) -> Survey:
    """A synthetic sample survey with its codebook and design.

    Parameters
    ----------
    kind : {"users", "admins"}
        Users of the complaint service, or the officers who run it.
    wave : str or int, optional
        "2020", "2021" (users only) or "2022". Without it all waves are stacked, with the column ``wave``.

    Returns
    -------
    Survey

    Raises
    ------
    ChoiceError
        Another kind or wave, with the list.
    DataError
        The sample files are not installed.

    Notes
    -----
    Synthetic, calibrated to published figures; not the survey's microdata.

    Examples
    --------
    >>> len(load_sample("users", 2020))
    1329
    """
    choose("kind", kind, tuple(SAMPLES))
    if wave is not None:
        choose("wave", str(wave), SAMPLES[kind])
        return _read(kind, str(wave))
    from kepuasan.waves import stack_waves

    return stack_waves({one: _read(kind, one) for one in SAMPLES[kind]})


def _read(kind: str, wave: str) -> Survey:
    folder = _folder()
    return read_survey(folder / f"{kind}_{wave}.csv", folder / f"{kind}_{wave}.toml")


def _folder() -> Path:
    """Where the sample lies: within the package when installed, beside it in the repository."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "data" / "sample", package.parent / "data" / "sample"):
        if folder.is_dir():
            return folder
    raise DataError("the sample files are not installed with the library; install kepuasan from its wheel or its repository")
