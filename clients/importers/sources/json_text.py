"""Walks through JSON text with a window of it in memory, however large the file is."""

from __future__ import annotations

import json
from typing import IO, Any, Final

from clients.importers.rows import BrokenFileError

CHUNK: Final = 1 << 16
LONGEST_VALUE: Final = 1 << 20
"""Characters of one row; a value that is longer is taken for broken."""
_SPACE: Final = " \t\r\n\ufeff"


class JsonText:
    """A position in JSON text. Raises ``BrokenFileError`` where the text is not JSON or ends too early."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self._buffer = ""
        self._at = 0
        self._line = 1
        self._ended = False
        self._decoder = json.JSONDecoder()

    def peek(self) -> str:
        """Return the next character that is not white space; empty at the end."""
        while True:
            while self._at < len(self._buffer):
                if self._buffer[self._at] not in _SPACE:
                    return self._buffer[self._at]
                self._at += 1
            if not self._read():
                return ""

    def skip(self, character: str) -> bool:
        """Step over ``character`` when it is next; returns whether it was."""
        if self.peek() != character:
            return False
        self._at += 1
        return True

    def expect(self, character: str) -> None:
        """Step over ``character``, which must be next."""
        if not self.skip(character):
            raise self._broken()

    def read_value(self) -> Any:
        """Return the next value, whole."""
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except RecursionError as error:
                raise self._broken() from error
            except json.JSONDecodeError as error:
                if len(self._buffer) - self._at > LONGEST_VALUE or not self._read():
                    raise self._broken() from error
                continue
            # A number at the end of the window may go on behind it.
            if end < len(self._buffer) or not self._read():
                self._at = end
                return value

    def _read(self) -> bool:
        if self._ended:
            return False
        chunk = self._text.read(CHUNK)
        self._ended = not chunk
        self._line += self._buffer.count("\n", 0, self._at)
        self._buffer, self._at = self._buffer[self._at :] + chunk, 0
        return not self._ended

    def _broken(self) -> BrokenFileError:
        line = self._line + self._buffer.count("\n", 0, self._at)
        what = "ends in the middle of a value" if self._ended else "is no JSON"
        return BrokenFileError(f"the file {what} after line {line}")
