"""``python -m tests.faults.live_mutations``: break each guard of the live counter in a copy; its tests must go red.

Prints the first red test of each guard, and ends with 1 when the tests stayed green without one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Final

from local.environment import ROOT

TESTS: Final = ("tests/streaming/live/test_counter.py", "tests/streaming/live/test_process.py")
_RED: Final = 1
"""What pytest ends with when a test failed; other errors have other numbers."""


@dataclass(frozen=True)
class Mutation:
    """A guard and how it is broken: a piece of a file is replaced."""

    guard: str
    file: str
    original: str
    broken: str


SQL: Final = "streaming/live/count_plays.sql"
COUNTER: Final = "streaming/live/counter.py"
_ADVANCE: Final = "advance_offsets(self._connection, before, after, complete_through)\n"
MUTATIONS: Final = (
    Mutation(
        "a play that is known is a duplicate",
        SQL,
        "candidates.is_first and fresh.identity is not null as is_play",
        "candidates.is_first as is_play",
    ),
    Mutation(
        "of copies in a batch the first by partition and offset is the play",
        SQL,
        'order by "partition", "offset") = 1',
        'order by "partition" desc, "offset" desc) = 1',
    ),
    Mutation(
        "the cap",
        SQL,
        "least(eligible_before + eligible, %(cap)s) - least(eligible_before, %(cap)s)",
        "eligible + 0 * %(cap)s",
    ),
    Mutation(
        "a listener known in the window is not new",
        SQL,
        "            known.day = heard.day\n",
        "            known.day = heard.day and false\n",
    ),
    Mutation(
        "settled hours are the lake's",
        SQL,
        "where hour = -1 or day + make_interval(hours => hour) >= %(hours_from)s::timestamptz at time zone 'UTC'",
        "where %(hours_from)s::timestamptz is not null",
    ),
    Mutation(
        "offsets are stored in the transaction that counts",
        COUNTER,
        f"        with self._connection.transaction():\n            {_ADVANCE}",
        f"        {_ADVANCE}        with self._connection.transaction():\n",
    ),
)


def break_guard(mutation: Mutation, checkout: Path) -> None:
    """Replace the piece in a checkout; raises ValueError where it does not stand exactly once."""
    file = checkout / mutation.file
    text = file.read_text()
    if text.count(mutation.original) != 1:
        raise ValueError(f"{mutation.file} has {mutation.original!r} {text.count(mutation.original)} times")
    file.write_text(text.replace(mutation.original, mutation.broken))


def find_red_test(mutation: Mutation) -> str | None:
    """Return the first test that fails without a guard; raises RuntimeError when the tests could not be run."""
    with tempfile.TemporaryDirectory(prefix="top-songs-mutation-") as folder:
        checkout = Path(folder)
        copy_checkout(checkout)
        break_guard(mutation, checkout)
        command = [sys.executable, "-m", "pytest", "-q", "--maxfail=1", "-m", "not faults", *TESTS]
        environment = {**os.environ, "PYTHONPATH": folder}
        done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, _RED):
        raise RuntimeError(done.stdout + done.stderr)
    red = (line.split()[1] for line in done.stdout.splitlines() if line.startswith("FAILED "))
    return next(red, None)


def copy_checkout(folder: Path) -> None:
    """Copy every file that belongs to the project, as it is now."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            copyfile(ROOT / name, folder / name)


def main() -> int:
    """Break one guard after the other."""
    green = 0
    for mutation in MUTATIONS:
        red = find_red_test(mutation)
        green += red is None
        sys.stdout.write(f"without “{mutation.guard}”: {red or 'NO TEST IS RED'}\n")
        sys.stdout.flush()
    return 1 if green else 0


if __name__ == "__main__":
    sys.exit(main())
