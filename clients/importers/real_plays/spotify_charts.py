"""Plays that a published daily chart could have come from: its streams scaled down and spread out.

A song's plays keep their published order. Scaling makes many counts equal; then the chart's own
rules decide, so every song's last play of the day is placed by its published rank: of equal counts
the song published higher has its last play earlier, which ranks it higher here too. Songs that
were published with equal streams keep their published order in the same way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from clients.importers.real_plays.tables import read_table
from ingest.play import identify_song

FILE: Final = "spotify_regional_daily.tsv.gz"
COLUMNS: Final = ("region", "date", "rank", "title", "artist", "streams")
WHOLE_WORLD: Final = "global"
DEFAULT_SCALE: Final = 2_500
"""Plays a day and region on average: some 120,000 plays from the whole file."""
LISTENERS: Final = 5_000
SPREAD: Final = timedelta(hours=23)
"""All plays but the last of each song fall into these first hours of the day."""
GOLDEN: Final = 0.618034
"""Shifts the songs of a chart against each other, so that they do not start at one instant."""


@dataclass(frozen=True)
class ChartedSong:
    """A song's day in one region: ``streams`` of all its track ids together."""

    region: str
    date: str
    title: str
    artist: str
    streams: int


Chart = list[ChartedSong]


def read_spotify_plays(folder: Path, scale: int = DEFAULT_SCALE) -> Iterator[dict[str, Any]]:
    """Plays for every regional chart of ``FILE``, by time; ``global`` is left out.

    The same file gives the same plays. ``scale`` is how many plays a region has on an average
    day. Raises ``ValueError`` for a scale below 1.
    """
    if scale < 1:
        raise ValueError("--scale is at least 1 play a region and day")
    charts = read_charts(folder)
    divisors = _find_divisors(charts, scale)
    plays = [
        play
        for chart in charts
        for position, song in enumerate(chart)
        for play in spread_plays(song, position, max(1, round(song.streams / divisors[song.region])))
    ]
    yield from sorted(plays, key=lambda play: (play["played_at"], play["play_id"]))


def read_charts(folder: Path) -> list[Chart]:
    """Every region's day, most streams first; a song under several track ids is one, summed."""
    charts: dict[tuple[str, str], dict[str, ChartedSong]] = {}
    for row in read_table(folder / FILE, COLUMNS):
        if row["region"] != WHOLE_WORLD:
            song_id = identify_song(row["title"], row["artist"])
            songs = charts.setdefault((row["region"], row["date"]), {})
            known = songs.get(song_id)
            songs[song_id] = _add_row(row, known.streams if known else 0)
    # A stable sort: songs with equal streams keep the order they were published in.
    return [sorted(songs.values(), key=lambda song: -song.streams) for songs in charts.values()]


def _add_row(row: dict[str, str], streams: int) -> ChartedSong:
    return ChartedSong(
        region=row["region"].upper(),
        date=row["date"],
        title=row["title"],
        artist=row["artist"],
        streams=streams + int(row["streams"]),
    )


def _find_divisors(charts: Iterable[Chart], scale: int) -> dict[str, float]:
    """Streams for one play in each region: one number a region, so that its days compare."""
    streams: Counter[str] = Counter()
    days: Counter[str] = Counter()
    for chart in charts:
        streams[chart[0].region] += sum(song.streams for song in chart)
        days[chart[0].region] += 1
    return {region: streams[region] / days[region] / scale for region in days}


def spread_plays(song: ChartedSong, position: int, count: int) -> Iterator[dict[str, Any]]:
    """``count`` plays of a song over its day; ``position`` is its place on the chart, from 0.

    Up to ``LISTENERS`` plays have a listener each; with more, nobody has over ten a day, so the
    cap never bites.
    """
    listeners = max(LISTENERS, -(-count // 10))
    midnight = datetime.fromisoformat(song.date).replace(tzinfo=UTC)
    for number in range(count):
        if number == count - 1:
            since_midnight = SPREAD + timedelta(seconds=position)
        else:
            since_midnight = SPREAD * ((number + position * GOLDEN % 1) / (count - 1))
        yield {
            "play_id": f"{song.region}-{song.date}-{position}-{number}",
            "user_id": f"{song.region}-{(number + position) % listeners}",
            "title": song.title,
            "artist": song.artist,
            "region": song.region,
            "played_at": (midnight + since_midnight).isoformat(timespec="microseconds"),
        }
