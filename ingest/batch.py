"""The envelope of a batch: ``{"plays": [...]}``."""

from __future__ import annotations

from http import HTTPStatus

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import to_json

from ingest.limits import MAXIMUM_BATCH_PLAYS, MAXIMUM_PLAY_BYTES, too_many
from ingest.problems import ProblemCode, ProblemError
from ingest.refusals import WHOLE_PLAY, Code, Refusal, explain


class Batch(BaseModel):
    """A batch whose plays have not been looked at yet."""

    model_config = ConfigDict(extra="forbid")

    plays: list[object] = Field(min_length=1)


def read_batch(body: bytes) -> list[object]:
    """The plays of a request's body, 1 to 1,000; raises a problem for any other envelope."""
    try:
        plays = Batch.model_validate_json(body).plays
    except ValidationError as error:
        raise _refused(explain(error)) from error
    if len(plays) > MAXIMUM_BATCH_PLAYS:
        raise too_many(len(plays))
    return plays


def refuse_oversized(play: object) -> Refusal | None:
    """The refusal of a play that takes too many bytes, written as compact JSON."""
    if len(to_json(play)) <= MAXIMUM_PLAY_BYTES:
        return None
    return Refusal(WHOLE_PLAY, Code.TOO_LARGE, f"a play may take {MAXIMUM_PLAY_BYTES} bytes")


def _refused(refusals: list[Refusal]) -> ProblemError:
    first = refusals[0]
    if first.code is Code.NOT_JSON:
        return ProblemError(HTTPStatus.BAD_REQUEST, ProblemCode.NOT_JSON, first.message)
    detail = f"{first.field}: {first.code}"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return ProblemError(status, ProblemCode.INVALID_BATCH, detail, refusals=refusals)
