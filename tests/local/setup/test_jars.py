"""A folder of jars is complete or absent, and belongs to one state of its Ivy file."""

from pathlib import Path

import pytest

from local.setup import downloads, jars


@pytest.fixture
def ivy_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An Ivy file of this test in the place of Kafka's."""
    file = tmp_path / "ivy.xml"
    file.write_text("<ivy-module/>")
    monkeypatch.setitem(downloads.IVY_FILES, "kafka", file)
    return file


def test_a_changed_ivy_file_has_another_folder(ivy_file: Path, tmp_path: Path) -> None:
    before = downloads.jar_folder("kafka", tmp_path)
    ivy_file.write_text("<ivy-module version='2.0'/>")
    assert downloads.jar_folder("kafka", tmp_path) != before


def test_what_is_there_is_not_fetched_again(ivy_file: Path, tmp_path: Path) -> None:
    downloads.jar_folder("kafka", tmp_path).mkdir(parents=True)
    assert not jars.fetch_jars("kafka", tmp_path)


def test_a_failed_download_is_told_and_not_taken_for_a_complete_one(ivy_file: Path, tmp_path: Path) -> None:
    ivy_file.write_text("this is no XML")
    with pytest.raises(SystemExit, match="fetching the jars of kafka"):
        jars.fetch_jars("kafka", tmp_path)
    assert not downloads.jar_folder("kafka", tmp_path).exists()
