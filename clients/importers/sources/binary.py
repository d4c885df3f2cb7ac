"""Recognises files that are no text, to say what to do with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

STARTS: Final[Mapping[str, str]] = {
    "‰PNG": "it is a picture",
    "ÿØÿ": "it is a picture",
    "%PDF": "it is a PDF; import the JSON or CSV files that came with it",
    "7z¼¯": "it is a 7z archive; unpack it, and import the folder",
    "Rar!": "it is a RAR archive; unpack it, and import the folder",
    "SQLite format 3": "it is a SQLite database; export it as JSON or CSV first",
    "ÐÏ\x11à": "it is a spreadsheet; save its sheet as CSV, and import that",
}
"""What such files begin with, read as Windows-1252."""
TAR_MARK: Final = "ustar"
TAR_MARK_AT: Final = 257
LOOKED_AT: Final = 4_096
CONTROL: Final = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\v\x00\x1a\x1b")
MANY: Final = 0.02


def find_binary(start: str) -> str | None:
    """Return why a file that begins with ``start`` cannot be read, or None for a text."""
    if start.startswith(TAR_MARK, TAR_MARK_AT):
        return "it is a tar archive; unpack it, and import the folder"
    for beginning, reason in STARTS.items():
        if start.startswith(beginning):
            return reason
    some = start[:LOOKED_AT]
    strange = sum(character in CONTROL or character == "\ufffd" for character in some)
    return "it is no text file" if strange > MANY * len(some) else None
