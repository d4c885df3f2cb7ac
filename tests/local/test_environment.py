"""Settings: references are filled in, secrets are made once, and the environment wins."""

import stat
from pathlib import Path

import pytest

from local.environment import make_env_file, read_env_file, with_secrets


def written(folder: Path, text: str) -> Path:
    file = folder / ".env"
    file.write_text(text)
    return file


def test_a_reference_to_another_variable_is_filled_in(tmp_path: Path) -> None:
    file = written(tmp_path, "PORT=9000\nURL=http://localhost:${PORT}/api\n")
    assert read_env_file(file, {})["URL"] == "http://localhost:9000/api"


def test_a_variable_of_the_environment_wins_also_where_others_refer_to_it(tmp_path: Path) -> None:
    file = written(tmp_path, "PORT=9000\nURL=http://localhost:${PORT}\n")
    values = read_env_file(file, {"PORT": "1234"})
    assert values == {"PORT": "1234", "URL": "http://localhost:1234"}


def test_the_data_folder_is_absolute_before_others_refer_to_it(tmp_path: Path) -> None:
    file = written(tmp_path, "DATA_DIR=.data\nKEYS=${DATA_DIR}/keys.json\n")
    assert read_env_file(file, {})["KEYS"] == str(tmp_path / ".data" / "keys.json")


def test_a_data_folder_of_the_environment_is_made_absolute_too(tmp_path: Path) -> None:
    file = written(tmp_path, "DATA_DIR=.data\nKEYS=${DATA_DIR}/keys.json\n")
    values = read_env_file(file, {"DATA_DIR": "elsewhere"})
    assert values["DATA_DIR"] == str(tmp_path / "elsewhere")
    assert values["KEYS"] == str(tmp_path / "elsewhere" / "keys.json")


def test_each_secret_is_another_one() -> None:
    first, second = with_secrets("ONE=generate\nTWO=generate\n").splitlines()
    assert len(first) > 40
    assert first.removeprefix("ONE=") != second.removeprefix("TWO=")


def test_only_the_whole_word_generate_becomes_a_secret() -> None:
    text = "# SECRET=generate\nMODE=generated\n"
    assert with_secrets(text) == text


def test_the_settings_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    assert make_env_file(tmp_path / ".env")
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600


def test_a_second_start_keeps_every_secret(tmp_path: Path) -> None:
    make_env_file(tmp_path / ".env")
    before = (tmp_path / ".env").read_text()
    assert not make_env_file(tmp_path / ".env")
    assert (tmp_path / ".env").read_text() == before


def test_a_variable_that_the_example_gained_is_appended(tmp_path: Path) -> None:
    example = tmp_path / "example"
    example.write_text("OLD=1\nNEW=generate\n")
    file = written(tmp_path, "OLD=changed")
    assert make_env_file(file, example)
    values = read_env_file(file, {})
    assert values["OLD"] == "changed"
    assert len(values["NEW"]) > 40


@pytest.mark.parametrize("name", ["INGEST_KEY", "USER_ID_SECRET", "POSTGRES_LOADER_PASSWORD"])
def test_no_secret_of_the_example_file_stays_as_it_is_written(tmp_path: Path, name: str) -> None:
    make_env_file(tmp_path / ".env")
    assert len(read_env_file(tmp_path / ".env", {})[name]) >= 40
