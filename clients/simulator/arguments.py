"""The simulator's command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from clients.settings import Settings
from clients.simulator.trouble import HONEST, Shares

TROUBLES = {
    "duplicates": "plays posted again, some of them changed",
    "late": "plays of two hours to three days ago",
    "short": "plays of less than 30 seconds",
    "cap-breakers": "one listener playing one song 12 times in an hour",
    "respellings": "titles and artists in other case, width or spacing",
    "malformed": "bodies that ingest must refuse",
}


def read_arguments(arguments: Sequence[str], settings: Settings) -> argparse.Namespace:
    """What was asked for; ends the process with a sentence when it makes no sense."""
    parser = _build_parser(settings)
    asked = parser.parse_args(arguments)
    if asked.key is None and settings.ingest_key is not None:
        asked.key = settings.ingest_key.get_secret_value()
    for problem in _problems_of(asked):
        parser.error(problem)
    try:
        names = (name.replace("-", "_") for name in TROUBLES)
        shares = Shares(**{name: getattr(asked, name) for name in names})
    except ValueError as error:
        parser.error(str(error))
    if asked.honest and shares != Shares():
        parser.error("--honest has shares of its own")
    asked.shares = HONEST if asked.honest else shares
    return asked


def _build_parser(settings: Settings) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m clients.simulator", description="Post the plays of a simulated world."
    )
    parser.add_argument("--rate", type=float, default=settings.simulator_rate, help="plays a second")
    parser.add_argument("--seed", type=int, default=settings.simulator_seed)
    parser.add_argument("--listeners", type=int, default=2_000, metavar="N")
    parser.add_argument("--catalogue", type=Path, metavar="FILE", help="songs, personas, moods")
    parser.add_argument("--url", default=settings.ingest_url, help="where ingest is")
    parser.add_argument("--key", help="a write key; INGEST_KEY when not given")
    parser.add_argument("--patience", type=float, default=600, help="seconds to go on trying")
    parser.add_argument("--ledger", type=Path, metavar="FILE", help="write every answer here")
    _add_times(parser)
    parser.add_argument("--honest", action="store_true", help="ordinary traffic: a little of all that follows")
    for name, meaning in TROUBLES.items():
        parser.add_argument(f"--{name}", type=float, default=0.0, metavar="SHARE", help=f"0 to 1: {meaning}")
    return parser


def _add_times(parser: argparse.ArgumentParser) -> None:
    ends = parser.add_mutually_exclusive_group()
    ends.add_argument("--duration", type=float, metavar="SECONDS", help="stop after so long")
    ends.add_argument("--plays", type=int, metavar="N", help="stop after so many")
    parser.add_argument("--start", type=_read_time, metavar="ISO", help="history: from then")
    parser.add_argument("--end", type=_read_time, metavar="ISO", help="history: until then")
    parser.add_argument("--history-hours", type=float, default=0.0, metavar="H", help="post the last H hours first")
    parser.add_argument("--history-plays", type=int, default=6_000, metavar="N", help="plays in those hours")


def _read_time(text: str) -> float:
    """Unix seconds; a time without a zone is UTC."""
    instant = datetime.fromisoformat(text)
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp()


def _problems_of(asked: argparse.Namespace) -> list[str]:
    is_history = asked.start is not None
    checks = {
        "a key is needed: --key, or INGEST_KEY in the environment": asked.key is None,
        "--start and --end go together": is_history != (asked.end is not None),
        "--end must be after --start": is_history and (asked.end or asked.start) <= asked.start,
        "--duration is for plays of now; history ends at --end": is_history and asked.duration is not None,
        "--rate and --listeners must be above 0": min(asked.rate, asked.listeners) <= 0,
    }
    return [problem for problem, applies in checks.items() if applies]
