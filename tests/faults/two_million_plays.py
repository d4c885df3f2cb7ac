"""Millions of plays while the lake driver is killed again and again: every one is accounted for, and charted.

    make endurance ARGS="--plays 2000000 --kills 10"

Ten in a hundred of the plays are duplicates, five are late by up to seven days, and one is poison: half of it bodies
that ingest refuses, half values that are written to Kafka past it. It ends with 0 when every equation of
the table holds, every row of both marts is as two independent counts say (of what was posted, and of bronze), and a
rebuild of everything from bronze finds nothing to change.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from local.environment import load_environment
from tests.e2e.compare_charts import compare
from tests.e2e.count_bronze import COLUMNS, charts_of_bronze
from tests.e2e.count_charts import Expected, expected_charts
from tests.e2e.lake_rows import open_table
from tests.e2e.line import Line
from tests.e2e.line_accounts import read_accounts
from tests.e2e.rebuilding import rebuild_everything
from tests.faults.long_run.accounts import Equation, Holdings, read_holdings
from tests.faults.long_run.kills import kill_by_turns
from tests.faults.long_run.plays import Mix, write_plays
from tests.faults.long_run.poison import Poison
from tests.faults.long_run.posting import LongPosting
from tests.whole_stack import own_stack

POISON_SHARE: Final = 0.005
"""Of each kind: refused by ingest, and written past it."""
LOOK_SECONDS: Final = 20
SHOWN_DIFFERENCES: Final = 20
UNLIMITED: Final = str(10**9)
Say = Callable[[str], None]


def prove(line: Line, asked: argparse.Namespace, folder: Path, say: Say) -> bool:
    """Post, kill, wait, and compare; tells whether all is as it must be."""
    file = folder / "plays.jsonl"
    write_plays(file, Mix(asked.plays, refused=POISON_SHARE), datetime.now(UTC), asked.seed)
    say(f"{asked.plays:,} lines are written")
    posting, poison = _post(line, file, asked, say)
    live_seconds = posting.seconds + _wait_for_charts(line, asked.patience, say)
    tally = posting.tally
    holdings = read_holdings(line, tally.accepted, tally.refused, poison.written)
    well = _judge(line, holdings, file, say)
    _rebuild(line, live_seconds, say)
    return well


def _post(line: Line, file: Path, asked: argparse.Namespace, say: Say) -> tuple[LongPosting, Poison]:
    poison = Poison(line)
    with LongPosting(line, file, poison, POISON_SHARE) as posting:
        kills = list(kill_by_turns(line, posting, asked.plays, asked.kills, say))
    assert len(kills) == asked.kills
    rate = posting.tally.lines / posting.seconds
    say(f"posted in {posting.seconds:.0f} s, {rate:,.0f} lines/s, {posting.poster.retried} requests sent again")
    return posting, poison


def _wait_for_charts(line: Line, patience_seconds: float, say: Say) -> float:
    started, acknowledged_at = time.monotonic(), datetime.now(UTC)
    while True:
        try:
            line.wait_until_settled(acknowledged_at, LOOK_SECONDS)
        except TimeoutError:
            waited = time.monotonic() - started
            if waited > patience_seconds:
                raise
            say(f"after {waited:.0f} s {read_accounts(line).received:,} plays are in silver")
        else:
            waited = time.monotonic() - started
            say(f"the charts are complete {waited:.0f} s after the last acknowledgement")
            return waited


def _judge(line: Line, holdings: Holdings, file: Path, say: Say) -> bool:
    say("\n".join(holdings.to_rows()))
    of_posted = expected_charts(file, line.secret)
    well = _compare("what was posted", of_posted, line, say)
    of_bronze = charts_of_bronze(open_table(line, "bronze/plays").to_pyarrow_table(columns=list(COLUMNS)))
    well &= _compare("bronze", of_bronze, line, say)
    equations = holdings.equations(of_posted.accounts, of_bronze.accounts)
    say("\n".join(map(Equation.to_row, equations)))
    return well and all(equation.holds for equation in equations)


def _rebuild(line: Line, live_seconds: float, say: Say) -> None:
    say("everything is made again from bronze")
    seconds = rebuild_everything(line)
    times = live_seconds / seconds
    say(f"nothing differed after {seconds:.0f} s; live, kills included, took {times:.1f} times as long")


def _compare(name: str, expected: Expected, line: Line, say: Say) -> bool:
    differences = compare(expected, line.dsn("reader"))
    rows = f"{expected.hourly.num_rows:,} hourly and {expected.daily.num_rows:,} daily rows"
    say(f"charts against an independent count of {name}: {rows}, {len(differences)} differences")
    for difference in differences[:SHOWN_DIFFERENCES]:
        say(f"  {difference}")
    return not differences


@contextmanager
def _line(running: bool) -> Iterator[Line]:
    if not running:
        with own_stack(INGEST_RATE_LIMIT_PLAYS=UNLIMITED) as stack:
            yield stack.line
        return
    load_environment()
    line = Line(dict(os.environ))
    line.wait_until_settled(datetime.now(UTC))
    if read_accounts(line).published:
        sys.exit("the running stack has taken other plays already; start with an empty one")
    yield line


def main(arguments: Sequence[str]) -> int:
    """Print the table; 0 when all holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.two_million_plays", description=__doc__)
    parser.add_argument("--plays", type=int, default=2_000_000, help="lines to post (%(default)s)")
    parser.add_argument("--kills", type=int, default=10, help="of the lake driver, in the midst (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other plays (%(default)s)")
    parser.add_argument("--patience", type=float, default=3600, help="seconds until the charts must be complete")
    parser.add_argument("--running", action="store_true", help="on the running, empty stack; else one of its own")
    asked = parser.parse_args(arguments)
    started = time.monotonic()

    def say(text: str) -> None:
        sys.stdout.write(f"{text}\n" if "\n" in text else f"{time.monotonic() - started:6.0f} s  {text}\n")
        sys.stdout.flush()

    with _line(asked.running) as line, tempfile.TemporaryDirectory() as folder:
        say("the stack is ready")
        well = prove(line, asked, Path(folder), say)
    say("all is as it must be" if well else "NOT as it must be")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
