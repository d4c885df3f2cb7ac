"""A chart that late plays and an erasure change, from the counts through dbt to what the api answers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from tests.dbt.chart_project import ChartProject
from tests.dbt.counted_hours import Counted, CountedHours, hour

WINDOW = "region=GB&window_start=2024-02-28T22:00:00Z"
CHART = "/charts/hourly?region=GB&hour=2024-02-28T22:00:00Z"


@pytest.fixture
def client(project: ChartProject, tmp_path: Path) -> Iterator[TestClient]:
    """The api on the charts that dbt publishes; nothing is answered from memory."""
    server = project.server
    settings = Settings(
        postgres_host=server.host,
        postgres_port=server.port,
        postgres_database=server.database,
        postgres_reader_password=SecretStr(server.reader_password),
        s3_endpoint="http://127.0.0.1:9",
        s3_region="us-east-1",
        lake_bucket="lake",
        reader_access_key="reader",
        reader_secret_key=SecretStr("unknown"),
        ingest_url="http://127.0.0.1:9",
        api_memory_bytes=0,
        lineage_file=tmp_path / "lineage.html",
        frontend_dist=tmp_path / "dist",
    )
    with TestClient(create_app(settings)) as client:
        yield client


@pytest.fixture
def counts(project: ChartProject) -> CountedHours:
    """A final hour of two songs, three plays against two."""
    counted = CountedHours()
    counted.put("GB", hour(0), {"ferry": Counted(3, 2), "harbour": Counted(2, 2)})
    project.rank(counted)
    project.set_complete_through(datetime.now(UTC) + timedelta(days=1))
    return counted


def order(client: TestClient, revision: str = "") -> list[tuple[str, int, str]]:
    """Returns song, plays and movement by rank."""
    entries = client.get(CHART + revision).json()["entries"]
    return [(one["song_id"], one["plays"], one["movement"]) for one in entries]


def revisions(client: TestClient) -> list[dict[str, Any]]:
    """Returns a chart's revisions, the newest first."""
    listed: list[dict[str, Any]] = client.get(f"/charts/hourly/revisions?{WINDOW}").json()["revisions"]
    return listed


def test_late_plays_restate_a_final_chart_which_stays_readable_with_the_difference(
    client: TestClient, project: ChartProject, counts: CountedHours
) -> None:
    first = client.get(CHART)
    assert (first.json()["chart"]["status"], first.json()["chart"]["revision"]) == ("final", 1)
    counts.put("GB", hour(0), {"ferry": Counted(3, 2), "harbour": Counted(4, 3, late=2)})
    project.rank(counts, "late_plays")
    assert order(client) == [("harbour", 4, "new"), ("ferry", 3, "new")]
    assert client.get(f"{CHART}&revision=1").content == first.content
    newer, older = revisions(client)
    assert (newer["revision"], newer["causes"], newer["late"], newer["total_plays"]) == (2, ["late_plays"], 2, 7)
    assert (older["revision"], older["causes"], older["late"], older["total_plays"]) == (1, [], 0, 5)
    moved = [(one["song_id"], one["before"]["rank"], one["after"]["rank"]) for one in newer["moved"]]
    assert moved == [("harbour", 2, 1), ("ferry", 1, 2)]


def test_an_erasure_amends_in_silence_and_withdraws_former_revisions(
    client: TestClient, project: ChartProject, counts: CountedHours
) -> None:
    counts.put("GB", hour(0), {"ferry": Counted(3, 2), "harbour": Counted(4, 3, late=2)})
    project.rank(counts, "late_plays")
    before = client.get(CHART).json()["chart"]
    counts.put("GB", hour(0), {"harbour": Counted(4, 3, late=2)})
    project.rank(counts, "late_plays", "erasure")
    (only,) = revisions(client)
    assert (only["revision"], only["causes"], only["moved"], only["total_plays"]) == (2, ["late_plays"], None, 4)
    after = client.get(CHART).json()["chart"]
    assert after["computed_at"] == before["computed_at"]
    gone = client.get(f"{CHART}&revision=1")
    assert (gone.status_code, gone.json()["code"]) == (410, "withdrawn")
    assert "ferry" not in gone.text
    assert project.read_builds("select from builds.chart_entries where song_id = 'ferry' and chart = 'hour'") == []
