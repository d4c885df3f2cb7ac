"""What the OpenAPI document says of the routes that read their bodies themselves."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from ingest.listenbrainz.errors import ListenBrainzError
from ingest.listenbrainz.listens import Listen, Sighting
from ingest.listenbrainz.submit import Submitted
from ingest.listenbrainz.token import TokenAnswer
from ingest.play import SubmittedPlay
from ingest.plays.replies import AcceptedPlay, BatchReply
from ingest.web.limits import MAXIMUM_BATCH_PLAYS
from ingest.web.problems import MEDIA_TYPE, ProblemDocument

REFERENCE: Final = "#/components/schemas/{model}"
KEY_SCHEME: Final = "key"
_Batch = Field(min_length=1, max_length=MAXIMUM_BATCH_PLAYS)


class SubmittedBatch(BaseModel):
    """A batch as a client posts it."""

    model_config = ConfigDict(extra="forbid")

    plays: Annotated[list[SubmittedPlay], _Batch]


class SubmittedListens(BaseModel):
    """One listen, what is playing now, or up to 1,000 listens of the past."""

    model_config = ConfigDict(extra="forbid")

    listen_type: Literal["single", "import", "playing_now"]
    payload: Annotated[list[Listen | Sighting], _Batch]


POSTED: Final[tuple[type[BaseModel], ...]] = (SubmittedBatch, SubmittedListens)
ANSWERED: Final[tuple[type[BaseModel], ...]] = (
    AcceptedPlay,
    BatchReply,
    ProblemDocument,
    Submitted,
    TokenAnswer,
    ListenBrainzError,
)


def _refer(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": REFERENCE.format(model=model.__name__)}


def _body(model: type[BaseModel]) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": _refer(model)}}}


def _reply(description: str, model: type[BaseModel]) -> dict[str, Any]:
    content = {"application/json": {"schema": _refer(model)}}
    return {"description": description, "content": content, "headers": _RATE | _REQUEST}


def _problem(description: str) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": _refer(ProblemDocument)}}
    return {"description": description, "content": content, "headers": _REQUEST}


def _error(description: str) -> dict[str, Any]:
    return _reply(description, ListenBrainzError) | {"headers": _REQUEST}


def _with(response: dict[str, Any], headers: dict[str, Any]) -> dict[str, Any]:
    return {**response, "headers": response["headers"] | headers}


def _header(description: str, kind: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": kind}}


_RETRY: Final = {"Retry-After": _header("Seconds to wait.", "integer")}
_REQUEST: Final = {"X-Request-Id": _header("The request in the log; the client's own when it sent one.", "string")}
_RATE: Final = {
    "X-RateLimit-Limit": _header("Plays that the key may post in a window.", "integer"),
    "X-RateLimit-Remaining": _header("Plays left in this window.", "integer"),
    "X-RateLimit-Reset-In": _header("Seconds until the next window.", "integer"),
}
_WAIT: Final = _RETRY | _RATE
SECURITY_SCHEME: Final = {
    "type": "apiKey",
    "in": "header",
    "name": "Authorization",
    "description": "`Token <key>` or `Bearer <key>`.",
}
_SECURED: Final[dict[str, Any]] = {"security": [{KEY_SCHEME: []}]}
_REFUSALS: Final = {
    "400": "The body is not JSON, broke off, or cannot be unpacked.",
    "401": "There is no key, or it is not valid.",
    "408": "The body took too long.",
    "413": "The body is too large, or it carries too many plays.",
    "415": "Content-Encoding is none of gzip, deflate and zstd.",
}
_PROBLEMS: Final = {status: _problem(text) for status, text in _REFUSALS.items()} | {
    "429": _with(_problem("The key has used up its allowance."), _WAIT),
}
_ERRORS: Final = {status: _error(text) for status, text in _REFUSALS.items()}
_PLAY: Final = _SECURED | {
    "tags": ["plays"],
    "operationId": "submit_play",
    "summary": "Post one play",
    "requestBody": _body(SubmittedPlay),
    "responses": _PROBLEMS
    | {
        "202": _reply("Kafka has the play.", AcceptedPlay),
        "422": _problem("The play is refused; `errors` names each field."),
        "503": _with(_problem("Not confirmed, or no room for the body; send it again unchanged."), _RETRY),
    },
}
_BATCH_OR_PROBLEM: Final = {
    "application/json": {"schema": _refer(BatchReply)},
    MEDIA_TYPE: {"schema": _refer(ProblemDocument)},
}
_PLAYS: Final = _SECURED | {
    "tags": ["plays"],
    "operationId": "submit_plays",
    "summary": "Post 1 to 1,000 plays",
    "requestBody": _body(SubmittedBatch),
    "responses": _PROBLEMS
    | {
        "202": _reply("Kafka has every play.", BatchReply),
        "207": _with(_reply("Kafka has some of the plays.", BatchReply), _RETRY),
        "422": _problem("Every play is refused, or the batch itself is.") | {"content": _BATCH_OR_PROBLEM},
        "503": _with(_problem("No play is confirmed, or no room for the body."), _RETRY)
        | {"content": _BATCH_OR_PROBLEM},
    },
}
_LISTENS: Final = _SECURED | {
    "tags": ["listens"],
    "operationId": "submit_listens",
    "summary": "Submit listens as to ListenBrainz",
    "requestBody": _body(SubmittedListens),
    "responses": _ERRORS
    | {
        "200": _reply("Kafka has every listen but those in `errors`.", Submitted),
        "400": _error("The body is not JSON, or every listen is refused. `errors` names each."),
        "503": _with(
            _error("Not confirmed, no room for the body, or the allowance is used up; submit all of it again."), _WAIT
        ),
    },
}
# A request without a key is answered too, with 400 as at ListenBrainz; the key may be in the query instead.
_TOKEN: Final = {
    "security": [{KEY_SCHEME: []}, {}],
    "tags": ["listens"],
    "operationId": "validate_token",
    "summary": "Ask whether a key is valid",
    "responses": {
        "200": _reply("Whether the key is valid, and whose listens it submits.", TokenAnswer) | {"headers": _REQUEST},
        "400": _error("There is no key."),
    },
}
PATHS: Final = {
    "/play": {"post": _PLAY},
    "/plays": {"post": _PLAYS},
    "/1/submit-listens": {"post": _LISTENS},
    "/1/validate-token": {"get": _TOKEN},
}
