"""Every error is a problem document, and no input is answered with 5xx."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from tests.api.chart_store import ChartStore, utc

ROUTES = ["/charts/hourly", "/charts/daily", "/windows", "/regions", "/status"]
NAMES = ["region", "hour", "date", "limit", "revision", "grain", "before", "x"]
HOSTILE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["GB", "global", "9" * 5000, "NaN", "-1", "1e999", "%00", "2026-11-22T14:00:00Z"]),
    st.datetimes().map(lambda instant: instant.isoformat() + "Z"),
    st.dates().map(str),
    st.integers().map(str),
)


def test_an_unknown_address_is_a_problem(client: TestClient) -> None:
    answer = client.get("/chart")
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["type"], body["title"], body["status"]) == ("about:blank", "Not Found", 404)
    assert (body["code"], bool(body["detail"])) == ("not_found", True)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ROUTES)
def test_nothing_can_be_written(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, path, content=b"{}")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


def test_several_refused_parameters_are_all_named(client: TestClient) -> None:
    body = client.get("/charts/hourly?limit=0&hour=now&colour=red").json()
    assert {one["field"] for one in body["errors"]} == {"limit", "hour", "colour"}
    assert "limit" in body["detail"]


def test_no_input_is_answered_with_5xx(settings: Settings, store: ChartStore) -> None:
    store.complete_through(utc("2026-11-22 14:32"))
    store.publish(utc("2026-11-22 14:00"))

    with TestClient(create_app(settings), raise_server_exceptions=False) as client:

        @examples(max_examples=300, deadline=None, derandomize=True, database=None)
        @given(st.sampled_from(ROUTES), st.dictionaries(st.sampled_from(NAMES), HOSTILE, max_size=4))
        def ask(path: str, query: dict[str, str]) -> None:
            answer = client.get(path, params=query)
            assert answer.status_code in {200, 404, 422}, answer.text
            if answer.status_code != 200:
                assert answer.headers["content-type"] == "application/problem+json"

        ask()
