"""What must exist before the first round."""

from collections.abc import Iterable
from csv import DictReader
from typing import Any

import psycopg
import pycountry
import pytest

from tests.dbt.chart_project import PROJECT, ChartProject, parsed
from tests.dbt.conftest import new_database
from tests.dbt.counted_hours import CountedHours, hour
from tests.stack import PostgresServer

PUBLISHED = (
    *("top_songs_hourly", "top_songs_daily", "chart_windows", "former_songs", "former_windows", "revision_causes"),
    *("window_counts", "charted_open_windows", "open_windows", "live_offsets"),
    *(
        "top_songs",
        "charts",
        "dim_songs",
        "settled_hourly",
        "settled_daily",
        "settled_windows",
        "settled_window_counts",
    ),
    *("settled_window_counts", "song_counts", "pending_windows", "enrichments"),
    *("chart_progress", "chart_rules", "pipeline_stages", "pipeline_checks", "regions", "withdrawn_keys"),
)


@pytest.fixture(scope="module")
def fresh_project(
    postgres_server: PostgresServer, stack_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> ChartProject:
    """The project beside an empty database of its own."""
    return ChartProject(
        new_database("fresh_charts", postgres_server, stack_environment), tmp_path_factory.mktemp("fresh")
    )


def test_foundation_makes_everything_that_readers_ask_for(fresh_project: ChartProject) -> None:
    fresh_project.build("foundation")
    rows = {name: len(fresh_project.read(f"select * from charts.{name}")) for name in PUBLISHED}
    filled = {
        "charts": 2,
        "chart_progress": 1,
        "chart_rules": 1,
        "pipeline_stages": 1,
        "open_windows": 2,
        "regions": len(pycountry.countries) + 1,
    }
    assert rows == {**dict.fromkeys(PUBLISHED, 0), **filled}


def test_regions_are_exactly_the_iso_codes_and_global() -> None:
    with (PROJECT / "seeds" / "regions.csv").open() as file:
        names = {row["region"]: row["name"] for row in DictReader(file)}
    assert set(names) == {country.alpha_2 for country in pycountry.countries} | {"global"}
    assert all(names.values())
    assert len(set(names.values())) == len(names)


def test_namibia_and_norway_survive_as_text(project: ChartProject) -> None:
    rows = project.read("select region, name from charts.regions where region in ('NA', 'NO', 'global')")
    assert {tuple(row) for row in rows} == {("NA", "Namibia"), ("NO", "Norway"), ("global", "Global")}


def test_laying_the_foundation_again_keeps_the_charts(project: ChartProject) -> None:
    counts = CountedHours()
    counts.put("GB", hour(0), {"a": 2, "b": 1})
    project.rank(counts)
    before = project.read_builds("select ctid, * from builds.chart_entries"), project.window("GB", hour(0))
    project.build("foundation")
    after = project.read_builds("select ctid, * from builds.chart_entries"), project.window("GB", hour(0))
    assert after == before


def test_a_full_refresh_keeps_the_charts(project: ChartProject) -> None:
    counts = CountedHours()
    counts.put("GB", hour(0), {"a": 2})
    project.rank(counts)
    for selector in ("foundation", "round"):
        project.invoke("build", "--selector", selector, "--full-refresh")
    assert [row.song_id for row in project.chart("GB", hour(0))] == ["a"]


@pytest.mark.parametrize("table", ["builds.chart_entries", "builds.chart_revisions", "charts.dim_songs"])
def test_the_tables_of_builds_are_made_as_their_contracts_say(project: ChartProject, table: str) -> None:
    columns = parsed(project).nodes[f"model.top_songs.{table.partition('.')[2]}"].columns.values()
    contract = [(one.name, one.data_type, {"type": "not_null"} in _types(one.constraints)) for one in columns]
    query = f"""
        select attname, format_type(atttypid, atttypmod), attnotnull from pg_attribute
        where attrelid = '{table}'::regclass and attnum > 0 and not attisdropped order by attnum
    """
    assert project.read_builds(query) == contract
    promised = sum(one.expression is not None for column in columns for one in column.constraints)
    checks = f"select count(*) from pg_constraint where conrelid = '{table}'::regclass and contype = 'c'"
    assert project.read_builds(checks) == [(promised,)]


def _types(constraints: Iterable[Any]) -> list[dict[str, str]]:
    return [{"type": str(one.type.value)} for one in constraints]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("plays", "0"),
        ("rank", "0"),
        ("raw_plays", "plays - 1"),
        ("movement", "'gone'"),
        ("previous_rank", "1"),
        ("peak_rank", "rank + 1"),
        ("streak", "windows_on_chart + 1"),
    ],
)
def test_the_contract_holds_in_the_database(project: ChartProject, column: str, value: str) -> None:
    counts = CountedHours()
    counts.put("GB", hour(0), {"a": 2})
    project.rank(counts)
    with pytest.raises(psycopg.errors.IntegrityError):
        project.execute("dbt", f"update builds.chart_entries set {column} = {value}")
