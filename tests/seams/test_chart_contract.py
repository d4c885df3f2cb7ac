"""A chart has the same columns, words and rules in dbt, in the api and in the dashboard's types."""

from __future__ import annotations

import re
import subprocess
from csv import DictReader
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import NoneType
from typing import Any, get_args

import pytest
from pydantic.fields import FieldInfo

from api.charts.grains import Grain
from api.charts.models import Chart, Entry, Movement
from api.charts.routes import describe_rules
from api.observability.status import StageName
from api.openapi import write_document
from api.revisions.models import Cause
from ingest.play import identify_song
from local.environment import ROOT
from local.settings import CACHE
from local.setup.frontend_build import FRONTEND, node_environment
from orchestration.counts.rules import GLOBAL
from orchestration.ledger.progress import STAGES
from streaming.rules import CAP, MINIMUM_MS_PLAYED
from tests.seams.table_columns import (
    DBT_PROJECT,
    checks,
    columns_in_sql,
    contract,
    contract_types,
    read_yaml,
)

MARTS = ("top_songs_hourly", "top_songs_daily")
SETTLED = {
    "top_songs_hourly": "settled_hourly",
    "top_songs_daily": "settled_daily",
    "chart_windows": "settled_windows",
    "window_counts": "settled_window_counts",
}
"""What each view of settled and open windows shows the settled ones of."""
FORMER = ("former_songs", "former_windows", "revision_causes")
# Said once, with the chart, not with each of its entries.
OF_THE_CHART = {"region", "window_start", "revision", "live"}
# Worked out when a chart is asked for.
OF_THE_API = {"status", "complete_through", "rules"}
# What status and complete_through are worked out from.
NOT_SHOWN = {"changed_at", "live"}
# Empty in a window that was final before it was counted; the api says when it became final.
FILLED_BY_THE_API = {"computed_at"}
KINDS = {"text": str, "boolean": bool, "integer": int, "bigint": int, "timestamp with time zone": datetime}


def kinds_of(field: FieldInfo) -> tuple[type, bool]:
    """The plain type of a field, and whether it may be null."""
    choices: tuple[Any, ...] = get_args(field.annotation) or (field.annotation,)
    (kind,) = [choice for choice in choices if choice is not NoneType]
    return (str if issubclass(kind, StrEnum) else kind), NoneType in choices


def words_in(condition: str) -> set[str]:
    return set(re.findall(r"'(\w+)'", condition))


def test_hours_and_days_have_the_same_columns() -> None:
    assert contract("top_songs_hourly") == contract("top_songs_daily")


@pytest.mark.parametrize(("view", "settled"), SETTLED.items())
def test_a_view_shows_what_the_settled_table_holds_and_whether_it_is_live(view: str, settled: str) -> None:
    assert contract_types(view) == {**contract_types(settled), "live": "BOOLEAN"}


def test_live_charts_write_song_ids_as_ingest_does() -> None:
    prefix = read_yaml(DBT_PROJECT / "dbt_project.yml")["vars"]["song_id_prefix"]
    assert identify_song("Title", "Artist").startswith(prefix)
    assert len(identify_song("Title", "Artist")) == len(prefix) + 16


def test_an_entry_shows_every_column_of_the_mart() -> None:
    assert set(Entry.model_fields) == set(contract("top_songs_hourly")) - OF_THE_CHART


def test_a_chart_shows_every_column_of_its_window() -> None:
    assert set(Chart.model_fields) - OF_THE_API == set(contract("chart_windows")) - NOT_SHOWN


@pytest.mark.parametrize(("model", "table"), [(Entry, "chart_entries"), (Chart, "chart_revisions")])
def test_a_field_is_of_its_column_s_type(model: type[Entry] | type[Chart], table: str) -> None:
    columns = contract(table, "builds")
    for name in (set(model.model_fields) & set(columns)) - FILLED_BY_THE_API:
        required = {"type": "not_null"} in columns[name].get("constraints", [])
        assert kinds_of(model.model_fields[name]) == (KINDS[columns[name]["data_type"]], not required), name


def test_movements_are_the_same_words() -> None:
    assert words_in(checks(contract("chart_entries", "builds")["movement"])) == set(Movement)


