"""A run is followed by one that is ready, once, and by the lock alone."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from orchestration import succession
from orchestration.connections import hold_round_lock
from orchestration.settings import OrchestrationSettings
from orchestration.succession import LEAD_SECONDS, Succession


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """When a successor was called."""
    called: list[float] = []
    monkeypatch.setattr(succession, "call_successor", lambda: called.append(time.monotonic()))
    return called


def test_a_successor_is_called_once_and_not_before_it_is_due(calls: list[float]) -> None:
    Succession(time.monotonic() + LEAD_SECONDS + 60).call_when_due()
    assert calls == []
    due = Succession(time.monotonic() + LEAD_SECONDS)
    for _ in range(3):
        due.call_when_due()
    assert len(calls) == 1


def test_rounds_go_on_where_no_successor_can_be_called(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse() -> None:
        raise ConnectionError("no server")

    monkeypatch.setattr(succession, "call_successor", refuse)
    Succession(time.monotonic()).call_when_due()
    assert "no successor could be called" in caplog.text


def test_a_run_of_no_deployment_has_no_successor(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a run was started")

    monkeypatch.setattr(succession, "run_deployment", refuse)
    succession.call_successor()


def test_who_has_patience_gets_the_lock_when_its_holder_ends(settings: OrchestrationSettings) -> None:
    ended = threading.Event()

    def hold() -> None:
        with hold_round_lock(settings) as lock:
            assert lock is not None
            held.set()
            ended.wait(30)

    held = threading.Event()
    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(30)
    with hold_round_lock(settings) as lock:
        assert lock is None
    threading.Timer(1, ended.set).start()
    with hold_round_lock(settings, patience_seconds=30) as lock:
        assert lock is not None
        assert ended.is_set()
    holder.join()
