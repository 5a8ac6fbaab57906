"""`python -m kepuasan`: the command line."""

from kepuasan.cli import main

main(prog_name="kepuasan")
