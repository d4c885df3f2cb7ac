"""The importer's command line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from clients.importers.formats import FAMILIES
from clients.importers.regions import find_region
from clients.importers.rows import Import

DAY_FIRST = {"day-first": True, "month-first": False}


@dataclass(frozen=True)
class Arguments:
    """What to import and what to do with it."""

    file: Path
    family: str | None
    wanted: Import
    out: Path
    dry_run: bool
    post: bool


def read_arguments(arguments: Sequence[str], data_dir: Path) -> Arguments:
    """Return the arguments; files of plays go into ``data_dir`` unless they name another place."""
    asked = _build_parser().parse_args(arguments)
    name = f"{asked.file.absolute().name.split('.')[0] or 'export'}.plays.jsonl.gz"
    return Arguments(
        file=asked.file,
        family=asked.format,
        wanted=Import(asked.listener, asked.region, asked.zone, DAY_FIRST.get(asked.dates), asked.private),
        out=asked.out or data_dir / "imports" / name,
        dry_run=asked.dry_run,
        post=asked.post,
    )


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m clients.importers", description="Make a file of plays from an export of another service."
    )
    parser.add_argument("file", type=Path, help="the export: a file, a folder or a zip")
    parser.add_argument("--format", choices=FAMILIES, help="read this format only; recognised when not given")
    parser.add_argument("--listener", default="local", help="whose plays they are (%(default)s)")
    parser.add_argument("--region", type=_read_region, help="ISO code of where plays took place, where a row has none")
    parser.add_argument("--zone", type=_read_zone, help="zone of times without one, such as Europe/Paris or +02:00")
    parser.add_argument("--dates", choices=sorted(DAY_FIRST), help="how to read dates such as 12/10/2017")
    parser.add_argument("--private", action="store_true", help="include Spotify's private sessions")
    parser.add_argument("--dry-run", action="store_true", help="say what would be imported; write nothing")
    parser.add_argument("--post", action="store_true", help="post the plays to ingest as well")
    parser.add_argument("--out", type=Path, help="JSON lines, gzipped for .gz; DATA_DIR/imports/… when not given")
    return parser


def _read_region(text: str) -> str:
    region = find_region(text)
    if region is None:
        raise argparse.ArgumentTypeError(f"{text} is no ISO 3166-1 alpha-2 code, such as GB")
    return region


def _read_zone(text: str) -> tzinfo:
    if re.fullmatch(r"[+-]\d{2}:\d{2}", text):
        offset = datetime.strptime(text, "%z").tzinfo
        assert offset is not None
        return offset
    try:
        return ZoneInfo(text)
    except (OSError, ValueError, KeyError) as error:
        raise argparse.ArgumentTypeError(f"{text} is no time zone, such as Europe/Paris or +02:00") from error
