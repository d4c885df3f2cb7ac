"""The examples of docs/api-ingest.md, run as they stand: curl, Python and JavaScript against a real ingest."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from ingest.access.key_file import add_key
from local.environment import ROOT
from local.setup.downloads import cache_folder
from local.setup.frontend_build import node_environment
from tests.ingest.builders import LOCAL_KEY
from tests.ingest.servers import Server, running_server
from tests.ingest.topics import read_topic
from tests.servers import KafkaServer

PAGE: Final = ROOT / "docs" / "api-ingest.md"
ADDRESS: Final = "http://localhost:8001"
COMMANDS: Final = {
    "sh": ["bash", "-euc"],
    "python": [sys.executable, "-c"],
    "javascript": ["node", "--input-type=module", "--eval"],
}
SAYS: Final = {"sh": r"HTTP/1\.1 20[02]", "python": "", "javascript": "ok|accepted"}


def read_examples() -> list[tuple[str, str]]:
    """Language and text of each example that talks to ingest."""
    blocks = re.findall(r"```(sh|python|javascript)\n(.*?)```", PAGE.read_text(), re.DOTALL)
    return [(language, text) for language, text in blocks if ADDRESS in text]


@pytest.fixture
def server(kafka_server: KafkaServer, tmp_path: Path) -> Iterator[Server]:
    """Ingest as it runs in production."""
    with running_server(kafka_server, tmp_path) as server:
        server.wait_until_ready()
        yield server


def test_every_language_has_an_example_of_either_kind() -> None:
    kinds = Counter((language, "Listen" in text or "/1/" in text) for language, text in read_examples())
    assert set(kinds) == {(language, kind) for language in COMMANDS for kind in (True, False)}


def test_the_examples_submit_what_they_say(server: Server, kafka_server: KafkaServer, tmp_path: Path) -> None:
    keys = {"INGEST_KEY": LOCAL_KEY, "KEY": add_key(tmp_path / "keys.json", "phone", "anna", "GB")}
    environment = {**os.environ, **node_environment(cache_folder()), **keys}
    for language, text in read_examples():
        example = text.replace(ADDRESS, server.url)
        if language == "python":
            name = "KEY" if "listenbrainz" in text else "INGEST_KEY"
            example = f"import os\nkey = os.environ['{name}']\n{example}"
        run = subprocess.run(
            [*COMMANDS[language], example], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
        )
        assert run.returncode == 0, run.stderr
        assert re.search(SAYS[language], run.stdout), run.stdout
    plays = [one.play for one in read_topic(kafka_server.connection(), server.topic)]
    assert {play.title for play in plays} == {"Blue Train"}
    # Each example but the one that reads posts a play, and it is one play by either endpoint.
    assert len(plays) == len([text for _, text in read_examples() if "/user/" not in text])
    assert len({play.play_id for play in plays}) == 1
