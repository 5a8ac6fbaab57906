"""Text of TOML files: whatever the characters, what is read is what was written."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepuasan.cli.drafting.toml_text import toml_key, toml_remark, toml_value

HOSTILE = ['"', "\\", 'a"\nb = "c', "[x]", "a.b", "=1+1", "# no", "\x00\x1b", "\u2028", "  ", "", "ä é 中", "🙂", "'''"]
NAMES = st.text() | st.sampled_from(HOSTILE)
VALUES = st.recursive(
    NAMES | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
)


@given(NAMES, VALUES)
def test_what_is_read_is_what_was_written(name, value):
    text = f"{toml_key(name)} = {toml_value(value)}\n[table.{toml_key(name)}]\nlast = 1\n"
    assert "\n" not in toml_value(value)
    found = tomllib.loads(text.replace(f"[table.{toml_key(name)}]", f"[{toml_key('t' + name)}]"))
    assert found == {name: value, "t" + name: {"last": 1}}


@given(NAMES)
def test_a_remark_stays_a_remark_on_one_line(text):
    remark = toml_remark(text)
    assert len(remark.splitlines()) == 1
    assert tomllib.loads(f"a = 1 {remark}\nb = 2\n") == {"a": 1, "b": 2}


def test_what_toml_cannot_hold_is_refused():
    with pytest.raises(TypeError, match="TOML cannot hold object"):
        toml_value(object())
