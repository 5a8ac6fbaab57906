"""The questionnaire of the current wave, and what other waves asked otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from kepuasan.codebook.roles import is_made_by_form
from kepuasan.display.numbers import NONE
from kepuasan.report.document import Absent, Paragraph, Section, Table
from kepuasan.report.parts.differences import called, listed
from kepuasan.report.parts.wordings import answers_of, differences_between, missing_of, question_of, tells_person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kepuasan.codebook import Codebook
    from kepuasan.report.document import Block
    from kepuasan.report.findings import ResultTree
    from kepuasan.report.voice import Voice

__all__ = ["questionnaire_part"]

#: items that are not part of the index and named, at most
_MOST = 30


def questionnaire_part(results: ResultTree, voice: Voice) -> Section | Absent:
    """The items of the index by dimension, then other items the report uses, what else was asked, and what other waves asked otherwise."""
    heading, book = voice.say("heading.questionnaire"), _book(results)
    items = _by_dimension([item for item in results.spec.items if item in book.items], book)
    if not items:
        return Absent("questionnaire", heading, voice.say("absent.questionnaire"))
    used = _used(results, book)
    blocks: list[Block] = [*_items(results, book, items, voice)]
    if used:
        caption = voice.say("caption.questionnaire.other", current=results.current)
        blocks.append(_table(book, ("questionnaire_other", caption), used, ("question", "answers", "missing"), voice))
    rest = [name for name in _asked(results, book) if name not in {*items, *used}]
    if rest:
        key = "questionnaire.rest.more" if len(rest) > _MOST else "questionnaire.rest"
        names = listed(_label(book, name, voice) for name in rest[:_MOST])
        blocks.append(Paragraph(voice.say(key, names=names, count=voice.whole(len(rest) - _MOST)), "small"))
    return Section("questionnaire", heading, (*blocks, *_other_waves(results, book, [*items, *used], voice)))


# ---------------------------------------------------------------- which items


def _book(results: ResultTree) -> Codebook:
    """The codebook of the current wave."""
    return results.wave_codebooks.get(results.current, results.codebook)


def _asked(results: ResultTree, book: Codebook) -> list[str]:
    """Items that were asked: neither of the design, nor noted by the form, nor telling a person."""
    design = results.design.declaration.all_columns()
    return [name for name, item in book.items.items() if name not in design and not is_made_by_form(item) and not tells_person(item)]


def _used(results: ResultTree, book: Codebook) -> list[str]:
    """Items that the report uses besides those of the index."""
    request = results.request
    ranked = [item for members in request.ranked.values() for item in members] if isinstance(request.ranked, Mapping) else list(request.ranked or ())
    columns = [request.outcome, *ranked, *request.domains, request.league, request.provinces]
    asked = set(_asked(results, book)) - set(results.spec.items)
    return [name for name in dict.fromkeys(columns) if name is not None and name in asked]


def _by_dimension(items: Sequence[str], book: Codebook) -> list[str]:
    """Items with those of a dimension together, dimensions in the order in which they first come."""
    order = {name: place for place, name in enumerate(dict.fromkeys(book.items[item].dimension for item in items))}
    return sorted(items, key=lambda item: order[book.items[item].dimension])


def _label(book: Codebook, item: str, voice: Voice) -> str:
    return called(item, {item: book.label(item, voice.language)})


# ---------------------------------------------------------------- tables


def _items(results: ResultTree, book: Codebook, items: Sequence[str], voice: Voice) -> list[Block]:
    """The items of the index; what all have in common stands above their table."""
    blocks: list[Block] = []
    columns = ["dimension"] if any(book.items[item].dimension for item in items) else []
    columns += ["question"] if any(question_of(book, item, voice) for item in items) else []
    for name, texts in (
        ("answers", {answers_of(book, item, voice) for item in items}),
        ("missing", {missing_of(book, item, voice) for item in items}),
    ):
        if len(texts) > 1 or len(items) == 1:
            columns.append(name)
        elif texts == {""}:
            blocks.append(Paragraph(voice.say("questionnaire.no_missing")))
        else:
            blocks.append(Paragraph(voice.say(f"questionnaire.same_{name}", **{name: texts.pop()})))
    caption = voice.say("caption.questionnaire", current=results.current)
    return [*blocks, _table(book, ("questionnaire", caption), items, columns, voice)]


def _table(book: Codebook, called_as: tuple[str, str], items: Sequence[str], columns: Sequence[str], voice: Voice) -> Table:
    """A row each item; the tidy frame has everything of each."""
    full = [_everything(book, item, voice) for item in items]
    unworded = [one["label"] for one in full if not one["question"]]
    notes = (voice.say("questionnaire.label", names=listed(unworded)),) if unworded else ()
    before = ["dimension"] if "dimension" in columns else []
    shown = [*before, "label", *(name for name in columns if name not in before)]
    heads = {"label": voice.headers("item")[0], "dimension": voice.headers("dimension")[0]}
    header = tuple(heads.get(name) or voice.say(f"head.{name}") for name in shown)
    rows = tuple(tuple(one[name] or NONE for name in shown) for one in full)
    frame = pd.DataFrame([{"item": item, **one} for item, one in zip(items, full, strict=True)])
    return Table(*called_as, header, rows, frame=frame, heads=1 + len(before), notes=notes, text=tuple(range(len(shown))))


def _everything(book: Codebook, item: str, voice: Voice) -> dict[str, str]:
    """What is said of an item."""
    dimension = book.items[item].dimension
    return {
        "dimension": ""
        if dimension is None
        else called(dimension, {dimension: book.dimensions[dimension][voice.language]} if dimension in book.dimensions else {}),
        "label": _label(book, item, voice),
        "question": question_of(book, item, voice),
        "answers": answers_of(book, item, voice),
        "missing": missing_of(book, item, voice),
    }


# ---------------------------------------------------------------- other waves


def _other_waves(results: ResultTree, book: Codebook, items: Sequence[str], voice: Voice) -> list[Block]:
    """What other waves asked otherwise."""
    others = [wave for wave in results.request.waves if wave != results.current]
    if not others:
        return []
    known = [wave for wave in others if wave in results.wave_codebooks]
    rows = []
    for item in items:
        for wave in known:
            found = differences_between(book, results.wave_codebooks[wave], item, voice)
            if found:
                rows.append({"item": item, "label": _label(book, item, voice), "wave": wave, "differs": listed(found)})
    blocks: list[Block] = []
    if rows:
        header = (*voice.headers("item", "wave"), voice.say("head.differs"))
        cells = tuple((row["label"], row["wave"], row["differs"]) for row in rows)
        caption = voice.say("caption.questionnaire.differences", current=results.current)
        blocks.append(Table("questionnaire_differences", caption, header, cells, frame=pd.DataFrame(rows), heads=2, text=(0, 1, 2)))
    elif known:
        blocks.append(Paragraph(voice.say("questionnaire.alike")))
    for wave in known:
        only = [name for name in _asked(results, results.wave_codebooks[wave]) if name not in book.items]
        if only:
            names = listed(_label(results.wave_codebooks[wave], name, voice) for name in only[:_MOST])
            key = "questionnaire.only.more" if len(only) > _MOST else "questionnaire.only"
            values = {"wave": wave, "current": results.current, "names": names, "count": voice.whole(len(only) - _MOST)}
            blocks.append(Paragraph(voice.say(key, **values), "small"))
    unknown = [wave for wave in others if wave not in known]
    return [*blocks, Paragraph(voice.say("questionnaire.unknown", waves=listed(unknown)), "small")] if unknown else blocks
