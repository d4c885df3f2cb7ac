"""The independent count, against small files whose charts were worked out by hand."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.e2e.count_charts import Accounts, main
from tests.e2e.small_files import SECRET, Body, chart, column, count, play, plays_of, titles


def test_a_file_without_plays_has_no_charts(tmp_path: Path) -> None:
    expected = count(tmp_path, [])
    assert (expected.hourly.num_rows, expected.daily.num_rows) == (0, 0)
    assert expected.accounts == Accounts(0, 0, 0, 0, 0, 0, 0, 0)


def test_one_play_makes_the_same_row_in_its_region_and_in_global(tmp_path: Path) -> None:
    hour = datetime(2026, 11, 20, 10, tzinfo=UTC)
    row = {
        "window_start": hour,
        "rank": 1,
        "song_id": "s2_" + hashlib.sha256(b"trio\x1fone").hexdigest()[:16],
        "title": "One",
        "artist": "Trio",
        "plays": 1,
        "raw_plays": 1,
        "listeners": 1,
        "previous_rank": None,
        "movement": "new",
        "peak_rank": 1,
        "peak_at": hour,
        "windows_on_chart": 1,
        "streak": 1,
    }
    assert count(tmp_path, [play()]).hourly.to_pylist() == [{"region": r} | row for r in ("GB", "global")]


def test_case_width_and_spaces_make_no_other_song_and_the_earliest_eligible_play_names_it(
    tmp_path: Path,
) -> None:
    lines = [
        play("ann", "2026-11-20T10:00:02Z", "STRASSE 1"),
        play("bob", "2026-11-20T10:00:01Z", " Straße \u3000１ "),
        play("cid", "2026-11-20T10:00:00Z", "straße 1", ms_played=1),
    ]
    (row,) = chart(count(tmp_path, lines).hourly, "GB", "2026-11-20T10:00")
    assert (row["title"], row["plays"], row["raw_plays"]) == ("Straße \u3000１", 2, 3)


def test_of_plays_at_the_same_time_the_smaller_play_id_names_the_song(tmp_path: Path) -> None:
    lines = [play("ann", title="ONE", play_id="b"), play("bob", title="one", play_id="a")]
    assert titles(chart(count(tmp_path, lines).hourly, "GB", "2026-11-20T10:00")) == ["one"]


def test_a_derived_play_id_is_made_of_the_hashed_listener_the_song_and_the_time(
    tmp_path: Path,
) -> None:
    listener = hmac.new(SECRET, b"ann", hashlib.sha256).hexdigest()
    song_id = "s2_" + hashlib.sha256(b"trio\x1fone").hexdigest()[:16]
    identity = f"{listener}\x1f{song_id}\x1f2026-11-20T10:00:00.000000Z"
    derived = "d_" + hashlib.sha256(identity.encode()).hexdigest()[:32]
    copy = play(play_id=derived, title="Other")
    assert count(tmp_path, [play(title="one"), copy]).accounts.duplicates == 1


def test_a_play_posted_again_is_a_duplicate_also_in_another_region_and_zone(tmp_path: Path) -> None:
    again = play(at="2026-11-20T11:00:00.000000000+01:00", region="fr", title="ONE")
    expected = count(tmp_path, [play(), play(), again])
    assert (expected.accounts.counted, expected.accounts.duplicates) == (1, 2)
    assert set(expected.hourly["region"].to_pylist()) == {"GB", "global"}


def test_the_first_of_copies_that_differ_is_the_play(tmp_path: Path) -> None:
    lines = [play(play_id="x", ms_played=5_000), play(play_id="x", ms_played=200_000)]
    expected = count(tmp_path, lines)
    assert (expected.accounts.too_short, expected.accounts.counted) == (1, 0)
    assert expected.hourly.num_rows == 0


@pytest.mark.parametrize("changes", [{"at": "2026-11-20T10:00:00.000001Z"}, {"listener": "bob"}, {"play_id": "y"}])
def test_another_time_listener_or_play_id_is_another_play(tmp_path: Path, changes: dict[str, str]) -> None:
    lines = [play(play_id="x"), play(**({"play_id": "x"} | changes))]
    assert count(tmp_path, lines).accounts.counted == 2


def test_thirty_seconds_and_an_unknown_length_count(tmp_path: Path) -> None:
    lengths = {"ann": 29_999, "bob": 30_000, "cid": None}
    expected = count(tmp_path, [play(name, ms_played=length) for name, length in lengths.items()])
    (row,) = chart(expected.hourly, "GB", "2026-11-20T10:00")
    assert (row["plays"], row["raw_plays"], row["listeners"]) == (2, 3, 2)
    assert expected.accounts.too_short == 1


def test_ten_plays_of_a_song_count_for_a_listener_in_each_hour_and_region(tmp_path: Path) -> None:
    lines = [play(at=f"2026-11-20T10:{minute:02}:00Z") for minute in range(12)]
    lines += [play(at="2026-11-20T11:00:00Z"), play(at="2026-11-20T10:30:00Z", region="FR")]
    expected = count(tmp_path, lines)
    hour, day = ("2026-11-20T10:00", "2026-11-20")
    assert [row["plays"] for row in chart(expected.hourly, "GB", hour)] == [10]
    assert [row["plays"] for row in chart(expected.hourly, "global", hour)] == [11]
    (whole_day,) = chart(expected.daily, "global", day)
    assert (whole_day["plays"], whole_day["raw_plays"], whole_day["listeners"]) == (12, 14, 1)
    assert (expected.accounts.over_cap, expected.accounts.counted) == (2, 12)


def test_short_plays_do_not_use_up_the_cap(tmp_path: Path) -> None:
    lines = [play(at=f"2026-11-20T10:{minute:02}:00Z", ms_played=minute * 10_000) for minute in range(13)]
    accounts = count(tmp_path, lines).accounts
    assert (accounts.too_short, accounts.counted, accounts.over_cap) == (3, 10, 0)


def test_hours_and_days_are_half_open_in_utc(tmp_path: Path) -> None:
    lines = [
        play("ann", "2026-11-20T23:59:59.999999Z"),
        play("bob", "2026-11-21T00:00:00Z"),
        play("cid", "2026-11-20T23:30:00-01:00"),
    ]
    expected = count(tmp_path, lines)
    assert [row["plays"] for row in chart(expected.daily, "GB", "2026-11-20")] == [1]
    assert [row["plays"] for row in chart(expected.hourly, "GB", "2026-11-21T00:00")] == [2]


def test_ties_go_to_more_listeners_then_to_the_earlier_last_play_then_to_the_song_id(
    tmp_path: Path,
) -> None:
    at = "2026-11-20T10:{}:00Z"
    lines = [
        *(play("ann", at.format(minute), "one listener") for minute in ("01", "02")),
        *plays_of("late", 2, at.format("40")),
        *plays_of("early", 2, at.format("20")),
        *plays_of("most", 3, at.format("50")),
        *plays_of("EARLY TOO", 2, at.format("20")),
    ]
    same = sorted(
        ["early", "EARLY TOO"],
        key=lambda title: hashlib.sha256(f"trio\x1f{title.casefold()}".encode()).digest(),
    )
    expected = ["most", *same, "late", "one listener"]
    assert titles(chart(count(tmp_path, lines).hourly, "GB", "2026-11-20T10:00")) == expected


def test_a_chart_ends_at_rank_100(tmp_path: Path) -> None:
    lines = [
        play(at=f"2026-11-20T10:00:{number % 60:02}.{number:03}Z", title=f"song {number}") for number in range(101)
    ]
    assert len(chart(count(tmp_path, lines).hourly, "GB", "2026-11-20T10:00")) == 100


def test_movement_peak_and_streak_are_as_of_the_window_shown(tmp_path: Path) -> None:
    """One and Two over six hours; One is absent in the fourth, nothing is played in the fifth."""
    counts = {"10": (1, 2), "11": (2, 1), "12": (3, 1), "13": (0, 1), "15": (1, 2), "16": (1, 2)}
    lines = [
        body
        for hour, numbers in counts.items()
        for title, number in zip(("One", "Two"), numbers, strict=True)
        for body in plays_of(title, number, f"2026-11-20T{hour}:00:00Z")
    ]
    hourly = count(tmp_path, lines).hourly
    assert column(hourly, "One", "movement") == ["new", "up", "same", "re_entry", "same"]
    assert column(hourly, "One", "previous_rank") == [None, 2, 1, None, 2]
    assert column(hourly, "One", "peak_rank") == [2, 1, 1, 1, 1]
    assert [peak.hour for peak in column(hourly, "One", "peak_at")] == [10, 11, 11, 11, 11]
    assert column(hourly, "One", "windows_on_chart") == [1, 2, 3, 4, 5]
    assert column(hourly, "One", "streak") == [1, 2, 3, 1, 2]
    assert column(hourly, "Two", "movement") == ["new", "down", "same", "up", "re_entry", "same"]
    assert column(hourly, "Two", "streak") == [1, 2, 3, 4, 1, 2]


def test_days_have_a_history_of_their_own(tmp_path: Path) -> None:
    hours = (("16", "01"), ("16", "05"), ("17", "09"), ("19", "00"))
    lines = [play(at=f"2026-11-{day}T{hour}:00:00Z") for day, hour in hours]
    daily = count(tmp_path, lines).daily
    assert column(daily, "One", "movement") == ["new", "same", "re_entry"]
    assert column(daily, "One", "streak") == [1, 2, 1]


def ledger_line(body: Body | str, verdict: str) -> Body:
    return {"body": body, "verdict": verdict, "trouble": None, "play_id": None, "http_status": None}


def test_a_ledger_counts_what_was_accepted_and_tells_of_verdicts_that_the_rules_contradict(
    tmp_path: Path,
) -> None:
    lines = [
        ledger_line(play(), "accepted"),
        ledger_line("no json", "rejected"),
        ledger_line(play("bob"), "unconfirmed"),
        ledger_line(play("cid"), "rejected"),
    ]
    accounts = count(tmp_path, lines, is_ledger=True).accounts
    assert accounts == Accounts(4, 1, 0, 0, 0, rejected=2, unconfirmed=1, misjudged=1)


def test_the_command_writes_both_grains(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    count(tmp_path, [play()])
    assert (
        main(
            [
                str(tmp_path / "plays.jsonl"),
                "--secret",
                "s",
                "--out",
                str(tmp_path / "counts.parquet"),
            ]
        )
        == 0
    )
    assert json.loads(capsys.readouterr().out)["counted"] == 1
    assert pq.read_table(tmp_path / "counts.parquet")["grain"].to_pylist() == [
        "hour",
        "hour",
        "day",
        "day",
    ]
