"""Runs the importer on files that a test writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from clients.importers.__main__ import main
from ingest.play import SubmittedPlay

AT_TEN = "2024-03-01T10:00:00+00:00"
SECOND = 1_709_287_200
"""The same instant in seconds since 1970."""


def import_file(file: Path, *arguments: str, region: str | None = "GB") -> list[dict[str, Any]]:
    """Return the plays of an import that succeeds, each one that ingest takes."""
    out = file.parent / "out" / "plays.jsonl"
    where = ["--region", region] if region else []
    assert main([str(file), *arguments, *where, "--out", str(out)]) == 0
    plays = [json.loads(line) for line in out.read_text().splitlines()]
    for play in plays:
        SubmittedPlay.model_validate(play)
    return plays


def import_text(folder: Path, name: str, text: str | bytes, *arguments: str) -> list[dict[str, Any]]:
    """Return the plays of a file with this name and content."""
    return import_file(write(folder, name, text), *arguments)


def write(folder: Path, name: str, text: str | bytes) -> Path:
    """Write a file into a folder of its own."""
    file = folder / "in" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file