def test_grains_are_the_same_words() -> None:
    counts = (ROOT / "orchestration" / "migrations" / "0006_counts.sql").read_text()
    (seed,) = read_yaml(DBT_PROJECT / "seeds" / "charts.yml")["seeds"]
    (grain,) = (column for column in seed["columns"] if column["name"] == "grain")
    assert set(grain["data_tests"][0]["accepted_values"]["arguments"]["values"]) == set(Grain)
    assert {frozenset(words_in(one)) for one in re.findall(r"grain in \(.*?\)", counts)} == {frozenset(Grain)}


def test_stages_are_the_same_words() -> None:
    counts = (ROOT / "orchestration" / "migrations" / "0006_counts.sql").read_text()
    (allowed,) = re.findall(r"stage in \((.*?)\)", counts)
    assert list(STAGES) == re.findall(r"'(\w+)'", allowed)
    assert [name for name in StageName if name is not StageName.LIVE] == ["ingest", *STAGES]


def test_causes_of_a_revision_are_the_same_words() -> None:
    newest = (ROOT / "orchestration" / "migrations" / "0011_withdrawn_keys.sql").read_text()
    (allowed,) = re.findall(r"constraint cause_check\s+check \((.*?\))\)", newest)
    # No revision names an erasure.
    assert words_in(allowed) - {"erasure"} == set(Cause)


def test_the_region_of_all_regions_has_one_name() -> None:
    seed = (DBT_PROJECT / "seeds" / "regions.csv").read_text()
    assert f"\n{GLOBAL},Global\n" in seed


def test_the_rules_that_the_api_tells_are_those_that_count() -> None:
    with (DBT_PROJECT / "seeds" / "charts.csv").open() as file:
        sizes = {row["name"]: int(row["size"]) for row in DictReader(file)}
    rules = describe_rules(minimum_listeners=3)
    assert rules.minimum_ms_played == MINIMUM_MS_PLAYED
    assert rules.plays_per_listener_song_hour == CAP
    assert (sizes["hour"], sizes["day"]) == (rules.chart_size, rules.chart_size)
    assert rules.minimum_listeners == 3


def test_api_and_dbt_wait_for_quiet_alike() -> None:
    minutes = read_yaml(DBT_PROJECT / "dbt_project.yml")["vars"]["quiet_minutes"]
    queries = (ROOT / "api" / "charts" / "queries.py").read_text()
    assert re.findall(r"interval '(\d+) minutes'", queries) == [str(minutes)]


@pytest.mark.parametrize("mart", [*MARTS, "chart_windows", "settled_windows", *FORMER, "window_counts"])
def test_the_tables_of_the_api_s_tests_are_the_marts(mart: str) -> None:
    tables = columns_in_sql((ROOT / "tests" / "api" / "chart_tables.sql").read_text())
    assert list(tables[mart].items()) == list(contract_types(mart).items())


VIEWS = (
    *("chart_progress", "pipeline_stages", "pipeline_checks", "song_counts", "pending_windows", "enrichments"),
    *("open_windows", "charted_open_windows", "live_offsets", "chart_rules", "withdrawn_keys"),
)


@pytest.mark.parametrize("view", VIEWS)
def test_the_views_of_the_api_s_tests_are_the_marts(view: str) -> None:
    tables = columns_in_sql((ROOT / "tests" / "api" / "chart_tables.sql").read_text())
    assert list(tables[view]) == list(contract(view))


def test_the_description_kept_for_the_dashboard_is_the_api_s() -> None:
    assert (FRONTEND / "openapi.json").read_text() == write_document(), "run `make types`"


def test_the_dashboard_s_types_are_made_from_the_description(tmp_path: Path) -> None:
    generated = tmp_path / "schema.d.ts"
    subprocess.run(
        [FRONTEND / "node_modules/.bin/openapi-typescript", FRONTEND / "openapi.json", "--output", generated],
        cwd=FRONTEND, env=node_environment(CACHE), capture_output=True, check=True,
    )  # fmt: skip
    assert generated.read_text() == (FRONTEND / "src/api/schema.d.ts").read_text(), "run `make types`"
