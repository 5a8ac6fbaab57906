"""Labels and codes of a codebook that no file and no screen can show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kepuasan.codebook.contradictions import refusal
from kepuasan.tabular import broken_texts

if TYPE_CHECKING:
    from kepuasan.codebook.book import Codebook

__all__ = ["require_whole_labels"]


def require_whole_labels(*books: Codebook) -> None:
    r"""Refuse names, codes and labels with half of a character, a lone surrogate; all of them are named.

    Raises
    ------
    CodebookError

    Examples
    --------
    >>> from kepuasan.codebook import Codebook, Item
    >>> require_whole_labels(Codebook({"speed": Item("speed", "Kece\ud800patan")}))
    Traceback (most recent call last):
    kepuasan.errors.CodebookError: the codebook: items.speed.label: 'Kece\ud800patan' holds half of a character (a lone surrogate); correct the text
    """
    found = []
    for book in books:
        texts = list(_texts(book))
        found += [_said(*texts[place]) for place in broken_texts(text for _, text in texts)]
    if found:
        raise refusal("the codebook", dict.fromkeys(found))


def _said(key: str, text: str) -> str:
    """A finding; keys are shown as they are escaped in texts."""
    plain = key.encode("utf-8", "backslashreplace").decode()
    return f"{plain}: {text!r} holds half of a character (a lone surrogate); correct the text"


def _texts(book: Codebook) -> Iterator[tuple[str, str]]:
    """All that a reader of results may see, each with its key."""
    for name, item in book.items.items():
        key = f"items.{name}"
        yield key, name
        yield from _of_label(f"{key}.label", item.label)
        yield from _of_label(f"{key}.question", item.question)
        yield from _of_codes(f"{key}.values", item.values)
        yield from _of_codes(f"{key}.missing", item.missing)
    for name, scale in book.scales.items():
        yield f"scales.{name}", name
        yield from _of_codes(f"scales.{name}.labels", scale.labels)
    for name, label in book.dimensions.items():
        yield from _of_label(f"dimensions.{name}", {"": name, **label})
    for name, driver in book.drivers.items():
        yield from _of_label(f"drivers.{name}.label", {"": name, **driver.label})
    for name, multiple in book.multiples.items():
        yield from _of_label(f"multiples.{name}.label", {"": name, **multiple.label})
        yield from ((f"multiples.{name}.items", code) for code in multiple.items if isinstance(code, str))


def _of_label(key: str, label: Mapping[str, str] | None) -> Iterator[tuple[str, str]]:
    yield from ((key, text) for text in (label or {}).values())


def _of_codes(key: str, codes: Mapping[Any, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    for code, label in codes.items():
        yield from _of_label(key, {"": str(code), **label})
