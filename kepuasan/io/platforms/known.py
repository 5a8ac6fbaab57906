"""The survey platforms whose exports are recognised; a new one is an entry here."""

from __future__ import annotations

from kepuasan.io.platforms.platform import Mark, Platform, Rename

__all__ = ["ANY", "NUMBERED", "PLATFORMS", "platform_named"]

_NONE: frozenset[str] = frozenset()

#: a question behind its number: "4. ...", "Q4) ...", "(4) ...", "B2. ...", "2.1 ..."
NUMBERED = Rename(
    r"(?:(?:Q|P|No\.?|Soal|Pertanyaan|Question)?\s*\d{1,3}[a-z]?\s*[.):]|\(\d{1,3}\)|[A-Za-z](?:[A-Za-z]?\d{1,3}[a-z]?)?[.):](?=\s)|\d{1,2}(?:\.\d{1,2})+[.)]?(?=\s)"
    r"|\d{1,3}\s+[-\u2013](?=\s))\s*((?!\d)\S.*)",
    (r"\1",),
)
_GROUP = Rename(r"[^/]+/(.+)", (r"\1",))
_DASHED_GROUP = Rename(r"([^-/ ]+)-(.+)", (r"\2", r"\1/\2"))
_OPTION = Rename(r"(.+?)\s*\[([^\[\]]+)\]", (r"\1_\2", r"\1\2", r"\1/\2", r"\1: \2", r"\1 [\2]"))
_DUAL = Rename(r"(.+?)\[([^\[\]]+)\]\[([^\[\]]+)\]", (r"\1_\2_\3", r"\1_\2\3", r"\1/\2/\3"))
_CODED = Rename(r"([A-Za-z]\w*(?:\[\w+\])*)\.\s+(.+)", (r"\1", r"\2"))
_SLASHED = Rename(r"(.+?)\s+/\s+(.+)", (r"\1: \2", r"\1/\2", r"\1 - \2", r"\1 [\2]", r"\2"))
_ROW = Rename(r"(?=[^\[]*(?:\S \S|\?))(.+?)\s*\[(.+)\]", (r"\1: \2",))
_PATH = Rename(r"(?:.+/)?([^/]+)/([^/]+)", (r"\1: \2",))
_CHOICE = Rename(r"(.+?)\s*\(choice=(.+)\)", (r"\1: \2", r"\1/\2", r"\1 / \2"))
_CHOICES = (
    Rename(r"(.*?[^_])___([^_].*)", (r"\1/\2", r"\1_\2")),
    Rename(r"(.*?[^_])____([^_].*)", (r"\1/-\2",)),
    _CHOICE,
)

#: what a platform-less file is tried with
ANY = Platform("", renames=(_GROUP, _OPTION, _DUAL, _CODED, NUMBERED, _SLASHED, *_CHOICES))

