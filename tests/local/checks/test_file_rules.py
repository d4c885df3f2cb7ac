"""A file with an empty name or too many lines is named."""

from pathlib import Path

import pytest

from local.checks.file_rules import LONGEST, broken_rules


def written(root: Path, name: str, lines: int = 1) -> Path:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text("x = 1\n" * lines)
    return Path(name)


@pytest.mark.parametrize("name", ["api/utils.py", "common/play.py", "src/helpers.ts"])
def test_a_name_that_says_nothing_is_refused(tmp_path: Path, name: str) -> None:
    (sentence,) = broken_rules(tmp_path, [written(tmp_path, name)])
    assert sentence.startswith(name)


def test_a_file_may_have_the_limit_and_not_one_line_more(tmp_path: Path) -> None:
    fits = written(tmp_path, "fits.py", LONGEST)
    too_long = written(tmp_path, "long.py", LONGEST + 1)
    assert broken_rules(tmp_path, [fits, too_long]) == [f"long.py: {LONGEST + 1} lines, the limit is {LONGEST}"]


def test_data_may_be_long(tmp_path: Path) -> None:
    assert broken_rules(tmp_path, [written(tmp_path, "seeds/regions.csv", 400)]) == []
