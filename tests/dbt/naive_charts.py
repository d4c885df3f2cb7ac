"""What every chart must show, worked out song by song from the definitions, without looking at cost."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from tests.dbt.counted_hours import DAY, HOUR, Counted, Songs, Window, artist_of, title_of


class Entry(NamedTuple):
    """One row of a chart, without its revision."""

    grain: str
    region: str
    window_start: datetime
    rank: int
    song_id: str
    title: str
    artist: str
    plays: int
    raw_plays: int
    listeners: int
    previous_rank: int | None
    movement: str
    peak_rank: int
    peak_at: datetime
    windows_on_chart: int
    streak: int


def naive_charts(windows: Mapping[Window, Songs], chart_size: int) -> set[Entry]:
    """Returns every entry of every chart."""
    charts = {window: first_songs(songs, chart_size) for window, songs in windows.items()}
    ranks: dict[tuple[str, str, str], dict[datetime, int]] = defaultdict(dict)
    for window, order in charts.items():
        for rank, song_id in enumerate(order, start=1):
            ranks[window.grain, window.region, song_id][window.window_start] = rank
    return {
        entry(window, song_id, windows[window][song_id], ranks[window.grain, window.region, song_id])
        for window, order in charts.items()
        for song_id in order
    }


def first_songs(songs: Songs, chart_size: int) -> list[str]:
    """Returns the songs of a chart, the first one first."""

    def place(song_id: str) -> tuple[int, int, datetime, bytes]:
        counted = songs[song_id]
        return (-counted.plays, -counted.listeners, counted.last_played_at, song_id.encode())

    return sorted((song for song, counted in songs.items() if counted.plays), key=place)[:chart_size]


def entry(window: Window, song_id: str, counted: Counted, ranks: Mapping[datetime, int]) -> Entry:
    """Returns one entry, given the song's rank in every window of this chart that it is on."""
    now = window.window_start
    step = HOUR if window.grain == "hour" else DAY
    so_far = {start: rank for start, rank in ranks.items() if start <= now}
    best = min(so_far.values())
    return Entry(
        *window,
        rank=ranks[now],
        song_id=song_id,
        title=title_of(song_id),
        artist=artist_of(song_id),
        plays=counted.plays,
        raw_plays=counted.raw_plays,
        listeners=counted.listeners,
        previous_rank=ranks.get(now - step),
        movement=movement(ranks[now], ranks.get(now - step), len(so_far)),
        peak_rank=best,
        peak_at=min(start for start, rank in so_far.items() if rank == best),
        windows_on_chart=len(so_far),
        streak=next(length for length in range(1, len(so_far) + 2) if now - length * step not in so_far),
    )


def movement(rank: int, previous_rank: int | None, windows_on_chart: int) -> str:
    """Returns the word for how a song moved."""
    if previous_rank is None:
        return "new" if windows_on_chart == 1 else "re_entry"
    if rank == previous_rank:
        return "same"
    return "up" if rank < previous_rank else "down"
