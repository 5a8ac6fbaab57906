"""How data files have the answers: read from TOML, and every contradiction refused with its key."""

import pytest

from kepuasan.codebook import AnswerScale, Codebook, Item, Multiple
from kepuasan.errors import CodebookError
from kepuasan.scales import Scale

HEAD = """
[scales.puas4]
low = 1
high = 4
labels = {1 = "Tidak puas", 4 = "Puas"}
spellings = {4 = ["oke", "sip"]}
[scales.sepuluh]
low = 1
high = 10
[items.y]
[items.t]
type = "text"
[items.x]
"""


def read(tmp_path, text):
    path = tmp_path / "book.toml"
    path.write_text(text, encoding="utf-8")
    return Codebook.read(path)


def refused(tmp_path, text):
    with pytest.raises(CodebookError) as caught:
        read(tmp_path, text)
    return str(caught.value)


def test_how_files_have_an_item_is_read(tmp_path):
    lines = """
scale = "puas4"
asked_scale = "sepuluh"
column = "Q1"
recode = {A1 = 1, 5 = 2, "2.5" = 3, 01 = 4}
spellings = {10 = "SP", 1 = ["TP", "tdk"]}
role = "personal"
guessed = ["scale", "label"]
[multiples.kanal]
label = "Saluran"
items = {sms = "y", 2 = "t"}
counted = "Y"
joined = "kanal"
separator = ", "
[multiples.sebut]
items = [["1", "y"], [1, "t"]]
mentions = true
"""
    book = read(tmp_path, HEAD + lines)
    x = book.items["x"]
    assert (x.asked_scale, x.column, x.role, x.guessed) == ("sepuluh", "Q1", "personal", ("scale", "label"))
    assert x.recode == {"A1": 1, 5: 2, 2.5: 3, "01": 4}
    assert x.spellings == {10: ("SP",), 1: ("TP", "tdk")}
    assert book.scales["puas4"].spellings == {4: ("oke", "sip")}
    assert book.multiples["kanal"] == Multiple("kanal", "Saluran", {"sms": "y", 2: "t"}, "Y", "kanal", ", ")
    assert book.multiples["sebut"] == Multiple("sebut", "sebut", {"1": "y", 1: "t"}, None)


