"""One run of the simulator: first plays of the past, all at once, then plays of now as due."""

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Iterator
from itertools import islice, takewhile
from random import Random

from tqdm import tqdm

from clients.simulator.arrivals import SECONDS_AN_HOUR, arrive, arrive_within
from clients.simulator.catalogue import Catalogue
from clients.simulator.ledger import Ledger
from clients.simulator.pacing import as_due, at_once
from clients.simulator.plays import Audience
from clients.simulator.post import Poster, post_all
from clients.simulator.trouble import Mixer, Posting


class Simulation:
    """Posts what was asked for; ``asked`` is what ``read_arguments`` made of the command line."""

    def __init__(self, asked: argparse.Namespace, catalogue: Catalogue, poster: Poster, ledger: Ledger) -> None:
        self._asked = asked
        self._poster = poster
        self._ledger = ledger
        self._audience = Audience(catalogue, asked.listeners, asked.seed)
        self._mixer = Mixer(asked.shares, asked.seed)
        self._random = Random(f"{asked.seed} arrivals")
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End after the batch that is under way."""
        self._stopped.set()

    @property
    def is_stopped(self) -> bool:
        """Whether it was told to end."""
        return self._stopped.is_set()

    def run(self) -> bool:
        """Post everything; tells whether it was all, which it is not after ``stop``."""
        asked = self._asked
        if asked.start is not None:
            self._post_history(asked.start, asked.end, self._plays_of_history())
        else:
            if asked.history_hours > 0:
                now = time.time()
                past = now - asked.history_hours * SECONDS_AN_HOUR
                self._post_history(past, now, asked.history_plays)
            self._post_now()
        return not self.is_stopped

    def _plays_of_history(self) -> int:
        asked = self._asked
        by_rate = round(asked.rate * (asked.end - asked.start))
        return by_rate if asked.plays is None else int(asked.plays)

    def _post_history(self, start: float, end: float, count: int) -> None:
        instants = arrive_within(count, start, end, self._random)
        self._post(at_once(self._postings(instants)), count)

    def _post_now(self) -> None:
        asked, start = self._asked, time.time()
        instants = arrive(asked.rate, start, self._random)
        if asked.duration is not None:
            instants = takewhile(lambda instant: instant < start + asked.duration, instants)
        postings = self._postings(islice(instants, asked.plays))
        self._post(as_due(postings, time.time, self._stopped.wait), asked.plays)

    def _postings(self, instants: Iterator[float]) -> Iterator[Posting]:
        return self._mixer.mix(self._audience.play(instants))

    def _post(self, batches: Iterator[list[Posting]], total: int | None) -> None:
        going_on = takewhile(lambda _: not self.is_stopped, batches)
        with tqdm(total=total, unit=" plays", mininterval=1) as progress:
            for size in post_all(going_on, self._poster, self._ledger):
                progress.set_postfix(self._ledger.verdicts, refresh=False)
                progress.update(size)
