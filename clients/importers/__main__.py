"""``python -m clients.importers FILE``: make a file of plays from an export, and post it when asked to."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from clients import post_plays
from clients.importers.arguments import Arguments, read_arguments
from clients.importers.convert import NothingToImportError, convert
from clients.importers.sources.files import UNREADABLE
from clients.importers.summary import Summary
from clients.play_lines import write_lines
from clients.settings import Settings


def main(arguments: Sequence[str]) -> int:
    """Write the plays and say what became of every row; 1 when there is none, or when posting failed."""
    asked = read_arguments(arguments, Settings().data_dir)
    summary = Summary()
    try:
        _convert(asked, summary)
    except (NothingToImportError, *UNREADABLE) as error:
        print(f"no plays could be made: {error}", file=sys.stderr)
        return 1
    for line in summary.describe(with_examples=asked.dry_run):
        print(line)
    if not summary.plays:
        print(f"no plays could be made: every row of {asked.file} was skipped", file=sys.stderr)
        return 1
    return _conclude(asked, summary)


def _convert(asked: Arguments, summary: Summary) -> None:
    plays = convert(asked.file, asked.family, asked.wanted, summary)
    if asked.dry_run:
        for _ in plays:
            pass
        return
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    write_lines(plays, asked.out)


def _conclude(asked: Arguments, summary: Summary) -> int:
    if asked.dry_run:
        print(f"{summary.plays} plays would be made; nothing was written")
        return 0
    if not asked.post:
        print(f"{summary.plays} plays in {asked.out}; post them with: make replay FILE={asked.out}")
        return 0
    print(f"{summary.plays} plays in {asked.out}")
    return post_plays.main([str(asked.out), "--refused", f"{asked.out}.refused.jsonl"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
