"""kill -9 of what runs settle_charts: the next run repeats its work, and no play is counted twice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from tests.e2e.published_charts import compare_with_truth
from tests.e2e.truth import read_plays
from tests.faults.replay_under_way import ReplayUnderWay, write_plays
from tests.faults.victims import FLOW, Victim
from tests.whole_stack import WholeStack

PLAYS: Final = 2_000
TAKEN_OVER_SECONDS: Final = 420
"""Prefect frees the place of a run that died with its worker when its lease expires, after 300 s at most."""
CHARTS_SECONDS: Final = 240


WORKER: Final = Victim("worker", "prefect-worker")
SERVER: Final = Victim("Prefect's server", "prefect-server")


@pytest.mark.faults
@pytest.mark.timeout(900)
@pytest.mark.parametrize("victim", [FLOW, WORKER, SERVER], ids=lambda victim: victim.name)
def test_the_next_run_takes_over_and_nothing_is_counted_twice(
    whole_stack: WholeStack, victim: Victim, tmp_path: Path
) -> None:
    line, file = whole_stack.line, tmp_path / "plays.jsonl"
    write_plays(file, PLAYS, seed=300 + len(victim.name))
    with ReplayUnderWay(line, file) as replay:
        replay.wait_for(PLAYS // 3)
        victim.kill(line.settings)
        killed_at = datetime.now(UTC)
        line.wait_until_settled(killed_at, TAKEN_OVER_SECONDS)
    whole_stack.truth.add_plays(read_plays(file))
    line.wait_until_settled(datetime.now(UTC), CHARTS_SECONDS)
    assert compare_with_truth(line, whole_stack.truth).differences == []