PLATFORMS: tuple[Platform, ...] = (
    Platform(
        "SurveyCTO",
        marks=(
            Mark.of("formdef_version|KEY"),
            Mark.of("SubmissionDate|CompletionDate|formdef_version|instanceID|KEY|review_quality|review_status", 4),
        ),
        renames=(_DASHED_GROUP, Rename(r"(.+)__([^_]+)", (r"\1/-\2",)), Rename(r"(.+?[^_])_([^_]+)", (r"\1/\2",))),
        empties=("n/a", "---"),
        writes_no=True,
    ),
    Platform(
        "ODK",
        marks=(
            Mark.of("meta-instanceID|meta:instanceID|KEY"),
            Mark.of("SubmissionDate|SubmitterID|SubmitterName|AttachmentsPresent|AttachmentsExpected|ReviewState|FormVersion|KEY", 3),
        ),
        renames=(_DASHED_GROUP, _GROUP, Rename(r"([^:/ ]+):([^ ].*)", (r"\2", r"\1/\2"))),
        empties=("n/a", "---"),
        writes_no=True,
    ),
    Platform(
        "KoboToolbox",
        marks=(
            Mark.of("meta/instanceID|formhub/uuid|_xform_id_string", 1),
            Mark.of(
                "_uuid|_submission_time|_index|_validation_status|__version__|_submitted_by|_parent_index|_parent_table_name|"
                "_submission__id|_submission__uuid|_submission__submission_time"
            ),
        ),
        renames=(_GROUP, _PATH, Rename(r"([^./ ]+)\.([^ ].*)", (r"\2", r"\1/\2"))),
        empties=("n/a", "---"),
        writes_no=True,
    ),
    Platform(
        "LimeSurvey",
        marks=(
            Mark.of("id|submitdate|lastpage|startlanguage|seed|startdate|datestamp|ipaddr|refurl", 3),
            Mark.of("Response ID|Date submitted|Last page|Start language|Seed", 3),
            Mark.of(
                "ID respon|ID Respon|ID tanggapan|ID Tanggapan|Tanggal dikirim|Tanggal pengiriman|Tanggal diserahkan|Halaman terakhir|"
                "Bahasa awal|Bahasa mulai|Bahasa permulaan|Seed|Benih",
                3,
            ),
        ),
        patterns=((frozenset({"id"}), r"[A-Za-z]\w*\[SQ\d+\](\[\w+\])?"),),
        renames=(_CODED, _DUAL, _OPTION, Rename(r"([A-Za-z][A-Za-z0-9]*)_([A-Za-z0-9]+)", (r"\1[\2]", r"\1/\2", r"\1\2")), NUMBERED),
        texts=(Rename(_CODED.pattern, (r"\2",)), _ROW),
        empties=("N/A",),
    ),
    Platform(
        "REDCap",
        marks=(Mark.of("redcap_event_name|redcap_repeat_instrument|redcap_repeat_instance|redcap_survey_identifier|redcap_data_access_group", 1),),
        patterns=(
            (frozenset({"record_id"}), r"[a-z](?:\w*?[^\W_])?____?[^_]\w*"),
            (frozenset({"record_id"}), r"[a-z]\w*_complete"),
            (_NONE, r".+\(choice=.+\)"),
        ),
        renames=_CHOICES,
        texts=(_CHOICE,),
        separator=",",
        writes_no=True,
        none_is_no=True,
    ),
    Platform(
        "Qualtrics",
        marks=(Mark.of("StartDate|EndDate|RecordedDate|ResponseId", 3), Mark.of("ResponseID|ResponseSet|StartDate|EndDate", 4)),
        renames=(
            Rename(r"(.+)_(\d+)", (r"\1/\2",)),
            Rename(r"(.+)_(\d+)_TEXT", (r"\1/\2/TEXT",)),
            Rename(r"(.+?) - (?:Selected Choice - )?(?!Selected Choice)(.+)", (r"\1: \2",)),
        ),
        separator=",",
    ),
    Platform(
        "SurveyMonkey",
        marks=(Mark.of("Respondent ID|Collector ID"), Mark.of("respondent_id|collector_id")),
        renames=(_SLASHED, NUMBERED),
        separator=", ",
    ),
    Platform(
        "Microsoft Forms",
        marks=(
            Mark.of("ID|Start time|Completion time", 3),
            Mark.of("ID|Waktu mulai|Waktu penyelesaian", 3),
            Mark.of("Id|Start time|Completion time", 3),
        ),
        renames=(NUMBERED, _OPTION),
        separator=";",
    ),
    Platform(
        "Google Forms",
        first=frozenset({"timestamp", "stempel waktu", "cap waktu"}),
        renames=(Rename(r"(.+?)\s*\[(.+)\]", (r"\1: \2", r"\1/\2", r"\2")), NUMBERED),
        texts=(_ROW,),
        separator=", ",
    ),
)

_BY_NAME = {platform.name: platform for platform in PLATFORMS}


def platform_named(name: str) -> Platform:
    """A platform; what holds for any file where the name is empty or unknown."""
    return _BY_NAME.get(name, ANY)
