"""Open, frozen and settled windows: what `live.open_windows` says, and how it advances.

A window that starts before `open_from` is settled: readers see the lake's counts. A window in [open_from, counted_from)
is frozen: readers see live counts that the counter no longer changes. Later windows are open.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from psycopg import Connection
from psycopg.types.json import Jsonb

NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""Stands for `infinity`: every window is settled on the schedule, because live counts are off."""
_POLL_SECONDS: Final = 0.25

_READ = """
    select grain, least(open_from, %(never)s) as open_from from live.open_windows
"""
_SWITCH_OFF = """
    update live.open_windows set open_from = 'infinity', counted_from = 'infinity' where open_from <> 'infinity'
"""
# Plays of the running hour and day are settled already, so the first open windows are the next ones.
_SWITCH_ON = """
    update live.open_windows
    set open_from = following.start, counted_from = following.start
    from (
        select grain, date_trunc(grain, %(now)s, 'UTC') + ('1 ' || grain)::interval as start from live.open_windows
    ) as following
    where open_windows.grain = following.grain and open_windows.open_from = 'infinity'
"""
_FREEZE = """
    update live.open_windows
    set counted_from = date_trunc(grain, %(ended)s, 'UTC')
    where counted_from < date_trunc(grain, %(ended)s, 'UTC')
"""
# For each partition the newest freeze that silver covers; the windows before the oldest of these can settle.
_COVERED = """
    with silver as (
        select key::integer as partition, value::bigint as next_offset from jsonb_each_text(%(covered)s)
    ),

    reached as (
        select
            open_windows.grain,
            offsets.partition,
            max(freezes.counted_from) as through
        from live.open_windows
        cross join live.offsets
        left join silver using (partition)
        left join live.freezes
            on
                freezes.grain = open_windows.grain
                and freezes.partition = offsets.partition
                and freezes.next_offset <= coalesce(silver.next_offset, 0)
                and freezes.counted_from > open_windows.open_from
                and freezes.counted_from <= open_windows.counted_from
        group by open_windows.grain, offsets.partition
    )

    select
        grain,
        case when bool_and(through is not null) then min(through) end as through
    from reached
    group by grain
"""
_FROZEN = """
    select bool_and(
        open_windows.counted_from <= open_windows.open_from
        or exists (
            select from live.freezes
            where
                freezes.grain = open_windows.grain
                and freezes.partition = offsets.partition
                and freezes.counted_from = open_windows.counted_from
        )
    )
    from live.open_windows
    cross join live.offsets
"""
_SETTLE = """
    update live.open_windows
    set open_from = settled.through, counted_from = greatest(open_windows.counted_from, settled.through)
    from (values ('hour', %(hour)s::timestamptz), ('day', %(day)s::timestamptz)) as settled (grain, through)
    where open_windows.grain = settled.grain and open_windows.open_from < settled.through
"""


@dataclass(frozen=True)
class Bounds:
    """An instant for each grain: windows of the grain that start before it are meant."""

    hour: datetime
    day: datetime


@dataclass(frozen=True)
class Settling:
    """Windows before `start` are settled; those in [start, end) settle in this run."""

    start: Bounds
    end: Bounds

    @property
    def is_idle(self) -> bool:
        """Whether no window settles in this run."""
        return self.start == self.end

    def windows_of(self, grain: str) -> tuple[datetime, datetime]:
        """First and end of the windows of a grain that settle in this run."""
        start, end = getattr(self.start, grain), getattr(self.end, grain)
        return start, end


def switch_live(connection: Connection[Any], is_on: bool, now: datetime) -> None:
    """Bring `live.open_windows` in line with LIVE_COUNTS; no effect where nothing changed."""
    if is_on:
        connection.execute(_SWITCH_ON, {"now": now})
    else:
        connection.execute(_SWITCH_OFF)


def freeze(connection: Connection[Any], ended: datetime, patience_seconds: float) -> bool:
    """Freeze the windows that ended before an instant; return whether the counter has confirmed every freeze.

    Waits for the counter for `patience_seconds` at most. Where it does not answer, a later run settles the windows.
    """
    connection.execute(_FREEZE, {"ended": ended})
    deadline = time.monotonic() + patience_seconds
    while not (is_confirmed := _is_confirmed(connection)) and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
    return is_confirmed


def _is_confirmed(connection: Connection[Any]) -> bool:
    row = connection.execute(_FROZEN).fetchone()
    return bool(row and row[0])


def read_settled(connection: Connection[Any]) -> Bounds:
    """Return where open windows begin."""
    rows = connection.execute(_READ, {"never": NEVER}).fetchall()
    return Bounds(**{grain: open_from.astimezone(UTC) for grain, open_from in rows})


def plan_settling(connection: Connection[Any], covered: Mapping[str, int]) -> Settling:
    """Return which windows can settle: frozen ones whose messages are all in silver.

    `covered` has, by partition, the offset before which every message is in silver.
    """
    start = read_settled(connection)
    rows = connection.execute(_COVERED, {"covered": Jsonb(dict(covered))}).fetchall()
    through = {grain: reached.astimezone(UTC) for grain, reached in rows if reached is not None}
    hour = through.get("hour", start.hour)
    day = min(through.get("day", start.day), hour.replace(hour=0))
    return Settling(start, Bounds(hour, max(day, start.day)))


def settle(connection: Connection[Any], settling: Settling) -> None:
    """Let readers see the settled charts of these windows: one update for both grains."""
    with connection.transaction():
        connection.execute(_SETTLE, {"hour": settling.end.hour, "day": settling.end.day})
        connection.execute(
            """
            delete from live.freezes using live.open_windows
            where
                freezes.grain = open_windows.grain
                and freezes.counted_from < open_windows.open_from - interval '2 days'
            """
        )
