"""Print one line for each running task: what it does, and for how many seconds.

A terminal shows the lines in place; anywhere else each line is printed again every ten seconds.
"""

import shutil
import time
from collections.abc import Sequence
from typing import TextIO

EVERY_SECONDS = {True: 0.5, False: 10.0}


class ProgressLines:
    """The lines of the running tasks at the end of a stream."""

    def __init__(self, stream: TextIO, name_width: int) -> None:
        self._stream, self._width = stream, name_width
        self._in_place = stream.isatty()
        self._drawn, self._shown = 0, time.monotonic()

    def show(self, states: Sequence[tuple[str, str, float]]) -> None:
        """Print name, state and seconds of each task, when the last print is long enough ago."""
        if time.monotonic() - self._shown < EVERY_SECONDS[self._in_place]:
            return
        self._shown = time.monotonic()
        self.clear()
        for name, state, seconds in states:
            if state:
                self._print(f"{self._head(name)}{state} ({seconds:.0f} s)")
                self._drawn += self._in_place
        self._stream.flush()

    def done(self, name: str, seconds: float) -> None:
        """Print that a task has ended."""
        self.clear()
        self._print(f"{self._head(name)}done in {seconds:.0f} s")
        self._stream.flush()

    def clear(self) -> None:
        """Remove the lines that are redrawn in place."""
        if self._drawn:
            self._stream.write(f"\x1b[{self._drawn}A\x1b[J")
        self._drawn = 0

    def _head(self, name: str) -> str:
        return f"setup: {name:<{self._width}}  "

    def _print(self, line: str) -> None:
        if self._in_place:
            # A line that wraps could not be removed by moving up one.
            line = line[: shutil.get_terminal_size().columns - 1]
        self._stream.write(line + "\n")
