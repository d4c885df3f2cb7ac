"""Every check that needs no server, each run to its end, so that one `make check` shows all there is to mend."""

import logging
import subprocess
import sys
from pathlib import Path

from local.environment import ROOT

PYTHON = sys.executable
PROGRAMS = Path(PYTHON).parent
CHECKS = {
    "lint": [PYTHON, "-m", "ruff", "check"],
    "format": [PYTHON, "-m", "ruff", "format", "--check"],
    "types": [PYTHON, "-m", "mypy"],
    "import rules": [str(PROGRAMS / "lint-imports")],
    "SQL": [str(PROGRAMS / "sqlfluff"), "lint", "--disable-progress-bar", "dbt_project"],
    "names and lengths": [PYTHON, "-m", "local.file_rules"],
    "dashboard lint": [PYTHON, "-m", "local.npm", "run", "lint"],
    "dashboard types": [PYTHON, "-m", "local.npm", "run", "typecheck"],
}
log = logging.getLogger("local")


def main() -> None:
    """Runs the checks in order; the exit status is 1 when one has failed."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    failed = [name for name, command in CHECKS.items() if not _passes(name, command)]
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def _passes(name: str, command: list[str]) -> bool:
    log.info("check: %s", name)
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    main()
