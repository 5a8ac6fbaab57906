"""How the files of two waves were brought to the same items: columns called otherwise, codes recoded, answers moved from another scale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from kepuasan.columns import spelled
from kepuasan.comparing.findings import Finding, quantity

if TYPE_CHECKING:
    from kepuasan.codebook import Code, Codebook, Item
    from kepuasan.comparing.pairs import Pair
    from kepuasan.scales import Scale

__all__ = ["harmonised", "merged_codes", "renamed"]

_COLUMNS, _CODES, _ENDS = "columns called otherwise", "codes recoded otherwise", "points by which the scale asked is longer"
#: codes that a table lists at most
_LISTED = 6


def renamed(one: Item, other: Item) -> Iterator[Finding]:
    """An item whose column is called otherwise; minor where no question says that both waves asked the same."""
    names = one.column or one.name, other.column or other.name
    if names[0] == names[1]:
        return
    stated = one.question is not None and one.question == other.question
    advice = (
        "Brought to one item by the codebooks; both state the same question."
        if stated
        else ("Brought to one item by the codebooks, which do not state the same question for it; make sure that both columns hold the same.")
    )
    yield Finding("wording", one.name, *names, 1.0, _COLUMNS, np.nan, "none" if stated else "minor", advice)


def harmonised(pair: Pair, name: str) -> Iterator[Finding]:
    """How the answers of an item were brought to the same codes in one wave and not, or otherwise, in the other."""
    yield from _recoded(pair, name)
    yield from _moved(pair, name)


def _recoded(pair: Pair, name: str) -> Iterator[Finding]:
    books = pair.codebooks
    one, other = (book.items[name] for book in books)
    recodes = [{spelled(code): new for code, new in item.recode.items()} for item in (one, other)]
    if recodes[0] == recodes[1]:
        return
    codes = dict.fromkeys([*recodes[0], *recodes[1]])
    size = float(sum(recodes[0].get(code) != recodes[1].get(code) for code in codes))
    merged = [code for book in books for code in merged_codes(book.items[name], book)]
    if merged:
        advice = f"Recoding put several answers into one (code {merged[0]!r}); compare the answers in the coarser of the two codings."
    else:
        advice = "Answers were recoded one to one; make sure that the codes mean the same in both waves."
    serious = bool(merged) and name in pair.items
    yield Finding("scale", name, _listed(one), _listed(other), size, _CODES, np.nan, "serious" if serious else "minor", advice)


def merged_codes(item: Item, book: Codebook) -> list[Code]:
    """Codes that stand for several answers of the file, after it is recoded.

    Two codes recoded to one are merged. A code recoded to one that is not recoded itself is merged with it, unless every answer has a code of the
    file in `recode`, so that the file has no others. Missing codes are no answers.

    Examples
    --------
    >>> from kepuasan.codebook import Codebook, Item
    >>> item = Item("q", values={1: "Tidak", 2: "Ya"}, recode={3: 2})
    >>> merged_codes(item, Codebook({"q": item}))
    [2]
    """
    targets = [code for code in item.recode.values() if code not in item.missing and not item.in_range(code)]
    answers = _answers(item, book)
    whole = bool(answers) and answers <= set(targets)
    own = {code for code in item.recode if not isinstance(code, str) or item.type == "text"}
    foreign = own or not item.recode
    stay = set() if whole or not foreign else {code for code in targets if code not in item.recode and (not answers or code in answers)}
    return [code for code in dict.fromkeys(targets) if targets.count(code) > 1 or code in stay]


def _answers(item: Item, book: Codebook) -> set[Any]:
    """The answers of an item on the scale on which its file has them."""
    scale = _asked(item, book)
    if scale is None:
        return set(item.values)
    if scale.codes is not None:
        return set(scale.codes)
    return set(np.arange(scale.low, scale.high + 0.5).tolist())


def _asked(item: Item, book: Codebook) -> Scale | None:
    """The scale on which the file has the answers."""
    name = item.asked_scale or item.scale
    return None if name is None else book.scales[name].scale


def _moved(pair: Pair, name: str) -> Iterator[Finding]:
    """An item that was asked on one scale in a wave and on another in the other."""
    items = [book.items[name] for book in pair.codebooks]
    if not any(item.asked_scale for item in items):
        return
    asked = [_asked(item, book) for item, book in zip(items, pair.codebooks, strict=True)]
    spans = [None if scale is None else (scale.low, scale.high) for scale in asked]
    if spans[0] == spans[1] or spans[0] is None or spans[1] is None:
        return
    texts = [f"{low:g} to {high:g}" for low, high in (spans[0], spans[1])]
    moved = [
        f"asked on {text} and moved to {_own(item, book)} in {wave!r}"
        for item, text, book, wave in zip(items, texts, pair.codebooks, (pair.base, pair.current), strict=True)
        if item.asked_scale
    ]
    size = (spans[1][1] - spans[1][0]) - (spans[0][1] - spans[0][0])
    advice = f"The item was {' and '.join(moved)}, ends to ends; longer scales draw other answers, so that part of a change may be the scale's."
    yield Finding("scale", name, texts[0], texts[1], float(size), _ENDS, np.nan, "serious" if name in pair.items else "minor", advice)


def _own(item: Item, book: Codebook) -> str:
    scale = book.scales[str(item.scale)].scale
    return f"{scale.low:g} to {scale.high:g}"


def _listed(item: Item) -> str:
    """The recoded codes of an item, the first ones."""
    pairs = [f"{spelled(code)} = {spelled(new)}" for code, new in item.recode.items()]
    more = f" and {quantity(len(pairs) - _LISTED, 'code')} more" if len(pairs) > _LISTED else ""
    return ", ".join(pairs[:_LISTED]) + more
