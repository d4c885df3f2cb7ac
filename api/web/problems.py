"""Errors as RFC 9457 problem documents, each with a stable ``code``."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import FastAPI
from pydantic import BaseModel, Field
from starlette.responses import Response

MEDIA_TYPE: Final = "application/problem+json"
_REFERENCE: Final = "#/components/schemas/{model}"
RETRY_AFTER_SECONDS: Final = 2
"""What a ``503`` asks of the client: Postgres is usually back in seconds."""


class ProblemCode(StrEnum):
    """What went wrong, in a word that programs may rely on."""

    UNKNOWN_REGION = "unknown_region"
    NOT_COMPUTED = "not_computed"
    UNKNOWN_REVISION = "unknown_revision"
    WITHDRAWN = "withdrawn"
    INVALID_PARAMETER = "invalid_parameter"
    LINEAGE_NOT_BUILT = "lineage_not_built"
    DASHBOARD_NOT_BUILT = "dashboard_not_built"
    CHARTS_NOT_BUILT = "charts_not_built"
    DATABASE_UNAVAILABLE = "database_unavailable"
    LAKE_UNAVAILABLE = "lake_unavailable"
    TOO_MANY_STREAMS = "too_many_streams"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    BAD_REQUEST = "bad_request"
    INTERNAL_ERROR = "internal_error"


class FieldProblem(BaseModel):
    """One refused parameter."""

    field: Annotated[str, Field(description="The parameter's name.", examples=["hour"])]
    code: Annotated[str, Field(description="Why it is refused.", examples=["not_on_the_hour"])]
    message: Annotated[str, Field(description="The same for a person to read.")]


class ProblemDocument(BaseModel):
    """The body of every answer that is an error (RFC 9457)."""

    type: Annotated[str, Field(description="Always `about:blank`: `code` tells problems apart.")] = "about:blank"
    title: Annotated[str, Field(description="The status in words.", examples=["Not Found"])]
    status: Annotated[int, Field(description="The HTTP status.", examples=[404])]
    code: Annotated[ProblemCode, Field(description="What went wrong; stable.")]
    detail: Annotated[str, Field(description="What went wrong and what to do, for a person.")]
    errors: Annotated[list[FieldProblem] | None, Field(description="The refused parameters, with 422.")] = None


class ProblemError(Exception):
    """A request that is answered with a problem document."""

    def __init__(
        self,
        status: HTTPStatus,
        code: ProblemCode,
        detail: str,
        *,
        errors: list[FieldProblem] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = errors
        self.headers = headers

    def to_document(self) -> ProblemDocument:
        """The document that the client reads."""
        return ProblemDocument(
            title=self.status.phrase,
            status=self.status,
            code=self.code,
            detail=self.detail,
            errors=self.errors,
        )

    def to_response(self) -> Response:
        """The document with its status, media type and headers; no cache may keep it."""
        body = self.to_document().model_dump_json(exclude_none=True)
        return Response(body, self.status, {"Cache-Control": "no-store", **(self.headers or {})}, MEDIA_TYPE)


def not_found(code: ProblemCode, detail: str) -> ProblemError:
    """A ``404`` whose code tells which kind of thing there is none of."""
    return ProblemError(HTTPStatus.NOT_FOUND, code, detail)


def unavailable(code: ProblemCode, detail: str) -> ProblemError:
    """A ``503`` that asks the client to come back."""
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, code, detail, headers=headers)


def describe(**meanings: str) -> dict[int | str, dict[str, Any]]:
    """OpenAPI responses for problems: ``describe(_404="…")`` documents status 404."""
    content = {MEDIA_TYPE: {"schema": {"$ref": _REFERENCE.format(model=ProblemDocument.__name__)}}}
    return {
        int(status.removeprefix("_")): {"description": meaning, "content": content}
        for status, meaning in meanings.items()
    }


def add_problem_schemas(app: FastAPI) -> None:
    """Put the schemas that :func:`describe` refers to into ``app``'s OpenAPI document.

    FastAPI adds a model by itself only where its media type is ``application/json``.
    """
    schema = ProblemDocument.model_json_schema(ref_template=_REFERENCE, mode="serialization")
    added = {**schema.pop("$defs"), ProblemDocument.__name__: schema}
    write_document = app.openapi

    def write_with_problems() -> dict[str, Any]:
        document = write_document()
        document["components"]["schemas"].update(added)
        return document

    app.openapi = write_with_problems  # type: ignore[method-assign]
