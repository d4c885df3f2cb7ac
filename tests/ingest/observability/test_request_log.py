"""Request ids, and what the log says of requests that went wrong."""

from __future__ import annotations

import json
import logging
import logging.config
import re

import pytest
from starlette.testclient import TestClient

from ingest.observability.log_format import describe_logging
from tests.ingest.builders import listen, play_body, submission
from tests.ingest.publishers import MemoryPublisher

OWN = re.compile(r"[0-9a-f]{32}")


def test_every_answer_carries_an_id_of_its_own(client: TestClient) -> None:
    answers = [
        client.post("/play", json=play_body()),
        client.post("/play", content=b"{"),
        client.post("/1/submit-listens", json=submission(listen())),
        client.get("/healthz"),
        client.get("/nowhere"),
    ]
    ids = [answer.headers["x-request-id"] for answer in answers]
    assert all(OWN.fullmatch(one) for one in ids)
    assert len(set(ids)) == len(ids)


def test_the_client_s_own_id_is_kept(client: TestClient) -> None:
    answer = client.post("/play", json=play_body(), headers={"X-Request-Id": "abc-1:2.3_4"})
    assert answer.headers["x-request-id"] == "abc-1:2.3_4"


@pytest.mark.parametrize("forged", ["", "a b", "x" * 65, 'a"}', "é"])
def test_an_id_that_would_spoil_the_log_is_replaced(client: TestClient, forged: str) -> None:
    answer = client.get("/healthz", headers=[(b"X-Request-Id", forged.encode())])
    assert OWN.fullmatch(answer.headers["x-request-id"])


def test_a_refused_request_is_logged_and_an_accepted_one_is_not(
    client: TestClient, publisher: MemoryPublisher, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "ingest.requests")
    client.post("/play", json=play_body())
    assert not caplog.records
    client.post("/play", json=play_body(region="ZZ"))
    publisher.away = True
    client.post("/play", json=play_body())
    logged = [(one.levelname, vars(one)["path"], vars(one)["status"], vars(one)["code"]) for one in caplog.records]
    assert logged == [("INFO", "/play", 422, "invalid_play"), ("WARNING", "/play", 503, "unconfirmed")]


def test_a_refusal_names_the_client_and_the_key(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "ingest.requests")
    client.post("/play", json=play_body(region="ZZ"))
    client.post("/play", json=play_body(), headers={"Authorization": "Token not-the-key"})
    logged = [(vars(one)["status"], vars(one)["client"], vars(one)["key"]) for one in caplog.records]
    assert logged == [(422, "testclient", "local"), (401, "testclient", None)]


@pytest.mark.parametrize(("path", "route"), [("/play", "/play"), ("/1/submit-listens", "/1/submit-listens")])
def test_refused_requests_are_counted_by_route_status_and_key(client: TestClient, path: str, route: str) -> None:
    def count(status: str, key: str) -> float:
        text = client.get("/metrics").text
        name = f'ingest_refused_requests_total{{key="{key}",route="{route}",status="{status}"}} '
        return sum(float(line.removeprefix(name)) for line in text.splitlines() if line.startswith(name))

    unknown, oversized = count("401", ""), count("413", "local")
    client.post(path, json=play_body(), headers={"Authorization": "Token not-the-key"})
    client.post(path, content=b" " * 10_240_001)
    assert (count("401", "") - unknown, count("413", "local") - oversized) == (1, 1)


def test_neither_listener_nor_key_is_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client.post("/play", json=play_body(user_id="anna-the-listener", region="ZZ"))
    client.post("/play", json=play_body(user_id="anna-the-listener"), headers={"Authorization": "Token not-the-key"})
    text = "".join(f"{vars(one)} {one.getMessage()}" for one in caplog.records if one.name.startswith("ingest"))
    assert "/play" in text
    assert "anna" not in text
    assert "not-the-key" not in text


def test_the_log_is_one_json_object_a_line(capfd: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogger().handlers[:], logging.getLogger().level
    try:
        logging.config.dictConfig(describe_logging("info"))
        logging.getLogger("ingest.requests").warning("two\nlines", extra={"status": 503})
        logging.getLogger("gunicorn.error").debug("not shown")
    finally:
        logging.getLogger().handlers[:], logging.getLogger().level = before
    (line,) = capfd.readouterr().err.splitlines()
    record = json.loads(line)
    assert (record["level"], record["logger"], record["message"]) == ("WARNING", "ingest.requests", "two\nlines")
    assert (record["status"], record["request_id"]) == (503, None)
    assert record["time"]
