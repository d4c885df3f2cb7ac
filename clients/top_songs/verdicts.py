"""What ingest makes of plays, as its responses say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final, Literal

import httpx

TOO_MANY_REQUESTS: Final = int(HTTPStatus.TOO_MANY_REQUESTS)
FIRST_SERVER_ERROR: Final = int(HTTPStatus.INTERNAL_SERVER_ERROR)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ingest made of one play; ``index`` is its place among the submitted ones."""

    index: int
    status: Literal["accepted", "rejected"]
    play_id: str | None
    code: str | None
    message: str | None


class RefusedByIngestError(Exception):
    """Ingest refuses to deal with this client at all, for instance for its key."""


class UnconfirmedError(Exception):
    """Ingest could not say yet; ``retry_after`` is the wait in seconds that it asked for."""

    def __init__(self, reason: str, retry_after: float | None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


def read_object(answer: httpx.Response) -> dict[str, Any]:
    """Return the JSON object in a response, an empty one for anything else, such as a proxy's page."""
    try:
        content = answer.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def read_items(answer: httpx.Response, indexes: list[int], verdicts: dict[int, Verdict]) -> None:
    """Add the verdicts of a batch to ``verdicts``; raises ``UnconfirmedError`` when some are missing."""
    for item in answer.json()["items"]:
        if item["status"] != "unconfirmed":
            index = indexes[item["index"]]
            verdicts[index] = Verdict(**{**item, "index": index})
    if any(index not in verdicts for index in indexes):
        raise UnconfirmedError("plays are unconfirmed", read_wait(answer))


def read_problem(index: int, answer: httpx.Response) -> Verdict:
    """Return the verdict on a play whose request was refused as a whole."""
    problem = read_object(answer)
    code = problem.get("code", f"http_{answer.status_code}")
    return Verdict(index, "rejected", None, code, problem.get("detail"))


def raise_for_later(answer: httpx.Response) -> None:
    """Raise ``UnconfirmedError`` for a response after which the same request may succeed."""
    if answer.status_code >= FIRST_SERVER_ERROR or answer.status_code == TOO_MANY_REQUESTS:
        raise UnconfirmedError(f"HTTP {answer.status_code}", read_wait(answer))


def read_wait(answer: httpx.Response) -> float | None:
    """Return the seconds that ``Retry-After`` asks for, as a number or as a date; None without one."""
    asked = answer.headers.get("retry-after", "").strip()
    if asked.isdigit():
        return float(asked)
    try:
        until = parsedate_to_datetime(asked)
    except ValueError:
        return None
    return max((until - datetime.now(UTC)).total_seconds(), 0) if until.tzinfo else None
