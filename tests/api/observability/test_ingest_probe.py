"""What /status learns from ingest."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest

from api.observability import ingest_probe
from api.observability.ingest_probe import IngestProbe, IngestSeen
from tests.api.ingest_stand import IngestStand, ingest_stand


def probing(address: str, steps: Callable[[IngestProbe], Awaitable[list[IngestSeen]]]) -> list[IngestSeen]:
    """Run ``steps`` with a probe of ``address``."""

    async def run() -> list[IngestSeen]:
        async with httpx.AsyncClient() as client:
            return await steps(IngestProbe(client, address))

    return asyncio.run(run())


async def ask_once(probe: IngestProbe) -> list[IngestSeen]:
    """One answer."""
    return [await probe.ask()]


def test_a_ready_ingest_is_seen_ready() -> None:
    with ingest_stand() as stand:
        seen = probing(stand.address + "/", ask_once)[0]
    assert seen.is_ready
    assert seen.last_success is not None
    assert seen.last_error is None
    assert stand.asked == ["/readyz"]


def test_many_who_ask_at_once_load_ingest_once() -> None:
    async def ask_often(probe: IngestProbe) -> list[IngestSeen]:
        return list(await asyncio.gather(*(probe.ask() for _ in range(50))))

    with ingest_stand() as stand:
        seen = probing(stand.address, ask_often)
    assert len(seen) == 50
    assert len(stand.asked) == 1


def test_an_ingest_without_its_broker_is_not_ready() -> None:
    with ingest_stand() as stand:
        stand.status = 503
        seen = probing(stand.address, ask_once)[0]
    assert (seen.is_ready, seen.last_success) == (False, None)
    assert seen.last_error == "readyz answers 503"


def test_an_ingest_that_is_away_is_not_ready() -> None:
    seen = probing("http://127.0.0.1:9", ask_once)[0]
    assert not seen.is_ready
    assert "ConnectError" in str(seen.last_error)


def test_an_address_that_is_none_is_not_ready() -> None:
    assert not probing("http://[", ask_once)[0].is_ready


def test_the_last_success_is_remembered_when_ingest_goes_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ingest_probe, "KEPT_SECONDS", 0.0)

    async def fail_after_success(probe: IngestProbe, stand: IngestStand) -> list[IngestSeen]:
        first = await probe.ask()
        stand.status = 500
        return [first, await probe.ask()]

    with ingest_stand() as stand:
        first, second = probing(stand.address, lambda probe: fail_after_success(probe, stand))
    assert first.is_ready
    assert not second.is_ready
    assert second.last_success == first.last_success
