"""A play that is certainly new, and the check that ends a test of the shared stack."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from tests.e2e.published_charts import compare_with_truth
from tests.ingest.builders import play_body
from tests.whole_stack import WholeStack


def post_good_play(stack: WholeStack, **changes: Any) -> dict[str, Any]:
    """Post a play of now whose listener and song nobody else has."""
    own = {"user_id": uuid4().hex, "title": uuid4().hex, "played_at": datetime.now(UTC).isoformat()}
    play = play_body(**{**own, **changes})
    assert stack.line.post(json.dumps(play).encode()).status_code == 202
    stack.truth.add_plays([play])
    return play


def must_equal_the_truth(stack: WholeStack) -> None:
    """Every chart row is as counted from everything that was posted; call it when the charts are complete."""
    compared = compare_with_truth(stack.line, stack.truth)
    assert compared.differences == []
    assert min(compared.hourly_rows, compared.daily_rows) > 0
