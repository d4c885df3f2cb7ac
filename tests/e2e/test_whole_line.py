"""From a posted play to its chart, over every part of the running stack.

The tests share one stack, so each adds what it posts to the truth that all charts are compared with.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from local.environment import ROOT
from local.stack.waiting import NotReadyError, wait_until
from tests.e2e.count_charts import Accounts
from tests.e2e.lake_rows import read_coordinates
from tests.e2e.line import Line
from tests.e2e.line_accounts import LineAccounts, read_accounts
from tests.e2e.posting import must_equal_the_truth, post_good_play
from tests.e2e.published_charts import read_charts
from tests.e2e.replaying import replay
from tests.whole_stack import WholeStack

TROUBLES = {
    "duplicates": 0.08,
    "late": 0.02,
    "short": 0.08,
    "cap-breakers": 0.08,
    "respellings": 0.08,
    "malformed": 0.08,
}
WITHIN_A_MINUTE = 60


def simulate(line: Line, ledger: Path) -> list[dict[str, Any]]:
    """Three hours gone by and some seconds of now, with every kind of trouble; the ledger's entries."""
    shares = [text for trouble, share in TROUBLES.items() for text in (f"--{trouble}", str(share))]
    past, now = ("--history-hours", "3", "--history-plays", "1500"), ("--rate", "100", "--plays", "300")
    command = [sys.executable, "-m", "clients.simulator", "--ledger", str(ledger), *past, *now, *shares]
    subprocess.run(command, cwd=ROOT, env=dict(line.environment), check=True, capture_output=True, timeout=120)
    return [json.loads(entry) for entry in ledger.read_text().splitlines()]


def as_counted(accounts: LineAccounts, rejected: int) -> Accounts:
    """The line's accounts in the words of the independent count."""
    return Accounts(
        lines=accounts.published + rejected,
        counted=accounts.counted,
        too_short=accounts.too_short,
        over_cap=accounts.over_cap,
        duplicates=accounts.duplicates,
        rejected=rejected,
        unconfirmed=0,
        misjudged=0,
    )


def test_plays_with_every_trouble_come_out_as_an_independent_count_says_and_again_change_nothing(
    whole_stack: WholeStack, tmp_path: Path
) -> None:
    line, ledger = whole_stack.line, tmp_path / "ledger.jsonl"
    before, known = read_accounts(line), whole_stack.truth.count().accounts
    entries = simulate(line, ledger)
    whole_stack.truth.add_ledger(ledger)
    line.wait_until_settled(datetime.now(UTC))
    must_equal_the_truth(whole_stack)

    troubles = Counter(entry["trouble"] for entry in entries)
    accounts = read_accounts(line).since(before)
    expected = whole_stack.truth.count().accounts.since(known)
    assert as_counted(accounts, troubles["malformed"]) == expected
    assert accounts.accounted + expected.rejected == len(entries)
    assert min(accounts.too_short, accounts.over_cap, accounts.duplicates, accounts.late, expected.rejected) > 0
    assert len(troubles) == len(TROUBLES) + 1
    assert min(troubles.values()) > 0

    charts = read_charts(line)
    accepted = [entry["body"] for entry in entries if entry["verdict"] == "accepted"]
    again = tmp_path / "again.jsonl"
    again.write_text("".join(f"{json.dumps(play)}\n" for play in accepted))
    replayed = replay(line, again)
    assert replayed.accounts.duplicates == replayed.accounted == len(accepted)
    assert read_charts(line) == charts


def test_a_posted_play_is_in_the_hourly_chart_of_its_region_within_a_minute(whole_stack: WholeStack) -> None:
    play = post_good_play(whole_stack, region="AQ", artist="Penguins")

    def is_shown() -> None:
        entries = whole_stack.line.get("/charts/hourly", region="AQ").json().get("entries", [])
        found = [entry for entry in entries if entry["title"] == play["title"]]
        if not found:
            raise NotReadyError(f"{len(entries)} other songs")
        assert (found[0]["artist"], found[0]["plays"], found[0]["listeners"]) == ("Penguins", 1, 1)
        assert (found[0]["movement"], found[0]["previous_rank"]) == ("new", None)

    wait_until("the play in its chart", is_shown, WITHIN_A_MINUTE, 0.2)


def test_bronze_holds_every_message_of_kafka_once_and_silver_names_each(whole_stack: WholeStack) -> None:
    line = whole_stack.line
    post_good_play(whole_stack)
    line.wait_until_settled(datetime.now(UTC))
    bronze = read_coordinates(line, "bronze/plays")
    silver = read_coordinates(line, "silver/plays") + read_coordinates(line, "silver/rejected_plays")
    assert sorted(silver) == sorted(bronze) == sorted(set(bronze))
    ends = Counter(partition for partition, _ in bronze)
    assert all(offset < ends[partition] for partition, offset in bronze)
    accounts = read_accounts(line)
    assert len(bronze) == accounts.published == accounts.received == accounts.accounted


def test_every_stage_is_well_once_the_charts_are_complete(whole_stack: WholeStack) -> None:
    post_good_play(whole_stack)
    whole_stack.line.wait_until_settled(datetime.now(UTC))
    status = whole_stack.line.get("/status").json()
    stages = ["ingest", "kafka", "live", "bronze", "silver", "counts", "charts"]
    assert [stage["stage"] for stage in status["stages"]] == stages
    assert {stage["stage"]: stage["status"] for stage in status["stages"]} == dict.fromkeys(
        (stage["stage"] for stage in status["stages"]), "ok"
    )
    assert status["checks"]
    assert all(check["holds"] for check in status["checks"])


def test_the_lineage_of_every_column_is_served_soon_after_the_start(whole_stack: WholeStack) -> None:
    def is_served() -> None:
        answer = whole_stack.line.get("/lineage", accept="text/html")
        if answer.status_code != 200:
            assert answer.json()["code"] == "lineage_not_built"
            raise NotReadyError(answer.json()["detail"])
        assert "top_songs_hourly" in answer.text

    wait_until("the lineage site", is_served, 120)


def test_the_dashboard_is_served(whole_stack: WholeStack) -> None:
    if not (ROOT / "frontend" / "dist" / "index.html").exists():
        pytest.skip("the dashboard is not built; `make setup` builds it")
    answer = whole_stack.line.get("/", accept="text/html")
    assert answer.status_code == 200
    assert '<div id="root">' in answer.text


def test_the_audit_recounts_every_published_row_from_bronze(whole_stack: WholeStack) -> None:
    post_good_play(whole_stack)
    whole_stack.line.wait_until_settled(datetime.now(UTC))
    command = [sys.executable, "-m", "notebooks.audit_charts"]
    environment = dict(whole_stack.line.environment)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("no difference\n")
