"""A real audio file without a sound, with a title and an artist in it."""

from __future__ import annotations

import struct
import wave
from pathlib import Path
from typing import Final

RATE: Final = 8_000
_TAGS: Final = {"title": b"INAM", "artist": b"IART", "album": b"IPRD"}


def write_silent_file(file: Path, seconds: int, **tags: str) -> None:
    """Write a WAV of so many seconds; ``tags`` are title, artist and album."""
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(bytes(2 * RATE * seconds))
    chunks = b"INFO" + b"".join(_write_chunk(_TAGS[name], text.encode() + b"\0") for name, text in tags.items())
    content = file.read_bytes() + _write_chunk(b"LIST", chunks)
    file.write_bytes(content[:4] + struct.pack("<I", len(content) - 8) + content[8:])


def _write_chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
