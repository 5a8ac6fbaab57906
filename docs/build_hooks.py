"""What the site takes from elsewhere in the project: the notebooks of the guide, run anew, the options of the commands, the sample's own page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
import nbformat
from mkdocs.structure.files import File
from nbclient import NotebookClient
from nbconvert import MarkdownExporter
from nbconvert.preprocessors.coalescestreams import CoalesceStreamsPreprocessor

from kepuasan.cli import main

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
#: columns of a terminal
WIDTH = 88
#: links within the project, and what they lead to on the site
LINKS = (
    (re.compile(r"\]\(([0-9a-z_]+)\.ipynb\)"), r"](\1.md)"),
    (re.compile(r"\]\(\.\./data/sample/README\.md\)"), "](../sample.md)"),
    (re.compile(r"\]\(\.\./docs/"), "](../"),
)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for each notebook, with the pictures that its cells draw, one of the commands, and one of the sample."""
    exporter = MarkdownExporter()
    exporter.register_preprocessor(CoalesceStreamsPreprocessor(), enabled=True)
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        book = nbformat.read(path, as_version=4)
        NotebookClient(book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOKS)}}).execute()
        text, made = exporter.from_notebook_node(book, {"unique_key": path.stem})
        files.append(File.generated(config, f"guide/{path.stem}.md", content=_linked(text)))
        for name, picture in made["outputs"].items():
            files.append(File.generated(config, f"guide/{name}", content=picture))
    files.append(File.generated(config, "reference/commands.md", content=commands()))
    files.append(File.generated(config, "sample.md", content=(ROOT / "data" / "sample" / "README.md").read_text(encoding="utf-8")))
    return files


def commands() -> str:
    """The page of the command line: what each command says of itself."""
    context = click.Context(main, info_name="kepuasan", max_content_width=WIDTH, terminal_width=WIDTH, **main.context_settings)
    pages = [f"# Commands\n\n```text\n{main.get_help(context)}\n```\n"]
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        if command is not None:
            own = click.Context(command, info_name=name, parent=context, max_content_width=WIDTH, terminal_width=WIDTH)
            pages.append(f"## kepuasan {name}\n\n```text\n{command.get_help(own)}\n```\n")
    return "\n".join(pages)


def _linked(text: str) -> str:
    for link, place in LINKS:
        text = link.sub(place, text)
    return text
