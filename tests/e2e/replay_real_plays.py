"""Real plays through a running stack: every one accounted for, every chart row as counted, twice the same.

    make up
    .venv/bin/python -m tests.e2e.replay_real_plays FOLDER

`FOLDER` holds the tables that docs/simulator.md names; without it, `REAL_PLAYS` says where they are. The
stack must have taken no other plays: they would be in its charts and not in the count.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any, Final

from clients.importers.real_plays.lastfm_table import read_lastfm_plays
from clients.importers.real_plays.spotify_charts import read_spotify_plays
from clients.play_lines import write_lines
from local.environment import load_environment
from tests.e2e.line import Line
from tests.e2e.published_charts import Comparison, compare_with_truth, read_charts
from tests.e2e.replaying import Replayed, replay
from tests.e2e.truth import Truth, read_plays

DEADLINE_SECONDS: Final = 600
SHOWN_DIFFERENCES: Final = 20
Say = Callable[[str], None]
READERS: Final[dict[str, Callable[[Path], Iterator[dict[str, Any]]]]] = {
    "lastfm": read_lastfm_plays,
    "spotify": read_spotify_plays,
}


@dataclass(frozen=True)
class Findings:
    """What the replays showed; ``changed_rows`` are rows that the second one left otherwise."""

    first: dict[str, Replayed]
    again: dict[str, Replayed]
    compared: Comparison
    changed_rows: int

    @property
    def is_all_well(self) -> bool:
        """Whether all plays are accounted for, all rows equal, and none changed by the second replay."""
        replays = chain(self.first.values(), self.again.values())
        is_accounted = all(one.accounted == one.tally.lines for one in replays)
        return is_accounted and not self.compared.differences and self.changed_rows == 0


def make_files(folder: Path, target: Path) -> dict[str, Path]:
    """Turn the real tables into files of plays."""
    files = {name: target / f"{name}.jsonl.gz" for name in READERS}
    for name, file in files.items():
        write_lines(READERS[name](folder), file)
    return files


def replay_twice(line: Line, truth: Truth, files: dict[str, Path], say: Say) -> Findings:
    """Post all files, compare every chart row, and post them all again."""
    first = {name: _replay(line, name, file, say) for name, file in files.items()}
    truth.add_plays(chain.from_iterable(map(read_plays, files.values())))
    compared = compare_with_truth(line, truth)
    say(f"rows compared: {compared.hourly_rows} hourly, {compared.daily_rows} daily")
    say("\n".join([f"differences: {len(compared.differences)}", *compared.differences[:SHOWN_DIFFERENCES]]))
    charts = read_charts(line)
    again = {name: _replay(line, f"{name} again", file, say) for name, file in files.items()}
    changed_rows = len(charts ^ read_charts(line))
    say(f"rows that the second replay changed: {changed_rows}")
    return Findings(first, again, compared, changed_rows)


def _replay(line: Line, name: str, file: Path, say: Say) -> Replayed:
    replayed = replay(line, file, DEADLINE_SECONDS)
    tally, accounts = replayed.tally, replayed.accounts
    say(
        f"{name}: {tally.lines} plays in, {replayed.accounted} accounted for: {accounts.counted} counted, "
        f"{accounts.too_short} too short, {accounts.over_cap} over cap, {accounts.duplicates} duplicates, "
        f"{tally.refused} refused; posted in {replayed.posting_seconds:.1f} s, "
        f"in the charts {replayed.charts_seconds:.1f} s later"
    )
    return replayed


def main(arguments: Sequence[str]) -> int:
    """Print the figures; 0 when all is well."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.replay_real_plays", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=os.environ.get("REAL_PLAYS"), help="or REAL_PLAYS")
    folder = parser.parse_args(arguments).folder
    if folder is None:
        parser.error("a folder is needed: an argument, or REAL_PLAYS in the environment")
    load_environment()
    line = Line(dict(os.environ))
    with tempfile.TemporaryDirectory() as scratch:
        line.wait_until_settled(datetime.now(UTC))
        truth = Truth(Path(scratch) / "truth.jsonl", line.secret)
        findings = replay_twice(line, truth, make_files(Path(folder), Path(scratch)), print)
    return 0 if findings.is_all_well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
