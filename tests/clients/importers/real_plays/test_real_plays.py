"""The command that makes files of plays, on small tables and, if there are any, on real ones."""

from __future__ import annotations

import gzip
import json
import os
from collections import defaultdict
from pathlib import Path

import pyarrow as pa
import pytest

from clients.importers.real_plays.__main__ import main
from clients.importers.real_plays.lastfm_table import COLUMNS, FILE
from clients.importers.real_plays.spotify_charts import read_charts
from tests.clients.tables import write_table
from tests.e2e.count_charts import expected_charts

ROW = ("u1", "2009-05-04T23:08:57Z", "Trio", "One", "", "Peru")


@pytest.fixture
def real_folder() -> Path:
    folder = os.environ.get("REAL_PLAYS")
    if not folder:
        pytest.skip("real plays are checked when REAL_PLAYS names the folder that holds them")
    return Path(folder)


def test_the_folder_comes_from_the_environment_when_none_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_table(tmp_path / FILE, COLUMNS, [ROW])
    monkeypatch.setenv("REAL_PLAYS", str(tmp_path))
    assert main(["lastfm", str(tmp_path / "plays.jsonl")]) == 0
    assert json.loads((tmp_path / "plays.jsonl").read_text())["region"] == "PE"


def test_a_name_that_ends_in_gz_is_gzipped(tmp_path: Path) -> None:
    write_table(tmp_path / FILE, COLUMNS, [ROW])
    assert main(["lastfm", str(tmp_path), str(tmp_path / "plays.jsonl.gz")]) == 0
    assert json.loads(gzip.decompress((tmp_path / "plays.jsonl.gz").read_bytes()))["title"] == "One"


def test_a_missing_table_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["spotify", str(tmp_path), str(tmp_path / "plays.jsonl")]) == 1
    assert "spotify_regional_daily.tsv.gz" in capsys.readouterr().err


def titles_by_chart(daily: pa.Table) -> dict[tuple[str, str], list[str]]:
    charts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in daily.to_pylist():
        charts[row["region"], row["window_start"].date().isoformat()].append(row["title"])
    return charts


def test_real_published_charts_are_counted_in_their_published_order(real_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "plays.jsonl"
    assert main(["spotify", str(real_folder), str(file)]) == 0
    counted = titles_by_chart(expected_charts(file, b"secret").daily)
    published = read_charts(real_folder)
    assert len(published) > 40
    for chart in published:
        order = [song.title.strip() for song in chart[:100]]
        assert counted[chart[0].region, chart[0].date] == order


def test_every_real_play_is_accounted_for(real_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "plays.jsonl"
    assert main(["lastfm", str(real_folder), str(file)]) == 0
    accounts = expected_charts(file, b"secret").accounts
    assert (accounts.lines, accounts.rejected, accounts.duplicates) == (5_000, 0, 0)
    assert accounts.counted + accounts.over_cap == accounts.lines
