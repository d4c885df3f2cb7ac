"""Install the Python packages of uv.lock into `.venv`, when lock or Python changed since the last time."""

import logging
import sys
from hashlib import sha256
from pathlib import Path

from local.setup.downloads import ROOT, cache_folder
from local.setup.progress import run_with_progress
from local.setup.wheel_tools import sync_command, sync_variables

ENVIRONMENT = ROOT / ".venv"


def install_packages(cache: Path) -> bool:
    """Make `.venv` equal to uv.lock; return whether there was something to do."""
    note, digest = ENVIRONMENT / ".made-from", _digest()
    if note.exists() and note.read_text() == digest:
        return False
    note.unlink(missing_ok=True)
    # Compiled once here, instead of by each process that starts at the same time, or at each start where Python may
    # not write beside its packages.
    command = [*sync_command(cache), "--no-progress", "--compile-bytecode"]
    run_with_progress("fetching and installing", command, _state, sync_variables(cache, ENVIRONMENT))
    note.write_text(digest)
    return True


def _digest() -> str:
    files = (ROOT / "pyproject.toml").read_bytes() + (ROOT / "uv.lock").read_bytes()
    return sha256(files + sys.version.encode() + str(ENVIRONMENT).encode()).hexdigest()


def _state(line: str) -> str | None:
    # uv lists each package that it has installed after a sign; its other lines say what it does.
    return None if line.startswith((" + ", " - ", " ~ ")) else line.strip()


def main() -> None:
    """Install what is missing."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    install_packages(cache_folder())


if __name__ == "__main__":
    main()
