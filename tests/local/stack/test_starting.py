"""Waiting for parts ends when it is interrupted, whenever that is."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.settings import LocalSettings
from local.stack import starting
from local.stack.parts import Part
from local.stack.starting import wait_for_all
from local.stack.supervisor import Supervisor
from local.stack.waiting import NotReadyError
from tests.stack import make_environment


class InterruptedAfterOne(tuple[Part, ...]):
    """Parts of which the second is never come to, because of Ctrl-C."""

    def __iter__(self) -> Iterator[Part]:
        yield self[0]
        raise KeyboardInterrupt


def never_ready(_: LocalSettings) -> None:
    raise NotReadyError("not yet")


def test_an_interruption_while_waiting_begins_leaves_no_part_awaited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "DEADLINE_SECONDS", 20)
    settings, begun = LocalSettings.of(make_environment(tmp_path)), time.monotonic()
    parts = InterruptedAfterOne([Part("one", never_ready), Part("other", never_ready)])
    with pytest.raises(KeyboardInterrupt):
        wait_for_all(settings, Supervisor(tmp_path), parts)
    assert time.monotonic() - begun < 10
