"""A rebuild as an operator asks for it: the command, Prefect, a worker, and what comes back."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.e2e.posting import post_good_play
from tests.whole_stack import WholeStack


def test_a_rebuild_tells_how_far_it_is_and_that_nothing_differs(whole_stack: WholeStack) -> None:
    line = whole_stack.line
    day = post_good_play(whole_stack)["played_at"][:10]
    line.wait_until_settled(datetime.now(UTC))
    rebuild = line.run("orchestration.commands.rebuild", "--day", day)
    told = rebuild.stderr.splitlines()
    assert any(sentence.endswith("rows of bronze judged again") for sentence in told)
    assert told[-1].endswith("equal to what was live")
