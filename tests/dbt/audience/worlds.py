"""Two histories that differ only in songs with too few listeners, and what the public api answers on each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from tests.dbt.chart_project import ChartProject
from tests.dbt.counted_hours import Counted, CountedHours, Songs, hour
from tests.dbt.live_counts import live_id
from tests.dbt.public.histories import COUNTED_THROUGH, fix_times, stream
from tests.dbt.public.routes import IN_THE_DAY, SECRET, SHOWN

MINIMUM: Final = 5
OTHER_SECRET: Final = live_id("other secret")
FORMER_SECRET: Final = live_id("former secret")


class World(NamedTuple):
    """What each hour and region holds besides the shown songs, at first and after a late play."""

    secrets: Mapping[tuple[str, int], Songs]
    late_secrets: Mapping[tuple[str, int], Songs]
    split: tuple[int, int]
    """Listeners in hours 0 and 1 of the song that only the day shows."""


ONE: Final = World(
    secrets={
        ("GB", 0): {SECRET: Counted(7, 3, too_short=2, duplicates=1, late=1)},
        ("GB", 1): {FORMER_SECRET: Counted(2, 2)},
        ("IS", 1): {FORMER_SECRET: Counted(1, 1)},
        ("GB", 3): {SECRET: Counted(40, 4, over_cap=3)},
        ("IS", 3): {FORMER_SECRET: Counted(2, 1)},
    },
    late_secrets={("GB", 1): {SECRET: Counted(3, 1)}},
    split=(2, 4),
)
OTHER: Final = World(
    secrets={
        ("GB", 0): {OTHER_SECRET: Counted(1, 1), FORMER_SECRET: Counted(5, 2)},
        ("GB", 1): {OTHER_SECRET: Counted(20, 2)},
        ("IS", 1): {OTHER_SECRET: Counted(0, 0, too_short=1)},
        ("GB", 3): {FORMER_SECRET: Counted(1, 1)},
        ("IS", 3): {OTHER_SECRET: Counted(9, 3)},
    },
    late_secrets={("GB", 1): {FORMER_SECRET: Counted(1, 1)}},
    split=(3, 3),
)


def publish(project: ChartProject, world: World) -> None:
    """Settle two hours, restate them, and let the stream count the later ones."""
    counts = CountedHours()
    for number in (0, 1):
        _put(counts, world, number, Counted(9, 6))
    project.rank(counts)
    fix_times(project, "2024-03-01 00:00+00")
    project.set_complete_through(COUNTED_THROUGH)
    # Hour 0 is restated, for its shown song has a late play; in hour 1 only songs with few listeners have one.
    _put(counts, world, 0, Counted(10, 7, late=1))
    counts.put("GB", hour(1), {**counts.hours["GB", hour(1)], **world.late_secrets["GB", 1]})
    project.rank(counts)
    fix_times(project, "2024-03-01 01:00+00")
    _stream(project, world)


def _put(counts: CountedHours, world: World, number: int, shown: Counted) -> None:
    split = Counted(4 + number, world.split[number]) if number < len(world.split) else Counted(6, 6)
    counts.put("GB", hour(number), {SHOWN: shown, IN_THE_DAY: split, **world.secrets.get(("GB", number), {})})
    if ("IS", number) in world.secrets:
        counts.put("IS", hour(number), world.secrets["IS", number])


def _stream(project: ChartProject, world: World) -> None:
    live = CountedHours()
    for number in (3, 4):
        _put(live, world, number, Counted(8, 5))
    stream(project, live)
