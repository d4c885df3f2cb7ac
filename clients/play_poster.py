"""Posts plays until ingest has judged every one, through restarts and outages."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, Literal, TypeVar

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_delay
from tenacity.nap import sleep_using_event
from tenacity.stop import stop_when_event_set
from tenacity.wait import wait_random_exponential

MAXIMUM_BATCH: Final = 1_000
TIMEOUT: Final = httpx.Timeout(30, connect=5)
LONGEST_PAUSE_SECONDS: Final = 5.0
TOO_MANY_REQUESTS: Final = int(HTTPStatus.TOO_MANY_REQUESTS)
FIRST_SERVER_ERROR: Final = int(HTTPStatus.INTERNAL_SERVER_ERROR)
# What ingest says of a body as a whole when one play in it spoils the rest.
SPOILT: Final = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ingest made of one play; ``index`` is its place among the posted ones."""

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


class PlayPoster:
    """Posts to one ingest; may be used by several threads at once.

    Whatever is unconfirmed, turned away for the moment or lost on the way is sent again for up to
    ``patience_seconds``. That is safe: a play keeps its identity, so a copy is never counted.
    """

    def __init__(self, url: str, key: str, *, patience_seconds: float = 600) -> None:
        headers = {"Authorization": f"Token {key}", "Content-Type": "application/json"}
        self._client = httpx.Client(base_url=url, headers=headers, timeout=TIMEOUT)
        self._patience_seconds = patience_seconds
        self._stopped = threading.Event()
        self._counting = threading.Lock()
        self.retried = 0
        """How many requests were sent again."""

    def post(self, plays: Sequence[object]) -> list[Verdict]:
        """Post any number of plays and return the verdict on each, in order.

        Raises ``UnconfirmedError`` or ``httpx.TransportError`` when patience ends and
        ``RefusedByIngestError`` when ingest lets nobody in with this key.
        """
        verdicts: list[Verdict] = []
        for start in range(0, len(plays), MAXIMUM_BATCH):
            batch = dict(enumerate(plays[start : start + MAXIMUM_BATCH], start))
            verdicts += self._post_batch(batch)
        return verdicts

    def post_raw(self, body: bytes) -> httpx.Response:
        """Post any bytes to ``/play`` and return ingest's answer, which is no ``5xx``."""

        def attempt() -> httpx.Response:
            answer = self._client.post("/play", content=body)
            _raise_for_later(answer)
            return answer

        return self._persist(attempt)

    def stop(self) -> None:
        """Give up waiting, in every thread."""
        self._stopped.set()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _post_batch(self, batch: dict[int, object]) -> list[Verdict]:
        verdicts: dict[int, Verdict] = {}

        def attempt() -> None:
            waiting = {index: play for index, play in batch.items() if index not in verdicts}
            self._send(waiting, verdicts)

        self._persist(attempt)
        return [verdicts[index] for index in batch]

    def _send(self, plays: dict[int, object], verdicts: dict[int, Verdict]) -> None:
        answer = self._client.post("/plays", content=_write(plays.values()))
        if "items" in _read_object(answer):
            _read_items(answer, list(plays), verdicts)
        elif answer.status_code not in SPOILT:
            _raise_for_later(answer)
            raise RefusedByIngestError(_read_object(answer).get("detail", str(answer)))
        elif len(plays) == 1:
            (index,) = plays
            verdicts[index] = _verdict_of_problem(index, answer)
        else:
            for half in _halve(plays):
                self._send(half, verdicts)

    def _persist(self, attempt: Callable[[], Answer]) -> Answer:
        retrying = Retrying(
            retry=retry_if_exception_type((httpx.TransportError, UnconfirmedError)),
            wait=_wait_as_asked,
            stop=stop_after_delay(self._patience_seconds) | stop_when_event_set(self._stopped),
            sleep=sleep_using_event(self._stopped),
            before_sleep=self._count_retry,
            reraise=True,
        )
        return retrying(attempt)

    def _count_retry(self, state: RetryCallState) -> None:
        with self._counting:
            self.retried += 1


_wait_without_advice = wait_random_exponential(multiplier=0.2, max=LONGEST_PAUSE_SECONDS)


def _wait_as_asked(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, UnconfirmedError) and error.retry_after is not None:
        return error.retry_after
    return _wait_without_advice(state)


def _read_object(answer: httpx.Response) -> dict[str, Any]:
    """The JSON object in an answer, an empty one for anything else, such as a proxy's page."""
    is_json = "json" in answer.headers.get("content-type", "")
    content = answer.json() if is_json else None
    return content if isinstance(content, dict) else {}


def _read_items(answer: httpx.Response, indexes: list[int], verdicts: dict[int, Verdict]) -> None:
    for item in answer.json()["items"]:
        if item["status"] != "unconfirmed":
            index = indexes[item["index"]]
            verdicts[index] = Verdict(**{**item, "index": index})
    if any(index not in verdicts for index in indexes):
        raise UnconfirmedError("plays are unconfirmed", _wait_asked_by(answer))


def _raise_for_later(answer: httpx.Response) -> None:
    if answer.status_code >= FIRST_SERVER_ERROR or answer.status_code == TOO_MANY_REQUESTS:
        raise UnconfirmedError(f"HTTP {answer.status_code}", _wait_asked_by(answer))


def _wait_asked_by(answer: httpx.Response) -> float | None:
    asked = answer.headers.get("retry-after", "")
    return float(asked) if asked.isdigit() else None


def _write(plays: Any) -> bytes:
    return f'{{"plays":[{",".join(json.dumps(play) for play in plays)}]}}'.encode()


def _halve(plays: dict[int, object]) -> tuple[dict[int, object], dict[int, object]]:
    items = list(plays.items())
    middle = len(items) // 2
    return dict(items[:middle]), dict(items[middle:])


def _verdict_of_problem(index: int, answer: httpx.Response) -> Verdict:
    problem = _read_object(answer)
    code = problem.get("code", f"http_{answer.status_code}")
    return Verdict(index, "rejected", None, code, problem.get("detail"))