MULTIPLE = "[multiples.m]\n"
CONTRADICTIONS = {
    "column": ('column = " "', "items.x.column: is empty; give the name of a column"),
    "two of one column": ('column = "y"', "items.x.column: the column 'y' is that of item 'y' already; a column has one item"),
    "column type": ("column = 3", "items.x.column: is 3; it must be a text"),
    "recode off": ('scale = "puas4"\nrecode = {1 = 5}', "items.x.recode: 5 lie off the scale 'puas4', 1 to 4, and are no missing codes"),
    "recode text": ('recode = {1 = "A"}', "items.x.recode: 'A' cannot be codes of an item of type number; recode to finite numbers"),
    "recode tag": ('recode = {1 = ".a"}', "items.x.recode: '.a' cannot be codes of an item of type number"),
    "recode number": ('type = "text"\nrecode = {1 = 2}', "items.x.recode: 2 cannot be codes of an item of type text; recode to texts"),
    "recode infinite": ("recode = [[1, inf]]", "items.x.recode.1: is inf; give the code that it stands for"),
    "recode key": ("recode = [[true, 1]]", "items.x.recode: is [[True, 1]]; give a table such as {A1 = 1}, or pairs"),
    "recode twice": ('recode = {1 = 2, "1.0" = 3}', "items.x.recode: the code 1 stands there twice"),
    "recode value": ("recode = {1 = [2]}", "items.x.recode.1: is [2]; give the code that it stands for"),
    "asked unknown": (
        'scale = "puas4"\nasked_scale = "spuluh"',
        "items.x.asked_scale: 'spuluh' is not declared under scales; did you mean 'sepuluh'?",
    ),
    "asked alone": (
        'asked_scale = "sepuluh"',
        "items.x.asked_scale: answers on 'sepuluh' are moved to the item's scale, but it has none; give scale as well",
    ),
    "asked same": ('scale = "puas4"\nasked_scale = "puas4"', "items.x.asked_scale: is 'puas4', the item's own scale; leave asked_scale out"),
    "asked missing": (
        'scale = "puas4"\nasked_scale = "sepuluh"\nmissing = [9]',
        "items.x.missing: 9 lie on the scale 'sepuluh' on which it was asked",
    ),
    "asked range": (
        'scale = "puas4"\nasked_scale = "sepuluh"\nmissing_range = [[9, 99]]',
        "items.x.missing_range: 9 to 99 overlaps the scale 'sepuluh' on which it was asked, 1 to 10",
    ),
    "spelled nothing": ('values = {1 = "a"}\nspellings = {2 = "b"}', "items.x.spellings: 2 are no answers and no missing codes of the item"),
    "spelled own scale": ('scale = "puas4"\nspellings = {7 = "b"}', "items.x.spellings: 7 are no answers and no missing codes of the item"),
    "spelled twice": (
        'scale = "puas4"\nspellings = {1 = "TP", 2 = " tp. "}',
        "items.x.spellings: 'TP' stands for 1, 2; a spelling belongs to one code",
    ),
    "spelled as label": ('scale = "puas4"\nspellings = {1 = "puas"}', "items.x.spellings: 'puas' stands for 1, 4; a spelling belongs to one code"),
    "spelled as code": ('scale = "puas4"\nspellings = {1 = "4"}', "items.x.spellings: '4' stands for 1, 4; a spelling belongs to one code"),
    "spelled as missing": ('missing = {9 = "TT"}\nvalues = {1 = "a"}\nspellings = {1 = "tt"}', "items.x.spellings: 'tt' stands for 1, 9"),
    "spelled against scale": ('scale = "puas4"\nspellings = {1 = "SIP"}', "items.x.spellings: 'SIP' stands for 1, 4"),
    "spelled empty": ('scale = "puas4"\nspellings = {1 = ["", "a"]}', "items.x.spellings: 1 has ''; list the texts that stand for it"),
    "spelled none": ('scale = "puas4"\nspellings = {1 = []}', "items.x.spellings: 1 has no texts"),
    "spelled number": ('scale = "puas4"\nspellings = {1 = 5}', "items.x.spellings.1: is 5; list its spellings as texts"),
    "role": ('role = "identifer"', "items.x.role: is 'identifer'; did you mean 'identifier'?; choose one of identifier, personal"),
    "guessed": ('guessed = ["scael"]', "items.x.guessed: 'scael' is no attribute of an item; did you mean 'scale'?"),
    "guessed type": ('guessed = "scale"', "items.x.guessed: is 'scale'; list names of attributes as texts"),
    "scale spelled off": ('[scales.z]\nlow = 1\nhigh = 2\nspellings = {3 = "a"}', "scales.z.spellings: 3 lie off the scale 1 to 2"),
    "scale spelled twice": ('[scales.z]\nlow = 1\nhigh = 2\nspellings = {1 = "a", 2 = "A!"}', "scales.z.spellings: 'a' stands for 1, 2"),
    "multiple empty": (MULTIPLE, "multiples.m.items: is empty; name the item of each option"),
    "multiple item": (MULTIPLE + 'items = {a = "yy"}', "multiples.m.items: 'yy' is not an item"),
    "multiple shared": (MULTIPLE + 'items = {a = "y", b = "y"}', "multiples.m.items: 'y' stand for two options; give each option an item of its own"),
    "multiples shared": (
        MULTIPLE + 'items = {a = "y"}\njoined = "m"\n[multiples.n]\nitems = {a = "y"}\njoined = "n"',
        "multiples.n.items: 'y' belong to 'm' already; an item is for one option of one question",
    ),
    "multiples of one column": (
        MULTIPLE + 'items = {a = "y"}\njoined = "m"\n[multiples.n]\nitems = {a = "t"}\njoined = "m"',
        "multiples.n.joined: the column 'm' is that of 'm' already; a column holds one question",
    ),
    "multiple joined": (MULTIPLE + 'items = {a = "y"}\njoined = "y"', "multiples.m.joined: the column 'y' is that of one of its items"),
    "multiple joined empty": (MULTIPLE + 'items = {a = "y"}\njoined = ""', "multiples.m.joined: is empty; name the column"),
    "multiple separator": (MULTIPLE + 'items = {a = "y"}\nseparator = ""', "multiples.m.separator: is empty; give what stands between options"),
    "multiple counted": (
        MULTIPLE + 'items = {a = "y"}\ncounted = true',
        "multiples.m.counted: is True; give the code that says that an option was chosen",
    ),
    "multiple counted infinite": (MULTIPLE + 'items = {a = "y"}\ncounted = inf', "multiples.m.items: inf are no codes; give finite numbers or texts"),
    "multiple mentions": (MULTIPLE + 'items = {a = "y"}\ncounted = 1\nmentions = true', "multiples.m.counted: is given beside mentions = true"),
    "multiple option": (MULTIPLE + "items = {a = 1}", "multiples.m.items.a: is 1; give the name of an item"),
    "multiple key": (MULTIPLE + "itmes = {}", "multiples.m.itmes: is not known; did you mean 'items'?"),
}


@pytest.mark.parametrize("which", CONTRADICTIONS)
def test_a_contradiction_is_refused_with_its_key_and_remedy(tmp_path, which):
    lines, message = CONTRADICTIONS[which]
    assert message in refused(tmp_path, HEAD + lines)


