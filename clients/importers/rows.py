"""What every format shares: a row, where it stands, whose plays it makes, and why it makes none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, NamedTuple

Play = dict[str, Any]


class SkippedRowError(ValueError):
    """The row makes no play; the text is the reason, the same for every row of its kind."""


class BrokenFileError(ValueError):
    """A file cannot be read, or not to its end; the text is the reason."""


class Row(NamedTuple):
    """One row of a file: ``value`` is what it holds, or the reason why it cannot be read."""

    number: int
    value: Any
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """What the person who imports said; ``region`` and ``zone`` are for rows that do not say theirs."""

    listener: str
    region: str | None = None
    zone: tzinfo | None = None
    day_first: bool | None = None
    private: bool = False


Describe = Callable[[Any, Import], Play]


@dataclass(frozen=True)
class Format:
    """One shape of rows: how to recognise a row and what play it describes.

    ``describe`` raises :class:`SkippedRowError` for a row without a play. ``doubles`` are found
    and taken once only where the service itself is known to write a stream twice.
    """

    name: str
    family: str
    matches: Callable[[dict[str, Any]], bool]
    describe: Describe
    says_region: bool = False
    doubles: bool = False
    prepare: Callable[[Iterator[Row]], Iterator[Row]] | None = None
