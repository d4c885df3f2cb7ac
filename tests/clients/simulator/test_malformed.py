"""Every way to spoil a play gives a body that the wire's model refuses."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from pydantic import ValidationError

from clients.simulator.malformed import SPOILERS
from clients.simulator.plays import Body
from ingest.play import SubmittedPlay

PLAY: Body = {
    "user_id": "ann",
    "title": "One",
    "artist": "Trio",
    "region": "GB",
    "played_at": "2026-11-20T10:00:00Z",
    "ms_played": 200_000,
}


@pytest.mark.parametrize("spoiler", SPOILERS)
def test_a_spoilt_play_is_refused(spoiler: Callable[[Body], Body | bytes]) -> None:
    SubmittedPlay.model_validate_json(json.dumps(PLAY))
    body = spoiler(PLAY)
    with pytest.raises(ValidationError):
        SubmittedPlay.model_validate_json(body if isinstance(body, bytes) else json.dumps(body))
