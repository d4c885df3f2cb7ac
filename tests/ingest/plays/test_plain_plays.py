"""The quick way judges as the model does: what it takes, the model takes, and for Kafka it is the same value."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.access.authentication import Key
from ingest.play import Play, SubmittedPlay, record_play
from ingest.plays.batch import read_batch
from ingest.plays.plain_forms import REFINED, build_form
from ingest.plays.plain_plays import PlainReader
from ingest.plays.submit import admit_body, judge
from ingest.web.limits import MAXIMUM_PLAY_BYTES
from ingest.web.problems import ProblemError
from tests.examples import Example, read_examples
from tests.ingest.builders import SECRET, play_body
from tests.ingest.mutations import make_cases
from tests.ingest.plays.test_play_properties import good_plays
from tests.ingest.plays.test_submit import HOSTILE

NOW = datetime.now(UTC)
KEYS = (
    Key("any", {}, "local"),
    Key("phone", {"user_id": "zoë"}, "00000001"),
    Key("shop", {"user_id": "x", "region": "FI"}, "00000002"),
)
READERS = {key.name: PlainReader(SECRET, frozenset(key.decides)) for key in KEYS}


def read_plainly(body: bytes, key: Key) -> bytes | None:
    """The value for Kafka by the quick way, unless it leaves the body to the model."""
    try:
        return READERS[key.name].read_play(body, key.decides, key.id, NOW).to_value()
    except ValueError:
        return None


def read_by_model(body: bytes, key: Key) -> bytes | None:
    """The value for Kafka by the model, unless it refuses the body."""
    try:
        return record_play(admit_body(body, key), SECRET, key.id, NOW).to_value()
    except ProblemError:
        return None


def read_batch_by_model(body: bytes, key: Key) -> list[bytes] | None:
    try:
        judged = [judge(item, key) for item in read_batch(body)]
    except ProblemError:
        return None
    good = [record_play(one, SECRET, key.id, NOW).to_value() for one in judged if isinstance(one, SubmittedPlay)]
    return good if len(good) == len(judged) else None


def assert_judged_alike(body: bytes) -> bool:
    """Whatever the quick way takes, the model takes too; whether the quick way took it for any key."""
    taken = False
    for key in KEYS:
        plain = read_plainly(body, key)
        assert plain is None or plain == read_by_model(body, key)
        taken |= plain is not None
        batch = b'{"plays":[' + body + b"," + body + b"]}"
        try:
            plays = READERS[key.name].read_batch(batch, key.decides, key.id, NOW)
        except ValueError:
            assert plain is None
        else:
            assert [play.to_value() for play in plays] == read_batch_by_model(batch, key)
    return taken


@pytest.mark.parametrize("one", read_examples("submitted"), ids=lambda one: one.name)
def test_an_example_is_judged_as_by_the_model(one: Example) -> None:
    assert_judged_alike(one.to_json())
    if one.refused:
        assert read_plainly(one.to_json(), KEYS[0]) is None


USUAL = {
    "as in the guide": {},
    "with all there is": {
        "play_id": "p:1",
        "release": "Blue Train",
        "isrc": "USBN25700001",
        "recording_mbid": "b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d",
        "ms_played": 641_000,
        "duration_ms": 641_000,
        "client": {"name": "player", "version": "1"},
    },
    "a song of another script": {"title": "上を向いて歩こう", "artist": "坂本九"},
    "quotes": {"title": 'The "Blue" Train\\'},
    "thousandths": {"played_at": "2026-11-01T10:00:00.123Z"},
    "another zone": {"played_at": "2026-11-01T12:00:00+02:00"},
    "small letters": {"region": "gb"},
}


@pytest.mark.parametrize("changes", USUAL.values(), ids=USUAL.keys())
@pytest.mark.parametrize("ascii_only", [True, False])
def test_usual_plays_go_the_quick_way(changes: dict[str, Any], ascii_only: bool) -> None:
    assert assert_judged_alike(json.dumps(play_body(**changes), ensure_ascii=ascii_only).encode())


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_body_is_left_to_the_model(body: bytes) -> None:
    assert not assert_judged_alike(body)


GOOD = json.dumps(play_body())
NUMBERS = ("-0", "-1", "0", "1.0", "1e3", "86400000", "86400001", "9" * 30, "true", "null", '"5"', "NaN", "1e999", "01")


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_are_judged_alike(number: str) -> None:
    assert_judged_alike(f'{GOOD[:-1]},"ms_played":{number}}}'.encode())


@pytest.mark.parametrize(
    "played_at",
    [
        *("2026-11-01t10:00:00z", "2026-11-01 10:00:00Z", "2026-11-01_10:00:00Z", "2026-11-01T10:00:00"),
        *("2026-11-01T10:00:60Z", "2026-11-01T24:00:00Z", "2026-02-30T10:00:00Z", "2026-W44-7T10:00:00Z"),
        *("20261101T100000Z", "2026-11-01T10:00:00.1234567Z", "2026-11-01T10:00:00.Z", "2026-11-01T10:00:00,5Z"),
        *("2026-11-01T10:00:00+24:00", "2026-11-01T10:00:00-00:00", "2026-11-01T10:00:00+0000", "2026-11-01T10:00Z"),
        *("٢026-11-01T10:00:00Z", "2026-11-01T10:00:00Z\n", " 2026-11-01T10:00:00Z", "9999-12-31T23:59:59-23:59"),
        *("2002-09-30T23:59:59Z", "2002-10-01T00:00:00+00:00", "2002-10-01T00:00:00+00:01", "0001-01-01T00:00:00Z"),
    ],
)
def test_times_are_judged_alike(played_at: str) -> None:
    assert_judged_alike(json.dumps(play_body(played_at=played_at)).encode())


@pytest.mark.parametrize("minutes", [55, 65])
def test_a_clock_that_runs_ahead_is_judged_alike(minutes: int) -> None:
    played_at = NOW + timedelta(minutes=minutes)
    assert_judged_alike(json.dumps(play_body(played_at=played_at.isoformat())).encode())


texts = st.text(max_size=8) | st.sampled_from(
    [" x", "x\u2003", "\x1f", "\x1cx", "\x85", "\x00", "x" * 513, ":", '":', "\\"]
)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts
anything = scalars | st.lists(scalars, max_size=2) | st.dictionaries(st.sampled_from(["name", "version", "x"]), scalars)
names = st.sampled_from([*SubmittedPlay.model_fields, *Play.model_fields, "songs"])
spellings = st.sampled_from([None, (",", ":"), (" , ", " : "), (",\n", ":\t")])


@given(good_plays, st.dictionaries(names, anything, max_size=3), spellings, st.booleans())
@settings(max_examples=400)
def test_plays_with_anything_in_them_are_judged_alike(
    good: dict[str, Any], changes: dict[str, Any], separators: tuple[str, str] | None, ascii_only: bool
) -> None:
    body = json.dumps({**good, **changes}, separators=separators, ensure_ascii=ascii_only)
    assert_judged_alike(body.encode(errors="surrogatepass"))


@given(good_plays, st.sampled_from(["title", "client", "play_id", "received_at"]), st.booleans())
def test_a_name_used_twice_is_never_overlooked(good: dict[str, Any], name: str, spaced: bool) -> None:
    body = json.dumps(good)
    again = f'{{"{name}"{" " if spaced else ""}:{json.dumps(good.get(name))},'
    assert not assert_judged_alike(f"{again}{body[1:]}".encode()) or name not in good


def test_mutated_bodies_are_judged_alike() -> None:
    plain = [case.plain for case in make_cases(7, 6_000) if case.path == "/play"]
    taken = sum(map(assert_judged_alike, plain))
    assert len(plain) / 10 < taken < len(plain)


def test_without_escapes_no_play_is_too_large() -> None:
    schema = SubmittedPlay.model_json_schema()
    lengths = [one for one in find_values(schema, "maxLength") if isinstance(one, int)]
    assert 4 * sum(lengths) + 1_000 < MAXIMUM_PLAY_BYTES


def find_values(schema: Any, name: str) -> list[object]:
    """Every value under a name, anywhere in a schema."""
    if isinstance(schema, list):
        return [found for one in schema for found in find_values(one, name)]
    if not isinstance(schema, dict):
        return []
    return [value for key, value in schema.items() if key == name] + find_values(list(schema.values()), name)


def test_a_form_reads_what_clients_post_and_writes_what_kafka_carries() -> None:
    assert build_form().__struct_fields__ == tuple(Play.model_fields)
    assert set(REFINED) == {"title", "artist", "isrc", "recording_mbid", "region", "played_at"}
