"""Independent implementation of song_id for audits and tests; ``docs/chart-rules.md`` states the rule."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Unicode's Default_Ignorable_Code_Point."""
LOOK_ALIKES: Final = {
    "'": re.compile("[\u2019\u2018`\u00b4\u1ffd\u2032]"),
    '"': re.compile("[\u201c\u201d\u201e\u00ab\u00bb]"),
    "-": re.compile("[\u2010-\u2015\u2212]"),
}
WHITE_SPACE: Final = re.compile(r"\s+")


def identify_song(title: str, artist: str) -> str:
    """Return ``s2_`` and 16 hex digits of SHA-256 over normalised artist and title."""
    text = "\x1f".join((spell(artist), spell(title)))
    return "s2_" + hashlib.sha256(text.encode()).hexdigest()[:16]


def spell(name: str) -> str:
    """Return the normal form of a name."""
    composed = unicodedata.normalize("NFKC", _without_typography(name)).casefold()
    plain = _without_typography(unicodedata.normalize("NFKC", composed))
    return WHITE_SPACE.sub(" ", plain).strip()


def _without_typography(text: str) -> str:
    text = UNSEEN.sub("", text)
    for plain, marks in LOOK_ALIKES.items():
        text = marks.sub(plain, text)
    return text
