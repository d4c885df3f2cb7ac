"""Subscribers hear of new charts, from a real Postgres."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import datetime

import psycopg
import pytest

from api.settings import Settings
from api.storage.database import connection_string
from api.updates import fan_out as chart_updates
from api.updates.fan_out import CHANNEL, REST_SECONDS, ChartUpdates
from api.updates.routes import read_payload
from tests.api.chart_store import ChartStore
from tests.servers import PostgresServer

INSTANT = "2026-11-22T14:32:03+00:00"


async def hear(payloads: AsyncGenerator[str, None]) -> str:
    """The next payload, within seconds."""
    return await asyncio.wait_for(anext(payloads), 10)


def notify(store: ChartStore, instant: str) -> None:
    """Say that charts were published, as the role that publishes them."""
    store.announce(datetime.fromisoformat(instant))


def test_a_notification_reaches_every_subscriber(settings: Settings, store: ChartStore) -> None:
    async def follow_two() -> list[str]:
        updates = ChartUpdates()
        first, second = updates.follow(), updates.follow()
        waiting = [asyncio.create_task(hear(one)) for one in (first, second)]
        listening = asyncio.create_task(updates.listen(connection_string(settings)))
        assert await asyncio.gather(*waiting) == ["", ""]  # listening has begun
        notify(store, INSTANT)
        heard = [await hear(first), await hear(second)]
        listening.cancel()
        return heard

    assert asyncio.run(follow_two()) == [INSTANT, INSTANT]


def test_listening_survives_a_cut_connection(
    settings: Settings,
    store: ChartStore,
    postgres_server: PostgresServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chart_updates, "RETRY_SECONDS", 0.05)

    async def cut_while_following() -> list[str]:
        updates = ChartUpdates()
        payloads = updates.follow()
        listening = asyncio.create_task(updates.listen(connection_string(settings)))
        heard = [await hear(payloads)]
        with psycopg.connect(postgres_server.dsn("postgres"), autocommit=True) as superuser:
            superuser.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'reader'")
        heard.append(await hear(payloads))
        notify(store, INSTANT)
        heard.append(await hear(payloads))
        listening.cancel()
        return heard

    assert asyncio.run(cut_while_following()) == ["", "", INSTANT]


def test_a_notification_after_which_nothing_differs_is_ignored(settings: Settings, store: ChartStore) -> None:
    """Role `reader` can notify, as any role; it can neither wake subscribers nor tell them a time."""

    async def follow_while_reader_notifies() -> tuple[list[str], int]:
        updates, expired = ChartUpdates(), list[None]()
        updates.call_on_update(lambda: expired.append(None))
        payloads = updates.follow()
        listening = asyncio.create_task(updates.listen(connection_string(settings)))
        heard = [await hear(payloads)]
        with psycopg.connect(connection_string(settings), autocommit=True) as reader:
            for _ in range(100):
                reader.execute("select pg_notify(%s, %s)", [CHANNEL, "2099-01-01T00:00:00+00:00"])
        await asyncio.sleep(REST_SECONDS)
        forged = len(expired) - 1
        notify(store, INSTANT)
        heard.append(await hear(payloads))
        listening.cancel()
        return heard, forged

    assert asyncio.run(follow_while_reader_notifies()) == (["", INSTANT], 0)


def test_a_slow_subscriber_gets_the_newest_alone_and_is_forgotten_when_it_leaves() -> None:
    async def follow_slowly() -> tuple[str, int, int]:
        updates = ChartUpdates()
        payloads = updates.follow()
        first = asyncio.create_task(hear(payloads))
        while not updates.subscribers:
            await asyncio.sleep(0)
        updates.tell("1")
        await first
        for number in range(2, 100):
            updates.tell(str(number))
        newest, following = await hear(payloads), updates.subscribers
        await payloads.aclose()
        return newest, following, updates.subscribers

    assert asyncio.run(follow_slowly()) == ("99", 1, 0)


def test_a_subscriber_gets_one_event_a_second_however_many_there_are() -> None:
    async def follow_for(seconds: float) -> tuple[list[str], int]:
        updates = ChartUpdates()
        told: list[str] = []
        expired: list[None] = []
        updates.call_on_update(lambda: expired.append(None))

        async def hear_all() -> None:
            async for payload in updates.follow():
                told.append(payload)

        following = asyncio.create_task(hear_all())
        while not updates.subscribers:
            await asyncio.sleep(0)
        for number in range(int(seconds * 20)):
            updates.tell(str(number))
            await asyncio.sleep(0.05)
        await asyncio.sleep(REST_SECONDS)
        updates.end()
        await asyncio.wait_for(following, 10)
        return told, len(expired)

    told, expired = asyncio.run(follow_for(2.5))
    assert (told[0], told[-1], expired) == ("0", "49", 50)
    assert 3 <= len(told) <= 5


def test_every_stream_ends_with_the_process_those_to_come_too() -> None:
    async def follow_until_the_end() -> list[list[str]]:
        updates = ChartUpdates()

        async def hear_all() -> list[str]:
            return [payload async for payload in updates.follow()]

        following = [asyncio.create_task(hear_all()) for _ in range(3)]
        while updates.subscribers < 3:
            await asyncio.sleep(0)
        updates.end()
        heard = await asyncio.wait_for(asyncio.gather(*following), 10)
        return [*heard, await asyncio.wait_for(hear_all(), 10)]

    assert asyncio.run(follow_until_the_end()) == [[], [], [], []]


def test_what_hears_of_an_update_is_called_before_its_subscribers() -> None:
    updates = ChartUpdates()
    heard: list[str] = []
    updates.call_on_update(lambda: heard.append("update"))
    updates.tell("1")
    updates.tell("2")
    assert heard == ["update", "update"]


@pytest.mark.parametrize("payload", ["", "soon", "0001-01-01T00:00:00+01:00"])
def test_a_payload_without_a_time_still_tells_of_a_change(payload: str) -> None:
    assert read_payload(payload).complete_through is None


def test_the_time_of_an_update_is_in_utc() -> None:
    written = read_payload("2026-11-22T15:32:03+01:00").model_dump_json()
    assert written == '{"complete_through":"2026-11-22T14:32:03Z"}'
