"""Who has heard what on one UTC day, kept in memory so that a round reads the plays that came and no others.

The cap and distinct listeners are the two things that do not add up from batch to batch: what a play adds
depends on what its listener played before. All of it follows from silver, and it dies with the process.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Numbers = NDArray[np.int64]

_REGION_BITS, _HOUR_BITS, _LISTENER_BITS, _SONG_BITS = 8, 5, 26, 24
_HOUR_SHIFT = _REGION_BITS + _HOUR_BITS


class TooManyNamesError(RuntimeError):
    """A day has more songs, listeners or regions than a key has room for."""


class Numbered:
    """Gives every distinct text a number of its own, so that keys are short and still exact."""

    def __init__(self, bits: int) -> None:
        self._numbers: dict[str, int] = {}
        self._limit = 1 << bits

    def number(self, texts: pa.ChunkedArray) -> Keys:
        """The number of each text."""
        encoded = texts.combine_chunks().dictionary_encode()
        numbers = [self._numbers.setdefault(text, len(self._numbers)) for text in encoded.dictionary.to_pylist()]
        if len(self._numbers) > self._limit:
            raise TooManyNamesError(f"more than {self._limit} names in one day; mark its hours to be counted whole")
        return np.array(numbers, np.uint64)[encoded.indices.to_numpy()] if numbers else np.empty(0, np.uint64)


class SortedCounts:
    """Counts by key, in two arrays sorted by key: 16 bytes an entry."""

    def __init__(self) -> None:
        self._keys: Keys = np.empty(0, np.uint64)
        self._counts: Numbers = np.empty(0, np.int64)

    def count(self, keys: Keys) -> Numbers:
        """The count of each key, 0 for one that is not there."""
        places, found = self._find(keys, 0)
        counts = np.zeros(len(keys), np.int64)
        counts[found] = self._counts[places[found]]
        return counts

    def has(self, keys: Keys, shift: int) -> NDArray[np.bool_]:
        """Whether there is a key that begins like each of these, its last ``shift`` bits left out."""
        return self._find(keys, shift)[1]

    def add(self, keys: Keys, counts: Numbers) -> None:
        """Add to the counts of keys, each of which is named once."""
        places, found = self._find(keys, 0)
        self._counts[places[found]] += counts[found]
        order = np.argsort(keys[~found])
        fresh = keys[~found][order]
        places = np.searchsorted(self._keys, fresh)
        self._keys = np.insert(self._keys, places, fresh)
        self._counts = np.insert(self._counts, places, counts[~found][order])

    def _find(self, keys: Keys, shift: int) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        bits = np.uint64(shift)
        places = np.searchsorted(self._keys, (keys >> bits) << bits)
        found = places < len(self._keys)
        found[found] = self._keys[places[found]] >> bits == keys[found] >> bits
        return places, found


@dataclass(frozen=True)
class Additions:
    """What each row of plays adds to its windows: counted plays, and new listeners by kind of window."""

    plays: Numbers
    hour_listeners: Numbers
    global_hour_listeners: Numbers
    day_listeners: Numbers
    global_day_listeners: Numbers


class DayListeners:
    """Each listener's eligible plays of each song, by region and hour of one day."""

    def __init__(self) -> None:
        self._songs = Numbered(_SONG_BITS)
        self._listeners = Numbered(_LISTENER_BITS)
        self._regions = Numbered(_REGION_BITS)
        # By song, listener, hour and region, in this order; and by song, listener and region.
        self._hours = SortedCounts()
        self._days = SortedCounts()

    def add(self, rows: pa.Table, cap: int) -> Additions:
        """Take up plays and say what each row of them adds.

        ``rows`` has one row a ``region, hour, song_id, user_id``, with ``eligible``, the number of eligible plays.
        """
        eligible = rows["eligible"].to_numpy().astype(np.int64)
        hours, days = self._keys_of(rows)
        before = self._hours.count(hours)
        heard = eligible > 0
        additions = Additions(
            plays=np.minimum(before + eligible, cap) - np.minimum(before, cap),
            hour_listeners=(heard & (before == 0)).astype(np.int64),
            global_hour_listeners=_first_of_each(hours, heard & ~self._hours.has(hours, _REGION_BITS), _REGION_BITS),
            day_listeners=_first_of_each(days, heard & ~self._days.has(days, 0), 0),
            global_day_listeners=_first_of_each(hours, heard & ~self._hours.has(hours, _HOUR_SHIFT), _HOUR_SHIFT),
        )
        self._hours.add(hours[heard], eligible[heard])
        fresh = additions.day_listeners > 0
        self._days.add(days[fresh], additions.day_listeners[fresh])
        return additions

    def _keys_of(self, rows: pa.Table) -> tuple[Keys, Keys]:
        songs, listeners = self._songs.number(rows["song_id"]), self._listeners.number(rows["user_id"])
        regions, hours = self._regions.number(rows["region"]), rows["hour"].to_numpy().astype(np.uint64)
        pairs = (songs << np.uint64(_LISTENER_BITS)) | listeners
        days = (pairs << np.uint64(_REGION_BITS)) | regions
        return (((pairs << np.uint64(_HOUR_BITS)) | hours) << np.uint64(_REGION_BITS)) | regions, days


def _first_of_each(keys: Keys, chosen: NDArray[np.bool_], shift: int) -> Numbers:
    """1 at the first chosen row of every distinct key, its last ``shift`` bits left out, and 0 elsewhere."""
    firsts = np.zeros(len(keys), np.int64)
    places = np.flatnonzero(chosen)
    firsts[places[np.unique(keys[places] >> np.uint64(shift), return_index=True)[1]]] = 1
    return firsts
