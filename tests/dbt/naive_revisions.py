"""Which revisions every chart must have had, when each change finds a final chart."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tests.dbt.counted_hours import Songs, Window
from tests.dbt.naive_charts import Entry

Shown = tuple[frozenset[tuple[int, str, int, int]], int, int]
"""What opens a revision when it changes: rank, song, plays and listeners of each entry; total plays and songs."""


class FormerWindow(NamedTuple):
    """The header of one former revision, without its times."""

    grain: str
    region: str
    window_start: object
    revision: int
    total_plays: int
    total_songs: int
    raw_plays: int
    too_short: int
    over_cap: int
    duplicates: int
    late: int


class NaiveRevisions:
    """Told every round, remembers what each chart showed before it changed."""

    def __init__(self) -> None:
        self.current: dict[Window, int] = {}
        self.former_songs: set[tuple[Entry, int]] = set()
        self.former_windows: set[FormerWindow] = set()
        self._entries: dict[Window, set[Entry]] = {}
        self._songs: dict[Window, Songs] = {}

    def publish(self, windows: Mapping[Window, Songs], entries: Iterable[Entry]) -> None:
        """Takes the counts and the charts after one round."""
        charts: dict[Window, set[Entry]] = defaultdict(set)
        for entry in entries:
            charts[Window(*entry[:3])].add(entry)
        for window, songs in windows.items():
            self.current[window] = self.current.get(window, 1)
            if self._shown(window) != shown(charts[window], songs):
                self._restate(window)
            self._entries[window], self._songs[window] = charts[window], songs

    def totals(self, window: Window) -> tuple[int, ...]:
        """Returns the totals of a window as it was last published."""
        return totals(self._songs[window])

    def _shown(self, window: Window) -> Shown:
        return shown(self._entries.get(window, set()), self._songs.get(window, {}))

    def _restate(self, window: Window) -> None:
        revision = self.current[window]
        self.former_songs |= {(entry, revision) for entry in self._entries.get(window, set())}
        self.former_windows.add(FormerWindow(*window, revision, *totals(self._songs.get(window, {}))))
        self.current[window] = revision + 1


def shown(entries: Iterable[Entry], songs: Songs) -> Shown:
    """Returns what a reader sees of a chart, history left out."""
    ranked = frozenset((entry.rank, entry.song_id, entry.plays, entry.listeners) for entry in entries)
    total_plays, total_songs, *_ = totals(songs)
    return ranked, total_plays, total_songs


def totals(songs: Songs) -> tuple[int, ...]:
    """Returns plays and songs with plays, and the other counters of a window."""
    counted = songs.values()
    return (
        sum(one.plays for one in counted),
        sum(one.plays > 0 for one in counted),
        sum(one.raw_plays for one in counted),
        sum(one.too_short for one in counted),
        sum(one.over_cap for one in counted),
        sum(one.duplicates for one in counted),
        sum(one.late for one in counted),
    )
