"""A small real lake for receipts: bronze and silver as Delta tables in a bucket of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import pyarrow as pa
from deltalake import write_deltalake
from minio import Minio, MinioAdmin
from minio.credentials.providers import StaticProvider

from local.provision.object_store import reader_policy
from tests.api.chart_store import utc
from tests.servers import MinioServer

KEY_ID: Final = "1f2e3d4c"
READER_SECRET: Final = "a-secret-for-reading"
PLAYED_AT: Final = utc("2026-11-22 14:03:27.250")
INSTANT: Final = pa.timestamp("us", "UTC")
SHARED: Final = {
    "play_id": pa.string(),
    "user_id": pa.string(),
    "title": pa.string(),
    "artist": pa.string(),
    "played_at": INSTANT,
    "ms_played": pa.int64(),
    "key_id": pa.string(),
    "received_at": INSTANT,
    "topic": pa.string(),
    "partition": pa.int32(),
    "offset": pa.int64(),
}
PARTITIONS: Final = {"region": pa.string(), "date": pa.date32(), "hour": pa.int32()}
BRONZE: Final = pa.schema([*SHARED.items(), ("problem", pa.string()), *PARTITIONS.items()])
VERDICT: Final = {
    "song_id": pa.string(),
    "eligible": pa.bool_(),
    "late": pa.bool_(),
    "batch": pa.int64(),
}
SILVER: Final = pa.schema([*SHARED.items(), *VERDICT.items(), *PARTITIONS.items()])


@dataclass
class PlayLake:
    """Writes plays as the lake driver's tables hold them; each call is one version of a table."""

    bucket: str
    user: str
    server: MinioServer
    offsets: Iterator[int] = field(default_factory=lambda: iter(range(10_000)))

    def play(self, play_id: str, listener: str = "ann", **changes: Any) -> dict[str, Any]:
        """A play as it stands in both tables, eligible and in time."""
        played_at: datetime = changes.get("played_at", PLAYED_AT)
        return {
            "play_id": play_id,
            "user_id": listener,
            "title": "Morning Ferry",
            "artist": "The Example Band",
            "played_at": played_at,
            "ms_played": None,
            "received_at": played_at + timedelta(minutes=3),
            "topic": "plays",
            "partition": 1,
            "offset": next(self.offsets),
            "problem": None,
            "song_id": "s2_0000000000000001",
            "eligible": True,
            "late": False,
            "batch": 7,
            "key_id": KEY_ID,
            "region": "GB",
            "date": played_at.date(),
            "hour": played_at.hour,
            **changes,
        }

    def store(self, *plays: dict[str, Any]) -> None:
        """Into bronze alone: silver has not seen them."""
        self._append("bronze/plays", BRONZE, plays)

    def enrich(self, *plays: dict[str, Any]) -> None:
        """Into silver: these are the plays, their copies stay in bronze alone."""
        self._append("silver/plays", SILVER, plays)

    def receive(self, *plays: dict[str, Any]) -> None:
        """Into both."""
        self.store(*plays)
        self.enrich(*plays)

    def _append(self, folder: str, schema: pa.Schema, plays: tuple[dict[str, Any], ...]) -> None:
        options = {
            "AWS_ENDPOINT_URL": self.server.endpoint,
            "AWS_REGION": self.server.region,
            "AWS_ACCESS_KEY_ID": self.server.root_user,
            "AWS_SECRET_ACCESS_KEY": self.server.root_password,
            "AWS_ALLOW_HTTP": "true",
        }
        rows = [{name: play[name] for name in schema.names} for play in plays]
        write_deltalake(
            f"s3://{self.bucket}/{folder}",
            pa.Table.from_pylist(rows, schema=schema),
            partition_by=list(PARTITIONS),
            mode="append",
            storage_options=options,
        )


@contextmanager
def play_lake(server: MinioServer) -> Iterator[PlayLake]:
    """Empty tables in a bucket of their own, and a user with the reader's rights in it."""
    name = f"receipts-{uuid4().hex[:8]}"
    root = (server.root_user, server.root_password)
    Minio(server.endpoint.removeprefix("http://"), *root, secure=False).make_bucket(name)
    admin = MinioAdmin(
        endpoint=server.endpoint.removeprefix("http://"), credentials=StaticProvider(*root), secure=False
    )
    admin.policy_add(name, policy=reader_policy(name))
    admin.user_add(name, READER_SECRET)
    admin.policy_set(name, user=name)
    lake = PlayLake(name, name, server)
    lake.receive()
    yield lake
    admin.user_remove(name)
    admin.policy_remove(name)
