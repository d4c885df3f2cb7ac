"""Answers from memory: no query while they are fresh, and old ones while Postgres is away."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from time import monotonic

import httpx
import pytest
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from api.app import create_app
from api.observability.metrics import Metrics
from api.settings import Settings
from api.web.cache_responses import CacheResponses
from api.web.cacheable import answer
from api.web.cached_responses import CachedResponses
from tests.api.chart_store import ChartStore, utc
from tests.api.serving import wait_until
from tests.servers import PostgresServer

HOUR = utc("2026-11-22 14:00")
ADDRESS = "/charts/hourly?region=GB&hour=2026-11-22T14:00:00Z"


@pytest.fixture
def chart(store: ChartStore) -> ChartStore:
    """One final chart, which may be kept for a minute."""
    store.complete_through(HOUR + timedelta(hours=2))
    store.publish(HOUR)
    return store


@pytest.fixture
def client(settings: Settings, chart: ChartStore) -> Iterator[TestClient]:
    """A client of an api that remembers, once it listens for new charts."""
    app = create_app(settings.model_copy(update={"api_memory_bytes": 1_000_000}))
    heard: list[None] = []
    app.state.chart_updates.call_on_update(lambda: heard.append(None))
    with TestClient(app) as client:
        wait_until(lambda: bool(heard))
        yield client


def test_a_fresh_response_is_served_from_the_cache_without_a_query(client: TestClient, chart: ChartStore) -> None:
    first = client.get(ADDRESS)
    chart.change("chart_windows", "total_plays = 0")
    again = client.get(ADDRESS)
    assert (again.content, again.headers["ETag"]) == (first.content, first.headers["ETag"])
    assert (first.headers.get("Age"), again.headers["Age"]) == (None, "0")


def test_304_needs_no_query_either(client: TestClient, chart: ChartStore) -> None:
    tag = client.get(ADDRESS).headers["ETag"]
    chart.change("chart_windows", "total_plays = 0")
    again = client.get(ADDRESS, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)


def test_new_charts_are_seen_as_soon_as_they_are_announced(client: TestClient, chart: ChartStore) -> None:
    client.get(ADDRESS)
    chart.change("chart_windows", "total_plays = 12345")
    chart.announce(utc("2026-11-22 16:00"))
    wait_until(lambda: client.get(ADDRESS).json()["chart"]["total_plays"] == 12345)


def test_what_was_read_before_an_announcement_and_answered_after_it_is_not_served_from_the_cache() -> None:
    memory = CachedResponses(1_000_000)
    asked: list[None] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(None)
        memory.expire()
        await answer(b"{}", "application/json", 60)(scope, receive, send)

    client = TestClient(CacheResponses(app, memory, Metrics()))
    for _ in range(3):
        client.get("/")
    assert len(asked) == 3


def test_of_requests_for_the_same_old_answer_one_has_it_made_and_all_get_it() -> None:
    memory = CachedResponses(1_000_000)
    made: list[int] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        made.append(len(made))
        await asyncio.sleep(0.05)
        await answer(b"%d" % made[-1], "application/json", 60)(scope, receive, send)

    assert asyncio.run(ask_together(CacheResponses(app, memory, Metrics()), memory)) == ["0", *["1"] * 10]
    assert len(made) == 2


def test_requests_that_waited_for_a_failure_are_answered_by_themselves_at_once() -> None:
    memory = CachedResponses(1_000_000)
    asked: list[None] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(None)
        await asyncio.sleep(0.05)
        if len(asked) > 1:
            await Response(status_code=503)(scope, receive, send)
        else:
            await answer(b"old", "application/json", 60)(scope, receive, send)

    started = monotonic()
    assert asyncio.run(ask_together(CacheResponses(app, memory, Metrics()), memory)) == ["old"] * 11
    assert monotonic() - started < 0.5


async def ask_together(app: CacheResponses, memory: CachedResponses) -> list[str]:
    """What one request gets, and ten at once after it has grown old."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://api") as client:
        first = await client.get("/")
        memory.expire()
        return [one.text for one in (first, *await asyncio.gather(*(client.get("/") for _ in range(10))))]


def test_an_open_chart_is_asked_for_again_after_a_second(client: TestClient, chart: ChartStore) -> None:
    chart.complete_through(HOUR + timedelta(minutes=30))
    before = client.get(ADDRESS).json()["chart"]["complete_through"]
    chart.complete_through(HOUR + timedelta(minutes=31))
    started = monotonic()
    wait_until(lambda: client.get(ADDRESS).json()["chart"]["complete_through"] != before)
    assert 0.5 < monotonic() - started < 3


def test_json_and_csv_and_other_parameters_are_kept_apart(client: TestClient, chart: ChartStore) -> None:
    assert client.get(ADDRESS).headers["content-type"] == "application/json"
    assert client.get(ADDRESS, headers={"Accept": "text/csv"}).headers["content-type"].startswith("text/csv")
    assert len(client.get(f"{ADDRESS}&limit=1").json()["entries"]) == 1
    assert len(client.get(ADDRESS).json()["entries"]) == 2


def test_problems_and_status_are_never_kept(client: TestClient, chart: ChartStore) -> None:
    assert client.get("/charts/hourly?region=FR").status_code == 404
    chart.publish(HOUR, region="FR")
    assert client.get("/charts/hourly?region=FR").status_code == 200
    assert "Age" not in client.get("/status").headers
    assert "Age" not in client.get("/status").headers


@pytest.fixture
def postgres_away(client: TestClient, postgres_server: PostgresServer) -> Iterator[TestClient]:
    """The client's api, which knows one chart, without Postgres."""
    client.get(ADDRESS)
    with postgres_server.connect("postgres") as superuser:
        superuser.execute("alter role reader nologin")
        superuser.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'reader'")
        yield client
        superuser.execute("alter role reader login")


def test_while_postgres_is_away_an_old_answer_is_given_with_its_age(
    postgres_away: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = postgres_away.app.user_middleware  # type: ignore[attr-defined]
    recent = next(one.kwargs["memory"] for one in memory if "memory" in one.kwargs)
    recent.expire()
    monkeypatch.setattr(recent, "_clock", lambda: monotonic() + 300)
    answer = postgres_away.get(ADDRESS)
    assert (answer.status_code, answer.json()["chart"]["region"]) == (200, "GB")
    assert 300 <= int(answer.headers["Age"]) < 310
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert postgres_away.get(ADDRESS, headers=tag).status_code == 304
    assert 'kind="stale"' in postgres_away.get("/metrics").text


def test_while_postgres_is_away_what_is_not_known_is_503(postgres_away: TestClient) -> None:
    answer = postgres_away.get("/charts/hourly?region=FR&hour=2026-11-22T14:00:00Z")
    assert (answer.status_code, answer.json()["code"]) == (503, "database_unavailable")


def test_a_queue_of_requests_does_not_wait_for_nothing(postgres_away: TestClient) -> None:
    postgres_away.get("/regions")
    started = monotonic()
    for _ in range(5):
        assert postgres_away.get("/windows").status_code == 503
    assert monotonic() - started < 0.9


def test_cached_responses_are_counted_with_their_route(client: TestClient) -> None:
    for _ in range(3):
        client.get(ADDRESS)
    text = client.get("/metrics").text
    assert 'api_cached_responses_total{kind="fresh"} 2.0' in text
    assert 'api_request_seconds_count{method="GET",route="/charts/hourly",status="200"} 3.0' in text
