"""The independent count of bronze, against the same plays counted from the file that was posted."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from ingest.play import SubmittedPlay, record_play
from tests.e2e.count_bronze import COLUMNS, charts_of_bronze
from tests.e2e.small_files import SECRET, count, play
from tests.faults.long_run.plays import Mix, write_plays
from tests.ingest.builders import KEY_ID, recorded_play

RECEIVED = datetime(2026, 11, 20, 12, tzinfo=UTC)


def bronze_of(*values: bytes | None) -> pa.Table:
    kinds = zip(COLUMNS, (pa.int32(), pa.int64(), pa.binary()), strict=True)
    places: list[list[object]] = [[0] * len(values), list(range(len(values))), list(values)]
    return pa.table({name: pa.array(column, kind) for (name, kind), column in zip(kinds, places, strict=True)})


def record(body: object) -> bytes:
    return record_play(SubmittedPlay.model_validate(body), SECRET, KEY_ID, RECEIVED).to_value()


def test_bronze_gives_the_charts_that_the_posted_file_gives(tmp_path: Path) -> None:
    bodies = [
        play("ann", "2026-11-20T10:00:02Z", "STRASSE 1"),
        play("bob", "2026-11-20T11:00:01+01:00", "歌", ms_played=1),
        play("bob", "2026-11-20T10:00:01Z", "歌", play_id="chosen", client={"name": "player"}),
        play("ann", "2026-11-20T10:00:02Z", "Straße 1"),
    ]
    posted, of_bronze = count(tmp_path, bodies), charts_of_bronze(bronze_of(*map(record, bodies)))
    assert of_bronze.hourly == posted.hourly
    assert of_bronze.daily == posted.daily
    assert of_bronze.accounts == posted.accounts
    assert (posted.accounts.duplicates, posted.accounts.too_short) == (1, 1)


@pytest.mark.parametrize(
    "value",
    [
        None,
        b"",
        b"\xff\xfe",
        b"[1]",
        b'{"title": "One"',
        recorded_play().to_value().replace(b'"schema_version":2', b'"schema_version":1'),
        recorded_play().to_value().replace(b'"key_id"', b'"key"'),
        recorded_play().to_value().replace(b'"received_at"', b'"received"'),
        recorded_play().to_value().replace(b'"GB"', b'"ZZ"'),
    ],
)
def test_a_value_that_is_no_recorded_play_is_rejected(value: bytes | None) -> None:
    accounts = charts_of_bronze(bronze_of(value, recorded_play().to_value())).accounts
    assert (accounts.lines, accounts.rejected, accounts.counted) == (2, 1, 1)


def test_a_long_file_has_each_trouble_in_its_share(tmp_path: Path) -> None:
    file = tmp_path / "plays.jsonl"
    write_plays(file, Mix(20_000), datetime.now(UTC), seed=1)
    lines = file.read_bytes().splitlines()
    # Copies of the obsessed listeners' plays differ in nothing else.
    assert len(lines) == 20_000
    assert 1_800 < len(lines) - len(set(lines)) < 2_200
