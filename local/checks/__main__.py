"""Run every check that needs no server, as many at a time as there are cores, and report each one's errors."""

import logging
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Final

from local.environment import ROOT

PYTHON: Final = sys.executable
PROGRAMS: Final = Path(PYTHON).parent
# Common misspellings, and our own list of words for which there is a plainer one.
DICTIONARIES: Final = ["--dictionary=-", "--dictionary=local/checks/words_to_avoid.txt"]
CHECKS: Final = {
    # The longest come first, so that none of them runs alone at the end.
    "types": [PYTHON, "-m", "mypy"],
    "SQL": [str(PROGRAMS / "sqlfluff"), "lint", "--disable-progress-bar", "dbt_project"],
    "dashboard lint": [PYTHON, "-m", "local.setup.npm", "run", "lint"],
    "dashboard types": [PYTHON, "-m", "local.setup.npm", "run", "typecheck"],
    "import rules": [str(PROGRAMS / "lint-imports")],
    "lint": [PYTHON, "-m", "ruff", "check"],
    "format": [PYTHON, "-m", "ruff", "format", "--check"],
    "words": [str(PROGRAMS / "codespell"), *DICTIONARIES, ".", ".github"],
    "names and lengths": [PYTHON, "-m", "local.checks.file_rules"],
}
log = logging.getLogger("local")


def main() -> None:
    """Run all checks to their end; the exit status is 1 when one has failed."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        running = {pool.submit(_passes, name, command): name for name, command in CHECKS.items()}
        failed = [running[check] for check in as_completed(running) if not check.result()]
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def _passes(name: str, command: list[str]) -> bool:
    """Run one check; print its output as a whole, since others run at the same time."""
    begun = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    verdict = "passed" if done.returncode == 0 else "FAILED"
    log.info("check: %s %s in %.0f s\n%s", name, verdict, time.monotonic() - begun, done.stdout.strip())
    return done.returncode == 0


if __name__ == "__main__":
    main()
