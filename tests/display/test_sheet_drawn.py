"""The publication sheet as a page of A4: nothing clipped, nothing over anything else."""

import io
from dataclasses import replace

import matplotlib as mpl
import pytest
from display.extents import boxes_of, check_apart, figure_of
from matplotlib.image import imread
from PIL import Image

from kepuasan.display.sheet import Block, Headline, Sheet, draw_sheet, sheet_bytes
from kepuasan.errors import DataError

LONG = "Dinas Penanaman Modal, Pelayanan Terpadu Satu Pintu, Tenaga Kerja dan Transmigrasi Kabupaten Kepulauan Rekaan Utara"


def elements(count, name="Unsur nomor"):
    rows = [(f"{name} {i}", "3,250", "3,100 s.d. 3,400", "B", "1.234") for i in range(count)]
    return Block("Nilai rata-rata (NRR) setiap unsur", ("Unsur", "NRR", "Selang kepercayaan 95 %", "Mutu", "Jawaban"), tuple(rows), (count - 1,))


def sheet(**changed):
    plain = Sheet(
        language="id",
        title="INDEKS KEPUASAN MASYARAKAT (IKM)",
        agency="Dinas Contoh",
        period="Semester I 2025",
        headline=Headline(
            "Nilai IKM",
            "87,28",
            (("Mutu pelayanan", "B"), ("Kinerja unit pelayanan", "Baik"), ("Selang kepercayaan 95 %", "85,10 s.d. 89,40")),
            ("Peluang bahwa mutu sebenarnya bukan B: 17,0 % (paling mungkin A, Sangat Baik).",),
        ),
        details=(("Layanan", "Semua layanan"), ("Periode survei", "Semester I 2025"), ("Jumlah responden", "1.234")),
        respondents=(
            Block("Responden menurut jenis kelamin", ("Jenis kelamin", "Jumlah"), (("Laki-laki", "600"), ("Perempuan", "634"))),
            Block("Responden menurut pendidikan", ("Pendidikan", "Jumlah"), tuple((f"Jenjang {i}", str(100 + i)) for i in range(7))),
        ),
        elements=elements(9),
        follow_up="Rencana tindak lanjut dimulai dari unsur terendah: satu; dua; tiga.",
        thanks="Terima kasih atas penilaian yang telah Anda berikan.",
        notes=("IKM = jumlah NRR × bobot, × 25.", "Dasar: peraturan."),
        source="Sumber data: karangan",
        remarks=("Hanya 8 dari 9 unsur yang dinilai.", "U8 dan U9: isi unsur belum diberi nama."),
        description="INDEKS KEPUASAN MASYARAKAT (IKM), Dinas Contoh. Nilai IKM: 87,28.",
    )
    return replace(plain, **changed)


CASES = {
    "plain": {},
    "long names": {"agency": LONG, "details": (("Layanan", LONG), ("Unit layanan", LONG), ("Jumlah responden", "9"))},
    "fourteen": {"elements": elements(14, "Penanganan pengaduan, saran dan masukan serta tindak lanjut nomor"), "agency": LONG},
    "no respondents": {"respondents": ()},
    "sex alone": {"respondents": (Block("Responden", ("Jenis kelamin", "Jumlah"), (("Laki-laki", "3"),)),)},
    "nothing more": {"respondents": (), "details": (), "period": "", "source": "", "notes": (), "remarks": (), "elements": elements(1)},
    "one long word": {"agency": "w" * 120, "elements": elements(9, "x" * 90)},
    "many levels": {"respondents": (Block("Responden", ("Pendidikan", "Jumlah"), tuple((f"Jenjang {i}", "1") for i in range(24))),)},
}


@pytest.fixture(scope="module", params=CASES)
def axes(request):
    """Each sheet drawn once."""
    return draw_sheet(sheet(**CASES[request.param]))


@pytest.fixture(scope="module")
def plain():
    return draw_sheet(sheet())


