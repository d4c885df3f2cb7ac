"""Bodies that are too large, counted while they stream in."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from ingest.access.gate import KEY_NAME
from ingest.web.limits import BodyLimit
from ingest.web.problems import ProblemError
from tests.ingest.builders import play_body
from tests.ingest.publishers import MemoryPublisher


def padded(body: bytes, size: int) -> bytes:
    return body + b" " * (size - len(body))


ONE = json.dumps(play_body()).encode()
BATCH = json.dumps({"plays": [play_body()]}).encode()


@pytest.mark.parametrize(("path", "body", "limit"), [("/play", ONE, 10_240), ("/plays", BATCH, 10_240_000)])
def test_a_body_may_take_its_limit_and_not_a_byte_more(
    client: TestClient, publisher: MemoryPublisher, path: str, body: bytes, limit: int
) -> None:
    assert client.post(path, content=padded(body, limit)).status_code == 202
    answer = client.post(path, content=padded(body, limit + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert len(publisher.messages) == 1


def test_a_body_without_a_length_is_counted_as_it_comes(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(11):
            yield b" " * 1024

    answer = client.post("/play", content=chunks())
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


async def read_all(scope: Scope, receive: Receive, send: Send) -> None:
    while (await receive()).get("more_body"):
        pass


def read_through_limit(headers: list[tuple[bytes, bytes]], chunk: int) -> int:
    """How many bytes of an endless body were taken before the limit of 100 spoke."""
    taken = 0

    async def receive() -> Message:
        nonlocal taken
        taken += chunk
        return {"type": "http.request", "body": b"x" * chunk, "more_body": True}

    async def send(message: Message) -> None:
        raise AssertionError("nobody answers here")

    app = BodyLimit(read_all, {"/play": 100}, 10)
    scope = {"type": "http", "path": "/play", "headers": headers}
    with pytest.raises(ProblemError):
        asyncio.run(app(scope, receive, send))
    return taken


def read_slowly(chunks: int, pause: float, seconds: float, size: int = 1) -> None:
    """Read a body that comes in chunks with pauses, within a limit of seconds for all of it."""
    left = chunks

    async def receive() -> Message:
        nonlocal left
        await asyncio.sleep(pause)
        left -= 1
        return {"type": "http.request", "body": b"x" * size, "more_body": left > 0}

    async def send(message: Message) -> None:
        raise AssertionError("nobody answers here")

    app = BodyLimit(read_all, {"/play": 100_000}, size, seconds)
    asyncio.run(app({"type": "http", "path": "/play", "headers": []}, receive, send))


def test_a_body_that_drips_is_given_up_although_it_never_stops() -> None:
    with pytest.raises(ProblemError) as refused:
        read_slowly(chunks=1_000, pause=0.05, seconds=0.3)
    assert (refused.value.status, refused.value.code) == (408, "body_too_slow")
    assert refused.value.headers == {"Connection": "close"}
    read_slowly(chunks=3, pause=0.01, seconds=30)


def test_bodies_share_a_room_and_give_it_back() -> None:
    async def receive() -> Message:
        return {"type": "http.request", "body": b"x" * 60, "more_body": False}

    async def hold(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await gate.wait()

    async def send(message: Message) -> None:
        raise AssertionError("nobody answers here")

    async def share() -> None:
        app = BodyLimit(hold, {"/plays": 100}, 10, together=90)
        scope = {"type": "http", "path": "/plays", "headers": []}
        first = asyncio.ensure_future(app(scope, receive, send))
        await asyncio.sleep(0)
        with pytest.raises(ProblemError) as refused:
            await asyncio.wait_for(app(scope, receive, send), 10)
        assert (refused.value.status, refused.value.code) == (503, "busy")
        assert refused.value.headers == {"Retry-After": "2"}
        gate.set()
        await first
        await asyncio.wait_for(app(scope, receive, send), 10)

    gate = asyncio.Event()
    asyncio.run(share())


def test_an_endless_body_is_dropped_one_chunk_past_the_limit() -> None:
    assert read_through_limit([], chunk=30) == 120


def test_a_declared_length_past_the_limit_is_refused_before_reading() -> None:
    assert read_through_limit([(b"content-length", b"101")], chunk=30) == 0


@pytest.mark.parametrize("length", [b"-1", b"1e3", b"", "²".encode(), b"50"])
def test_a_length_that_lies_or_makes_no_sense_is_not_believed(length: bytes) -> None:
    assert read_through_limit([(b"content-length", length)], chunk=30) == 120


def read_together(per_key: int, *requests: tuple[str, int]) -> list[str]:
    """What becomes of bodies that are held at the same time: key and bytes of each, within a room of 200."""

    async def hold(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await gate.wait()

    async def send(message: Message) -> None:
        raise AssertionError("nobody answers here")

    async def ask(app: BodyLimit, key: str, size: int) -> str:
        async def receive() -> Message:
            return {"type": "http.request", "body": b"x" * size, "more_body": False}

        scope = {"type": "http", "path": "/plays", "headers": [], KEY_NAME: key}
        try:
            await app(scope, receive, send)
        except ProblemError as problem:
            return problem.code
        return "taken"

    async def ask_all() -> list[str]:
        app = BodyLimit(hold, {"/plays": 1_000}, 10, together=200, per_key=per_key)
        waiting = [asyncio.ensure_future(ask(app, *request)) for request in requests]
        await asyncio.sleep(0)
        gate.set()
        outcomes = await asyncio.gather(*waiting)
        gate.clear()
        # Everything was given back.
        again = [asyncio.ensure_future(ask(app, "another", per_key))]
        await asyncio.sleep(0)
        gate.set()
        assert await asyncio.gather(*again) == ["taken"]
        return outcomes

    gate = asyncio.Event()
    return asyncio.run(ask_all())


def test_one_key_leaves_room_for_the_others() -> None:
    outcomes = read_together(100, ("bound", 90), ("bound", 90), ("other", 90))
    assert outcomes == ["taken", "busy", "taken"]


def test_a_body_of_a_play_s_size_always_has_room() -> None:
    outcomes = read_together(100, ("a", 105), ("b", 105), ("c", 60), ("a", 10), ("c", 10))
    assert outcomes == ["taken", "taken", "busy", "taken", "taken"]


def test_a_large_body_comes_at_a_steady_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.web.limits.GRACE_SECONDS", 0.2)
    with pytest.raises(ProblemError) as refused:
        read_slowly(chunks=1_000, pause=0.05, seconds=30, size=20_000 // 1_000)
    assert (refused.value.status, refused.value.code) == (408, "body_too_slow")
