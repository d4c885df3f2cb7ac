"""One request makes a number one: `make withdraw` takes the key's plays out of every chart, and undoes that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from clients.top_songs import TopSongs
from local.stack.waiting import NotReadyError, wait_until
from tests.whole_stack import WholeStack

REGION: Final = "FO"
HONEST, BOUGHT = "Skipper", "Bought"
INVENTED_LISTENERS: Final = 60
NAME: Final = "abuser"
PATIENCE_SECONDS: Final = 300


@pytest.fixture
def abusive_key(whole_stack: WholeStack) -> Iterator[str]:
    """An unbound key, revoked afterwards."""
    yield whole_stack.line.run("ingest.keys", "create", "--name", NAME, "--unbound").stdout.strip()
    whole_stack.line.run("ingest.keys", "revoke", "--name", NAME)


def submit(stack: WholeStack, key: str, title: str, listeners: int, hours: tuple[datetime, ...]) -> None:
    """One play of a song by each listener in each hour, in one request."""
    plays = [
        {
            "user_id": f"{title} {number}",
            "title": title,
            "artist": "The Faroes",
            "region": REGION,
            "played_at": (hour + timedelta(seconds=number)).isoformat(),
        }
        for hour in hours
        for number in range(listeners)
    ]
    with closing(TopSongs(stack.line.settings.ingest_url, key, patience_seconds=60)) as client:
        assert {verdict.status for verdict in client.submit_all(plays)} == {"accepted"}
    stack.truth.add_plays(plays)


def wait_for_number_one(stack: WholeStack, hour: datetime, title: str) -> list[tuple[str, int]]:
    """Return the titles and plays of an hour's chart, once this title leads it."""
    found: list[Any] = []

    def ask() -> None:
        answer = stack.line.get("/charts/hourly", region=REGION, hour=f"{hour:%Y-%m-%dT%H:%M:%SZ}")
        found[:] = [(entry["title"], entry["plays"]) for entry in answer.raise_for_status().json()["entries"]]
        if not found or found[0][0] != title:
            raise NotReadyError(f"{hour:%d %H}: {found}")

    wait_until(f"{title} as number one", ask, PATIENCE_SECONDS)
    return list(found)


@pytest.mark.timeout(900)
def test_one_request_makes_a_number_one_until_its_key_is_withdrawn(whole_stack: WholeStack, abusive_key: str) -> None:
    now = datetime.now(UTC)
    this_hour = now.replace(minute=0, second=0, microsecond=0)
    open_and_settled = (this_hour, this_hour - timedelta(days=4))
    submit(whole_stack, whole_stack.line.environment["INGEST_KEY"], HONEST, 2, open_and_settled)
    submit(whole_stack, abusive_key, BOUGHT, INVENTED_LISTENERS, open_and_settled)
    whole_stack.line.wait_until_settled(datetime.now(UTC))
    abused = [(BOUGHT, INVENTED_LISTENERS), (HONEST, 2)]
    assert [wait_for_number_one(whole_stack, hour, BOUGHT) for hour in open_and_settled] == [abused] * 2

    receipt = whole_stack.line.run("orchestration.commands.withdraw", NAME).stderr
    assert f"{2 * INVENTED_LISTENERS} withdrawn" in receipt
    assert [wait_for_number_one(whole_stack, hour, HONEST) for hour in open_and_settled] == [[(HONEST, 2)]] * 2

    whole_stack.line.run("orchestration.commands.withdraw", "--undo", NAME)
    assert [wait_for_number_one(whole_stack, hour, BOUGHT) for hour in open_and_settled] == [abused] * 2
