"""Draw the pictures of README and of the documentation anew, from the synthetic sample.

    python docs/make_pictures.py

Needs the browser Chromium, found by name or named by the environment variable CHROMIUM. Prints one line a picture.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner
from PIL import Image

from kepuasan.cli import main as kepuasan

HERE = Path(__file__).resolve().parent / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
#: width and height of the window in which a report is shown; how much of its first page a picture has
WINDOW, CUT = (1100, 1300), 1258
#: names of the pictures, by language
REPORTS = {"id": "laporan", "en": "report"}
#: figures of the report that are shown: name of the picture, language, name of the figure
FIGURES = (("waterfall", "en", "waterfall"), ("sumbangan", "id", "waterfall"), ("peta", "id", "provinces"))
MOST_BYTES = 200_000


def browser() -> str:
    """The command that starts Chromium."""
    named = os.environ.get("CHROMIUM")
    found = named or next((path for path in map(shutil.which, BROWSERS) if path), None)
    if found is None:
        sys.exit(f"no browser is installed; give one of {', '.join(BROWSERS)}, or its path in CHROMIUM")
    return found


def outputs(language: str, folder: Path) -> Path:
    """All that `kepuasan demo` writes of the sample, in a folder."""
    done = CliRunner().invoke(kepuasan, ["demo", str(folder), "--lang", language], catch_exceptions=False)
    if done.exit_code:
        sys.exit(done.output)
    return folder


def first_page(report: Path, folder: Path) -> Image.Image:
    """The beginning of a report, as Chromium shows it."""
    shot = folder / "shot.png"
    size = f"--window-size={WINDOW[0]},{WINDOW[1]}"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-color-profile=srgb", size, f"--screenshot={shot}"]
    subprocess.run([browser(), *options, report.as_uri()], check=True, capture_output=True, timeout=120)  # noqa: S603 - the browser the user named
    with Image.open(shot) as image:
        return image.convert("RGB").crop((0, 0, WINDOW[0], CUT))


def keep(image: Image.Image, name: str) -> None:
    """Write a picture in as few colours as it takes."""
    found = io.BytesIO()
    for colours in (256, 128, 64, 32):
        found = io.BytesIO()
        image.convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(found, "PNG", optimize=True)
        if found.tell() < MOST_BYTES:
            break
    HERE.mkdir(exist_ok=True)
    (HERE / f"{name}.png").write_bytes(found.getvalue())
    sys.stdout.write(f"{name}.png: {found.tell():,} bytes\n")


def main() -> None:
    """Every picture."""
    with tempfile.TemporaryDirectory() as place:
        made = {language: outputs(language, Path(place, language)) for language in REPORTS}
        for language, name in REPORTS.items():
            keep(first_page(made[language] / "report.html", Path(place)), name)
        for name, language, figure in FIGURES:
            with Image.open(made[language] / "figures" / f"{figure}.png") as image:
                keep(image, name)


if __name__ == "__main__":
    main()
