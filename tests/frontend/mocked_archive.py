"""What the mocked api says of many charts at once: leaders, placements, number ones, found songs."""

from __future__ import annotations

from datetime import timedelta

from tests.frontend.mocked_examples import HOUR, REGIONS, Answer, Query, example_of, start_of, write
from tests.frontend.mocked_songs import artist_of, entry_of, song_id, title_of


def leaders(grain: str, query: Query) -> Answer:
    """The number one of each region."""
    start = start_of(query, grain)
    example = example_of("Leaders")
    found = [
        example["leaders"][0]
        | entry_of(example["leaders"][0], region, 1)
        | {"region": region, "name": name}
        | {"movement": "up", "previous_rank": 3, "title": title_of(place // 2 * 7), "song_id": song_id(place // 2 * 7)}
        for place, (region, name) in enumerate(REGIONS.items())
    ]
    return example | {"grain": grain, "window_start": write(start), "leaders": found}


def placements(song: str, query: Query) -> Answer:
    """The song on the chart of each region."""
    example = example_of("Placements")
    start = start_of(query, query.get("grain", "hour"))
    found = [
        example["placements"][0] | {"region": region, "name": name, "rank": place + 1, "previous_rank": place + 3}
        for place, (region, name) in enumerate(REGIONS.items())
    ]
    return example | {"song_id": song, "window_start": write(start), "placements": found}


def number_ones(grain: str, query: Query) -> Answer:
    """A number one for each window of the last two weeks."""
    example = example_of("NumberOnes")
    step = timedelta(hours=1) if grain == "hour" else timedelta(days=1)
    newest = HOUR if grain == "hour" else HOUR.replace(hour=0)
    starts = [newest - back * step for back in range(14 * (24 if grain == "hour" else 1))]
    kept = [one for one in starts if query.get("from", "") <= write(one) < query.get("to", "9")]
    found = [
        example["number_ones"][0]
        | {"song_id": song_id(song), "title": title_of(song), "artist": artist_of(song)}
        | {"window_start": write(start)}
        for start in kept
        for song in (start.day // 3 + (start.hour // 5 if grain == "hour" else 0),)
    ]
    return example | {"grain": grain, "region": query.get("region", "global"), "number_ones": found}


def search(query: Query) -> Answer:
    """Songs whose title or artist has the words."""
    example = example_of("FoundSongs")["songs"][0]
    wanted = query["q"].lower()
    songs = [song for song in range(100) if wanted in f"{title_of(song)}\n{artist_of(song)}".lower()]
    return {
        "songs": [
            example | {"song_id": song_id(song), "title": title_of(song), "artist": artist_of(song)} for song in songs
        ]
    }
