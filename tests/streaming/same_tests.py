"""The tests of the lake once more, on another cluster or another store: only settings change."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Final

from local.environment import ROOT

FILES: Final = (
    "tests/streaming/test_driver.py",
    "tests/streaming/test_bronze.py",
    "tests/streaming/test_bronze_batches.py",
    "tests/streaming/test_maintenance.py",
    "tests/orchestration/silver/test_rules.py",
    "tests/orchestration/silver/test_enrich_plays.py",
)
PATIENCE_SECONDS: Final = 1_800


def run_same_tests(changes: dict[str, str]) -> None:
    """Run them with some variables of the stack changed; raises AssertionError with pytest's words when one fails."""
    # It ends with the first failure: a server that did not start would be told of once for each test.
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *FILES]
    variables = {**os.environ, "TEST_STACK": json.dumps(changes)}
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    assert done.returncode == 0, done.stdout[-5_000:]
    print(done.stdout.splitlines()[-1])  # noqa: T201 (how many passed)
