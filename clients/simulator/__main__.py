"""``python -m clients.simulator``: post the plays of a simulated world."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Final

import httpx

from clients.settings import Settings
from clients.simulator.arguments import read_arguments
from clients.simulator.catalogue import Catalogue
from clients.simulator.choose_catalogue import choose_catalogue
from clients.simulator.ledger import Ledger
from clients.simulator.simulation import Simulation
from clients.top_songs import RefusedByIngestError, TopSongs, UnconfirmedError

INTERRUPTED: Final = 130


def main(arguments: Sequence[str]) -> int:
    """Post the plays; 0 when done, 1 when ingest could not be had, 130 when ended before the end.

    Without an end in the command line, being told to end (Ctrl-C) is the end.
    """
    settings = Settings()
    asked = read_arguments(arguments, settings)
    try:
        catalogue = choose_catalogue(settings, asked.catalogue)
    except (OSError, ValueError) as error:
        print(f"the catalogue cannot be used: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    with _open_ledger(asked) as file:
        return _simulate(asked, catalogue, Ledger(file))


def _simulate(asked: argparse.Namespace, catalogue: Catalogue, ledger: Ledger) -> int:
    poster = TopSongs(asked.url, asked.key, patience_seconds=asked.patience)
    simulation = Simulation(asked, catalogue, poster, ledger)
    try:
        with _ending_when_told(simulation, poster):
            is_whole = simulation.run()
    except (UnconfirmedError, RefusedByIngestError, httpx.TransportError) as error:
        is_whole = False
        if not simulation.is_stopped:
            print(f"gave up: {error}", file=sys.stderr)
            return 1
    finally:
        print(ledger.summarise(), flush=True)
        poster.close()
    endless = asked.plays is None and asked.duration is None and asked.start is None
    return 0 if is_whole or endless else INTERRUPTED


@contextmanager
def _ending_when_told(simulation: Simulation, poster: TopSongs) -> Iterator[None]:
    """On Ctrl-C or ``kill``, let the batch under way finish, but wait for nothing."""

    def end(_number: int, _frame: object) -> None:
        simulation.stop()
        poster.stop()

    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, end) for number in signals]
    try:
        yield
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)


@contextmanager
def _open_ledger(asked: argparse.Namespace) -> Iterator[IO[str] | None]:
    if asked.ledger is None:
        yield None
        return
    asked.ledger.parent.mkdir(parents=True, exist_ok=True)
    with asked.ledger.open("w", encoding="utf-8") as file:
        yield file


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
