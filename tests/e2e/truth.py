"""Everything that was ever posted to one line, and the charts that it must give."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from clients.play_lines import open_lines
from tests.e2e.count_charts import Expected, expected_charts

NOT_JUDGED: Final = None
"""No verdict: the count judges the play by the rules of the wire itself."""


class Truth:
    """A ledger of all plays, in the order in which they were posted.

    ``secret`` is what ingest hashes listeners with.
    """

    def __init__(self, file: Path, secret: bytes) -> None:
        self._file = file
        self._secret = secret
        file.touch()

    def add_ledger(self, ledger: Path) -> None:
        """Add what the simulator posted, with ingest's verdicts."""
        self._write(ledger.read_text(encoding="utf-8").splitlines())

    def add_plays(self, plays: Iterable[dict[str, Any]]) -> None:
        """Add plays that were posted in this order."""
        self._write(json.dumps({"body": play, "verdict": NOT_JUDGED}) for play in plays)

    def count(self) -> Expected:
        """The charts of all plays so far."""
        return expected_charts(self._file, self._secret, is_ledger=True)

    def _write(self, lines: Iterable[str]) -> None:
        with self._file.open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)


def read_plays(file: Path) -> Iterator[dict[str, Any]]:
    """The plays of a file of JSON lines, gzipped or not."""
    with open_lines(str(file)) as lines:
        for line in lines:
            play = line.parse()
            assert isinstance(play, dict)
            yield play
