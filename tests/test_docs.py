"""The pages of docs/ and README.md: every name has its place, every link its target, every command its options; what the guide shows is true."""

import re
import shlex
import shutil
import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import pytest
from click.testing import CliRunner

import kepuasan as kp
from kepuasan.cli import main
from kepuasan.cli.recipe.model import parse_recipe
from kepuasan.report.composing import PARTS
from kepuasan.wording import CATALOGUE
from kepuasan.wording.problems import WORDS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SAMPLE = ROOT / "data" / "sample"
GUIDE = DOCS / "panduan.md"
PAGES = sorted([ROOT / "README.md", *DOCS.rglob("*.md")])
#: pages that docs/build_hooks.py makes, and what it makes them of
MADE = {"reference/commands.md": ROOT / "kepuasan" / "cli" / "__init__.py", "sample.md": SAMPLE / "README.md"}
MADE |= {f"guide/{path.stem}.md": path for path in (ROOT / "notebooks").glob("*.ipynb")}


@cache
def text_of(page):
    return page.read_text(encoding="utf-8")


def fenced(page, language):
    return re.findall(rf"```{language}\n(.*?)```", text_of(page), flags=re.DOTALL)


def prose(page):
    return re.sub(r"```.*?```", "", text_of(page), flags=re.DOTALL)


def named(page):
    return page.relative_to(ROOT).as_posix()


# ---------------------------------------------------------------- names


def test_every_public_name_has_one_place_in_the_reference_and_nothing_else_has():
    found = [name for page in (DOCS / "reference").glob("*.md") for name in re.findall(r"^::: kepuasan\.(\S+)$", text_of(page), flags=re.MULTILINE)]
    assert sorted(found) == kp.__all__


