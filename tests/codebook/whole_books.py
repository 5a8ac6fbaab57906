"""Whole codebooks for Hypothesis: every type, odd codes and labels, every field."""

import numpy as np
from hypothesis import reject
from hypothesis import strategies as st

from kepuasan.codebook import AnswerScale, Codebook, Driver, Item, Multiple
from kepuasan.errors import CodebookError
from kepuasan.scales import Scale

#: texts that a spreadsheet or a careless reader would change
ODD = [
    *(
        "",
        " ",
        "\n",
        '"',
        '""',
        '"a"',
        "=1+1",
        "+62",
        "-",
        "@a",
        "  di depan",
        "di belakang ",
        "a\nb",
        "a\r\nb",
        "a\tb",
        "1",
        "1.0",
        "01",
        "1e5",
        "TRUE",
        "no",
        "-",
    ),
    *(
        "2026-05-14",
        "12:30",
        "8 9",
        "9=Menolak",
        "1-4",
        "a;b",
        "a, b",
        "a=b",
        "a|b",
        "Puas 😀",
        "e\u0301",
        "\u00a0",
        "#N/A",
        "#REF!",
        "_x0041_",
        "inf",
        ".a",
        "any",
    ),
    *("or_other", "select_one x", "'x", "a.b", "[a]", "a/b", "\u2028", "\x85", "<&>", "${x}", "\ufeff"),
]
ALLOWED = st.characters(exclude_categories=("Cs",), exclude_characters="".join(map(chr, (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))))
WORDS = st.sampled_from([*ODD, "panjang sekali, " * 70]) | st.text(ALLOWED, max_size=6)
NAMES = st.sampled_from([one for one in ODD if one.strip()]) | st.text(ALLOWED, min_size=1, max_size=5).filter(lambda text: text.strip() != "")
LABELS = st.one_of(WORDS.map(lambda text: {"id": text, "en": text}), st.fixed_dictionaries({"id": WORDS, "en": WORDS}))
NUMBERS = st.one_of(st.integers(-12, 99), st.integers(-(2**70), 2**70), st.floats(allow_nan=False, allow_infinity=False))
TAGS = st.sampled_from([".a", ".z", "._"])
CODES = NUMBERS | WORDS
#: texts that differ wherever texts are compared
SPELLED = [f"ejaan {letter}" for letter in "abcdefgh"]


def _spellings(draw, codes):
    """Spellings of some codes, no two alike."""
    texts = iter(draw(st.permutations(SPELLED)))
    return (
        {code: tuple(next(texts) for _ in range(draw(st.integers(1, 2)))) for code in draw(st.lists(st.sampled_from(codes), unique=True, max_size=3))}
        if codes
        else {}
    )


@st.composite
def scales(draw, name):
    low, high = sorted(draw(st.lists(st.integers(-3, 12) | st.floats(-9, 9).map(float), min_size=2, max_size=2, unique=True)))
    whole = isinstance(low, int) and isinstance(high, int)
    labelled = draw(st.sampled_from([(), (low, high), tuple(range(low, high + 1)) if whole else (low,)]))
    codes = draw(st.sampled_from([None, tuple(range(low, high + 1)) if whole else None, (low, high)]))
    if codes is not None:
        labelled = tuple(code for code in labelled if code in codes)
    return AnswerScale(name, Scale(low, high, codes), {code: draw(LABELS) for code in labelled}, _spellings(draw, codes or (low, high)))


@st.composite
def plain_items(draw, name):
    kind = draw(st.sampled_from(["number", "text", "date", "datetime", "time"]))
    codes = draw(st.lists(WORDS if kind == "text" else NUMBERS if kind != "number" else NUMBERS | TAGS, unique=True, max_size=4))
    split = draw(st.integers(0, len(codes)))
    low, high = draw(st.sampled_from([(-np.inf, -1e305), (1e305, np.inf), (-1e300, -9.5e299), (1e300, 1.5e300)]))
    within = [code for code in codes if kind == "number" and not isinstance(code, str) and low <= code <= high]
    values = {code: draw(LABELS) for code in codes[:split] if code not in within}
    targets = WORDS if kind == "text" else NUMBERS
    return Item(
        name,
        draw(LABELS),
        kind,
        values,
        {code: draw(LABELS) for code in codes[split:]},
        ((low, high),) if kind == "number" and draw(st.booleans()) else (),
        dimension=draw(st.sampled_from([None, "d"])),
        reverse=draw(st.booleans()),
        question=draw(st.none() | LABELS),
        recode=draw(st.dictionaries(CODES, targets, max_size=3)),
        spellings=_spellings(draw, list(values)),
        **draw(about_files()),
    )


