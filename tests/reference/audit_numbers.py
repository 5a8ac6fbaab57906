"""Run the code for auditors by R, and store it with what R gave: audit/*.R and audit/numbers.json.

python tests/reference/audit_numbers.py        needs R with the package survey
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from reference.audit_cases import CASES, STORED, code_of, digest, files_of  # noqa: E402

_LAST = '\nwriteLines(sprintf("%.17g,%.17g", results$estimate, results$se), "results.txt")\n'


def main() -> None:
    """Rewrite all of it."""
    numbers = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, table in files_of().items():
            table.to_csv(folder / name, index=False)
        for name in CASES:
            code = code_of(name)
            (folder / "code.R").write_text(code + _LAST, encoding="utf-8")
            subprocess.run([shutil.which("Rscript") or "Rscript", "--vanilla", "code.R"], cwd=folder, check=True, capture_output=True)
            lines = (folder / "results.txt").read_text(encoding="utf-8").split()
            numbers[name] = {"sha256": digest(code), "results": [[float(part) for part in line.split(",")] for line in lines]}
            if name in STORED:
                (HERE / "audit" / f"{name}.R").write_text(code, encoding="utf-8")
    text = ",\n".join(f" {json.dumps(name)}: {json.dumps(one)}" for name, one in numbers.items())
    (HERE / "audit" / "numbers.json").write_text(f"{{\n{text}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
