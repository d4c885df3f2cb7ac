"""Ingest as it runs in production: gunicorn, its workers, and a stop in the middle of the work."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest

from tests.ingest.builders import play_body
from tests.ingest.servers import HEADERS, Server, running_server
from tests.ingest.topics import read_topic
from tests.servers import KafkaServer


@pytest.fixture
def server(kafka_server: KafkaServer, tmp_path: Path) -> Iterator[Server]:
    """Ingest with two workers."""
    with running_server(kafka_server, tmp_path, workers=2) as server:
        server.wait_until_ready()
        yield server


def post_until_stopped(url: str, poster: int) -> tuple[set[str], set[int]]:
    """Post one play after the other until nobody listens: the accepted ids, the statuses seen."""
    accepted: set[str] = set()
    statuses: set[int] = set()
    with httpx.Client(base_url=url, headers=HEADERS, timeout=20) as client:
        for number in range(100_000):
            play_id = f"{poster}-{number}"
            try:
                answer = client.post("/play", json=play_body(play_id=play_id))
            except httpx.TransportError:
                return accepted, statuses
            statuses.add(answer.status_code)
            if answer.status_code == 202:
                accepted.add(play_id)
    raise AssertionError("the server was never stopped")


def test_a_stop_in_the_middle_loses_no_accepted_play(server: Server, kafka_server: KafkaServer) -> None:
    with ThreadPoolExecutor(4) as pool:
        posters = [pool.submit(post_until_stopped, server.url, n) for n in range(4)]
        time.sleep(2)
        server.process.send_signal(signal.SIGTERM)
        results = [poster.result(60) for poster in posters]
    assert server.process.wait(30) == 0
    accepted = set().union(*(ids for ids, _ in results))
    kept = {one.play.play_id for one in read_topic(kafka_server.connection(), server.topic)}
    assert len(accepted) > 20
    assert accepted <= kept
    assert {status for _, statuses in results for status in statuses} == {202}


def test_metrics_are_those_of_all_workers(server: Server) -> None:
    for number in range(40):
        # A connection for each, so that both workers get some.
        body = play_body(play_id=f"p{number}")
        assert httpx.post(f"{server.url}/play", json=body, headers=HEADERS).status_code == 202
    for _ in range(10):
        text = httpx.get(f"{server.url}/metrics").text
        assert 'ingest_plays_total{status="accepted"} 40.0' in text


def test_workers_do_not_outlive_a_killed_master(server: Server) -> None:
    workers = psutil.Process(server.process.pid).children()
    assert len(workers) == 2
    server.process.kill()
    ended, left = psutil.wait_procs(workers, timeout=10)
    assert len(ended) == 2, left


def test_bytes_that_are_no_http_do_not_hurt(server: Server) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    for raw in (b"\x16\x03\x01\x00\xff" * 50, b"POST /play HTTP/9\r\n\r\n", b"\x00" * 10_000):
        subprocess.run([sys.executable, "-c", SEND, host, port], input=raw, check=True, timeout=30)
    assert httpx.get(f"{server.url}/readyz").status_code == 200


def test_accepted_plays_are_not_logged(server: Server) -> None:
    before = server.log.read_text()
    for number in range(3):
        body = play_body(play_id=f"quiet{number}")
        assert httpx.post(f"{server.url}/play", json=body, headers=HEADERS).status_code == 202
    assert httpx.post(f"{server.url}/play", json=play_body(), headers={}).status_code == 401
    logged = map(json.loads, server.log.read_text().removeprefix(before).splitlines())
    # The second worker may still tell of its start.
    of_requests = [line for line in logged if "status" in line or "/play" in line["message"]]
    assert [line.get("status", line["message"]) for line in of_requests] == [401]


def test_an_address_that_a_client_claims_is_not_believed(server: Server) -> None:
    claimed = '1.1.1.1:1 - "GET /fake HTTP/1.1" 200 OK'
    answer = httpx.post(f"{server.url}/play", json=play_body(), headers={"X-Forwarded-For": claimed})
    assert answer.status_code == 401
    logged = [
        json.loads(line) for line in server.log.read_text().splitlines() if answer.headers["x-request-id"] in line
    ]
    assert [line["client"] for line in logged] == ["127.0.0.1"]
    assert "1.1.1.1" not in server.log.read_text()


SEND = """
import socket, sys
with socket.create_connection((sys.argv[1], int(sys.argv[2])), 5) as connection:
    connection.sendall(sys.stdin.buffer.read())
"""
