"""A local service receives the settings that it reads; no other secret of `.env` is in its environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from local.environment import ROOT, make_env_file, read_env_file
from local.service_variables import SERVICE_VARIABLES, for_service, setting_names, without_settings_file
from local.stack.parts import PARTS

SECRETS = sorted(name for name, text in read_env_file(ROOT / ".env.example", {}).items() if text == "generate")
SHOW = "import json, os; print(json.dumps(dict(os.environ)))"
BECOME = f"""
import sys
from local.servers.part import become, begin
begin(sys.argv[1])
become([sys.executable, "-c", {SHOW!r}])
"""


def environment_of(part: str, folder: Path) -> dict[str, str]:
    """Returns the environment of what a wrapper becomes, started with nothing but the settings file."""
    file = folder / ".env"
    make_env_file(file)
    started = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "TOP_SONGS_ENV": str(file)}
    command = [sys.executable, "-c", BECOME, part]
    shown = subprocess.run(command, cwd=ROOT, env=started, capture_output=True, text=True, check=True)
    environment: dict[str, str] = json.loads(shown.stdout)
    return environment


@pytest.mark.parametrize("part", ["kafka", "postgres", "api", "ingest", "lake-driver", "prefect-worker"])
def test_a_service_sees_its_own_secrets_alone(part: str, tmp_path: Path) -> None:
    environment = environment_of(part, tmp_path)
    assert environment["PATH"] == os.environ["PATH"]
    assert {name for name in SECRETS if name in environment} == SERVICE_VARIABLES[part] & set(SECRETS)
    assert set(environment) & setting_names() == SERVICE_VARIABLES[part]


def test_every_service_that_runs_has_an_entry() -> None:
    assert {part.name for part in PARTS if not part.once} <= set(SERVICE_VARIABLES)


def test_an_entry_names_settings_only() -> None:
    assert all(names <= setting_names() for names in SERVICE_VARIABLES.values())


def test_a_service_without_an_entry_does_not_start() -> None:
    with pytest.raises(KeyError, match="radio"):
        for_service("radio", {})


def test_supervisord_receives_what_the_caller_changed_and_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    make_env_file(file)
    monkeypatch.setenv("TOP_SONGS_ENV", str(file))
    given = without_settings_file({**read_env_file(file, {}), "API_PORT": "1234", "PATH": "/bin"})
    assert given["API_PORT"] == "1234"
    assert given["PATH"] == "/bin"
    assert not set(given) & set(SECRETS)
