"""One answer written in several ways."""

import numpy as np
from quality.surveys import book, rows

from kepuasan.codebook import Item


def test_answers_that_differ_in_case_and_blanks_alone_are_found_with_the_rarer_rows(found):
    frame = rows().assign(pekerjaan=np.tile(["PNS", "Swasta"], 200))
    assert found(frame).empty
    frame.loc[[4, 6], "pekerjaan"] = ["pns", "P N S"]
    frame.loc[9, "pekerjaan"] = "swasta "
    table = found(frame)
    assert table.loc["KP218", ["severity", "column", "rows", "count"]].tolist() == ["warning", "pekerjaan", [4, 9], 2]
    assert table.loc["KP218", "message"].endswith("'Swasta' 199x, 'swasta ' 1x, 'PNS' 198x, 'pns' 1x")


def test_remarks_and_answers_that_a_codebook_lists_are_left_alone(found):
    remarks = [f"Baik {place % 90}" if place % 3 else f"baik {place % 90}" for place in range(400)]
    assert "KP218" not in found(rows().assign(saran=remarks)).index
    frame = rows()
    frame.loc[3, "sex"] = "l"
    assert found(frame).index.tolist() == ["KP209"]
    assert "KP218" not in found(rows().assign(kode=np.tile(["a", "A"], 200)), book(kode=Item("kode", type="text", values={"a": "x", "A": "y"}))).index
