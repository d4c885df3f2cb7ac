"""What is played and by whom: songs, kinds of listeners, and the mood of each day."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from ingest.play import Line, identify_song

Genre = Literal["pop", "rock", "hip-hop", "electronic", "folk", "jazz"]
GENRES: Final[tuple[Genre, ...]] = get_args(Genre)
_NAMES: Final = TypeAdapter(list[Line])


class Song(BaseModel):
    """A song; ``regions`` are the ISO codes of where it is at home and liked best."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    artist: str
    genre: Genre
    regions: tuple[str, ...]
    duration_seconds: Annotated[int, Field(ge=60, le=900)]


class Persona(BaseModel):
    """A kind of listener: what it likes and at which hour of its day it listens most."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    genres: tuple[Genre, ...]
    peak_hour: Annotated[int, Field(ge=0, le=23)]


class Mood(BaseModel):
    """What a day is like, and the genres it favours."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    genres: tuple[Genre, ...]


class Catalogue(BaseModel):
    """All that the simulator draws from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    songs: Annotated[tuple[Song, ...], Field(min_length=1)]
    personas: Annotated[tuple[Persona, ...], Field(min_length=1)]
    moods: Annotated[tuple[Mood, ...], Field(min_length=1)]


def read_catalogue(file: Path) -> Catalogue:
    """A catalogue from its JSON file; raises OSError or ``ValueError`` naming what is wrong."""
    return Catalogue.model_validate_json(file.read_bytes())


def write_catalogue(catalogue: Catalogue, file: Path) -> None:
    """Keep a catalogue as JSON; the file is there whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".unfinished")
    unfinished.write_text(catalogue.model_dump_json(indent=1), encoding="utf-8")
    unfinished.replace(file)


def each_song_once(songs: Iterable[Song]) -> tuple[Song, ...]:
    """The songs that ingest would take, of several spellings of one song the first."""
    known: dict[str, Song] = {}
    for song in filter(_is_playable, songs):
        known.setdefault(identify_song(song.title, song.artist), song)
    return tuple(known.values())


def _is_playable(song: Song) -> bool:
    try:
        _NAMES.validate_python([song.title, song.artist])
    except ValidationError:
        return False
    return True
