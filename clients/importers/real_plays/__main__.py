"""``python -m clients.importers.real_plays``: make files of plays from real data, for checking.

Two tables are understood, both in one folder (an argument, or ``REAL_PLAYS``): real Last.fm plays
and published Spotify charts. ``make replay FILE=…`` posts what comes out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

from clients.importers.real_plays.lastfm_table import read_lastfm_plays
from clients.importers.real_plays.spotify_charts import DEFAULT_SCALE, read_spotify_plays
from clients.play_lines import write_lines


class ImporterSettings(BaseSettings):
    """The importers' settings; ``real_plays`` is the folder with the tables."""

    model_config = SettingsConfigDict(env_ignore_empty=True)

    real_plays: Path | None = None


def main(arguments: Sequence[str]) -> int:
    """Write the plays; 0 when done, 1 with a sentence when the tables cannot be read."""
    asked = _read(arguments)
    try:
        plays = (
            read_lastfm_plays(asked.folder) if asked.kind == "lastfm" else read_spotify_plays(asked.folder, asked.scale)
        )
        print(f"{write_lines(plays, asked.out)} plays in {asked.out}")
    except (OSError, ValueError, LookupError) as error:
        print(f"no plays could be made: {error}", file=sys.stderr)
        return 1
    return 0


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m clients.importers.real_plays")
    parser.add_argument("kind", choices=("lastfm", "spotify"))
    parser.add_argument("folder", type=Path, nargs="?", default=ImporterSettings().real_plays, help="or REAL_PLAYS")
    parser.add_argument("out", type=Path, help="JSON lines; gzipped when the name ends in .gz")
    parser.add_argument(
        "--scale",
        type=int,
        default=DEFAULT_SCALE,
        help="spotify: plays of a region on an average day",
    )
    asked = parser.parse_args(arguments)
    if asked.folder is None:
        parser.error("a folder is needed: an argument, or REAL_PLAYS in the environment")
    return asked


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
