"""The OpenAPI document, with the two routes that read their bodies themselves."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from ingest.limits import MAXIMUM_BATCH_PLAYS
from ingest.play import SubmittedPlay
from ingest.problems import MEDIA_TYPE, ProblemDocument
from ingest.replies import AcceptedPlay, BatchReply

REFERENCE: Final = "#/components/schemas/{model}"
KEY_SCHEME: Final = "key"


class SubmittedBatch(BaseModel):
    """A batch as a client posts it."""

    plays: list[SubmittedPlay]


def document_routes(app: FastAPI) -> None:
    """Make ``app`` describe all its routes at ``/openapi.json``."""

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _describe(app)
        return app.openapi_schema

    # FastAPI's own way to change the document is to replace this method.
    app.openapi = describe  # type: ignore[method-assign]


def _describe(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    components = document.setdefault("components", {})
    components.setdefault("schemas", {}).update(_schemas())
    components["securitySchemes"] = {KEY_SCHEME: _KEY}
    document["paths"] |= {"/play": {"post": _PLAY}, "/plays": {"post": _PLAYS}}
    return document


def _schemas() -> dict[str, Any]:
    posted: list[tuple[type[BaseModel], Any]] = [(SubmittedBatch, "validation")]
    answered: list[tuple[type[BaseModel], Any]] = [
        (model, "serialization") for model in (AcceptedPlay, BatchReply, ProblemDocument)
    ]
    _, definitions = models_json_schema(posted + answered, ref_template=REFERENCE)
    schemas: dict[str, Any] = definitions["$defs"]
    schemas["SubmittedBatch"]["properties"]["plays"] |= {
        "minItems": 1,
        "maxItems": MAXIMUM_BATCH_PLAYS,
    }
    return schemas


def _refer(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": REFERENCE.format(model=model.__name__)}


def _body(model: type[BaseModel]) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": _refer(model)}}}


def _reply(description: str, model: type[BaseModel]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": _refer(model)}}}


def _problem(description: str) -> dict[str, Any]:
    return {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": _refer(ProblemDocument)}},
    }


_RETRY_AFTER: Final = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
_KEY: Final = {
    "type": "apiKey",
    "in": "header",
    "name": "Authorization",
    "description": "`Token <key>` or `Bearer <key>`.",
}
_SHARED: Final = {"tags": ["plays"], "security": [{KEY_SCHEME: []}]}
_PROBLEMS: Final = {
    "400": _problem("The body is not JSON."),
    "401": _problem("There is no key, or it is not valid."),
    "413": _problem("The body is too large, or it carries too many plays."),
}
_PLAY: Final = _SHARED | {
    "operationId": "submit_play",
    "summary": "Post one play",
    "requestBody": _body(SubmittedPlay),
    "responses": _PROBLEMS
    | {
        "202": _reply("Kafka has the play.", AcceptedPlay),
        "422": _problem("The play is refused; `errors` names each field."),
        "503": _problem("Not confirmed; send it again unchanged.") | {"headers": _RETRY_AFTER},
    },
}
_PLAYS: Final = _SHARED | {
    "operationId": "submit_plays",
    "summary": "Post 1 to 1,000 plays",
    "requestBody": _body(SubmittedBatch),
    "responses": _PROBLEMS
    | {
        "202": _reply("Kafka has every play.", BatchReply),
        "207": _reply("Kafka has some of the plays.", BatchReply) | {"headers": _RETRY_AFTER},
        "422": {
            "description": "Every play is refused, or the batch itself is.",
            "content": {
                "application/json": {"schema": _refer(BatchReply)},
                MEDIA_TYPE: {"schema": _refer(ProblemDocument)},
            },
        },
        "503": _reply("No play is confirmed.", BatchReply) | {"headers": _RETRY_AFTER},
    },
}
