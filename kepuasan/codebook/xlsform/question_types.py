"""The types of questions in an XLSForm, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kepuasan.codebook.parts import ItemType, Role

__all__ = ["TYPE_NAMES", "Asked", "asked"]

#: what the cells of plain questions hold
_KINDS: dict[str, ItemType] = {
    **dict.fromkeys(("integer", "int", "decimal", "range", "number", "numeric", "angka", "bilangan"), "number"),
    **dict.fromkeys(("text", "string", "teks", "barcode", "acknowledge", "trigger", "caseid"), "text"),
    **dict.fromkeys(("geopoint", "geotrace", "geoshape", "start-geopoint"), "text"),
    **dict.fromkeys(("image", "photo", "audio", "background-audio", "video", "file"), "text"),
    **dict.fromkeys(("username", "enumerator", "deviceid", "device id", "subscriberid", "subscriber id", "simserial", "sim serial", "imei"), "text"),
    **dict.fromkeys(("phonenumber", "phone number", "email"), "text"),
    **dict.fromkeys(("date", "today", "tanggal"), "date"),
    **dict.fromkeys(("datetime", "date time", "start", "end"), "datetime"),
    **dict.fromkeys(("time", "waktu"), "time"),
}
#: those that tell who or where a respondent is
_PERSONAL = frozenset(
    {"geopoint", "geotrace", "geoshape", "start-geopoint", "username", "phonenumber", "phone number", "email", "subscriberid", "subscriber id"}
)
#: those whose cells tell by themselves what they hold
_CALCULATED = ("calculate", "calculate here", "hidden")
#: those that are no column of the data, or one that no analysis reads
_NONE = (
    *("note", "audit", "csv-external", "xml-external", "xml external", "csv external", "entity", "osm", "background-geopoint", "comments"),
    *("text audit", "audio audit", "speed violations", "speed violations count", "speed violations list", "speed violations audit"),
)
#: those of SurveyCTO that name a sensor after them
_SENSORS = ("sensor statistic ", "sensor stream ")
_GROUPS = {
    f"{verb} {name}": (verb, group)
    for verb in ("begin", "end")
    for name, group in (
        *(("group", "group"), ("repeat", "repeat"), ("lgroup", "repeat"), ("looped group", "repeat")),
        *(("score", "score"), ("rank", "rank"), ("kobomatrix", "kobomatrix")),
    )
}
#: questions of KoboToolbox whose list is that of their group
_ROWS = {"score row": "score", "rank level": "rank"}
_SELECTS = ("select one", "select multiple", "select1", "select all that apply")

TYPE_NAMES = ("select_one", "select_multiple", "rank", *_KINDS, *_CALCULATED, *_NONE, *(name.replace(" ", "_") for name in _GROUPS))

_CHOICE = re.compile(
    r"(?P<verb>select[ _]one|select1|select[ _]multiple|select[ _]all[ _]that[ _]apply|rank)(?:[ _]from)?\s+"
    r"(?P<list>.+?)(?P<other>\s+or[_ ](?:specify[_ ])?other)?",
    re.IGNORECASE | re.DOTALL,
)
_FROM_FILE = re.compile(r"select[ _](one|multiple)[ _](from[ _]file|external)\b.*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Asked:
    """What a cell of the column `type` says.

    Attributes
    ----------
    what : {"plain", "one", "multiple", "rank", "begin", "end", "row", "data", "none", "unknown"}
        "row": a question that takes its list from its group; "data": a column whose cells tell by themselves what they hold; "none": no column.
    kind : item type
        Of a plain question.
    list : str
        Of choices, as it is written; empty where none is named.
    other : bool
        Whether another answer may be written.
    group : {"", "group", "repeat", "score", "rank", "kobomatrix"}
    role : str, optional
    """

    what: str
    kind: ItemType = "text"
    list: str = ""
    other: bool = False
    group: str = ""
    role: Role | None = None


def asked(text: str) -> Asked:
    """What a type says.

    Examples
    --------
    >>> asked("select_one puas or_other").list, asked("begin_group").what, asked("int").kind, asked("dateTime").kind
    ('puas', 'begin', 'number', 'datetime')
    """
    plain = " ".join(text.casefold().replace("_", " ").split())
    if plain in _GROUPS:
        verb, group = _GROUPS[plain]
        return Asked(verb, group=group)
    if plain in _ROWS:
        return Asked("row", group=_ROWS[plain])
    if _FROM_FILE.fullmatch(text):
        return Asked("plain", "text")
    if plain in _SELECTS:
        return Asked("one" if plain in ("select one", "select1") else "multiple")
    choice = _CHOICE.fullmatch(text)
    if choice is not None:
        return _of_choices(choice)
    if plain in _CALCULATED:
        return Asked("data")
    if plain in _NONE or plain.startswith(_SENSORS) or text.lstrip().startswith("#"):
        return Asked("none")
    if plain in _KINDS:
        return Asked("plain", _KINDS[plain], role="personal" if plain in _PERSONAL else None)
    return Asked("unknown")


def _of_choices(choice: re.Match[str]) -> Asked:
    """What a type that names a list says; answers of another question, ``${name}``, are texts."""
    if choice["list"].startswith("${"):
        return Asked("plain", "text")
    verb = choice["verb"].casefold().replace("_", " ")
    what = "rank" if verb == "rank" else "one" if verb in ("select one", "select1") else "multiple"
    return Asked(what, list=choice["list"].strip(), other=choice["other"] is not None)
