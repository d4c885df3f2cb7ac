"""``python -m clients.importers FORMAT FILE``: make a file of plays from another service's export.

``make replay FILE=…`` posts what comes out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clients.importers.lastfm_csv import map_scrobble, read_scrobbles
from clients.importers.listenbrainz_export import map_listen, read_listens
from clients.importers.mapping import Mapper, Owner, Summary, map_rows
from clients.importers.real_plays import write_plays
from clients.importers.spotify_history import map_stream, read_streams

DEFAULT_LISTENER: Final = "local"


@dataclass(frozen=True)
class Format:
    """How an export is read and what a row of it says."""

    read: Callable[[Path], Iterator[object]]
    mapper: Mapper
    tells_region: bool


FORMATS: Final = {
    "spotify": Format(read_streams, map_stream, tells_region=True),
    "listenbrainz": Format(read_listens, map_listen, tells_region=False),
    "lastfm": Format(read_scrobbles, map_scrobble, tells_region=False),
}


def main(arguments: Sequence[str]) -> int:
    """Write the plays and tell what became of every row; 1 with a sentence for no export at all."""
    asked = _read(arguments)
    chosen, owner, summary = FORMATS[asked.format], Owner(asked.listener, asked.region), Summary()
    try:
        write_plays(map_rows(chosen.read(asked.file), chosen.mapper, owner, summary), asked.out)
    except (OSError, ValueError, EOFError) as error:
        print(f"no plays could be made: {error}", file=sys.stderr)
        return 1
    _report(summary, asked.out)
    return 0


def _report(summary: Summary, out: Path) -> None:
    print(f"{summary.plays} plays in {out}; post them with: make replay FILE={out}")
    for reason, count in summary.passed_over.most_common():
        print(f"{count} rows passed over: {reason}")


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m clients.importers", description=__doc__)
    parser.add_argument("format", choices=sorted(FORMATS))
    parser.add_argument("file", type=Path, help="the export: a file, a folder or a zip")
    parser.add_argument("--listener", default=DEFAULT_LISTENER, help="whose plays they are")
    parser.add_argument("--region", help="where plays took place of which the export does not say")
    parser.add_argument("--out", type=Path, help="JSON lines; FORMAT.plays.jsonl.gz when not given")
    asked = parser.parse_args(arguments)
    if asked.region is None and not FORMATS[asked.format].tells_region:
        parser.error(f"{asked.format} does not know where you were: --region is needed")
    asked.out = asked.out or Path(f"{asked.format}.plays.jsonl.gz")
    return asked


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
