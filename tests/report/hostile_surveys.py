"""Surveys whose labels, codes and names are as bad as they can be, and surveys of almost nothing."""

from functools import cache

import numpy as np
import pandas as pd

from kepuasan import Codebook, Design, IndexSpec, Survey, stack_waves
from kepuasan.codebook import AnswerScale, Driver, Item
from kepuasan.report import Against, Fieldwork, Group, Plan, ReportRequest, gather_results
from kepuasan.scales import Scale

TEXTS = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x","y")',
    "+cmd|' /C calc'!A0",
    "@SUM(1)",
    "-1+1",
    "x" * 300,
    "kata yang panjang " * 17,
    "\u0633\u0631\u0639\u0629 \u05e9\u05dc\u05d5\u05dd",
    "abc \u0631\u062f 12 \N{RIGHT-TO-LEFT OVERRIDE}gnp.exe",
    "\U0001f468\N{ZERO WIDTH JOINER}\U0001f469\N{ZERO WIDTH JOINER}\U0001f467 \U0001f44d\U0001f3fd",
    "a\nb\tc\r\nd",
    "nul\x00 bel\x07 esc\x1b[31m del\x7f",
    '#{typst} #import "x" *b* @ref <l> `r` // \\',
    "$math$ \\frac{1}{2} \\u{202e}",
    "{{ jinja }} {% raw %} %s {braces} ${x} [[wiki]]",
    "&lt; &amp; &#60; &nbsp; ]]> <!-- --> <?x?>",
    "100 % 5 %",
    "pneumonoultramikroskopissilikovulkanokoniosis/pneumonoultramikroskopissilikovulkanokoniosis",
    '\'apostrof "kutip" `balik`',
    "=1\t+1",
    "\x00=1+1",
    "\u202e =1+1",
    "\u2028garis\u2029alinea\ufeff\ufffe",
    "_x0041_ \u4e2d\u6587 \u0e01",
    "-- \u2212 \N{NO-BREAK SPACE}tepi\N{NO-BREAK SPACE}",
)
#: a half of a letter, which no column of texts can hold
HALF = "half\ud83d"
#: columns of the data
ITEMS = ("=q1 <b>", "q\n2", "q\"3'", "q`4", "q{5} %s", "q\x006 #set", "q7 [a](b)", "@q8 ]]>")
PLACE, WEIGHT, STRATUM, UNIT = "=place <i> [x]:*?/\\", "w&\"'", "+stratum\t", "u <i>{}"
WAVES = ('=HYPERLINK("http://x","y")', "<b>2022</b>\u202e")
SAME = "sama"


def told(kind, place):
    """A bad text that is told apart from all others by its end, in both languages."""
    return {language: f"{TEXTS[place % len(TEXTS)]} {kind}{place}" for language in ("id", "en")}


def codes():
    """Codes of the places: bad texts as well."""
    return [f"{text[:40]}{place}" for place, text in enumerate(TEXTS)]


@cache
def hostile_book():
    answers = AnswerScale("s<\n>", Scale(1, 4), labels={code: told("A", code) for code in range(1, 5)})
    items = {
        name: Item(name, told("I", at), scale="s<\n>", dimension=f"=d{at % 3}<>", question=told("Q", at), missing={9: told("M", at)})
        for at, name in enumerate(ITEMS)
    }
    items[ITEMS[1]] = Item(ITEMS[1], {"id": SAME, "en": SAME}, scale="s<\n>", dimension="=d1<>")
    items[ITEMS[2]] = Item(ITEMS[2], {"id": SAME, "en": SAME}, scale="s<\n>", dimension="=d2<>")
    items[PLACE] = Item(PLACE, told("P", 13), type="text", values={code: told("V", at) for at, code in enumerate(codes())})
    return Codebook(
        items,
        scales={"s<\n>": answers},
        dimensions={f"=d{at}<>": told("D", at + 1) for at in range(3)},
        index={"items": list(ITEMS)},
        drivers={f"=driver{at}": Driver(f"=driver{at}", told("F", at + 9), (ITEMS[at],)) for at in range(4)},
        source=TEXTS[0] + TEXTS[11],
        mode=TEXTS[1],
    )


def hostile_wave(seed):
    rng = np.random.default_rng(seed)
    rows = 32 * len(TEXTS)
    content = rng.normal(2.5, 0.8, rows)
    answers = {name: np.clip(np.round(content + rng.normal(0, 0.7, rows)), 1, 4).astype(int) for name in ITEMS}
    places = np.array(codes(), dtype=object)[np.arange(rows) % len(TEXTS)]
    more = {WEIGHT: rng.uniform(0.5, 2.0, rows).round(2), STRATUM: np.arange(rows) % 4, UNIT: np.arange(rows) % 64}
    return pd.DataFrame({PLACE: pd.Series(places, dtype=object), **more, **answers})


def stacked(**rest):
    design = Design(weight=WEIGHT, strata=STRATUM, psu=UNIT)
    return stack_waves({wave: Survey(hostile_wave(seed), hostile_book(), design) for seed, wave in enumerate(WAVES)})


@cache
def hostile_results():
    """Every part of the report there can be, of nothing but bad texts."""
    counts = {"I": 700, "P": 12, "R": 310, "NC": 402, "O": 15, "UH": 80, "UO": 25, "NE": 60}
    survey = stacked()
    request = ReportRequest(
        WAVES,
        title=told("T", 0),
        frame=PLACE,
        domains=(PLACE,),
        notes=(*(told("N", at) for at in range(len(TEXTS))), {"id": HALF, "en": HALF}),
        fieldwork={WAVES[1]: Fieldwork(counts, dates=told("W", 1), frame=told("W", 0), mode=told("W", 13))},
        league=PLACE,
        provinces=PLACE,
        outcome=ITEMS[0],
        ranked={told("R", at)["id"]: [ITEMS[at]] for at in range(1, 6)},
        groups=tuple(Group(told("G", at), f"`{UNIT}` < {20 + at}") for at in range(4)),
        against=Against(stacked(), told("O", 4), told("O", 8)),
        plan=tuple(Plan(ITEMS[at], told("K", at), told("K", at + 8), told("K", at + 16)) for at in range(8)),
        lowest=8,
    )
    return gather_results(survey, request, inputs={f"{TEXTS[0]}.csv": "00" * 32, TEXTS[1]: "11" * 32})


# ---------------------------------------------------------------- almost nothing


def answered(rows, same=False):
    """Answers to one question on a scale from 1 to 4."""
    return pd.DataFrame({"speed": np.full(rows, 3) if same else np.arange(rows) % 4 + 1})


def one_item(frame):
    return gather_results(Survey(frame), ReportRequest(("2022",), spec=IndexSpec(["speed"], scale=(1, 4))))


def one_stratum():
    waves = {wave: Survey(answered(80).assign(s="a"), design=Design(strata="s")) for wave in ("2020", "2022")}
    return gather_results(stack_waves(waves), ReportRequest(("2020", "2022"), spec=IndexSpec(["speed"], scale=(1, 4))))


def many_domains():
    frame = answered(60 * 32).assign(place=[f"Kabupaten dengan nama panjang {at % 60:02}" for at in range(60 * 32)])
    request = ReportRequest(("2022",), spec=IndexSpec(["speed"], scale=(1, 4)), domains=("place",), league="place", provinces="place")
    return gather_results(Survey(frame), request)
