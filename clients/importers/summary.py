"""How an import went: plays, and what was skipped for which reason, with the first places of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from clients.importers.rows import Play

EXAMPLES: Final = 3


@dataclass
class Skipped:
    """One reason: how many rows, and where the first were."""

    count: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass
class Summary:
    """What became of every file and row."""

    plays: int = 0
    repeats: int = 0
    examples: list[str] = field(default_factory=list)
    skipped: dict[str, Skipped] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def take(self, play: Play, *, is_repeat: bool) -> None:
        """Count a play."""
        self.plays += 1
        self.repeats += is_repeat
        if len(self.examples) < EXAMPLES:
            self.examples.append(f"{play['artist']} – {play['title']}, {play['played_at']}, {play['region']}")

    def skip(self, reason: str, place: str) -> None:
        """Count a row that makes no play."""
        skipped = self.skipped.setdefault(reason, Skipped())
        skipped.count += 1
        if len(skipped.examples) < EXAMPLES:
            skipped.examples.append(place)

    def describe(self, *, with_examples: bool) -> Iterator[str]:
        """Return the lines of a report."""
        yield from self.files
        if with_examples:
            yield from (f"  {example}" for example in self.examples)
        if self.repeats:
            yield f"{self.repeats} of the plays repeat another (same song, same time) and will count once"
        for reason, skipped in sorted(self.skipped.items(), key=lambda one: -one[1].count):
            yield f"{skipped.count} rows skipped: {reason} (first: {', '.join(skipped.examples)})"
        yield from self.unread
