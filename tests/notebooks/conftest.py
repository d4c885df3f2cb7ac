"""An hour of known plays: in bronze and silver of a real lake, and on charts in a real Postgres."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import psycopg
import pytest
from psycopg.types.json import Jsonb

from ingest.play import identify_song
from local.provision import postgres_roles
from local.settings import LocalSettings
from tests.api.chart_store import TABLES, ChartStore, song
from tests.api.play_lake import READER_SECRET, PlayLake, play_lake
from tests.servers import MinioServer, PostgresServer

DATABASE: Final = "notebook_tests"
HOUR: Final = datetime(2026, 11, 20, 10, tzinfo=UTC)
DAY: Final = HOUR.replace(hour=0)
WINDOWS: Final = {"hour": HOUR, "day": DAY}
ARTIST: Final = "Trio"
CHARTS: Final = {
    # region: title, plays, raw_plays, listeners by rank
    "FR": [("One", 1, 1, 1), ("Two", 1, 1, 1)],
    "GB": [("One", 10, 13, 1)],
    "global": [("One", 11, 14, 2), ("Two", 1, 1, 1)],
}


def one_play(lake: PlayLake, title: str, listener: str, region: str, minute: int, **changes: Any) -> dict[str, Any]:
    """A play of the hour, as it stands in bronze and in silver."""
    played_at = HOUR + timedelta(minutes=minute)
    facts = {"title": title, "artist": ARTIST, "song_id": identify_song(title, ARTIST), "region": region}
    return lake.play(f"{listener} {title} {minute}", listener, played_at=played_at, **facts, **changes)


def play_an_hour(lake: PlayLake) -> None:
    """Twelve plays of one listener in GB and one too short; two of another in FR, one of them late."""
    plays = [one_play(lake, "One", "ann", "GB", minute) for minute in range(12)]
    short = one_play(lake, "One", "bob", "GB", 5, ms_played=29_999, eligible=False)
    late = one_play(lake, "One", "cid", "FR", 5, late=True)
    lake.receive(*plays, short, late, one_play(lake, "Two", "cid", "FR", 6))


def publish_charts(store: ChartStore, covered: int) -> None:
    """The charts that those plays give, complete up to a Kafka offset."""
    store.clear()
    store.complete_through(HOUR + timedelta(hours=2))
    for grain, window_start in WINDOWS.items():
        for region, ranked in CHARTS.items():
            entries = [_entry(rank, window_start, *one) for rank, one in enumerate(ranked, start=1)]
            store.rank_songs(window_start, entries, grain=grain, region=region)
            for title, plays, raw_plays, listeners in ranked:
                counts = {"plays": plays, "raw_plays": raw_plays, "listeners": listeners}
                store.count_song(window_start, identify_song(title, ARTIST), grain=grain, region=region, **counts)
    store.connection.execute("insert into charts.regions values ('GB', 'United Kingdom'), ('FR', 'France')")
    store.insert("enrichments", {"batch": 7, "finished_at": HOUR, "end_offsets": Jsonb({"1": covered})})
    store.insert("enrichments", {"batch": 8})
    store.open_from(HOUR + timedelta(days=1))


def _entry(rank: int, since: datetime, title: str, plays: int, raw_plays: int, listeners: int) -> dict[str, object]:
    names = {"song_id": identify_song(title, ARTIST), "title": title, "artist": ARTIST}
    counts = {"plays": plays, "raw_plays": raw_plays, "listeners": listeners}
    history = {"previous_rank": None, "movement": "new", "peak_rank": rank, "peak_at": since}
    return song(rank, **names, **counts, **history, windows_on_chart=1, streak=1)


@pytest.fixture(scope="session")
def charts_database(postgres_server: PostgresServer, stack_environment: dict[str, str]) -> Iterator[psycopg.Connection]:
    """A database of its own with the stack's roles and grants, and the charts' tables, as dbt."""
    postgres_roles.bring_in_line(LocalSettings.of({**stack_environment, "POSTGRES_DATABASE": DATABASE}))
    with psycopg.connect(postgres_server.dsn("dbt", DATABASE), autocommit=True) as connection:
        connection.execute(TABLES.read_bytes())
        yield connection


@pytest.fixture(scope="session")
def filled_lake(minio_server: MinioServer) -> Iterator[PlayLake]:
    """The hour in a bucket of its own; tests only read it."""
    with play_lake(minio_server) as lake:
        play_an_hour(lake)
        yield lake


@pytest.fixture
def store(charts_database: psycopg.Connection) -> ChartStore:
    """The charts of the hour."""
    store = ChartStore(charts_database)
    publish_charts(store, covered=15)
    return store


def environment_of(lake: PlayLake, postgres: PostgresServer) -> dict[str, str]:
    """The variables that lead a notebook to a lake and to the charts."""
    return {
        "S3_ENDPOINT": lake.server.endpoint,
        "S3_REGION": lake.server.region,
        "LAKE_BUCKET": lake.bucket,
        "READER_ACCESS_KEY": lake.user,
        "READER_SECRET_KEY": READER_SECRET,
        "POSTGRES_HOST": postgres.host,
        "POSTGRES_PORT": str(postgres.port),
        "POSTGRES_DATABASE": DATABASE,
        "POSTGRES_READER_PASSWORD": postgres.reader_password,
    }


@pytest.fixture
def environment(
    monkeypatch: pytest.MonkeyPatch, filled_lake: PlayLake, postgres_server: PostgresServer, store: ChartStore
) -> dict[str, str]:
    """What a notebook is started with."""
    variables = environment_of(filled_lake, postgres_server)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables
