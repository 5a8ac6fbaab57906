"""The data of `kepuasan skm`: elements named by options, answers checked cell by cell, users of the population."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.cli.recipe.validation import SpokenError
from kepuasan.codebook import Item
from kepuasan.columns import spelled
from kepuasan.design import Design
from kepuasan.errors import DataError, DesignError, RecipeError, nearest
from kepuasan.standards.unsur import column_of, element_of, find_unsur, left_out
from kepuasan.survey import Survey
from kepuasan.wording import say

if TYPE_CHECKING:
    from kepuasan.standards.standard import Standard

__all__ = ["check_answers", "element_names", "elements_of", "refuse_names_of_persons", "with_names", "with_users"]

#: headers of columns that tell who a person is; letters and digits alone count
_PERSONAL = re.compile(
    r"(nama|name)(responden(t)?|lengkap|pelanggan|pengguna|penggunalayanan)?|fullname|nik|(no)?(ktp|hp)|(no)?(telepon|telp)|email|alamat"
)
#: wrong answers that are listed
_LISTED = 5


def refuse_names_of_persons(columns: Mapping[str, str | None]) -> None:
    """Refuse a column of names, numbers or addresses of persons where groups are asked for: its codes would stand in every output.

    Raises
    ------
    RecipeError
        With the option and the column.
    """
    for option, column in columns.items():
        if column is not None and _PERSONAL.fullmatch(re.sub(r"[\W_]", "", column.casefold())):
            raise RecipeError(f"{option} is {column!r}, which tells who a person is and belongs in no result; give a column of groups")


def with_names(survey: Survey, rule: Standard, text: str) -> tuple[Survey, list[str]]:
    """The survey with columns labelled by the elements they are said to be, as in ``pengaduan=U8,sarana=U9``, and those columns.

    Raises
    ------
    RecipeError
        Text that is no list of names and columns; a column or an element given twice; a name that is nearly an element's.
    DataError
        Columns that are not there.
    """
    given: dict[str, str] = {}
    for part in text.split(","):
        name, _, column = (piece.strip() for piece in part.partition("="))
        if not name or not column or column in given:
            what = f"; {column!r} is there twice" if column in given else ""
            raise RecipeError(f'--unsur is {text!r}{what}; give elements and their columns, such as "pengaduan=U8,sarana=U9"')
        given[column_of(survey, column)] = name
    survey.require(list(given))
    book = survey.codebook
    items = {column: replace(book.items.get(column, Item(column)), label=_label(name, rule)) for column, name in given.items()}
    named = replace(book, items={**book.items, **items})
    return Survey.assembled(survey.frame, named, survey.design, survey.domain, survey.wave_codebooks), list(given)


def _label(name: str, rule: Standard) -> dict[str, str]:
    """What an element is called; one that the unit added by the name given."""
    element = element_of(name, rule)
    if element is not None:
        return dict(element.label)
    hint = nearest(name, [one.name for one in rule.elements])
    if hint:
        raise RecipeError(f"--unsur names {name!r}, which is no element of {rule.name}{hint}")
    return {"id": name, "en": name}


def elements_of(survey: Survey, rule: Standard, named: Sequence[str]) -> list[Any]:
    """The columns of the elements: those found, and those named."""
    found = list(find_unsur(survey, rule))
    return [*found, *(column for column in named if column not in found)]


def element_names(given: Sequence[str], columns: Sequence[Any], rule: Standard) -> list[str]:
    """Elements as the rule names them, however they are spoken of; columns and what is none stay as they are."""
    found = {one: element_of(one, rule) for one in given if one not in columns}
    return [one if (element := found.get(one)) is None else element.name for one in given]


def check_answers(survey: Survey, rule: Standard, columns: Sequence[Any], exclude: Sequence[str], language: str) -> None:
    """Refuse answers that are no numbers of the scale, those of every element at once.

    Raises
    ------
    SpokenError
        With the columns, the cells, how often they come and the first row, counted from 1 below the header.
    """
    names = find_unsur(survey, rule, list(columns))
    gone, (low, high) = left_out(names, exclude, rule), rule.scale
    wrong = [cell for column in columns if column not in gone for cell in _wrong(survey.column(column), low, high)]
    if not wrong:
        return
    cells = [
        say("skm.cell" if count == 1 else "skm.cell.often", language, column=column, cell=cell, row=row, count=count)
        for column, cell, row, count in wrong[:_LISTED]
    ]
    more = [say("skm.cells", language, count=len(wrong) - _LISTED)] if len(wrong) > _LISTED else []
    values = {"count": sum(count for *_, count in wrong), "low": f"{low:g}", "high": f"{high:g}", "cells": "; ".join([*cells, *more])}
    raise SpokenError(say("skm.answers", language, **values))


def _wrong(cells: pd.Series[Any], low: float, high: float) -> list[tuple[Any, str, int, int]]:
    """The answers off the scale: column, text, first row and how often it comes."""
    numbers = pd.to_numeric(cells.astype(object), errors="coerce").astype(float)
    bad = np.flatnonzero((cells.notna() & ~numbers.between(low, high)).to_numpy(dtype=bool))
    found, first, counts = np.unique([spelled(cells.iloc[place]) for place in bad], return_index=True, return_counts=True)
    order = np.argsort(first)
    return [(cells.name, str(found[one]), int(bad[first[one]]) + 1, int(counts[one])) for one in order]


# ---------------------------------------------------------------- users of the population


def with_users(survey: Survey, users: str, unit: str | None, by: str | None) -> Survey:
    """The survey as a sample of the users that a column counts, which weights its rows and narrows its intervals.

    The count is of each unit, of each group of `by`, or of each unit and group where both are given; without either it is one for all. A cell that is
    empty is filled from its stratum.

    Raises
    ------
    DesignError
        A codebook that declares a design already.
    DataError
        A count that varies within the smallest groups there are.
    """
    survey.require([users])
    if survey.design.declaration != Design():
        raise DesignError(f"the codebook declares a design already, so that --users {users} would be a second one; leave it out")
    frame = survey.frame
    counts = pd.to_numeric(frame[users], errors="coerce").to_numpy(dtype=np.float64)
    odd = counts[np.isfinite(counts) & (counts != np.floor(counts))]
    if odd.size:
        raise DataError(f"the number of users {users!r} is {odd[0]:g} in a row; write whole numbers, 1250 rather than 1.250")
    groups = [[unit, by]] if unit and by else [[unit]] if unit else [[by]] if by else [[]]
    for columns in groups:
        survey.require(columns)
        within = frame.groupby(columns, dropna=False)[users] if columns else None
        if (frame[users].nunique() if within is None else within.nunique().max()) <= 1:
            return _drawn(survey, users, [str(name) for name in columns])
    where = " and ".join(map(repr, groups[-1])) or "the data"
    raise DataError(f"the number of users {users!r} varies within {where}; give one number for each of its groups")


def _drawn(survey: Survey, users: str, strata: list[str]) -> Survey:
    frame = survey.frame
    filled = frame.groupby(strata, dropna=False)[users].transform("first") if strata else frame[users].bfill().ffill()
    frame = frame.assign(**{users: filled})
    if len(strata) < 2:
        return Survey(frame, survey.codebook, Design(strata=strata or None, fpc=users))
    name = " / ".join(strata)
    texts = frame[strata[0]].astype(str) + " / " + frame[strata[1]].astype(str)
    return Survey(frame.assign(**{name: texts}), survey.codebook, Design(strata=name, fpc=users))
