"""What the api would answer, made from the examples of its own description."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from tests.frontend.mocked_archive import leaders, number_ones, placements, search
from tests.frontend.mocked_examples import HOUR, NOW, REGIONS, Answer, Query, example_of, start_of, write
from tests.frontend.mocked_songs import entry_of, song_id, songs_of, title_of

STAGES: Final = ("ingest", "kafka", "bronze", "silver", "counts", "charts")


def chart(grain: str, query: Query) -> Answer:
    """A full chart; of an hour in the past a final one, of the hour before this one restated."""
    region, start = query.get("region", "global"), start_of(query, grain)
    end = start + timedelta(hours=1 if grain == "hour" else 24)
    is_open = end > NOW
    example = example_of("ChartWithEntries")
    facts = {
        "grain": grain,
        "region": region,
        "window_start": write(start),
        "window_end": write(end),
        "status": "provisional" if is_open else "final",
        "revision": 2 if start == HOUR - timedelta(hours=1) else 1,
        "complete_through": write(NOW - timedelta(seconds=3) if is_open else end + timedelta(minutes=10)),
        "total_plays": 12_481,
        "total_songs": 3_204,
    }
    entries = [entry_of(example["entries"][0], region, rank) for rank in range(1, int(query.get("limit", 100)) + 1)]
    paths = [_path(entry["rank"], int(query["history"])) for entry in entries] if "history" in query else None
    return {"chart": example["chart"] | facts, "entries": entries, "history": paths}


def _path(rank: int, windows: int) -> list[int | None]:
    """Ranks up to this one, with a gap for every third song."""
    before = [1 + (rank * 7 + back * back * 5) % 30 for back in range(windows - 1, 0, -1)]
    return [None if rank % 3 == 0 and place in (2, 3) else one for place, one in enumerate(before)] + [rank]


def explanation(grain: str, query: Query) -> Answer:
    """An hour's counts; of a day its hours, of `global` its regions."""
    example = example_of("Explanation")
    start, song = start_of(query, grain), int(query["song_id"][3:], 16)
    counts, part = example["counts"], example["hours"][0]
    hours = [
        part | {"window_start": write(start + timedelta(hours=hour))} for hour in range(1 if grain == "hour" else 4)
    ]
    places = [region for region in REGIONS if region != "global"] if query["region"] == "global" else []
    names = {"song_id": query["song_id"], "title": title_of(song), "region": query["region"]}
    regions = [counts | {"region": region, "plays": 90 - 15 * place} for place, region in enumerate(places)]
    window = {"grain": grain, "window_start": write(start), "hours": hours, "regions": regions}
    return example | names | window | {"counts": counts | {"late": 6}}


def history(song: str, query: Query) -> Answer:
    """Two days of hours (or of days) with two gaps, up to now."""
    example = example_of("SongHistory")
    grain, region = query.get("grain", "hour"), query.get("region", "global")
    step = timedelta(hours=1) if grain == "hour" else timedelta(days=1)
    newest = HOUR if grain == "hour" else HOUR.replace(hour=0)
    ranks = [(48 - back) for back in range(48) if back not in (11, 12, 13, 30)]
    appearances = [
        example["appearances"][0]
        | {
            "window_start": write(newest - (48 - place) * step),
            "rank": max(1, abs((place * 7 + sum(map(ord, region))) % 23 - place // 3) % 19 + 1),
            "plays": 40 + (place * 37) % 300,
        }
        for place in sorted(ranks)
    ]
    kept = [one for one in appearances if query.get("from", "") <= one["window_start"] < query.get("to", "9")]
    names = {"song_id": song, "title": title_of(int(song[3:], 16)), "region": region, "grain": grain}
    return example | names | {"appearances": kept}


def regions(query: Query) -> Answer:
    """A few regions, `global` first."""
    times = {"first_window": "2026-11-20T09:00:00Z", "last_window": write(HOUR)}
    return {"regions": [{"region": code, "name": name} | times for code, name in REGIONS.items()]}


def windows(query: Query) -> Answer:
    """Three days of windows."""
    grain = query.get("grain", "hour")
    step = timedelta(hours=1) if grain == "hour" else timedelta(days=1)
    newest = HOUR if grain == "hour" else HOUR.replace(hour=0)
    starts = [newest - place * step for place in range(72)]
    kept = [start for start in starts if write(start) < query.get("before", "9")][: int(query.get("limit", 100))]
    example = example_of("WindowList")["windows"][0]
    return {
        "windows": [
            example
            | {"window_start": write(start), "status": "provisional" if start == newest else "final", "revision": 1}
            for start in kept
        ]
    }


def status(query: Query) -> Answer:
    """All is well but for one stage that trails and one that is down."""
    example = example_of("Status")
    stage = example["stages"][0]
    troubles = {
        "silver": {"status": "late", "lag_seconds": 71.5, "lag_plays": 1_902},
        "counts": {"status": "down", "last_error": "Postgres does not answer"},
    }
    stages = [stage | {"stage": name} | troubles.get(name, {}) for name in STAGES]
    checks = [*example["checks"], example["checks"][0] | {"name": "hours_sum_to_day", "holds": False}]
    return example | {"complete_through": write(NOW - timedelta(seconds=3)), "stages": stages, "checks": checks}


def reconciliation(query: Query) -> Answer:
    """The example's line for each region and hour."""
    example = example_of("Reconciliation")
    line = example["lines"][0]
    days = [line | {"region": region} for region in REGIONS]
    hours = [
        line
        | {
            "rule": "regions_sum_to_global",
            "region": "global",
            "grain": "hour",
            "window_start": write(HOUR - timedelta(hours=back)),
        }
        for back in range(14)
    ]
    return example | {"lines": [*days, *hours]}


def revisions(query: Query) -> Answer:
    """The example's two revisions."""
    return example_of("ChartRevisions")


ANSWERS: Final[dict[str, Callable[[Query], Answer]]] = {
    "/charts/hourly": lambda query: chart("hour", query),
    "/charts/daily": lambda query: chart("day", query),
    "/charts/hourly/explain": lambda query: explanation("hour", query),
    "/charts/daily/explain": lambda query: explanation("day", query),
    "/charts/hourly/revisions": revisions,
    "/charts/daily/revisions": revisions,
    "/charts/hourly/leaders": lambda query: leaders("hour", query),
    "/charts/daily/leaders": lambda query: leaders("day", query),
    "/charts/hourly/number-ones": lambda query: number_ones("hour", query),
    "/charts/daily/number-ones": lambda query: number_ones("day", query),
    "/search": search,
    "/regions": regions,
    "/windows": windows,
    "/status": status,
    "/reconciliation": reconciliation,
}


def answer(path: str, query: Query) -> Answer:
    """What the api answers to a GET."""
    if path.endswith("/placements"):
        return placements(path.split("/")[2], query)
    if path.startswith("/songs/"):
        return history(path.split("/")[2], query)
    return ANSWERS[path](query)


LEADER: Final = song_id(songs_of("GB")[0])
