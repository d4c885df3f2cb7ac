"""The whole simulator against a running ingest: what it posts, what it writes down, how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clients.simulator.__main__ import main
from ingest.app import create_app
from tests.clients.servers import free_port, serving
from tests.e2e.count_charts import expected_charts
from tests.ingest.builders import LOCAL_KEY, SECRET, ingest_settings
from tests.ingest.publishers import MemoryPublisher

TROUBLES = ("duplicates", "late", "short", "cap-breakers", "respellings", "malformed")
DAY = ("--start", "2026-11-18T00:00:00Z", "--end", "2026-11-19T00:00:00Z")


@pytest.fixture
def publisher() -> MemoryPublisher:
    return MemoryPublisher()


@pytest.fixture
def target(publisher: MemoryPublisher, tmp_path: Path) -> Iterator[list[str]]:
    """Arguments that lead to a running ingest and a ledger."""
    with serving(create_app(ingest_settings(tmp_path), publisher), free_port()) as url:
        yield ["--url", url, "--key", LOCAL_KEY, "--ledger", str(tmp_path / "ledger.jsonl")]


def read_ledger(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "ledger.jsonl").read_text().splitlines()]


def test_a_day_with_every_trouble_is_judged_as_the_independent_count_says(
    target: list[str], publisher: MemoryPublisher, tmp_path: Path
) -> None:
    shares = [argument for trouble in TROUBLES for argument in (f"--{trouble}", "0.08")]
    assert main([*target, *DAY, "--plays", "5000", *shares]) == 0
    entries = read_ledger(tmp_path)
    accounts = expected_charts(tmp_path / "ledger.jsonl", SECRET, is_ledger=True).accounts
    troubles = Counter(entry["trouble"] for entry in entries)
    assert (accounts.lines, accounts.misjudged, accounts.unconfirmed) == (5_000, 0, 0)
    assert accounts.rejected == troubles["malformed"] > 0
    assert accounts.duplicates == troubles["duplicate"] > 0
    assert accounts.too_short >= troubles["short"] > 0
    assert accounts.over_cap > 0
    assert min(troubles["late"], troubles["respelling"], troubles["cap_breaker"]) > 0
    assert len(publisher.messages) == 5_000 - accounts.rejected


def test_the_ledger_says_what_ingest_said(target: list[str], publisher: MemoryPublisher, tmp_path: Path) -> None:
    main([*target, *DAY, "--plays", "600", "--malformed", "0.3"])
    entries = read_ledger(tmp_path)
    accepted = [entry["play_id"] for entry in entries if entry["verdict"] == "accepted"]
    assert accepted == [play.play_id for play in publisher.read_back()]
    refused = [entry for entry in entries if entry["verdict"] == "rejected"]
    assert len({entry["code"] for entry in refused}) > 5
    assert {entry["http_status"] for entry in refused} >= {None, 422}


def test_the_same_seed_posts_the_same_history(target: list[str], tmp_path: Path) -> None:
    ledgers = []
    for seed in ("1", "1", "2"):
        main([*target, *DAY, "--plays", "200", "--seed", seed, "--short", "0.2"])
        ledgers.append(read_ledger(tmp_path))
    assert ledgers[0] == ledgers[1] != ledgers[2]


def test_plays_of_now_come_at_the_rate_asked_for(target: list[str], tmp_path: Path) -> None:
    started = time.time()
    assert main([*target, "--rate", "100", "--duration", "2"]) == 0
    assert 1.5 < time.time() - started < 6
    assert 130 < len(read_ledger(tmp_path)) < 280


def test_a_thousand_plays_a_second_are_kept_up_with(target: list[str], tmp_path: Path) -> None:
    started = time.monotonic()
    assert main([*target, "--rate", "1000", "--plays", "3000"]) == 0
    assert time.monotonic() - started < 6
    assert len(read_ledger(tmp_path)) == 3_000


def test_hours_gone_by_are_posted_first_when_asked_for(target: list[str], publisher: MemoryPublisher) -> None:
    arguments = ("--history-hours", "6", "--history-plays", "300", "--rate", "50", "--plays", "10")
    assert main([*target, *arguments]) == 0
    times = [play.played_at.timestamp() for play in publisher.read_back()]
    assert len(times) == 310
    assert times == sorted(times)
    assert 5 * 3_600 < times[-1] - times[0] <= 6 * 3_600 + 60


def test_a_key_that_ingest_does_not_know_ends_it_and_the_plays_stay_unconfirmed(
    target: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*target, "--key", "wrong", *DAY, "--plays", "10"]) == 1
    assert {entry["verdict"] for entry in read_ledger(tmp_path)} == {"unconfirmed"}
    captured = capsys.readouterr()
    assert "gave up" in captured.err
    assert "10 unconfirmed" in captured.out


@pytest.mark.parametrize(
    "wrong",
    [
        ("--start", "2026-11-18"),
        ("--end", "2026-11-18", "--start", "2026-11-19"),
        ("--late", "2"),
        ("--rate", "0"),
        ("--plays", "1", "--duration", "1"),
        (*DAY, "--duration", "1"),
    ],
)
def test_arguments_that_make_no_sense_are_refused(wrong: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--key", "k", *wrong])
    assert ended.value.code == 2


@pytest.mark.parametrize(("arguments", "status"), [((), 0), (("--plays", "100000"), 130)])
def test_ctrl_c_ends_it_cleanly_with_a_summary(
    target: list[str], tmp_path: Path, arguments: tuple[str, ...], status: int
) -> None:
    command = [sys.executable, "-m", "clients.simulator", *target, "--rate", "100", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ})
    try:
        until = time.monotonic() + 30
        ledger = tmp_path / "ledger.jsonl"
        while not (ledger.exists() and ledger.stat().st_size) and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
    finally:
        process.kill()
    assert process.returncode == status
    assert f"{len(read_ledger(tmp_path))} accepted" in out
    assert "Traceback" not in err
