"""Every play that ingest says is stored is in Kafka, whoever is killed; ingest that does not wait loses some."""

from __future__ import annotations

import json
import os

import pytest

from tests.faults.ingest_kills import prove

KILLS = int(os.environ.get("KILLS", "20"))


@pytest.mark.faults
@pytest.mark.timeout(120 + 20 * KILLS)
def test_no_stored_play_is_lost_when_ingest_and_broker_are_killed() -> None:
    outcome = prove(KILLS)
    print(json.dumps(outcome))  # noqa: T201
    assert outcome["lost"] == 0
    assert outcome["control_lost"] > 0
