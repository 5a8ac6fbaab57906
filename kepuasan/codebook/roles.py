"""What names of columns and labels of codes tell, in Indonesian and English: who a row is, how much it counts, that there was no answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.codebook.parts import Item

__all__ = [
    "ACCOUNTS",
    "AGE",
    "BEGIN",
    "DAY",
    "END",
    "FORM",
    "GROUPED",
    "IDENTIFIERS",
    "INTERVIEWERS",
    "NUMBERED",
    "OF_OFFICES",
    "OF_PERSONS",
    "PERSONS",
    "PLACES",
    "REACHED",
    "SENT",
    "TOOK",
    "WEIGHTS",
    "compact",
    "is_made_by_form",
    "kind_of",
    "says_no_answer",
    "words",
]

_PARTS = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: names, as `compact` writes them, of columns that number respondents or their forms
IDENTIFIERS = _names(
    """id no nomor nik uuid key instanceid metainstanceid respondent responden respid respondentid idrespondent idresponden respondenid
    norespondent noresponden noresp nomorresp nomorrespondent nomorresponden koderespondent koderesponden responseid recordid caseid submissionid
    nourut nomorurut noktp nomorktp idwawancara interviewid serialnumber"""
)
#: names of weights
WEIGHTS = _names(
    """w wt wgt wts weight weights pweight pweights finalweight weightfinal samplingweight sampleweight bobot bobotakhir bobotfinal bobotsampel
    bobotresponden penimbang penimbangakhir penimbangfinal penimbangsampel timbangan"""
)
#: names of what belongs to the form, not to who answered
FORM = _names("start end today deviceid version index submissionid starttime endtime submissiontime submitdate duration")
#: when an interview began, ended, was sent, took place; how many seconds it took
BEGIN = _names("start starttime startdate startdatetime mulai waktumulai jammulai tanggalmulai mulaiwawancara begin begintime")
END = _names("end endtime enddate enddatetime selesai waktuselesai jamselesai tanggalselesai selesaiwawancara")
SENT = _names("submissiontime submissiondate submitdate datesubmitted recordeddate timestamp stempelwaktu capwaktu completiontime")
DAY = _names("today tanggal tanggalwawancara tanggalsurvei tanggalpengisian interviewdate surveydate dateofinterview tglwawancara tglsurvei")
TOOK = _names("duration durationinseconds interviewtime")
#: names of what forms and platforms note by themselves
_MADE = (FORM | BEGIN | END | SENT | TOOK) | _names(
    """completiondate datestamp datecreated datemodified username userlanguage phonenumber subscriberid simserial imei devicephonenum audit auditurl
    textaudit uuid instanceid metainstanceid instancename metainstancename rootuuid metarootuuid key submitterid submittername attachmentspresent
    attachmentsexpected reviewstate reviewstatus reviewquality formversion formdefversion lastpage startlanguage seed refurl ipaddr ipaddress
    responseset responseid recipientlastname recipientfirstname recipientemail externalreference externaldatareference locationlatitude
    locationlongitude distributionchannel collectorid respondentid emailaddress"""
)
#: words of an age in years, and of an age in groups
AGE = _names("age umur usia")
GROUPED = _names("group groups grp cat category kategori kelompok kel range rentang class golongan bulan month months hari days")

#: words beside "name" that leave it the name of a person
OF_PERSONS = _names(
    """nama name lengkap full responden respondent anda bapak ibu pewawancara enumerator interviewer petugas surveyor first last depan belakang
    panggilan kepala keluarga your contact kontak pemohon pengguna pelapor pelanggan customer respondents surname family given saudara dan the of
    recipient user username kk head household ketua"""
)
#: words of those who ask, of all whom a column may name, of offices and places and kinds of people, which are no persons
INTERVIEWERS = _names("pewawancara enumerator interviewer surveyor surveior pencacah")
PERSONS = INTERVIEWERS | _names(
    """petugas responden respondent respondents pemohon pelapor pengadu pelanggan pengguna customer kontak contact recipient user kepala ketua
    pengawas supervisor koordinator penanggung pic anggota pasien saudara"""
)
OF_OFFICES = _names(
    """unit instansi kecamatan kelurahan desa dusun kabupaten kota provinsi opd skpd layanan pelayanan kantor lembaga kementerian dinas badan
    bidang bagian seksi cabang agen agency office institution region province district city village wilayah daerah lokasi tempat location
    kanal channel produk program aplikasi perusahaan company sekolah universitas kampus puskesmas jenis kategori tipe type kode code id
    jabatan position pekerjaan job kegiatan pasar toko usaha kelompok organisasi organisation organization"""
)
#: words of numbers that tell a person, of accounts, of numbers by which one is reached, of places on the earth
NUMBERED = _names("nik ktp npwp paspor passport nokk nip nisn nrp noktp nomorktp nonik nonpwp nomorkk nopaspor")
ACCOUNTS = _names("rekening rek norek norekening nomorrekening iban")
REACHED = _names(
    """telepon telpon telp tlp hp wa whatsapp phone telephone mobile handphone ponsel phonenumber imei nohp nomorhp nowa nomorwa notelp notlp
    notelepon notelpon nomortelepon nohandphone hpwa"""
)
PLACES = _names("lat latitude lintang lon lng longitude bujur koordinat gps geopoint geolocation coordinates")

#: labels of codes that are no answers, without brackets, numbers and marks around them; a label may join several
_NO_ANSWER = re.compile(
    r"(?:(?:tidak|tdk|tak) (?:tahu|menjawab|jawab|ada jawaban|berlaku|bersedia(?: menjawab)?)|menolak(?: menjawab| jawab)?|tanpa jawaban|dk"
    r"|(?:do(?:es)? not|don[’']?t) know|refused?(?: to answer)?|prefer not to (?:say|answer)|no answer|not (?:applicable|stated|answered))",
    re.IGNORECASE,
)
_JOINED = re.compile(r"[/,;.|]| atau | or | dan | and |\s-\s", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def words(name: object) -> tuple[str, ...]:
    """The words of a column's name, without the groups before it.

    Examples
    --------
    >>> words("identitas/Nama_lengkap"), words("dateOfBirth")
    (('nama', 'lengkap'), ('date', 'of', 'birth'))
    """
    text = str(name).strip()
    last = text.rsplit("/", 1)[-1] if " " not in text else text
    return tuple(word.casefold() for word in _PARTS.findall(_CAMEL.sub(" ", last)))


def compact(name: object) -> str:
    """The words of a column's name as one.

    Examples
    --------
    >>> compact("meta/instanceID"), compact("_uuid"), compact("No. Responden")
    ('instanceid', 'uuid', 'noresponden')
    """
    return "".join(words(name))


def kind_of(column: pd.Series[Any]) -> str:
    """What cells are: number, date or text."""
    import pandas as pd

    if pd.api.types.is_numeric_dtype(column.dtype):
        return "number"
    return "date" if pd.api.types.is_datetime64_any_dtype(column.dtype) else "text"


def is_made_by_form(item: Item) -> bool:
    """Whether an item is what forms and platforms note by themselves, such as when an interview began, and nothing that was asked.

    Examples
    --------
    >>> from kepuasan.codebook import Item
    >>> is_made_by_form(Item("deviceid", type="text")), is_made_by_form(Item("start", values={1: "Lambat"})), is_made_by_form(Item("umur"))
    (True, False, False)
    """
    asked = item.scale or item.asked_scale or item.values or item.dimension or item.question
    return not asked and (item.name.rpartition("/")[2].startswith("_") or compact(item.name) in _MADE)


def says_no_answer(label: str) -> bool:
    """Whether the label of a code says that there was no answer.

    Examples
    --------
    >>> says_no_answer("(-2) Don't know"), says_no_answer("Tidak tahu / menolak"), says_no_answer("Tidak tahu cara melapor")
    (True, True, False)
    """
    text = _BRACKETS.sub(" ", label)
    parts = [part.strip(" \t-_:0123456789") for part in _JOINED.split(text if text.strip() else label.strip(" ()[]"))]
    return any(_NO_ANSWER.fullmatch(part) for part in parts)
