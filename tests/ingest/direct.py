"""Asks an ASGI app without a client between: a hundred thousand requests in a minute or two."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Scope

CHUNK = 4_096


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    def read(self) -> dict[str, Any]:
        """The JSON object in the body; anything else is an error."""
        content = json.loads(self.body)
        assert isinstance(content, dict)
        return content


async def ask(app: ASGIApp, path: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Post ``body`` to ``path``, in chunks as a server would hand them over."""
    chunks = [body[start : start + CHUNK] for start in range(0, len(body), CHUNK)] or [b""]
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(_scope(path, headers), receive, send)
    head = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], head, b"".join(one.get("body", b"") for one in sent[1:]))


def _scope(path: str, headers: dict[str, str]) -> Scope:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }
