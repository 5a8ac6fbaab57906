"""Kinds of warnings of the library that a command can meet: a pattern each, whose groups fill the words of its code."""

from __future__ import annotations

import re

__all__ = ["WARNED"]

_COUNT = r"(?P<count>\d[\d,]*)"
_OF = r"(?P<of>\d[\d,]*)"

#: code and pattern, the first that fits being the kind
WARNED = tuple(
    (code, re.compile(pattern, re.MULTILINE))
    for code, pattern in (
        ("KP300", r"(?P<lost>\d+) codes of '(?P<column>.*?)' were asked in '(?P<base>.*?)' only and (?P<new>\d+) in '(?P<current>.*?)' only"),
        ("KP301", r"the limits of importance reach 0 \((?P<names>.*?)\), below"),
        ("KP302", rf"{_COUNT} rows have no code in (?P<names>.*?) and belong to no domain"),
        ("KP303", rf"{_COUNT} estimates have no answer and are empty \((?P<names>.*)\)$"),
        ("KP304", rf"{_COUNT} ratios have a denominator of 0 and are empty \((?P<names>.*)\)$"),
        ("KP305", rf"{_COUNT} of {_OF} replicates have no estimate of every statistic"),
        ("KP305", rf"the model cannot be fitted in {_COUNT} of {_OF} replicates"),
        ("KP306", r"(?P<method>\w+) replicates are of first-stage units"),
        ("KP307", r"(?P<count>\d+) replicates are no more than the (?P<of>[\d,]+) sampled units"),
        ("KP308", r"the targets sum to (?P<total>\S+) where the weights sum to (?P<whole>\S+), so"),
        ("KP309", r"the codebook's drivers (?P<names>.*?) hold items outside of the index"),
        ("KP310", rf"{_COUNT} questions are asked repeatedly and are left out \((?P<names>.*?)\); they"),
        ("KP311", r"the columns (?P<names>.*?) of the sheet '(?P<sheet>.*?)' are not read"),
        ("KP312", rf"{_COUNT} codes whose labels say that there was no answer are read as answers \((?P<names>.*)\); declare"),
        ("KP313", rf"the column '(?P<column>.*?)' has the code '(?P<label>.*?)' in {_COUNT} of {_OF} rows, which alone"),
        ("KP314", r"the PDF is tagged but is not PDF/UA-1"),
        ("KP315", r"the sheet lacks the counts of respondents by (?P<names>.*?) that the regulation"),
        ("KP316", rf"{_COUNT} of {_OF} units have no index, as nobody there answered an element, and are left out.*?: (?P<names>.*); leave"),
        ("KP317", r"the codebook lists (?P<of>\d+) values of '(?P<column>.*?)', but not (?P<names>.*?), so"),
        ("KP318", r"without the count of ineligible cases \(NE\)"),
        ("KP319", r"is class (?P<grade>\S+), its interval (?P<low>\S+) to (?P<high>\S+) reaches from class (?P<first>\S+) to (?P<last>[^\s;]+)"),
        (
            "KP320",
            r"weight=.(?P<weight>[^\"]*). stands for 1/(?P<of>\d+), but there are (?P<count>\d+) .* cannot exceed (?P<top>[^\s;]+)",
        ),
        ("KP321", r"(?P<count>\d+) of the (?P<of>\d+) elements of (?P<rule>.*?) are there, and their numbers do not tell"),
        ("KP322", r"(?P<names>'.*?') has too many rows \((?P<count>[\d,]+)\) to be compared with the other tables"),
    )
)
