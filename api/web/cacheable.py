"""Answers that a cache may keep: strong ``ETag``, ``Cache-Control``.

Whether the client holds the same already is decided once for all of them, in ``cache_responses.py``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel
from starlette.responses import Response

FINAL_SECONDS: Final = 60
"""How long a cache may keep what only a restatement can change."""
OPEN_SECONDS: Final = 1
"""How long a cache may keep what the stream may change, which counts once a second."""


NOT_MODIFIED: Final[dict[int | str, dict[str, Any]]] = {
    304: {"description": "The client holds this answer already (`If-None-Match`)."}
}
"""How the OpenAPI document tells of ``304``."""


def make_etag(body: bytes) -> str:
    """A strong entity tag: it differs whenever a byte of the body does."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def answer(body: bytes, media_type: str, max_age: int, headers: Mapping[str, str] | None = None) -> Response:
    """``body`` with its tag; a cache may keep it for ``max_age`` seconds."""
    caching = {
        "ETag": make_etag(body),
        "Vary": "Accept",
        "Cache-Control": f"max-age={max_age}",
        **(headers or {}),
    }
    return Response(body, headers=caching, media_type=media_type)


def answer_json(body: BaseModel, max_age: int, headers: Mapping[str, str] | None = None) -> Response:
    """``body`` as JSON, its fields in their order."""
    return answer(body.model_dump_json(by_alias=True).encode(), "application/json", max_age, headers)
