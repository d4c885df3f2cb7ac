"""What a key may do beyond its rate: how old plays may be, and how many listeners an unbound key has in an hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from ingest.access.authentication import Key
from ingest.access.key_file import add_key
from ingest.access.key_limits import KeyLimits
from ingest.app import create_app
from ingest.play import SubmittedPlay
from ingest.settings import Settings
from tests.ingest.builders import LOCAL_KEY, ingest_settings, listen, play_body, submission
from tests.ingest.publishers import MemoryPublisher

LISTENERS = 3
DAYS = 14


@pytest.fixture
def settings(tmp_path: Any) -> Settings:
    return ingest_settings(tmp_path, ingest_listeners_per_hour=LISTENERS, ingest_oldest_play_days=DAYS)


@pytest.fixture
def client(settings: Settings, publisher: MemoryPublisher) -> Iterator[TestClient]:
    with TestClient(create_app(settings, publisher)) as client:
        yield client


def days_ago(days: float) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


def post(client: TestClient, key: str, *plays: dict[str, Any]) -> list[str]:
    """The verdict on each play of a batch: `accepted`, or the code."""
    headers = {"Authorization": f"Token {key}"}
    answer = client.post("/plays", json={"plays": list(plays)}, headers=headers).json()
    return [one.get("code") or one["status"] for one in answer["items"]]


def plays_of(listeners: int, **changes: Any) -> list[dict[str, Any]]:
    return [play_body(user_id=f"listener-{n}", played_at=days_ago(1), **changes) for n in range(listeners)]


@pytest.mark.parametrize("spelling", [{}, {"artist": "John  Coltrane"}], ids=["fast path", "model"])
def test_an_unbound_key_posts_for_so_many_listeners_an_hour(
    client: TestClient, settings: Settings, spelling: dict[str, str]
) -> None:
    key = add_key(settings.ingest_key_file, "phone")
    wanted = ["accepted"] * LISTENERS + ["too_many_listeners"] * 7
    assert post(client, key, *plays_of(10, **spelling)) == wanted
    # Those that it posts for already go on.
    assert post(client, key, *plays_of(LISTENERS, title="Another")) == ["accepted"] * LISTENERS
    one = client.post("/play", json=plays_of(10)[-1], headers={"Authorization": f"Token {key}"})
    assert (one.status_code, one.json()["code"]) == (429, "too_many_listeners")
    assert 0 < int(one.headers["Retry-After"]) <= 3600


def test_bound_keys_and_the_local_one_are_exempt(client: TestClient, settings: Settings) -> None:
    bound = add_key(settings.ingest_key_file, "phone", "ana")
    for key in (bound, LOCAL_KEY):
        assert post(client, key, *plays_of(10)) == ["accepted"] * 10


def test_the_next_hour_counts_from_zero() -> None:
    now = [7200.0]
    limits, key = KeyLimits(timedelta(days=DAYS), 1, lambda: now[0]), Key("phone", {}, "00000001", imports=True)
    play = SubmittedPlay.model_validate(play_body())
    assert limits.refuse(play, "a", key) is None
    assert limits.refuse(play, "b", key) is not None
    now[0] += 3600
    assert limits.refuse(play, "b", key) is None


def test_a_key_that_is_not_for_imports_writes_no_old_plays(client: TestClient, settings: Settings) -> None:
    bound = add_key(settings.ingest_key_file, "phone", "ana")
    plays = [play_body(played_at=days_ago(DAYS - 1)), play_body(played_at=days_ago(DAYS + 1))]
    assert post(client, bound, *plays) == ["accepted", "too_old"]
    one = client.post("/play", json=plays[1], headers={"Authorization": f"Token {bound}"})
    assert (one.status_code, one.json()["errors"][0]["code"]) == (422, "too_old")
    for key in (add_key(settings.ingest_key_file, "history", "ana", imports=True), LOCAL_KEY):
        assert post(client, key, play_body(played_at="2003-01-01T00:00:00Z")) == ["accepted"]


def test_300_windows_of_2003_are_refused(client: TestClient, settings: Settings, publisher: MemoryPublisher) -> None:
    """One request of a key bound to listener and region made 300 charts and 600 files for ever."""
    key = add_key(settings.ingest_key_file, "phone", "ana", "LI")
    start = datetime(2003, 1, 1, tzinfo=UTC)
    plays = [play_body(played_at=(start + timedelta(hours=n)).isoformat()) for n in range(300)]
    assert set(post(client, key, *plays)) == {"too_old"}
    assert publisher.messages == []


def test_listens_obey_the_same_limits(client: TestClient, settings: Settings) -> None:
    key = add_key(settings.ingest_key_file, "phone", "ana", "GB")
    old = int((datetime.now(UTC) - timedelta(days=DAYS + 1)).timestamp())
    headers = {"Authorization": f"Token {key}"}
    answer = client.post("/1/submit-listens", json=submission(listen(listened_at=old)), headers=headers)
    assert answer.status_code == 400
    assert "payload.0.listened_at: too_old" in answer.text


def count_of(client: TestClient, name: str) -> float:
    """A counter in `/metrics`, 0 before it was counted."""
    lines = [line for line in client.get("/metrics").text.splitlines() if line.startswith(f"{name} ")]
    return sum(float(line.rpartition(" ")[2]) for line in lines)


@pytest.mark.parametrize("spelling", [{}, {"artist": "John  Coltrane"}], ids=["fast path", "model"])
def test_metrics_say_which_key_fills_a_region(client: TestClient, settings: Settings, spelling: dict[str, str]) -> None:
    """One request with invented listeners made an invented song number one, and nothing showed by which key."""
    key = add_key(settings.ingest_key_file, "inflater")
    name, key_id = 'ingest_key_plays_total{key="inflater",region="LI"}', key.split("_")[1]
    before = count_of(client, name)
    post(client, key, *plays_of(10, region="LI", **spelling))
    assert count_of(client, name) - before == LISTENERS
    assert count_of(client, f'ingest_key_listeners_total{{key="{key_id}"}}') == LISTENERS
