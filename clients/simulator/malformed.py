"""Bodies that ingest must refuse, each for a reason of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any, Final

from clients.simulator.plays import Body


def _with(**changes: Any) -> Callable[[Body], Body]:
    return lambda play: play | changes


def _without(field: str) -> Callable[[Body], Body]:
    return lambda play: {name: value for name, value in play.items() if name != field}


def _cut_short(play: Body) -> bytes:
    return json.dumps(play).encode()[:-2]


def _in_a_list(play: Body) -> bytes:
    return json.dumps([play]).encode()


SPOILERS: Final[tuple[Callable[[Body], Body | bytes], ...]] = (
    _cut_short,
    _in_a_list,
    _without("title"),
    _without("played_at"),
    _with(region="XX"),
    _with(artist=" \u3000 "),
    _with(title="x" * 513),
    _with(title="nul \0"),
    _with(user_id=7),
    _with(ms_played=-1),
    _with(ms_played="30000"),
    _with(played_at="2026-11-22T14:00:00"),
    _with(played_at="1999-12-31T23:59:59Z"),
    _with(play_id="no spaces please"),
    _with(isrc="nonsense"),
    _with(titel="a typo"),
)


def spoil(play: Body, random: Random) -> Body | bytes:
    """The play with one thing wrong; bytes when it is not even a JSON object any more."""
    return random.choice(SPOILERS)(play)
