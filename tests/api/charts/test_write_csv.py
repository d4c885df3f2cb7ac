"""A chart's entries as CSV."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from time import perf_counter

import pytest
from starlette.testclient import TestClient

from api.web.media_types import prefers_csv
from tests.api.chart_store import ChartStore, song, utc

# What a parser of the whole of it would need seconds for.
LONG_ACCEPT = "text/csv," * 300_000


HOUR = utc("2026-11-22 14:00")
ADDRESS = "/charts/hourly?region=GB&hour=2026-11-22T14:00:00Z"


def fetch_csv(client: TestClient) -> list[dict[str, str]]:
    """The chart's lines by column."""
    answer = client.get(ADDRESS, headers={"Accept": "text/csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_csv_holds_the_same_as_json(client: TestClient, store: ChartStore) -> None:
    store.complete_through(HOUR + timedelta(minutes=1))
    store.publish(HOUR, 5)
    entries = client.get(ADDRESS).json()["entries"]
    assert fetch_csv(client) == [{name: str(value) for name, value in one.items()} for one in entries]


def test_titles_survive_quotes_line_ends_and_other_scripts(client: TestClient, store: ChartStore) -> None:
    titles = ['Say "Hi", now', "two\nlines", "ピアノ 🎹", ""]
    store.complete_through(HOUR + timedelta(minutes=1))
    store.count_window(HOUR)
    store.rank_songs(HOUR, [song(rank, title=title, previous_rank=None) for rank, title in enumerate(titles, 1)])
    lines = fetch_csv(client)
    assert [line["title"] for line in lines] == titles
    assert {line["previous_rank"] for line in lines} == {""}


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-", "'-"),
        ("@home", "'@home"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝１", "'＝１"),
        ("'Tis", "''Tis"),
        ("'=1", "''=1"),
        ("1=1", "1=1"),
        ("x;=1", "x;'=1"),
        ("x;'=1", "x;''=1"),
        ("=a;@b", "'=a;'@b"),
        ("a; b;c", "a; b;c"),
        (" =1", " =1"),
        ('","=1', '","=1'),
    ],
)
def test_no_title_is_run_as_a_formula_and_each_can_be_had_back(
    client: TestClient, store: ChartStore, title: str, cell: str
) -> None:
    store.complete_through(HOUR + timedelta(minutes=1))
    store.count_window(HOUR)
    store.rank_songs(HOUR, [song(1, title=title, artist=title)])
    (line,) = fetch_csv(client)
    assert (line["title"], line["artist"]) == (cell, cell)
    assert re.sub(r"^'|(?<=;)'", "", cell) == title
    assert client.get(ADDRESS).json()["entries"][0]["title"] == title


def test_an_empty_chart_is_a_header_alone(client: TestClient, store: ChartStore) -> None:
    store.complete_through(HOUR + timedelta(minutes=1))
    text = client.get(ADDRESS, headers={"Accept": "text/csv"}).text
    assert text.startswith("rank,previous_rank,movement,")
    assert text.count("\n") == 1


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/csv", True),
        ("TEXT/CSV; charset=utf-8", True),
        ("text/csv, */*;q=0.1", True),
        ("application/json;q=0.5, text/csv", True),
        ("application/json, text/csv;q=0.5", False),
        ("text/csv;q=0", False),
        ("text/csv;q=much", False),
        ("*/*", False),
        ("text/html,application/xhtml+xml,*/*;q=0.8", False),
        ("", False),
        (";;,,;q=", False),
    ],
)
def test_csv_is_for_those_who_ask_for_it(accept: str, expected: bool) -> None:
    assert prefers_csv(accept) is expected


def test_a_long_accept_header_costs_no_time() -> None:
    started = perf_counter()
    assert prefers_csv(LONG_ACCEPT)
    assert perf_counter() - started < 0.5
