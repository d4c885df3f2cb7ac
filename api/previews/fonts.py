"""Fonts for pictures: those of the system that know a text's letters, else the one that Pillow brings along."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

FOLDERS: Final = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
# In this order of preference; each knows other writings.
NAMES: Final = (
    "NotoSans-{weight}",
    "DejaVuSans-{weight}",
    "DejaVuSans",
    "NotoSansCJK-{weight}",
    "DroidSansFallbackFull",
)
MORE: Final = "NotoSans*-{weight}"
"""One file for each writing of the world, where the system has them."""
_ABSENT: Final = "\U0010fffd"
"""A letter that no font has: how a font draws what it lacks."""
_PROBE: Final = 16
"""The size in which fonts are asked for letters."""


def font_for(text: str, size: int, bold: bool = False) -> Font:
    """The first font that has every letter of ``text``; else the first one."""
    files = _files(bold)
    if not files:
        return ImageFont.load_default(size)
    return _load(_file_for(frozenset(text), bold), size)


@lru_cache
def _files(bold: bool) -> tuple[Path, ...]:
    weight = "Bold" if bold else "Regular"
    patterns = [name.format(weight=weight) for name in (*NAMES, MORE)]
    found = [file for pattern in patterns for folder in FOLDERS for file in sorted(folder.rglob(f"{pattern}.tt[cf]"))]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=2_000)
def _file_for(letters: frozenset[str], bold: bool) -> Path:
    files = _files(bold)
    return next((file for file in files if all(_has(file, letter) for letter in letters)), files[0])


@lru_cache(maxsize=20_000)
def _has(file: Path, letter: str) -> bool:
    return letter.isspace() or bytes(_load(file, _PROBE).getmask(letter)) != _absent(file)


@lru_cache
def _absent(file: Path) -> bytes:
    return bytes(_load(file, _PROBE).getmask(_ABSENT))


@lru_cache(maxsize=400)
def _load(file: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(file), size)
