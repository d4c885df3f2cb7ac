"""Two rules for every source file: its name says what it holds, and it fits into a head."""

import logging
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from local.environment import ROOT

LONGEST = 250
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
SUFFIXES = {".py", ".sql", ".ts", ".tsx", ".js", ".css", ".sh"}
# Written by programs, read by programs.
GENERATED = {Path("frontend/src/api/schema.d.ts")}


def broken_rules(root: Path, files: Iterable[Path]) -> list[str]:
    """Returns a sentence for each file, given relative to `root`, that breaks a rule."""
    return [sentence for file in files if file not in GENERATED for sentence in _broken(root, file)]


def source_files(root: Path) -> list[Path]:
    """Returns the files that git has or would take, without those that are ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    return sorted(Path(name) for name in listed.split("\0") if name and (root / name).is_file())


def _broken(root: Path, file: Path) -> list[str]:
    if file.suffix not in SUFFIXES:
        return []
    lines = len((root / file).read_text().splitlines())
    too_long = [f"{file}: {lines} lines, the limit is {LONGEST}"] if lines > LONGEST else []
    parts = {part.split(".")[0].lower() for part in file.parts}
    return too_long + [f"{file}: the name `{name}` says nothing" for name in parts & EMPTY_NAMES]


def main() -> None:
    """Prints what is broken; the exit status is 1 when something is."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    broken = broken_rules(ROOT, source_files(ROOT))
    for sentence in broken:
        logging.error("%s", sentence)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
