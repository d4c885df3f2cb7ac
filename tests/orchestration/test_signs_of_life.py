"""A long step keeps the heartbeat fresh; one that hangs, ends or was never long does not."""

from __future__ import annotations

import time
from functools import partial
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

from api.status import DOWN_AFTER_SECONDS
from orchestration import flows
from orchestration.settings import OrchestrationSettings
from orchestration.signs_of_life import EVERY_SECONDS, LONGEST_STEP_SECONDS, show_life

Loader = psycopg.Connection[Any]
PATIENCE_SECONDS = 30


def beats(loader: Loader) -> str:
    """Which version of the heartbeat's row is the current one."""
    row = loader.execute("select xmin::text from counts.progress").fetchone()
    assert row
    return str(row[0])


def wait_for_a_beat(loader: Loader, before: str) -> str:
    """The row's version once it is another than before."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (now := beats(loader)) == before:
        assert time.monotonic() < deadline, "the heart does not beat"
        time.sleep(0.01)
    return now


def test_the_heart_beats_again_and_again_while_a_step_is_at_work(
    loader: Loader, settings: OrchestrationSettings
) -> None:
    before = beats(loader)
    with show_life(settings.loader_conninfo, every=0.05), loader.transaction():
        loader.execute("insert into counts.stages (stage) values ('silver')")
        wait_for_a_beat(loader, wait_for_a_beat(loader, before))


def test_the_heart_is_still_once_the_step_failed(loader: Loader, settings: OrchestrationSettings) -> None:
    with pytest.raises(ValueError, match="the step"), show_life(settings.loader_conninfo, every=0.2):
        raise ValueError("the step")
    before = beats(loader)
    time.sleep(0.6)
    assert beats(loader) == before


def test_a_step_that_hangs_falls_silent(loader: Loader, settings: OrchestrationSettings) -> None:
    with show_life(settings.loader_conninfo, every=0.1, longest=0.2):
        last = wait_for_a_beat(loader, wait_for_a_beat(loader, beats(loader)))
        time.sleep(0.5)
        assert beats(loader) == last


def test_three_beats_fit_into_the_silence_after_which_stages_count_as_down() -> None:
    assert EVERY_SECONDS * 3 <= DOWN_AFTER_SECONDS < LONGEST_STEP_SECONDS


def test_every_step_of_a_round_shows_life(
    monkeypatch: pytest.MonkeyPatch, loader: Loader, settings: OrchestrationSettings
) -> None:
    worked: list[str] = []

    def work(step: str, *_: Any) -> None:
        wait_for_a_beat(loader, beats(loader))
        worked.append(step)

    for step in ("enrich", "publish", "build"):
        monkeypatch.setattr(flows, step, partial(work, step))
    monkeypatch.setattr(flows, "show_life", partial(show_life, every=0.05))
    monkeypatch.setattr(flows, "OrchestrationSettings", lambda: settings)
    monkeypatch.setattr(flows, "open_connections", lambda: SimpleNamespace(postgres=loader))
    monkeypatch.setattr(flows, "describe_round", lambda *_: [])
    monkeypatch.setattr(flows, "create_table_artifact", lambda **_: None)
    flows.refresh_charts.fn(None)
    assert worked == ["enrich", "publish", "build"]
