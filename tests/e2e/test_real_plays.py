"""Real plays through the whole line, where there are any."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.e2e.replay_real_plays import make_files, replay_twice
from tests.whole_stack import WholeStack


@pytest.fixture
def real_folder() -> Path:
    """The folder of real plays; a test that needs it is skipped where there is none."""
    folder = os.environ.get("REAL_PLAYS")
    if not folder:
        pytest.skip("real plays are replayed when REAL_PLAYS names the folder that holds them")
    return Path(folder)


# The folder first: nobody needs to wait for the stack to be told that there are no plays.
def test_real_plays_are_all_accounted_for_and_charted_as_counted_and_again_change_nothing(
    real_folder: Path, whole_stack: WholeStack, tmp_path: Path
) -> None:
    findings = replay_twice(whole_stack.line, whole_stack.truth, make_files(real_folder, tmp_path), print)
    assert findings.compared.differences == []
    assert findings.changed_rows == 0
    for name, first in findings.first.items():
        again = findings.again[name]
        assert first.accounted == first.tally.lines == first.accounts.counted + first.accounts.over_cap > 0
        assert again.accounted == again.accounts.duplicates == first.tally.lines
    assert findings.first["lastfm"].accounts.over_cap > 0
