"""Compressed bodies: taken, refused when broken, and never unpacked past the limit."""

from __future__ import annotations

import asyncio
import gzip
import json
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest
from backports import zstd
from starlette.testclient import TestClient
from starlette.types import Message

from ingest.web.compression import unpack
from ingest.web.problems import ProblemError
from tests.ingest.builders import play_body
from tests.ingest.publishers import MemoryPublisher

Pack = Callable[[bytes], bytes]
PACKERS: dict[str, Pack] = {"gzip": gzip.compress, "deflate": zlib.compress, "zstd": zstd.compress}
BODY = json.dumps(play_body()).encode()
BATCH = json.dumps({"plays": [play_body(play_id=f"p{n}") for n in range(1000)]}).encode()

each_encoding = pytest.mark.parametrize(("encoding", "pack"), PACKERS.items(), ids=PACKERS.keys())


@each_encoding
def test_a_compressed_body_is_taken(client: TestClient, publisher: MemoryPublisher, encoding: str, pack: Pack) -> None:
    headers = {"Content-Encoding": encoding}
    assert client.post("/play", content=pack(BODY), headers=headers).status_code == 202
    assert client.post("/plays", content=pack(BATCH), headers={"Content-Encoding": encoding.upper()}).status_code == 202
    assert len(publisher.messages) == 1001


@each_encoding
def test_a_compressed_body_may_come_in_crumbs(client: TestClient, encoding: str, pack: Pack) -> None:
    packed = pack(BODY)

    def crumbs() -> Iterator[bytes]:
        for start in range(len(packed)):
            yield packed[start : start + 1]

    assert client.post("/play", content=crumbs(), headers={"Content-Encoding": encoding}).status_code == 202


@each_encoding
@pytest.mark.parametrize(("path", "limit"), [("/play", 10_240), ("/plays", 10_240_000)])
def test_what_unpacks_to_a_byte_too_much_is_refused(
    client: TestClient, publisher: MemoryPublisher, encoding: str, pack: Pack, path: str, limit: int
) -> None:
    headers = {"Content-Encoding": encoding}
    body = BODY if path == "/play" else BATCH
    fits = body + b" " * (limit - len(body))
    assert client.post(path, content=pack(fits), headers=headers).status_code == 202
    kept = len(publisher.messages)
    answer = client.post(path, content=pack(fits + b" "), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert len(publisher.messages) == kept


def unpack_all(encoding: str, packed: bytes, limit: int) -> int:
    """How many bytes come out of a body that arrives in one piece."""

    async def receive() -> Message:
        return {"type": "http.request", "body": packed, "more_body": False}

    async def read() -> int:
        return len((await unpack(receive, encoding, limit)())["body"])

    return asyncio.run(read())


@each_encoding
def test_a_bomb_does_not_go_off(encoding: str, pack: Pack) -> None:
    bomb = pack(bytes(50_000_000))
    tracemalloc.start()
    try:
        assert unpack_all(encoding, bomb, 10_240) == 10_241
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000


def test_a_zstd_frame_that_asks_for_a_large_window_is_refused(client: TestClient) -> None:
    options: dict[int, int] = {zstd.CompressionParameter.window_log: 27}
    compressor = zstd.ZstdCompressor(options=options)
    packed = compressor.compress(BODY) + compressor.flush()
    answer = client.post("/play", content=packed, headers={"Content-Encoding": "zstd"})
    assert (answer.status_code, answer.json()["code"]) == (400, "broken_encoding")


@each_encoding
@pytest.mark.parametrize("spoil", ["cut", "nothing", "plain", "trailing", "twice"])
def test_a_broken_body_is_400_and_nothing_goes_on(
    client: TestClient, publisher: MemoryPublisher, encoding: str, pack: Pack, spoil: str
) -> None:
    packed = pack(BODY)
    broken = {
        "cut": packed[:-4],
        "nothing": b"",
        "plain": BODY,
        "trailing": packed + b"x",
        "twice": packed + packed,
    }[spoil]
    answer = client.post("/play", content=broken, headers={"Content-Encoding": encoding})
    assert (answer.status_code, answer.json()["code"]) == (400, "broken_encoding")
    assert not publisher.messages


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "identity, gzip", "snappy", "\x00"])
def test_an_encoding_that_is_not_known_is_415(client: TestClient, encoding: str) -> None:
    answer = client.post("/play", content=gzip.compress(BODY), headers={"Content-Encoding": encoding})
    assert (answer.status_code, answer.json()["code"]) == (415, "unknown_encoding")
    assert answer.headers["accept-encoding"] == "gzip, deflate, zstd"


@pytest.mark.parametrize("encoding", ["identity", "Identity", ""])
def test_no_encoding_may_be_said_out_loud(client: TestClient, encoding: str) -> None:
    assert client.post("/play", content=BODY, headers={"Content-Encoding": encoding}).status_code == 202


def test_two_headers_are_two_encodings(client: TestClient) -> None:
    headers = [("Content-Encoding", "gzip"), ("Content-Encoding", "gzip")]
    assert client.post("/play", content=gzip.compress(BODY), headers=headers).status_code == 415


def test_an_encoding_is_chosen_before_anything_is_read() -> None:
    async def receive() -> Message:
        raise AssertionError("nothing is read")

    with pytest.raises(ProblemError):
        unpack(receive, "br", 100)
