"""Plays of a day, written straight into schema `live`: what a counter has behind it in the evening."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from psycopg import Connection

from benchmarks.live_load.traffic import LISTENERS, SONGS
from clients.simulator.world import REGION_CODES

PLAYS_A_SONG: Final = 2_000
_FILL: Final = f"""
    insert into live.plays select %(day)s, gen_random_uuid() from generate_series(1, %(plays)s);
    insert into live.listener_songs
    select
        %(day)s, md5('listener ' || (random() * %(listeners)s)::int)::uuid,
        hashint8extended((%(songs)s * power(random(), 3))::bigint, 1),
        (%(regions)s::text[])[1 + (41 * power(random(), 3))::int], (random() * 23)::int, 1
    from generate_series(1, %(plays)s)
    on conflict do nothing;
    insert into live.song_counts
    select %(day)s, hour, region, hashint8extended(song, 1), 1, 1, 0, 0, 0, 0, 1, %(day)s
    from
        generate_series(-1, 23) as hours (hour),
        unnest(%(regions)s::text[] || array['global']) as places (region),
        generate_series(1, least(%(songs)s, %(plays)s / {PLAYS_A_SONG})) as songs (song);
    analyze live.plays, live.listener_songs, live.song_counts
"""


def fill_live_day(connection: Connection[Any], day: date, plays: int) -> None:
    """Add so many plays of a day to `live`; `connection` is the live counter's role, in autocommit.

    Ten million take three minutes and 3 GB. The lake knows nothing of them: the check `live = settled` turns red.
    """
    connection.execute("set statement_timeout = 0")
    connection.execute("select live.create_partitions(%s)", (day,))
    values = {"day": day, "plays": plays, "listeners": LISTENERS, "songs": SONGS, "regions": list(REGION_CODES)}
    for statement in _FILL.split(";\n"):
        connection.execute(statement.encode(), values)
