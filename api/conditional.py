"""Answers that a cache may keep: strong ``ETag``, ``304``, ``Cache-Control``."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

FINAL_SECONDS: Final = 60
"""How long a cache may keep what only a restatement can change."""
OPEN_SECONDS: Final = 2
"""How long a cache may keep what the next round of counting may change."""


def make_etag(body: bytes) -> str:
    """A strong entity tag: it differs whenever a byte of the body does."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _is_known(etag: str, if_none_match: str) -> bool:
    known = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in known or "*" in known


def answer(
    request: Request,
    body: bytes,
    media_type: str,
    max_age: int,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """``body`` with its tag, or ``304`` without it when the client holds the same.

    A cache may keep it for ``max_age`` seconds.
    """
    tag = make_etag(body)
    caching = {
        "ETag": tag,
        "Vary": "Accept",
        "Cache-Control": f"max-age={max_age}",
        **(headers or {}),
    }
    if _is_known(tag, request.headers.get("if-none-match", "")):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=caching)
    return Response(body, headers=caching, media_type=media_type)


def answer_json(request: Request, body: BaseModel, max_age: int, headers: Mapping[str, str] | None = None) -> Response:
    """``body`` as JSON, its fields in their order."""
    written = body.model_dump_json(by_alias=True).encode()
    return answer(request, written, "application/json", max_age, headers)
