"""Messages that are missing, or there twice, stop the round before anything is written."""

from __future__ import annotations

import pytest

from orchestration.ledger.offset_check import OffsetGapError, OffsetRange, check_offsets


def of_partition(first: int, end: int, received: int | None = None) -> OffsetRange:
    return OffsetRange("0", first, end, end - first if received is None else received)


def test_messages_that_follow_what_is_covered_pass() -> None:
    check_offsets([of_partition(5, 9)], {"0": 5}, {})


def test_the_first_messages_of_a_partition_may_start_anywhere() -> None:
    check_offsets([of_partition(70, 80)], {"1": 5}, {})


@pytest.mark.parametrize(
    "broken",
    [
        of_partition(6, 9),
        of_partition(5, 9, received=3),
        of_partition(4, 9),
        of_partition(5, 9, received=5),
        of_partition(4, 9, received=4),
    ],
    ids=["gap before", "gap within", "again from before", "twice within", "one again and one missing"],
)
def test_a_gap_or_a_repeat_is_refused_with_its_numbers(broken: OffsetRange) -> None:
    with pytest.raises(OffsetGapError, match=r"partition 0 .* to 9, and bronze brought"):
        check_offsets([broken], {"0": 5}, {})


def test_an_accepted_loss_is_no_gap_and_a_larger_one_still_is() -> None:
    check_offsets([of_partition(8, 12)], {"0": 5}, {"0": 3})
    with pytest.raises(OffsetGapError):
        check_offsets([of_partition(9, 12)], {"0": 5}, {"0": 3})
