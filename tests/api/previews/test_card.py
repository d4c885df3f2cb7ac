"""The picture of a chart for shared links."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image
from starlette.testclient import TestClient

from api.previews.fonts import font_for
from tests.api.chart_store import ChartStore, song, utc

HOUR = utc("2026-11-22 14:00")
ADDRESS = "/charts/hourly/card?region=GB"


@pytest.fixture
def chart(store: ChartStore) -> ChartStore:
    """One counted hour, with a title that no line holds and one of another writing."""
    store.complete_through(HOUR + timedelta(hours=2))
    store.count_window(HOUR)
    long, japanese = song(1, title="A title without an end " * 9), song(2, title="雨の夜")
    store.rank_songs(HOUR, [long, japanese, song(3)])
    return store


def picture(client: TestClient, address: str) -> Image.Image:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert len(answer.content) < 100_000
    return Image.open(io.BytesIO(answer.content))


def test_it_has_the_size_that_previews_show(client: TestClient, chart: ChartStore) -> None:
    drawn = picture(client, ADDRESS)
    assert (drawn.format, drawn.size) == ("PNG", (1200, 630))


def test_nothing_is_written_over_its_edge(client: TestClient, chart: ChartStore) -> None:
    drawn = picture(client, ADDRESS)
    ground = drawn.getpixel((5, 5))
    edge = [drawn.getpixel((x, y)) for x in (2, 1197) for y in range(630)]
    assert set(edge) == {ground}
    between = [drawn.getpixel((640, y)) for y in range(340, 540)]
    assert set(between) == {ground}, "the first title runs into the second column"


def test_the_same_picture_is_not_sent_twice_and_may_be_kept(client: TestClient, chart: ChartStore) -> None:
    first = client.get(ADDRESS)
    assert first.headers["Cache-Control"] == "max-age=60"
    assert client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_an_empty_chart_has_one_too(client: TestClient, chart: ChartStore) -> None:
    assert picture(client, f"{ADDRESS}&window_start=2026-11-22T09:00:00Z").size == (1200, 630)


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("&window_start=2026-11-29T14:00:00Z", 404, "not_computed"),
        ("&window_start=2026-11-22T14:30:00Z", 422, "invalid_parameter"),
        ("&limit=3", 422, "invalid_parameter"),
    ],
)
def test_what_cannot_be_drawn_is_a_problem(
    client: TestClient, chart: ChartStore, query: str, status: int, code: str
) -> None:
    answer = client.get(ADDRESS + query)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_text_is_written_even_where_no_font_knows_its_letters() -> None:
    assert font_for("\U0010fffd", 20).getlength("x") > 0
