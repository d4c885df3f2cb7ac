"""The envelope of a batch: ``{"plays": [...]}``."""

from __future__ import annotations

from http import HTTPStatus

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import to_json

from ingest.plays.refusals import WHOLE_PLAY, Code, Refusal, explain, refuse_text
from ingest.web.documents import count_names, refuse_repeated_names
from ingest.web.limits import MAXIMUM_BATCH_PLAYS, MAXIMUM_PLAY_BYTES, too_many
from ingest.web.problems import ProblemCode, ProblemError


class Batch(BaseModel):
    """A batch whose plays have not been looked at yet."""

    model_config = ConfigDict(extra="forbid")

    plays: list[object] = Field(min_length=1, max_length=MAXIMUM_BATCH_PLAYS)


def read_batch(body: bytes) -> list[object]:
    """The plays of a request's body, 1 to 1,000; raises a problem for any other envelope."""
    try:
        plays = Batch.model_validate_json(body).plays
        refuse_repeated_names(body, count_names(plays) + 1)
    except ValidationError as error:
        if error.errors()[0]["type"] == "too_long":
            raise too_many() from error
        raise refuse_envelope(explain(error)) from error
    except ValueError as error:
        raise refuse_envelope([refuse_text(error)]) from error
    return plays


def refuse_oversized(play: object) -> Refusal | None:
    """The refusal of a play that takes too many bytes, written as compact JSON."""
    if len(to_json(play)) <= MAXIMUM_PLAY_BYTES:
        return None
    return Refusal(WHOLE_PLAY, Code.TOO_LARGE, f"a play may take {MAXIMUM_PLAY_BYTES} bytes")


def refuse_envelope(refusals: list[Refusal]) -> ProblemError:
    """The problem of a body that carries no batch."""
    first = refusals[0]
    if first.code is Code.NOT_JSON:
        return ProblemError(HTTPStatus.BAD_REQUEST, ProblemCode.NOT_JSON, first.message)
    detail = f"{first.field}: {first.code}"
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, ProblemCode.INVALID_BATCH, detail, refusals=refusals)
