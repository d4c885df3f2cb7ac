"""No public answer tells of a song with too few listeners, whichever route of the OpenAPI document is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.updates import ChartsUpdated
from tests.api.play_lake import READER_SECRET, PlayLake, play_lake
from tests.dbt.audience.public_routes import public_requests
from tests.dbt.audience.worlds import FORMER_SECRET, MINIMUM, ONE, OTHER, SECRET, SHOWN, World, publish
from tests.dbt.chart_project import ChartProject
from tests.dbt.conftest import EMPTY, NOTHING_COUNTED, NOTHING_LIVE
from tests.dbt.counted_hours import artist_of, hour, title_of
from tests.servers import MinioServer

HIDDEN: Final = (SECRET, FORMER_SECRET)
OF_THE_PROCESS: Final = {"/metrics", "/status", "/healthz", "/readyz", "/lineage"}
"""They tell how the system does, and differ from one moment to the next."""
Answers = dict[tuple[str, str], tuple[int, bytes]]


@pytest.fixture
def hiding(project: ChartProject) -> Iterator[ChartProject]:
    """The project where a song needs five listeners."""
    hiding = replace(project, minimum_listeners=MINIMUM)
    hiding.build("foundation")
    yield hiding
    project.build("foundation")


@pytest.fixture
def lake(minio_server: MinioServer) -> Iterator[PlayLake]:
    """A play of a song with few listeners, and one of a shown one."""
    with play_lake(minio_server) as lake:
        for name, song_id in (("secret-play", SECRET), ("shown-play", SHOWN)):
            names = {"title": title_of(song_id), "artist": artist_of(song_id)}
            lake.receive(lake.play(name, song_id=song_id, **names))
        yield lake


@pytest.fixture
def client(hiding: ChartProject, lake: PlayLake, tmp_path: Path) -> Iterator[TestClient]:
    """A client of the api over both."""
    (tmp_path / "index.html").write_text("<html><head><title>charts</title></head></html>")
    settings = Settings(
        postgres_host=hiding.server.host,
        postgres_port=hiding.server.port,
        postgres_database=hiding.server.database,
        postgres_reader_password=SecretStr(hiding.server.reader_password),
        s3_endpoint=lake.server.endpoint,
        s3_region=lake.server.region,
        lake_bucket=lake.bucket,
        reader_access_key=lake.user,
        reader_secret_key=SecretStr(READER_SECRET),
        ingest_url="http://127.0.0.1:9",
        api_memory_bytes=0,
        frontend_dist=tmp_path,
    )
    with TestClient(create_app(settings)) as client:
        yield client


def ask_everything(client: TestClient) -> Answers:
    """The status and body of every public request."""
    answers = {}
    for route, address in public_requests():
        answer = client.get(address)
        assert answer.status_code < 500 or route in OF_THE_PROCESS, (address, answer.text)
        answers[route, address] = answer.status_code, answer.content
    return answers


def in_world(project: ChartProject, world: World, client: TestClient) -> Answers:
    """Everything that is answered in a world."""
    project.execute("dbt", EMPTY)
    project.execute("loader", NOTHING_COUNTED)
    project.execute("live", NOTHING_LIVE)
    publish(project, world)
    return ask_everything(client)


def _first_difference(one: bytes, other: bytes) -> tuple[bytes, bytes]:
    place = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return one[max(place - 60, 0) : place + 60], other[max(place - 60, 0) : place + 60]


def without_sums_of_the_world(body: bytes) -> Any:
    """A reconciliation without what it says of all regions together, which names no audience."""
    reconciled = json.loads(body)
    if "lines" not in reconciled:
        return reconciled
    return [line for line in reconciled["lines"] if line["region"] != "global"]


@pytest.mark.timeout(300)
def test_no_public_answer_differs_by_songs_with_few_listeners(hiding: ChartProject, client: TestClient) -> None:
    one, other = in_world(hiding, ONE, client), in_world(hiding, OTHER, client)
    assert {status for status, _ in one.values()} >= {200, 404, 422}
    answered = {route for (route, _), (status, _) in one.items() if status == 200}
    assert answered == {route for route, _ in one} - {"/lineage"}
    for (route, address), (status, body) in one.items():
        found = other[route, address]
        if route == "/reconciliation":
            assert without_sums_of_the_world(body) == without_sums_of_the_world(found[1]), address
        elif route not in OF_THE_PROCESS:
            assert (status, body) == found, (address, _first_difference(body, found[1]))
        for song_id in HIDDEN:
            names = {title_of(song_id), artist_of(song_id)} | ({song_id} if song_id not in address else set())
            assert not [name for name in names if name.encode() in body or quote(name).encode() in body], address


def test_a_chart_says_that_something_is_not_shown(hiding: ChartProject, client: TestClient) -> None:
    publish(hiding, ONE)
    for address, withheld, songs in (
        (f"/charts/hourly?region=GB&hour={hour(0):%Y-%m-%dT%H:00:00Z}", True, 1),
        (f"/charts/hourly?region=IS&hour={hour(1):%Y-%m-%dT%H:00:00Z}", True, 0),
        (f"/charts/hourly?region=GB&hour={hour(3):%Y-%m-%dT%H:00:00Z}", True, 2),
        (f"/charts/hourly?region=GB&hour={hour(4):%Y-%m-%dT%H:00:00Z}", False, 2),
        ("/charts/daily?region=GB&date=2024-02-28", True, 2),
    ):
        body = client.get(address).json()
        assert (body["chart"]["withheld"], body["chart"]["total_songs"]) == (withheld, songs), address
        assert len(body["entries"]) == songs
        assert body["chart"]["total_plays"] == sum(entry["plays"] for entry in body["entries"])
        assert body["chart"]["rules"]["minimum_listeners"] == MINIMUM


def test_late_plays_of_songs_that_are_not_shown_restate_nothing(hiding: ChartProject, client: TestClient) -> None:
    publish(hiding, ONE)
    revisions = {
        number: client.get(f"/charts/hourly/revisions?region=GB&window_start={hour(number):%Y-%m-%dT%H:00:00Z}").json()
        for number in (0, 1)
    }
    assert [one["revision"] for one in revisions[0]["revisions"]] == [2, 1]
    assert [one["revision"] for one in revisions[1]["revisions"]] == [1]
    assert revisions[1]["revisions"][0]["raw_plays"] is None


def test_charts_built_with_fewer_listeners_lose_their_songs_at_once(project: ChartProject) -> None:
    publish(project, ONE)
    shown = "select distinct song_id from charts.top_songs_hourly where not live"
    assert {row.song_id for row in project.read(shown)} >= {SECRET, SHOWN}
    hiding = replace(project, minimum_listeners=MINIMUM)
    hiding.build("foundation")
    try:
        assert {row.song_id for row in project.read(shown)} == {SHOWN}
        former = "select song_id from charts.former_songs where grain = 'hour'"
        assert {row.song_id for row in project.read(former)} == {SHOWN}
    finally:
        project.build("foundation")


def test_an_event_tells_of_no_song() -> None:
    assert set(ChartsUpdated.model_fields) == {"complete_through"}
