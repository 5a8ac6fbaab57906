"""The questions of an XLSForm as items: one a column of a respondent's row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from kepuasan.codebook.parts import ROLES, Code, Item, ItemType, Label, Multiple, Role, both
from kepuasan.codebook.xlsform.cells import Token, token_of
from kepuasan.codebook.xlsform.choices import Choices, choices_in
from kepuasan.codebook.xlsform.code_cells import in_files, missing_in
from kepuasan.codebook.xlsform.question_types import TYPE_NAMES, Asked, asked
from kepuasan.codebook.xlsform.rows import Row
from kepuasan.errors import nearest

__all__ = ["DESIGN_ROLES", "NO_LIST", "Form"]

DESIGN_ROLES = ("weight", "strata", "psu", "fpc")
#: in the column `list`: the item has no labels, not even those of its scale
NO_LIST = "-"

_CHOSEN: dict[Code, Label] = {0: {"id": "Tidak", "en": "No"}, 1: {"id": "Ya", "en": "Yes"}}
_OTHER: Label = {"id": "Lainnya", "en": "Other"}
_SPECIFY: Label = {"id": "Sebutkan lainnya", "en": "Specify other"}
#: where groups of KoboToolbox name the list of their questions, or of their rows
_LIST_COLUMNS = {"score": "kobo--score-choices", "rank": "kobo--rank-items", "kobomatrix": "kobo--matrix_list"}
#: appearances that take the choices from a file of data
_SEARCH = "search("


@dataclass(frozen=True)
class _Question:
    """A question: its row, what its type says, its name and label."""

    row: Row
    what: Asked
    name: str
    label: Label


@dataclass
class _Group:
    """A group that has begun: what it is, its name and row; of a matrix the questions, which are asked for each row of it."""

    what: str
    name: str
    row: Row
    questions: list[_Question] = field(default_factory=list)

    @property
    def listed(self) -> str:
        """The list of choices that the group names."""
        return self.row.name(_LIST_COLUMNS[self.what]) or ""


@dataclass
class Form:
    """Reads the rows of ``survey``, one after the other.

    Attributes
    ----------
    lists : mapping of name to Choices
    items, multiples : mapping
        What was read.
    rows : mapping of name to Row
        Where each item stands.
    scale_cells : mapping of item to cell
        What the column `scale` says.
    own_labels : set of str
        Items that have labels of their own, or none, and take none from their scale.
    roles : list of (role, item)
        Roles in the design and the index.
    repeats : list of str
        Questions that are asked repeatedly.
    """

    lists: Mapping[str, Choices]
    items: dict[str, Item] = field(default_factory=dict)
    multiples: dict[str, Multiple] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    scale_cells: dict[str, Any] = field(default_factory=dict)
    own_labels: set[str] = field(default_factory=set)
    roles: list[tuple[str, str]] = field(default_factory=list)
    repeats: list[str] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=list)

    def read(self, rows: Iterable[Row]) -> None:
        """Read all rows."""
        for row in rows:
            kind, name = row.name("type"), row.name("name")
            if row.truth("disabled") or (kind is None and name is None):
                continue
            if kind is None and "type" in row.cells and row.name("values") is None:
                row.say(f"is empty; say what {name!r} holds, such as integer, text or select_one LIST", "type")
            else:
                self._one(row, _asked(row, kind), kind or "", name)
        for group in self.groups[-1:]:
            group.row.say(f"the {group.what} {group.name!r} has no end; add a row with the type end_{group.what}", "type")

    def _one(self, row: Row, what: Asked, kind: str, name: str | None) -> None:
        """Read a row."""
        if what.what == "begin":
            self._begin(row, what.group, name or "")
        elif what.what == "end":
            self._end(row, what.group)
        elif what.what == "unknown":
            known = "integer, decimal, text, date, select_one LIST, select_multiple LIST ..."
            row.say(f"{kind!r} is no type of question{nearest(kind, TYPE_NAMES)}; write {known}", "type")
        elif what.what == "row" and (not self.groups or self.groups[-1].what != what.group):
            row.say(f"{kind!r} stands in no {what.group}; add a row with the type begin_{what.group} above", "type")
        elif what.what != "none" and name is None:
            row.say(f"is empty; give the question of type {kind} a name", "name")
        elif name is not None and what.what != "none":
            what = self._of_group(self.groups[-1]) if what.what == "row" else what
            self._asked_once(_Question(row, what, name, row.label() or both(name)))

    def _asked_once(self, question: _Question) -> None:
        """Keep a question, unless it is asked repeatedly, is calculated and used nowhere, or waits for the rows of its matrix."""
        if any(group.what == "repeat" for group in self.groups):
            self.repeats.append(question.name)
        elif self.groups and self.groups[-1].what == "kobomatrix":
            self.groups[-1].questions.append(question)
        elif question.what.what != "data" or _used(question.row):
            path = self._path(question.name)
            if path in self.rows or path in self.multiples:
                question.row.say(f"{path!r} stands there twice; give each question a name of its own", "name")
            else:
                self._keep(replace(question, name=path))

    def _path(self, name: str) -> str:
        """The name; with its groups where another question, in another group, has the same."""
        if name not in self.rows and name not in self.multiples:
            return name
        return "/".join([*(group.name for group in self.groups if group.name), name])

    # ------------------------------------------------------------ groups

    def _begin(self, row: Row, what: str, name: str) -> None:
        group = _Group(what, name, row)
        column = _LIST_COLUMNS.get(what)
        if column is not None and not group.listed:
            row.say(f"is empty; name the list of choices of the {what} {name!r}", column)
        elif column is not None and group.listed not in self.lists:
            row.say(f"there is no list {group.listed!r} in choices{nearest(group.listed, self.lists)}", column)
        self.groups.append(group)

    def _of_group(self, group: _Group) -> Asked:
        """What a row of a group asks that names the list for all of them."""
        return Asked("one", list=group.listed) if group.listed in self.lists else Asked("plain", "text")

    def _end(self, row: Row, what: str) -> None:
        if not self.groups or self.groups[-1].what != what:
            row.say(f"ends a {what} that was not begun; every begin_{what} has one end_{what}", "type")
            return
        group = self.groups.pop()
        choices = self.lists.get(group.listed, Choices()) if what == "kobomatrix" else Choices()
        for token, label in zip(choices.names, choices.labels, strict=True):
            for one in group.questions:
                self._asked_once(replace(one, name=f"{group.name}_{token.text}_{one.name}", label=_joined(label, one.label)))

    # ------------------------------------------------------------ questions

    def _keep(self, question: _Question) -> None:
        """The items of a question."""
        what, name, row = question.what, question.name, question.row
        choices = self._choices(row, what)
        if what.other and choices is not None:
            choices = _with_other(choices)
        self.rows[name] = row
        if what.what == "multiple" and choices is not None:
            self._keep_options(question, choices)
        elif what.what == "rank" or what.other:
            self._keep_item(question, "text", choices if what.other else None)
        else:
            self._keep_item(question, _kind(row, what, choices), choices)
        if what.other and choices is not None:
            self.items.setdefault(f"{name}_other", Item(f"{name}_other", _joined(question.label, _SPECIFY), "text"))
            self.rows.setdefault(f"{name}_other", row)

    def _choices(self, row: Row, what: Asked) -> Choices | None:
        """The list a question refers to by its type or the column `list`, or has itself in the column `values`."""
        listed, own = token_of(what.list) or row.token("list"), choices_in(row)
        if own is not None and listed is not None:
            row.say(f"are given beside the list {listed.text!r}; leave one of the two out", "values")
        if own is not None or (listed is not None and listed.text == NO_LIST and not listed.quoted):
            return own
        if listed is not None and listed.text in self.lists:
            return self.lists[listed.text]
        if listed is not None:
            row.say(f"there is no list {listed.text!r} in choices{nearest(listed.text, self.lists)}", "type" if what.list else "list")
        elif what.what in ("one", "multiple") and row.name("values") is None:
            row.say(f"names no list of choices; write such as select_one {next(iter(self.lists), 'puas')}", "type")
        return None

    def _keep_item(self, question: _Question, kind: ItemType, choices: Choices | None) -> None:
        row, name = question.row, question.name
        values = {} if choices is None else choices.labelled(kind, missing=False)
        missing = {} if choices is None else choices.labelled(kind, missing=True)
        named, ranges = missing_in(row, kind)
        missing |= {code: values.pop(code) if code in values and not any(label.values()) else label for code, label in named.items()}
        values = {code: label for code, label in values.items() if code not in named}
        spelled = {} if choices is None or choices.name == row.name("scale") else choices.spelled(kind)
        if choices is not None or row.name("list") == NO_LIST:
            self.own_labels.add(name)
        if row.cells.get("scale") is not None:
            self.scale_cells[name] = row.cells["scale"]
        self.items[name] = Item(
            name,
            question.label,
            kind,
            values,
            missing,
            ranges,
            reverse=row.truth("reverse"),
            dimension=row.name("dimension"),
            question=row.label("question"),
            role=self._role(question) or question.what.role,
            **in_files(row, kind, spelled),
        )

    def _keep_options(self, question: _Question, choices: Choices) -> None:
        """A question with several answers: an item of 0 and 1 an option; the 1 of a choice that is no answer is a missing code."""
        row, name, kind, role = question.row, question.name, choices.kind, self._role(question)
        items: dict[Code, str] = {}
        for token, text, gone in zip(choices.names, choices.labels, choices.missing, strict=True):
            item = f"{name}/{token.text}"
            items[token.of(kind)] = item
            label = _joined(question.label, {language: one or token.text for language, one in text.items()})
            answers = {code: said for code, said in _CHOSEN.items() if not (gone and code)}
            missing = {code: said for code, said in _CHOSEN.items() if code not in answers}
            self.items[item] = Item(item, label, "number", answers, missing, dimension=row.name("dimension"), role=role)
            self.rows[item] = row
        self.multiples[name] = Multiple(name, question.label, items, joined=row.name("column") or name)

    def _role(self, question: _Question) -> Role | None:
        found: Role | None = None
        for role in question.row.names("role", " ,;\n\r"):
            plain: Literal["identifier", "personal"] | None = next((one for one in ROLES if one == role.casefold()), None)
            if plain is not None:
                found = plain
            elif role.casefold() in (*DESIGN_ROLES, "index"):
                self.roles.append((role.casefold(), question.name))
            else:
                known = (*ROLES, *DESIGN_ROLES, "index")
                question.row.say(f"is {role!r}{nearest(role, known)}; choose of {', '.join(known)}", "role")
        return found


def _asked(row: Row, kind: str | None) -> Asked:
    """What a row asks: by its type; without one, an answer of those it lists itself, else a number."""
    if kind is None:
        return Asked("plain", "number") if row.name("values") is None and row.name("list") in (None, NO_LIST) else Asked("one")
    what = asked(kind)
    searched = what.what in ("one", "multiple") and _SEARCH in (row.text("appearance") or "")
    return Asked("plain", "text") if searched else what


def _used(row: Row) -> bool:
    """Whether our columns say something of a calculated column; what its cells hold is seen in the data otherwise."""
    return any(row.name(column) is not None for column in ("role", "scale", "list", "values", "dimension", "recode", "column", "missing"))


def _kind(row: Row, what: Asked, choices: Choices | None) -> ItemType:
    if what.what == "one":
        return "number" if choices is None or choices.kind == "number" else "text"
    if what.what == "data":
        return "number" if row.name("scale") or {"weight", "fpc", "index"} & set(row.names("role", " ,;")) else "text"
    return what.kind


def _with_other(choices: Choices) -> Choices:
    """A list with the answer that respondents write themselves."""
    if any(token.text == "other" for token in choices.names):
        return choices
    names, codes = [*choices.names, Token("other")], [*choices.codes, Token("other")]
    return replace(choices, names=names, codes=codes, labels=[*choices.labels, _OTHER], missing=[*choices.missing, False])


def _joined(one: Label, other: Label) -> Label:
    return {language: f"{text}: {other[language]}" for language, text in one.items()}
