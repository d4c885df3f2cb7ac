"""Normalisation of titles, artists and releases, and the characters that they must not contain.

The Unicode version is that of the Python runtime.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

CONTROL_CHARACTERS: Final = r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
"""Category Cc, and bidirectional embeddings, overrides and isolates. The pattern is valid in Python and in Java."""

_IGNORABLE: Final = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
"""Unicode's Default_Ignorable_Code_Point, first and last of each range; fonts render them as nothing."""
_APOSTROPHES: Final = "’‘`´′\u1ffd"
"""U+1FFD is canonically equivalent to U+00B4."""
_QUOTATION_MARKS: Final = "“”„«»"

_FOLDED: Final[dict[int, str | None]] = (
    {code: None for first, last in _IGNORABLE for code in range(first, last + 1)}
    | dict.fromkeys(map(ord, _APOSTROPHES), "'")
    | dict.fromkeys(map(ord, _QUOTATION_MARKS), '"')
    | dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-")
)
_CONTROL: Final = re.compile(CONTROL_CHARACTERS)
_NOTHING: Final = re.compile(rf"[\s{''.join(f'{chr(first)}-{chr(last)}' for first, last in _IGNORABLE)}]*")


def normalise(text: str) -> str:
    """Return the normal form of a name: equal for spellings that differ in case, width, white space or typography.

    Idempotent. Folding runs before NFKC, which decomposes ``´`` into a space and an accent, and again after it,
    because NFKC produces characters that are folded. Casefolding can break NFKC, so NFKC runs twice.
    """
    if not text.isascii():
        composed = unicodedata.normalize("NFKC", text.translate(_FOLDED)).casefold()
        text = unicodedata.normalize("NFKC", composed)
    return " ".join(text.casefold().translate(_FOLDED).split())


def is_blank(text: str) -> bool:
    """Return whether the normal form of a text is empty."""
    return _NOTHING.fullmatch(text) is not None


def holds_control(text: str) -> bool:
    """Return whether a text contains one of :data:`CONTROL_CHARACTERS`."""
    return not text.isprintable() and _CONTROL.search(text) is not None
