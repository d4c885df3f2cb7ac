"""The client for programs, and its example in the docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clients.top_songs import RefusedByIngestError, TopSongs
from ingest.app import create_app
from tests.clients.servers import free_port, serving
from tests.ingest.builders import LOCAL_KEY, ingest_settings
from tests.ingest.publishers import MemoryPublisher

DOCS = Path(__file__).parents[2] / "docs" / "api-ingest.md"


def test_the_example_in_the_docs_submits_a_play(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(from clients\.top_songs .*?)```", DOCS.read_text(), re.DOTALL)
    publisher = MemoryPublisher()
    with serving(create_app(ingest_settings(tmp_path), publisher), free_port()) as url:
        exec(example.replace("http://localhost:8001", url), {"key": LOCAL_KEY})
    assert [play.title for play in publisher.read_back()] == ["Blue Train"]
    assert capsys.readouterr().out == "0 accepted None\n"


def test_each_play_has_a_verdict_and_an_unknown_key_is_an_error(tmp_path: Path) -> None:
    good = {"user_id": "anna", "title": "One", "artist": "A", "region": "GB", "played_at": "2026-11-22T14:03:00Z"}
    with serving(create_app(ingest_settings(tmp_path), MemoryPublisher()), free_port()) as url:
        with TopSongs(url, LOCAL_KEY) as top_songs:
            bad = good | {"region": "ZZ"}
            verdicts = top_songs.submit(good, bad)  # type: ignore[arg-type]
            assert [(one.index, one.status, one.code) for one in verdicts] == [
                (0, "accepted", None),
                (1, "rejected", "unknown_region"),
            ]
        with TopSongs(url, "wrong") as stranger, pytest.raises(RefusedByIngestError):
            stranger.submit(good)  # type: ignore[arg-type]
