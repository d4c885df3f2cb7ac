"""No public answer tells of a song with too few listeners, whichever route of the OpenAPI document is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from api.updates.routes import ChartsUpdated
from tests.dbt.audience.worlds import FORMER_SECRET, MINIMUM, ONE, OTHER, World, publish
from tests.dbt.chart_project import ChartProject
from tests.dbt.conftest import EMPTY, NOTHING_COUNTED, NOTHING_LIVE
from tests.dbt.counted_hours import artist_of, hour, title_of
from tests.dbt.public.answers import OF_THE_PROCESS, Answers, ask_everything, first_difference, public_client
from tests.dbt.public.routes import SECRET, SHOWN
from tests.servers import MinioServer

HIDDEN: Final = (SECRET, FORMER_SECRET)


@pytest.fixture
def hiding(project: ChartProject) -> Iterator[ChartProject]:
    """The project where a song needs five listeners."""
    hiding = replace(project, minimum_listeners=MINIMUM)
    hiding.build("foundation")
    yield hiding
    project.build("foundation")


@pytest.fixture
def client(hiding: ChartProject, minio_server: MinioServer, tmp_path: Path) -> Iterator[TestClient]:
    """A client of the api over it."""
    with public_client(hiding, minio_server, tmp_path) as client:
        yield client


def in_world(project: ChartProject, world: World, client: TestClient) -> Answers:
    """Everything that is answered in a world."""
    project.execute("dbt", EMPTY)
    project.execute("loader", NOTHING_COUNTED)
    project.execute("live", NOTHING_LIVE)
    publish(project, world)
    return ask_everything(client)


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
            assert (status, body) == found, (address, first_difference(body, found[1]))
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
