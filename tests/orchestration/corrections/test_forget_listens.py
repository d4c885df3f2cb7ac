"""A listener's rows of schema `listens` are found, deleted, and do not come back."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from ingest.play import hash_listener
from orchestration.commands.find_listener import search_tables, traces_of
from orchestration.corrections.forget_listens import forget_listens
from streaming.live.counter import LiveCounter
from streaming.live.offsets import read_offsets
from tests.ingest.builders import SECRET, recorded_play
from tests.servers import PostgresServer
from tests.streaming.live.live_store import Topic, count_batch

GONE, STAYS = "listener-who-wants-to-go", "listener-who-stays"


def test_the_rows_of_a_listener_are_found_and_deleted(database: PostgresServer, loader: Connection[Any]) -> None:
    with database.connect("live") as live, database.connect("ingest") as ingest:
        topic, counter = Topic(partitions=1), LiveCounter(live)
        plays = [recorded_play(user_id=user, play_id=f"{user}-{number}") for user in (GONE, STAYS) for number in (1, 2)]
        count_batch(counter, live, topic.append(plays, is_own=True))
        for user in (GONE, STAYS):
            listener = hash_listener(user, SECRET)[:32]
            ingest.execute("insert into listens.playing_now values (%s, now(), '{}')", (listener,))
            ingest.execute("insert into listens.latest_imports values (%s, 'lastfm', 1)", (listener,))
    tables = {"listens.recent", "listens.playing_now", "listens.latest_imports"}
    with database.connect("postgres") as superuser:
        assert set(search_tables(superuser, traces_of(GONE, SECRET))) == tables
        assert forget_listens(loader, hash_listener(GONE, SECRET)) == 4
        assert set(search_tables(superuser, traces_of(GONE, SECRET))) == set()
        assert set(search_tables(superuser, traces_of(STAYS, SECRET))) == tables
    assert forget_listens(loader, hash_listener(GONE, SECRET)) == 0


def test_a_counter_that_was_off_does_not_read_erased_messages_again(
    database: PostgresServer, loader: Connection[Any]
) -> None:
    loader.execute(
        "insert into counts.enrichments (last_version, first_version, finished_at, end_offsets)"
        """ values (0, 0, now(), '{"0": 7, "1": 3}')"""
    )
    with database.connect("live") as live:
        assert read_offsets(live, [0, 1, 2]) == {0: 0, 1: 0, 2: 0}
        live.execute("update live.offsets set next_offset = 9 where partition = 1")
        forget_listens(loader, hash_listener(GONE, SECRET))
        assert read_offsets(live, [0, 1, 2]) == {0: 7, 1: 9, 2: 0}
