"""The sample surveys that come with the library: synthetic ones, and one of published answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kepuasan.errors import DataError, choose
from kepuasan.io.reading import read_survey

if TYPE_CHECKING:
    from kepuasan.survey import Survey

__all__ = ["SAMPLES", "load_sample", "sample_folder"]

#: waves by kind
SAMPLES: dict[str, tuple[str, ...]] = {"users": ("2020", "2021", "2022"), "admins": ("2020", "2022"), "skm": ("2025",), "sekadau": ("2019",)}


def load_sample(kind: str, wave: str | int | None = None) -> Survey:
    """A sample survey with its codebook and design.

    Parameters
    ----------
    kind : {"users", "admins", "skm", "sekadau"}
        Users of a complaint service, or the officers who run it; users of the ten service units of an agency, asked the nine
        elements of the survey of public satisfaction (SKM); the same nine elements as 49 users of Kabupaten Sekadau answered them.
    wave : str or int, optional
        "2020", "2021" (users only) or "2022"; "2025" of the agency, "2019" of Sekadau. Without it a kind of several waves has them
        stacked, with the column ``wave``; a kind of one wave is that wave as it is.

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
    "users" and "admins" are synthetic, calibrated to published figures; not the survey's microdata. "skm" is synthetic, all of it invented: no row
    describes a person or an agency. "sekadau" is real: published answers of the first semester of 2019, with nothing about who gave them.

    Examples
    --------
    >>> len(load_sample("users", 2020)), len(load_sample("skm")), len(load_sample("sekadau"))
    (1329, 2165, 49)
    """
    choose("kind", kind, tuple(SAMPLES))
    waves = SAMPLES[kind]
    if wave is not None or len(waves) == 1:
        wave = waves[0] if wave is None else str(wave)
        choose("wave", wave, waves)
        return _read(kind, wave)
    from kepuasan.waves import stack_waves

    return stack_waves({one: _read(kind, one) for one in waves})


def _read(kind: str, wave: str) -> Survey:
    folder = sample_folder()
    return read_survey(folder / f"{kind}_{wave}.csv", folder / f"{kind}_{wave}.toml")


def sample_folder() -> Path:
    """Where the sample lies: within the package when installed, beside it in the repository."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "data" / "sample", package.parent / "data" / "sample"):
        if folder.is_dir():
            return folder
    raise DataError("the sample files are not installed with the library; install kepuasan from its wheel or its repository")
