"""The codebook: items, scales, dimensions, the index, the drivers and the design a survey declares."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kepuasan.codebook.contradictions import contradictions, refusal
from kepuasan.codebook.merging import disagreements, merged_items, merged_multiples, merged_scales
from kepuasan.codebook.parts import LANGUAGES, AnswerScale, Code, Driver, Item, Label, Multiple, is_tag, label_of, plain_code
from kepuasan.columns import spelled
from kepuasan.errors import CodebookError, choose, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from kepuasan.scales import Scale

__all__ = ["Codebook", "joined_sources", "labels_of"]

#: between the parts of a source
_BETWEEN = "; "
_EMPTY = {"id": "kosong", "en": "empty"}


def _as_html(book: Codebook) -> str:
    """The items, a row each, by their labels in Indonesian."""
    from kepuasan.display.html_tables import html_table

    return html_table(book.to_frame(), repr(book)[1:-1])


@dataclass(frozen=True)
class Codebook:
    """What a survey asked and what its codes mean.

    Parameters
    ----------
    items : mapping of name to Item
        In the order in which they are listed.
    scales : mapping of name to AnswerScale
    dimensions : mapping of name to label (text or mapping of language to text)
    index : mapping, optional
        Arguments of the index specification.
    drivers : mapping of name to Driver
        Named drivers of the change; the other items are the rest.
    design : mapping, optional
        Arguments of `kepuasan.Design`.
    source : str
        Where the codebook comes from.
    mode : str
        How respondents were asked, such as "telephone"; empty where it is not stated.
    multiples : mapping of name to Multiple
        Questions with several answers.
    read_as : mapping of text to text
        The parts of `source` that say what data files were taken for, each with what readers of a report are told of the file. No file keeps it.

    Raises
    ------
    CodebookError
        Where the parts contradict each other; all contradictions are named.

    Examples
    --------
    >>> book = Codebook({"speed": Item("speed", {"id": "Kecepatan", "en": "Speed"}, missing={9: "Menolak"})})
    >>> book.label("speed", "en")
    'Speed'
    """

    items: Mapping[str, Item]
    scales: Mapping[str, AnswerScale] = field(default_factory=dict)
    dimensions: Mapping[str, Label] = field(default_factory=dict)
    index: Mapping[str, Any] | None = None
    drivers: Mapping[str, Driver] = field(default_factory=dict)
    design: Mapping[str, Any] | None = None
    source: str = ""
    mode: str = ""
    multiples: Mapping[str, Multiple] = field(default_factory=dict)
    read_as: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "dimensions", {name: label_of(label or name) for name, label in self.dimensions.items()})
        found = contradictions(self)
        if found:
            raise refusal("the codebook", found)

    def __repr__(self) -> str:
        source = f"; {self.source}" if self.source else ""
        counts = [_count(len(part), noun) for part, noun in ((self.items, "item"), (self.scales, "scale"), (self.dimensions, "dimension"))]
        if self.multiples:
            counts.append(_count(len(self.multiples), "question") + " with several answers")
        return f"<Codebook: {', '.join(counts)}{source}>"

    _repr_html_ = _as_html

    # ------------------------------------------------------------ files

    @classmethod
    def read(cls, path: str | Path) -> Codebook:
        """The codebook in a file.

        Parameters
        ----------
        path : str or Path
            A ``.toml`` file in UTF-8, or a workbook, ``.xlsx`` or ``.ods``: an XLSForm, whose sheets ``survey`` and ``choices`` may have further
            columns for what a form does not say, or a sheet with the columns ``name``, ``label`` and ``values`` (``1=Tidak puas; 2=Puas``).

        Raises
        ------
        CodebookError
            A file that is not there or is no TOML or workbook; unknown keys, wrong types and contradictions, all of them, by file and key, or
            by sheet, row and column.

        Warns
        -----
        DataWarning
            Questions of an XLSForm that are asked repeatedly, and so are no columns of a respondent's row; they are left out.

        Examples
        --------
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     Codebook({"age": Item("age", {"id": "Umur", "en": "Age"})}).write(f"{folder}/book.toml")
        ...     Codebook.read(f"{folder}/book.toml").label("age")
        'Umur'
        """
        from kepuasan.codebook.files import read_codebook

        return read_codebook(Path(path))

    def write(self, path: str | Path) -> None:
        """Write the codebook as TOML or as a workbook; reading the file gives the same codebook, and the same codebook gives the same bytes.

        Parameters
        ----------
        path : str or Path
            Ends with ``.toml`` or ``.xlsx``.

        Raises
        ------
        CodebookError
            Another suffix, a folder that is not there, a value that the file cannot hold, such as a control character in a workbook.
        """
        from kepuasan.codebook.files import write_codebook

        write_codebook(self, Path(path))

    # ------------------------------------------------------------ looking up

    def item(self, name: str) -> Item:
        """An item by its name.

        Raises
        ------
        CodebookError
            An unknown name, with the nearest known one.

        Examples
        --------
        >>> Codebook({"speed": Item("speed", column="Q1")}).item("speed").column
        'Q1'
        """
        if name not in self.items:
            raise CodebookError(f"the codebook has no item {name!r}{nearest(name, self.items)}")
        return self.items[name]

    def label(self, item: str, language: str = "id") -> str:
        """The label of an item in one language."""
        choose("language", language, LANGUAGES)
        return self.item(item).label[language]

    def labels(self, language: str = "id") -> dict[str, str]:
        """What dimensions, items and drivers are called in one language; of equal names the driver comes first, then the item."""
        choose("language", language, LANGUAGES)
        named = {
            **self.dimensions,
            **{name: item.label for name, item in self.items.items()},
            **{name: one.label for name, one in self.drivers.items()},
        }
        return {name: label[language] for name, label in named.items()}

    def value_labels(self, item: str, language: str = "id") -> dict[Code, str]:
        """The labels of an item's codes in one language, missing codes included, in code order.

        Examples
        --------
        >>> Codebook({"sex": Item("sex", type="text", values={"P": "Perempuan", "L": "Laki-laki"})}).value_labels("sex")
        {'P': 'Perempuan', 'L': 'Laki-laki'}
        """
        choose("language", language, LANGUAGES)
        return {code: label[language] for code, label in self.item(item).all_labels().items()}

    def scale_of(self, item: str) -> Scale | None:
        """The answer scale of an item, None where it declares none; bounds alone where answers are moved to it from another scale."""
        own = self.item(item)
        if own.scale is None:
            return None
        scale = self.scales[own.scale].scale
        return scale if own.asked_scale in (None, own.scale) else replace(scale, codes=None)

    @property
    def origin(self) -> str:
        """Where the data come from, without what their files were taken for: as readers of a report are told.

        Examples
        --------
        >>> Codebook({}, source="survei 2022; a.csv, text", read_as={"a.csv, text": "a.csv"}).origin
        'survei 2022'
        """
        own = [part for part in self.source.split(_BETWEEN) if part not in self.read_as]
        return _BETWEEN.join(own) or _BETWEEN.join(dict.fromkeys(self.read_as.values()))

    # ------------------------------------------------------------ changing

    def with_items(self, items: Iterable[Item]) -> Codebook:
        """The codebook with further items; those it has already stay as they are.

        Examples
        --------
        >>> list(Codebook({"speed": Item("speed")}).with_items([Item("age")]).items)
        ['speed', 'age']
        """
        return replace(self, items={**self.items, **{item.name: item for item in items if item.name not in self.items}})

    def merged(self, other: Codebook, *, where: str = "the other codebook") -> Codebook:
        """One codebook for data of both: this one, and what only the other has.

        Items of both must agree in all that decides how codes are read: type, scale, reverse, missing codes. Labels may
        differ; those of this codebook stand. Questions with several answers must agree in the items of the options that both have; options that only
        one has are added. An index, drivers or a design that differ belong to neither and are left out, and so is what only one of them says of
        how its own data file has an item: column, recode, asked scale, spellings. Sources that differ are both named; a mode stands where both
        state the same.

        Parameters
        ----------
        other : Codebook
        where : str
            What messages call the other codebook.

        Raises
        ------
        CodebookError
            Where the two disagree on how an item is read; every disagreement is named.

        Examples
        --------
        >>> one, two = Codebook({"speed": Item("speed")}), Codebook({"age": Item("age")})
        >>> list(one.merged(two).items)
        ['speed', 'age']
        """
        found = disagreements(self, other)
        if found:
            raise refusal(f"the codebook of {where} and the one before", found)
        return Codebook(
            items=merged_items(self.items, other.items),
            scales=merged_scales(self.scales, other.scales),
            dimensions={**other.dimensions, **self.dimensions},
            index=_agreed(self.index, other.index),
            drivers=_agreed(self.drivers or None, other.drivers or None) or {},
            design=_agreed(self.design, other.design),
            source=joined_sources(self.source, other.source),
            mode=self.mode if self.mode == other.mode else "",
            read_as={**self.read_as, **other.read_as},
            multiples=merged_multiples(self.multiples, other.multiples),
        )

    # ------------------------------------------------------------ tables

    def to_frame(self, language: str = "id") -> pd.DataFrame:
        """One row an item.

        Parameters
        ----------
        language : {"id", "en"}
            Language of the labels.

        Returns
        -------
        DataFrame
            item, label, type, values {code: label} in code order (missing codes included), missing [code or (low, high)],
            scale, dimension.

        Examples
        --------
        >>> book = Codebook({"speed": Item("speed", "Kecepatan", values={1: "Lambat"}, missing={9: "Menolak"})})
        >>> book.to_frame().loc[0, "values"]
        {1: 'Lambat', 9: 'Menolak'}
        """
        import pandas as pd

        choose("language", language, LANGUAGES)
        rows = [
            {
                "item": name,
                "label": item.label[language],
                "type": item.type,
                "values": self.value_labels(name, language),
                "missing": [*(code for code in item.missing if not item.in_range(code)), *item.missing_ranges],
                "scale": item.scale,
                "dimension": item.dimension,
            }
            for name, item in self.items.items()
        ]
        return pd.DataFrame(rows, columns=["item", "label", "type", "values", "missing", "scale", "dimension"], dtype=object)

    def missing_counts(self, frame: pd.DataFrame, language: str = "id") -> pd.DataFrame:
        """How many cells of each item hold each missing code, and how many are empty.

        Tags of empty cells (``.a`` to ``.z``) are counted among the empty ones.

        Parameters
        ----------
        frame : DataFrame
            Codes as they came; items without a column are left out.
        language : {"id", "en"}
            Language of the labels.

        Returns
        -------
        DataFrame
            item, code (None: empty), label, n. Named codes have a row even where n is 0; unnamed codes of a range where found.

        Examples
        --------
        >>> import pandas as pd
        >>> book = Codebook({"speed": Item("speed", missing={9: "Menolak"})})
        >>> book.missing_counts(pd.DataFrame({"speed": [4, 9, None]}))
            item  code    label  n
        0  speed     9  Menolak  1
        1  speed  None   kosong  1
        """
        import pandas as pd

        choose("language", language, LANGUAGES)
        rows: list[tuple[str, Code | None, str, int]] = []
        for name, item in self.items.items():
            if name in frame.columns:
                column = frame[name]
                rows += [(name, code, _name(item, code, language), n) for code, n in _counted(item, column).items()]
                rows.append((name, None, _EMPTY[language], int(column.isna().sum())))
        table = pd.DataFrame(rows, columns=["item", "code", "label", "n"], dtype=object)
        return table.astype({"n": "int64"})


def _counted(item: Item, column: pd.Series[Any]) -> dict[Code, int]:
    """Cells by missing code: named codes in their order, then those found in a range."""
    found: dict[Code, int] = {code: 0 for code in item.missing if not is_tag(code)}
    for cell in column[item.missing_mask(column)]:
        code = cell if item.type == "text" else plain_code(float(cell))
        found[code] = found.get(code, 0) + 1
    return found


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _name(item: Item, code: Code, language: str) -> str:
    return (item.missing[code][language] if code in item.missing else "") or str(code)


def _agreed(one: Any, other: Any) -> Any:
    """What both say, or what one alone says; None where they differ."""
    if one is None or other is None:
        return other if one is None else one
    return one if one == other else None


def joined_sources(*texts: str) -> str:
    """Sources joined, each part of them once.

    Examples
    --------
    >>> joined_sources("survei 2022; a.csv", "a.csv")
    'survei 2022; a.csv'
    """
    return _BETWEEN.join(dict.fromkeys(part for text in texts for part in text.split(_BETWEEN) if part))


def labels_of(
    codebook: Codebook | None,
    drivers: Iterable[str],
    language: str,
    *,
    columns: Mapping[str, str] | None = None,
    levels: Iterable[tuple[str, Any]] = (),
) -> dict[Any, str]:
    """What items, dimensions and drivers are called; a driver that is neither an item nor one of the codebook keeps the name it was given.

    ``columns`` says what column a factor is of (``{"C(channel)": "channel"}``), whose label it then has; ``levels`` are those of factors, each
    (factor, code), which are called by the column's value labels, where it has any.
    """
    if codebook is None:
        return {}
    named: dict[Any, str] = dict(codebook.labels(language))
    named |= {name: name for name in drivers if name in codebook.dimensions and name not in {**codebook.items, **codebook.drivers}}
    column = {name: own for name, own in (columns or {}).items() if own in codebook.items}
    named |= {name: codebook.label(own, language) for name, own in column.items() if name not in named}
    texts = {name: {spelled(code): text for code, text in codebook.value_labels(own, language).items() if text} for name, own in column.items()}
    return named | {(name, code): texts[name][spelled(code)] for name, code in levels if spelled(code) in texts.get(name, {})}
