"""Kinds of messages of the library: a pattern each, whose groups fill the words of its code; a test raises every one of them."""

from __future__ import annotations

import re

__all__ = ["AMOUNTS", "EACH", "KINDS", "WITH"]

_NEAR = r"(?:; did you mean '(?P<near>[^']*)'\?)?"
_NAME = r"'(?P<name>[^'\n]*)'"
_COUNT = r"(?P<count>\d[\d,]*)"
_WHERE = r"\(rows (?P<where>[^)\n]*)\)"
_ROLE = r"(?P<role>weight|strata|psu|fpc)"

_FILES = (
    ("KP021", r"\b(?:has|with) a password\b"),
    ("KP022", r"\bis (?:no delimited text but|text, not a workbook|an? .*, not an?(?: zipped| \.xlsx)? workbook|.* of the old format)"),
    ("KP022", r"\bis (?:another OpenDocument file|a zip archive of other files)"),
    ("KP023", r"\bhas the suffix '(?P<suffix>[^']*)'"),
    ("KP024", r"\bis empty; give|\bhas no sheets of cells"),
    ("KP025", rf"header has (?P<width>\d+) fields, but {_COUNT} rows have another number, the first (?P<first>\d+) \(rows (?P<rows>[\d, ]+)"),
    ("KP026", r"quote opened in row (?P<rows>\d+)|row (?P<row>\d+): .*a quote opened there"),
    ("KP027", rf"{_COUNT} columns have no name \(column (?P<columns>[^)]*)\)"),
    ("KP028", rf"{_COUNT} column names occur twice: (?P<columns>.*?); rename"),
    ("KP029", r"has no sheet '(?P<sheet>[^']*)'.*the sheets are (?P<sheets>.*)$"),
    ("KP030", r"neither UTF-8 nor Windows-1252|\bis not in UTF-8\b"),
    ("KP031", r"\bis no TOML: .*\(at line (?P<rows>\d+),"),
    ("KP032", rf"^(?P<entry>[^:\s]+): (?:is not known|unknown key){_NEAR}"),
    ("KP033", rf"^(?P<entry>[^:\s]+): {_NAME} is not (?:declared under \w+|an item){_NEAR}"),
    ("KP034", rf"there is no file {_NAME} in '[^'\n]*'{_NEAR}"),
    ("KP035", rf"there is no codebook {_NAME} in '"),
    ("KP036", rf"{_NAME} is a folder; give the path"),
    ("KP037", r"^(?:the codebook )?'?(?P<name>[^'\n:]+?)'? cannot be opened: (?P<reason>.*)$"),
    ("KP038", r"reading (?P<kind>\w+) needs (?P<library>.*?); install it by: pip install (?P<package>\S+)"),
)
_OF_COLUMNS = (
    ("KP040", r"'[^'\n]*' is not a column of the survey(?:.*\n)*?The columns are"),
    ("KP041", rf"the {_ROLE} column {_NAME} is not in the data{_NEAR}"),
    ("KP042", r"(?:codes off the scale of their item|answers off the scale [\d.-]+ to [\d.-]+):\n(?P<found>(?:  .*\n)+)"),
    ("KP043", r"no scale is declared for (?P<items>.*?); give"),
    ("KP039", rf"{_NAME} holds (?:\w+) values such as (?P<values>.*?), not numbers"),
    ("KP004", r"no spec is given and the codebook has no \[index\] section"),
    ("KP044", r"the codebooks of the waves have different indices"),
    ("KP045", rf"(?P<where>weights|dimension '[^'\n]*'|driver '[^'\n]*') names {_NAME}, which is no item of the index{_NEAR}"),
)
_OF_DESIGN = (
    ("KP046", rf"{_COUNT} rows have no finite weight in column {_NAME} {_WHERE}"),
    ("KP047", rf"{_COUNT} weights in column {_NAME} are negative, the first (?P<value>\S+) {_WHERE}"),
    ("KP048", rf"every weight in column {_NAME} is 0"),
    ("KP049", rf"the {_ROLE} column {_NAME} is not a number in {_COUNT} rows, the first (?P<value>.*?) {_WHERE}"),
    ("KP050", rf"{_COUNT} rows have no code in the {_ROLE} column {_NAME} {_WHERE}"),
    ("KP051", rf"{_COUNT} rows have no positive population size in the fpc column {_NAME}"),
    ("KP052", r"the fpc(?: column '[^'\n]*')? mix(?:es)? sampling fractions"),
    ("KP053", r"the fpc differs within|the fpc of .* says .* units in the population, but"),
    ("KP054", rf"{_COUNT} PSU codes lie in more than one stratum.*?: (?P<found>.*?); PSU"),
    ("KP055", rf"strata with one sampled unit only \({_COUNT}\): (?P<strata>.*?); their variance"),
    ("KP056", r'the design has \d+ strata, which "(?P<method>jk1)"'),
    ("KP056", r"'(?P<method>brr|fay)' takes halves, but"),
    ("KP057", r"n is \d+; '(?P<method>\w+)' with \d+ strata needs (?P<least>\d+) replicates"),
)
_OF_GROUPS = (
    ("KP058", r"the (?:query|condition) (?P<quote>['\"])(?P<query>.*?)(?P=quote) (?:cannot be read|is no condition|holds|names no column)"),
    ("KP059", r"the query (?P<quote>['\"])(?P<what>.*?)(?P=quote) leaves no row with a weight"),
    ("KP060", r"names (?P<names>'.*?'), which is a column of every table"),
    ("KP061", r"no row with a weight has a code in (?P<names>.*?); there is no domain"),
    ("KP062", rf"(?:there is no wave|the change names wave) {_NAME}{_NEAR}; the waves are (?P<waves>.*)"),
    ("KP063", rf"base and current are the same wave {_NAME}"),
    ("KP064", rf"the data of wave '(?P<wave>[^'\n]*)' have a column {_NAME} already"),
    ("KP065", r"the codebook of .*? and the one before(?: has \d+ contradictions:\n|: )(?P<found>(?:.|\n)*)"),
    ("KP066", r"the waves (?:use different single-PSU rules|have different numbers of sampling stages) \((?P<found>.*?)\)"),
    ("KP067", rf"the frame column {_NAME} has no code in wave"),
    ("KP067", rf"rows have no code in the frame column {_NAME}"),
    ("KP068", rf"no group of {_NAME} was asked in both waves"),
    ("KP069", r"(?P<names>'.*?) belong to the index of one wave only"),
    ("KP070", r"nobody answered (?P<names>'[^:;\n]*?)(?: in wave|: no answer|;)"),
)
_OF_DRIVERS = (
    ("KP071", rf"the outcome {_NAME} has one value only"),
    ("KP072", r"(?P<names>'[^\n]*?) never var(?:y|ies)\b"),
    ("KP073", rf"{_COUNT} complete rows.*? are too few for (?P<width>\d+) columns"),
    ("KP074", r"(?P<names>'[^\n]*?) (?:is determined by|all but determine each other)"),
    ("KP075", r"has no finite solution.*?told apart by (?P<names>.*?); leave"),
)
_OF_CALIBRATION = (
    ("KP080", r"the levels of (?P<name>.*?) and their targets do not match:\n(?P<found>(?:  .*\n)+)"),
    ("KP081", r"the margins sum to different totals: (?P<found>.*?); scale them"),
    ("KP082", rf"{_COUNT} rows with a weight have no code in {_NAME} {_WHERE}"),
    ("KP083", r"after (?P<steps>\d+) rounds (?P<name>.*?) is at (?P<value>\S+) where the target is (?P<target>\S+);"),
    ("KP084", r"the weights average (?P<mean>\S+), so that they cannot keep their sum"),
    ("KP085", rf"{_COUNT} weighting cells have no respondent: (?P<found>.*?); merge"),
    ("KP086", r"the target of (?P<what>.*?) is (?P<value>[^;,\n]*)(?:; give|, not a number)"),
    ("KP088", r"the file of margins '(?P<file_name>[^'\n]*)' has the columns (?P<columns>.*); it needs (?P<names>.*), then one of"),
    ("KP089", rf"the file of margins '(?P<file_name>[^'\n]*)': the column {_NAME} must hold numbers of 0 or more; the cells (?P<found>.*) are none"),
    ("KP087", r"the bounds \((?P<low>\S+), (?P<high>\S+)\) make the targets unreachable"),
)
_OF_RESULTS = (
    ("KP090", rf"the output {_NAME} is a file"),
    ("KP091", rf"the output folder {_NAME} holds files that no run of kepuasan wrote: (?P<files>.*?); move"),
    ("KP092", rf"the output folder {_NAME} holds files that were changed since kepuasan wrote them: (?P<files>.*?); move"),
    ("KP093", rf"the file {_NAME} cannot be written: (?P<reason>.*)"),
    ("KP098", rf"the output folder {_NAME} cannot be written: (?P<reason>.*?); what"),
    ("KP094", r"personal data are shown by no result: (?P<names>.*?); name other"),
    ("KP095", r"(?P<names>'[^\n]*): declared on another scale than (?P<wanted>.*?), which"),
    ("KP095", r"(?P<names>'[^\n]*?) (?:is|are) on a scale from [^\n]*? are those of answers from (?P<wanted>[^,\n]+),"),
    ("KP096", r"no column of the survey is an element of the SKM.*The columns are (?P<columns>.*)"),
    ("KP097", r"the SKM of (?P<rule>\S+) has (?P<least>\d+) elements, here are (?P<count>\d+); missing is (?P<names>.*?); "),
)
_OF_OPTIONS = (
    ("KP015", rf"{_NAME} holds no answers"),
    ("KP016", rf"(?P<option>--\w+) is {_NAME}, which tells who a person is"),
    ("KP017", rf"there is no standard {_NAME}{_NEAR}; the standards are (?P<known>.*)"),
    ("KP018", r"--unsur is (?P<quote>['\"])(?P<text>.*?)(?P=quote).*?; give elements"),
    ("KP019", rf"names {_NAME}, which is no element (?:of )?(?P<rule>.*?){_NEAR}(?:$|;)"),
    ("KP076", rf"the number of users {_NAME} is (?P<value>\S+) in a row"),
    ("KP077", rf"the number of users {_NAME} varies within (?P<found>.*?); give"),
    ("KP078", r"exclude leaves no element"),
    ("KP079", r"(?P<names>'.*?) are both the element '(?P<element>[^']*)'"),
    ("KP014", rf"^(?P<argument>[\w.]+) is (?P<value>.*?); choose one of (?P<choices>.*?){_NEAR}$"),
)
#: damaged files come last, since other messages may speak of damage
_LAST = (("KP020", r"\bdamaged\b|\bcut off\b"),)

#: code and pattern, the first that fits being the kind; groups fill the words, `rows` and `row` are rows of the file
KINDS = tuple(
    (code, re.compile(pattern, re.MULTILINE))
    for code, pattern in (*_FILES, *_OF_COLUMNS, *_OF_DESIGN, *_OF_GROUPS, *_OF_DRIVERS, *_OF_CALIBRATION, *_OF_RESULTS, *_OF_OPTIONS, *_LAST)
)
#: a message that has the first may have the second too
WITH = {"KP027": "KP028"}
#: kinds whose values are sums and means, which a language writes in its own form; others may hold codes
AMOUNTS = frozenset({"KP081", "KP083", "KP084", "KP308", "KP319", "KP320", "KP322"})
#: kinds whose message lists several, and what each looks like
EACH = {"KP040": re.compile(rf"(?:^|\n  ){_NAME}(?: is not a column of the survey)?{_NEAR}(?=\n)")}
