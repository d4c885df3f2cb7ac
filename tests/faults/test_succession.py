"""The run that keeps the charts fresh ends every hour: whoever follows it is ready, and nothing stands still."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from local.environment import ROOT
from local.settings import LocalSettings
from local.waiting import NotReadyError, wait_until
from tests.e2e.published_charts import compare_with_truth
from tests.e2e.truth import read_plays
from tests.faults.replay_under_way import ReplayUnderWay, write_plays
from tests.faults.victims import FLOW
from tests.whole_stack import WholeStack

PLAYS: Final = 2_000
READY_SECONDS: Final = 240
TAKEN_OVER_SECONDS: Final = 60
CHARTS_SECONDS: Final = 240
RUN: Final = ["deployment", "run", "keep_charts_fresh/keep-charts-fresh", "--param", "succeeds=true"]


@pytest.mark.faults
@pytest.mark.timeout(900)
def test_a_successor_that_is_ready_goes_on_where_the_run_before_it_stopped(
    whole_stack: WholeStack, tmp_path: Path
) -> None:
    line, file = whole_stack.line, tmp_path / "plays.jsonl"
    write_plays(file, PLAYS, seed=400)
    with ReplayUnderWay(line, file) as replay:
        _call_successor(line.environment)
        wait_until("the successor", lambda: _must_be_ready(line.settings), READY_SECONDS, 0.5)
        replay.wait_for(PLAYS // 3)
        FLOW.kill(line.settings)
        line.wait_until_complete(datetime.now(UTC), TAKEN_OVER_SECONDS)
    whole_stack.truth.add_plays(read_plays(file))
    line.wait_until_complete(datetime.now(UTC), CHARTS_SECONDS)
    assert compare_with_truth(line, whole_stack.truth).differences == []


def _call_successor(environment: Mapping[str, str]) -> None:
    prefect = str(Path(sys.executable).with_name("prefect"))
    subprocess.run([prefect, "--no-prompt", *RUN], cwd=ROOT, env=environment, check=True, timeout=60)


def _must_be_ready(settings: LocalSettings) -> None:
    told = (settings.data_dir / "logs" / "prefect-worker.log").read_text(errors="replace")
    if "ready for rounds" not in told:
        raise NotReadyError("it has not said that it is ready")
