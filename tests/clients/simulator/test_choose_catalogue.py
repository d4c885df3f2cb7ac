"""A model is asked over HTTP once, its answer is kept, and a failing model stops nobody."""

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
from clients.simulator.catalogue import read_catalogue, write_catalogue
from clients.simulator.choose_catalogue import choose_catalogue
from clients.simulator.world import REGION_CODES
from tests.clients.servers import free_port, serving

SONG: dict[str, Any] = {"title": "夜と海", "artist": "雨楽団", "genre": "pop", "regions": ["JP"]}
SONGS = [SONG | {"duration_seconds": 200}, SONG | {"title": " ", "duration_seconds": 200}]
AUDIENCE = {
    "personas": [{"name": "baker", "genres": ["folk"], "peak_hour": 5}],
    "moods": [{"name": "fog", "genres": ["jazz"]}],
}


class Model:
    """A small server that answers like OpenAI's responses API."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.keys: set[str] = set()
        self.songs: list[dict[str, Any]] = SONGS
        self.status = 200
        self.app = Starlette(routes=[Route("/v1/responses", self.respond, methods=["POST"])])

    async def respond(self, request: Request) -> Response:
        asked = await request.json()
        self.requests.append(asked)
        self.keys.add(request.headers["authorization"])
        if self.status != 200:
            return JSONResponse({"error": {"message": "no"}}, self.status)
        wants_songs = "songs" in asked["text"]["format"]["schema"]["properties"]
        return JSONResponse(_response({"songs": self.songs} if wants_songs else AUDIENCE))


def _response(answer: dict[str, Any]) -> dict[str, Any]:
    text = {"type": "output_text", "text": json.dumps(answer), "annotations": []}
    message = {"type": "message", "id": "m", "status": "completed", "role": "assistant"}
    return {
        "id": "r",
        "object": "response",
        "created_at": 0,
        "model": "small",
        "output": [message | {"content": [text]}],
        "parallel_tool_calls": False,
        "tool_choice": "auto",
        "tools": [],
    }


@pytest.fixture
def model() -> Model:
    return Model()


@pytest.fixture
def settings(model: Model, tmp_path: Path) -> Iterator[Settings]:
    with serving(model.app, free_port()) as url:
        yield Settings(
            data_dir=tmp_path,
            openai_api_key=SecretStr("a key"),
            openai_base_url=f"{url}/v1",
            openai_model="small",
        )


def test_without_a_key_nobody_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "")
    assert choose_catalogue(Settings(data_dir=tmp_path), None) == build_catalogue()


def test_the_model_writes_the_catalogue_once_and_it_is_kept(model: Model, settings: Settings) -> None:
    catalogue = choose_catalogue(settings, None)
    assert [song.title for song in catalogue.songs] == ["夜と海"]
    assert [persona.name for persona in catalogue.personas] == ["baker"]
    assert [mood.name for mood in catalogue.moods] == ["fog"]
    asked = len(model.requests)
    assert asked == len(REGION_CODES) + 1
    assert choose_catalogue(settings, None) == catalogue
    assert len(model.requests) == asked


def test_the_named_model_is_asked_with_the_key_for_a_strict_shape(model: Model, settings: Settings) -> None:
    choose_catalogue(settings, None)
    assert {asked["model"] for asked in model.requests} == {"small"}
    assert model.keys == {"Bearer a key"}
    assert all(asked["text"]["format"]["strict"] for asked in model.requests)


def test_a_model_that_fails_is_named_and_the_built_in_catalogue_is_played(
    model: Model, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    model.status = 401
    assert choose_catalogue(settings, None) == build_catalogue()
    assert "asking failed" in capsys.readouterr().err
    assert not list(settings.data_dir.rglob("*.json"))


def test_an_answer_without_a_playable_song_is_not_used(model: Model, settings: Settings) -> None:
    model.songs = [SONG | {"title": "", "duration_seconds": 200}]
    assert choose_catalogue(settings, None) == build_catalogue()


def test_a_given_file_comes_first(settings: Settings, model: Model, tmp_path: Path) -> None:
    given = build_catalogue().model_copy(update={"songs": build_catalogue().songs[:3]})
    write_catalogue(given, tmp_path / "given.json")
    assert choose_catalogue(settings, tmp_path / "given.json") == given
    assert model.requests == []


def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    (tmp_path / "given.json").write_text("{}")
    with pytest.raises(ValueError, match="songs"):
        read_catalogue(tmp_path / "given.json")
