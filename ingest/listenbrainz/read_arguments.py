"""The arguments of ListenBrainz's reads: which page of listens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from starlette.datastructures import QueryParams

from ingest.web.problems import ProblemCode, ProblemError

DEFAULT_COUNT: Final = 25
LARGEST_COUNT: Final = 1_000
LAST_SECOND: Final = 253_402_300_799


@dataclass(frozen=True)
class Page:
    """Listens of ``[start, end)``; ``oldest_first`` says which end of it the page is from."""

    start: datetime
    end: datetime
    count: int
    oldest_first: bool


def read_page(query: QueryParams) -> Page:
    """Return the page that a query names; raises a ``400``.

    As in ListenBrainz, both times are exclusive, and with ``min_ts`` alone the page follows that time.
    """
    after, before = _read(query, "min_ts"), _read(query, "max_ts")
    if after is not None and before is not None and after > before:
        raise _refuse("max_ts should be greater than min_ts.")
    count = _read(query, "count")
    if count is not None and count < 0:
        raise _refuse("The number of listens should be positive.")
    return Page(
        start=_instant(0 if after is None else after + 1),
        end=_instant(LAST_SECOND if before is None else before),
        count=DEFAULT_COUNT if count is None else min(count, LARGEST_COUNT),
        oldest_first=after is not None and before is None,
    )


def _read(query: QueryParams, name: str) -> int | None:
    text = query.get(name)
    if not text:
        return None
    try:
        return int(text)
    except ValueError as error:
        raise _refuse(f"Invalid {name} argument: {text[:64]}") from error


def _instant(second: int) -> datetime:
    return datetime.fromtimestamp(min(max(second, 0), LAST_SECOND), UTC)


def _refuse(detail: str) -> ProblemError:
    return ProblemError(HTTPStatus.BAD_REQUEST, ProblemCode.BAD_REQUEST, detail)
