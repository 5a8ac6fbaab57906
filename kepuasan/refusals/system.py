"""What the operating system refuses, in the language of the reader."""

from __future__ import annotations

import errno
import os
from functools import cache

from kepuasan.wording import CATALOGUE, say

__all__ = ["reason_of", "with_reasons"]


def reason_of(error: OSError, language: str) -> str:
    """Why the system refused; in its own words where they are not known.

    Examples
    --------
    >>> reason_of(OSError(errno.ENOSPC, "No space left on device"), "en")
    'no space is left on the disk'
    """
    key = f"system.{errno.errorcode.get(error.errno or 0, '')}"
    return say(key, language) if key in CATALOGUE else str(error.strerror or error)


def with_reasons(text: str, language: str) -> str:
    """A text in which the system's own words stand as `reason_of` gives them.

    Examples
    --------
    >>> with_reasons(f"the file ({os.strerror(errno.ENOSPC)})", "id")
    'the file (ruang penyimpanan habis)'
    """
    for own, key in _own_words():
        text = text.replace(own, say(key, language))
    return text


@cache
def _own_words() -> list[tuple[str, str]]:
    """What the system says, the longest first, and the key of ours."""
    names = [key.removeprefix("system.") for key in CATALOGUE if key.startswith("system.")]
    known = [(os.strerror(getattr(errno, name)), f"system.{name}") for name in names if hasattr(errno, name)]
    return sorted(known, key=lambda one: -len(one[0]))
