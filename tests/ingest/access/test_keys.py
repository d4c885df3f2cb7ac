"""The key commands and the file that they keep."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from ingest.access.key_file import TooManyKeysError, add_key, read_keys
from ingest.keys import run


def test_create_prints_the_key_once_and_keeps_its_hash_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "folder" / "keys.json"
    assert run(["create", "--name", "phone", "--listener", "zoë", "--region", "fi"], path) == 0
    key = capsys.readouterr().out.strip()
    (record,) = read_keys(path).keys
    assert record.sha256 == hashlib.sha256(key.encode()).hexdigest()
    assert (record.name, record.listener, record.region) == ("phone", "zoë", "FI")
    assert key not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0


def test_keys_are_all_different(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    assert len({add_key(path, f"name-{n}") for n in range(20)}) == 20


def test_a_name_has_two_live_keys_at_most(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    add_key(path, "phone")
    add_key(path, "phone")
    with pytest.raises(TooManyKeysError):
        add_key(path, "phone")
    assert run(["create", "--name", "phone", "--unbound"], path) == 1
    add_key(path, "other")
    assert len(read_keys(path).keys) == 3


def test_a_key_is_bound_to_a_listener_unless_asked_otherwise(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        run(["create", "--name", "phone"], tmp_path / "keys.json")
    assert not (tmp_path / "keys.json").exists()


def test_keys_made_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: add_key(path, f"name-{n}"), range(24)))
    assert len(read_keys(path).keys) == 24


@pytest.mark.parametrize(
    "arguments",
    [
        ["--unbound", "--name", "has space"],
        ["--unbound", "--name", ""],
        ["--unbound", "--name", "a", "--region", "ZZ"],
        ["--name", "a", "--listener", ""],
    ],
)
def test_a_key_that_could_never_work_is_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    path = tmp_path / "keys.json"
    assert run(["create", *arguments], path) == 1
    assert arguments[-2].removeprefix("--") in capsys.readouterr().err
    assert not path.exists()


def test_revoke_by_id_and_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "keys.json"
    keys = [add_key(path, name) for name in ("phone", "phone", "shop")]
    assert run(["revoke", "--id", keys[0].split("_")[1]], path) == 0
    assert len(read_keys(path).keys) == 2
    assert run(["revoke", "--name", "phone"], path) == 0
    assert [key.name for key in read_keys(path).keys] == ["shop"]
    assert run(["revoke", "--name", "phone"], path) == 1
    assert "no such key" in capsys.readouterr().err


def test_list_shows_no_secret(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "keys.json"
    key = add_key(path, "phone", region="FI")
    assert run(["list"], path) == 0
    shown = capsys.readouterr().out
    assert "phone" in shown
    assert "FI" in shown
    assert key not in shown
    assert key.split("_", 2)[2] not in shown


def test_a_file_that_is_no_key_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_text('{"keys": [{"name": "phone"}]}')
    with pytest.raises(ValidationError):
        read_keys(path)


def test_the_command_finds_its_file_in_the_environment(tmp_path: Path) -> None:
    variables = {
        "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
        "KAFKA_TOPIC": "plays",
        "KAFKA_SECURITY_PROTOCOL": "PLAINTEXT",
        "USER_ID_SECRET": "x" * 16,
        "INGEST_KEY": "x" * 16,
        "INGEST_KEY_FILE": str(tmp_path / "keys.json"),
    }
    command = [sys.executable, "-m", "ingest.keys", "create", "--name", "phone", "--unbound"]
    done = subprocess.run(command, env={**os.environ, **variables}, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("ts_")
    assert len(read_keys(tmp_path / "keys.json").keys) == 1