@st.composite
def about_files(draw):
    guessed = ("label", "type", "values", "missing", "missing_ranges", "scale", "role", "spellings")
    return {
        "column": draw(st.none() | NAMES),
        "role": draw(st.sampled_from([None, None, "identifier", "personal"])),
        "guessed": tuple(draw(st.lists(st.sampled_from(guessed), unique=True, max_size=3))),
    }


@st.composite
def scaled_items(draw, name, answers, asked):
    scale = draw(st.sampled_from(list(answers)))
    own = answers[scale]
    values = draw(st.sampled_from([dict(own.labels), {}, {own.scale.low: draw(LABELS)}, dict(reversed(own.labels.items()))]))
    where = draw(st.sampled_from([None, asked]))
    return Item(
        name,
        draw(LABELS),
        values=values,
        missing={code: draw(LABELS) for code in draw(st.lists(st.sampled_from([88, 99, 98.5, ".a"]), unique=True, max_size=2))},
        missing_ranges=draw(st.sampled_from([(), ((900, np.inf), (-99, -90.5))])),
        scale=scale,
        reverse=draw(st.booleans()),
        dimension=draw(st.sampled_from([None, "d"])),
        recode=draw(st.dictionaries(CODES, st.sampled_from([1, 10]) if where else st.just(own.scale.low), max_size=2)),
        asked_scale=where,
        spellings=_spellings(draw, [1, 10] if where else [own.scale.low]) if not own.spellings else {},
        **draw(about_files()),
    )


@st.composite
def multiples(draw, name, items):
    chosen = draw(st.lists(st.sampled_from(items), unique=True, min_size=1, max_size=4))
    options = draw(st.lists(CODES, unique=True, min_size=len(chosen), max_size=len(chosen)))
    counted = draw(st.sampled_from([1, 1, 2, "Y", "1", "", None, 1.5, ".a"]))
    joined = draw(st.none() | NAMES)
    return Multiple(
        name, draw(LABELS), dict(zip(options, chosen, strict=True)), counted, joined, draw(st.sampled_from([" ", ", ", ";", "\n", "ab", '"']))
    )


SCALARS = st.one_of(st.integers(-5, 5), st.floats(allow_nan=False), WORDS, st.booleans())
TABLES = st.dictionaries(NAMES, SCALARS | st.lists(SCALARS, min_size=1, max_size=3), min_size=1, max_size=3)


@st.composite
def indexes(draw, items):
    members = draw(st.lists(st.sampled_from(items), unique=True, min_size=1, max_size=3))
    index = {"items": members}
    if draw(st.booleans()):
        index["weights"] = draw(st.just("equal") | st.dictionaries(st.sampled_from(members), st.floats(0.1, 1), min_size=1, max_size=3))
    for key, strategy in (
        ("dimensions", TABLES),
        ("top", st.integers(1, 3)),
        ("min_answered", st.floats(0, 1)),
        ("level", WORDS),
        ("scale", st.just([1, 4])),
    ):
        if draw(st.booleans()):
            index[key] = draw(strategy)
    return index


@st.composite
def designs(draw):
    design = {}
    for key in draw(st.lists(st.sampled_from(["weight", "strata", "psu", "fpc", "nest", "replicates"]), unique=True)):
        lists = st.lists(NAMES, min_size=1, max_size=3)
        strategy = {"weight": WORDS, "nest": st.booleans(), "replicates": TABLES}.get(key, NAMES | lists)
        design[key] = draw(strategy)
    return design


@st.composite
def drivers(draw, items):
    free = draw(st.permutations(items))
    cut = draw(st.integers(0, len(free)))
    parts = [part for part in (free[:cut], free[cut:]) if part]
    called = draw(st.lists(NAMES, unique=True, max_size=len(parts)))
    return {name: Driver(name, draw(LABELS), tuple(part)) for name, part in zip(called, parts, strict=False)}


@st.composite
def codebooks(draw):
    names = draw(st.lists(NAMES, unique=True, min_size=1, max_size=5))
    answers = {name: draw(scales(name)) for name in draw(st.lists(NAMES, unique=True, max_size=2))}
    asked = next(name for name in ("sepuluh", "sepuluh2", "sepuluh3") if name not in answers)
    declared = {**answers, asked: AnswerScale(asked, Scale(1, 10, (1, 10)), {1: draw(LABELS), 10: draw(LABELS)})} if answers else answers
    items = {}
    for name in names:
        scaled = answers and draw(st.booleans())
        items[name] = draw(scaled_items(name, answers, asked) if scaled else plain_items(name))
    try:
        return Codebook(
            items,
            declared,
            {"d": draw(LABELS), **draw(st.dictionaries(NAMES, LABELS, max_size=2))},
            draw(st.none() | indexes(names)),
            draw(drivers(names)),
            draw(st.none() | designs()),
            draw(WORDS),
            draw(WORDS),
            {name: draw(multiples(name, names)) for name in draw(st.lists(NAMES, unique=True, max_size=2))},
        )
    except CodebookError:
        reject()