@pytest.fixture(scope="module")
def picture():
    """The smallest sheet as a picture, drawn once."""
    return sheet_bytes(sheet(**CASES["nothing more"]), "png")


def test_no_text_is_clipped_or_lies_over_another(axes):
    check_apart(axes, axes.texts)
    width, height = figure_of(axes).canvas.get_width_height()
    assert min(box.x0 for box in boxes_of(axes, axes.texts)) > 0.05 * width
    assert max(box.x1 for box in boxes_of(axes, axes.texts)) < 0.95 * width
    assert min(box.y0 for box in boxes_of(axes, axes.texts)) > 0.04 * height


def test_letters_can_be_read_on_paper(axes):
    texts = axes.texts
    assert min(text.get_fontsize() for text in texts) > 5.7
    assert max(texts, key=lambda text: text.get_fontsize()).get_text() == "87,28"


def test_every_word_of_the_sheet_is_drawn(plain):
    said = " ".join(text.get_text() for text in plain.texts)
    for word in ("Contoh", "87,28", "Semua", "Laki-laki", "634", "Unsur nomor 8", "3,100 s.d. 3,400", "Terima", "Dasar:", "karangan", "Hanya", "U9"):
        assert word in said


def test_remarks_stand_between_the_elements_and_the_follow_up(plain):
    at = {text.get_text(): text.get_position()[1] for text in plain.texts}
    remarks = [at["Hanya 8 dari 9 unsur yang dinilai."], at["U8 dan U9: isi unsur belum diberi nama."]]
    assert at["Unsur nomor 8"] < remarks[0] < remarks[1] < at["Rencana tindak lanjut dimulai dari unsur terendah: satu; dua; tiga."]


def test_the_marked_row_is_bold_and_the_others_are_not(plain):
    weights = {text.get_text(): text.get_fontweight() for text in plain.texts}
    assert (weights["Unsur nomor 8"], weights["Unsur nomor 7"]) == ("bold", "normal")


def test_the_axes_carry_the_text_for_those_who_do_not_see_them(plain):
    assert plain.get_label() == sheet().description


def test_the_picture_is_a_page_of_a4_with_its_description(picture):
    page = Image.open(io.BytesIO(picture))
    assert page.size == (1240, 1753)
    assert [round(side) for side in page.info["dpi"]] == [150, 150]
    assert page.text["Description"] == sheet().description
    assert "Software" not in page.text


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_same_sheet_gives_the_same_bytes_whatever_the_settings(kind, picture):
    small = sheet(**CASES["nothing more"])
    first = picture if kind == "png" else sheet_bytes(small, "svg")
    with mpl.rc_context({"font.family": "monospace", "font.size": 30, "savefig.dpi": 30, "savefig.bbox": "tight", "figure.dpi": 40}):
        assert sheet_bytes(small, kind) == first


def test_signs_of_formulas_are_letters():
    small = CASES["nothing more"] | {"agency": r"Dinas $x^2$ & Kerja_sama $\frac{$ 100 %"}
    texts = [text.get_text() for text in draw_sheet(sheet(**small)).texts]
    assert r"Dinas $x^2$ & Kerja_sama $\frac{$ 100 %" in texts
    assert len(sheet_bytes(sheet(**small), "png")) > 1000


def test_the_page_is_white_at_its_edge_and_shaded_under_the_index(picture):
    pixels = imread(io.BytesIO(picture))[..., :3]
    assert (pixels[:60] == 1).all()
    assert (pixels[-60:] == 1).all()
    assert (pixels[:, :60] == 1).all()
    assert ((pixels > 0.9) & (pixels < 1)).any(axis=-1).mean() > 0.05


def test_more_text_than_a_page_holds_is_refused():
    with pytest.raises(DataError, match=r"a page of A4 has 297.*or write \.html"):
        draw_sheet(sheet(agency="Dinas " * 600))
