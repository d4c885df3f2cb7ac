"""The audit finds nothing where charts are what bronze holds, and every cell where they are not."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from typing import Any

import pytest

from local.environment import ROOT
from notebooks.reading import ReaderSettings
from notebooks.recount import ChartsTrailError, audit_charts, describe, read_published
from tests.api.chart_store import ChartStore
from tests.api.play_lake import KEY_ID, PlayLake, play_lake
from tests.notebooks.conftest import HOUR, environment_of, one_play, play_an_hour
from tests.servers import MinioServer, PostgresServer

main = import_module("notebooks.audit_charts").main


def audit() -> list[tuple[Any, ...]]:
    """What differs: grain, region, rank, column, recounted and published."""
    found = audit_charts(ReaderSettings()).differences.to_pylist()
    return [tuple(value for name, value in one.items() if name != "window_start") for one in found]


@pytest.mark.usefixtures("environment")
def test_charts_that_are_what_bronze_holds_have_no_difference(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    told = "15 plays of 1 day recounted from bronze; 5 hourly and 5 daily rows compared: no difference\n"
    assert capsys.readouterr().out == told


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("table", ["top_songs_hourly", "top_songs_daily"])
@pytest.mark.parametrize(
    ("column", "value", "recounted", "published"),
    [
        ("plays", "plays + 1", "10", "11"),
        ("raw_plays", "raw_plays - 1", "13", "12"),
        ("listeners", "9", "1", "9"),
        ("title", "'one'", "One", "one"),
        ("artist", "''", "Trio", ""),
        ("previous_rank", "3", None, "3"),
        ("movement", "'up'", "new", "up"),
        ("peak_rank", "2", "1", "2"),
        ("windows_on_chart", "2", "1", "2"),
        ("streak", "2", "1", "2"),
    ],
)
def test_each_cell_that_differs_is_found(
    store: ChartStore, table: str, column: str, value: str, recounted: str | None, published: str
) -> None:
    store.change(table, f"{column} = {value} where region = 'GB'")
    grain = "hour" if table.endswith("hourly") else "day"
    assert audit() == [(grain, "GB", 1, column, recounted, published)]


@pytest.mark.usefixtures("environment")
def test_a_peak_of_another_window_is_found(store: ChartStore) -> None:
    store.change("top_songs_hourly", "peak_at = peak_at - interval '1 hour' where region = 'GB'")
    assert [one[3] for one in audit()] == ["peak_at"]


@pytest.mark.usefixtures("environment")
def test_plays_of_a_withdrawn_key_are_not_recounted(store: ChartStore) -> None:
    store.insert("withdrawn_keys", {"key_id": KEY_ID})
    assert {recounted for *_, recounted, published in audit() if published is not None} == {None}


@pytest.mark.usefixtures("environment")
def test_a_missing_and_a_surplus_row_are_found(store: ChartStore) -> None:
    store.change("top_songs_hourly", "rank = 7 where region = 'FR' and rank = 2")
    assert {(rank, recounted is None, published is None) for *_, rank, _, recounted, published in audit()} >= {
        (2, False, True),
        (7, True, False),
    }


def test_the_revision_tells_of_the_past_and_is_not_compared(environment: dict[str, str], store: ChartStore) -> None:
    store.change("top_songs_hourly", "revision = 5")
    assert audit() == []


def test_copies_refused_values_and_what_is_not_covered_yet_change_nothing(
    monkeypatch: pytest.MonkeyPatch,
    minio_server: MinioServer,
    postgres_server: PostgresServer,
    store: ChartStore,
) -> None:
    with play_lake(minio_server) as lake:
        play_an_hour(lake)
        for name, value in environment_of(lake, postgres_server).items():
            monkeypatch.setenv(name, value)
        lake.store(*_what_does_not_count(lake))
        store.change("enrichments", """end_offsets = '{"1": 18}' where batch = 7""")
        assert describe(audit_charts(ReaderSettings())).endswith("no difference")
        store.change("enrichments", """end_offsets = '{"1": 19}' where batch = 7""")
        assert {one[3] for one in audit()} == {"plays", "raw_plays", "listeners"}


def _what_does_not_count(lake: PlayLake) -> list[dict[str, Any]]:
    copy = one_play(lake, "Another spelling", "ann", "GB", 3) | {"play_id": "ann One 3"}
    refused = one_play(lake, "One", "eve", "GB", 3, problem="title: missing")
    erased = one_play(lake, "One", "eve", "GB", 4, problem="erased")
    return [copy, refused, erased, one_play(lake, "One", "eve", "GB", 5)]


@pytest.mark.usefixtures("environment")
def test_open_windows_are_not_compared_and_not_waited_for(store: ChartStore) -> None:
    store.change("top_songs_hourly", "plays = 99")
    store.insert("pending_windows", {"grain": "hour", "region": "GB", "window_start": HOUR, "waits_for": "count"})
    store.open_from(HOUR)
    assert audit() == []


@pytest.mark.usefixtures("environment")
def test_charts_that_trail_are_not_compared(store: ChartStore) -> None:
    store.insert("pending_windows", {"grain": "hour", "region": "GB", "window_start": HOUR, "waits_for": "rank"})
    with pytest.raises(ChartsTrailError, match="1 windows wait"):
        read_published(ReaderSettings(), patience_seconds=0)


def test_the_command_ends_with_1_and_names_what_differs(environment: dict[str, str], store: ChartStore) -> None:
    store.change("top_songs_hourly", "plays = 12 where region = 'GB'")
    done = subprocess.run(
        [sys.executable, "-m", "notebooks.audit_charts"],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert done.stdout.splitlines()[0] == "hour GB 2026-11-20T10:00Z rank 1: plays is 12, recounted 10"
    assert done.stdout.endswith("1 cells differ\n")


def test_without_settings_the_command_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("S3_ENDPOINT", raising=False)
    assert main() == 2
    assert "nothing was compared" in capsys.readouterr().err
