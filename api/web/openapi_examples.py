"""Examples in the OpenAPI document, whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, FastAPI


def restore_examples(app: FastAPI, routers: Iterable[APIRouter]) -> None:
    """Put every answer's example into ``app``'s document as it was written.

    FastAPI leaves each null out of it, also those that an answer has.
    """
    examples = dict(_examples(routers))
    write_document = app.openapi

    def write_with_examples() -> dict[str, Any]:
        document = write_document()
        for name, example in examples.items():
            document["components"]["schemas"][name]["example"] = example
        return document

    app.openapi = write_with_examples  # type: ignore[method-assign]


def _examples(routers: Iterable[APIRouter]) -> Iterable[tuple[str, Any]]:
    """The name of each model that a route answers with, and its example."""
    models = (getattr(route, "response_model", None) for router in routers for route in router.routes)
    for model in models:
        extra = getattr(model, "model_config", {}).get("json_schema_extra", {})
        if model is not None and isinstance(extra, dict) and "example" in extra:
            yield model.__name__, extra["example"]
