"""A round and a correction by hand never change the lake at once."""

from __future__ import annotations

import threading
from typing import Any

import psycopg

from orchestration.flows.exclusion import pause_settling, work_on_lake
from orchestration.maintenance.compaction import COMPACTION_LOCK
from orchestration.settings import OrchestrationSettings
from tests.stack import PostgresServer

WAITING = "select count(*) from pg_locks where locktype = 'advisory' and not granted"


def test_no_round_begins_while_a_correction_runs(
    settings: OrchestrationSettings, loader: psycopg.Connection[Any]
) -> None:
    with pause_settling(settings):
        with work_on_lake(loader) as may_work:
            assert not may_work
        assert loader.execute("select pg_try_advisory_lock(%s)", (COMPACTION_LOCK,)).fetchone() == (False,)
    with work_on_lake(loader) as may_work:
        assert may_work


def test_a_round_may_begin_the_moment_a_correction_ends(
    settings: OrchestrationSettings, loader: psycopg.Connection[Any]
) -> None:
    for _ in range(50):
        with pause_settling(settings):
            pass
        with work_on_lake(loader) as may_work:
            assert may_work


def test_a_correction_waits_for_the_round_that_runs_and_no_other_round_comes_first(
    settings: OrchestrationSettings, loader: psycopg.Connection[Any], database: PostgresServer
) -> None:
    paused, let_go = threading.Event(), threading.Event()

    def correct() -> None:
        with pause_settling(settings):
            paused.set()
            let_go.wait(30)

    correction = threading.Thread(target=correct)
    with work_on_lake(loader) as may_work, database.connect("loader") as other:
        assert may_work
        correction.start()
        while other.execute(WAITING).fetchone() == (0,):
            assert not paused.is_set()
        with work_on_lake(other) as may_work_too:
            assert not may_work_too
    assert paused.wait(30)
    with work_on_lake(loader) as may_work:
        assert not may_work
    let_go.set()
    correction.join()
