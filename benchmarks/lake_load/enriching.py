"""A lake with a ledger, enriched range by range, and what each range costs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any
from uuid import uuid4

from psycopg import Connection

from benchmarks.lake_load.servers import LakeServers, lake_servers
from local.provision import postgres_roles
from local.settings import LocalSettings
from orchestration.ledger.enrichments import Tally
from orchestration.silver.enrich_plays import enrich_plays
from tests.lake import append_bronze
from tests.servers import PostgresServer
from tests.stack import run_postgres
from tests.store_requests import read_requests


@dataclass(frozen=True)
class Cost:
    """What one range took: seconds, seconds of the lake driver's processors, and bytes read from the store."""

    seconds: float
    cpu_seconds: float
    read_bytes: int
    requests: int
    tally: Tally


@dataclass
class EnrichedLake:
    """A lake whose silver follows its bronze, one appended version at a time."""

    servers: LakeServers
    root: str
    ledger: Connection[Any]
    appended: int = field(default=0)

    def append(self, values: Sequence[bytes]) -> None:
        """Append values to bronze as one version."""
        append_bronze(self.servers.spark, self.root, *values, first_offset=self.appended)
        self.appended += len(values)

    def enrich(self) -> Cost:
        """Enrich what is new in bronze."""
        requests, cpu_seconds, begun = read_requests(self.servers.minio), self.servers.cpu_seconds(), time.monotonic()
        tally = enrich_plays(self.servers.spark, self.root, self.ledger)
        seconds = time.monotonic() - begun
        assert tally is not None
        asked = read_requests(self.servers.minio).since(requests)
        used = self.servers.cpu_seconds() - cpu_seconds
        return Cost(seconds, used, asked.sent_bytes, asked.total, tally)

    def take(self, values: Iterator[bytes], count: int) -> Cost:
        """Append the next values and enrich them."""
        self.append(list(islice(values, count)))
        return self.enrich()


@contextmanager
def enriched_lakes(count: int) -> Iterator[list[EnrichedLake]]:
    """So many empty lakes of one lake driver, each with a ledger of its own."""
    with ExitStack() as running:
        servers = running.enter_context(lake_servers())
        postgres = running.enter_context(run_postgres(servers.environment))
        yield [running.enter_context(_lake(servers, postgres)) for _ in range(count)]


@contextmanager
def _lake(servers: LakeServers, postgres: PostgresServer) -> Iterator[EnrichedLake]:
    name = f"bench_{uuid4().hex[:12]}"
    postgres_roles.bring_in_line(LocalSettings.of({**servers.environment, "POSTGRES_DATABASE": name}))
    with replace(postgres, database=name).connect("loader") as connection:
        yield EnrichedLake(servers, servers.new_lake(), connection)
