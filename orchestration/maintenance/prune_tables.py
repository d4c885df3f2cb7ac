"""Delete from Postgres what is past its lifetime or what nothing shows any more (docs/operations.md, "Lifetimes")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, LiteralString

from psycopg import Connection
from psycopg.errors import LockNotAvailable

SPELLINGS_DAYS: Final = 40
"""Days of spellings up to a song's last: more than name a song, so that it can be named again when its last days go."""
_LOCK_PATIENCE: Final[LiteralString] = "set local lock_timeout = '2s'"

# Builds of runs that failed or were killed, of windows that no later run built again.
_BUILDS: LiteralString = """
    delete from builds.chart_entries as entries
    where not exists (
        select from builds.chart_revisions as shown
        where
            shown.chart = entries.chart
            and shown.region = entries.region
            and shown.window_start = entries.window_start
            and shown.build_id = entries.build_id
    )
"""
_SPELLINGS: LiteralString = """
    delete from counts.song_spellings as spelled
    using (select song_id, max(day) as last_day from counts.song_spellings group by song_id) as songs
    where spelled.song_id = songs.song_id and spelled.day <= songs.last_day - %(spellings_days)s
"""
_SUPERSEDED_PLAYS: LiteralString = """
    delete from counts.superseded_plays as superseded
    using counts.enrichments as batches
    where superseded.batch = batches.last_version and batches.finished_at is not null
"""
# A song with a settled day has a name; the counter's is looked up no more.
_FIRST_NAMES: LiteralString = """
    delete from live.songs as met
    using charts.dim_songs as named
    where named.song_id = 's2_' || lpad(to_hex(met.song_id), 16, '0')
"""
_PLAYING_NOW: LiteralString = "delete from listens.playing_now where playing_until < now() - interval '1 day'"
# The live counter drops them as a day begins; nothing else does while it is off.
_PARTITIONS: LiteralString = """
    select live.drop_partitions_before((least(open_from, date_trunc('day', now(), 'UTC')) at time zone 'UTC')::date - 1)
    from live.open_windows
    where grain = 'day'
"""
_OF_LOADER: Final[Mapping[str, LiteralString]] = {
    "entries of builds that no revision shows": _BUILDS,
    "spellings of songs": _SPELLINGS,
    "superseded plays of finished batches": _SUPERSEDED_PLAYS,
    "first names of songs that are named": _FIRST_NAMES,
}


def prune_tables(connection: Connection[Any]) -> dict[str, int]:
    """Delete what is left over; return by name how many rows, or partitions. Settling must be paused.

    ``connection`` is the loader's, committing each statement.
    """
    values = {"spellings_days": SPELLINGS_DAYS}
    pruned = {name: connection.execute(statement, values).rowcount for name, statement in _OF_LOADER.items()}
    with connection.transaction():
        connection.execute("set local role live")
        pruned["listeners who play no longer"] = connection.execute(_PLAYING_NOW).rowcount
    return pruned | {"partitions of live days": _drop_partitions(connection)}


def _drop_partitions(connection: Connection[Any]) -> int:
    try:
        with connection.transaction():
            connection.execute("set local role live")
            connection.execute(_LOCK_PATIENCE)
            row = connection.execute(_PARTITIONS).fetchone()
    except LockNotAvailable:
        return 0
    return int(row[0]) if row else 0
