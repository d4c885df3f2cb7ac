"""Progress of the settled charts: stages, and how far the charts are complete."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from orchestration.ledger.progress import (
    STAGES,
    Mark,
    add_mark,
    complete_marks,
    report_failure,
    report_stages,
    run_stage,
)

Loader = psycopg.Connection[Any]
NOW = datetime(2026, 11, 1, 10, tzinfo=UTC)
IDLE = dict.fromkeys(STAGES, 0)


def written(loader: Loader) -> list[Any]:
    """Which version of each stage's row is the current one."""
    return loader.execute("select stage, ctid, xmin::text from counts.stages order by stage").fetchall()


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


def progress(loader: Loader) -> Any:
    return loader.execute("select complete_through from counts.progress").fetchone()


def test_charts_are_complete_through_the_newest_mark_that_silver_covers(loader: Loader) -> None:
    for second, end in enumerate((5, 6, 9)):
        add_mark(loader, Mark(NOW + timedelta(seconds=second), {"0": end, "1": 0}))
    complete_marks(loader, {"0": 4})
    assert progress(loader) == (None,)
    complete_marks(loader, {"0": 8})
    assert progress(loader) == (NOW + timedelta(seconds=1),)
    assert loader.execute("select noted_at from counts.offset_marks").fetchall() == [(NOW + timedelta(seconds=2),)]


def test_how_far_charts_are_complete_never_moves_back(loader: Loader) -> None:
    for mark in (Mark(NOW, {"0": 5}), Mark(NOW - timedelta(seconds=9), {"0": 5})):
        add_mark(loader, mark)
        complete_marks(loader, {"0": 5})
    assert progress(loader) == (NOW,)
