"""What a play costs the live counter when its listener may read it back, by the same play of a key without a listener.

Batches are what comes in a second at 1,000 plays/s; seconds are of processor, the counter's and its Postgres backend's.
"""

from __future__ import annotations

from statistics import median
from typing import Any, Final

from benchmarks.live_history_growth import CountedDay
from benchmarks.live_load.database import postgres

GOAL: Final = 1.6
PLAYS_BEFORE: Final = 200_000
BATCHES: Final = 30
PAIRS: Final = 5


def measure() -> dict[str, Any]:
    """The median ratio of processor seconds a play, batches of both kinds of keys taking turns."""
    with postgres() as (server, _), server.connect("live") as connection:
        day = CountedDay(PLAYS_BEFORE, connection)
        day.count(BATCHES)
        pairs = [(_count(day, is_own=False), _count(day, is_own=True)) for _ in range(PAIRS)]
        kept, size = connection.execute(
            "select count(*), pg_total_relation_size('listens.recent') from listens.recent"
        ).fetchone() or (0, 0)
    for others, own in pairs:
        print(f"{others:.1f} µs a play of other keys, {own:.1f} µs of a key with a listener = {own / others:.2f}")
    print(f"{kept:,} plays kept, {size / max(kept, 1):.0f} bytes each with the index")
    ratio = round(median(own / others for others, own in pairs), 2)
    return {
        "name": "own_listens_cost", "ratio": ratio, "pairs": PAIRS,
        "microseconds_a_play": round(median(others for others, _ in pairs), 1),
        "microseconds_an_own_play": round(median(own for _, own in pairs), 1), "goal": GOAL, "holds": ratio <= GOAL,
    }  # fmt: skip


def _count(day: CountedDay, *, is_own: bool) -> float:
    """Microseconds of processor a play."""
    day.processor.clear()
    day.count(BATCHES, is_own=is_own)
    return median(day.processor) * 1e6
