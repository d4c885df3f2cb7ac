"""The packages are installed once for each state of uv.lock, and again after a failure."""

import sys
from pathlib import Path

import pytest

from local.setup import python_packages


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of this test alone."""
    (tmp_path / "uv.lock").write_text("one")
    (tmp_path / "pyproject.toml").touch()
    folder = tmp_path / ".venv"
    folder.mkdir()
    monkeypatch.setattr(python_packages, "ROOT", tmp_path)
    monkeypatch.setattr(python_packages, "ENVIRONMENT", folder)
    return folder


def sync_with(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    command = [sys.executable, "-c", f"import sys; sys.exit({status})"]
    monkeypatch.setattr(python_packages, "sync_command", lambda _: command)


def test_the_same_lock_is_installed_once(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync_with(0, monkeypatch)
    assert python_packages.install_packages(environment.parent)
    assert not python_packages.install_packages(environment.parent)
    (environment.parent / "uv.lock").write_text("another")
    assert python_packages.install_packages(environment.parent)


def test_after_a_failure_it_is_tried_again(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync_with(1, monkeypatch)
    for _ in range(2):
        with pytest.raises(SystemExit, match="failed"):
            python_packages.install_packages(environment.parent)
