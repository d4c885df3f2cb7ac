"""An operator names a key by its id or by its name."""

from __future__ import annotations

from pathlib import Path

from ingest.access.key_file import add_key, read_keys
from orchestration.commands.withdraw import find_key_ids


def test_a_name_stands_for_each_of_its_keys_and_an_id_for_itself(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    for name in ("phone", "phone", "other"):
        add_key(file, name, "ana")
    ids = {name: [key.id for key in read_keys(file).keys if key.name == name] for name in ("phone", "other")}
    assert find_key_ids("phone", file) == ids["phone"]
    assert find_key_ids(ids["other"][0], file) == ids["other"]
    assert find_key_ids("0badc0de", file) == ["0badc0de"]
    assert find_key_ids("local", file) == ["local"]
    assert find_key_ids("nobody", file) == []
