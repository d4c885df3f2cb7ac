"""What is written while nothing happens: the heartbeat, every few seconds, and nothing else."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from orchestration.progress import STAGES, Heartbeat, Mark, Marks, report_failure, report_stages, run_stage

Loader = psycopg.Connection[Any]
NOW = datetime(2026, 11, 1, 10, tzinfo=UTC)
IDLE = dict.fromkeys(STAGES, 0)


def written(loader: Loader) -> list[Any]:
    """Which version of each stage's row is the current one."""
    return loader.execute("select stage, ctid, xmin::text from counts.stages order by stage").fetchall()


def heartbeat(loader: Loader) -> Any:
    return loader.execute("select xmin::text, complete_through from counts.progress").fetchone()


def test_stages_are_written_when_something_changed_and_not_otherwise(loader: Loader) -> None:
    report_stages(loader, IDLE, 0.0)
    before = written(loader)
    report_stages(loader, IDLE, 7.0)
    assert written(loader) == before
    report_stages(loader, {**IDLE, "silver": 3}, 1.5)
    changed = set(written(loader)) - set(before)
    assert {row[0] for row in changed} == {"silver"}
    assert loader.execute("select lag_plays, lag_seconds from counts.stages where stage = 'silver'").fetchone() == (
        3,
        1.5,
    )


def test_a_stage_that_failed_is_well_again_once_nothing_waits_for_it(loader: Loader) -> None:
    report_stages(loader, IDLE, 0.0)
    with pytest.raises(ValueError, match="broken"):
        run_stage(lambda: loader, "silver", lambda: int("broken"))
    failed = loader.execute("select last_error, error_at > last_success from counts.stages where stage = 'silver'")
    assert failed.fetchone() == ("ValueError: invalid literal for int() with base 10: 'broken'", True)
    report_stages(loader, IDLE, 0.0)
    assert loader.execute("select bool_and(last_success > error_at) from counts.stages").fetchone() == (True,)


def test_a_stage_that_did_its_part_is_well_however_much_came_in_meanwhile(loader: Loader) -> None:
    report_failure(loader, "silver", ValueError("the store was away"))
    assert run_stage(lambda: loader, "silver", lambda: 5) == 5
    report_stages(loader, {**IDLE, "silver": 500}, 31.0)
    assert loader.execute(
        "select last_success > error_at, lag_plays from counts.stages where stage = 'silver'"
    ).fetchone() == (True, 500)


def test_a_stage_that_failed_and_still_trails_stays_failed(loader: Loader) -> None:
    report_failure(loader, "charts", ValueError("a rule"))
    report_stages(loader, {**IDLE, "charts": 2}, 3.0)
    assert loader.execute("select last_success from counts.stages where stage = 'charts'").fetchone() == (None,)


def test_the_heart_beats_every_few_seconds_and_at_once_when_more_is_covered(
    loader: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    heart = Heartbeat()
    heart.beat(loader, NOW, {"0": 5})
    first = heartbeat(loader)
    heart.beat(loader, NOW + timedelta(seconds=1), {"0": 5})
    assert heartbeat(loader) == first
    clock[0] += 2
    heart.beat(loader, None, {"0": 5})
    assert heartbeat(loader)[1] == NOW + timedelta(seconds=1)
    heart.beat(loader, NOW + timedelta(seconds=3), {"0": 6})
    assert heartbeat(loader)[1] == NOW + timedelta(seconds=3)
    heart.beat(loader, NOW, {"0": 7})
    assert heartbeat(loader)[1] == NOW + timedelta(seconds=3)


def test_marks_are_settled_in_order_up_to_the_newest_that_is_covered() -> None:
    marks = Marks()
    for second, end in enumerate((5, 6, 9)):
        marks.add(Mark(NOW + timedelta(seconds=second), {"0": end}))
    assert marks.settle({"0": 4}) is None
    assert marks.settle({"0": 8}) == NOW + timedelta(seconds=1)
    assert marks.settle({"0": 8}) is None
