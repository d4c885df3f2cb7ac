"""``python -m clients.post_plays``: a file goes in, every line gets its verdict."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clients.post_plays import main
from ingest.app import create_app
from tests.child import child
from tests.clients.servers import free_port, serving
from tests.ingest.builders import LOCAL_KEY, ingest_settings, play_body
from tests.ingest.publishers import MemoryPublisher

ROOT = Path(__file__).parents[2]


class Stage:
    """A running ingest, a folder, and the command that posts to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.publisher = MemoryPublisher()
        self.port = free_port()
        self.refused = folder / "refused.jsonl"

    def serve(self) -> Any:
        """Run ingest for as long as the context lasts."""
        app = create_app(ingest_settings(self.folder), self.publisher)
        return serving(app, self.port)

    def arguments(self, file: Path | str, *more: str) -> list[str]:
        """The command's arguments for a file."""
        url = f"http://127.0.0.1:{self.port}"
        options = ["--url", url, "--key", LOCAL_KEY, "--refused", str(self.refused), "--quiet"]
        return [str(file), *options, *more]

    def write(self, lines: list[bytes], name: str = "plays.jsonl") -> Path:
        """A file of lines, gzipped when its name says so."""
        path = self.folder / name
        content = b"\n".join(lines) + b"\n"
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return path

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """The command as a process of its own."""
        command = child([sys.executable, "-m", "clients.post_plays", *arguments])
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True, **options)

    def play_ids(self) -> list[str]:
        """The plays that ingest took."""
        return [play.play_id for play in self.publisher.read_back()]


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """Ingest is down until a test serves it."""
    return Stage(tmp_path)


@pytest.fixture
def served(stage: Stage) -> Iterator[Stage]:
    """Ingest is up."""
    with stage.serve():
        yield stage


def line(**changes: Any) -> bytes:
    return json.dumps(play_body(**changes)).encode()


def lines(count: int) -> list[bytes]:
    return [line(play_id=f"p{n}") for n in range(count)]


@pytest.mark.parametrize("name", ["plays.jsonl", "plays.jsonl.gz", "gzip in disguise.jsonl"])
def test_every_line_of_a_file_goes_in(served: Stage, capsys: pytest.CaptureFixture[str], name: str) -> None:
    file = served.write(lines(1234), name)
    if "disguise" in name:
        file.write_bytes(gzip.compress(file.read_bytes()))
    assert main(served.arguments(file, "--batch", "100")) == 0
    assert sorted(served.play_ids()) == sorted(f"p{n}" for n in range(1234))
    assert "accepted 1234, refused 0, requests sent again 0" in capsys.readouterr().out
    assert not served.refused.exists()


@pytest.mark.parametrize("packed", [False, True])
def test_standard_input_is_read_too(served: Stage, packed: bool) -> None:
    content = b"\n".join(lines(50))
    command = [sys.executable, "-m", "clients.post_plays", *served.arguments("-")]
    done = subprocess.run(command, cwd=ROOT, input=gzip.compress(content) if packed else content, check=False)
    assert done.returncode == 0
    assert len(served.play_ids()) == 50


def test_refused_lines_are_written_down_with_their_codes(served: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    bad = {
        2: (line(title=""), "too_short"),
        4: (b"{not json", "not_json"),
        5: (b"\xff\xfe", "not_json"),
        7: (line(title="\ud800"), "not_json"),
        8: (b"[" * 5_000, "not_json"),
        9: (b"9" * 5_000, "not_json"),
        10: (b"[]", "not_an_object"),
        11: (line(title=float("nan")), "wrong_type"),
        12: (line(title="x" * 10_300), "too_large"),
        13: (b"{" + b"x" * 10_300, "body_too_large"),
    }
    content = [bad[n][0] if n in bad else b"  " if n == 3 else line(play_id=f"p{n}") for n in range(1, 20)]
    assert main(served.arguments(served.write(content), "--batch", "8")) == 0
    refusals = [json.loads(one) for one in served.refused.read_text().splitlines()]
    assert {one["line"]: one["code"] for one in refusals} == {n: code for n, (_, code) in bad.items()}
    assert [one["line"] for one in refusals] == sorted(bad)
    assert refusals[1]["play"] == "{not json"
    assert len(served.play_ids()) == 19 - len(bad) - 1
    assert str(served.refused) in capsys.readouterr().out


def test_a_second_run_posts_the_same_plays(served: Stage) -> None:
    file = served.write([line(title=f"song {n}") for n in range(10)])
    assert [main(served.arguments(file)) for _ in range(2)] == [0, 0]
    assert len(set(served.play_ids())) == 10
    assert len(served.play_ids()) == 20


def test_ingest_may_be_killed_and_come_back_while_the_file_is_posted(stage: Stage) -> None:
    file = stage.write(lines(3000))
    with stage.serve():
        process = stage.start(*stage.arguments(file, "--batch", "10", "--concurrency", "2"))
        while len(stage.publisher.messages) < 200:
            assert process.poll() is None
            time.sleep(0.005)
    assert len(stage.publisher.messages) < 3000
    time.sleep(1)
    with stage.serve():
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert set(stage.play_ids()) == {f"p{n}" for n in range(3000)}
    assert "accepted 3000, refused 0" in output
    assert "sent again 0" not in output


def test_an_outage_of_the_broker_is_waited_for(served: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    served.publisher.away = True
    threading.Timer(1, setattr, (served.publisher, "away", False)).start()
    assert main(served.arguments(served.write(lines(20)))) == 0
    assert sorted(served.play_ids()) == sorted(f"p{n}" for n in range(20))
    assert "sent again 0" not in capsys.readouterr().out


def test_giving_up_says_how_far_it_came(served: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    served.publisher.refused_titles = {"never"}
    content = [*lines(20), line(title="never")]
    arguments = served.arguments(served.write(content), "--batch", "10", "--patience", "0.5")
    assert main(arguments) == 1
    assert "gave up after 20 plays" in capsys.readouterr().err


def test_a_wrong_key_ends_at_once(served: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*served.arguments(served.write(lines(5))), "--key", "wrong"]) == 1
    assert "key is not valid" in capsys.readouterr().err


def test_a_broken_archive_is_an_error_not_a_success(served: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    file = served.write(lines(2000), "plays.jsonl.gz")
    file.write_bytes(file.read_bytes()[:-20])
    assert main(served.arguments(file)) == 1
    assert "gave up" in capsys.readouterr().err


def test_control_c_stops_it_and_says_how_far_it_came(served: Stage) -> None:
    served.publisher.refused_titles = {"never"}
    file = served.write([*lines(100), line(title="never"), *lines(100)])
    process = served.start(*served.arguments(file, "--batch", "50"))
    # Five batches, and the play that is never taken sent again and again: the first verdicts are long there.
    while served.publisher.calls < 5 + 3:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "the first 100 plays have a verdict" in errors
    assert "Traceback" not in errors


def test_the_key_and_the_address_come_from_the_environment(served: Stage) -> None:
    file = served.write(lines(5))
    variables = {"INGEST_URL": f"http://127.0.0.1:{served.port}", "INGEST_KEY": LOCAL_KEY}
    process = served.start(str(file), "--quiet", env={**os.environ, **variables})
    assert process.wait(30) == 0
    assert len(served.play_ids()) == 5


@pytest.mark.parametrize("arguments", [["no such file", "--key", "k"], [__file__]])
def test_what_is_missing_is_named(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INGEST_KEY", raising=False)
    with pytest.raises(SystemExit):
        main(arguments)
    errors = capsys.readouterr().err
    assert "no file no such file" in errors or "INGEST_KEY" in errors