def test_every_page_and_every_notebook_is_in_the_contents_of_the_site():
    contents = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[2]
    listed = re.findall(r": (\S+\.md)$", contents, flags=re.MULTILINE)
    there = [page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md")]
    assert sorted(listed) == sorted([*there, *MADE])
    assert all(source.is_file() for source in MADE.values())


# ---------------------------------------------------------------- links and pictures


def anchors(page):
    """What the headings of a page are called in links."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text_of(page), flags=re.DOTALL), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def is_there(page, target):
    path, _, anchor = unquote(target).partition("#")
    place = (page.parent / path).resolve() if path else page
    inside = page.is_relative_to(DOCS)
    if inside and place.is_relative_to(DOCS) and place.relative_to(DOCS).as_posix() in MADE:
        return not anchor
    if not place.is_file() and not (not inside and place.is_dir()):
        return False
    return (not inside or place.is_relative_to(DOCS)) and (not anchor or anchor in anchors(place))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_has_its_target(page):
    targets = re.findall(r"\]\(([^)\s]+)\)", prose(page))
    assert [target for target in targets if not re.match(r"https?://", target) and not is_there(page, target)] == []


def test_every_link_of_a_notebook_has_its_target():
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    links = {(path, target) for path in notebooks for target in re.findall(r"\]\(([^)\s]+\.(?:md|ipynb))\)", text_of(path))}
    assert len(links) > 5
    assert [target for path, target in links if not re.match(r"https?://", target) and not (path.parent / target).is_file()] == []


def test_every_picture_is_shown_is_small_and_says_what_it_shows():
    shown = [(page, alt, (page.parent / target).resolve()) for page in PAGES for alt, target in re.findall(r"!\[(.*?)\]\((\S+?)\)", text_of(page))]
    assert {path for _, _, path in shown} == set((DOCS / "pictures").iterdir())
    assert [(page.name, path.name) for page, alt, path in shown if len(alt) < 40] == []
    assert [path.name for path in (DOCS / "pictures").iterdir() if path.stat().st_size > 200_000] == []


@pytest.mark.parametrize("page", [page for page in PAGES if "![" in text_of(page)], ids=named)
def test_a_page_with_pictures_says_that_the_sample_is_synthetic(page):
    assert re.search(r"\*\*(synthetic|sintetis)", text_of(page))


# ---------------------------------------------------------------- commands


def command_lines(page):
    return [line.removeprefix("$ ") for block in fenced(page, "console") for line in block.splitlines() if line.startswith("$ ")]


def kepuasan_lines(page):
    parts = [part.strip() for line in command_lines(page) for part in line.partition("  #")[0].split("&&")]
    return [shlex.split(part)[1:] for part in parts if part.startswith("kepuasan")]


def flags_of(command):
    return {"--help", "-h"} | {flag for option in command.params for flag in option.opts if flag.startswith("-")}


def is_command(arguments):
    """Whether the command is registered and takes these arguments."""
    if arguments[0].startswith("-"):
        return arguments[0] in flags_of(main)
    command = main.get_command(None, arguments[0])
    return command is not None and command.make_context(arguments[0], arguments[1:]).command is command


@pytest.mark.parametrize("page", [page for page in PAGES if kepuasan_lines(page)], ids=named)
def test_every_command_shown_takes_its_options(page):
    assert [arguments for arguments in kepuasan_lines(page) if not is_command(arguments)] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_command_named_in_a_sentence_is_there(page):
    lines = [shlex.split(line) for line in re.findall(r"`kepuasan ([^`]+)`", prose(page))]
    commands = [(main.get_command(None, line[0]), line) for line in lines if not line[0].startswith("-")]
    assert [line for command, line in commands if command is None] == []
    assert [line for command, line in commands if {word for word in line if word.startswith("-")} - flags_of(command)] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_code_is_one(page):
    assert set(re.findall(r"\bKP\d{3}\b", text_of(page))) <= set(WORDS)


# ---------------------------------------------------------------- what the guide shows


def test_the_guide_names_every_part_of_the_report_as_the_report_does():
    named = PARTS.keys() - {"populations", "audit"}  # headed by the names of the populations; for auditors
    assert [part for part in named if CATALOGUE[f"heading.{part}"]["id"] not in text_of(GUIDE)] == []


def test_the_sections_of_the_guide_make_a_recipe(tmp_path):
    raw = tomllib.loads("\n".join(block for block in fenced(GUIDE, "toml") if "[[published]]" not in block))
    waves = [*raw["waves"], *raw["against"]["waves"]]
    for name in [wave[key] for wave in waves for key in ("data", "codebook")] + ["margin_wilayah_2022.csv"]:
        (tmp_path / name).touch()
    recipe = parse_recipe(raw, tmp_path, "kepuasan.toml")
    assert recipe.labels() == ("2020", "2022")
    assert recipe.waves[1].rake["region"] == "margin_wilayah_2022.csv"
    assert set(type(recipe).model_fields) == set(raw)


def transcript(command):
    """What the guide shows below a command, in pieces where lines are left out."""
    block = next(block for block in fenced(GUIDE, "console") if f"$ {command}\n" in block)
    return [piece for piece in re.split(r"^\.\.\.\n", block.partition(f"$ {command}\n")[2], flags=re.MULTILINE) if piece]


def check_shown(command, *, code=0):
    """What the guide shows of a command is what the command says, here and now."""
    done = CliRunner().invoke(main, shlex.split(command)[1:])
    assert done.exit_code == code, done.output
    check_transcript(command, done.stdout)


def check_transcript(command, said):
    place = 0
    for piece in transcript(command):
        place = said.find(piece, place)
        assert place >= 0, f"{piece}\n\nis not in\n\n{said}"


@pytest.fixture(scope="module")
def first_year(tmp_path_factory):
    """The folder of the guide's first year, and what `init` said of it."""
    place = tmp_path_factory.mktemp("2021")
    for name in ("users_2020.sav", "users_2021.sav"):
        shutil.copy(SAMPLE / name, place)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        done = CliRunner().invoke(main, ["init", ".", "--codebook", "xlsx"])
    return place, done.stdout


@pytest.fixture
def folder(first_year, tmp_path, monkeypatch):
    """A copy of the first year's folder, in which commands are run."""
    shutil.copytree(first_year[0], tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_init_says_what_the_guide_shows(first_year):
    place, said = first_year
    check_transcript("kepuasan init . --codebook xlsx", said)
    assert (place / "codebook_users_2021.xlsx").is_file()


def test_check_says_what_the_guide_shows(folder):
    """The guide's second year: a wave added, with two answers mistyped, a column misspelt and one of telephone numbers."""
    frame = pd.read_csv(SAMPLE / "users_2022.csv")
    frame.loc[[3, 20], "response_speed"] = [7, 44]
    frame["nomor_hp"] = [f"0812{number:08d}" for number in range(len(frame))]
    frame.to_csv("users_2022.csv", index=False)
    recipe = folder / "kepuasan.toml"
    wave = '[[waves]]\nlabel = "2022"\ndata = "users_2022.csv"\ncodebook = "codebook_users_2021.xlsx"\n[design]'
    changed = recipe.read_text(encoding="utf-8").replace("[design]", wave, 1).replace('"province"', '"propinsi"')
    recipe.write_text(changed, encoding="utf-8")
    check_shown("kepuasan check", code=1)


def test_run_says_what_the_guide_shows(folder):
    recipe = folder / "kepuasan.toml"
    least = recipe.read_text(encoding="utf-8").partition("[domains]")[0]  # what the guide leaves out of the output takes most of the time
    recipe.write_text(least + '[output]\nformats = ["xlsx"]\nlanguages = ["id"]\n', encoding="utf-8")
    check_shown("kepuasan run")


def test_explain_skm_and_reproduce_say_what_the_guide_shows(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("sekadau_2019.csv", "sekadau_2019.toml"):
        shutil.copy(SAMPLE / name, tmp_path)
    published = next(block for block in fenced(GUIDE, "toml") if "[[published]]" in block)
    (tmp_path / "terbit.toml").write_text(published, encoding="utf-8")
    check_shown("kepuasan explain KP230")
    check_shown('kepuasan skm sekadau_2019.csv --codebook sekadau_2019.toml --agency "Kabupaten Sekadau" --period "Semester I 2019"')
    check_shown("kepuasan reproduce terbit.toml")
