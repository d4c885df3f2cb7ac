"""Progress is published in the lake's offsets; tests/orchestration/counts reads it from a real driver."""

from __future__ import annotations

from streaming.bronze_progress import read_ends


def test_offsets_of_an_adopted_topic_are_published_as_the_lake_stores_them() -> None:
    ends = '{"plays": {"0": 3, "1": 0, "2": 7}}'
    assert read_ends(ends, "plays", {0: 40, 1: 2}) == {0: 43, 1: 2, 2: 7}