def test_a_contradiction_is_named_once_where_its_scale_has_it_too(tmp_path):
    message = refused(tmp_path, HEAD.replace('"sip"', '"tidak puas"') + 'scale = "puas4"\n')
    assert message == "codebook book.toml: scales.puas4.spellings: 'tidak puas' stands for 4, 1; a spelling belongs to one code"


def test_a_broken_scale_is_not_reported_again_where_it_was_asked(tmp_path):
    text = "[scales.s]\nlow = 4\nhigh = 1\n[scales.r]\nlow = 1\nhigh = 4\n"
    text += '[items.x]\nscale = "r"\nasked_scale = "s"\n[items.z]\nscale = "s"\nasked_scale = "r"\n'
    assert refused(tmp_path, text).startswith("codebook book.toml: scales.s: a scale runs from low to high")


def test_labels_that_are_alike_and_sets_that_share_columns_of_a_statistical_file_are_no_contradiction():
    items = {name: Item(name, values={1: "Ya", 2: "ya"}) for name in "ab"}
    sets = {name: Multiple(name, name, {1: "a", 2: "b"}) for name in ("semua", "sebagian")}
    assert list(Codebook(items, multiples=sets).multiples) == ["semua", "sebagian"]


def test_two_items_may_swap_their_columns():
    book = Codebook({"a": Item("a", column="b"), "b": Item("b", column="a")})
    assert book.item("a").column == "b"


def test_codes_that_no_computer_calculates_with_are_refused_not_stumbled_over(tmp_path):
    huge = "1" * 500
    assert "no finite numbers" in refused(tmp_path, f'[items.x]\ntype = "number"\nvalues = {{{huge} = "a"}}\n')
    assert "is not given" not in refused(tmp_path, f"[scales.s]\nlow = 1\nhigh = {huge}\n[items.x]\n")
    assert "no TOML" in refused(tmp_path, "[items.x]\nvalues = " + "[" * 100_000)
    assert Codebook({"x": Item("x", values={10**30: "a"})}).items["x"].values


def test_a_question_listed_under_another_name_is_refused():
    with pytest.raises(CodebookError, match="the question listed as 'a' is named 'b'"):
        Codebook({"x": Item("x")}, multiples={"a": Multiple("b", "B", {1: "x"})})


# ---------------------------------------------------------------- two codebooks


def test_how_each_wave_has_its_answers_does_not_make_waves_disagree():
    scales = {"s": AnswerScale("s", Scale(1, 4), spellings={4: ("SP",)}), "ten": AnswerScale("ten", Scale(1, 10))}
    one = Codebook({"a": Item("a", scale="s"), "id": Item("id", column="Q9", role="identifier")}, scales)
    asked = Item("a", scale="s", column="Q1", recode={11: 10}, asked_scale="ten", spellings={10: ("baik",)}, guessed=("scale",))
    two = Codebook({"a": asked, "id": Item("id", column="Q9")}, {**scales, "s": AnswerScale("s", Scale(1, 4))})
    for both in (one.merged(two), two.merged(one)):
        assert both.items["a"] == Item("a", scale="s")
        assert both.items["id"] == Item("id", column="Q9", role="identifier")
        assert both.scales["s"].spellings == {}
    assert two.merged(two) == two


def test_columns_of_two_waves_that_would_fall_together_are_left_out():
    one = Codebook({"a": Item("a", column="q"), "b": Item("b", column="z")})
    two = Codebook({"a": Item("a", column="q"), "q": Item("q", column="y")})
    assert [item.column for item in one.merged(two).items.values()] == [None, None, None]


def test_questions_with_several_answers_have_the_options_of_both_waves():
    items = {name: Item(name) for name in ("sms", "web", "wa")}
    one = Codebook(items, multiples={"m": Multiple("m", "Saluran", {"sms": "sms", "web": "web"}, joined="m")})
    two = Codebook(items, multiples={"m": Multiple("m", "Kanal", {"sms": "sms", "wa": "wa"}), "n": Multiple("n", "N", {1: "web"})})
    both = one.merged(two)
    assert both.multiples["m"] == Multiple("m", "Saluran", {"sms": "sms", "web": "web", "wa": "wa"}, joined="m")
    assert list(both.multiples) == ["m", "n"]
    assert both.with_items([Item("baru")]).multiples == both.multiples


def test_waves_that_give_an_option_different_items_are_refused():
    items = {name: Item(name) for name in ("a", "b")}
    one = Codebook(items, multiples={"m": Multiple("m", "M", {1: "a"})})
    two = Codebook(items, multiples={"m": Multiple("m", "M", {1: "b"}, counted=2)})
    with pytest.raises(CodebookError, match="multiples.m.items.1: 'b' there, 'a' before") as caught:
        one.merged(two)
    assert "multiples.m.counted: 2 there, 1 before" in str(caught.value)
