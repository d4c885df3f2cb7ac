"""A jar that is not the one that this version names is not used."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from local.setup import jars
from local.setup.checksums import check_jars, read_sums
from local.setup.downloads import COMPILED_FILES, IVY_FILES, cache_folder, jar_folder
from streaming.log_store import JAR


@pytest.fixture
def sums(tmp_path: Path) -> Path:
    """A folder `jars` with one jar, and its sum."""
    (tmp_path / "jars").mkdir()
    (tmp_path / "jars" / "one.jar").write_bytes(b"good")
    file = tmp_path / "ivy.sha256"
    file.write_text(f"{sha256(b'good').hexdigest()}  one.jar\n")
    return file


def test_the_named_jars_pass(sums: Path) -> None:
    check_jars(sums.parent / "jars", sums)


@pytest.mark.parametrize("name", ["one.jar", "unknown.jar"])
def test_another_jar_is_refused(sums: Path, name: str) -> None:
    (sums.parent / "jars" / name).write_bytes(b"evil")
    with pytest.raises(SystemExit, match=name):
        check_jars(sums.parent / "jars", sums)


def test_a_forged_download_is_never_moved_into_place(
    sums: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ivy_file = tmp_path / "ivy.xml"
    ivy_file.write_text("<ivy-module/>")
    monkeypatch.setitem(IVY_FILES, "kafka", ivy_file)

    def download(title: str, command: list[str], is_step: object) -> None:
        folder = Path(command[-1]).parent
        folder.mkdir(parents=True)
        (folder / "one.jar").write_bytes(b"evil")

    monkeypatch.setattr(jars, "run_with_progress", download)
    with pytest.raises(SystemExit, match=r"one\.jar"):
        jars.fetch_jars("kafka", tmp_path)
    assert not jar_folder("kafka", tmp_path).exists()


@pytest.mark.parametrize("name", ["kafka", "lake"])
def test_what_setup_fetched_here_is_what_the_sums_name(name: str) -> None:
    folder = jar_folder(name, cache_folder())
    names = {jar.name for jar in folder.glob("*.jar")} - ({JAR} if name in COMPILED_FILES else set())
    assert names == set(read_sums(IVY_FILES[name].with_suffix(".sha256")))


def test_both_builds_of_postgres_have_a_sum() -> None:
    names = sorted(read_sums(IVY_FILES["postgres"].with_suffix(".sha256")))
    assert [name.split("-linux-")[1].split("-")[0] for name in names] == ["amd64", "arm64v8"]
