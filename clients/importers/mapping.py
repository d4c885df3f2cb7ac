"""What every importer shares: whose plays they are, and why a row became none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from ingest.play import SubmittedPlay

Play = dict[str, Any]


class NoPlayError(ValueError):
    """The row stands for no play; the text says why, in words that many rows can share."""


@dataclass(frozen=True)
class Owner:
    """Whose history it is, and where plays took place of which the export does not say."""

    listener: str
    region: str | None


@dataclass
class Summary:
    """How an import went: plays, and rows that became none by reason."""

    plays: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)


Mapper = Callable[[Any, Owner], Play]


def map_rows(rows: Iterable[object], mapper: Mapper, owner: Owner, summary: Summary) -> Iterator[Play]:
    """The rows' plays as ingest takes them; ``summary`` counts them and all other rows."""
    for row in rows:
        try:
            play = {name: value for name, value in mapper(row, owner).items() if value not in (None, "")}
            SubmittedPlay.model_validate(play)
        except NoPlayError as error:
            summary.passed_over[str(error)] += 1
        except ValidationError as error:
            summary.passed_over[_describe(error)] += 1
        else:
            summary.plays += 1
            yield play


def _describe(error: ValidationError) -> str:
    fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(map(str, fault["loc"])) or "played_at"
    return f"{place}: {fault['msg']}"
