"""The OpenAPI document, with the routes that read their bodies themselves."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from ingest.openapi.routes import ANSWERED, KEY_SCHEME, PATHS, POSTED, REFERENCE, SECURITY_SCHEME


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
    components["securitySchemes"] = {KEY_SCHEME: SECURITY_SCHEME}
    document["paths"] |= PATHS
    return document


def _schemas() -> dict[str, Any]:
    posted: list[tuple[type[BaseModel], Any]] = [(model, "validation") for model in POSTED]
    answered: list[tuple[type[BaseModel], Any]] = [(model, "serialization") for model in ANSWERED]
    _, definitions = models_json_schema(posted + answered, ref_template=REFERENCE)
    schemas: dict[str, Any] = definitions["$defs"]
    return schemas
