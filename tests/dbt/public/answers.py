"""The api over a project's charts and a small lake, and everything that it answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pydantic import SecretStr
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from tests.api.play_lake import READER_SECRET, play_lake
from tests.dbt.chart_project import ChartProject
from tests.dbt.counted_hours import artist_of, title_of
from tests.dbt.public.routes import SECRET, SHOWN, public_requests
from tests.servers import MinioServer

OF_THE_PROCESS: Final = {"/metrics", "/status", "/healthz", "/readyz", "/lineage"}
"""They tell how the system does, and differ from one moment to the next."""
Answers = dict[tuple[str, str], tuple[int, bytes]]
"""Status and body of each request, by route and address."""


@contextmanager
def public_client(project: ChartProject, minio: MinioServer, folder: Path) -> Iterator[TestClient]:
    """A client of the api over the charts and over a lake with a play of two songs."""
    (folder / "index.html").write_text("<html><head><title>charts</title></head></html>")
    with play_lake(minio) as lake:
        for name, song_id in (("secret-play", SECRET), ("shown-play", SHOWN)):
            lake.receive(lake.play(name, song_id=song_id, title=title_of(song_id), artist=artist_of(song_id)))
        settings = Settings(
            postgres_host=project.server.host,
            postgres_port=project.server.port,
            postgres_database=project.server.database,
            postgres_reader_password=SecretStr(project.server.reader_password),
            s3_endpoint=minio.endpoint,
            s3_region=minio.region,
            lake_bucket=lake.bucket,
            reader_access_key=lake.user,
            reader_secret_key=SecretStr(READER_SECRET),
            ingest_url="http://127.0.0.1:9",
            api_memory_bytes=0,
            frontend_dist=folder,
        )
        with TestClient(create_app(settings)) as client:
            yield client


def ask_everything(client: TestClient) -> Answers:
    """Ask every public request."""
    answers = {}
    for route, address in public_requests():
        answer = client.get(address)
        assert answer.status_code < 500 or route in OF_THE_PROCESS, (address, answer.text)
        answers[route, address] = answer.status_code, answer.content
    return answers


def first_difference(one: bytes, other: bytes) -> tuple[bytes, bytes]:
    """Where two bodies begin to differ, for the message of a failure."""
    place = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return one[max(place - 60, 0) : place + 60], other[max(place - 60, 0) : place + 60]
