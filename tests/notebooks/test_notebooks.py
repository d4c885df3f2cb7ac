"""Each notebook answers from a real lake and a real Postgres, or says what is missing."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import marimo
import pytest

from tests.api.chart_store import ChartStore
from tests.notebooks.conftest import DAY, HOUR

NAMES = ("explore_charts", "why_this_song", "who_listens_where", "audit_charts")


def run(name: str) -> tuple[list[str], Any]:
    """Run a notebook as it stands: what its cells show, and what they define."""
    # By name: a notebook's cells are written by marimo, without types.
    app: marimo.App = import_module(f"notebooks.{name}").app
    outputs, answers = app.run()
    return [str(getattr(output, "text", output)) for output in outputs], answers


@pytest.mark.usefixtures("environment")
def test_explore_answers_from_silver_and_from_the_charts() -> None:
    _, answers = run("explore_charts")
    assert answers["plays_by_region"].rows() == [("GB", 13, 2, 7.7, 0.0), ("FR", 2, 1, 0.0, 50.0)]
    assert answers["listening"].rows()[0][:3] == (1, 1, 12)
    assert answers["climbers"]["regions"].to_list() == [2, 1]


@pytest.mark.usefixtures("environment")
def test_why_this_song_takes_the_first_place_of_the_newest_hour_apart() -> None:
    _, answers = run("why_this_song")
    neighbours = answers["neighbours"].select("rank", "title", "plays", "listeners", "decided_by").rows()
    assert neighbours == [(1, "One", 11, 2, "nothing is above"), (2, "Two", 1, 1, "plays")]
    reckoning = answers["reckoning"].select("region", "raw_plays", "plays").rows()
    assert reckoning == [("global", 14, 11), ("FR", 1, 1), ("GB", 13, 10)]
    assert answers["listeners"].rows() == [(1, 1, 1, 9.1, 0), (10, 1, 10, 90.9, 2)]
    assert answers["windows_before"].select("window_start", "rank", "movement").rows() == [(HOUR, 1, "new")]


@pytest.mark.usefixtures("environment")
def test_why_this_song_names_the_rule_that_decides_a_tie(store: ChartStore) -> None:
    store.change("top_songs_hourly", "region = 'AA' where region = 'global'")
    store.change("top_songs_hourly", "region = 'global' where region = 'FR'")
    _, answers = run("why_this_song")
    assert answers["neighbours"].select("title", "decided_by").rows()[1] == ("Two", "last play")


@pytest.mark.usefixtures("environment")
def test_who_listens_where_tells_regions_hours_and_borders() -> None:
    _, answers = run("who_listens_where")
    assert answers["day"] == DAY.date()
    regions = answers["regions"].select("region", "plays", "listeners", "most_played", "its_percent").rows()
    assert regions == [("United Kingdom", 13, 2, "One / Trio", 76.9), ("France", 2, 1, "One / Trio", 50.0)]
    assert answers["hours"].rows() == [("FR", 10, 2, 1, 1.0), ("GB", 10, 13, 2, 1.0)]
    assert answers["travellers"].rows() == []
    favourites = answers["local_favourites"].select("region", "title", "times_its_usual_share").rows()
    assert favourites == [("FR", "Two", 7.0), ("GB", "One", 1.1)]


@pytest.mark.usefixtures("environment")
def test_the_audit_shows_its_verdict() -> None:
    _, answers = run("audit_charts")
    assert "no difference" in answers["verdict"]
    assert answers["differences"].num_rows == 0


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("name", NAMES[:3])
def test_before_the_first_chart_it_says_so(store: ChartStore, name: str) -> None:
    store.complete_through(DAY - timedelta(hours=1))
    outputs, answers = run(name)
    assert any("make up" in output for output in outputs)
    assert "lake" not in answers


@pytest.mark.parametrize("name", NAMES)
def test_without_the_stack_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv("S3_ENDPOINT", raising=False)
    outputs, _ = run(name)
    assert any("make up" in output for output in outputs)


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("name", NAMES)
def test_without_the_lake_it_says_so_too(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("S3_ENDPOINT", "http://127.0.0.1:1")
    outputs, _ = run(name)
    assert any("make up" in output for output in outputs)
