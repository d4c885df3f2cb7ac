"""The project as its users meet it: documented, described, whole."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from local.environment import ROOT
from orchestration.flows.publish_docs import hide_paths
from tests.dbt.chart_project import PROJECT, ChartProject, parsed
from tests.dbt.counted_hours import CountedHours, hour

READERS = {"api": "api", "dashboard": "api", "notebooks": "notebooks"}
"""Who reads the charts, and the folder that holds what they ask; the dashboard asks the api."""
ROUND_MODELS = {
    *("int_ranked_songs", "int_window_changes", "int_chart_entries", "int_chart_builds"),
    *("chart_entries", "chart_revisions", "dim_songs"),
}
FIRST_BUILDS = "select build_id from builds.chart_revisions where revision = 1"
ROUND_TESTS = {"ranks_are_dense_and_unique", "raw_plays_add_up", "hours_sum_to_day", "regions_sum_to_global"}


@pytest.mark.timeout(180)
def test_a_plain_build_does_everything_and_the_unit_and_whole_history_tests_hold(project: ChartProject) -> None:
    counts = CountedHours()
    for number in (0, 1, 2, 5, 26, 30):
        counts.put("GB", hour(number), {"a": 1 + number % 3, "b": 2})
        counts.put("US", hour(number), {"b": 4, "c": 1 + number % 5})
    with project.server.connect("loader") as connection:
        counts.load(connection)
    built = project.invoke("build", "--exclude-resource-type", "unit_test", "exposure")
    assert set(built.values()) == {"success", "pass"}, built
    statuses = project.invoke("test", "--selector", "whole")
    assert set(statuses.values()) == {"pass"}
    assert len(statuses) > 30


@pytest.mark.parametrize(
    "damage",
    [
        "update builds.chart_entries set streak = streak + 1, windows_on_chart = windows_on_chart + 1",
        "delete from builds.chart_revisions where chart = 'day'",
        "update builds.chart_revisions set total_plays = total_plays + 1",
        "update builds.chart_revisions set late = late + 1",
        f"delete from builds.chart_entries where rank = 1 and build_id in ({FIRST_BUILDS})",
        "delete from builds.chart_revisions where revision = 1",
        "update builds.chart_revisions set causes = null where revision = 2",
        "update builds.chart_revisions set replaced_at = null where revision = 2",
    ],
)
def test_damaged_charts_are_found_by_the_whole_history_tests(project: ChartProject, damage: str) -> None:
    counts = CountedHours()
    for plays in (1, 2, 3):
        counts.put("GB", hour(0), {"a": plays, "b": 1})
        project.rank(counts)
        project.set_complete_through(datetime.now(UTC) + timedelta(days=1))
    project.execute("dbt", damage)
    assert "fail" in project.invoke("test", "--select", "tag:whole").values()


def test_a_round_builds_no_more_than_it_needs(project: ChartProject) -> None:
    built = set(project.build("round"))
    assert built == ROUND_MODELS | ROUND_TESTS


def test_everything_is_described_and_every_model_says_what_a_row_is(project: ChartProject) -> None:
    manifest = parsed(project)
    models = [node for node in manifest.nodes.values() if node.resource_type in ("model", "seed")]
    assert len(models) > 12
    for node in models:
        assert "One row per" in node.description or "Exactly one row" in node.description, node.name
        assert all(column.description for column in node.columns.values()), node.name
    marts = {node.alias for node in models}
    for source in manifest.sources.values():
        assert "One row per" in source.description or "Exactly one row" in source.description, source.name
        # What was published before a run is the models themselves, described there.
        assert source.columns or (source.schema == "builds" and source.name in marts), source.name
        assert all(column.description for column in source.columns.values()), source.name


def test_described_columns_are_those_of_the_database(project: ChartProject) -> None:
    nodes = [node for node in parsed(project).nodes.values() if node.resource_type in ("model", "seed")]
    described = {f"{node.schema}.{node.alias}": set(node.columns) for node in nodes}
    sources = [source for source in parsed(project).sources.values() if source.columns]
    described |= {f"{source.schema}.{source.name}": set(source.columns) for source in sources}
    for relation, columns in described.items():
        with project.server.connect("loader" if relation.startswith("counts.") else "dbt") as connection:
            cursor = connection.execute(f"select * from {relation} limit 0".encode())
        assert {column.name for column in cursor.description or ()} == columns, relation


@pytest.mark.parametrize(("age", "status"), [("1 second", "pass"), ("5 minutes", "warn"), ("1 hour", "error")])
def test_a_heartbeat_that_stops_makes_the_sources_stale(project: ChartProject, age: str, status: str) -> None:
    project.execute("loader", f"update counts.progress set heartbeat_at = now() - interval '{age}'")
    project.invoke("source", "freshness", "--output", str(project.folder / "sources.json"))
    (result,) = json.loads((project.folder / "sources.json").read_text())["results"]
    assert result["status"] == status


def test_lineage_is_one_file_that_loads_nothing(project: ChartProject) -> None:
    project.invoke("docs", "generate", "--static")
    file = project.folder / "static_index.html"
    page = file.read_text()
    assert "top_songs_hourly" in page
    assert 'src="http' not in page
    assert str(ROOT) in page
    hide_paths(file, project.folder, ROOT)
    public = file.read_text()
    assert [place for place in (ROOT, project.folder, Path.home()) if str(place) in public] == []
    assert "top_songs_hourly" in public


def test_exposures_name_who_reads_the_charts_and_what_they_read() -> None:
    text = (PROJECT / "models" / "marts" / "_exposures.yml").read_text()
    exposures: list[dict[str, Any]] = yaml.safe_load(text)["exposures"]
    named = {one["name"]: set(re.findall(r"'(\w+)'", " ".join(one["depends_on"]))) for one in exposures}
    assert named == {name: tables_read_by(folder) for name, folder in READERS.items()}


def tables_read_by(folder: str) -> set[str]:
    """Returns the tables of the charts that any file of a folder names."""
    files = (file for file in (PROJECT.parent / folder).rglob("*.*") if file.suffix in (".py", ".sql"))
    found = re.findall(r'\bcharts(?:\.|", ")(\w+)', " ".join(file.read_text() for file in files))
    return set(found) & {model.stem for model in PROJECT.glob("models/marts/*.sql")} | (set(found) & {"regions"})


def test_the_profile_reads_only_documented_variables() -> None:
    example = (PROJECT.parent / ".env.example").read_text()
    profile = (PROJECT / "profiles.yml").read_text()
    variables = {part.split("'")[1] for part in profile.split("env_var(")[1:]}
    assert variables == {"POSTGRES_HOST", "POSTGRES_PORT", "POSTGRES_DATABASE", "POSTGRES_DBT_PASSWORD"}
    assert all(f"\n{name}=" in example for name in variables)
