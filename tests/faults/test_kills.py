"""kill -9 in the midst of a replay: every acknowledged play is in the charts once, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom
from typing import Final

import pytest

from tests.e2e.lake_rows import read_coordinates
from tests.e2e.published_charts import compare_with_truth
from tests.e2e.truth import read_plays
from tests.faults.replay_under_way import ReplayUnderWay, write_plays
from tests.faults.victims import BROKER, INGEST, LAKE_DRIVER, LAKE_JVM, Victim
from tests.whole_stack import WholeStack

PLAYS: Final = 3_000
EARLIEST, LATEST = 0.15, 0.7
"""The part of the replay that is acknowledged when the kill comes: a random one between these."""
CHARTS_SECONDS: Final = 480
"""A driver that starts cold on a slow machine needs minutes of its processor."""
ROW: Final = "{:<18} {:>12} {:>6} {:>7} {:>8} {:>6} {:>12}"
HEAD: Final = ("killed", "acknowledged", "of", "back s", "charts s", "rows", "differences")


@dataclass(frozen=True)
class Finding:
    """One kill: how many plays were acknowledged then, and what the charts held in the end.

    ``back_seconds`` is from the kill until the part answered, ``charts_seconds`` from the last
    acknowledgement until the charts were complete.
    """

    killed: str
    acknowledged: int
    total: int
    back_seconds: float
    charts_seconds: float
    rows: int
    differences: int

    def to_row(self) -> str:
        """One line of the table."""
        return ROW.format(*(f"{one:.1f}" if isinstance(one, float) else one for one in astuple(self)))


@pytest.fixture(scope="module")
def table(request: pytest.FixtureRequest) -> Iterator[list[Finding]]:
    """The findings of this module's kills, printed when all are done."""
    findings: list[Finding] = []
    yield findings
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print("", ROW.format(*HEAD), *(finding.to_row() for finding in findings), sep="\n")  # noqa: T201


def kill_in_the_midst(stack: WholeStack, victim: Victim, file: Path) -> Finding:
    """Replay a file, kill in its midst, and compare the charts once they are complete."""
    settings, moment = stack.line.settings, SystemRandom().uniform(EARLIEST, LATEST)
    with ReplayUnderWay(stack.line, file) as replay:
        replay.wait_for(round(PLAYS * moment))
        former = victim.kill(settings)
        acknowledged = replay.tally.accepted
        back_seconds = victim.wait_until_back(settings, former)
    assert acknowledged < PLAYS == replay.tally.accepted
    stack.truth.add_plays(read_plays(file))
    charts_seconds = stack.line.wait_until_settled(datetime.now(UTC), CHARTS_SECONDS)
    compared = compare_with_truth(stack.line, stack.truth)
    assert compared.differences == []
    rows = compared.hourly_rows + compared.daily_rows
    return Finding(victim.name, acknowledged, PLAYS, back_seconds, charts_seconds, rows, len(compared.differences))


def must_hold_every_message_once(stack: WholeStack) -> None:
    bronze = read_coordinates(stack.line, "bronze/plays")
    silver = read_coordinates(stack.line, "silver/plays") + read_coordinates(stack.line, "silver/rejected_plays")
    assert len(bronze) == len(set(bronze))
    assert sorted(silver) == sorted(bronze)


@pytest.mark.faults
@pytest.mark.timeout(900)
@pytest.mark.parametrize("victim", [INGEST, BROKER, LAKE_DRIVER, LAKE_JVM], ids=lambda victim: victim.name)
def test_a_kill_in_the_midst_of_a_replay_neither_loses_nor_doubles_a_play(
    whole_stack: WholeStack, table: list[Finding], victim: Victim, tmp_path: Path
) -> None:
    write_plays(tmp_path / "plays.jsonl", PLAYS, seed=100 + len(table))
    table.append(kill_in_the_midst(whole_stack, victim, tmp_path / "plays.jsonl"))
    must_hold_every_message_once(whole_stack)


def test_a_sample_of_the_proof_with_the_worst_kill(
    whole_stack: WholeStack, table: list[Finding], tmp_path: Path
) -> None:
    write_plays(tmp_path / "plays.jsonl", PLAYS, seed=99)
    table.append(kill_in_the_midst(whole_stack, LAKE_JVM, tmp_path / "plays.jsonl"))
    must_hold_every_message_once(whole_stack)
