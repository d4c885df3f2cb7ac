"""The project as its users meet it: documented, described, whole."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml

from tests.dbt.chart_project import PROJECT, ChartProject, parsed
from tests.dbt.counted_hours import CountedHours, hour

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
        "update charts.top_songs_hourly set streak = streak + 1, windows_on_chart = windows_on_chart + 1",
        "delete from charts.top_songs_daily",
        "update charts.chart_windows set total_plays = total_plays + 1",
        "update charts.window_counts set late = late + 1",
        "delete from charts.former_songs where rank = 1",
        "delete from charts.former_windows where revision = 1",
        "delete from charts.revision_causes where revision = 2",
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
    assert built == {"int_ranked_songs", "int_window_changes", "int_chart_entries", "chart_windows"} | ROUND_TESTS


def test_everything_is_described_and_every_model_says_what_a_row_is(project: ChartProject) -> None:
    manifest = parsed(project)
    models = [node for node in manifest.nodes.values() if node.resource_type in ("model", "seed")]
    assert len(models) > 12
    for node in models:
        assert "One row per" in node.description or "Exactly one row" in node.description, node.name
        assert all(column.description for column in node.columns.values()), node.name
    for source in manifest.sources.values():
        assert source.description, source.name


def test_described_columns_are_those_of_the_database(project: ChartProject) -> None:
    for node in parsed(project).nodes.values():
        if node.resource_type in ("model", "seed"):
            with project.server.connect("dbt") as connection:
                cursor = connection.execute(f"select * from {node.schema}.{node.alias} limit 0".encode())
            names = {column.name for column in cursor.description or ()}
            assert names == set(node.columns), node.name


def test_lineage_is_one_file_that_loads_nothing(project: ChartProject) -> None:
    project.invoke("docs", "generate", "--static")
    page = (project.folder / "static_index.html").read_text()
    assert "top_songs_hourly" in page
    assert 'src="http' not in page


def test_exposures_name_who_reads_the_charts() -> None:
    text = (PROJECT / "models" / "marts" / "_exposures.yml").read_text()
    exposures: list[dict[str, Any]] = yaml.safe_load(text)["exposures"]
    assert {exposure["name"] for exposure in exposures} == {"api", "dashboard", "notebooks"}


def test_the_profile_reads_only_documented_variables() -> None:
    example = (PROJECT.parent / ".env.example").read_text()
    profile = (PROJECT / "profiles.yml").read_text()
    variables = {part.split("'")[1] for part in profile.split("env_var(")[1:]}
    assert variables == {"POSTGRES_HOST", "POSTGRES_PORT", "POSTGRES_DATABASE", "POSTGRES_DBT_PASSWORD"}
    assert all(f"\n{name}=" in example for name in variables)
