"""The codebook: items, scales, dimensions, the index, the drivers and the design a survey declares."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kepuasan.codebook.contradictions import contradictions, disagreements, refusal
from kepuasan.codebook.parts import LANGUAGES, AnswerScale, Code, Driver, Item, Label, is_tag, plain_code
from kepuasan.columns import spelled
from kepuasan.errors import CodebookError, choose, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from kepuasan.scales import Scale

__all__ = ["Codebook", "labels_of"]

_EMPTY = {"id": "kosong", "en": "empty"}


@dataclass(frozen=True)
class Codebook:
    """What a survey asked and what its codes mean.

    Parameters
    ----------
    items : mapping of name to Item
        In the order in which they are listed.
    scales : mapping of name to AnswerScale
    dimensions : mapping of name to label
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

    def __post_init__(self) -> None:
        found = contradictions(self)
        if found:
            raise refusal("the codebook", found)

    def __repr__(self) -> str:
        source = f"; {self.source}" if self.source else ""
        counts = ", ".join(_count(len(part), noun) for part, noun in ((self.items, "item"), (self.scales, "scale"), (self.dimensions, "dimension")))
        return f"<Codebook: {counts}{source}>"

    # ------------------------------------------------------------ files

    @classmethod
    def read(cls, path: str | Path) -> Codebook:
        """The codebook of a TOML file.

        Parameters
        ----------
        path : str or Path
            A ``.toml`` file in UTF-8.

        Raises
        ------
        CodebookError
            A file that is not there or is no TOML; unknown keys, wrong types and contradictions, all of them, by file and key.

        Examples
        --------
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     Codebook({"age": Item("age", {"id": "Umur", "en": "Age"})}).write(f"{folder}/book.toml")
        ...     Codebook.read(f"{folder}/book.toml").label("age")
        'Umur'
        """
        from kepuasan.codebook.reading import read_toml

        return read_toml(Path(path))

    def write(self, path: str | Path) -> None:
        """Write the codebook as TOML; reading the file gives the same codebook.

        Raises
        ------
        CodebookError
            Another suffix than ``.toml``, a folder that is not there, a value that TOML cannot hold.
        """
        from kepuasan.codebook.writing import write_toml

        write_toml(self, Path(path))

    # ------------------------------------------------------------ looking up

    def item(self, name: str) -> Item:
        """An item.

        Raises
        ------
        CodebookError
            An unknown name, with the nearest known one.
        """
        if name not in self.items:
            raise CodebookError(f"the codebook has no item {name!r}{nearest(name, self.items)}")
        return self.items[name]

    def label(self, item: str, language: str = "id") -> str:
        """The label of an item in one language."""
        choose("language", language, LANGUAGES)
        return self.item(item).label[language]

    def labels(self, language: str = "id") -> dict[str, str]:
        """What items, dimensions and drivers are called in one language, by name; a driver's label comes before that of its item."""
        choose("language", language, LANGUAGES)
        named = {
            **{name: item.label for name, item in self.items.items()},
            **self.dimensions,
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
        """The answer scale of an item, None where it declares none."""
        name = self.item(item).scale
        return None if name is None else self.scales[name].scale

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
        differ; those of this codebook stand. An index, drivers or a design that differ belong to neither and are left out.
        Sources that differ are both named; a mode stands where both state the same.

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
        values = {name: replace(item, values=_agreed_values(item, other.items.get(name))) for name, item in self.items.items()}
        return Codebook(
            items={**values, **{name: item for name, item in other.items.items() if name not in values}},
            scales={**other.scales, **self.scales},
            dimensions={**other.dimensions, **self.dimensions},
            index=_agreed(self.index, other.index),
            drivers=_agreed(self.drivers or None, other.drivers or None) or {},
            design=_agreed(self.design, other.design),
            source="; ".join(dict.fromkeys(source for source in (self.source, other.source) if source)),
            mode=self.mode if self.mode == other.mode else "",
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


def _agreed_values(item: Item, other: Item | None) -> Mapping[Code, Label]:
    """The answers of an item in either codebook, in code order where both are."""
    if other is None:
        return item.values
    union = {**other.values, **item.values}
    numbers = [code for code in union if not isinstance(code, str)]
    ordered = len(numbers) == len(union) and all(list(one.values) == sorted(one.values, key=float) for one in (item, other))
    order = sorted(numbers) if ordered else [*item.values, *(code for code in other.values if code not in item.values)]
    return {code: union[code] for code in order}


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
