"""The bronze query's progress is told in the lake's offsets; tests/orchestration/counts awaits it of a real driver."""

from __future__ import annotations

from streaming.bronze_progress import read_ends


def test_offsets_of_an_adopted_topic_are_told_as_the_lake_has_them() -> None:
    ends = '{"plays": {"0": 3, "1": 0, "2": 7}}'
    assert read_ends(ends, "plays", {0: 40, 1: 2}) == {0: 43, 1: 2, 2: 7}
