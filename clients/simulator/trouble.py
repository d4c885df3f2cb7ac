"""What goes wrong among plays: mixes every kind of trouble in, at given shares."""

from __future__ import annotations

from bisect import bisect
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from itertools import accumulate
from random import Random
from typing import Final, NamedTuple

from clients.simulator.arrivals import SECONDS_AN_HOUR
from clients.simulator.malformed import spoil
from clients.simulator.plays import Body, DuePlay, hour_of, write_time
from clients.simulator.respelling import respell
from clients.simulator.world import REGION_CODES

BURST: Final = 12
"""Plays of one song by one listener in one hour, of which 10 can count."""
REMEMBERED: Final = 5_000
"""How many of the newest plays may be posted again."""
EARLIEST_LATE_HOURS: Final = 2
LATEST_LATE_HOURS: Final = 72
HOURS_A_DAY: Final = 24
LATE_BY_MORE_THAN_A_DAY: Final = 0.2
"""Of late plays, the share that is more than a day old."""


@dataclass(frozen=True)
class Shares:
    """The part, 0 to 1, of all that is posted that is each kind of trouble; together at most 1."""

    duplicates: float = 0.0
    late: float = 0.0
    short: float = 0.0
    cap_breakers: float = 0.0
    respellings: float = 0.0
    malformed: float = 0.0

    def __post_init__(self) -> None:
        """Refuse impossible shares with a ``ValueError``."""
        if min(astuple(self)) < 0 or sum(astuple(self)) > 1:
            raise ValueError("shares of trouble are 0 or more and together at most 1")


HONEST: Final = Shares(duplicates=0.02, late=0.05, short=0.05, cap_breakers=0.002, respellings=0.02, malformed=0.001)
"""Ordinary traffic: what the demo posts and every benchmark of freshness is measured with."""


class Posting(NamedTuple):
    """What is to be posted at ``due`` (Unix seconds); bytes are no JSON object."""

    due: float
    body: Body | bytes
    trouble: str | None


class Mixer:
    """Turns each honest play into exactly one posting, troubled or not."""

    def __init__(self, shares: Shares, seed: int) -> None:
        self._random = Random(f"{seed} trouble")
        self._recent: deque[Body] = deque(maxlen=REMEMBERED)
        self._burst: deque[Body] = deque()
        self._makers = (
            self._duplicate,
            self._late,
            self._short,
            self._cap_breaker,
            self._respelling,
            self._malformed,
        )
        self._weights = list(accumulate(_chances(shares)))

    def mix(self, plays: Iterable[DuePlay]) -> Iterator[Posting]:
        """One posting for each play, due when the play was."""
        for play in plays:
            posting = self._make_posting(play)
            if posting.trouble != "malformed" and isinstance(posting.body, dict):
                self._recent.append(posting.body)
            yield posting

    def _make_posting(self, play: DuePlay) -> Posting:
        if self._burst:
            return Posting(play.due, self._burst.popleft(), "cap_breaker")
        kind = bisect(self._weights, self._random.random())
        if kind == len(self._makers):
            return Posting(play.due, play.body, None)
        return self._makers[kind](play)

    def _duplicate(self, play: DuePlay) -> Posting:
        if not self._recent:
            return Posting(play.due, play.body, None)
        copy = self._random.choice(self._recent)
        if self._random.random() < 0.3:
            copy = self._change(copy)
        return Posting(play.due, copy, "duplicate")

    def _change(self, play: Body) -> Body:
        """A copy that differs in what is no part of a play's identity."""
        changes: Body = {"region": self._random.choice(REGION_CODES), "ms_played": 1_000}
        name = self._random.choice(tuple(changes))
        return play | {name: changes[name]}

    def _late(self, play: DuePlay) -> Posting:
        is_old = self._random.random() < LATE_BY_MORE_THAN_A_DAY
        limits = (HOURS_A_DAY, LATEST_LATE_HOURS) if is_old else (EARLIEST_LATE_HOURS, HOURS_A_DAY)
        hours = self._random.uniform(*limits)
        played_at = write_time(play.due - hours * SECONDS_AN_HOUR)
        return Posting(play.due, play.body | {"played_at": played_at}, "late")

    def _short(self, play: DuePlay) -> Posting:
        body = play.body | {"ms_played": self._random.randrange(30_000)}
        return Posting(play.due, body, "short")

    def _cap_breaker(self, play: DuePlay) -> Posting:
        self._burst.extend(_repeat(play))
        return Posting(play.due, self._burst.popleft(), "cap_breaker")

    def _respelling(self, play: DuePlay) -> Posting:
        title, artist = respell(play.body["title"], play.body["artist"], self._random)
        return Posting(play.due, play.body | {"title": title, "artist": artist}, "respelling")

    def _malformed(self, play: DuePlay) -> Posting:
        return Posting(play.due, spoil(play.body, self._random), "malformed")


def _chances(shares: Shares) -> list[float]:
    """The chance of each kind at a posting that is not within a burst.

    A burst fills as many postings as it is long, so it must begin that much more seldom, and
    everything else must be that much more frequent outside.
    """
    begun = shares.cap_breakers / BURST
    outside = 1 - shares.cap_breakers + begun
    chances = list(astuple(shares))
    chances[3] = begun
    return [chance / outside for chance in chances]


def _repeat(play: DuePlay) -> Iterator[Body]:
    """The same song by the same listener again and again, all within one hour that has begun."""
    start = hour_of(play.due)
    if play.due - start < BURST:
        start -= SECONDS_AN_HOUR
    length = min(play.due - start, SECONDS_AN_HOUR - 1)
    play_id = play.body.get("play_id")
    for number in range(BURST):
        body = play.body | {"played_at": write_time(start + length * number / BURST)}
        yield body | {"play_id": f"{play_id}-{number}"} if play_id else body
