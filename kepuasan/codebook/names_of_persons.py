"""What texts tell names of persons from names of offices, places, trades and answers, in Indonesian and English."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["addresses", "mostly_of_offices", "names_of_persons"]

#: texts that must have the shape of a name; of them those known as names, or of two words at least
_SHAPED, _KNOWN, _FULL = 0.8, 0.3, 0.6
_WORD = re.compile(r"[^\W\d_]+")
_SHAPE = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .,'’`-])*(?:[ _-]?\d{1,4})?")
#: degrees behind a name, and what stands in brackets
_BEHIND = re.compile(r",.*|\(.*?\)")
_STREET = re.compile(r"\b(?:jl|jln|jalan|gg|gang|rt|rw|dusun|komplek|kompleks|perumahan|blok|street|road|lane|avenue)\b", re.IGNORECASE)
_REGION = re.compile(r"\s*(?:kota|kabupaten|kab|provinsi|prov|kecamatan|kec|kelurahan|kel|desa)\b", re.IGNORECASE)
_MOST_WORDS = 6


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: frequent given names; those that are words of every day too, such as those of flowers, are left out
_GIVEN = _words(
    """abdul abdullah achmad ade adi adit aditya agnes agung agus ahmad aisyah akbar alex alfian ali alif aminah amir ana anas andi andika
    andreas andri andy angga anggi anggraini ani anisa anita anna annisa anton antonius anwar ardi ardiansyah ari arief arif aris arya asep
    asih asri astuti aulia ayu aziz bagas bahar bambang bayu benny bonifasius bowo budi budiman candra chandra christian citra dani daniel
    darma darmawan david dedi deni denny desi dewa dewi diah dian diana dimas dina dini dita djoko dodi doni dwi dyah edi edy efendi eka eko
    elisabeth eliza elizabeth emi endah endang erik erlina erna ernawati ervina esti eva evi fadli fahmi faisal farhan farida fatimah fauzi
    febri ferdinand ferry fitri fitria fitriani fransiska fransiskus gede george gilang gita gunawan gusti habibah hadi hafiz halimah hamzah
    handayani handoko hanif hari haris harry hartati hartono haryanto hasan hasanah hendra hendri heni henny heri herlina herman hermawan heru
    hery hidayat husein husni ibrahim ida idris iin ika ilham imam iman ina indra indri indriani ira irawan irfan irma irwan isabella ismail
    iwan jaka jamal james jane jefri johan johannes john joko jonathan jono juli julia juliana jumiati junaidi kadek karen karina kartini ketut
    khadijah komang krisna kristian kristina kurnia kurniawan kusuma laila lestari lia lilis lina linda lisa luh lukas lukman lusi made maria
    mariana marlina martha mary maryam maulana mega merry michael mira mochamad mohamad mohammad muhamad muhammad mulyadi mulyani mulyono
    mustafa nadia nanang nanda nani natalia nia nina ningsih nita noor nova novi novita nugroho nur nurdin nurhayati nurul nyoman oki pandu
    paul paulus peter petrus pipit pramono prasetyo pratama purnomo purwanto putra putri putu rachmat raden rahayu rahma rahman rahmat
    rahmawati rama ratih ratna ratnasari reni retno reza ria rian riana richard ricky rido rifki rika rina rini rio riska rizal rizki rizky
    robert rohani rohmat roni rosa rosalina rudi rudy rukmini rusdi ryan saiful salim salma samsul samuel santi santoso sarah sari setiawan
    setyo sharifah shinta simon sinta siti sofia sofyan sri steven sudarman sudirman sugeng sugiarto suhartini suharto sukardi sukarno sulaiman
    sulastri sumarni sumiati suparman suparno supri supriyadi supriyanto suryani suryanto susan susanti susanto susi suwarno suyanto syahrul
    syaiful syamsul taufik taufiq teguh theresia thomas tini titik toni tono tri tuti umar umi usman uswatun utami vera veronika vina vivi
    wahid wahyu wahyudi wahyuni wati wayan widi widodo widya wijaya william wulan wulandari yahya yani yanti yanto yanuar yayan yeni yoga yogi
    yohana yohanes yohanis yolanda yosef yudi yuli yulia yuliana yulianti yunita yusuf yusup zaenal zahra zainal zainuddin zulkifli"""
)
#: what stands before a name
_TITLES = _words("bapak bpk pak ibu bu sdr sdri saudara saudari tn ny nn drs dra ir prof kh ust ustadz ustad hj mr mrs ms")
#: words of offices, places, trades, kinds of people and answers, which names of persons do not have
_OTHERS = _words(
    """loket petugas operator pegawai staf staff satpam teller admin administrator administrasi customer service front back office counter desk
    tim team shift regu kelompok grup group mitra organik dinas badan kantor balai unit upt uptd bidang bagian seksi subbag instansi lembaga
    kementerian direktorat pemerintah pemda pemkot pemkab kecamatan kelurahan desa kabupaten kab kota provinsi prov puskesmas rsud rumah sakit
    klinik sekolah sd smp sma smk universitas kampus bank koperasi pt cv ud toko pasar cabang pusat wilayah daerah zona rayon blok ruang lantai
    gedung layanan pelayanan pelaksana produk program umum khusus swasta negeri negara sipil aparatur asn pns tni polri honorer usaha pelaku
    pengusaha wiraswasta wirausaha perusahaan pemilik masyarakat warga penduduk pelajar mahasiswa siswa guru dosen dokter perawat bidan buruh
    petani nelayan pedagang karyawan pekerja pensiunan pemohon pelapor pelanggan pengguna pengunjung pasien peserta anggota responden
    respondent pewawancara interviewer enumerator surveyor user client laki perempuan pria wanita male female internal eksternal external baru
    lama aktif pasif bukan lainnya lain other others none tidak ya yes no ada belum sudah sangat kurang cukup agak puas memuaskan baik bagus
    buruk jelek ramah sopan cepat lambat mudah sulit sukar setuju jelas jujur biasa netral sedang tinggi rendah sering jarang selalu kadang
    pernah online offline daring luring langsung tatap muka telepon surat elektronik email surel whatsapp web website aplikasi portal media
    sosial jalan jl gang rt rw senin selasa rabu kamis jumat sabtu minggu pagi siang sore malam aceh sumatera jambi riau bengkulu lampung
    bangka belitung jakarta jawa banten yogyakarta bali nusa tenggara kalimantan sulawesi gorontalo maluku papua utara selatan barat timur
    tengah north south west east central bandung surabaya medan semarang makassar denpasar ambon ternate sorong jayapura manado palu kendari
    mamuju kupang mataram pontianak samarinda banjarmasin palangkaraya padang palembang pekanbaru serang bogor bekasi depok tangerang ministry
    department agency institution company center centre branch region province district city village section division"""
)


def names_of_persons(texts: Iterable[str], *, sure: bool = False) -> bool:
    """Whether different texts are names of persons: nearly all of the shape of names, and enough of them known as given names.

    Parameters
    ----------
    texts : iterable of str
        Each once.
    sure : bool
        Where names of persons are expected, names of two words or more are enough.

    Examples
    --------
    >>> names_of_persons(["Ahmad Wijaya", "Siti R."]), names_of_persons(["Loket A", "Loket B"]), names_of_persons(["Marthen Kogoya"], sure=True)
    (True, False, True)
    """
    found = [_said(text) for text in texts]
    shaped = [words for words in found if words]
    if not shaped or len(shaped) < _SHAPED * len(found):
        return False
    known = sum(bool(_GIVEN & set(words)) or (words[0] in _TITLES and len(words) > 1) for words in shaped)
    full = sum(len(words) > 1 and min(map(len, words[:2])) > 1 for words in shaped)
    return known >= _KNOWN * len(found) or (sure and full >= _FULL * len(found))


def mostly_of_offices(texts: Iterable[str]) -> bool:
    """Whether half of different texts or more have words of offices, places, kinds of people or answers.

    Examples
    --------
    >>> mostly_of_offices(["Dinas Kesehatan", "Jawa Barat"]), mostly_of_offices(["Ani", "Budi"])
    (True, False)
    """
    found = [bool(_OTHERS & set(_spoken(text))) for text in texts]
    return 2 * sum(found) >= len(found)


def addresses(texts: Iterable[str]) -> bool | None:
    """Whether different texts name streets; None where they name neither streets nor regions alone.

    Examples
    --------
    >>> addresses(["Jl. Melati 3"]), addresses(["Kota Bandung", "Kab. Bogor"]), addresses(["di belakang masjid"])
    (True, False, None)
    """
    found = list(texts)
    if 2 * sum(bool(_STREET.search(text)) for text in found) >= len(found):
        return True
    return False if 2 * sum(bool(_REGION.match(text)) for text in found) >= len(found) else None


def _spoken(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _said(text: str) -> list[str]:
    """The words of a text that has the shape of a name; none where it has not."""
    plain = _BEHIND.sub("", text).strip()
    words = _spoken(plain)
    fits = _SHAPE.fullmatch(plain) and len(words) <= _MOST_WORDS and max(map(len, words)) > 2 and not _OTHERS & set(words)
    return words if fits else []
