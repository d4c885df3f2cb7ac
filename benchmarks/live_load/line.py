"""A separate pipeline for the benchmarks of freshness: every part of the stack, with a day of plays behind it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
from pydantic import Field
from pydantic_settings import BaseSettings

from benchmarks.live_load.live_day import fill_live_day
from tests.e2e.line import Line
from tests.whole_stack import own_stack


class RateSettings(BaseSettings):
    """What may be changed, each by the environment variable of its name."""

    minutes: float = Field(30, description="how long to measure")
    rate: int = Field(1_000, description="plays a second")
    live_plays: int = Field(20_000_000, description="plays of the day that live counts hold before")


@contextmanager
def line_with_live_day(plays: int) -> Iterator[Line]:
    """The running line, with its own settings as they are by default, and so many plays of today counted live."""
    with own_stack(BRONZE_TRIGGER_SECONDS="60", SETTLE_INTERVAL_SECONDS="600") as stack:
        begun = time.monotonic()
        with psycopg.connect(stack.line.dsn("live"), autocommit=True) as connection:
            fill_live_day(connection, datetime.now(UTC).date(), plays)
        print(f"{plays:,} plays of today are in live after {time.monotonic() - begun:.0f} s", flush=True)
        yield stack.line
