"""Which lines the independent count takes for plays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.e2e.small_files import Body, count, play

WRONG_TIMES = (
    "2026-11-20T10:00:00",
    "2026-11-20",
    "2002-09-30T23:59:59Z",
    "2999-01-01T00:00:00Z",
    "2026-02-30T00:00:00Z",
)
WRONG_VALUES: tuple[tuple[str, Any], ...] = (
    ("titel", "One"),
    ("title", " \u3000"),
    ("title", "\0"),
    ("title", "a\tb"),
    ("title", "\u200b\ufe0f"),
    ("artist", "a\u202eb"),
    ("release", "a\x7fb"),
    ("client", {"name": "a\x9bb"}),
    ("artist", "x" * 513),
    ("artist", None),
    ("region", "XX"),
    ("region", "ß"),
    ("user_id", 7),
    ("user_id", ""),
    ("play_id", ""),
    ("play_id", "ä"),
    ("ms_played", -1),
    ("ms_played", 1.0),
    ("ms_played", "1"),
    ("ms_played", 86_400_001),
    ("isrc", "GB"),
    ("recording_mbid", "1"),
    ("client", {"nam": "x"}),
)


def test_lines_that_the_wire_refuses_are_rejected(tmp_path: Path) -> None:
    refused: list[Body | str] = ["no json", "[]", '"text"', {"user_id": "ann"}]
    refused += [play(at=time) for time in WRONG_TIMES]
    refused += [play(**{name: value}) for name, value in WRONG_VALUES]
    accounts = count(tmp_path, refused).accounts
    assert (accounts.rejected, accounts.counted) == (len(refused), 0)


def test_every_optional_field_may_be_given_or_null(tmp_path: Path) -> None:
    full = play(
        release="R",
        isrc="gb-abc-12-34567",
        recording_mbid="8a1b0f6e-1c5e-4b0e-9d0b-0f5f2f3a4b5c",
        play_id="x:1",
        ms_played=86_400_000,
        duration_ms=0,
        client={"name": "a", "version": None},
        region="gb",
    )
    optional = ("release", "isrc", "recording_mbid", "play_id", "ms_played", "client")
    empty = play("bob") | dict.fromkeys(optional)
    assert count(tmp_path, [full, empty]).accounts.counted == 2


def test_a_clock_may_run_ahead_by_an_hour_and_no_more(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    times = [now + timedelta(minutes=minutes) for minutes in (50, 70)]
    accounts = count(tmp_path, [play(at=time.isoformat()) for time in times]).accounts
    assert (accounts.counted, accounts.rejected) == (1, 1)
