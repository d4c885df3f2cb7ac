"""A play that comes days late changes a final chart in the open: the former chart stays readable, with the reason."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from tests.e2e.line import Line
from tests.whole_stack import WholeStack

REGION: Final = "GL"
SETTLING_SECONDS: Final = 10 * 60 + 30
"""A chart that changed is final ten minutes later, and what changes it then is another revision."""


@pytest.mark.faults
@pytest.mark.timeout(1800)
def test_a_late_play_restates_a_final_chart_and_every_revision_stays_readable(whole_stack: WholeStack) -> None:
    line, hour = whole_stack.line, _an_hour_of_days_ago()
    # The hour is long over: its chart was final, and empty.
    post(line, hour, "Northern Lights", listeners=("a", "b"))
    post(line, hour, "Drift Ice", listeners=("a",))
    before = read_chart(line, hour)
    assert (before["chart"]["revision"], ranking(before)) == (2, [("Northern Lights", 2), ("Drift Ice", 1)])
    time.sleep(SETTLING_SECONDS)

    post(line, hour, "Drift Ice", listeners=("b", "c"))
    now, former, first = (read_chart(line, hour, **asked) for asked in ({}, {"revision": "2"}, {"revision": "1"}))
    revisions = line.get("/charts/hourly/revisions", region=REGION, window_start=f"{hour:%Y-%m-%dT%H:%M:%SZ}")
    newest, *_ = told = revisions.raise_for_status().json()["revisions"]

    assert (now["chart"]["revision"], ranking(now)) == (3, [("Drift Ice", 3), ("Northern Lights", 2)])
    assert (ranking(former), ranking(first)) == (ranking(before), [])
    assert [(one["revision"], one["causes"]) for one in told] == [(3, ["late_plays"]), (2, ["late_plays"]), (1, [])]
    moves = [(move["title"], move["before"]["rank"], move["after"]["rank"]) for move in newest["moved"]]
    assert moves == [("Drift Ice", 2, 1), ("Northern Lights", 1, 2)]
    print(f"revision 2: {ranking(former)}\nrevision 3: {ranking(now)}\nwhy: {newest['causes']}, moved: {moves}")  # noqa: T201


def _an_hour_of_days_ago() -> datetime:
    return (datetime.now(UTC) - timedelta(days=4)).replace(minute=0, second=0, microsecond=0)


def post(line: Line, hour: datetime, title: str, listeners: tuple[str, ...]) -> None:
    """One play of a song in that hour by each listener; returns when the charts hold them."""
    play = {
        "title": title,
        "artist": "The Arctic",
        "region": REGION,
        "played_at": (hour + timedelta(minutes=5)).isoformat(),
    }
    poster = line.poster()
    verdicts = poster.submit_all([{**play, "user_id": listener} for listener in listeners])
    poster.close()
    assert {verdict.status for verdict in verdicts} == {"accepted"}
    line.wait_until_settled(datetime.now(UTC))


def read_chart(line: Line, hour: datetime, **revision: str) -> dict[str, Any]:
    """The chart of that hour, as it is or as it was."""
    parameters = {"region": REGION, "hour": f"{hour:%Y-%m-%dT%H:%M:%SZ}"} | revision
    chart: dict[str, Any] = line.get("/charts/hourly", "application/json", **parameters).raise_for_status().json()
    return chart


def ranking(chart: dict[str, Any]) -> list[tuple[str, int]]:
    """Titles and plays, by rank."""
    return [(entry["title"], entry["plays"]) for entry in chart["entries"]]
