"""A code in full: severity, meaning, why it matters, an example, what to do."""

from __future__ import annotations

import re

from kepuasan.cli.checking.examples import EXAMPLES
from kepuasan.cli.checking.listing import BLANK, folded, sentence
from kepuasan.cli.recipe.validation import SpokenError
from kepuasan.problems import Problem
from kepuasan.quality.findings import Words
from kepuasan.wording import CATALOGUE, say
from kepuasan.wording.problems import WORDS

__all__ = ["codes", "explained"]

_CODE = re.compile(r"KP\d{3}")
#: codes that are named beside one that there is not
_NEAR = 3


def codes() -> list[str]:
    """Every code of a problem, in order."""
    return sorted(key for key in WORDS if _CODE.fullmatch(key))


def explained(code: str, language: str) -> list[str]:
    """The lines that explain a code, however it is written.

    Raises
    ------
    SpokenError
        A code that there is not, with the nearest ones.

    Examples
    --------
    >>> explained("kp24", "en")[0]
    'KP024 (error)'
    """
    known = _known(code, language)
    problem = Problem(known, EXAMPLES.get(known, {}))
    paragraphs = [("meaning", BLANK.sub("...", WORDS[known][language]).replace("{{", "{").replace("}}", "}"))]
    paragraphs += [("why", say(f"{known}.why", language))] if f"{known}.why" in CATALOGUE else []
    paragraphs += [("example", problem.said(language))] if known in EXAMPLES else []
    paragraphs += [("advice", problem.advice(language) if known in EXAMPLES else BLANK.sub("...", WORDS[f"{known}.advice"][language]))]
    lines = [f"{known} ({say(f'problem.kind.{problem.severity}', language)})"]
    return lines + [line for key, text in paragraphs for line in folded(say(f"explain.{key}", language, text=sentence(text)), "  ")]


def _known(code: str, language: str) -> str:
    """The code that is meant."""
    plain = re.sub(r"[\W_]", "", code).upper()
    number = re.fullmatch(r"(?:KP)?(\d{1,3})", plain)
    wanted = f"KP{int(number[1]):03}" if number is not None else plain
    if wanted in codes():
        return wanted
    near = sorted(sorted(codes(), key=lambda one: abs(int(one[2:]) - int(wanted[2:])))[:_NEAR]) if number is not None else []
    hint = Words("explain.near", {"names": ", ".join(near)}) if near else Words("explain.far")
    raise SpokenError(say("explain.unknown", language, code=code, near=hint))
