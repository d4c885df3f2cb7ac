"""The app over ASGI with plays kept in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ingest.app import create_app
from ingest.settings import Settings
from tests.ingest.builders import LOCAL_KEY, ingest_settings
from tests.ingest.publishers import MemoryPublisher


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of one test alone."""
    return ingest_settings(tmp_path)


@pytest.fixture
def publisher() -> MemoryPublisher:
    """Where the app's plays go."""
    return MemoryPublisher()


@pytest.fixture
def client(settings: Settings, publisher: MemoryPublisher) -> Iterator[TestClient]:
    """A client that knows the key; an error inside the app would be raised in the test."""
    headers = {"Authorization": f"Token {LOCAL_KEY}"}
    with TestClient(create_app(settings, publisher), headers=headers) as client:
        yield client
