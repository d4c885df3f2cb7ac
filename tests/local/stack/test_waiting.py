"""Waiting ends with the answer, with the deadline, or when it has become pointless."""

import pytest

from local.stack.waiting import NotReadyError, wait_until


def ready_after(questions: int, asked: list[int]) -> None:
    asked.append(1)
    if len(asked) < questions:
        raise NotReadyError("not yet")


def test_the_question_is_put_until_it_is_answered() -> None:
    asked: list[int] = []
    wait_until("a part", lambda: ready_after(3, asked), pause_seconds=0)
    assert len(asked) == 3


def test_the_deadline_names_what_was_awaited_and_its_last_answer() -> None:
    with pytest.raises(TimeoutError, match=r"the broker is not ready after 0 s: not yet"):
        wait_until("the broker", lambda: ready_after(9, []), deadline_seconds=0, pause_seconds=0)


def test_waiting_stops_when_it_has_become_pointless() -> None:
    def process_has_ended() -> None:
        raise RuntimeError("ended with 1")

    with pytest.raises(RuntimeError, match="ended with 1"):
        wait_until("a part", lambda: ready_after(9, []), still_hoped_for=process_has_ended)


def test_a_failure_that_is_no_answer_is_not_swallowed() -> None:
    def broken() -> None:
        raise KeyError("KAFKA_PORT")

    with pytest.raises(KeyError):
        wait_until("a part", broken)
