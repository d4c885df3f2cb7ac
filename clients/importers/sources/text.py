"""Decodes a file: UTF-8, UTF-16 or UTF-32 by its byte order mark, UTF-8 without one, else Windows-1252."""

from __future__ import annotations

import codecs
import io
from typing import IO, Final

from clients.importers.sources.files import SourceFile

CHUNK: Final = 1 << 16
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""UTF-32's mark begins with UTF-16's, so it comes first."""


def open_text(file: SourceFile, encoding: str) -> IO[str]:
    """Return the file's text. Bytes that are wrong in the encoding become U+FFFD."""
    return io.TextIOWrapper(file.open(), encoding=encoding, errors="replace", newline="")


def find_encoding(file: SourceFile) -> str:
    """Return the name of the encoding that the file is in, as far as its bytes tell."""
    with file.open() as stream:
        start = stream.read(CHUNK)
        for mark, encoding in MARKS:
            if start.startswith(mark):
                return encoding
        if start[1:2] == b"\x00":
            return "utf-16-le"
        if start[:1] == b"\x00":
            return "utf-16-be"
        return _tell_utf_8(start, stream)


def _tell_utf_8(start: bytes, stream: IO[bytes]) -> str:
    # A file with other characters in correct UTF-8 has a spoilt byte, and is not Windows-1252.
    decoder, chunk, has_others = codecs.getincrementaldecoder("utf-8")(), start, False
    while chunk:
        try:
            has_others |= not decoder.decode(chunk).isascii()
        except UnicodeDecodeError as error:
            valid = chunk[: error.start] if error.object is chunk else b""
            return "utf-8" if has_others or not valid.isascii() else "cp1252"
        chunk = stream.read(CHUNK)
    return "utf-8"
