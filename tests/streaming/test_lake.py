"""A client of the lake driver learns at once that there is none."""

from __future__ import annotations

import time

import pytest

from streaming.lake import connect
from tests.ports import free_ports


def test_a_driver_that_is_not_there_is_told_at_once() -> None:
    (nobody,) = free_ports(1)
    begun = time.monotonic()
    with pytest.raises(OSError, match="refused"):
        connect("localhost", nobody, "token")
    assert time.monotonic() - begun < 2
