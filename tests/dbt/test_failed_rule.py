"""A rule that fails keeps the last good charts, and whoever asks for the status is told which rule it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from orchestration.charts.build_charts import ChartBuildError, build_charts
from orchestration.ledger.progress import STAGES, report_stages, run_stage
from tests.dbt.chart_project import PROJECT, ChartProject
from tests.dbt.counted_hours import CountedHours, hour

DAMAGE = "update counts.song_counts set raw_plays = raw_plays + {} where grain = 'hour'"
WAITING = "select count(*) from counts.windows_to_rank"


@pytest.fixture
def charts_stage(project: ChartProject, stack_environment: dict[str, str], tmp_path: Path) -> Any:
    """What /status says of the charts, as the api's own user sees it."""
    settings = Settings(
        postgres_host=project.server.host,
        postgres_port=project.server.port,
        postgres_database=project.server.database,
        postgres_reader_password=SecretStr(project.server.reader_password),
        s3_endpoint="http://127.0.0.1:9",
        reader_secret_key=SecretStr("unknown"),
        ingest_url="http://127.0.0.1:9",
        frontend_dist=tmp_path,
        s3_region=stack_environment["S3_REGION"],
        lake_bucket=stack_environment["LAKE_BUCKET"],
        reader_access_key=stack_environment["READER_ACCESS_KEY"],
    )
    with TestClient(create_app(settings)) as client:
        yield lambda: next(one for one in client.get("/status").json()["stages"] if one["stage"] == "charts")


def test_a_failed_rule_keeps_the_charts_and_is_named_until_a_round_succeeds(
    project: ChartProject, charts_stage: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    places = {"DBT_TARGET_PATH": str(tmp_path), "DBT_LOG_PATH": str(tmp_path)}
    for name, value in {**project.environment, **places}.items():
        monkeypatch.setenv(name, value)
    counts = CountedHours()
    with project.server.connect("loader") as loader:

        def build() -> int:
            return run_stage(lambda: loader, "charts", lambda: build_charts(loader, PROJECT)).windows

        counts.put("GB", hour(0), {"a": 5})
        counts.load(loader)
        assert build() == 4
        good = project.entries()
        counts.put("GB", hour(0), {"a": 6})
        counts.load(loader)
        loader.execute(DAMAGE.format(1).encode())
        with pytest.raises(ChartBuildError, match="raw_plays_add_up"):
            build()
        report_stages(loader, {**dict.fromkeys(STAGES, 0), "charts": 4}, 1.0)
        loader.execute("update counts.progress set heartbeat_at = now()")
        assert project.entries() == good
        assert charts_stage()["status"] == "down"
        assert charts_stage()["last_error"] == "ChartBuildError"
        stored = loader.execute("select last_error from counts.stages where stage = 'charts'").fetchone()
        assert stored is not None
        assert "raw_plays_add_up" in stored[0]
        assert loader.execute(WAITING).fetchone() == (4,)
        loader.execute(DAMAGE.format(-1).encode())
        assert build() == 4
        report_stages(loader, dict.fromkeys(STAGES, 0), 0.0)
        assert project.entries() != good
        assert charts_stage()["status"] == "ok"
