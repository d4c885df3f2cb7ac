"""A database of their own for the tests of the charts."""

from dataclasses import replace
from pathlib import Path

import pytest

from local.provision import postgres_roles
from local.settings import LocalSettings
from tests.dbt.chart_project import ChartProject
from tests.stack import PostgresServer

EMPTY = """
    truncate builds.chart_entries, builds.chart_revisions, charts.dim_songs;
    delete from charts.charts where name not in ('hour', 'day');
    update charts.charts set size = 100 where size <> 100;
"""
NOTHING_COUNTED = """
    truncate counts.song_counts, counts.windows_to_rank, counts.slices_to_count, counts.enrichments;
    truncate counts.song_spellings, counts.songs_to_name;
    update counts.progress set complete_through = null;
"""
NOTHING_LIVE = """
    truncate live.song_counts, live.songs, live.offsets, live.freezes;
    update live.open_windows
    set open_from = date_trunc('day', now(), 'UTC'), counted_from = date_trunc('day', now(), 'UTC');
"""


def new_database(name: str, server: PostgresServer, environment: dict[str, str]) -> PostgresServer:
    """Makes a database with the roles' schemas, grants and tables."""
    postgres_roles.bring_in_line(LocalSettings.of({**environment, "POSTGRES_DATABASE": name}))
    return replace(server, database=name)


@pytest.fixture(scope="session")
def project_without_charts(
    postgres_server: PostgresServer, stack_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> ChartProject:
    """The project beside a database in which dbt has made nothing yet."""
    folder: Path = tmp_path_factory.mktemp("dbt")
    return ChartProject(new_database("charts_under_test", postgres_server, stack_environment), folder)


@pytest.fixture(scope="session")
def project_with_charts(project_without_charts: ChartProject) -> ChartProject:
    """The project after its foundation was laid and one round without work was run."""
    project_without_charts.build("foundation")
    project_without_charts.build("round")
    return project_without_charts


@pytest.fixture
def project(project_with_charts: ChartProject) -> ChartProject:
    """The project with empty charts and no counts; the stream counts from today on."""
    project_with_charts.execute("dbt", EMPTY)
    project_with_charts.execute("loader", NOTHING_COUNTED)
    project_with_charts.execute("live", NOTHING_LIVE)
    return project_with_charts
