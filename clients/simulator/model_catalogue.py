"""A catalogue written by a language model: any server that offers OpenAI's responses API or chat completions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from openai import OpenAI
from pydantic import BaseModel

from clients.simulator.catalogue import Catalogue, Mood, Persona, Song, each_song_once
from clients.simulator.model_server import ModelAnswerError, ModelServer
from clients.simulator.world import REGION_CODES

SONGS_A_REQUEST: Final = 30
INSTRUCTIONS: Final = (
    "You make up material for a simulated music service. Every song and artist is invented: "
    "name no real song and no real person."
)


class Songs(BaseModel):
    """One answer with songs."""

    songs: list[Song]


class Audience(BaseModel):
    """One answer with everything else."""

    personas: list[Persona]
    moods: list[Mood]


def ask_for_catalogue(client: OpenAI, model: str) -> Catalogue:
    """Ask for songs region by region, then for listeners and moods; some forty requests.

    Raises ``openai.OpenAIError`` when the model cannot be reached and ``ModelAnswerError``
    when it gives no usable answer.
    """
    server = ModelServer(client, model, INSTRUCTIONS)
    songs = each_song_once(_ask_for_songs(server))
    audience = server.ask(
        "Six kinds of listeners (peak_hour is the local hour, 0 to 23, at which each listens most, "
        "all different) and seven moods that a day can have.",
        Audience,
    )
    if not (songs and audience.personas and audience.moods):
        raise ModelAnswerError(f"{model} left songs, personas or moods out")
    return Catalogue(songs=songs, personas=tuple(audience.personas), moods=tuple(audience.moods))


def _ask_for_songs(server: ModelServer) -> Iterator[Song]:
    for region in REGION_CODES:
        prompt = (
            f"{SONGS_A_REQUEST} songs by about ten artists that could come from {region}, titles "
            f"in its languages and scripts, of all genres. regions: {region} and up to two more "
            f"of {', '.join(REGION_CODES)} where they are liked. Durations of 120 to 400 seconds."
        )
        yield from server.ask(prompt, Songs).songs
