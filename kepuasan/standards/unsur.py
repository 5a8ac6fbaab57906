"""The elements (unsur) of a survey of the satisfaction of the public: told by their names, never by their number alone.

U8 and U9 are complaints and facilities in some questionnaires, facilities and complaints in others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from kepuasan.errors import DataError, nearest, some
from kepuasan.estimators.reading import item_names
from kepuasan.specification import IndexSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kepuasan.standards.standard import Element, Standard
    from kepuasan.survey import Survey

__all__ = ["column_of", "element_of", "find_unsur", "left_out", "names_of", "refuse_twice", "require_elements", "texts_of"]

_CODE = re.compile(r"(?:[uU]|[uU][nN][sS][uU][rR])[ _]?0*([1-9]\d?)")
_WORD = re.compile(r"[^\W_]+")


def element_of(text: Any, standard: Standard) -> Element | None:
    """The element that a name, a label or a question speaks of; of several the one named first; None where it speaks of none.

    Examples
    --------
    >>> from kepuasan.standards.catalogue import STANDARDS
    >>> element_of("Penanganan Pengaduan, Saran dan Masukan", STANDARDS["14/2017"]).name, element_of("u4", STANDARDS["14/2017"]).name
    ('pengaduan', 'biaya')
    """
    plain = str(text).strip().casefold()
    for element in standard.elements:
        if plain in (element.name, *(label.casefold() for label in element.label.values())):
            return element
    code = _CODE.fullmatch(plain)
    if code is not None:
        number = int(code[1])
        return standard.elements[number - 1] if number <= standard.numbered else None
    words = _WORD.findall(plain)
    found = [(place, element) for element in standard.elements if (place := _place(words, element)) is not None]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _place(words: Sequence[str], element: Element) -> int | None:
    """Where the words of an element are first spoken; None where one of them is not."""
    places = []
    for alternatives in element.words:
        at = [place for place, word in enumerate(words) if word.startswith(alternatives)]
        if not at:
            return None
        places.append(at[0])
    return min(places) if places else None


def names_of(texts: Mapping[Any, Sequence[Any]], standard: Standard) -> dict[Any, str | None]:
    """The element that each column or key is, by the first of its texts that speaks of one.

    Numbers alone tell the elements where there are as many as the rule has; eight of nine were numbered anew, and tell none.
    """
    codes = [int(code[1]) for key in texts if (code := _CODE.fullmatch(str(key).strip())) is not None]
    anew = len(codes) == len(texts) and max(codes, default=0) < len(standard.elements)
    found: dict[Any, str | None] = {}
    for key, spoken in texts.items():
        told = (element_of(text, standard) for text in spoken if not (anew and _CODE.fullmatch(str(text).strip())))
        found[key] = next((element.name for element in told if element is not None), None)
    return found


def find_unsur(survey: Survey, standard: Standard, given: Any = None) -> dict[Any, str | None]:
    """The columns of the elements in order, and which element of the standard each is; None for further ones, and where only a number is known.

    Parameters
    ----------
    survey : Survey
    standard : Standard
    given : list of columns, mapping of element to column, or IndexSpec, optional
        Without it the items of the codebook's index; else columns called u1, u2, ...; else those whose name or label speaks of an element.

    Raises
    ------
    DataError
        No such columns; unknown columns; two columns of one element, or one column twice.
    """
    if isinstance(given, Mapping):
        columns = item_names([column_of(survey, column) for column in given.values()], "unsur")
        survey.require(columns)
        names = {column: _own_name(name, standard) for name, column in zip(given, columns, strict=True)}
    else:
        columns = _columns(survey, standard, given)
        survey.require(columns)
        names = names_of({column: texts_of(survey, column) for column in columns}, standard)
    refuse_twice(names, standard)
    return names


def _columns(survey: Survey, standard: Standard, given: Any) -> list[Any]:
    """The columns given, declared or found."""
    if isinstance(given, IndexSpec):
        return list(given.items)
    if given is not None:
        return item_names(given, "unsur")
    if survey.codebook.index is not None:
        return list(survey.codebook.index["items"])
    coded = {int(code[1]): name for name in survey.frame.columns if (code := _CODE.fullmatch(str(name)))}
    if len(coded) > 1:
        return [coded[number] for number in sorted(coded)]
    named = [name for name in survey.frame.columns if _may_be(survey, name) and any(element_of(text, standard) for text in texts_of(survey, name))]
    if not named:
        raise DataError(
            f"no column of the survey is an element of the SKM: none is called u1, u2, ... or {some([one.name for one in standard.elements], 9)}; "
            f"name them: unsur={{'persyaratan': 'column', ...}}. The columns are {some(survey.frame.columns, 20)}"
        )
    return named


def _may_be(survey: Survey, name: Any) -> bool:
    """Whether a column may hold answers: numbers, or categories of numbers, that are not yes or no."""
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    dtype = survey.frame[name].dtype
    dtype = dtype.categories.dtype if isinstance(dtype, pd.CategoricalDtype) else dtype
    return is_numeric_dtype(dtype) and not is_bool_dtype(dtype)


def texts_of(survey: Survey, column: Any) -> list[Any]:
    """What may tell the element of a column: its labels, then its name."""
    item = survey.codebook.items.get(column)
    return [*(item.label.values() if item is not None else ()), column]


def column_of(survey: Survey, name: Any) -> Any:
    """The column of a name, whose case does not matter where one column has it."""
    alike = [column for column in survey.frame.columns if str(column).casefold() == str(name).casefold()]
    return alike[0] if name not in survey.frame.columns and len(alike) == 1 else name


def _own_name(name: Any, standard: Standard) -> str | None:
    """The element of a name that was given; None for one that the unit added.

    Raises
    ------
    DataError
        A name that is nearly an element's.
    """
    element = element_of(name, standard)
    hint = "" if element is not None else nearest(name, [one.name for one in standard.elements])
    if hint:
        raise DataError(f"unsur names {name!r}, which is no element of {standard.name}{hint}")
    return None if element is None else element.name


def refuse_twice(names: Mapping[Any, str | None], standard: Standard) -> None:
    """Refuse two names of one element.

    Raises
    ------
    DataError
        With both.
    """
    for element in standard.elements:
        columns = [column for column, name in names.items() if name == element.name]
        if len(columns) > 1:
            raise DataError(
                f"{some(columns)} are both the element {element.name!r} ({element.label['id']}); name each element once, "
                f"by unsur={{{element.name!r}: {columns[0]!r}, ...}} or in the means"
            )


def left_out(names: Mapping[Any, str | None], exclude: Sequence[Any], standard: Standard) -> set[Any]:
    """The columns that `exclude` names, by element or by column; an element of the standard may be without one.

    Raises
    ------
    DataError
        What is neither; an element that may be one of the columns which only their numbers tell; all of them left out.
    """
    columns = {name: column for column, name in names.items() if name is not None} | {column: column for column in names}
    absent = {element.name for element in standard.elements} - set(columns)
    unknown = [one for one in exclude if one not in columns and one not in absent]
    if unknown:
        raise DataError(
            f"exclude names {some(unknown)}, which is no element here{nearest(unknown[0], columns)}; the elements are {some(columns, 20)}"
        )
    both = [one for one in exclude if one in names and any(name == one and column != one for column, name in names.items())]
    if both:
        raise DataError(f"exclude names {both[0]!r}, which is an element and the column of another; rename the column {both[0]!r}")
    unnamed, gone = [column for column, name in names.items() if name is None], [one for one in exclude if one in absent]
    if gone and len(unnamed) > len(absent) - len(gone):
        raise DataError(
            f"exclude names {some(gone)}, which may be one of {some(unnamed, 14)}: their numbers do not tell; name the columns, "
            f"unsur={{{gone[0]!r}: {unnamed[-1]!r}, ...}}, or exclude the column itself, exclude=[{unnamed[-1]!r}]"
        )
    found = {columns[one] for one in exclude if one in columns}
    if len(found) == len(names):
        raise DataError("exclude leaves no element; keep at least one")
    return found


def require_elements(names: Mapping[Any, str | None], standard: Standard, exclude: Sequence[Any], advice: str) -> None:
    """Refuse names that lack an element of the standard which is neither optional, as the tariff of a free service, nor left out on purpose.

    Names that tell no element stand for the elements that are not named.

    Raises
    ------
    DataError
        With the elements that are missing.
    """
    gone = set(exclude)
    known = {name for name in names.values() if name is not None}
    unnamed = sum(name is None for name in names.values())
    needed = [element for element in standard.elements if element.name not in known and element.name not in gone and not element.optional]
    if len(needed) > unnamed:
        lacking = ", ".join(f"{element.name!r} ({element.label['id']})" for element in needed)
        which = lacking if not unnamed else f"{len(needed) - unnamed} of {lacking}"
        raise DataError(f"the SKM of {standard.name} has {len(standard.elements)} elements, here are {len(names)}; missing is {which}; {advice}")
