"""The catalogue from servers that offer chat completions only, as those of local models do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from clients.settings import Settings
from clients.simulator.built_in import build_catalogue
from clients.simulator.choose_catalogue import choose_catalogue
from clients.simulator.world import REGION_CODES
from tests.clients.servers import free_port, serving
from tests.clients.simulator.test_choose_catalogue import AUDIENCE, SONGS


class ChatServer:
    """A server without the responses API. One that knows no ``response_format`` refuses it, and writes words around."""

    def __init__(self, *, knows_schemas: bool) -> None:
        self.knows_schemas = knows_schemas
        self.requests: list[dict[str, Any]] = []
        self.answer: str | None = None
        self.app = Starlette(routes=[Route("/v1/chat/completions", self.complete, methods=["POST"])])

    async def complete(self, request: Request) -> Response:
        asked = await request.json()
        if "response_format" in asked and not self.knows_schemas:
            return JSONResponse({"error": {"message": "response_format is not supported"}}, 400)
        self.requests.append(asked)
        return JSONResponse(_completion(self.answer if self.answer is not None else self._write(asked)))

    def _write(self, asked: dict[str, Any]) -> str:
        wants_songs = "personas" not in json.dumps(asked.get("response_format", asked["messages"][-1]))
        written = json.dumps({"songs": SONGS} if wants_songs else AUDIENCE)
        return written if self.knows_schemas else f"Here you are:\n```json\n{written}\n```"


def _completion(content: str) -> dict[str, Any]:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    return {"id": "c", "object": "chat.completion", "created": 0, "model": "small", "choices": [choice]}


@pytest.fixture(params=[True, False], ids=["with schemas", "without schemas"])
def server(request: pytest.FixtureRequest) -> ChatServer:
    """One of each kind."""
    return ChatServer(knows_schemas=request.param)


@pytest.fixture
def settings(server: ChatServer, tmp_path: Path) -> Iterator[Settings]:
    """Settings that name the server."""
    with serving(server.app, free_port()) as url:
        key = SecretStr("a key")
        yield Settings(data_dir=tmp_path, openai_api_key=key, openai_base_url=f"{url}/v1", openai_model="small")


def test_chat_completions_write_the_catalogue(server: ChatServer, settings: Settings) -> None:
    catalogue = choose_catalogue(settings, None)
    assert [song.title for song in catalogue.songs] == ["夜と海"]
    assert [persona.name for persona in catalogue.personas] == ["baker"]
    # Which protocol works is found out once.
    assert len(server.requests) == len(REGION_CODES) + 1
    assert {asked["model"] for asked in server.requests} == {"small"}
    assert all(("response_format" in asked) is server.knows_schemas for asked in server.requests)


@pytest.mark.parametrize("answer", ["", "I cannot do that.", '{"songs": 1}'])
def test_an_answer_of_no_use_stops_nobody(
    server: ChatServer, settings: Settings, answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    server.answer = answer
    assert choose_catalogue(settings, None) == build_catalogue()
    assert "asking failed" in capsys.readouterr().err
