"""Bodies that nobody should send, made from good ones; the same seed makes the same bodies."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from backports import zstd

from tests.examples import read_examples
from tests.ingest.builders import listen, play_body, submission

DOORS = ("/play", "/plays", "/1/submit-listens")
TRAPS = (
    rb'"\ud800"', rb'"\udc00\ud800"', rb'"\u0000"', b"\x00", b"\xff", b"\xc0\x80", b"\xef\xbb\xbf", b"\xed\xa0\x80",
    b"NaN", b"-Infinity", b"1e999", b"-1e999", b"9" * 400, b"-0", b"0.0", b"1E400", b"1e-999", b"true", b"null",
    b"[]", b"{}",
    b"[" * 5_000, b'{"a":' * 3_000, b'"title":"x",', b'"title" : "x" ,', b'"client":{"name":"a","name":"b"},',
    b"/*", b"'", b"\\",
    b'"\x1f"', b"\x1f", b'" "', b'"played_at":"9999-12-31T23:59:59-23:59",', b'"played_at":"2026-11-01T10:00:60Z",',
    b'"__proto__":{},', b'"user_id":1e999,', b'"region":"\xc3\x9f",', b'"listened_at":1e999,', b'"listened_at":-1,',
    b'"listen_type":"playing_now",', b'"duration":NaN,', b'"duration_ms":1e308,', b'"isrc":[],',
)  # fmt: skip
VALUES: tuple[object, ...] = (
    None, True, 0, -1, 10**30, 0.5, -0.0, 1e300, "", " ", "\x1f", "\x1c \x1d", "\x00", "x", "é" * 600,
    "👩\u200d🎤", ":", '":', "\u2028", "\ufeff",
    [], {}, [[]], [None], {"": ""}, "gb", "GB", "ß", "ZZ", "global", "USBN25700001",
    "us-bn2-57-00001", "2026-11-01T10:00:00+02:00",
    "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00Z", "{b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d}",
    1_793_527_200, "1793527200", 86_400_000,
)  # fmt: skip
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda body: gzip.compress(body, 1, mtime=0),
    "deflate": lambda body: zlib.compress(body, 1),
    "zstd": zstd.compress,
}


@dataclass(frozen=True)
class Case:
    """One request: where it goes, what it carries, how that is said to be packed, and what it was before."""

    path: str
    body: bytes
    encoding: str | None
    plain: bytes


def make_cases(seed: int, count: int) -> Iterator[Case]:
    """``count`` requests, most of them bad in one or a few places."""
    chance = random.Random(seed)
    seeds = _seeds()
    for _ in range(count):
        path = chance.choice(DOORS)
        body = chance.choice(seeds[path])
        for _ in range(chance.choice((0, 1, 1, 1, 1, 2, 3))):
            body = chance.choice(_MUTATIONS)(chance, body)
        yield _pack(chance, path, body)


def _seeds() -> dict[str, list[bytes]]:
    plays = [one.to_json() for one in read_examples("submitted")] + [json.dumps(play_body()).encode()] * 20
    batches = [b'{"plays":[' + b",".join(plays[start : start + 5]) + b"]}" for start in range(len(plays) - 5)]
    kinds = ("single", "import", "playing_now")
    listens = [submission(listen(), listen_type=kind) for kind in kinds] + [submission(listen(..., isrc="x"), listen())]
    return dict(zip(DOORS, (plays, batches, [json.dumps(one).encode() for one in listens]), strict=True))


def _insert_trap(chance: random.Random, body: bytes) -> bytes:
    place = chance.randrange(len(body) + 1)
    return body[:place] + chance.choice(TRAPS) + body[place:]


def _exchange_value(chance: random.Random, body: bytes) -> bytes:
    """Put a trap in the place of what stands between one colon and the next comma."""
    colons = [place for place, byte in enumerate(body) if byte == ord(":")]
    if not colons:
        return body
    start = chance.choice(colons) + 1
    end = body.find(b",", start)
    return body[:start] + chance.choice(TRAPS) + (body[end:] if end > 0 else b"}")


def _exchange_member(chance: random.Random, body: bytes) -> bytes:
    """Give one member of an object, or one item of a list, another value; the JSON stays JSON."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return body
    places = list(_places(document))
    if places:
        holder, place = chance.choice(places)
        holder[place] = chance.choice(VALUES)
    return json.dumps(document, ensure_ascii=chance.random() < 0.5).encode(errors="surrogatepass")


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, (dict, list)) and len(json.dumps(value)) < 20_000:
        for place, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield value, place
            yield from _places(inner)


def _flip(chance: random.Random, body: bytes) -> bytes:
    if not body:
        return body
    place = chance.randrange(len(body))
    return body[:place] + bytes([chance.randrange(256)]) + body[place + 1 :]


def _cut(chance: random.Random, body: bytes) -> bytes:
    return body[: chance.randrange(len(body) + 1)]


def _repeat(chance: random.Random, body: bytes) -> bytes:
    if len(body) > 100_000:
        return body
    start, end = sorted(chance.randrange(len(body) + 1) for _ in range(2))
    return body[:end] + body[start:end] * chance.choice((1, 2, 50)) + body[end:]


_MUTATIONS = (*(_exchange_member,) * 12, _insert_trap, _insert_trap, _exchange_value, _flip, _cut, _repeat)


def _pack(chance: random.Random, path: str, body: bytes) -> Case:
    said = chance.choice((None,) * 12 + ("gzip", "deflate", "zstd", "br"))
    if said not in PACKERS or chance.random() < 0.1:
        return Case(path, body, said, body)
    packed = PACKERS[said](body)
    return Case(path, _flip(chance, packed) if chance.random() < 0.3 else packed, said, body)
