"""Plays that every stage must accept or refuse alike, one to a file.

``submitted/`` holds bodies of ``POST /play``, ``recorded/`` values of Kafka. ``*.pass.json`` is a
play; ``*.fail.json`` is ``{"play": ..., "refused": {"field": "code"}}`` with the one fault it has.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Example:
    """One example; ``refused`` maps field to code and is empty when the play is a good one."""

    name: str
    play: object
    refused: dict[str, str]

    def to_json(self) -> bytes:
        """The play as a client or a producer would write it."""
        return json.dumps(self.play).encode()


def read_examples(kind: Literal["submitted", "recorded"]) -> list[Example]:
    """Every example of a kind, by name."""
    return [_read(path) for path in sorted((FOLDER / kind).glob("*.json"))]


def _read(path: Path) -> Example:
    content = json.loads(path.read_text())
    if path.name.endswith(".fail.json"):
        return Example(path.name, content["play"], content["refused"])
    return Example(path.name, content, {})
